//! What a text names, as JSON and in place.

use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;
use xunzhang::document::{Entities, EntityKind, Mention, Said};

use super::json_line;
use crate::escape;
use crate::language::Language;
use crate::terminal::Screen;

#[derive(Serialize)]
struct Record<'a> {
    id: &'a serde_json::Value,
    mentions: Vec<Named<'a>>,
    said: Vec<Passage<'a>>,
}

#[derive(Serialize)]
struct Named<'a> {
    kind: EntityKind,
    text: &'a str,
    bytes: [usize; 2],
    chars: [usize; 2],
    value: Option<&'a str>,
    confidence: f64,
}

#[derive(Serialize)]
struct Passage<'a> {
    speaker: &'a str,
    bytes: [usize; 2],
    chars: [usize; 2],
}

/// Writes a text's mentions and passages as one line.
pub fn json<'a>(out: &mut dyn Write, id: &serde_json::Value, text: &'a str, found: &'a Entities) -> io::Result<()> {
    let mut ruler = Ruler { text, byte: 0, char: 0 };
    let named = |mention: &'a Mention| Named {
        kind: mention.kind,
        text: text.get(mention.bytes.clone()).unwrap_or_default(),
        bytes: [mention.bytes.start, mention.bytes.end],
        chars: ruler.both(&mention.bytes),
        value: mention.value.as_deref(),
        confidence: (f64::from(mention.confidence) * 1000.0).round() / 1000.0,
    };
    let mentions = found.body.iter().map(named).collect();
    let passage = |Said { speaker, bytes }: &'a Said| Passage {
        speaker,
        bytes: [bytes.start, bytes.end],
        chars: ruler.both(bytes),
    };
    let said = found.said.iter().map(passage).collect();
    writeln!(out, "{}", json_line(&Record { id, mentions, said })?)
}

/// Counts characters up to places that mostly come in order.
struct Ruler<'a> {
    text: &'a str,
    byte: usize,
    char: usize,
}

impl Ruler<'_> {
    fn both(&mut self, bytes: &Range<usize>) -> [usize; 2] {
        [self.chars(bytes.start), self.chars(bytes.end)]
    }

    fn chars(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            (self.byte, self.char) = (0, 0);
        }
        self.char += self.text.get(self.byte..byte).map_or(0, |text| text.chars().count());
        self.byte = byte;
        self.char
    }
}

/// Writes the text with what it names in brackets, each with its kind and its value, in the kind's colour, then who said
/// what.
pub fn text(out: &mut dyn Write, screen: Screen, language: Language, text: &str, found: &Entities) -> io::Result<()> {
    let mut at = 0;
    for mention in &found.body {
        let (Some(before), Some(written)) = (text.get(at..mention.bytes.start), text.get(mention.bytes.clone())) else {
            continue;
        };
        let value = mention.value.as_ref().map(|value| format!("={value}")).unwrap_or_default();
        let marked = format!("【{}:{written}{value}】", kind(mention.kind, language));
        write!(out, "{}", escape::lines(before))?;
        screen.kind(out, mention.kind, &escape::line(&marked))?;
        at = mention.bytes.end;
    }
    writeln!(out, "{}", escape::lines(text.get(at..).unwrap_or_default().trim_end()))?;
    for said in &found.said {
        let words = text.get(said.bytes.clone()).unwrap_or_default();
        writeln!(out, "  {}：{}", escape::line(&said.speaker), escape::line(&words.replace(['\r', '\n'], " ")))?;
    }
    writeln!(out)
}

/// The name of a kind.
pub fn kind(kind: EntityKind, language: Language) -> &'static str {
    let (english, chinese) = match kind {
        EntityKind::Person => ("person", "人"),
        EntityKind::Place => ("place", "地"),
        EntityKind::Organisation => ("org", "机构"),
        EntityKind::Policy => ("policy", "策"),
        EntityKind::Number => ("number", "文号"),
        EntityKind::Law => ("law", "法规"),
        EntityKind::Date => ("date", "日期"),
        _ => ("", ""),
    };
    language.pick(english, chinese)
}
