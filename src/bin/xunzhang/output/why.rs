//! Explanations for people: what the article is to the query, then each of its terms, with the passages where it
//! stands or with what is there instead; and as JSON, one object a line.

use std::io::{self, Write};

use xunzhang::explain::{Cause, Part, Place, Role};
use xunzhang::snippet::shown;
use xunzhang::{Explanation, TermCause};

use crate::causes::{field, places, sentence, way};
use crate::escape;
use crate::language::Language;
use crate::messages::Message;
use crate::talk::Talk;
use crate::terminal::Screen;

const INDENT: &str = "   ";
/// Causes of one term that are told.
const MOST_CAUSES: usize = 3;

/// One object a line.
pub fn json(all: &[Explanation]) -> io::Result<()> {
    all.iter().try_for_each(|explanation| writeln!(io::stdout(), "{}", super::json_line(explanation)?))
}

/// For people.
pub fn text(all: &[Explanation], talk: Talk) -> io::Result<()> {
    let (mut out, screen) = Screen::open(talk.colours);
    let mut page = Page { out: &mut *out, screen, language: talk.language };
    for (at, explanation) in all.iter().enumerate() {
        if at > 0 {
            writeln!(page.out)?;
        }
        page.explanation(explanation)?;
    }
    out.flush()
}

struct Page<'a> {
    out: &'a mut dyn Write,
    screen: Screen,
    language: Language,
}

impl Page<'_> {
    fn explanation(&mut self, explanation: &Explanation) -> io::Result<()> {
        let title = shown(&explanation.title);
        let named = if title.is_empty() { explanation.id.as_str() } else { title.as_str() };
        let named = self.screen.marked(named, std::iter::empty());
        self.screen.heading(self.out, "", &named)?;
        let path = explanation.path.as_ref().filter(|path| !explanation.id.starts_with(path.as_str()));
        let facts = [explanation.date.as_ref(), explanation.source.as_ref(), path, Some(&explanation.id)];
        let facts = facts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" · ");
        if !title.is_empty() || facts != explanation.id {
            self.screen.fact(self.out, "", &facts)?;
        }
        let colon = self.language.pick(": ", "：");
        let query = format!("{}{colon}{}", explanation.canonical, self.verdict(explanation));
        self.line("", &query)?;
        for reason in explanation.causes.iter().filter(|reason| reason.term.is_none()) {
            self.reason(reason)?;
        }
        for part in &explanation.terms {
            let is_it = |reason: &&TermCause| reason.term.as_ref() == Some(&part.term) && part.decides;
            let excludes = |reason: &&TermCause| matches!(reason.cause, Cause::Excluded { .. });
            self.part(part, explanation.causes.iter().filter(is_it).find(excludes))?;
        }
        Ok(())
    }

    fn verdict(&self, explanation: &Explanation) -> String {
        let message = match explanation.rank {
            Some(rank) if explanation.is_hit => Message::IsHit { rank },
            Some(rank) => Message::IsNear { rank },
            None => Message::IsNoHit,
        };
        message.text(self.language)
    }

    /// A cause that is about no single term.
    fn reason(&mut self, reason: &TermCause) -> io::Result<()> {
        let told = sentence(&reason.cause, self.language);
        self.line(INDENT, &told)?;
        places(&reason.cause).into_iter().try_for_each(|place| self.place(place, ""))
    }

    /// A term and how the article stands to it; `excludes` where it takes the article away.
    fn part(&mut self, part: &Part, excludes: Option<&TermCause>) -> io::Result<()> {
        let language = self.language;
        let stands = match part.stands {
            true => Message::Stands { count: part.count },
            false => Message::StandsNot,
        };
        let excluded = part.role == Role::Excluded;
        let note = excluded.then(|| {
            let [open, close] = language.pick([" (", ")"], ["（", "）"]);
            format!("{open}{}{close}", Message::Excluding.text(language))
        });
        let colon = language.pick(": ", "：");
        writeln!(self.out)?;
        self.line("", &format!("{}{}{colon}{}", part.term, note.unwrap_or_default(), stands.text(language)))?;
        excludes.map_or(Ok(()), |reason| self.line(INDENT, &sentence(&reason.cause, language)))?;
        for standing in &part.places {
            let ways: Vec<String> = standing.through.iter().filter_map(|through| way(*through, language)).collect();
            self.place(&standing.place, &ways.join(language.pick(", ", "，")))?;
        }
        let told = if excluded { 0 } else { MOST_CAUSES };
        for cause in part.causes.iter().take(told) {
            self.line(INDENT, &sentence(cause, language))?;
            places(cause).into_iter().try_for_each(|place| self.place(place, ""))?;
        }
        Ok(())
    }

    /// Field, bytes and what stands there; then the passage.
    fn place(&mut self, place: &Place, ways: &str) -> io::Result<()> {
        let (name, [start, end]) = (field(&place.field, self.language), [place.bytes.start, place.bytes.end]);
        let field = self.language.pick(format!("{name}, bytes {start}–{end}"), format!("{name}第 {start}–{end} 字节"));
        let facts = [&field, &place.written, ways];
        let facts: Vec<&str> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
        let indent = INDENT.repeat(2);
        self.screen.fact(self.out, &indent, &facts.join(" · "))?;
        let Some(passage) = &place.passage else { return Ok(()) };
        let marked = self.screen.marked(&passage.text, passage.marks.iter().map(|mark| mark.bytes.clone()));
        self.screen.paragraph(self.out, &indent, &marked)
    }

    fn line(&mut self, indent: &str, text: &str) -> io::Result<()> {
        let marked = self.screen.marked(&escape::line(text), std::iter::empty());
        self.screen.paragraph(self.out, indent, &marked)
    }
}
