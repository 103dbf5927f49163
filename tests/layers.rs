//! Promise: dependencies point one way. Reads the source, line by line and without a compiler, and holds it to the
//! table of arrows and to the house rules that a reader relies on: who may use whom, where the engine below is named,
//! who may print, how long a file is and how it opens. A part that does not exist yet breaks nothing.
//!
//! The scanner is rough: comments and literals are blanked, bodies of test modules are left out, and a path is what
//! follows `crate::`, `super::` or `self::`, groups included. What it cannot follow it reports rather than passes over.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A part of the library, and the parts that it may use beside itself: only such as stand above it here.
const ARROWS: [(&str, &[&str]); 11] = [
    ("document", &[]),
    ("analysis", &[]),
    ("entity", &["analysis", "document"]),
    ("corpus", &["analysis", "document"]),
    ("query", &["entity", "analysis", "document"]),
    ("index", &["query", "document"]),
    ("snippet", &["query", "analysis", "document"]),
    ("explain", &["snippet", "query", "analysis", "document"]),
    ("error", &["document", "analysis", "entity", "corpus", "query", "index", "snippet", "explain"]),
    ("engine", &["document", "analysis", "entity", "corpus", "query", "index", "snippet", "explain", "error"]),
    ("server", &["document", "engine", "error"]),
];
/// The face of the library; it may name every part.
const FACE: &str = "lib";
/// The program: another crate, which the compiler holds to the public API.
const PROGRAM: &str = "bin";
/// The only folder that may name the embedded engine.
const LOCAL: &str = "src/index/local";
const LONGEST_FILE: usize = 500;

#[test]
fn every_arrow_of_the_source_is_in_the_table() {
    let sources = sources(&["src"]);
    let face = reexports(&sources);
    hold(sources.iter().flat_map(|source| arrow_faults(source, &face)));
}

#[test]
fn the_table_itself_points_one_way() {
    for (at, (part, uses)) in ARROWS.iter().enumerate() {
        for used in *uses {
            let above = ARROWS[..at].iter().any(|(name, _)| name == used);
            assert!(above, "{part} may use {used}, which does not stand above it");
        }
    }
}

#[test]
fn tantivy_is_named_in_the_local_index_alone() {
    let elsewhere = |source: &&Source| !source.name.starts_with(LOCAL);
    hold(sources(&["src"]).iter().filter(elsewhere).flat_map(|source| {
        faults(source, |tokens, at| {
            let named = tokens[at].text == "tantivy" || tokens[at].text.starts_with("tantivy_");
            named.then(|| format!("tantivy may be named only under {LOCAL}"))
        })
    }));
}

#[test]
fn the_library_prints_nothing() {
    let library = |source: &&Source| source.part != PROGRAM;
    hold(sources(&["src"]).iter().filter(library).flat_map(|source| {
        faults(source, |tokens, at| {
            let prints = matches!(tokens[at].text, "print" | "println" | "eprint" | "eprintln" | "dbg");
            (prints && text(tokens, at + 1) == "!").then(|| format!("only src/bin may use {}!", tokens[at].text))
        })
    }));
}

#[test]
fn the_program_the_tests_and_the_examples_see_the_public_api_alone() {
    let outside = |source: &&Source| source.part == PROGRAM || !source.name.starts_with("src/");
    hold(sources(&["src", "tests", "benches", "examples"]).iter().filter(outside).flat_map(|source| {
        let lines = source.code.lines().zip(source.raw.lines()).enumerate();
        let takes_in = |code: &str| code.contains("#[path") || code.contains("include!(");
        lines
            .filter(move |(_, (code, raw))| takes_in(code) && raw.contains("src/"))
            .map(|(at, _)| format!("{}:{}: may use the public API only, not a file of src", source.name, at + 1))
    }));
}

#[test]
fn no_file_is_longer_than_500_lines() {
    hold(sources(&["src", "tests", "benches", "examples"]).iter().filter_map(|source| {
        let lines = source.raw.lines().count();
        (lines > LONGEST_FILE)
            .then(|| format!("{}:{lines}: over {LONGEST_FILE} lines; split it by purpose", source.name))
    }));
}

#[test]
fn every_file_opens_with_its_paragraph() {
    hold(sources(&["src"]).iter().filter(|source| !source.raw.starts_with("//!")).map(|source| {
        format!("{}:1: must open with a paragraph (//!): what it is for, what it leaves to others", source.name)
    }));
}

/// Fails with one line for each fault.
fn hold(faults: impl Iterator<Item = String>) {
    let faults: Vec<String> = faults.collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// A file of Rust: as written, and as code without comments, literals and test modules, on the same lines.
struct Source {
    name: String,
    part: String,
    module: Vec<String>,
    raw: String,
    code: String,
}

impl Source {
    fn new(name: &str, raw: String) -> Source {
        let module = module_of(name);
        let part = module.first().map_or(FACE, String::as_str).to_owned();
        let tests = name.starts_with("src/") && module.iter().any(|folder| folder == "tests");
        let code = if tests { String::new() } else { without_tests(&blanked(&raw)) };
        Source { name: name.to_owned(), part, module, raw, code }
    }
}

/// The Rust files below folders of the package; a folder that is not there has none.
fn sources(folders: &[&str]) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    folders.iter().for_each(|folder| collect(&root.join(folder), &mut files));
    files.sort();
    let read = |file: &PathBuf| {
        let name = file.strip_prefix(root).expect("a file of the package").to_string_lossy().replace('\\', "/");
        Source::new(&name, std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{name}: {error}")))
    };
    files.iter().map(read).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.expect("an entry of a folder").path()) {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// `src/query/parse.rs` is `query::parse`; `src/lib.rs` is the root.
fn module_of(name: &str) -> Vec<String> {
    let inner = name.trim_start_matches("src/").trim_end_matches(".rs");
    let mut module: Vec<String> = inner.split('/').map(str::to_owned).collect();
    if module.last().is_some_and(|last| last == "mod" || (module.len() == 1 && last == FACE)) {
        module.pop();
    }
    module
}

/// What the face re-exports: the name, and the part that it comes from.
fn reexports(sources: &[Source]) -> BTreeMap<String, String> {
    let Some(face) = sources.iter().find(|source| source.module.is_empty()) else { return BTreeMap::new() };
    let tokens = tokens(&face.code);
    let mut paths = Vec::new();
    for at in (0..tokens.len()).filter(|&at| tokens[at].text == "use") {
        follow(&tokens, at + 1, Vec::new(), &mut paths);
    }
    let roots = ["crate", "self"];
    let mut names = BTreeMap::new();
    for (_, path) in paths {
        let part = path.iter().find(|segment| !roots.contains(&segment.as_str()));
        if let (Some(name), Some(part)) = (path.last(), part.filter(|part| uses_of(part).is_some())) {
            names.insert(name.clone(), part.clone());
        }
    }
    names
}

fn uses_of(part: &str) -> Option<&'static [&'static str]> {
    ARROWS.iter().find(|(name, _)| *name == part).map(|(_, uses)| *uses)
}

/// The arrows of a file that the table lacks, and the paths that cannot be followed to a part.
fn arrow_faults(source: &Source, face: &BTreeMap<String, String>) -> Vec<String> {
    let Source { name, part, .. } = source;
    if part == FACE || part == PROGRAM {
        return Vec::new();
    }
    let Some(uses) = uses_of(part) else {
        return vec![format!("{name}:1: {part} is no part of the table of arrows in tests/layers.rs")];
    };
    let judge = |(line, path): (usize, Vec<String>)| {
        let written = path.join("::");
        let Some(first) = path.first() else {
            return Some(format!("{name}:{line}: {part} may not use the whole library; name the part"));
        };
        let used = face.get(first).unwrap_or(first);
        if used == part || uses.contains(&used.as_str()) {
            return None;
        }
        Some(match uses_of(used) {
            Some(_) => format!("{name}:{line}: {part} may not use {used}"),
            None => format!("{name}:{line}: {part} uses crate::{written}, which is in no part; write the part's path"),
        })
    };
    references(&source.code, &source.module).into_iter().filter_map(judge).collect()
}

/// A fault for each token that a rule finds wrong.
fn faults(source: &Source, rule: impl Fn(&[Token], usize) -> Option<String>) -> Vec<String> {
    let tokens = tokens(&source.code);
    let found = (0..tokens.len()).filter_map(|at| Some((tokens[at].line, rule(&tokens, at)?)));
    found.map(|(line, fault)| format!("{}:{line}: {fault}", source.name)).collect()
}

/// The paths of a text to things of this crate, counted from its root, each with its line.
fn references(code: &str, module: &[String]) -> Vec<(usize, Vec<String>)> {
    let tokens = tokens(code);
    let (mut found, mut at, mut depth) = (Vec::new(), 0, 0);
    let mut inline: Vec<(String, usize)> = Vec::new();
    while at < tokens.len() {
        match tokens[at].text {
            "mod" if text(&tokens, at + 2) == "{" => inline.push((text(&tokens, at + 1).to_owned(), depth)),
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                inline.retain(|(_, outer)| *outer < depth);
            }
            "crate" | "super" | "self" if text(&tokens, at + 1) == "::" => {
                let here = module.iter().chain(inline.iter().map(|(name, _)| name)).cloned().collect::<Vec<_>>();
                let mut paths = Vec::new();
                at = follow(&tokens, at, Vec::new(), &mut paths);
                found.extend(paths.into_iter().map(|(line, path)| (line, from_root(&path, &here))));
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Reads a path that begins at a token, with its groups, and gives the place behind it.
fn follow(tokens: &[Token], mut at: usize, mut path: Vec<String>, paths: &mut Vec<(usize, Vec<String>)>) -> usize {
    if text(tokens, at) == "{" {
        at += 1;
        while at < tokens.len() && text(tokens, at) != "}" {
            at = follow(tokens, at, path.clone(), paths);
            at += usize::from(text(tokens, at) == ",");
        }
        return at + 1;
    }
    let Some(token) = tokens.get(at) else { return at };
    path.push(token.text.to_owned());
    let next = text(tokens, at + 2);
    if text(tokens, at + 1) == "::" && (is_word(next) || next == "{" || next == "*") {
        return follow(tokens, at + 2, path, paths);
    }
    let renamed = text(tokens, at + 1) == "as" && is_word(next);
    paths.push((token.line, path));
    at + if renamed { 3 } else { 1 }
}

/// A path as written in a module, counted from the root of the crate.
fn from_root(path: &[String], module: &[String]) -> Vec<String> {
    let mut root = module.to_vec();
    for segment in path {
        match segment.as_str() {
            "crate" => root.clear(),
            "self" => {}
            "super" => drop(root.pop()),
            "*" => break,
            name => root.push(name.to_owned()),
        }
    }
    root
}

/// A word or a sign of the code; `::` is one sign.
struct Token<'a> {
    line: usize,
    text: &'a str,
}

fn text<'a>(tokens: &[Token<'a>], at: usize) -> &'a str {
    tokens.get(at).map_or("", |token| token.text)
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

fn tokens(code: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    for (at, mut rest) in code.lines().enumerate() {
        while let Some(first) = rest.trim_start().chars().next() {
            rest = rest.trim_start();
            let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            let length = if rest.starts_with("::") { 2 } else { word.max(first.len_utf8()) };
            tokens.push(Token { line: at + 1, text: &rest[..length] });
            rest = &rest[length..];
        }
    }
    tokens
}

/// The code with blanks for comments and literals, so that lines and columns stay.
fn blanked(raw: &str) -> String {
    let chars: Vec<char> = raw.chars().collect();
    let (mut code, mut at) = (String::with_capacity(raw.len()), 0);
    while at < chars.len() {
        let end = end_of_prose(&chars, at);
        let keep = end.is_none();
        let end = end.unwrap_or(at + 1);
        code.extend(chars[at..end].iter().map(|&c| if keep || c == '\n' { c } else { ' ' }));
        at = end;
    }
    code
}

/// The end of the comment or literal that begins here, if one does.
fn end_of_prose(chars: &[char], at: usize) -> Option<usize> {
    let is = |at: usize, c: char| chars.get(at) == Some(&c);
    let find = |from: usize, c: char| (from..chars.len()).find(|&at| is(at, c)).unwrap_or(chars.len());
    match chars[at] {
        '/' if is(at + 1, '/') => Some(find(at, '\n')),
        '/' if is(at + 1, '*') => Some(end_of_block(chars, at)),
        '"' => Some(end_of_text(chars, at + 1, '"')),
        '\'' if is(at + 1, '\\') || (is(at + 2, '\'') && !is(at + 1, '\'')) => Some(end_of_text(chars, at + 1, '\'')),
        'r' => {
            let quote = (at + 1..chars.len()).find(|&at| !is(at, '#')).filter(|&quote| is(quote, '"'))?;
            let hashes = quote - at - 1;
            let closes = |end: usize| is(end, '"') && (1..=hashes).all(|step| is(end + step, '#'));
            Some((quote + 1..chars.len()).find(|&end| closes(end)).map_or(chars.len(), |end| end + hashes + 1))
        }
        _ => None,
    }
}

fn end_of_block(chars: &[char], mut at: usize) -> usize {
    let mut depth = 0;
    while at < chars.len() {
        let step = match chars[at..].get(..2) {
            Some(['/', '*']) => 1,
            Some(['*', '/']) => -1,
            _ => 0,
        };
        depth += step;
        at += if step == 0 { 1 } else { 2 };
        if depth == 0 {
            break;
        }
    }
    at
}

fn end_of_text(chars: &[char], mut at: usize, quote: char) -> usize {
    while at < chars.len() && chars[at] != quote {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

/// Blanks the bodies of modules that stand behind `#[cfg(test)]`.
fn without_tests(code: &str) -> String {
    let mut left = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find("#[cfg(test)]") {
        let (before, after) = rest.split_at(at);
        left.push_str(before);
        let head = after.find(['{', ';']).unwrap_or(after.len());
        let is_module = tokens(&after[..head]).iter().any(|token| token.text == "mod");
        let end = if is_module && after[head..].starts_with('{') { end_of_body(after, head) } else { head };
        left.extend(after[..end].chars().map(|c| if is_module && c != '\n' { ' ' } else { c }));
        rest = &after[end..];
    }
    left + rest
}

fn end_of_body(code: &str, open: usize) -> usize {
    let mut depth = 0;
    for (at, c) in code[open..].char_indices() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth == 0 {
            return open + at + 1;
        }
    }
    code.len()
}

#[cfg(test)]
mod scanner {
    use super::*;

    fn judged(name: &str, code: &str) -> Vec<String> {
        let face = Source::new("src/lib.rs", "pub use query::{parse::Query, ast::*};\npub use error::Error;".into());
        arrow_faults(&Source::new(name, code.to_owned()), &reexports(&[face]))
    }

    #[test]
    fn a_forbidden_path_is_told_with_file_line_and_sentence() {
        let code = "//! About.\nuse crate::analysis::fold;\nfn f() { crate::index::open() }";
        assert_eq!(judged("src/query/parse.rs", code), ["src/query/parse.rs:3: query may not use index"]);
        assert_eq!(judged("src/engine/search.rs", code), [""; 0]);
    }

    #[test]
    fn groups_are_followed_over_lines() {
        let code = "use crate::{\n    analysis::{self, fold::{Fold, Map as M}},\n    engine::Engine,\n};";
        assert_eq!(judged("src/query/parse.rs", code), ["src/query/parse.rs:3: query may not use engine"]);
        assert_eq!(judged("src/index/mod.rs", code).len(), 4);
    }

    #[test]
    fn super_climbs_from_where_it_stands() {
        let code = "use super::ast;\nuse super::super::snippet;\nmod inner { use super::super::ast; }\nuse self::x;";
        assert_eq!(judged("src/query/parse.rs", code), ["src/query/parse.rs:2: query may not use snippet"]);
        assert_eq!(judged("src/query/mod.rs", "use super::corpus;"), ["src/query/mod.rs:1: query may not use corpus"]);
        assert_eq!(judged("src/query.rs", "mod a { use super::b; } use super::index;").len(), 1);
    }

    #[test]
    fn a_name_of_the_face_counts_as_its_part() {
        assert_eq!(
            judged("src/corpus/walk.rs", "use crate::Query;"),
            ["src/corpus/walk.rs:1: corpus may not use query"]
        );
        assert_eq!(
            judged("src/index/mod.rs", "type E = crate::Error;"),
            ["src/index/mod.rs:1: index may not use error"]
        );
        assert!(judged("src/index/mod.rs", "use crate::Unheard;")[0].contains("crate::Unheard, which is in no part"));
        assert!(judged("src/index/mod.rs", "use crate::*;")[0].contains("whole library"));
        assert!(judged("src/helper/mod.rs", "")[0].contains("helper is no part of the table"));
    }

    #[test]
    fn comments_literals_and_test_modules_are_no_code() {
        let code = "// crate::index\n/* crate::index /* crate::index */ */\nconst A: &str = \"crate::index \\\" \";\n\
                    const B: &str = r#\"crate::index \" \"#; fn f<'a>(c: char, s: &'a str) { g('\"', '\\'', s) }\n\
                    #[cfg(test)]\n#[allow(dead_code)]\nmod tests { use crate::index; fn f() { {} } }\n";
        assert_eq!(judged("src/query/parse.rs", code), [""; 0]);
        let after = format!("{code}use crate::index;");
        assert_eq!(judged("src/query/parse.rs", &after), ["src/query/parse.rs:8: query may not use index"]);
        assert_eq!(judged("src/query/tests.rs", "use crate::index;"), [""; 0]);
        assert_eq!(judged("src/query/tests/parse.rs", "use crate::index;"), [""; 0]);
    }

    #[test]
    fn a_gate_for_tests_on_one_thing_hides_nothing_else() {
        let code = "#[cfg(test)]\nmod tests;\n#[cfg(test)]\nuse crate::index::A;\nuse crate::index::B;";
        assert_eq!(judged("src/query/mod.rs", code).len(), 2);
    }

    #[test]
    fn blanking_keeps_lines_and_columns() {
        let raw = "a /* 一\n二 */ b // 三\n\"四\n五\" c";
        let code = blanked(raw);
        assert_eq!(code.lines().count(), raw.lines().count());
        assert_eq!(
            tokens(&code).iter().map(|token| (token.line, token.text)).collect::<Vec<_>>(),
            [(1, "a"), (2, "b"), (4, "c")]
        );
    }
}
