//! Promise: lines that many texts begin or end with (a site's name, who edited it) neither decide the order of the hits nor
//! stand in their passages where anything else can; and who looks for such a line still finds every text that has it.

use xunzhang::{Document, Engine, SearchRequest, SearchResponse};

/// Texts with the same lines around them.
const TEXTS: usize = 30;
const ABOVE: &str = "云陇新闻网　首页　要闻\n当前位置：首页 要闻";
const BELOW: &str = "（责任编辑：付丽丽）\n版权所有，未经付丽丽许可不得转载";

/// What texts say, no two the same.
fn paragraph(number: usize) -> String {
    let things = ["核桃", "花椒", "苹果", "樱桃", "蜂蜜", "药材"];
    let places = ["五龙镇", "党川镇", "伯阳镇", "琥珀镇", "利桥镇"];
    let (thing, place) = (things[number % things.len()], places[number % places.len()]);
    format!(
        "{place}今年的{thing}卖到了第{number}个县。{}收成比往年好，村里请来的技术员说，明年还要把林子往山上再种{number}里地，\
         路也修到地头，车能开进去，{thing}下树当天就能发走。",
        thing.repeat(number % 5 + 1)
    )
}

fn engine(below: &str) -> Engine {
    let engine = Engine::in_memory().expect("memory");
    let text = |number: usize| format!("{ABOVE}\n\n{}\n\n{below}", paragraph(number));
    let mut all: Vec<Document> =
        (0..TEXTS).map(|number| Document::new(format!("{number}"), "", text(number))).collect();
    let told = "林站的人事也定了。到任的是付丽丽，她在山里跑了二十年，认得每一片林子，哪里该补苗，哪里该间伐，心里都有一本账，\
                乡亲们有事也愿意找她说。";
    all.push(Document::new("her", "", format!("{ABOVE}\n\n{}\n{told}\n\n{BELOW}", paragraph(TEXTS))));
    engine.ingest(all).expect("indexed");
    engine
}

fn ask(engine: &Engine, query: &str) -> SearchResponse {
    engine.search(&SearchRequest::new(query).limit(TEXTS + 1)).expect("an answer")
}

#[test]
fn who_edited_a_text_is_not_what_it_is_about() {
    let engine = engine(BELOW);
    let answer = ask(&engine, "付丽丽");
    assert_eq!(answer.summary.total.value, TEXTS as u64 + 1);
    let first = &answer.hits[0];
    assert_eq!(first.id, "her");
    assert!(first.snippets[0].text.contains("到任的是付丽丽") && !first.snippets[0].text.contains("责任编辑"));
    // Where nothing else has it, the line itself is shown.
    assert!(answer.hits[1].snippets[0].text.contains("责任编辑") && !answer.hits[1].snippets[0].marks.is_empty());
}

#[test]
fn a_passage_begins_with_the_text() {
    let engine = engine(BELOW);
    let answer = ask(&engine, "NOT 无此词");
    assert_eq!(answer.hits.len(), TEXTS + 1);
    for hit in &answer.hits {
        assert!(hit.snippets[0].text.contains("今年的"), "{}", hit.snippets[0].text);
        assert!(!hit.snippets[0].text.contains("首页"), "{}", hit.snippets[0].text);
    }
}

#[test]
fn a_line_that_few_texts_have_is_as_good_as_any() {
    let engine = engine("后会有期");
    let answer = ask(&engine, "付丽丽");
    assert_eq!((answer.summary.total.value, answer.hits[0].id.as_str()), (1, "her"));
    let engine = engine_of_few();
    let answer = ask(&engine, "付丽丽");
    assert!(answer.hits.iter().all(|hit| hit.snippets[0].text.contains("付丽丽")));
}

fn engine_of_few() -> Engine {
    let engine = Engine::in_memory().expect("memory");
    let text = |number: usize| format!("{}\n\n{BELOW}", paragraph(number));
    engine.ingest((0..5).map(|number| Document::new(format!("{number}"), "", text(number)))).expect("indexed");
    engine
}
