//! Promise: an article with readings glued behind its characters is found by its people, places and policy terms in
//! either script, and the passage is marked in the author's own characters. The article of `../shared` comes with
//! questions of its own; where it is not there, that is said, and the article written here stands alone.
#![cfg(feature = "cli")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

#[path = "support/scan.rs"]
#[allow(dead_code, reason = "each test takes what it needs of the scan")]
mod scan;

/// A query, and what the snippet's mark shows.
type Question = (&'static str, &'static str);

const SHARED: [Question; 10] = [
    ("张智明", "張智明"),
    ("五龙镇", "五龍鎮"),
    ("五龍鎮", "五龍鎮"),
    ("脱贫攻坚", "脫貧攻堅"),
    ("脫貧攻堅戰", "脫貧攻堅戰"),
    ("\"一户一策\"", "一戶一策"),
    ("两不愁三保障", "兩不愁、三保障"),
    ("付丽丽", "付麗麗"),
    ("天水太盛祥医药有限公司", "天水太盛祥醫藥有限公司"),
    ("新时代中国特色社会主义思想", "新時代中國特色社會主義思想"),
];

const OWN: [Question; 8] = [
    ("林晓云", "林曉雲"),
    ("石门镇", "石門鎮"),
    ("石門鎮", "石門鎮"),
    ("乡村振兴", "鄉村振興"),
    ("“一村一品”", "一村一品"),
    ("一村一品五有标准", "一村一品」、五有標準"),
    ("2024年", "２０２４年"),
    ("青河县松茂药材有限公司", "青河縣松茂藥材有限公司"),
];

const OWN_ARTICLE: &str = "\n3月5日，青河縣(xiàn)石門鎮(zhèn)召開鄉(xiāng)村振興(xīng)工作會(huì)議，部署２０２４年各項(xiàng)工作。\n\
鎮(zhèn)黨委書記林曉雲(yún)強(qiáng)調(diào)，要落實(shí)「一村一品」、五有標準，讓群眾滿意(ㄧˋ)。各村(WTO)照辦。\n\n\
青河縣(xiàn)松茂藥(yào)材有限公司負責人參(cān)加會(huì)議。\n(本報編輯：何(he2)田)";

#[test]
fn the_article_written_here_is_found_and_marked() {
    let desk = Desk::new();
    let article = desk.article(OWN_ARTICLE);
    desk.index(&[desk.folder.path().join("articles")]);
    OWN.iter().for_each(|question| desk.hold(question, &article, OWN_ARTICLE));
    let (code, lines) = desk.ask("\"工作会议部署\"");
    assert_eq!(code, Some(1), "nothing matches across a comma: {lines:?}");
}

#[test]
fn the_article_of_shared_is_found_and_marked() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/article.txt");
    let Ok(text) = std::fs::read_to_string(path) else {
        return say("article: skipped the article of ../shared, it is not there");
    };
    let desk = Desk::new();
    let article = desk.article(&text);
    desk.index(&[desk.folder.path().join("articles")]);
    SHARED.iter().for_each(|question| desk.hold(question, &article, &text));
}

/// With `XUNZHANG_FULL=1` all of cctv stands beside it too.
#[test]
fn names_of_the_article_of_shared_stay_first_among_many() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Ok(text) = std::fs::read_to_string(home.join("../shared/article.txt")) else {
        return say("article: skipped the article of ../shared, it is not there");
    };
    let desk = Desk::new();
    let article = desk.article(&text);
    let cctv = std::env::var_os("XUNZHANG_FULL").map(|_| home.join("../shared/data/cctv/docs.jsonl.gz"));
    let others = cctv.into_iter().chain([home.join("corpus")]).filter(|path| path.exists());
    desk.index(&others.chain([desk.folder.path().join("articles")]).collect::<Vec<_>>());
    let names = ["张智明", "五龙镇", "付丽丽", "天水太盛祥医药有限公司"];
    let questions = SHARED.iter().filter(|(query, _)| names.contains(query));
    questions.for_each(|question| desk.hold(question, &article, &text));
}

/// A folder with an article and an index.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// Lays the article into the folder `articles`; its name.
    fn article(&self, text: &str) -> String {
        let folder = self.folder.path().join("articles");
        std::fs::create_dir(&folder).expect("the folder can be made");
        std::fs::write(folder.join("article.txt"), text).expect("the folder takes a file");
        "article.txt".to_string()
    }

    fn program(&self, command: &str) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_xunzhang"));
        program.arg(command).arg("--index").arg(self.folder.path().join("index"));
        program
    }

    fn index(&self, paths: &[PathBuf]) {
        let output = self.program("index").args(paths).output().expect("the program runs");
        let fine = matches!(output.status.code(), Some(0 | 1));
        assert!(fine, "index: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    }

    /// Exit code and lines of JSON.
    fn ask(&self, query: &str) -> (Option<i32>, Vec<Value>) {
        let mut program = self.program("query");
        let output = program.args(["--format", "json", "--limit", "5"]).arg(query).output().expect("the program runs");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let lines = text.lines().map(|line| serde_json::from_str(line).expect("a JSON object a line")).collect();
        (output.status.code(), lines)
    }

    /// The article is hit 1, and every mark of its snippets is the query in the author's characters.
    fn hold(&self, (query, shown): &Question, article: &str, body: &str) {
        let (code, lines) = self.ask(query);
        assert_eq!(code, Some(0), "{query}: {lines:?}");
        let hit = lines.iter().find(|line| line["type"] == "hit").unwrap_or_else(|| panic!("{query}: no hit"));
        assert_eq!((hit["rank"].as_u64(), hit["path"].as_str()), (Some(1), Some(article)), "{query}");
        let snippets = hit["snippets"].as_array().unwrap_or_else(|| panic!("{query}: no snippets"));
        let marks: Vec<&str> = snippets.iter().flat_map(|snippet| marks_of(query, snippet, body)).collect();
        assert!(marks.contains(shown), "{query}: {marks:?}");
    }
}

/// What the snippet marks, each mark held against the query and the body.
fn marks_of<'a>(query: &str, snippet: &'a Value, body: &str) -> Vec<&'a str> {
    let text = snippet["text"].as_str().unwrap_or_else(|| panic!("{query}: a snippet without text"));
    assert!(!has_gloss(text), "{query}: a gloss is shown in {text}");
    assert_eq!(snippet["field"], "body", "{query}");
    let shown = &body[range(&snippet["range"])];
    assert_eq!(scan::unigrams(shown), scan::unigrams(text), "{query}: the range is not the snippet's");
    let marks = snippet["marks"].as_array().unwrap_or_else(|| panic!("{query}: a snippet without marks"));
    marks.iter().map(|mark| marked(query, mark, text, body)).collect()
}

fn marked<'a>(query: &str, mark: &Value, text: &'a str, body: &str) -> &'a str {
    let bytes = range(&mark["bytes"]);
    let shown = &text[bytes.clone()];
    let characters = range(&mark["chars"]);
    let by_characters: String = text.chars().skip(characters.start).take(characters.len()).collect();
    let units: Vec<u16> = text.encode_utf16().collect();
    let by_units = String::from_utf16(&units[range(&mark["utf16"])]).expect("whole characters");
    assert_eq!((shown, shown), (by_characters.as_str(), by_units.as_str()), "{query}: ranges of a mark differ");
    let (wanted, original) = (scan::unigrams(query), scan::unigrams(&body[range(&mark["original"])]));
    assert_eq!(scan::unigrams(shown), original, "{query}: the original is not what is shown");
    let whole = !original.is_empty() && original.len().is_multiple_of(wanted.len());
    assert!(whole && original.chunks(wanted.len()).all(|chunk| chunk == wanted), "{query}: {original:?} is marked");
    shown
}

fn range(pair: &Value) -> std::ops::Range<usize> {
    let end = |at: usize| pair[at].as_u64().unwrap_or_else(|| panic!("no range: {pair}")) as usize;
    end(0)..end(1)
}

/// A bracket with small letters only, as in 堅(jiān).
fn has_gloss(text: &str) -> bool {
    let inside = text.split('(').skip(1).filter_map(|rest| rest.split_once(')')).map(|(inside, _)| inside);
    inside
        .into_iter()
        .any(|inside| !inside.is_empty() && inside.chars().all(|c| c.is_lowercase() || c.is_ascii_digit()))
}

/// Speaks past the test's captured output.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
