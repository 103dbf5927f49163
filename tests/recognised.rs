//! Promise: what texts name can be asked for, in either script and by any of its names, is counted exactly, marked where
//! it stands and explained; words beside a speaker are looked for in what he said. Which names are recognised is held by
//! the tests of recognition.

use xunzhang::document::EntityKind;
use xunzhang::entity::{Article, Recogniser};
use xunzhang::explain::Cause;
use xunzhang::{
    Document, Engine, EngineOptions, EntityRequest, Error, Facet, Limit, Named, SearchRequest, SearchResponse,
};

const MEETING: &str = "3月5日，甘肃省天水市麦积区区委书记张智明主持召开脱贫攻坚推进会。张智明强调，要打赢脱贫攻坚战，\
                       做到一户一策。区发改局局长李国庆介绍，全区已有三千户脱贫。张书记最后到五龙镇看望了群众。";
const SAME_IN_TRADITIONAL: &str = "4月2日，麥積區區委書記張智明到五龍鎮調研。張智明指出，產業是根本。";
const ELSEWHERE: &str =
    "5月6日，湖南省长沙市市长王建军出席会议。王建军表示，要把产业做实。会议学习了国发〔2019〕5号文件。";

fn engine() -> Engine {
    let engine = Engine::in_memory().expect("memory");
    let dated = |id: &str, title: &str, body: &str, date: &str| {
        let mut document = Document::new(id, title, body);
        document.date = xunzhang::DateSpan::parse(date);
        document
    };
    engine
        .ingest([
            dated("meeting", "麦积区召开脱贫攻坚推进会", MEETING, "2018-03-06"),
            dated("visit", "張智明到五龍鎮調研", SAME_IN_TRADITIONAL, "2018-04-03"),
            dated("elsewhere", "长沙部署产业工作", ELSEWHERE, "2018-05-07"),
        ])
        .expect("an index");
    engine
}

fn ids(engine: &Engine, query: &str) -> Vec<String> {
    let mut ids: Vec<String> = answer(engine, query).hits.into_iter().map(|hit| hit.id).collect();
    ids.sort();
    ids
}

fn answer(engine: &Engine, query: &str) -> SearchResponse {
    engine.search(&SearchRequest::new(query)).unwrap_or_else(|error| panic!("{query}: {error}"))
}

/// The marked stretches of an article's passages.
fn marked(engine: &Engine, query: &str, id: &str) -> Vec<String> {
    let response = answer(engine, query);
    let hit = response.hits.iter().find(|hit| hit.id == id).unwrap_or_else(|| panic!("{query}: no {id}"));
    let marks = |snippet: &xunzhang::Snippet| -> Vec<String> {
        snippet.marks.iter().map(|mark| snippet.text[mark.bytes.clone()].to_owned()).collect()
    };
    hit.snippets.iter().flat_map(marks).collect()
}

#[test]
fn names_are_asked_for_in_either_script_and_by_what_they_lie_in() {
    let engine = engine();
    for (query, expected) in [
        ("人:张智明", &["meeting", "visit"][..]),
        ("人:張智明", &["meeting", "visit"]),
        ("person:张智明 -人:李国庆", &["visit"]),
        ("人:张?明", &["meeting", "visit"]),
        ("人:张智", &[]),
        ("人:张书记", &["meeting"]),
        ("地:天水", &["meeting", "visit"]),
        ("地:甘肃省", &["meeting", "visit"]),
        ("地:五龍鎮", &["meeting", "visit"]),
        ("地:湖南 OR 地:麦积", &["elsewhere", "meeting", "visit"]),
        ("策:脱贫攻坚", &["meeting"]),
        ("文号:国发[2019]5号", &["elsewhere"]),
    ] {
        assert_eq!(ids(&engine, query), expected, "{query}");
    }
}

#[test]
fn words_beside_a_speaker_stand_in_what_he_said() {
    let engine = engine();
    for (query, expected) in [
        ("说:张智明", &["meeting", "visit"][..]),
        ("說:張智明 产业", &["visit"]),
        ("说:王建军 产业", &["elsewhere"]),
        ("说:张智明 三千户", &[]),
        ("说:李国庆 三千户", &["meeting"]),
        ("说:(张智明 OR 王建军) 产业", &["elsewhere", "visit"]),
    ] {
        assert_eq!(ids(&engine, query), expected, "{query}");
    }
    assert_eq!(marked(&engine, "说:张智明 打赢", "meeting"), ["打赢"]);
    assert_eq!(marked(&engine, "说:张智明", "meeting"), ["要打赢脱贫攻坚战，做到一户一策"]);
}

#[test]
fn mentions_are_marked_and_nothing_else() {
    let engine = engine();
    assert_eq!(marked(&engine, "地:天水", "visit"), ["五龍鎮"]);
    assert!(marked(&engine, "人:张智明", "meeting").contains(&"张书记".to_owned()));
}

#[test]
fn counts_are_of_documents_under_one_writing() {
    let engine = engine();
    let counts = |named| {
        let counts = engine.facet(&Facet::Named(named), Limit::All, None).expect("counts");
        counts.values.into_iter().map(|value| (value.value, value.documents)).collect::<Vec<_>>()
    };
    let people = counts(Named::Person);
    let zhang: Vec<&(String, u64)> =
        people.iter().filter(|(name, _)| xunzhang::analysis::fold(name) == "张智明").collect();
    assert!(zhang.len() == 1 && zhang[0].1 == 2, "{people:?}");
    assert_eq!(counts(Named::Province), [("甘肃省".to_owned(), 2), ("湖南省".to_owned(), 1)]);
    assert_eq!(counts(Named::County), [("麦积区".to_owned(), 2)]);
    let narrowed =
        engine.facet(&Facet::Named(Named::City), Limit::All, Some(&SearchRequest::new("产业"))).expect("two");
    for value in &narrowed.values {
        let query = value.query.as_deref().expect("a query");
        assert_eq!(answer(&engine, query).summary.total.value, value.documents, "{query}");
    }
}

#[test]
fn a_page_tells_of_somebody() {
    let page = engine().entity(&EntityRequest::of("張智明")).expect("an answer").expect("a page");
    assert_eq!((page.kind, page.documents), (Named::Person, 2));
    assert_eq!(page.first.expect("a date").id, "meeting");
    assert_eq!(page.last.expect("a date").id, "visit");
    assert!(page.passages >= 2 && page.variants.iter().any(|variant| variant.text == "張智明"));
    assert_eq!(page.bars.iter().filter_map(|bar| bar.documents).sum::<u64>(), 2);
    assert_eq!(engine().entity(&EntityRequest::of("王小二")).expect("an answer"), None);
}

#[test]
fn an_explanation_agrees_with_the_answer() {
    let engine = engine();
    for query in
        ["人:张智明", "地:湖南", "说:张智明 产业", "说:李国庆", "文号:国发〔2019〕5号", "策:脱贫攻坚 人:张智明"]
    {
        let hits = ids(&engine, query);
        for id in ["meeting", "visit", "elsewhere"] {
            let why = engine.why(id, &SearchRequest::new(query)).expect("a reason").remove(0);
            assert_eq!(why.is_hit, hits.contains(&id.to_owned()), "{query} {id}");
            assert_eq!(why.causes.is_empty(), why.is_hit, "{query} {id}: {:?}", why.causes);
            assert!(!why.causes.iter().any(|cause| matches!(cause.cause, Cause::IndexDiffers)), "{query} {id}");
        }
    }
}

#[test]
fn an_index_without_entities_says_so_and_an_upgrade_gives_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut options = EngineOptions::default();
    (options.create, options.entities) = (true, Some(false));
    let engine = Engine::open_with(folder.path(), &options).expect("an index");
    engine.ingest([Document::new("1", "", MEETING)]).expect("an article");
    assert!(matches!(engine.search(&SearchRequest::new("人:张智明")), Err(Error::NoEntities { .. })));
    assert!(matches!(engine.facet(&Facet::named("人"), Limit::All, None), Err(Error::NoEntities { .. })));
    drop(engine);
    options.entities = Some(true);
    let engine = Engine::open_with(folder.path(), &options).expect("the index");
    let mut observer = |_: &xunzhang::Progress| std::ops::ControlFlow::Continue(());
    engine.upgrade(xunzhang::Ingest { observer: &mut observer, commit_every: 1 }).expect("an upgrade");
    assert_eq!(ids(&engine, "人:张智明"), ["1"]);
}

#[test]
fn both_scripts_are_recognised_alike() {
    let recogniser = Recogniser::new();
    let kinds = |body: &str| -> Vec<(EntityKind, usize)> {
        let found = recogniser.recognise(&Article { body, ..Article::default() });
        let chars = |at: usize| body[..at].chars().count();
        found.body.iter().map(|mention| (mention.kind, chars(mention.bytes.start))).collect()
    };
    let simplified = "4月2日，麦积区区委书记张智明到五龙镇调研。张智明指出，产业是根本。";
    assert_eq!(kinds(simplified), kinds(SAME_IN_TRADITIONAL));
}
