//! Promise: a query finds exactly the documents that are what it asks for: a literal one those whose folded text contains
//! it, one with operators those where they hold. The program's answers are held against a scan of the texts that shares
//! no code with it. `XUNZHANG_FULL=1` takes all of the cctv stories instead of
//! the first 20,000; a folder of data that is not there is skipped, and said so.
#![cfg(feature = "cli")]

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

#[path = "support/asked.rs"]
mod asked;
#[path = "support/scan.rs"]
#[allow(dead_code, reason = "each test takes what it needs of the scan")]
mod scan;

use asked::Asked;

/// Stories of cctv that are asked without `XUNZHANG_FULL`.
const STORIES: usize = 20_000;
const SEED: u64 = 20_260_512;
/// Queries with operators.
const OPERATORS: usize = 600;

#[test]
fn substrings_of_real_stories_find_exactly_what_a_scan_finds() {
    let archive = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/cctv/docs.jsonl.gz");
    if !archive.exists() {
        return say("completeness: skipped the cctv stories, ../shared/data/cctv is not there");
    }
    let full = std::env::var_os("XUNZHANG_FULL").is_some();
    let stories = read_stories(&archive, if full { usize::MAX } else { STORIES });
    let mut dice = Dice(SEED);
    let mut queries = draw(&stories, 2000, &mut dice);
    queries.extend(draw(&stories, 200, &mut dice).iter().map(|query| other_script(query)));
    hold("cctv", &stories, &queries, full.then_some(archive));
}

#[test]
fn operators_over_real_stories_find_exactly_what_a_scan_finds() {
    let archive = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/cctv/docs.jsonl.gz");
    if !archive.exists() {
        return say("completeness: skipped operators over the cctv stories, ../shared/data/cctv is not there");
    }
    let full = std::env::var_os("XUNZHANG_FULL").is_some();
    let stories = read_stories(&archive, if full { usize::MAX } else { STORIES });
    let texts: Vec<Vec<String>> = stories.iter().map(Story::unigrams).collect();
    let mut dice = Dice(SEED);
    let asked: Vec<Asked> = (0..OPERATORS).map(|_| ask_at_random(&texts, &mut dice)).collect();
    hold_operators(&stories, &texts, &asked, full.then_some(archive));
}

#[test]
fn substrings_of_the_sample_corpus_find_exactly_what_a_scan_finds() {
    let stories = sample_stories();
    if stories.is_empty() {
        return say("completeness: skipped the sample corpus, corpus/ has no plain text");
    }
    let mut dice = Dice(SEED);
    let mut queries = draw(&stories, 2000, &mut dice);
    queries.extend(draw(&stories, 200, &mut dice).iter().map(|query| other_script(query)));
    hold("corpus", &stories, &queries, None);
}

#[test]
fn every_short_substring_of_dirty_texts_finds_exactly_what_a_scan_finds() {
    let lines: Vec<Story> =
        dirt().iter().enumerate().map(|(n, text)| Story::new(format!("d{n}"), "题", text)).collect();
    let mut queries = BTreeSet::new();
    for story in &lines {
        let units = scan::located(&story.body);
        let borders =
            |length| units.windows(length).map(move |w| &story.body[w[0].range.start..w[length - 1].range.end]);
        let all = (1..=6.min(units.len())).flat_map(borders);
        queries.extend(all.filter(|text| !scan::unigrams(text).is_empty()).map(one_line));
    }
    hold("dirt", &lines, &queries.into_iter().collect::<Vec<_>>(), None);
}

#[test]
fn the_scan_reads_the_table_of_the_design() {
    let table = [
        ("兩不愁、三保障", "两 不 愁 三 保 障"),
        ("脫貧攻堅(jiān)戰（zhan4）役(ㄧˋ)", "脱 贫 攻 坚 战 役"),
        ("女(nü)旅(lu:3)绿(LV)区(WTO)张三(zhang)", "女 旅 绿 区 wto 张 三 zhang"),
        ("二OO八 七○三 一02", "二 〇 〇 八 七 〇 三 一 02"),
        ("12,345.6 3.5.2 80,90 10:30 a.b", "12345.6 3 5 2 80 90 10 30 a b"),
        ("x①2 20㎡大 ＰＭ２．５", "x 1 2 20 m 2 大 pm 2.5"),
        ("甲，“乙”：丙\n丁\n\n戊\n　己……", "甲 ， 乙 ， 丙 丁 ¶ 戊 ¶ 己"),
        ("瞭解計畫看著 ⻄⽓", "了 解 计 划 看 着 西 气"),
    ];
    for (text, expected) in table {
        let folded = |token: &str| if scan::is_mark(token) { token.into() } else { scan::unigrams(token).concat() };
        assert_eq!(scan::unigrams(text), expected.split(' ').map(folded).collect::<Vec<String>>(), "{text}");
    }
}

// ---------------------------------------------------------------------------------------------------------------
// Stories and queries

struct Story {
    id: String,
    title: String,
    body: String,
}

impl Story {
    fn new(id: impl Into<String>, title: &str, body: &str) -> Self {
        Self { id: id.into(), title: title.to_string(), body: body.to_string() }
    }

    fn record(&self) -> String {
        serde_json::json!({"id": self.id, "title": self.title, "text": self.body}).to_string()
    }

    /// Title and body with a paragraph mark between.
    fn unigrams(&self) -> Vec<String> {
        scan::unigrams(&format!("{}\n\n{}", self.title, self.body))
    }
}

fn read_stories(archive: &Path, most: usize) -> Vec<Story> {
    let file = std::fs::File::open(archive).expect("the archive opens");
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).expect("the archive is UTF-8");
    text.lines().take(most).map(story).collect()
}

fn story(line: &str) -> Story {
    let record: serde_json::Value = serde_json::from_str(line).expect("a record a line");
    let field = |name: &str| record[name].as_str().unwrap_or_default();
    Story::new(field("id"), field("title"), field("text"))
}

/// The plain UTF-8 texts below `corpus/`, the first line as title.
fn sample_stories() -> Vec<Story> {
    let mut paths = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            match path.extension() {
                _ if path.is_dir() => folders.push(path),
                Some(kind) if kind == "txt" || kind == "md" => paths.push(path),
                _ => {}
            }
        }
    }
    paths.sort();
    let texts = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok());
    texts
        .enumerate()
        .map(|(n, text)| {
            let (title, body) = text.trim_start_matches('\u{feff}').split_once('\n').unwrap_or((&text, ""));
            Story::new(format!("c{n}"), title.trim(), body)
        })
        .collect()
}

/// Random substrings of 1 to 12 unigrams of random stories, from the border of one unigram to the border of another.
fn draw(stories: &[Story], count: usize, dice: &mut Dice) -> Vec<String> {
    let mut drawn = Vec::with_capacity(count);
    while drawn.len() < count {
        let story = &stories[dice.below(stories.len())];
        let text = if dice.below(10) == 0 { &story.title } else { &story.body };
        let units: Vec<scan::Located> = scan::located(text).into_iter().filter(|u| !scan::is_mark(&u.token)).collect();
        if units.is_empty() {
            continue;
        }
        let first = dice.below(units.len());
        let last = (first + dice.below(12)).min(units.len() - 1);
        let query = &text[units[first].range.start..units[last].range.end];
        if !query.contains('"') {
            drawn.push(one_line(query));
        }
    }
    drawn
}

/// A query with operators, of unigrams that stand near each other in a story, so that it finds something.
fn ask_at_random(texts: &[Vec<String>], dice: &mut Dice) -> Asked {
    loop {
        let text = &texts[dice.below(texts.len())];
        let from = dice.below(text.len());
        let near = &text[from..text.len().min(from + 60)];
        let asked = match dice.below(10) {
            0 | 1 => gaps(near, dice),
            2 => holes(near, dice),
            3 | 4 => two_rows(near, dice).map(|(a, b)| Asked::Within(a, b, 1 + dice.below(30), true)),
            5 | 6 => two_rows(near, dice).map(|(a, b)| Asked::Within(b, a, 1 + dice.below(30), false)),
            7 => two_rows(near, dice).map(|(a, b)| Asked::Together(b, a, "。¶")),
            8 => two_rows(near, dice).map(|(a, b)| Asked::Together(a, b, "¶")),
            _ => row(near, 2, dice).map(Asked::Row),
        };
        let Some(asked) = asked else { continue };
        let plain = |text: &[String], dice: &mut Dice| row(text, 1 + dice.below(3), dice).map(Asked::Row);
        let other = &texts[dice.below(texts.len())];
        let (Some(here), Some(there)) = (plain(text, dice), plain(other, dice)) else { continue };
        return match dice.below(6) {
            0 => Asked::All(vec![asked, here]),
            1 => Asked::All(vec![asked, Asked::Not(Box::new(there))]),
            2 => Asked::Any(vec![asked, there]),
            3 => Asked::All(vec![here, Asked::Any(vec![asked, there])]),
            4 => Asked::All(vec![here, Asked::Not(Box::new(Asked::All(vec![asked, there])))]),
            _ => asked,
        };
    }
}

/// So many Han characters in a row of a text.
fn row(text: &[String], length: usize, dice: &mut Dice) -> Option<Vec<String>> {
    let from = dice.below(text.len());
    text.get(from..from + length).filter(|row| row.iter().all(|token| is_character(token))).map(<[String]>::to_vec)
}

fn two_rows(text: &[String], dice: &mut Dice) -> Option<(Vec<String>, Vec<String>)> {
    Some((row(text, 1 + dice.below(3), dice)?, row(text, 1 + dice.below(3), dice)?))
}

/// Two or three rows of a text with what stands between them left out.
fn gaps(text: &[String], dice: &mut Dice) -> Option<Asked> {
    let (mut rows, mut from) = (Vec::new(), dice.below(text.len()));
    for _ in 0..2 + dice.below(2) {
        let length = 1 + dice.below(2);
        let row = text.get(from..from + length).filter(|row| row.iter().all(|token| is_character(token)))?;
        rows.push(row.to_vec());
        from += length + dice.below(9);
    }
    Some(Asked::Gaps(rows))
}

/// Five unigrams of a text, of which the second or the fourth may be any.
fn holes(text: &[String], dice: &mut Dice) -> Option<Asked> {
    let mut holes: Vec<Option<String>> = row(text, 5, dice)?.into_iter().map(Some).collect();
    holes[1 + 2 * dice.below(2)] = None;
    Some(Asked::Holes(holes))
}

/// A Han character that no reading of the query turns into anything else.
fn is_character(token: &str) -> bool {
    token.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// The query without line breaks and tabs: 。 for them where a paragraph ends, else a blank.
fn one_line(query: &str) -> String {
    let ends_paragraph = scan::unigrams(query).iter().any(|unit| unit == "¶");
    query.replace(['\n', '\r', '\t'], if ends_paragraph { "。" } else { " " })
}

/// Every character as the first that OpenCC gives for it in traditional script.
fn other_script(query: &str) -> String {
    const TABLE: &str = include_str!("../src/analysis/data/opencc/STCharacters.txt");
    let first = |c: char| {
        let targets = TABLE.lines().find_map(|line| line.strip_prefix(c)?.strip_prefix('\t'));
        targets.and_then(|targets| targets.chars().next()).unwrap_or(c)
    };
    query.chars().map(first).collect()
}

/// Numbers from a seed (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % sides as u64) as usize
    }
}

// ---------------------------------------------------------------------------------------------------------------
// Scan against program

/// Indexes the stories with the program and holds its answers against the scan's.
fn hold(name: &str, stories: &[Story], queries: &[String], archive: Option<PathBuf>) {
    let began = Instant::now();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let archive = archive.unwrap_or_else(|| write_records(folder.path(), stories));
    let index = folder.path().join("index");
    let scan = std::thread::scope(|threads| {
        let scanning = threads.spawn(|| Scan::new(stories));
        build(&archive, &index);
        scanning.join().expect("the scan reads every story")
    });
    let indexed = began.elapsed();
    let numbers = stories.iter().enumerate().map(|(n, story)| (story.id.as_str(), n)).collect();
    let answers = ask(folder.path(), &index, queries, &numbers, &["-F"]);
    let (mut hits, mut barren, mut wrong, mut shown) = (0, 0, 0, String::new());
    for (query, found) in queries.iter().zip(answers) {
        let expected = scan.find(query);
        hits += expected.len();
        barren += usize::from(expected.is_empty());
        for (kind, number) in difference(&expected, &found) {
            wrong += 1;
            if wrong <= 10 {
                shown += &describe(kind, query, &stories[number]);
            }
        }
    }
    say(&format!(
        "completeness: {name}: {} stories, {} queries, {hits} hits, {barren} queries without, {wrong} differences; \
         indexed in {:.1} s, all in {:.1} s",
        stories.len(),
        queries.len(),
        indexed.as_secs_f64(),
        began.elapsed().as_secs_f64()
    ));
    assert!(wrong == 0, "{name}: {wrong} differences, the first ten:\n{shown}");
    assert!(barren * 20 < queries.len(), "{name}: {barren} of {} queries find not even their own story", queries.len());
}

/// The same for queries with operators, every other one in Chinese punctuation.
fn hold_operators(stories: &[Story], texts: &[Vec<String>], asked: &[Asked], archive: Option<PathBuf>) {
    let began = Instant::now();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let archive = archive.unwrap_or_else(|| write_records(folder.path(), stories));
    let index = folder.path().join("index");
    build(&archive, &index);
    let queries: Vec<String> = asked.iter().enumerate().map(|(n, asked)| asked.written(n % 2 == 1)).collect();
    let numbers = stories.iter().enumerate().map(|(n, story)| (story.id.as_str(), n)).collect();
    let answers = ask(folder.path(), &index, &queries, &numbers, &[]);
    let (mut hits, mut barren, mut wrong, mut shown) = (0, 0, 0, String::new());
    for ((expected, query), mut found) in expected(texts, asked).into_iter().zip(&queries).zip(answers) {
        found.sort_unstable();
        hits += expected.len();
        barren += usize::from(expected.is_empty());
        for (kind, number) in difference(&expected, &found) {
            wrong += 1;
            if wrong <= 10 {
                let _ = writeln!(shown, "{kind}: {query} in {}", stories[number].id);
            }
        }
    }
    say(&format!(
        "completeness: operators: {} stories, {} queries, {hits} hits, {barren} queries without, {wrong} differences; {:.1} s",
        stories.len(),
        queries.len(),
        began.elapsed().as_secs_f64()
    ));
    assert!(wrong == 0, "operators: {wrong} differences, the first ten:\n{shown}");
    assert!(barren * 3 < queries.len(), "operators: {barren} of {} queries find nothing", queries.len());
}

/// The stories that a scan finds for each query, by number.
fn expected(texts: &[Vec<String>], asked: &[Asked]) -> Vec<Vec<usize>> {
    let mut expected = vec![Vec::new(); asked.len()];
    for (number, text) in texts.iter().enumerate() {
        let known = text.iter().map(String::as_str).collect();
        for (asked, found) in asked.iter().zip(&mut expected) {
            if asked.may_hold(&known) && asked.holds(text) {
                found.push(number);
            }
        }
    }
    expected
}

fn describe(kind: &str, query: &str, story: &Story) -> String {
    format!("{kind}: {query:?} {:?} in {}\n", scan::unigrams(query), story.id)
}

/// What the program misses, and what it has too much or twice.
fn difference(expected: &[usize], found: &[usize]) -> Vec<(&'static str, usize)> {
    let (want, have) = (BTreeSet::from_iter(expected), BTreeSet::from_iter(found));
    let missing = want.difference(&have).map(|&&n| ("missing", n));
    let mut all: Vec<_> = missing.chain(have.difference(&want).map(|&&n| ("extra", n))).collect();
    if have.len() < found.len() {
        all.push(("twice", found[0]));
    }
    all
}

fn write_records(folder: &Path, stories: &[Story]) -> PathBuf {
    let path = folder.join("stories.jsonl.gz");
    let file = std::fs::File::create(&path).expect("the folder takes a file");
    let mut file = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
    stories.iter().for_each(|story| writeln!(file, "{}", story.record()).expect("the file takes a line"));
    file.finish().expect("the file closes");
    path
}

fn build(archive: &Path, index: &Path) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xunzhang"));
    command.arg("index").arg(archive).arg("--index").arg(index).args(["--threads", "2"]);
    let output = command.output().expect("the program runs");
    assert!(output.status.success(), "index: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
}

/// The stories that the program finds for each query, by number.
fn ask(
    folder: &Path,
    index: &Path,
    queries: &[String],
    numbers: &HashMap<&str, usize>,
    how: &[&str],
) -> Vec<Vec<usize>> {
    let batch = queries.iter().enumerate().fold(String::new(), |mut batch, (n, query)| {
        let _ = writeln!(batch, "{n}\t{query}");
        batch
    });
    let path = folder.join("queries.tsv");
    std::fs::write(&path, batch).expect("the folder takes a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xunzhang"));
    command.arg("query").arg("--index").arg(index).arg("--batch").arg(path);
    command.args(how).args(["--relax", "never", "--limit", "all", "--format", "ids"]).stdout(Stdio::piped());
    let mut program = command.spawn().expect("the program runs");
    let mut answers = vec![Vec::new(); queries.len()];
    for line in BufReader::new(program.stdout.take().expect("a pipe")).lines() {
        let line = line.expect("UTF-8");
        let (query, id) = line.split_once('\t').unwrap_or_else(|| panic!("no query and id: {line}"));
        let story = numbers.get(id).unwrap_or_else(|| panic!("no such story: {id}"));
        answers[query.parse::<usize>().expect("the number of a query")].push(*story);
    }
    let status = program.wait().expect("the program ends");
    assert!(status.success(), "query: {status}");
    answers
}

/// All stories' unigrams as numbers in one row, and the places of each number.
struct Scan {
    numbers: HashMap<String, u32>,
    row: Vec<u32>,
    /// Where each story ends in the row.
    ends: Vec<usize>,
    places: Vec<Vec<u32>>,
}

impl Scan {
    /// Number of every mark; 0 stands between two stories.
    const MARK: u32 = 1;

    fn new(stories: &[Story]) -> Self {
        let (places, ends) = (vec![Vec::new(); 2], Vec::with_capacity(stories.len()));
        let mut scan = Self { numbers: HashMap::new(), row: Vec::new(), ends, places };
        for story in stories {
            story.unigrams().into_iter().for_each(|token| scan.push(token));
            scan.row.push(0);
            scan.ends.push(scan.row.len());
        }
        scan
    }

    fn push(&mut self, token: String) {
        let next = self.places.len() as u32;
        let number = if scan::is_mark(&token) { Self::MARK } else { *self.numbers.entry(token).or_insert(next) };
        if number == next {
            self.places.push(Vec::new());
        }
        self.places[number as usize].push(self.row.len() as u32);
        self.row.push(number);
    }

    /// The stories that contain the query, ascending.
    fn find(&self, query: &str) -> Vec<usize> {
        let number =
            |token: &String| if scan::is_mark(token) { Some(Self::MARK) } else { self.numbers.get(token).copied() };
        let Some(wanted) = scan::unigrams(query).iter().map(number).collect::<Option<Vec<u32>>>() else {
            return Vec::new();
        };
        let places = |at: usize| &self.places[wanted[at] as usize];
        let rarest = (0..wanted.len()).min_by_key(|&at| places(at).len()).expect("a query has a unigram");
        let starts = places(rarest).iter().filter_map(|&place| (place as usize).checked_sub(rarest));
        let hits = starts.filter(|&start| self.row[start..].starts_with(&wanted));
        let mut found: Vec<usize> = hits.map(|start| self.ends.partition_point(|&end| end <= start)).collect();
        found.dedup();
        found
    }
}

/// Speaks past the test's captured output.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Texts with what scraping brings: glosses, widths, digits, broken lines, invisible and rare characters.
fn dirt() -> Vec<&'static str> {
    vec![
        "市政協(xié)副主席、麥積區(qū)委書記主持召開脫貧攻堅(jiān)工作推進(jìn)會(huì)議,深入分析。",
        "全區（ㄑㄩ）加入区(WTO)，张三(zhang)、银行(hang2)行長(ZHǍNG)；女(nu:3)兵旅(lv)长、绿(lǜ )色。",
        "增长12,345.6亿元，占3.5%，见2018.3.5第80,90页，１０：３０开会；PM２．５降至35.5.",
        "二OO八年、二００九年、一九七○年和二◯一二年，一02号，O型血，0度。",
        "①甲②乙③ ½ 20㎡房 x²+y² №5 ℃ 3℃5 Ⅳ期 ㈱ ㎏",
        "第一段，“引语”。\n第二行接着\n\n第三段\n　　第四段\r\n第五行\r\n\r\n第六段；\n\n。末",
        "甲\t乙\t丙\n丁\t戊",
        "共\u{200b}产\u{fe0f}党\u{ad}员\u{e0100}、\u{feff}群\u{2060}众\u{202e}。\u{7}铃\u{1b}声",
        "Ｗｅｂ　ｶﾀｶﾅ カタカナ ひらがな ไทย བོད་ \u{e5ce}私\u{f0000} 𨟠𠮷𰻝 〇々",
        "瞭解計畫，看著著名的裏面和裡面；為爲台臺颱檯，乾幹干，後后，麵面。",
        "⻄⽓⼀⺠ 產产産 户戶戸 說説说 凉涼 羽羽 豈豈",
        "Café Cafe\u{301} ÄÖü straße КИРИЛЛИЦА Ελλάδα 한국어 عربي",
        "👍🏽👨‍👩‍👧好🇨🇳的❤️心",
        "见www.12377.cn:8080/a_b?x=1，写信给pxzx@mos.gov.cn。C919、5G和F-35；a,b:c.d",
        "脱 贫 攻 坚\n战 役，今 年　完 成",
        "习近平·同志—《讲话》（全文）【要点】〔2019〕5号〈序〉「引」『引』/、％‰",
        "他说：“……”！？然后——走了。。。又,,,来",
    ]
}
