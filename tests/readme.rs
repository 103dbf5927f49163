//! Promise: the pages keep step with each other and with the code. Both READMEs have the same headings and the same
//! blocks of code, every relative link leads to a file and a heading, ARCHITECTURE.md stays short and says of every
//! direct dependency why it is there. What the commands of the README do is left to `.ci/run`, which runs them.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

const LONGEST_ARCHITECTURE: usize = 200;
/// Folders whose pages are not ours, or are articles.
const NO_PAGES: [&str; 6] = [".git", "corpus", "target", "node_modules", ".venv", "opencc"];

#[test]
fn both_readmes_have_the_same_headings() {
    let levels = |name| -> Vec<usize> { headings(&page(name)).iter().map(|heading| heading.level).collect() };
    let (english, chinese) = (page("README.md"), page("README.zh.md"));
    for (left, right) in headings(&english).iter().zip(headings(&chinese)) {
        let (left_at, right_at) = (left.line, right.line);
        assert_eq!(
            left.level, right.level,
            "README.md:{left_at} and README.zh.md:{right_at}: levels of headings differ"
        );
    }
    assert_eq!(levels("README.md"), levels("README.zh.md"), "one README has a heading more than the other");
}

#[test]
fn both_readmes_have_the_same_blocks_of_code() {
    let (english, chinese) = (page("README.md"), page("README.zh.md"));
    let (english, chinese) = (blocks(&english), blocks(&chinese));
    for (left, right) in english.iter().zip(&chinese) {
        let places = format!("README.md:{} and README.zh.md:{}", left.line, right.line);
        assert_eq!(left.language, right.language, "{places}: languages of blocks differ");
        assert_eq!(left.body, right.body, "{places}: blocks differ");
    }
    assert_eq!(english.len(), chinese.len(), "one README has a block of code more than the other");
    assert!(!english.is_empty(), "README.md shows no command");
}

#[test]
fn every_relative_link_leads_to_a_file_and_a_heading() {
    let root = root();
    let faults: Vec<String> = pages().iter().flat_map(|page| link_faults(&root, page)).collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn the_architecture_is_short() {
    let lines = page("ARCHITECTURE.md").lines().count();
    assert!(lines < LONGEST_ARCHITECTURE, "ARCHITECTURE.md has {lines} lines; keep it under {LONGEST_ARCHITECTURE}");
}

#[test]
fn the_architecture_names_every_direct_dependency() {
    let architecture = page("ARCHITECTURE.md");
    let words: BTreeSet<&str> =
        architecture.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').collect();
    let manifest = page("Cargo.toml");
    let silent: Vec<&str> = dependencies(&manifest).into_iter().filter(|name| !words.contains(name)).collect();
    assert!(silent.is_empty(), "ARCHITECTURE.md does not say why these crates are there: {}", silent.join(", "));
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn page(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Every page of the project, with its path from the root.
fn pages() -> Vec<PathBuf> {
    let (root, mut open, mut pages) = (root(), vec![root()], Vec::new());
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of the project") {
            let path = entry.expect("an entry of a folder").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if path.is_dir() && !NO_PAGES.contains(&name.as_ref()) {
                open.push(path);
            } else if path.is_file() && name.ends_with(".md") {
                pages.push(path.strip_prefix(&root).expect("below the root").to_owned());
            }
        }
    }
    pages.sort();
    pages
}

/// The names in the `dependencies` tables of a manifest, those of development left out.
fn dependencies(manifest: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut inside = false;
    for line in manifest.lines().map(str::trim) {
        if let Some(table) = line.strip_prefix('[') {
            let table = table.trim_end_matches(']');
            inside = table == "dependencies" || (table.starts_with("target.") && table.ends_with(".dependencies"));
            names.extend(table.strip_prefix("dependencies."));
        } else if inside && !line.starts_with('#') {
            names.extend(line.split_once('=').map(|(name, _)| name.split('.').next().unwrap_or_default().trim()));
        }
    }
    names
}

struct Heading {
    line: usize,
    level: usize,
    text: String,
}

/// A fenced block: the line of its fence, the language behind it and the text up to the closing fence.
struct Block {
    line: usize,
    language: String,
    body: String,
}

fn headings(page: &str) -> Vec<Heading> {
    let heading = |(line, text): (usize, &str)| {
        let level = text.bytes().take_while(|&byte| byte == b'#').count();
        let title = text[level..].strip_prefix(' ').filter(|_| (1..=6).contains(&level))?;
        Some(Heading { line, level, text: title.trim().to_owned() })
    };
    split(page).0.into_iter().filter_map(heading).collect()
}

fn blocks(page: &str) -> Vec<Block> {
    split(page).1
}

/// The lines of prose with their numbers, and the fenced blocks between them.
fn split(page: &str) -> (Vec<(usize, &str)>, Vec<Block>) {
    let (mut prose, mut blocks) = (Vec::new(), Vec::<Block>::new());
    let mut fence: Option<String> = None;
    for (at, line) in page.lines().enumerate() {
        let marks: String = line.trim_start().chars().take_while(|&c| c == '`' || c == '~').collect();
        match &fence {
            Some(opened) if marks.starts_with(opened.as_str()) && line.trim() == marks => fence = None,
            Some(_) => blocks.last_mut().expect("a block is open").body.extend([line, "\n"]),
            None if marks.len() >= 3 => {
                let language = line.trim()[marks.len()..].trim().to_owned();
                blocks.push(Block { line: at + 1, language, body: String::new() });
                fence = Some(marks);
            }
            None => prose.push((at + 1, line)),
        }
    }
    (prose, blocks)
}

/// The relative links of a page that lead nowhere, each with file, line and target.
fn link_faults(root: &Path, page: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(root.join(page)).unwrap_or_else(|error| panic!("{}: {error}", page.display()));
    let mut faults = Vec::new();
    for (line, target) in links(&text) {
        let (file, anchor) = target.split_once('#').unwrap_or((&target, ""));
        let path = if file.is_empty() { page.to_owned() } else { page.parent().unwrap_or(Path::new("")).join(file) };
        let leads = match std::fs::read_to_string(root.join(&path)) {
            Ok(text) => anchor.is_empty() || slugs(&text).contains(anchor),
            Err(_) => anchor.is_empty() && root.join(&path).exists(),
        };
        if !leads {
            faults.push(format!("{}:{line}: the link {target} leads nowhere", page.display()));
        }
    }
    faults
}

/// The relative targets of `[text](target)` and `[name]: target`, outside of code.
fn links(text: &str) -> Vec<(usize, String)> {
    let mut links = Vec::new();
    for (line, prose) in split(text).0 {
        let prose = without_code(prose);
        let inline = prose.split("](").skip(1).map(|rest| rest.split(')').next().unwrap_or_default());
        let defined = prose.starts_with('[').then(|| prose.split_once("]: ").map(|(_, target)| target)).flatten();
        let targets = inline.chain(defined).filter_map(|target| target.split_whitespace().next());
        let relative = targets.map(|target| target.trim_matches(['<', '>'])).filter(|target| !is_outside(target));
        links.extend(relative.map(|target| (line, target.to_owned())));
    }
    links
}

/// Whether a target begins with a scheme, as `mailto:` does.
fn is_outside(target: &str) -> bool {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

fn without_code(prose: &str) -> String {
    prose.split('`').enumerate().filter(|(at, _)| at % 2 == 0).map(|(_, text)| text).collect()
}

/// The anchors of a page's headings: lower case, blanks as hyphens, signs left out; a second one gets `-1`.
fn slugs(text: &str) -> BTreeSet<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let slug = |heading: Heading| {
        let kept = heading.text.to_lowercase();
        let kept = kept.chars().filter(|&c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        let slug: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
        let before = seen.entry(slug.clone()).and_modify(|count| *count += 1).or_insert(0);
        if *before == 0 { slug } else { format!("{slug}-{before}") }
    };
    headings(text).into_iter().map(slug).collect()
}

#[test]
fn the_reader_of_pages_knows_fences_links_and_anchors() {
    let page = "# 一 `a`, B!\n```sh\n# no heading [x](y)\n```\n## Same\n[a](b.md#c \"t\") `[n](o)` [web](https://a)\n\
                ## Same\n[d]: e.md\n~~~\n```\n~~~\n";
    let levels: Vec<usize> = headings(page).iter().map(|heading| heading.level).collect();
    assert_eq!(levels, [1, 2, 2]);
    let bodies: Vec<(usize, String)> = blocks(page).into_iter().map(|block| (block.line, block.body)).collect();
    assert_eq!(bodies, [(2, "# no heading [x](y)\n".to_owned()), (9, "```\n".to_owned())]);
    assert_eq!(links(page), [(6, "b.md#c".to_owned()), (8, "e.md".to_owned())]);
    assert_eq!(slugs(page), ["same", "same-1", "一-a-b"].map(str::to_owned).into());
}

#[test]
fn the_reader_of_the_manifest_takes_what_is_built_in() {
    let manifest = "[features]\na = []\n[dependencies]\n# why\nserde = \"1\"\ntime.version = \"0.3\"\n\
                    [dependencies.zstd]\nversion = \"1\"\n[dev-dependencies]\ntempfile = \"3\"\n\
                    [target.'cfg(unix)'.dependencies]\nlibc = \"0.2\"\n";
    assert_eq!(dependencies(manifest), ["serde", "time", "zstd", "libc"]);
}
