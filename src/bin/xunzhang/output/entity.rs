//! Someone or something that texts name, for people: facts, company, time.

use std::io::{self, Write};

use xunzhang::{EntityPage, Mentioning, Named};

use super::chart::{self, Series};
use crate::columns::{aligned, bar};
use crate::escape;
use crate::figures::grouped;
use crate::labels::{Label, table};
use crate::language::Language;

/// Ways of writing that are shown.
const MOST_VARIANTS: usize = 8;
/// Periods that are drawn; before the first of them and behind the last nothing is left out.
const MOST_PERIODS: usize = 240;

/// Writes a page for people.
pub fn text(out: &mut dyn Write, page: &EntityPage, language: Language) -> io::Result<()> {
    writeln!(out, "{}  {}\n", escape::line(&page.name), escape::line(&page.query))?;
    write!(out, "{}", table(&facts(page, language), language))?;
    for (kind, label) in [
        (Named::Person, Label::People),
        (Named::Place, Label::Places),
        (Named::Organisation, Label::Organisations),
        (Named::Policy, Label::Policies),
    ] {
        let head = [label, Label::Together, Label::Hits, Label::Expected, Label::LogLikelihood];
        let mut rows = vec![head.map(|label| label.text(language).to_owned()).to_vec()];
        rows.extend(page.met.iter().filter(|met| met.kind == kind).map(|met| {
            let real = |number: f64| format!("{number:.1}");
            let counts = [grouped(met.together), grouped(met.documents), real(met.expected), real(met.log_likelihood)];
            std::iter::once(escape::line(&met.name)).chain(counts).collect()
        }));
        if rows.len() > 1 {
            writeln!(out)?;
            aligned(&rows).iter().try_for_each(|line| writeln!(out, "{line}"))?;
        }
    }
    writeln!(out)?;
    over_time(out, page)
}

fn facts(page: &EntityPage, language: Language) -> Vec<(Label, String)> {
    let comma = language.pick(", ", "，");
    let variants: Vec<String> = page
        .variants
        .iter()
        .take(MOST_VARIANTS)
        .map(|variant| format!("{} {}", variant.text, grouped(variant.mentions)))
        .collect();
    let span = |title: &xunzhang::Title| match (&title.first, &title.last) {
        (Some(first), Some(last)) if first == last => format!("{} ({first})", title.title),
        (Some(first), Some(last)) => format!("{} ({first} – {last})", title.title),
        _ => title.title.clone(),
    };
    let titles: Vec<String> = page.titles.iter().map(span).collect();
    let mentioning = |one: &Option<Mentioning>| {
        one.as_ref().map(|one| format!("{}  {}  {}", one.date, one.title, one.id)).unwrap_or_default()
    };
    let mut facts = vec![
        (Label::Documents, grouped(page.documents)),
        (Label::Passages, grouped(page.passages)),
        (Label::Variants, variants.join(comma)),
        (Label::Titles, titles.join(comma)),
        (Label::First, mentioning(&page.first)),
        (Label::Last, mentioning(&page.last)),
    ];
    facts.retain(|(_, fact)| !fact.is_empty() && fact != "0");
    facts.iter_mut().for_each(|(_, fact)| *fact = escape::line(fact));
    facts
}

fn over_time(out: &mut dyn Write, page: &EntityPage) -> io::Result<()> {
    let counted = |bar: &xunzhang::Bar| bar.documents.unwrap_or_default() > 0;
    let (Some(first), Some(last)) = (page.bars.iter().position(counted), page.bars.iter().rposition(counted)) else {
        return Ok(());
    };
    let bars = &page.bars[first..=last];
    let most = bars.iter().filter_map(|bar| bar.documents).max().unwrap_or_default();
    let shown = bars.iter().filter(|bar| bars.len() <= MOST_PERIODS || counted(bar));
    for own in shown {
        let documents = own.documents.map_or_else(|| "–".to_owned(), grouped);
        let drawn = bar(own.documents.unwrap_or_default(), most);
        writeln!(out, "{}", format!("{}  {documents:>6}  {drawn}", own.period).trim_end())?;
    }
    Ok(())
}

/// Draws its documents over time.
pub fn svg(page: &EntityPage, language: Language) -> String {
    let periods: Vec<String> = page.bars.iter().map(|bar| bar.period.clone()).collect();
    let values = page.bars.iter().map(|bar| bar.documents.map(|documents| documents as f64)).collect();
    chart::svg(&periods, &[Series { name: page.name.clone(), values }], language.pick("articles", "篇数"))
}
