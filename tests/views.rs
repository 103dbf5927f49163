//! Promise: what is counted over all hits is exact. Concordances line by line, what is an occurrence, draws that can be
//! drawn again, and the figures of small collections worked out by hand; alike on every backend.

use std::ops::Range;

use xunzhang::index::IndexError;
use xunzhang::{
    CollocationOptions, Collocations, CompareOptions, Concordance, Counting, DateSpan, Document, Engine, EngineOptions,
    Error, KeynessOptions, Keyword, KwicOptions, KwicSort, Limit, SearchRequest,
};

#[path = "support/naive.rs"]
mod naive;

fn engines(documents: &[Document]) -> [Engine; 2] {
    let naive = Engine::over(Box::new(naive::Naive::default()), None, &EngineOptions::default());
    let engines = [Engine::in_memory().expect("an index in memory"), naive.expect("a row of entries")];
    for engine in &engines {
        engine.ingest(documents.iter().cloned()).expect("documents");
    }
    engines
}

fn document(id: &str, date: &str, source: &str, title: &str, body: &str) -> Document {
    let mut document = Document::new(id, title, body);
    document.date = DateSpan::parse(date);
    document.source = Some(source.to_owned()).filter(|source| !source.is_empty());
    document
}

fn options(change: impl FnOnce(&mut KwicOptions)) -> KwicOptions {
    let mut options = KwicOptions::default();
    change(&mut options);
    options
}

/// The concordance, the same on both backends.
fn kwic(engines: &[Engine; 2], query: &str, options: &KwicOptions) -> Concordance {
    let [ours, naive] = engines.each_ref().map(|engine| {
        engine.kwic(&SearchRequest::new(query), options).unwrap_or_else(|error| panic!("{query}: {error}"))
    });
    assert_eq!(ours.lines, naive.lines, "{query}");
    assert_eq!(ours.summary.occurrences, naive.summary.occurrences, "{query}");
    ours
}

/// `id left【node】right` of each line.
fn lines(concordance: &Concordance) -> Vec<String> {
    let line = |line: &xunzhang::ConcordanceLine| format!("{} {}【{}】{}", line.id, line.left, line.node, line.right);
    concordance.lines.iter().map(line).collect()
}

// ---------------------------------------------------------------------------------------------------------------
// Concordances

fn notices() -> Vec<Document> {
    vec![
        document("1", "2018-03-05", "甲县报", "五龙镇脱贫攻坚", "全镇脫貧攻堅(jiān)會議召開。\n\n会后再谈脱贫攻坚。"),
        document("2", "2016", "乙县报", "", "打好脱贫\n攻坚战，脱贫攻坚要紧。"),
        document("3", "", "", "造林", "植树造林，与脱贫 攻坚无关。"),
    ]
}

#[test]
fn every_occurrence_is_a_line() {
    let engines = engines(&notices());
    let found = kwic(&engines, "脱贫攻坚", &options(|options| (options.width, options.counting.nested) = (3, true)));
    let wanted = [
        "2 打好【脱贫攻坚】战，脱",
        "2 坚战，【脱贫攻坚】要紧。",
        "1 五龙镇【脱贫攻坚】",
        "1 全镇【脫貧攻堅】會議召",
        "1 后再谈【脱贫攻坚】。",
        "3 林，与【脱贫 攻坚】无关。",
    ];
    assert_eq!(lines(&found), wanted, "by date, those without one last; no context leaves its paragraph");
    let summary = &found.summary;
    assert_eq!((summary.documents, summary.occurrences, summary.documents_with_occurrences), (3, Some(6), Some(3)));
    for line in &found.lines {
        let document = notices().into_iter().find(|document| document.label() == line.id).expect("a document");
        let stored = if line.field == "title" { &document.title } else { &document.body };
        let node: Range<usize> = line.range[0]..line.range[1];
        assert!(["脱贫攻坚", "脫貧攻堅", "脱贫\n攻坚", "脱贫 攻坚"].contains(&&stored[node]), "{line:?}");
    }
    let facts = &found.lines[2];
    assert_eq!(
        (facts.date.as_deref(), facts.source.as_deref(), facts.field),
        (Some("2018-03-05"), Some("甲县报"), "title")
    );
}

#[test]
fn lines_are_sorted_by_what_stands_beside() {
    let engines = engines(&[
        document("1", "2018", "丙报", "", "一甲扶贫乙。"),
        document("2", "2017", "", "", "二乙扶贫丙。"),
        document("3", "2016", "甲报", "", "三甲扶贫甲。"),
    ]);
    for (sort, wanted) in [
        (KwicSort::Date, ["3", "2", "1"]),
        // 乙 comes first, then 甲: of two alike the character before it decides.
        (KwicSort::Left, ["2", "1", "3"]),
        (KwicSort::Right, ["2", "1", "3"]),
        (KwicSort::Source, ["1", "3", "2"]),
    ] {
        let found = kwic(&engines, "扶贫", &options(|options| options.sort = sort));
        let ids: Vec<&str> = found.lines.iter().map(|line| line.id.as_str()).collect();
        assert_eq!(ids, wanted, "{sort:?}");
    }
    let right = kwic(&engines, "扶贫", &options(|options| options.sort = KwicSort::Right));
    assert_eq!(right.lines[0].right, "丙。", "丙 is U+4E19, 乙 U+4E59, 甲 U+7532");
}

#[test]
fn dates_limits_and_fields_hold() {
    let engines = engines(&notices());
    let mut request = SearchRequest::new("脱贫攻坚");
    request.since = DateSpan::parse("2017");
    let found = engines[0].kwic(&request, &options(|options| options.limit = Limit::Hits(1))).expect("lines");
    assert_eq!((found.lines.len(), found.summary.occurrences, found.summary.rows), (1, Some(3), 3));
    assert_eq!(found.summary.coverage.undated_left_out, 1);
    let nested = options(|options| options.counting.nested = true);
    assert_eq!(lines(&kwic(&engines, "标题:脱贫攻坚", &nested)), ["1 五龙镇【脱贫攻坚】"], "titles alone");
    assert_eq!(kwic(&engines, "造林 -扶贫 来源:报", &nested).lines.len(), 0, "no other field and no excluded term");
    assert_eq!(kwic(&engines, "造林 -扶贫", &nested).lines.len(), 2);
    assert_eq!(kwic(&engines, "没有的词", &nested).summary.documents, 0);
}

// ---------------------------------------------------------------------------------------------------------------
// What is an occurrence

#[test]
fn what_stands_within_a_longer_term_is_the_longer_ones() {
    let engines = engines(&[
        document("1", "", "", "", "习近平新时代中国特色社会主义思想。坚持中国特色社会主义。"),
        document("2", "", "", "", "精准扶贫，扶贫办，产业扶贫。"),
        document("3", "", "", "", "习近平新时代\n中国特色社会主义思想"),
        document("4", "", "", "", "人人人，人人人人"),
    ]);
    let count = |query: &str, counting: Counting| {
        let found = kwic(&engines, query, &options(|options| options.counting = counting));
        assert_eq!(found.summary.occurrences, Some(found.lines.len() as u64), "{query}");
        (found.lines.len(), found.summary.documents, found.summary.documents_with_occurrences.unwrap_or_default())
    };
    let counting = |terms: &[&str], nested| {
        let mut counting = Counting::default();
        (counting.terms, counting.nested) = (terms.iter().map(|term| (*term).to_owned()).collect(), nested);
        counting
    };
    let (plain, nested) = (counting(&[], false), counting(&[], true));
    assert_eq!(count("中国特色社会主义", plain.clone()), (1, 2, 1), "documents 1 and 3 are found, 1 has one");
    assert_eq!(count("中国特色社会主义", nested.clone()), (3, 2, 2));
    assert_eq!(count("习近平新时代中国特色社会主义思想", plain.clone()), (2, 2, 2), "the longer one counts in full");
    assert_eq!(count("扶贫", plain.clone()), (1, 1, 1), "精准扶贫 and 产业扶贫 are listed");
    assert_eq!(count("扶贫", nested.clone()), (3, 1, 1));
    assert_eq!(count("扶贫", counting(&["扶貧辦"], false)), (0, 1, 0), "terms fold as texts do");
    assert_eq!(count("扶贫 OR 精准扶贫", plain.clone()), (2, 1, 1), "of one query the longer counts too");
    assert_eq!(
        count("扶贫 OR 扶贫 OR 扶貧", nested.clone()),
        (3, 1, 1),
        "a term counts once however often it is asked"
    );
    assert_eq!(count("人人", plain), (3, 1, 1), "人人人 has one, 人人人人 two");
    assert_eq!(count("人人", nested), (5, 1, 1));
}

#[test]
fn terms_of_every_kind_are_counted() {
    let engines = engines(&[document("1", "", "", "扶贫", "精准扶贫要钱，扶貧款到了。打赢脱贫攻坚战，C919首飞。")]);
    for (query, wanted) in [
        ("扶贫 NEAR/9 款", 3),
        ("原:扶貧", 1),
        ("原:扶贫 OR 扶贫", 2),
        ("词:扶贫", 2),
        ("脱贫*战", 1),
        ("C91?", 1),
        ("标题:扶贫 扶贫", 2),
        ("扶贫 -造林", 2),
    ] {
        let found = kwic(&engines, query, &KwicOptions::default());
        assert_eq!(found.summary.occurrences, Some(wanted), "{query}: {:?}", lines(&found));
    }
}

#[test]
fn a_text_of_many_megabytes_is_counted_piece_by_piece() {
    let body = format!("{}精准扶贫办{}扶贫。", "天地。".repeat(466_000), "天地。".repeat(500_000));
    let engine = Engine::in_memory().expect("an index in memory");
    engine.ingest([Document::new("1", "", body.as_str())]).expect("a document");
    let found = engine.kwic(&SearchRequest::new("扶贫"), &KwicOptions::default()).expect("lines");
    let places: Vec<usize> = found.lines.iter().map(|line| line.range[0]).collect();
    assert_eq!(places, [body.rfind("扶贫").expect("it is there")]);
    let nested = options(|options| options.counting.nested = true);
    assert_eq!(engine.kwic(&SearchRequest::new("扶贫"), &nested).expect("lines").lines.len(), 2);
}

#[test]
fn faults_are_those_of_a_search() {
    let [engine, _] = engines(&notices());
    let mut late = SearchRequest::new("脱贫攻坚");
    late.timeout = Some(std::time::Duration::ZERO);
    let deadline = |error: Error| matches!(error, Error::Index(IndexError::Deadline));
    assert!(engine.kwic(&late, &KwicOptions::default()).is_err_and(deadline));
    assert!(engine.collocations(&late, &CollocationOptions::default()).is_err_and(deadline));
    let empty = SearchRequest::new("，。");
    let query = |error: Error| matches!(error, Error::Query(_));
    assert!(engine.kwic(&empty, &KwicOptions::default()).is_err_and(query));
    assert!(engine.keyness(&empty, None, &KeynessOptions::default()).is_err_and(query));
    assert!(engine.compare([&empty, &empty], &CompareOptions::default()).is_err_and(query));
}

// ---------------------------------------------------------------------------------------------------------------
// Draws

#[test]
fn a_seed_draws_the_same_whatever_the_index_looks_like() {
    let documents: Vec<Document> =
        (0..40).map(|number| document(&number.to_string(), "", "", "", "扶贫一。扶贫二。扶贫三。")).collect();
    let at_once = engines(&documents);
    let one_by_one = Engine::in_memory().expect("an index in memory");
    for document in documents.iter().rev() {
        one_by_one.ingest([document.clone()]).expect("a document");
    }
    let drawn = |seed, sample| options(|options| (options.seed, options.sample) = (seed, Some(sample)));
    let first = kwic(&at_once, "扶贫", &drawn(7, 10));
    let again = one_by_one.kwic(&SearchRequest::new("扶贫"), &drawn(7, 10)).expect("lines");
    assert_eq!(first.lines, again.lines);
    assert_eq!((first.lines.len(), first.summary.rows, first.summary.occurrences), (10, 10, Some(120)));
    assert_ne!(first.lines, kwic(&at_once, "扶贫", &drawn(8, 10)).lines, "another seed");
    assert_eq!(kwic(&at_once, "扶贫", &drawn(7, 500)).lines.len(), 100, "the limit still holds");
    let more = kwic(&at_once, "扶贫", &drawn(7, 20)).lines;
    assert!(first.lines.iter().all(|line| more.contains(line)), "a larger draw has the smaller one");
    let rights: std::collections::BTreeSet<_> = more.iter().map(|line| line.right.chars().next()).collect();
    assert_eq!(rights.len(), 3, "drawn over occurrences, not over documents");
}

// ---------------------------------------------------------------------------------------------------------------
// Words, worked out by hand

/// Its words: 扶贫 资金 到位 | 项目 开工; 扶贫 资金 增加; 资金 减少 项目 停工; 河水 上涨 道路 中断. Sixteen.
fn words() -> Vec<Document> {
    vec![
        document("1", "2015", "", "", "扶貧資金到位。项目开工。"),
        document("2", "2018", "", "", "扶貧資金增加。"),
        document("3", "2018", "", "", "资金减少，项目停工。"),
        document("4", "2018", "", "", "河水上涨，道路中断。"),
    ]
}

#[test]
fn the_collections_words_are_cut_as_they_are_worked_out() {
    let [engine, _] = engines(&[]);
    let cut: Vec<Vec<String>> = words().iter().map(|document| engine.analyze(&document.body).words).collect();
    assert_eq!(cut[0], ["扶贫", "资金", "到位", "项目", "开工"]);
    assert_eq!(cut[1], ["扶贫", "资金", "增加"]);
    assert_eq!(cut[2], ["资金", "减少", "项目", "停工"]);
    assert_eq!(cut[3], ["河水", "上涨", "道路", "中断"]);
}

fn near(number: f64, wanted: f64) -> bool {
    (number - wanted).abs() < 1e-9
}

#[test]
fn collocations_are_what_the_table_gives() {
    let engines = engines(&words());
    let with = |window, minimum| {
        let mut options = CollocationOptions::default();
        (options.window, options.minimum) = (window, minimum);
        let found = engines
            .each_ref()
            .map(|engine| engine.collocations(&SearchRequest::new("扶贫"), &options).expect("words near"));
        assert_eq!(found[0].words, found[1].words);
        let [found, _] = found;
        found
    };
    // One word to either side: 资金 twice. Two of the sixteen words are the query's own, so that fourteen are left, of
    // which two are near: cells 2, 0, 1, 11 where 6/14, 22/14, 36/14 and 132/14 are expected.
    let Collocations { words, window_words, all_words, summary, .. } = with(1, 1);
    assert_eq!((window_words, all_words, summary.occurrences), (2, 14, Some(2)));
    let [funds] = words.as_slice() else { panic!("{words:?}") };
    assert_eq!((funds.word.as_str(), funds.observed, funds.all), ("資金", 2, 3), "as it is written nearby");
    let g2 = 2.0 * (2.0 * (28.0_f64 / 6.0).ln() + (14.0_f64 / 36.0).ln() + 11.0 * (154.0_f64 / 132.0).ln());
    assert!(near(funds.expected, 6.0 / 14.0) && near(funds.g2, g2), "{funds:?}");
    assert!(funds.log_ratio.is_some_and(|ratio| near(ratio, 12_f64.log2())), "2 of 2 against 1 of 12: {funds:?}");
    // Five words to either side, but no further than the sentence: 项目 and 开工 stay out.
    let wide = with(5, 1);
    let named: Vec<&str> = wide.words.iter().map(|word| word.word.as_str()).collect();
    assert_eq!((wide.window_words, named), (4, vec!["到位", "增加", "資金"]));
    let often = with(5, 2);
    assert_eq!((often.words.len(), often.summary.rows), (1, 1));
}

#[test]
fn words_of_one_character_count_for_the_distance_and_function_words_are_left_out() {
    let [engine, _] = engines(&[document("1", "", "", "", "扶贫抓资金，以及项目。")]);
    let words = |window, all_words| {
        let mut options = CollocationOptions::default();
        (options.window, options.minimum, options.all_words) = (window, 1, all_words);
        let found = engine.collocations(&SearchRequest::new("扶贫"), &options).expect("words near");
        found.window_words
    };
    assert_eq!([words(1, true), words(2, true), words(3, true), words(3, false)], [0, 1, 2, 2], "抓 is a word between");
}

#[test]
fn two_occurrences_share_the_word_between_them() {
    let [engine, _] = engines(&[document("1", "", "", "", "扶贫资金扶贫。天气晴朗。")]);
    let mut options = CollocationOptions::default();
    options.minimum = 1;
    let found = engine.collocations(&SearchRequest::new("扶贫"), &options).expect("words near");
    assert_eq!((found.window_words, found.words[0].observed), (1, 1));
}

fn row(word: &Keyword) -> (&str, u64, u64) {
    (word.word.as_str(), word.count, word.reference)
}

#[test]
fn keyness_is_what_the_two_corpora_give() {
    let engines = engines(&words());
    let mut options = KeynessOptions::default();
    options.minimum = 1;
    let ask = |reference: Option<&str>, options: &KeynessOptions| {
        let reference = reference.map(SearchRequest::new);
        let found = engines
            .each_ref()
            .map(|engine| engine.keyness(&SearchRequest::new("扶贫"), reference.as_ref(), options).expect("words"));
        assert_eq!(found[0].words, found[1].words);
        let [found, _] = found;
        found
    };
    let found = ask(None, &options);
    assert_eq!((found.total, found.reference_total, found.summary.documents), (8, 8, 2));
    let rows: Vec<_> = found.words.iter().map(row).collect();
    assert_eq!(rows[0], ("扶貧", 2, 0), "as the hits write it");
    assert_eq!(rows[4], ("資金", 2, 1));
    assert_eq!(rows.len(), 5, "项目 is as common in the rest: {rows:?}");
    // 2 and 0 of eight: one of either is expected, 2 · 2 · ln 2; a zero is a half, so that it is four times as common.
    let first = &found.words[0];
    assert!(near(first.g2, 4.0 * 2_f64.ln()) && first.log_ratio == Some(2.0), "{first:?}");
    assert_eq!((first.per_million, first.reference_per_million), (Some(250_000.0), Some(0.0)));
    // 2 and 1 of eight: one and a half of either are expected.
    let funds = &found.words[4];
    assert!(near(funds.g2, 2.0 * (2.0 * (4.0_f64 / 3.0).ln() + (2.0_f64 / 3.0).ln())), "{funds:?}");
    assert_eq!(funds.log_ratio, Some(1.0));
    let against = ask(Some("资金 -扶贫"), &options);
    assert_eq!((against.total, against.reference_total), (8, 4));
    options.rarer = true;
    let rarer = ask(Some("资金 -扶贫"), &options);
    let names: Vec<_> = rarer.words.iter().map(row).collect();
    assert_eq!(names, [("停工", 0, 1), ("减少", 0, 1), ("项目", 1, 1)], "written as the reference writes it");
}

#[test]
fn counts_of_words_forget_what_was_replaced() {
    let engines = engines(&words());
    for engine in &engines {
        engine.ingest([document("3", "2018", "", "", "项目，项目，项目。")]).expect("a newer document 3");
    }
    let mut options = KeynessOptions::default();
    options.minimum = 1;
    let found = engines
        .each_ref()
        .map(|engine| engine.keyness(&SearchRequest::new("项目 -扶贫"), None, &options).expect("words"));
    assert_eq!(found[0].words, found[1].words);
    assert_eq!((found[0].total, found[0].reference_total, row(&found[0].words[0])), (3, 12, ("项目", 3, 1)));
}

// ---------------------------------------------------------------------------------------------------------------
// Two periods, and articles like one

fn period(from: &str, to: &str) -> SearchRequest {
    let mut request = SearchRequest::new("资金");
    (request.since, request.until) = (DateSpan::parse(from), DateSpan::parse(to));
    request
}

#[test]
fn two_periods_stand_side_by_side() {
    let engines = engines(&words());
    let mut options = CompareOptions::default();
    options.words.minimum = 1;
    let sides = [period("2015", "2015"), period("2018", "2018")];
    let found = engines.each_ref().map(|engine| engine.compare([&sides[0], &sides[1]], &options).expect("two sides"));
    assert_eq!((&found[0].sides, &found[0].words), (&found[1].sides, &found[1].words));
    let [found, _] = found;
    let [a, b] = &found.sides;
    assert_eq!((a.documents, a.all_documents, a.occurrences, a.han, a.words), (1, 1, 1, 10, 5));
    assert_eq!((b.documents, b.all_documents, b.occurrences, b.han, b.words), (2, 3, 2, 22, 7));
    assert_eq!((a.per_million, a.per_thousand_documents), (Some(100_000.0), Some(1000.0)));
    // 1 of 10 against 2 of 22 Han characters.
    assert!(found.occurrences.log_ratio.is_some_and(|ratio| near(ratio, 1.1_f64.log2())), "{:?}", found.occurrences);
    let only = found.words[0].iter().find(|word| word.word == "开工").expect("it is in 2015 alone");
    assert_eq!((only.count, only.reference), (1, 0));
    assert!(found.words[1].iter().any(|word| word.word == "停工" && word.log_ratio > Some(0.0)));
}

#[test]
fn an_empty_period_is_nothing_to_compare() {
    let [engine, _] = engines(&words());
    let sides = [period("1990", "1999"), period("2018", "2018")];
    let found = engine.compare([&sides[0], &sides[1]], &CompareOptions::default()).expect("two sides");
    let [a, b] = &found.sides;
    assert_eq!((a.documents, a.all_documents, a.han, a.per_million, a.per_thousand_documents), (0, 0, 0, None, None));
    assert_eq!((b.documents, b.occurrences), (2, 2));
    assert_eq!((found.occurrences.g2, found.occurrences.log_ratio), (0.0, None));
    assert_eq!((found.documents.g2, found.documents.log_ratio), (0.0, None));
    assert!(found.words.iter().all(Vec::is_empty));
}

#[test]
fn articles_like_one_leave_it_out_and_mark_what_they_share() {
    let forest = |id: &str, body: &str| document(id, "2018", "", "", body);
    let documents = [
        forest("造林一", "植树造林任务完成，苗木成活，林場驗收。"),
        forest("造林二", "林场苗木成活，造林验收完成。"),
        forest("造林三", "今年造林面积扩大。"),
        forest("河水", "河水上涨，道路中断。"),
        forest("孤文", "火箭升空。"),
    ];
    for engine in engines(&documents) {
        let request = SearchRequest::default();
        let found = engine.more_like("造林一", &request).expect("an answer").expect("the article is there");
        let ids: Vec<&str> = found.hits.iter().map(|hit| hit.id.as_str()).collect();
        assert_eq!(ids[0], "造林二");
        assert!(!ids.contains(&"造林一") && !ids.contains(&"河水"), "{ids:?}");
        assert_eq!(found.summary.total.value, ids.len() as u64);
        let marked: Vec<&str> = found.hits[0].snippets[0]
            .marks
            .iter()
            .map(|mark| &found.hits[0].snippets[0].text[mark.bytes.clone()])
            .collect();
        assert!(marked.iter().any(|mark| mark.contains("苗木")), "{marked:?}");
        assert!(found.canonical.contains("苗木"), "{}", found.canonical);
        assert!(found.canonical.contains("驗收"), "as the article writes it: {}", found.canonical);
        let alone = engine.more_like("孤文", &request).expect("an answer").expect("the article is there");
        assert_eq!((alone.hits.len(), alone.summary.total.value), (0, 0), "nothing shares a word with it");
        assert!(engine.more_like("没有", &request).expect("an answer").is_none());
    }
}
