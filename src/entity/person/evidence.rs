//! Where a name is to be expected: behind a title, at the start of a clause, behind 名叫, behind another name and 、.

use std::ops::Range;

use crate::entity::page::Page;
use crate::entity::traits::Traits;
use crate::entity::vocabulary::Role;

/// Weight of the evidence for a name that begins at a place.
#[derive(Clone, Debug, Default)]
pub(super) struct Starts(Vec<(usize, f32)>);

impl Starts {
    /// Raises the evidence at a place.
    pub fn add(&mut self, at: usize, weight: f32) {
        self.0.push((at, weight));
    }

    /// Every place with its best evidence, in order.
    pub fn sort(&mut self) {
        self.0.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        self.0.dedup_by_key(|(at, _)| *at);
    }

    /// The places as last sorted.
    pub fn iter(&self) -> impl Iterator<Item = (usize, f32)> {
        self.0.iter().copied()
    }
}

/// What introduces a name as a name.
const NAMED: &[&str] = &["名叫", "本名", "原名", "笔名", "艺名", "网名", "化名", "姓名", "一位叫", "一个叫", "名字叫"];

/// All places where a name may begin, without the help of other names.
pub(super) fn starts(page: &Page<'_>) -> Starts {
    let mut starts = Starts::default();
    for at in 0..page.chars.len() {
        if let Some(weight) = before(page, at) {
            starts.add(at, weight);
        }
    }
    starts
}

fn before(page: &Page<'_>, at: usize) -> Option<f32> {
    if page.is_break(at) {
        return None;
    }
    if page.is_after_break(at) {
        // 记者 张三, 编辑:付丽丽, 来源 记者/李四.
        let signed = at > 1 && matches!(page.chars[at - 1], ':' | ' ' | '/' | '\t');
        if signed && page.words.longest_to(at - 1, Role::BEFORE_NAME).is_some() {
            return Some(1.5);
        }
        let quoted = at > 0 && matches!(page.chars[at - 1], '“' | '「' | '"');
        return Some(if quoted && introduced(page, at - 1) { 1.6 } else { 0.8 });
    }
    if introduced(page, at) {
        return Some(1.6);
    }
    if let Some(title) = page.words.longest_to(at, Role::BEFORE_NAME) {
        // 副司令|员: the title goes on.
        let longer =
            |from: usize| page.words.at(from).iter().any(|word| word.end > at && word.role.has(Role::BEFORE_NAME));
        // 签署|长: it is none.
        if (title.start..at).any(longer) || title.end - title.start == 2 && page.is_inside_word(title.start) {
            return None;
        }
        return Some(if title.role.has(Role::TITLE) { 1.6 } else { 1.0 });
    }
    let before = page.chars[at - 1];
    // Callings that no list has: 观测员, 装卸工.
    if matches!(before, '员' | '长' | '师' | '工' | '手' | '家')
        && at > 2
        && !page.is_break(at - 2)
        && !page.is_in_word(at - 1, at)
    {
        return Some(0.7);
    }
    page.has(at - 1, Traits::OPENING).then_some(0.5)
}

fn introduced(page: &Page<'_>, at: usize) -> bool {
    if at < 2 || !matches!(page.chars[at - 1], '叫' | '为' | '名') {
        return false;
    }
    NAMED.iter().any(|cue| {
        let length = cue.chars().count();
        at >= length && page.chars[at - length..at].iter().copied().eq(cue.chars())
    })
}

/// Places behind a name and one of 、和与及, and before one: what stands there is probably a name too.
pub(super) fn lists(page: &Page<'_>, found: &[(Range<usize>, f32)]) -> Vec<(usize, f32)> {
    let mut places = Vec::new();
    for (chars, _) in found {
        let blank = page.char(chars.end) == ' ' && chars.start > 0 && matches!(page.chars[chars.start - 1], ' ' | ':');
        let joined = blank || matches!(page.char(chars.end), '、' | '和' | '与' | '及');
        let mut next = chars.end + 1;
        // Up to ten names in a row hang on the first: 蔡一鸣、施琅轩、庄淑贞等.
        for _ in 0..10 {
            if !joined || next >= page.chars.len() || page.is_break(next) {
                break;
            }
            places.push((next, 1.3));
            let Some(end) = (next + 2..=next + 4).find(|&at| matches!(page.char(at), '、' | '和' | '与')) else {
                break;
            };
            next = end + 1;
        }
    }
    places.extend(enumerations(page));
    places
}

/// Rows of three or more short pieces with 、 between that all begin with a surname.
fn enumerations(page: &Page<'_>) -> Vec<(usize, f32)> {
    let mut places = Vec::new();
    let (mut row, mut whole): (Vec<usize>, bool) = (Vec::new(), true);
    let mut start = 0;
    for at in 0..=page.chars.len() {
        if !page.is_break(at) && at < page.chars.len() {
            continue;
        }
        let named = page.chars.get(start..start + 1).and_then(|c| page.vocabulary.surname(c)).is_some_and(|w| w >= 0.4);
        let short = (2..=3).contains(&(at - start)) && !page.is_word(start, at);
        let last = !row.is_empty() && named && at - start > 3 && page.char(at) != '、';
        let fits = named && (short || last);
        if fits {
            row.push(start);
        }
        whole &= fits;
        if page.char(at) != '、' {
            if row.len() >= 3 && whole {
                places.extend(row.iter().map(|&place| (place, 1.2)));
            }
            row.clear();
            whole = true;
        }
        start = at + 1;
    }
    places
}
