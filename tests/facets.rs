//! Promise: counts per value are exact, over all hits, on every backend; what has no value is counted too; and a value can
//! be used as a filter.

use xunzhang::index::local::LocalIndex;
use xunzhang::{
    DateSpan, Document, Engine, EngineOptions, Facet, FacetCounts, Ingest, Limit, Origin, Relax, SearchRequest, Unit,
};

#[path = "support/naive.rs"]
mod naive;

/// Number, date, source, authors, path, 栏目.
type Given = (&'static str, &'static str, &'static str, &'static [&'static str], &'static str, &'static str);

const ARTICLES: [Given; 5] = [
    ("1", "2018-03-05", "麦川日报", &["张智明", "李红"], "2018/a.txt", "要闻"),
    ("2", "2018-03", "麦川日报", &["张智明"], "2018/春/b.txt", "體育"),
    ("3", "2019", "天水晚报", &[], "c.txt", ""),
    ("4", "", "", &["李红", "李红"], "", ""),
    ("5", "2018-03-06", "麦川日报", &["张智明"], "2018/e.txt", "要闻"),
];

fn article(given: &Given) -> Document {
    let (id, date, source, authors, path, column) = *given;
    let text = if id == "5" { "造林三千亩。" } else { "五龙镇脱贫攻坚。" };
    let mut document = Document::new(id, "", text);
    document.date = DateSpan::parse(date);
    document.source = Some(source.to_owned()).filter(|source| !source.is_empty());
    document.authors = authors.iter().map(|author| (*author).to_owned()).collect();
    document.origin = Origin { path: path.to_owned(), ..Origin::default() };
    document.extra = vec![("欄目".to_owned(), column.to_owned()), ("备注".to_owned(), "无".to_owned())];
    document
}

/// An index of many segments, a scan, and an index that was upgraded, with the articles.
fn engines() -> Vec<(&'static str, Engine)> {
    let over = |backend| Engine::over(backend, None, &EngineOptions::default()).expect("an engine");
    let index = || Box::new(LocalIndex::in_memory().expect("an index in memory"));
    let engines = vec![
        ("segments", over(index())),
        ("a scan", over(Box::<naive::Naive>::default())),
        ("upgraded", over(index())),
    ];
    for (_, engine) in &engines {
        for given in &ARTICLES {
            engine.ingest([article(given)]).expect("an article");
        }
    }
    let mut observer = |_: &_| std::ops::ControlFlow::Continue(());
    engines[2].1.upgrade(Ingest { observer: &mut observer, commit_every: 1 }).expect("the upgrade");
    engines
}

fn counted(engine: &Engine, query: &str, facet: Facet, values: Limit) -> FacetCounts {
    let mut request = SearchRequest::new(query).limit(1).relax(Relax::Never);
    (request.facets, request.facet_values) = (vec![facet], values);
    engine.search(&request).unwrap_or_else(|error| panic!("{query}: {error}")).facets.remove(0)
}

fn plain(counts: &FacetCounts) -> String {
    let values: Vec<String> =
        counts.values.iter().map(|value| format!("{} {}", value.value, value.documents)).collect();
    format!("{} | {} {}", values.join(", "), counts.without, counts.broader)
}

#[test]
fn every_hit_is_counted_once_for_each_of_its_values() {
    for (name, engine) in engines() {
        for (facet, wanted) in [
            ("来源", "麦川日报 2, 天水晚报 1 | 1 0"),
            ("author", "张智明 2, 李红 2 | 1 0"),
            ("年", "2018 2, 2019 1 | 1 0"),
            ("month", "2018-03 2 | 1 1"),
            ("日", "2018-03-05 1 | 1 2"),
            ("目錄", "2018 1, 2018/春 1 | 2 0"),
            ("栏目", "要闻 1, 體育 1 | 2 0"),
            ("備註", "无 4 | 0 0"),
        ] {
            let counts = counted(&engine, "脱贫", Facet::named(facet), Limit::All);
            assert_eq!(plain(&counts), wanted, "{name}: {facet}");
            assert_eq!(counts.distinct as usize, counts.values.len());
        }
    }
}

#[test]
fn what_is_replaced_or_removed_counts_no_more() {
    for (name, engine) in engines() {
        let mut replaced = article(&ARTICLES[0]);
        replaced.source = Some("秦州网".to_owned());
        engine.ingest([replaced]).expect("an article");
        engine.remove(&article(&ARTICLES[1]).key()).expect("an article");
        let counts = counted(&engine, "脱贫", Facet::Source, Limit::All);
        assert_eq!(plain(&counts), "天水晚报 1, 秦州网 1 | 1 0", "{name}");
        assert_eq!(plain(&counted(&engine, "日期:2018", Facet::Source, Limit::All)), "秦州网 1, 麦川日报 1 | 0 0");
    }
}

#[test]
fn a_value_narrows_the_query_to_its_documents() {
    for (name, engine) in engines() {
        for query in ["脱贫", "脱贫 OR 造林", "五龙镇 -造林", "\"脱贫攻坚\"", "标题:无 OR 脱贫"] {
            for facet in ["source", "author", "year", "month", "folder", "栏目"] {
                for value in counted(&engine, query, Facet::named(facet), Limit::All).values {
                    let narrowed = value.query.expect("a value that can be asked for");
                    let total = engine.search(&SearchRequest::new(&narrowed)).expect("an answer").summary.total.value;
                    // A folder and a month hold also what only contains them, or overlaps.
                    let wider = matches!(facet, "folder" | "month");
                    assert!(
                        total == value.documents || (wider && total > value.documents),
                        "{name}: {narrowed}: {total}"
                    );
                }
            }
        }
    }
}

#[test]
fn only_the_list_of_values_is_cut_and_never_a_count() {
    let engine = Engine::in_memory().expect("an index in memory");
    for round in 0..4 {
        let articles = (0..300).map(|number| {
            let mut article = Document::new(format!("{round}-{number}"), "", "脱贫");
            article.source = Some(format!("来源{:03}", if number < 100 { number } else { number / 100 }));
            article.authors = vec![format!("作者{round}-{number}")];
            article
        });
        engine.ingest(articles).expect("articles");
    }
    let counts = counted(&engine, "脱贫", Facet::Source, Limit::default());
    assert_eq!((counts.values.len(), counts.distinct), (10, 100));
    assert_eq!(plain(&counts).split(", 来源003").next(), Some("来源001 404, 来源002 404, 来源000 4"));
    let authors = counted(&engine, "脱贫", Facet::Author, Limit::All);
    assert_eq!((authors.distinct, authors.values.len()), (1200, 1200));
    assert!(authors.values.iter().all(|value| value.documents == 1));
}

#[test]
fn long_values_are_cut_and_a_wrong_name_tells_the_right_ones() {
    let engine = Engine::in_memory().expect("an index in memory");
    let mut article = article(&ARTICLES[0]);
    article.extra = vec![("主题".to_owned(), "长".repeat(100)), ("主题二".to_owned(), "另一".to_owned())];
    engine.ingest([article]).expect("an article");
    let counts = counted(&engine, "脱贫", Facet::named("主题"), Limit::All);
    assert_eq!(plain(&counts), format!("{} 1 | 0 0", "长".repeat(66)), "198 bytes are whole characters");
    let mut request = SearchRequest::new("脱贫");
    request.facets = vec![Facet::named("版面")];
    let error = engine.search(&request).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.contains("no article has a key 版面") && error.ends_with("folder, 主题, 主题二"), "{error}");
    assert_eq!(Facet::named("Year"), Facet::Date(Unit::Year));
}

#[test]
fn the_time_of_indexing_filters_and_an_upgrade_keeps_it() {
    for (name, engine) in engines() {
        let ask = |after| {
            let mut request = SearchRequest::new("脱贫 OR 造林").relax(Relax::Never);
            request.indexed_after = after;
            let response = engine.search(&request).expect("an answer");
            let mut ids: Vec<String> = response.hits.into_iter().map(|hit| hit.id).collect();
            ids.sort_unstable();
            (ids.join(" "), response.summary.total.value, response.summary.coverage.indexed_until)
        };
        let (all, total, until) = ask(None);
        assert_eq!((all.as_str(), total), ("1 2 3 4 5", 5), "{name}");
        let times: Vec<i64> = ["1", "2", "3", "4", "5"]
            .iter()
            .map(|id| engine.show(id, None).expect("shown")[0].document.indexed_at.expect("a time"))
            .collect();
        assert!(times.windows(2).all(|pair| pair[0] < pair[1]), "{name}: each commit is later: {times:?}");
        assert_eq!(times[4], until, "{name}");
        assert_eq!(ask(Some(times[2])).0, "4 5", "{name}");
        assert_eq!(ask(Some(until)), (String::new(), 0, until), "{name}");
        engine.ingest([Document::new("6", "", "脱贫")]).expect("an article");
        assert_eq!(ask(Some(until)).0, "6", "{name}: found though all is within one second");
    }
}

#[cfg(feature = "cli")]
#[path = "support/desk.rs"]
mod desk;

#[cfg(feature = "cli")]
mod program {
    use serde_json::{Value, json};

    use crate::desk;

    fn desk() -> desk::Desk {
        desk::Desk::of_records(&[
            json!({"id": "1", "text": "脱贫攻坚。", "date": "2018-03-05", "source": "麦川日报", "栏目": "要闻"}),
            json!({"id": "2", "text": "脱贫。", "date": "2018", "source": "麦川日报"}),
            json!({"id": "3", "text": "脱贫。", "source": "O'Neil \u{1b}[31m"}),
            json!({"id": "4", "text": "脱贫。"}),
        ])
    }

    #[test]
    fn text_has_bars_and_the_query_that_narrows() {
        let desk = desk();
        let (code, out, _) = desk.run(&["query", "脱贫", "--limit", "0", "--facet", "来源", "--facet", "月"]);
        let full = "█".repeat(30);
        let half = "█".repeat(15);
        let wanted = format!(
            "── source ──\n  麦川日报           2  {full}\n  O'Neil \\u{{1b}}[31m  1  {half}\n  without a value: 1\n  \
             to narrow: xunzhang query '脱贫 来源:\"麦川日报\"'\n\n── month ──\n  2018-03  1  {full}\n  without a value: 2\n  \
             with a date that covers more than one: 1\n  to narrow: xunzhang query '脱贫 日期:2018-03'\n\n"
        );
        assert_eq!((code, out), (0, wanted));
        assert!(desk.run(&["query", "脱贫", "--facet", "source", "--lang", "zh"]).1.contains("── 来源 ──"));
    }

    #[test]
    fn lines_of_json_stand_before_the_summary() {
        let desk = desk();
        let arguments =
            ["query", "脱贫", "--limit", "1", "--facet", "source", "--facet-values", "1", "--format", "json"];
        let lines = desk.lines(&arguments);
        let types: Vec<&str> = lines.iter().filter_map(|line| line["type"].as_str()).collect();
        assert_eq!(types, ["hit", "facet", "facet", "facet", "summary"]);
        let value = json!({"type": "facet", "query": "脱贫", "field": "source", "kind": "value", "value": "麦川日报",
            "documents": 2, "narrowed": "脱贫 来源:\"麦川日报\""});
        assert_eq!(lines[1], value);
        assert_eq!((&lines[2]["kind"], &lines[2]["values"]), (&json!("more"), &json!(1)));
        assert_eq!(
            (&lines[3]["kind"], &lines[3]["value"], &lines[3]["documents"]),
            (&json!("none"), &Value::Null, &json!(1))
        );
    }

    #[test]
    fn lists_for_machines_have_no_place_for_counts() {
        let desk = desk();
        for format in ["csv", "ids", "trec"] {
            let (code, out, err) = desk.run(&["query", "脱贫", "--facet", "source", "--format", format]);
            assert!(code == 2 && out.is_empty() && err.contains("--facet"), "{format}: {err}");
        }
        let (code, _, err) = desk.run(&["query", "脱贫", "--facet", "版面"]);
        assert!(code == 2 && err.contains("栏目"), "{err}");
    }
}
