//! The family of an article: where else its text was printed, the earliest first, and what each printing cut, added or
//! changed; and behind them what is printed from the same template with other facts.

use std::time::Instant;

use serde::Serialize;

use crate::analysis::{Stretch, difference};
use crate::document::Document;
use crate::engine::guard::guarded;
use crate::engine::{Engine, clock};
use crate::error::Error;
use crate::index::{Place, Snapshot};

/// Articles alike that are listed at most; their number is told in any case.
const MOST_ALIKE: usize = 1_000;

/// Where the text of an article was printed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename = "summary")]
#[non_exhaustive]
pub struct Reprints {
    /// Version of the lines: 1.
    pub version: u32,
    /// Printed id of the article that was asked for.
    pub id: String,
    /// All printings, the earliest first, the article among them; alone where it was never reprinted.
    #[serde(skip)]
    pub printings: Vec<Printing>,
    /// The earliest printing of each other text of the same template, a thousand at most.
    #[serde(skip)]
    pub alike: Vec<Printing>,
    /// How many printings there are.
    pub total: u64,
    /// How many other texts of the same template there are.
    pub alike_total: u64,
    /// Milliseconds that it took.
    pub took_ms: f64,
}

/// A printing of a text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Printing {
    /// Printed id.
    pub id: String,
    /// Path relative to the folder that was indexed; `None` for a document that is no file.
    pub path: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// Date as exact as it is known.
    pub date: Option<String>,
    /// Newspaper, agency or site.
    pub source: Option<String>,
    /// Headline, as written.
    pub title: String,
    /// How it differs from the text that it was held against, where it was held against one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<Changes>,
}

/// How a printing differs from another. Script, readings and blanks are no difference.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Changes {
    /// Printed id of the other.
    pub against: String,
    /// The headline.
    pub title: Vec<Stretch>,
    /// The text.
    pub body: Vec<Stretch>,
}

/// What printings are held against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Against {
    /// Nothing.
    #[default]
    Nothing,
    /// The earliest printing.
    Earliest,
    /// The article that was asked for.
    Asked,
}

impl Engine {
    /// The printings of the article that an id, a path, `path#id` or a key names. `None` where no document, or more than
    /// one, has the id.
    ///
    /// # Errors
    /// The index cannot be read, or was made by another analysis.
    pub fn reprints(&self, id: &str, against: Against) -> Result<Option<Reprints>, Error> {
        guarded(|| {
            let began = Instant::now();
            let (snapshot, families) = self.grouped()?;
            let [itself] = snapshot.find(id)?[..] else { return Ok(None) };
            let order = order_of(&*snapshot, itself)?;
            let live = |orders: &[u64]| -> Result<Vec<Place>, Error> {
                Ok(snapshot.ordered(orders)?.into_iter().flatten().collect())
            };
            let mut family = live(families.family(order))?;
            if !family.contains(&itself) {
                // Nothing is known yet of what was changed since families were worked out.
                family = vec![itself];
            }
            let mut alike = Vec::new();
            for other in families.alike(order) {
                alike.extend(live(other)?.first());
            }
            let alike_total = alike.len() as u64;
            alike.truncate(MOST_ALIKE);
            let mut printings = printings(&*snapshot, &family)?;
            let base = match against {
                Against::Nothing => None,
                Against::Earliest => Some(0),
                Against::Asked => family.iter().position(|place| *place == itself),
            };
            if let Some(base) = base {
                compare(&*snapshot, &family, base, &mut printings)?;
            }
            Ok(Some(Reprints {
                version: 1,
                id: snapshot.ids(&[itself])?.pop().unwrap_or_default(),
                total: printings.len() as u64,
                printings,
                alike: self::printings(&*snapshot, &alike)?,
                alike_total,
                took_ms: clock::since(began),
            }))
        })
    }
}

/// The begin of a document's key.
fn order_of(snapshot: &dyn Snapshot, place: Place) -> Result<u64, Error> {
    let key = snapshot.fetch(&[place])?.pop().unwrap_or_default().key();
    Ok(key.get(..16).and_then(|begin| u64::from_str_radix(begin, 16).ok()).unwrap_or_default())
}

fn printings(snapshot: &dyn Snapshot, places: &[Place]) -> Result<Vec<Printing>, Error> {
    let printing = |(id, document): (String, Document)| Printing {
        id,
        path: (!document.origin.path.is_empty()).then(|| document.origin.place()),
        url: document.url,
        date: document.date.map(|date| date.to_string()),
        source: document.source,
        title: document.title,
        changes: None,
    };
    Ok(snapshot.ids(places)?.into_iter().zip(snapshot.fetch(places)?).map(printing).collect())
}

/// Holds every printing against one of them.
fn compare(snapshot: &dyn Snapshot, places: &[Place], base: usize, printings: &mut [Printing]) -> Result<(), Error> {
    let base_id = printings[base].id.clone();
    let Some(base_text) = snapshot.fetch(&places[base..=base])?.pop() else { return Ok(()) };
    for (at, printing) in printings.iter_mut().enumerate().filter(|(at, _)| *at != base) {
        let Some(text) = snapshot.fetch(&places[at..=at])?.pop() else { continue };
        printing.changes = Some(Changes {
            against: base_id.clone(),
            title: difference(&base_text.title, &text.title),
            body: difference(&base_text.body, &text.body),
        });
    }
    Ok(())
}
