//! A term of which something alike stands: its numbers written otherwise, its letters and digits in other runs, one
//! character that is another.

use super::cause::Cause;
use super::compare::Comparison;
use super::number;
use crate::analysis::{Kind, is_han, sound_alike};

impl Comparison<'_> {
    /// Its numbers are written otherwise.
    pub(super) fn number(&self) -> Option<Cause> {
        let tokens: Vec<&str> = (0..self.len()).map(|at| self.token(at)).collect();
        let (first, last) = number::find(&tokens, &self.asked)?;
        Some(Cause::NumberDiffers { place: self.row(first, last).into_iter().next()? })
    }

    /// Runs of letters or digits that are longer than those asked for.
    pub(super) fn longer_run(&self) -> Option<Cause> {
        let is_run = |token: &str| token.chars().all(|c| c.is_alphanumeric() && !is_han(c) || c == '.');
        if !self.asked.iter().any(|asked| is_run(asked)) {
            return None;
        }
        let holds = |at: usize, asked: &str| {
            let token = self.token(at);
            token == asked || (is_run(asked) && is_run(token) && token.contains(asked))
        };
        let starts = (self.len() + 1).saturating_sub(self.asked.len());
        let first = (0..starts).find(|&first| (first..).zip(&self.asked).all(|(at, asked)| holds(at, asked)))?;
        let longer = (first..).zip(&self.asked).find(|(at, asked)| self.token(*at) != **asked)?.0;
        let solid = self.stream.solid[longer];
        Some(Cause::LongerRun {
            run: self.stream.written(solid, solid).to_owned(),
            place: self.row(first, first + self.asked.len() - 1).into_iter().next()?,
        })
    }

    /// The same letters and digits in other runs.
    pub(super) fn parted_otherwise(&self) -> Option<Cause> {
        let whole = self.asked.concat();
        if !whole.chars().any(|c| c.is_ascii_alphanumeric()) {
            return None;
        }
        let end = |first: usize| {
            let mut rest = whole.as_str();
            for at in first..self.len() {
                rest = rest.strip_prefix(self.token(at))?;
                if rest.is_empty() {
                    return Some(at);
                }
            }
            None
        };
        let (first, last) = (0..self.len()).find_map(|first| Some((first, end(first)?)))?;
        let differs =
            last - first + 1 != self.asked.len() || (first..).zip(&self.asked).any(|(at, a)| self.token(at) != *a);
        Some(Cause::PartedOtherwise { place: self.row(first, last).into_iter().next()? }).filter(|_| differs)
    }

    /// One character of it is another: inside of three or more, or one that sounds alike.
    pub(super) fn other_character(&self) -> Option<Cause> {
        let length = self.asked.len();
        let starts = (self.len() + 1).saturating_sub(length);
        let only = |first: usize| {
            let mut others = (first..).zip(&self.asked).filter(|(at, asked)| self.token(*at) != **asked);
            let (at, asked) = others.next().filter(|_| others.next().is_none())?;
            let (solid, alike) = (self.stream.solid[at], self.sound_alike(at, asked));
            let inside = length > 2 && at > first && at + 1 < first + length;
            let plain = (1..length).all(|next| self.marked[next] || self.mark(first + next).is_none());
            let is_han = self.stream.kind(solid) == Kind::Han && asked.chars().count() == 1;
            let similar = (is_han && (inside || alike)) || self.is_misspelt(at, asked);
            (plain && similar).then_some((!alike, first, at, *asked))
        };
        let (other, first, at, asked) = (0..starts).filter_map(only).min()?;
        let solid = self.stream.solid[at];
        Some(Cause::OtherCharacters {
            asked: asked.to_owned(),
            found: self.stream.written(solid, solid).to_owned(),
            sound_alike: !other,
            place: self.row(first, first + length - 1).into_iter().next()?,
        })
    }

    fn sound_alike(&self, at: usize, asked: &str) -> bool {
        let single = |text: &str| text.chars().next().filter(|c| c.len_utf8() == text.len());
        single(self.token(at)).zip(single(asked)).is_some_and(|(one, other)| sound_alike(one, other))
    }

    /// Whether a run differs from the one asked for by one letter or digit; a bare number is another number.
    fn is_misspelt(&self, at: usize, asked: &str) -> bool {
        let token = self.token(at);
        let others = token.chars().zip(asked.chars()).filter(|(one, other)| one != other).count();
        let is_name = self.asked.iter().any(|asked| asked.chars().any(|c| c.is_ascii_alphabetic()));
        let long = asked.len() > if self.asked.len() > 1 { 2 } else { 4 };
        let ascii = token.is_ascii() && asked.is_ascii() && token.len() == asked.len();
        ascii && others == 1 && is_name && long
    }
}
