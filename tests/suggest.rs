//! Promise: a mistyped term leads to the right one, and a right one is left alone. Small cases on invented texts, and a
//! measure on the stories of `../shared/data/cctv`, which is skipped out loud where they are not there.
//!
//! The measure corrupts terms of the corpus with a seeded generator: homophones by the `pinyin` crate, look-alikes by
//! the pairs below, which were written before the tables of the library, and slips.
//! It prints what it finds.
#![cfg(feature = "files")]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{BufRead, BufReader};
use std::path::Path;

use pinyin::ToPinyin;
use unicode_normalization::UnicodeNormalization;
use xunzhang::analysis::{fold, is_han};
use xunzhang::{Document, Engine, Limit, Reason, Relax, SearchRequest, Sort};

/// Stories that are indexed for the measure.
const STORIES: usize = 20_000;
/// Corrupted terms of each kind, and correct rare queries.
const CORRUPTED: usize = 100;
const RARE: usize = 1_000;

#[rustfmt::skip]
const PAIRS: &str = "
己已 巳已 未末 土士 戊戍 戌戍 析折 候侯 拔拨 崇祟 人入 大太 大犬 日曰 徽微 辨辩 部陪 竞竟 密蜜 冶治
洽恰 捎稍 泠冷 沧沦 抡抢 睛晴 晴情 清请 蓝篮 燥躁 操澡 裁栽 戴载 锻煅 椎推 准淮 雎睢 茶荼 粱梁 幕暮
墓慕 拆折 钓钩 钩钧 勾匀 鸟乌 鸣呜 壁璧 赢嬴 博搏 傅缚 历厉 厂广 压庄 代伐 找我 往住 住佳 挂桂 注往
徒徙 陡徒 免兔 晚挽 输愉 险检 捡检 蜡腊 借措 惜错 刺剌 卷券 买卖 贝见 贷货 贪贫 资姿 侍待 持特 快怏
块决 汨泪 湖潮 渴喝 揭竭 栗粟 衷哀 衰哀 遂逐 遣遗 迁迂 延廷 暖援 幻幼 仑仓 抢枪 防妨 官宫 宜宣 宵霄
消悄 叨叼 帅师 兵乒 午牛 千干 干于 王玉 由甲 甲申 目自 且旦 亨享 亭享 熟热 径经 爪瓜 狐孤 仕任 材村
杜社 杠杆 柏拍 泊伯 朱末 株珠 亳毫 堂常 党堂 裳棠 撤撒 徽徵 设没 没役 投设 抗坑 杭抗 怀坏 环坏 治冶";

fn engine(texts: &[(&str, usize)]) -> Engine {
    let engine = Engine::in_memory().expect("an index in memory");
    let copies = texts.iter().flat_map(|(text, copies)| std::iter::repeat_n(*text, *copies));
    let documents = copies.enumerate().map(|(n, text)| Document::new(n.to_string(), "", text));
    engine.ingest(documents).expect("documents");
    engine
}

fn invented() -> Engine {
    engine(&[
        ("区委书记张智明在五龙镇部署脱贫攻坚工作。", 6),
        ("五龙镇已经实现脱贫攻坚目标，張智明表示祝賀。", 6),
        ("習近平總書記強調，計劃要落實。", 8),
        ("他赴西安考察旅游业，区域发展显著。", 6),
        ("参加世界贸易组织（WTO）会议。", 6),
        ("尉迟敬在重庆路部署工作。", 1),
    ])
}

fn first(engine: &Engine, query: &str) -> Option<(String, Reason)> {
    let found = engine.suggest(query).unwrap_or_else(|error| panic!("{query}: {error}"));
    found.into_iter().next().map(|suggestion| (suggestion.text, suggestion.reason))
}

#[test]
fn each_kind_of_slip_is_repaired() {
    let engine = invented();
    for (query, text, reason) in [
        ("布署", "部署", Reason::Homophone),
        ("己经", "已经", Reason::LookAlike),
        ("五镇龙", "五龙镇", Reason::Swapped),
        ("脱攻坚", "脱贫攻坚", Reason::Missing),
        ("脱脱贫攻坚", "脱贫攻坚", Reason::Superfluous),
        ("张志明", "张智明", Reason::Homophone),
        ("脱频攻监", "脱贫攻坚", Reason::Homophone),
        ("zhangzhiming", "张智明", Reason::Pinyin),
        ("zhang zhiming", "张智明", Reason::Pinyin),
        ("张zhiming", "张智明", Reason::Pinyin),
        ("wulongzhen", "五龙镇", Reason::Pinyin),
        ("lvyou", "旅游", Reason::Pinyin),
        ("xian", "西安", Reason::Pinyin),
    ] {
        let found = first(&engine, query).map(|(text, reason)| (fold(&text), reason));
        assert_eq!(found, Some((text.to_owned(), reason)), "{query}");
    }
}

#[test]
fn a_suggestion_is_written_as_the_corpus_writes_it() {
    let engine = invented();
    assert_eq!(first(&engine, "计化").map(|found| found.0).as_deref(), Some("計劃"));
    assert_eq!(first(&engine, "xi近平").map(|found| found.0).as_deref(), Some("習近平"));
    assert_eq!(first(&engine, "显住").map(|found| found.0).as_deref(), Some("显著"));
}

#[test]
fn only_the_term_that_finds_nothing_is_repaired() {
    let engine = invented();
    assert_eq!(first(&engine, "五龙镇 布署").map(|found| found.0).as_deref(), Some("五龙镇 部署"));
    assert_eq!(first(&engine, "\"布署\" -世界").map(|found| found.0).as_deref(), Some("\"部署\" -世界"));
    for query in ["部署", "五龙镇 世界", "WTO", "wto", "尉迟敬", "重庆路", "C919", "-布署 部署", "部", "天地玄黄"]
    {
        assert_eq!(first(&engine, query), None, "{query}");
    }
}

#[test]
fn a_search_that_finds_little_suggests_and_one_that_finds_enough_does_not() {
    let engine = invented();
    let suggestions = |query: &str, ids_only: bool| {
        let mut request = SearchRequest::new(query);
        request.ids_only = ids_only;
        engine.search(&request).expect("an answer").summary.suggestions
    };
    assert_eq!(suggestions("布署", false), ["部署"]);
    assert!(suggestions("部署", false).is_empty() && suggestions("布署", true).is_empty());
    let line = serde_json::to_value(&engine.search(&SearchRequest::new("布署")).expect("an answer").summary);
    assert_eq!(line.expect("JSON")["suggestions"], serde_json::json!(["部署"]));
}

#[test]
fn variants_are_strings_that_the_corpus_has() {
    let engine = engine(&[("部署工作。", 9), ("布署工作。", 3), ("部暑工作。", 2)]);
    let found = engine.variants("部署", 10).expect("variants");
    let found: Vec<(&str, u64, Reason)> =
        found.iter().map(|near| (near.text.as_str(), near.documents, near.reason)).collect();
    assert_eq!(found, [("布署", 3, Reason::Homophone), ("部暑", 2, Reason::Homophone)]);
}

#[test]
fn a_prefix_is_completed_in_han_and_in_pinyin() {
    let engine = engine(&[("天水市部署工作。", 5), ("天津市。", 3), ("張智明到天水。", 4), ("全面建成小康社会。", 2)]);
    let complete = |prefix: &str| -> Vec<(String, u64)> {
        let found = engine.complete(prefix, 5).expect("completions");
        found.into_iter().map(|completion| (completion.text, completion.documents)).collect()
    };
    for prefix in ["天水", "tianshui", "tians", "tsh", "ts"] {
        assert!(complete(prefix).contains(&("天水市".to_owned(), 5)), "{prefix}: {:?}", complete(prefix));
    }
    assert!(complete("zhangzh").contains(&("張智明".to_owned(), 4)), "{:?}", complete("zhangzh"));
    assert!(complete("全面建成小").contains(&("全面建成小康社会".to_owned(), 2)), "{:?}", complete("全面建成小"));
    assert_eq!(complete(""), []);
    assert_eq!(complete("　 "), []);
}

// ---------------------------------------------------------------------------------------------------------------
// The measure

#[test]
fn corrupted_terms_of_the_corpus_are_repaired_and_rare_ones_left_alone() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/cctv/docs.jsonl.gz");
    if !path.exists() {
        return eprintln!("suggest: the measure is skipped, ../shared/data/cctv is not there");
    }
    let began = std::time::Instant::now();
    let corpus = Corpus::read(&path);
    eprintln!("suggest: {STORIES} stories indexed in {:.0} s", began.elapsed().as_secs_f64());
    let mut chance = Chance(20_180_305);
    let (common, rare) = corpus.terms(&mut chance);
    eprintln!("suggest: terms chosen after {:.0} s", began.elapsed().as_secs_f64());
    let homophones = Homophones::of(&corpus);
    let pairs = pairs();
    let kinds: [(&str, &Corrupt<'_>); 3] = [
        ("homophones", &|term, chance| homophones.corrupt(term, chance)),
        ("look-alikes", &|term, chance| look_alike(term, &pairs, chance)),
        ("slips", &|term, chance| slip(term, chance)),
    ];
    let (mut repaired, mut all) = (0, 0);
    for (name, corrupt) in kinds {
        let cases = corpus.corrupted(&common, corrupt, &mut chance);
        let began = std::time::Instant::now();
        let right = cases.iter().filter(|(wrong, right)| corpus.is_repaired(name, wrong, right)).count();
        let each = began.elapsed().as_secs_f64() * 1000.0 / cases.len() as f64;
        eprintln!("suggest: {name}: {right} of {} repaired by the first suggestion, {each:.1} ms each", cases.len());
        repaired += right;
        all += cases.len();
    }
    let disturbed = rare.iter().filter(|term| corpus.is_disturbed(term)).count();
    eprintln!("suggest: {repaired} of {all} repaired; {disturbed} of {} correct rare queries disturbed", rare.len());
    assert!(all == 3 * CORRUPTED && repaired * 100 >= all * 85, "{repaired} of {all} repaired");
    assert!(rare.len() == RARE && disturbed * 100 < rare.len(), "{disturbed} of {} disturbed", rare.len());
}

/// A way to corrupt a term; `None` where it cannot.
type Corrupt<'a> = dyn Fn(&str, &mut Chance) -> Option<String> + 'a;

/// A small generator of Knuth's constants: the same row on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }

    fn one<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }
}

struct Corpus {
    engine: Engine,
    stories: Vec<(String, String)>,
}

impl Corpus {
    fn read(path: &Path) -> Self {
        let file = std::fs::File::open(path).expect("docs.jsonl.gz opens");
        let lines = BufReader::new(flate2::read::GzDecoder::new(file)).lines();
        let mut stories = Vec::new();
        // Every third story, so that all years are there.
        for line in lines.step_by(3).take(STORIES) {
            let story: serde_json::Value = serde_json::from_str(&line.expect("UTF-8")).expect("JSON");
            let text = |key: &str| story[key].as_str().unwrap_or_default().to_owned();
            stories.push((text("title"), text("text")));
        }
        let engine = Engine::in_memory().expect("an index in memory");
        let documents = stories.iter().enumerate();
        engine
            .ingest(documents.map(|(n, (title, text))| Document::new(n.to_string(), title.as_str(), text.as_str())))
            .expect("stories");
        Self { engine, stories }
    }

    fn documents(&self, term: &str) -> u64 {
        let mut request = SearchRequest::new(format!("\"{term}\"")).relax(Relax::Never);
        // No order by relevance, no second look.
        (request.limit, request.ids_only, request.sort) = (Limit::Hits(0), true, Sort::Newest);
        self.engine.search(&request).expect("an answer").summary.total.value
    }

    /// Terms that at least 10 stories have, of titles, one to three words long; and words of 1 to 3 stories.
    fn terms(&self, chance: &mut Chance) -> (Vec<String>, Vec<String>) {
        let (mut common, mut rare) = (BTreeSet::new(), BTreeSet::new());
        let fits =
            |term: &str| (2..=8).contains(&term.chars().count()) && term.chars().all(is_han) && fold(term) == term;
        while common.len() < 12 * CORRUPTED || rare.len() < RARE {
            let (title, text) = &self.stories[chance.below(self.stories.len())];
            let (title, text) = (self.engine.analyze(title), self.engine.analyze(text));
            let words = 1 + chance.below(3);
            let at = chance.below(title.words.len());
            let term = title.words.iter().skip(at).take(words).map(String::as_str).collect::<String>();
            if common.len() < 12 * CORRUPTED && fits(&term) && self.documents(&term) >= 10 {
                common.insert(term);
            }
            for _ in 0..20 {
                let word =
                    chance.one(&text.words).filter(|word| fits(word) && rare.len() < RARE && !rare.contains(*word));
                if let Some(word) = word.filter(|word| (1..=3).contains(&self.documents(word))) {
                    rare.insert(word.clone());
                    break;
                }
            }
        }
        let mut common: Vec<String> = common.into_iter().collect();
        for at in (1..common.len()).rev() {
            common.swap(at, chance.below(at + 1));
        }
        (common, rare.into_iter().collect())
    }

    /// Terms that no story has in their corrupted form, with what they were.
    fn corrupted(&self, terms: &[String], corrupt: &Corrupt<'_>, chance: &mut Chance) -> Vec<(String, String)> {
        let corrupted = terms.iter().filter_map(|term| Some((corrupt(term, chance)?, term.clone())));
        corrupted.filter(|(wrong, _)| self.documents(wrong) == 0).take(CORRUPTED).collect()
    }

    fn is_repaired(&self, kind: &str, wrong: &str, right: &str) -> bool {
        let found = self.engine.suggest(wrong).expect("suggestions");
        let repaired = found.first().is_some_and(|first| fold(&first.text) == right);
        if !repaired {
            let found: Vec<String> = found.iter().map(|near| format!("{} {}", near.text, near.documents)).collect();
            eprintln!("suggest: {kind}: {wrong} for {right} ({}): {}", self.documents(right), found.join(", "));
        }
        repaired
    }

    fn is_disturbed(&self, term: &str) -> bool {
        let found = self.engine.suggest(term).expect("suggestions");
        if let Some(first) = found.first() {
            eprintln!("suggest: disturbed: {term} ({}): {} {}", self.documents(term), first.text, first.documents);
        }
        !found.is_empty()
    }
}

/// Characters that are common in the corpus, by their first reading without its tone.
struct Homophones(HashMap<String, Vec<char>>);

impl Homophones {
    fn of(corpus: &Corpus) -> Self {
        let mut counts: BTreeMap<char, usize> = BTreeMap::new();
        let bodies = corpus.stories.iter().take(STORIES / 4);
        bodies
            .flat_map(|(_, text)| text.chars())
            .filter(|&c| is_han(c))
            .for_each(|c| *counts.entry(c).or_default() += 1);
        let mut by_reading: HashMap<String, Vec<char>> = HashMap::new();
        for (c, _) in counts.into_iter().filter(|(c, count)| *count >= 20 && fold(&c.to_string()) == c.to_string()) {
            reading(c).into_iter().for_each(|reading| by_reading.entry(reading).or_default().push(c));
        }
        Self(by_reading)
    }

    fn corrupt(&self, term: &str, chance: &mut Chance) -> Option<String> {
        let mut characters: Vec<char> = term.chars().collect();
        let at = chance.below(characters.len());
        let own = characters[at];
        let others: Vec<char> = self.0.get(&reading(own)?)?.iter().copied().filter(|&c| c != own).collect();
        characters[at] = *chance.one(&others)?;
        Some(characters.into_iter().collect())
    }
}

fn reading(c: char) -> Option<String> {
    let reading = c.to_pinyin()?.with_tone();
    Some(reading.nfd().filter(char::is_ascii_alphabetic).collect())
}

fn pairs() -> HashMap<char, Vec<char>> {
    let mut pairs: HashMap<char, Vec<char>> = HashMap::new();
    for pair in PAIRS.split_whitespace() {
        let (a, b) = (pair.chars().next().expect("one"), pair.chars().nth(1).expect("the other"));
        pairs.entry(a).or_default().push(b);
        pairs.entry(b).or_default().push(a);
    }
    pairs
}

fn look_alike(term: &str, pairs: &HashMap<char, Vec<char>>, chance: &mut Chance) -> Option<String> {
    let mut characters: Vec<char> = term.chars().collect();
    let places: Vec<usize> = (0..characters.len()).filter(|&at| pairs.contains_key(&characters[at])).collect();
    let at = *chance.one(&places)?;
    characters[at] = *chance.one(&pairs[&characters[at]])?;
    Some(characters.into_iter().collect())
}

/// Two neighbours swapped, a character missing, or one doubled.
fn slip(term: &str, chance: &mut Chance) -> Option<String> {
    let mut characters: Vec<char> = term.chars().collect();
    let at = chance.below(characters.len());
    match chance.below(3) {
        0 => characters.swap(at.checked_sub(1)?, at),
        1 if characters.len() > 2 => drop(characters.remove(at)),
        2 => characters.insert(at, characters[at]),
        _ => return None,
    }
    let corrupted: String = characters.into_iter().collect();
    (corrupted != term).then_some(corrupted)
}
