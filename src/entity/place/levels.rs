//! What a mention is counted and found under: its division and every one above it, each with its level.

use super::division::{self, Level};
use super::gazetteer::{Candidate, Form, Gazetteer};
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
    let own = |one: &Candidate| one.code == Some(division.code) && one.form != Form::Region;
    if !gazetteer.look_up(&folded).iter().any(own) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str, value: Option<&str>) -> String {
        let levels = levels(Gazetteer::embedded(), text, value);
        levels.iter().map(|(level, name)| format!("{} {name}", level.name())).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_mention_counts_under_all_that_hold_it() {
        assert_eq!(named("通州区", Some("110112")), "province 北京市, county 通州区");
        assert_eq!(named("天水", Some("620500")), "province 甘肃省, city 天水市");
        assert_eq!(named("甘", Some("620000")), "province 甘肃省");
        assert_eq!(named("张沟镇", Some("429004")), "province 湖北省, county 仙桃市, town 张沟镇");
        assert_eq!(named("虎门镇", Some("441900")), "province 广东省, city 东莞市, town 虎门镇");
        assert_eq!(named("雄安新区", Some("130000")), "province 河北省, town 雄安新区");
        assert_eq!(named("深水埗", None), "province 香港特别行政区, county 深水埗区");
        assert_eq!(named("太行山", None), "");
    }
}
