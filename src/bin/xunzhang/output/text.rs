//! Answers for people: rank and title, a line of facts, the passages with their matches marked; near answers below a
//! line, each with the terms that it lacks; and behind them, on the standard error, how many there are.

use std::io::{self, Write};

use xunzhang::snippet::shown;
use xunzhang::{Component, Hit, OtherPrintings, SearchResponse, Snippet};

use super::{Form, facets};
use crate::batch::Question;
use crate::escape;
use crate::labels::Label;
use crate::language::Language;
use crate::messages::Message;
use crate::talk::Talk;
use crate::terminal::{Marked, Screen};

const INDENT: &str = "   ";
/// What a passage ends with that is not broken off.
const ENDS: [char; 13] = ['。', '！', '？', '!', '?', '.', '…', '”', '」', '』', '）', ')', '】'];

/// Answers for people.
pub struct Text {
    pub screen: Screen,
    pub score: bool,
    pub language: Language,
}

impl Form for Text {
    fn answer(&mut self, out: &mut dyn Write, question: &Question, response: &SearchResponse) -> io::Result<()> {
        if let Some(id) = &question.id {
            writeln!(out, "## {} {}\n", escape::line(id), escape::line(&question.query))?;
        }
        let first_near = response.hits.iter().position(|hit| hit.near);
        for (at, hit) in response.hits.iter().enumerate() {
            if Some(at) == first_near {
                writeln!(out, "──── {} ────\n", Message::Near.text(self.language))?;
            }
            self.hit(out, hit)?;
            writeln!(out)?;
        }
        response.facets.iter().try_for_each(|counts| facets::text(out, counts, "--facet-values", self.language))
    }

    fn footer(&self, response: &SearchResponse, offset: usize, talk: Talk) {
        let summary = &response.summary;
        let coverage = &summary.coverage;
        if summary.total.value > 0 {
            talk.say(&found(response, offset, talk));
        } else {
            talk.tell(Message::NothingFound { documents: coverage.documents });
            match (coverage.documents, summary.relaxed) {
                (0, _) => talk.tell(Message::HintEmptyIndex),
                (_, 0) => talk.tell(Message::HintNear),
                _ => {}
            }
        }
        if !summary.suggestions.is_empty() {
            let queries = summary.suggestions.join(talk.language.pick(", ", "、"));
            talk.tell(Message::DidYouMean { queries: &queries });
        }
        if coverage.outside > 0 {
            talk.tell(Message::Outside { documents: coverage.outside });
        }
        if coverage.inferred_dates > 0 {
            talk.tell(Message::InferredDates { documents: coverage.inferred_dates });
        }
        if coverage.undated_left_out > 0 {
            talk.tell(Message::UndatedLeftOut { documents: coverage.undated_left_out });
        }
        if coverage.skipped > 0 {
            talk.tell(Message::NotRead { files: coverage.skipped });
        }
        if !coverage.outdated.is_empty() {
            let roots = coverage.outdated.join(talk.language.pick(", ", "、"));
            talk.note(&talk.text(Message::Outdated { roots: &roots }));
        }
    }
}

/// What a score is made of: `1.234 = words 0.81×0.67 + early 0.93×0.50 …`.
fn explained(hit: &Hit) -> String {
    let part = |part: &Component| format!("{} {:.2}×{:.2}", part.name, part.value, part.weight);
    let parts = hit.components.iter().filter(|part| part.value != 0.0).map(part).collect::<Vec<_>>();
    format!("{:.3} = {}", hit.score, parts.join(" + "))
}

/// How many there are, which of them are shown, and how many near ones.
fn found(response: &SearchResponse, offset: usize, talk: Talk) -> String {
    let summary = &response.summary;
    let (total, offset) = (summary.total.value, offset as u64);
    let shown = response.hits.iter().filter(|hit| !hit.near).count() as u64;
    let is_collapsed = response.hits.iter().any(|hit| hit.reprints.is_some());
    let all = if is_collapsed { summary.groups } else { total };
    let mut told = talk.text(Message::Found { total, took_ms: summary.took_ms });
    if is_collapsed {
        told += &talk.text(Message::Families { groups: summary.groups });
    }
    if shown > 0 && shown < all {
        told += &talk.text(Message::Part { first: offset + 1, last: offset + shown });
    }
    if summary.relaxed > 0 {
        told += &talk.text(Message::NearOnes { count: summary.relaxed });
    }
    told
}

impl Text {
    fn hit(&self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        let title = shown(&hit.title);
        let of_title = |snippet: &&Snippet| snippet.field == "title" && snippet.text == title;
        let headline = hit.snippets.iter().find(of_title).map_or(&[][..], |snippet| &snippet.marks);
        let named = if title.is_empty() { hit.id.as_str() } else { title.as_str() };
        let named = self.screen.marked(named, headline.iter().map(|mark| mark.bytes.clone()));
        self.screen.heading(out, &format!("{}. ", hit.rank), &named)?;
        self.screen.fact(out, INDENT, &self.facts(hit))?;
        if let Some(reprints) = &hit.reprints {
            self.screen.fact(out, INDENT, &self.reprinted(reprints))?;
        }
        if !hit.components.is_empty() {
            self.screen.fact(out, INDENT, &explained(hit))?;
        }
        for one in &hit.through {
            let through = Message::Through { instead: &one.instead, term: &one.term };
            writeln!(out, "{INDENT}{}", escape::line(&through.text(self.language)))?;
        }
        if !hit.lacks.is_empty() {
            let lacks = Message::Lacks { terms: &hit.lacks.join(self.language.pick(", ", "、")) };
            writeln!(out, "{INDENT}{}", escape::line(&lacks.text(self.language)))?;
        }
        for snippet in hit.snippets.iter().filter(|snippet| !of_title(snippet)) {
            self.screen.paragraph(out, INDENT, &self.passage(snippet))?;
        }
        Ok(())
    }

    /// Date, source, where it is, and the id if `show` needs it.
    fn facts(&self, hit: &Hit) -> String {
        let path = hit.path.as_ref().filter(|path| !hit.id.starts_with(path.as_str())).or(hit.url.as_ref());
        let score = self.score.then(|| format!("{} {:.3}", Label::Score.text(self.language), hit.score));
        let date = hit.date.as_ref().map(|date| match hit.date_inferred {
            true => Message::Inferred { date }.text(self.language),
            false => date.clone(),
        });
        let facts = [date.as_ref(), hit.source.as_ref(), path, Some(&hit.id), score.as_ref()];
        facts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" · ")
    }

    /// How many other printings there are, and the earliest where that is another.
    fn reprinted(&self, reprints: &OtherPrintings) -> String {
        let mut told = vec![Message::Reprinted { count: reprints.count }.text(self.language)];
        if let Some(earliest) = &reprints.earliest {
            let facts = [earliest.date.as_ref(), earliest.source.as_ref(), Some(&earliest.id)];
            let facts = facts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
            told.push(Message::FirstPrinted { facts: &facts }.text(self.language));
        }
        told.join(" · ")
    }

    /// A passage with dots where the text goes on.
    fn passage(&self, snippet: &Snippet) -> Marked {
        let text = self.screen.marked(&snippet.text, snippet.marks.iter().map(|mark| mark.bytes.clone()));
        let ends = snippet.text.trim_end().ends_with(ENDS);
        let before = if snippet.range[0] > 0 { "…" } else { "" };
        text.between(before, if ends || snippet.field == "title" { "" } else { "…" })
    }
}
