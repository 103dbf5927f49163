//! Any text as a query: it is read and printed, printed it means the same, the index and a scan that tries every place
//! find the same documents, and every mark lies where it can be shown.
#![no_main]

use std::collections::BTreeSet;
use std::sync::OnceLock;
use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use xunzhang::query::{Fault, ParseOptions, Parsed, parse};
use xunzhang::{DateSpan, Document, Engine, EngineOptions, Limit, Relax, SearchRequest};

#[path = "../../tests/support/naive.rs"]
mod naive;

const EXTRA: &str = "栏目";

fuzz_target!(|data: &[u8]| {
    let Some((options, text)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(text);
    let literal = options & 1 == 1;
    let extra = [EXTRA.to_owned()];
    let lenient = ParseOptions { literal, extra_fields: &extra, ..ParseOptions::default() };
    if let Err(error) = parse(&text, &ParseOptions { strict: true, ..lenient }) {
        assert!(error.to_string().lines().all(|line| !line.contains(char::is_control)));
    }
    let Ok(parsed) = parse(&text, &lenient) else { return };
    prints_itself(&parsed, &lenient);
    found_alike(&text, *options);
});

/// What was printed is read again, without complaint, and means the same.
fn prints_itself(parsed: &Parsed, options: &ParseOptions<'_>) {
    let printed = parsed.query.to_string();
    let again = match parse(&printed, &ParseOptions { literal: false, ..*options }) {
        Ok(again) => again,
        Err(error) if matches!(error.fault(), Fault::TooLong { .. }) => return,
        Err(error) => panic!("printed as {printed:?}: {error}"),
    };
    assert_eq!(again.query.to_string(), printed);
    assert_eq!(again.complaints, [], "{printed:?}");
    match (parsed.query.meaning(), again.query.meaning()) {
        (Ok(meant), Ok(again)) => assert_eq!(meant, again, "{printed:?}"),
        (Err(meant), Err(again)) => assert_eq!(meant.fault(), again.fault(), "{printed:?}"),
        (meant, again) => panic!("{meant:?} was printed as {printed:?}: {again:?}"),
    }
}

/// The index answers as a scan does; hits can be shown.
fn found_alike(text: &str, options: u8) {
    let (local, scan) = engines();
    let mut request = SearchRequest::new(text).snippets(usize::from(options >> 5) + 1);
    (request.literal, request.limit) = (options & 1 == 1, Limit::All);
    request.relax = if options & 2 == 2 { Relax::Always } else { Relax::Never };
    request.timeout = Some(Duration::from_secs(5));
    let (here, there) = (local.search(&request), scan.search(&request));
    let (Ok(here), Ok(there)) = (&here, &there) else {
        assert_eq!(here.map_err(|error| error.to_string()).err(), there.map_err(|error| error.to_string()).err());
        return;
    };
    let exact = |response: &xunzhang::SearchResponse| -> BTreeSet<String> {
        response.hits.iter().filter(|hit| !hit.near).map(|hit| hit.id.clone()).collect()
    };
    assert_eq!(exact(here), exact(there), "{}", here.canonical);
    for snippet in here.hits.iter().flat_map(|hit| &hit.snippets) {
        let mut behind = 0;
        for mark in &snippet.marks {
            assert!(mark.bytes.start >= behind && snippet.text.get(mark.bytes.clone()).is_some_and(|it| !it.is_empty()));
            assert_eq!(snippet.text[mark.bytes.clone()].chars().count(), mark.chars.len());
            behind = mark.bytes.end;
        }
    }
    for hit in here.hits.iter().take(3) {
        let shown = local.show(&hit.id, Some(text));
        assert!(shown.is_ok() || options & 1 == 1, "{shown:?}");
    }
}

fn engines() -> &'static (Engine, Engine) {
    static ENGINES: OnceLock<(Engine, Engine)> = OnceLock::new();
    ENGINES.get_or_init(|| {
        let local = Engine::in_memory().expect("an index");
        let scan = Engine::over(Box::new(naive::Naive::default()), None, &EngineOptions::default()).expect("a scan");
        for engine in [&local, &scan] {
            engine.ingest(documents()).expect("documents");
        }
        (local, scan)
    })
}

fn documents() -> Vec<Document> {
    let texts = [
        ("脱贫攻坚", "五龙镇脱贫攻坚战打响，银行发放小额贷款。群众满意。\n\n脱贫的战场很大，一户一策。"),
        ("脫貧攻堅(jiān)戰", "“兩不愁、三保障”，皇后在後宮；皇太后没有看。C919首飞，C909随后。"),
        ("甲乙丙", "甲乙丙甲，乙丙甲。乙甲丙\n\n甲丙乙甲甲甲乙乙乙"),
        ("数字", "产值１，０００万元，增长3.5%，2018年3月5日，18:30开始，第①项，20㎡，二○一八年。"),
        ("和服", "日本和服展览。产品和服务都好。http://www.gov.cn/a_b?x=1 abc abcd aabb ab"),
        ("", "甲\u{200b}乙\u{301} 🄀\u{1171d} ㍘ ﷺ ½ Ⅳ Café cafe\u{301} カタカナ ไทย 한국어 𠮷𰻝 OR NOT"),
        ("人：张三", "标题：待定，\"引语\"说“好”。(括号)（全角）【方】—— - | ｜ ^2 * ? \\"),
        ("空", ""),
    ];
    let dates = ["2018", "2018-03", "2019-01-01"];
    let document = |(number, (title, body)): (usize, (&str, &str))| {
        let mut document = Document::new(number.to_string(), title, body);
        document.date = dates.get(number).and_then(|date| DateSpan::parse(date));
        document.source = (number % 2 == 0).then(|| "新华社，甘肃日报".to_owned());
        document.url = (number % 3 == 0).then(|| format!("http://www.gov.cn/{number}.htm"));
        document.extra = if number % 3 == 1 { vec![("欄目".into(), "体育，足球 C919".into())] } else { Vec::new() };
        document
    };
    texts.into_iter().enumerate().map(document).collect()
}
