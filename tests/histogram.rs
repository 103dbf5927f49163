//! Promise: counts over time are exact, each beside what the whole collection has then; a period in which the collection
//! has nothing is unknown and not 0; what cannot be told by its date is counted apart.

use xunzhang::{Bar, DateSpan, Document, Engine, Facet, Histogram, HistogramRequest, Limit, Period, Periods, Unit};

fn engine() -> Engine {
    let engine = Engine::in_memory().expect("an index in memory");
    // Ten Han characters each.
    let articles = [
        ("1", "2016-05-01", "麦川日报", "脱贫", "脱贫先富脑袋啊啊"),
        ("2", "2016-05-31", "麦川日报", "", "脱贫工作今日出发吗了"),
        ("3", "2016-07-02", "天水晚报", "", "今年造林三千亩地已成"),
        ("4", "2018-01-01", "天水晚报", "", "脱贫脱贫一二三四五六"),
        ("5", "2018", "天水晚报", "", "脱贫一二三四五六七八"),
        ("6", "", "", "", "脱贫一二三四五六七八"),
    ];
    for (id, date, source, title, body) in articles {
        let mut article = Document::new(id, title, body);
        (article.date, article.source) = (DateSpan::parse(date), (!source.is_empty()).then(|| source.to_owned()));
        engine.ingest([article]).expect("an article");
    }
    engine
}

fn plain(bar: &Bar) -> String {
    let count = |count: Option<u64>| count.map_or("–".to_owned(), |count| count.to_string());
    let group = if bar.group.is_empty() { String::new() } else { format!("{} ", bar.group) };
    format!(
        "{group}{} {} {} of {} {}",
        bar.period,
        count(bar.documents),
        count(bar.occurrences),
        bar.all_documents,
        bar.all_han
    )
}

fn bars(histogram: &Histogram) -> Vec<String> {
    histogram.bars.iter().map(plain).collect()
}

fn counted(request: &HistogramRequest) -> Histogram {
    engine().histogram(request).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_year_without_articles_is_unknown_and_one_without_hits_is_nothing() {
    let histogram = counted(&HistogramRequest::new("脱贫", Unit::Year));
    assert_eq!(bars(&histogram), ["2016 2 3 of 3 30", "2017 – – of 0 0", "2018 2 3 of 2 20"]);
    assert_eq!((histogram.documents, histogram.occurrences), (5, 7));
    assert_eq!((histogram.apart.undated, histogram.apart.broader), ((1, 1), (0, 0)));
    let rates: Vec<_> = histogram.bars.iter().map(|bar| (bar.per_million_han, bar.per_thousand_documents)).collect();
    assert_eq!(rates[1], (None, None));
    assert_eq!(rates[2], (Some(150_000.0), Some(1000.0)));
    let none = counted(&HistogramRequest::new("无人写过", Unit::Year));
    assert_eq!(bars(&none), ["2016 0 0 of 3 30", "2017 – – of 0 0", "2018 0 0 of 2 20"]);
}

#[test]
fn what_stands_within_a_longer_policy_term_counts_for_the_longer() {
    let engine = Engine::in_memory().expect("an index in memory");
    let mut article = Document::new("1", "", "脱贫攻坚打响，脱贫在望。人人人。");
    article.date = DateSpan::parse("2018");
    engine.ingest([article]).expect("an article");
    let count = |query: &str, change: fn(&mut HistogramRequest)| {
        let mut request = HistogramRequest::new(query, Unit::Year);
        change(&mut request);
        engine.histogram(&request).unwrap_or_else(|error| panic!("{error}")).occurrences
    };
    assert_eq!((count("脱贫", |_| {}), count("脱贫", |request| request.counting.nested = true)), (1, 2));
    assert_eq!(
        (count("在望", |_| {}), count("在望", |request| request.counting.terms = vec!["脱贫在望".into()])),
        (1, 0)
    );
    assert_eq!((count("人人", |_| {}), count("脱贫 OR 脱贫攻坚", |_| {}), count("脱*贫", |_| {})), (1, 2, 1));
}

#[test]
fn months_and_days_count_broader_dates_apart() {
    let histogram = counted(&HistogramRequest::new("脱贫", Unit::Month));
    assert_eq!(histogram.bars.len(), 21, "2016-05 to 2018-01 without a gap");
    assert_eq!(plain(&histogram.bars[0]), "2016-05 2 3 of 2 20");
    assert_eq!(plain(&histogram.bars[2]), "2016-07 0 0 of 1 10");
    assert_eq!(plain(&histogram.bars[20]), "2018-01 1 2 of 1 10");
    assert_eq!((histogram.apart.broader, histogram.apart.undated), ((1, 1), (1, 1)));
    let mut request = HistogramRequest::new("脱贫", Unit::Day);
    request.search.since = DateSpan::parse("2016-05-30");
    request.search.until = DateSpan::parse("2016-06-01");
    let histogram = counted(&request);
    assert_eq!(bars(&histogram), ["2016-05-30 – – of 0 0", "2016-05-31 1 1 of 1 10", "2016-06-01 – – of 0 0"]);
    assert_eq!(histogram.documents, 1);
}

#[test]
fn dates_limit_the_collection_too() {
    let mut request = HistogramRequest::new("脱贫", Unit::Year);
    request.search.since = DateSpan::parse("2016-05-02");
    request.search.until = DateSpan::parse("2016");
    assert_eq!(bars(&counted(&request)), ["2016 1 1 of 2 20"]);
}

#[test]
fn each_term_is_counted_once_and_excluded_ones_never() {
    for (query, occurrences) in [
        ("脱贫 OR 脱贫", 7),
        ("脱贫 OR 工作", 8),
        ("脱贫 -工作", 6),
        ("标题:脱贫", 1),
        ("标题:脱贫 OR 脱贫", 7),
        ("来源:天水晚报", 0),
        ("脱贫 来源:天水晚报", 3),
    ] {
        assert_eq!(counted(&HistogramRequest::new(query, Unit::Year)).occurrences, occurrences, "{query}");
    }
}

#[test]
fn groups_stand_beside_what_the_collection_has_of_them() {
    let mut request = HistogramRequest::new("脱贫", Unit::Year);
    request.group_by = Some(Facet::Source);
    let wanted = [
        "天水晚报 2016 0 0 of 1 10",
        "天水晚报 2017 – – of 0 0",
        "天水晚报 2018 2 3 of 2 20",
        "麦川日报 2016 2 3 of 2 20",
        "麦川日报 2017 – – of 0 0",
        "麦川日报 2018 – – of 0 0",
        "2016 – – of 0 0",
        "2017 – – of 0 0",
        "2018 – – of 0 0",
    ];
    assert_eq!(bars(&counted(&request)), wanted);
    request.groups = Limit::Hits(1);
    let histogram = counted(&request);
    assert_eq!((histogram.bars.len(), histogram.groups_left_out), (6, 1));
}

#[test]
fn named_periods_may_overlap() {
    let period = |name: &str, from: &str, to: &str| Period {
        name: name.to_owned(),
        first: DateSpan::parse(from).expect("a date").first,
        last: DateSpan::parse(to).expect("a date").last,
    };
    let mut request = HistogramRequest::default();
    request.search.query = "脱贫".to_owned();
    request.periods = Periods::Named(vec![
        period("上半年", "2016-01", "2016-06"),
        period("五月", "2016-05", "2016-05"),
        period("元旦", "2018-01-01", "2018-01-01"),
        period("空", "2011", "2012"),
    ]);
    let histogram = counted(&request);
    assert_eq!(bars(&histogram), ["上半年 2 3 of 2 20", "五月 2 3 of 2 20", "元旦 1 2 of 1 10", "空 – – of 0 0"]);
    assert_eq!((histogram.apart.broader, histogram.apart.outside), ((1, 1), (0, 0)));
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
            json!({"id": "1", "text": "脱贫工作。", "date": "2016-05-01", "source": "麦川日报"}),
            json!({"id": "2", "text": "造林。", "date": "2018", "source": "麦川日报"}),
        ])
    }

    #[test]
    fn every_format_tells_the_unknown_from_nothing() {
        let desk = desk();
        let (code, out, err) = desk.run(&["histogram", "脱贫"]);
        let rows: Vec<Vec<&str>> = out.lines().skip(1).map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(rows[1], ["2017", "–", "–", "–", "–", "0", "0"], "{out}");
        assert_eq!(rows[2], ["2018", "0", "0", "0.00", "0.00", "1", "2"], "{out}");
        assert!(code == 0 && rows[0][7].contains('█') && err.contains("–: the index has no article then"), "{err}");
        let (_, out, _) = desk.run(&["histogram", "脱贫", "--format", "csv"]);
        let wanted = "period,from,to,documents,occurrences,all_documents,all_han,per_million_han,per_thousand_documents,\
                      inferred_dates\n2016,2016-01-01,2016-12-31,1,1,1,4,250000,1000,0\n\
                      2017,2017-01-01,2017-12-31,,,0,0,,,0\n2018,2018-01-01,2018-12-31,0,0,1,2,0,0,0\n";
        assert_eq!(out, wanted);
        let lines = desk.lines(&["histogram", "脱贫", "--by", "month", "--format", "json"]);
        assert_eq!((&lines[0]["type"], &lines[0]["occurrences"]), (&json!("bar"), &json!(1)));
        let summary = lines.last().expect("a summary");
        assert_eq!((&summary["understood"], &summary["documents"]), (&json!("脱贫"), &json!(1)));
        let lines = desk.lines(&["histogram", "脱贫", "--format", "json"]);
        assert_eq!((&lines[1]["documents"], &lines[1]["all_documents"]), (&Value::Null, &json!(0)));
        assert_eq!(desk.run(&["histogram", "无人写过"]).0, 1);
        assert!(desk.run(&["histogram", "脱贫", "--group-by", "年"]).2.contains("--by"));
    }

    #[test]
    fn faulty_lines_of_a_file_of_periods_are_named() {
        let desk = desk();
        desk.write("good.tsv", "名称\t起\t止\n春\t2016-03\t2016-05\n");
        let (code, out, _) =
            desk.run(&["histogram", "脱贫", "--periods", "good.tsv", "--group-by", "来源", "--format", "csv"]);
        assert!(code == 0 && out.contains("\n麦川日报,春,2016-03-01,2016-05-31,1,1,1,4,"), "{out}");
        desk.write("bad.csv", "春,2016-03,2016-05\n夏,昨天,2016\n\n秋,2016\n冬,2017,2016\n");
        let (code, out, err) = desk.run(&["histogram", "脱贫", "--periods", "bad.csv"]);
        assert!(code == 2 && out.is_empty(), "{out}");
        for told in ["line 2: no date", "line 4: not three fields", "line 5: the end is before the begin"] {
            assert!(err.contains(told), "{err}");
        }
        assert!(!err.contains("line 1"), "{err}");
        desk.write("empty.csv", "# 无\n");
        assert!(desk.run(&["histogram", "脱贫", "--periods", "empty.csv"]).2.contains("has no period"));
    }
}
