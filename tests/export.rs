//! Promise: an export has every article that its query meant at the start, once, whole, whatever is indexed meanwhile; it
//! says what it is of, and that it is whole.

use xunzhang::{DateSpan, Document, Engine, EngineOptions, SearchRequest};

fn article(number: usize, version: usize) -> Document {
    let mut article = Document::new(format!("a{number}"), format!("第{number}篇"), format!("脱贫 {version}"));
    article.date = (!number.is_multiple_of(7))
        .then(|| DateSpan::parse(&format!("2018-0{}-1{}", number % 7, number % 3)))
        .flatten();
    article
}

#[test]
fn what_is_indexed_meanwhile_changes_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut options = EngineOptions::default();
    (options.create, options.threads) = (true, 1);
    let engine = Engine::open_with(folder.path().join("index"), &options).expect("a new index");
    for part in 0..5 {
        engine.ingest((part * 100..part * 100 + 100).map(|number| article(number, 1))).expect("articles");
    }
    let mut export = engine.export(&SearchRequest::new("脱贫")).expect("an export");
    assert_eq!((export.header.total, export.header.understood.as_str()), (500, "脱贫"));
    let mut seen: Vec<Document> = Vec::new();
    // Articles are replaced, removed and added, in so many commits that segments are merged, between any two pages.
    for step in 0..10 {
        seen.extend(export.by_ref().take(50).map(|exported| exported.expect("an article").document));
        engine.ingest((step * 50..step * 50 + 40).map(|number| article(number, 2))).expect("articles");
        engine.remove(&article(step * 50 + 45, 1).key()).expect("removed");
        engine.ingest([article(1000 + step, 1)]).expect("an article");
    }
    assert!(export.next().is_none());
    assert!(seen.iter().all(|document| document.body == "脱贫 1"), "texts are those of the start");
    let order = |document: &Document| (document.date.is_none(), document.date.map(|date| date.first), document.key());
    assert!(seen.windows(2).all(|pair| order(&pair[0]) < order(&pair[1])), "by date, then by key, none twice");
    assert_eq!(seen.len(), 500);
    let after = engine.export(&SearchRequest::new("脱贫")).expect("an export");
    assert_eq!(
        (after.header.total, after.filter(|exported| exported.is_ok()).count()),
        (500, 500),
        "10 went and 10 came"
    );
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
            json!({"id": "1", "title": "工作*會議*", "text": "麥川區\n\n# 召開脫貧攻堅(jiān)戰推進會。\u{1b}", "date": "2018-03-05",
                "source": "麦川日报", "authors": ["张智明", "李红"], "url": "https://a.example/1", "栏目": "要闻"}),
            json!({"id": "2", "title": "早", "text": "脱贫攻坚，\"引号\"。", "date": "2017"}),
            json!({"id": "3", "title": "无期", "text": "脱贫攻坚。"}),
        ])
    }

    fn lines(text: &str) -> Vec<Value> {
        text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    }

    #[test]
    fn lines_of_json_begin_with_what_they_are_of_and_end_with_a_count() {
        let desk = desk();
        let (code, out, err) = desk.run(&["export", "脱贫攻坚"]);
        assert!(code == 0 && err.contains("exported 3 articles"), "{err}");
        let all = lines(&out);
        let [header, first, second, third, end] = all.as_slice() else { panic!("{out}") };
        assert_eq!(
            (&header["type"], &header["query"], &header["total"]),
            (&json!("export"), &json!("脱贫攻坚"), &json!(3))
        );
        assert!(header["program"].as_str().is_some_and(|program| program.starts_with("xunzhang ")));
        assert!(
            ["fold", "words", "indexed_at"]
                .iter()
                .all(|name| header[name].as_str().is_some_and(|text| !text.is_empty()))
        );
        assert_eq!([first, second, third].map(|line| line["id"].clone()), [json!("2"), json!("1"), json!("3")]);
        assert_eq!(second["body"], "麥川區\n\n# 召開脫貧攻堅(jiān)戰推進會。\u{1b}");
        assert_eq!((&second["authors"], &second["extra"]), (&json!(["张智明", "李红"]), &json!([["栏目", "要闻"]])));
        assert_eq!(*end, json!({"type": "end", "documents": 3}));
        let (code, out, _) = desk.run(&["export", "无人写过"]);
        assert_eq!((code, lines(&out).len()), (1, 2), "{out}");
        let (_, out, err) = desk.run(&["export", "脱贫攻坚", "--since", "2018"]);
        assert!(lines(&out).len() == 3 && err.contains("left out for want of a date: 1"), "{err}");
    }

    #[test]
    fn a_table_is_plain_rows_unless_it_is_asked_for_more() {
        let desk = desk();
        let (_, out, _) = desk.run(&["export", "脱贫攻坚", "--format", "csv"]);
        let mut table = csv::Reader::from_reader(out.as_bytes());
        let ids: Vec<String> = table.records().map(|row| row.expect("a row")[0].to_owned()).collect();
        assert_eq!(ids, ["2", "1", "3"]);
        assert!(out.starts_with("id,title,date,source,authors,url,path,body\n2,早,2017,"), "{out}");
        assert!(out.contains(",张智明; 李红,https://a.example/1,a.jsonl,\"麥川區\n\n# "), "{out}");
        let (_, told, _) = desk.run(&["export", "脱贫攻坚", "--format", "csv", "--header"]);
        let (first, rest) = told.split_once('\n').expect("lines");
        assert_eq!(lines(first.trim_start_matches("# "))[0]["total"], 3);
        assert_eq!(rest, out + "# {\"type\":\"end\",\"documents\":3}\n");
        assert_eq!(desk.run(&["export", "脱贫攻坚", "--header"]).0, 2);
    }

    #[test]
    fn a_page_has_headings_facts_and_matches_in_bold() {
        let desk = desk();
        let (_, out, _) = desk.run(&["export", "脱贫攻坚", "--format", "markdown", "--since", "2018"]);
        let body = out.lines().skip(1).collect::<Vec<_>>().join("\n");
        let wanted = "\n# 脱贫攻坚\n\n## 工作\\*會議\\*\n\n- date: 2018-03-05\n- source: 麦川日报\n- authors: 张智明, 李红\n\
                      - address: https://a.example/1\n- path: a.jsonl\n- id: 1\n\n麥川區\n\n\
                      \\# 召開**脫貧攻堅**(jiān)戰推進會。\\\\u{1b}\n\n<!-- {\"type\":\"end\",\"documents\":1} -->";
        assert_eq!(body, wanted);
        assert!(out.starts_with("<!-- {\"type\":\"export\","), "{out}");
    }

    #[test]
    fn a_file_has_its_name_only_when_it_is_whole() {
        let desk = desk();
        let (code, out, _) = desk.run(&["export", "脱贫攻坚", "--output", "out.jsonl"]);
        assert_eq!((code, out.as_str()), (0, ""));
        let text = std::fs::read_to_string(desk.path("out.jsonl")).expect("the file");
        assert_eq!(lines(&text).last(), Some(&json!({"type": "end", "documents": 3})));
        let (code, _, err) = desk.run(&["export", "脱贫攻坚", "--output", "nowhere/out.jsonl"]);
        assert!(code == 2 && err.contains("nowhere/out.jsonl"), "{err}");
        let left: Vec<_> = std::fs::read_dir(desk.path(".")).expect("the folder").flatten().collect();
        assert!(left.iter().all(|entry| !entry.file_name().to_string_lossy().ends_with(".part")), "{left:?}");
    }
}
