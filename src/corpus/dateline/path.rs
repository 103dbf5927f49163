//! Dates in paths: `2018/03/05/x.html`, `news_20180305_12.txt`, `2018-03/05/content_1.htm`, `201803/t20180305_4.html`.

use crate::document::DateSpan;

/// Years that a path may mean.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2099;

/// The date that a path gives: the narrowest, where all of that width agree.
pub(super) fn date(place: &str) -> Option<DateSpan> {
    let runs = runs(place);
    let spans: Vec<DateSpan> = (0..runs.len()).filter_map(|at| span(place, &runs, at)).collect();
    let width = |span: &DateSpan| span.last.0 - span.first.0;
    let narrowest = spans.iter().map(width).min()?;
    let mut all = spans.iter().filter(|span| width(span) == narrowest);
    let first = *all.next()?;
    all.all(|other| *other == first).then_some(first)
}

/// A run of digits in a path, in bytes.
#[derive(Clone, Copy)]
struct Run {
    start: usize,
    end: usize,
}

fn runs(place: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, _) in place.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit()) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = at + 1,
            _ => runs.push(Run { start: at, end: at + 1 }),
        }
    }
    runs
}

/// The date that begins with a run.
fn span(place: &str, runs: &[Run], at: usize) -> Option<DateSpan> {
    let run = *runs.get(at)?;
    let digits = &place[run.start..run.end];
    let number = |text: &str| text.parse::<i32>().ok();
    let small = |text: &str| text.parse::<u8>().ok();
    match digits.len() {
        // 20180305, and with a time of day behind it.
        8 | 12 | 14 => known(number(&digits[..4])?, Some(small(&digits[4..6])?), Some(small(&digits[6..8])?)),
        6 if fills_folder(place, run) => {
            let (year, month) = (number(&digits[..4])?, small(&digits[4..])?);
            let day = runs.get(at + 1).filter(|next| is_part(place, run, **next));
            let day = day.and_then(|day| small(&place[day.start..day.end]));
            known(year, Some(month), day).or_else(|| known(year, Some(month), None))
        }
        4 => {
            let year = number(digits).filter(|year| YEARS.contains(year))?;
            let next = runs.get(at + 1).copied().filter(|next| is_part(place, run, *next));
            let Some(next) = next else { return if fills_folder(place, run) { known(year, None, None) } else { None } };
            let month = &place[next.start..next.end];
            if month.len() == 4 && fills_folder(place, run) && fills_folder(place, next) {
                return known(year, Some(small(&month[..2])?), Some(small(&month[2..])?));
            }
            let day = runs.get(at + 2).copied().filter(|day| is_part(place, next, *day));
            let day = day.and_then(|day| small(&place[day.start..day.end]));
            let month = small(month)?;
            let span =
                known(year, Some(month), day).filter(|_| day.is_some()).or_else(|| known(year, Some(month), None));
            // 2018/12.txt may be the twelfth, v2018.3 is a version.
            let between = &place[run.end..next.start];
            let is_month = day.is_some() || !between.contains(['/', '.']) || fills_folder(place, next);
            span.filter(|_| is_month).or_else(|| fills_folder(place, run).then(|| known(year, None, None)).flatten())
        }
        _ => None,
    }
}

fn known(year: i32, month: Option<u8>, day: Option<u8>) -> Option<DateSpan> {
    YEARS.contains(&year).then(|| DateSpan::new(year, month, day)).flatten()
}

/// Whether a run goes on in the next one: one sign between them, and where that parts folders, nothing else in the parts.
fn is_part(place: &str, run: Run, next: Run) -> bool {
    let between = &place[run.end..next.start];
    let fits = matches!(between, "-" | "_" | "." | "年" | "月" | "/" | "年/" | "月/" | "年-" | "月-");
    let short = next.end - next.start <= 2 || (next.end - next.start == 4 && between == "/");
    let before = place[..run.start].chars().next_back();
    let after = place[next.end..].chars().next();
    let is_whole = !between.contains('/')
        || before.is_none_or(|c| "/-.!年月".contains(c)) && after.is_none_or(|c| "/-_.月日号".contains(c));
    fits && short && is_whole
}

/// Whether a run is the name of a folder, 年 or 月 behind it allowed.
fn fills_folder(place: &str, run: Run) -> bool {
    let before = run.start == 0 || place[..run.start].ends_with(['/', '!']);
    let after = place[run.end..].trim_start_matches(['年', '月']);
    before && after.starts_with('/')
}
