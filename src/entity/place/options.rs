//! What a span may mean, from its own characters alone: its pieces, and for each the divisions of that name with how
//! much the name itself speaks for each.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::division::{self, Level};
use super::find::{Safety, is_direction};
use super::gazetteer::{Candidate, Form, Gazetteer};
use super::kind::{Kind, kind};

/// A division that a name may mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Choice {
    pub code: u32,
    /// What the name speaks for it.
    pub prior: f32,
    /// The name alone means something else: the division itself must be spoken of in another way, too.
    pub doubtful: bool,
}

/// A name and what it may mean; shared, for the same names stand in one document after the other.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Folded.
    pub text: Rc<str>,
    /// The same in characters.
    pub chars: Range<usize>,
    /// What it looks like.
    pub kind: Kind,
    pub choices: Rc<[Choice]>,
    /// It is a country or a region without a code.
    pub known: bool,
    /// It is abroad, or stands behind a place abroad.
    pub abroad: bool,
}

/// Township suffixes that a text leaves out.
const TOWNS: [&str; 5] = ["镇", "乡", "街道", "苏木", "民族乡"];

/// How many names a thread remembers; more are seldom met again soon.
const REMEMBERED: usize = 1 << 14;

/// What names came apart into.
type Known = FxHashMap<Box<[char]>, Rc<[Piece]>>;

thread_local! {
    /// Most names stand in one document after the other.
    static PIECES: RefCell<Known> = RefCell::default();
}

/// The pieces of a span: one, unless it is a chain in a single span (天水市麦积区五龙镇) or a site behind a division
/// (徐州东站). The last stands for the span.
pub(super) fn pieces(gazetteer: &Gazetteer, chars: &[char]) -> Rc<[Piece]> {
    PIECES.with_borrow_mut(|known| {
        if let Some(pieces) = known.get(chars) {
            return Rc::clone(pieces);
        }
        if known.len() >= REMEMBERED {
            known.clear();
        }
        let fresh: Rc<[Piece]> = taken_apart(gazetteer, chars).into();
        known.insert(chars.into(), Rc::clone(&fresh));
        fresh
    })
}

fn taken_apart(gazetteer: &Gazetteer, chars: &[char]) -> Vec<Piece> {
    let whole = piece(gazetteer, chars, 0..chars.len());
    if !whole.choices.is_empty() || whole.known || whole.kind == Kind::Nature {
        return vec![whole];
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(length) = gazetteer.longest(&chars[at..]) {
        let next = piece(gazetteer, chars, at..at + length);
        if at == 0 && !may_open(gazetteer, &next, whole.kind == Kind::Village) {
            break;
        }
        pieces.push(next);
        at += length;
    }
    if at < chars.len() {
        let rest: String = chars[at..].iter().collect();
        let kind = kind(&rest);
        pieces.push(Piece {
            text: rest.into(),
            kind,
            chars: at..chars.len(),
            choices: [].into(),
            known: false,
            abroad: false,
        });
    }
    pieces
}

/// Whether a chain in one span may begin so: a village with a full name alone, since 眉山村 is no village of 眉山.
fn may_open(gazetteer: &Gazetteer, piece: &Piece, is_village: bool) -> bool {
    let low = piece.choices.iter().all(|choice| division::level(choice.code) == Level::Town);
    let length = piece.chars.len();
    if is_village { length >= 3 && gazetteer.safety(&piece.text) == Safety::Sure } else { !low || length >= 3 }
}

fn piece(gazetteer: &Gazetteer, whole: &[char], chars: Range<usize>) -> Piece {
    let text: String = whole[chars.clone()].iter().collect();
    let (found, kind) = (gazetteer.look_up(&text), kind(&text));
    let known = found.iter().any(|candidate| candidate.code.is_none());
    let mut choices: Vec<Choice> = found.iter().filter_map(|one| choice(one, &text, known)).collect();
    if choices.is_empty() && !known && chars.len() >= 2 && kind != Kind::Nature {
        choices = towns(gazetteer, &text);
    }
    let abroad = found.iter().any(|candidate| candidate.form == Form::World) && !text.starts_with("中");
    Piece { text: text.into(), chars, kind, choices: choices.into(), known, abroad }
}

/// The prior of a form at a level. Figures by hand: what decides is their order.
fn choice(candidate: &Candidate, text: &str, known: bool) -> Option<Choice> {
    let code = candidate.code?;
    let level = division::level(code);
    let prior = match (candidate.form, level) {
        (Form::English, _) => return None,
        (Form::Full, Level::Town) => 0.0,
        (Form::Full | Form::Former, _) if is_direction(text) => -3.0,
        (Form::Full, _) => 3.0,
        (Form::Short | Form::Letter, Level::Province) => 4.0,
        (Form::Short, _) if candidate.common => -2.0,
        (Form::Short, Level::City) => 2.5,
        (Form::Region, _) => 4.0,
        (Form::Former, _) if text.chars().count() > 2 => 1.0,
        (Form::Former, _) => 0.5,
        _ => 1.0,
    };
    let doubtful = known || candidate.common && candidate.form != Form::Full;
    Some(Choice { code, prior: if known { prior - 4.0 } else { prior }, doubtful })
}

/// Townships that are written without their suffix.
fn towns(gazetteer: &Gazetteer, text: &str) -> Vec<Choice> {
    let full = TOWNS.iter().flat_map(|suffix| gazetteer.look_up(&format!("{text}{suffix}")));
    let towns = full.filter(|found| found.form == Form::Full).filter_map(|found| found.code);
    towns
        .filter(|code| division::level(*code) == Level::Town)
        .map(|code| Choice { code, prior: -3.0, doubtful: false })
        .collect()
}
