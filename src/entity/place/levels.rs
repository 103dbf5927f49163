//! What a mention is counted and found under: its division and every one above it, each with its level.

use super::division::{self, Level};
use super::gazetteer::{Form, Gazetteer};
use crate::analysis::fold;

/// The levels that a mention counts under, the province first, each with its name as written: for 五龙镇 with the value
/// 620503 甘肃省, 天水市, 麦积区 and, as [`Level::Town`], the mention's own text. A name that only a part of Taiwan, Hong
/// Kong or Macau has counts under it without a value; any other place without a value counts under nothing.
///
/// ```
/// use xunzhang::entity::{Gazetteer, levels};
///
/// let names: Vec<String> = levels(Gazetteer::embedded(), "五龍鎮", Some("620503")).into_iter().map(|(_, name)| name).collect();
/// assert_eq!(names, ["甘肃省", "天水市", "麦积区", "五龍鎮"]);
/// ```
pub fn levels(gazetteer: &Gazetteer, text: &str, value: Option<&str>) -> Vec<(Level, String)> {
    let folded = fold(text);
    let code = match value {
        Some(value) => value.parse().ok(),
        None => beyond(gazetteer, &folded),
    };
    let Some(division) = code.and_then(|code| gazetteer.division(code)) else { return Vec::new() };
    let above = gazetteer.ancestors(division.code);
    let mut levels: Vec<(Level, String)> =
        above.into_iter().chain([division]).map(|one| (one.level, one.name.to_owned())).collect();
    let own = gazetteer.look_up(&folded).into_iter().any(|one| one.code == Some(division.code));
    if !own && division.level >= Level::City {
        levels.push((Level::Town, text.to_owned()));
    }
    levels
}

/// The part of Taiwan, Hong Kong or Macau that a name means if it means nothing else.
fn beyond(gazetteer: &Gazetteer, folded: &str) -> Option<u32> {
    match gazetteer.look_up(folded)[..] {
        [only] if matches!(only.form, Form::Full | Form::Short) => only.code.filter(|code| division::is_beyond(*code)),
        _ => None,
    }
}
