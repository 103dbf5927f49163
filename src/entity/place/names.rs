//! Other names of a division, derived from its full one: without the suffix (天水), without the peoples of an autonomous
//! area (黔东南), and such with the plain suffix (黔东南州, 三江县).

use super::division::Level;

/// Peoples that names of autonomous areas list; 蒙古 and 各族 stand there in short forms of their own.
const PEOPLES: &str = "蒙古族 蒙古 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 哈萨克 傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 柯尔克孜 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 塔吉克 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族 各族";

/// Suffixes of names by level, the longest first, each with the plain one that people put behind the short name.
const CITY: [(&str, &str); 4] = [("自治州", "州"), ("地区", "地区"), ("市", "市"), ("盟", "盟")];
const COUNTY: [(&str, &str); 9] = [
    ("自治县", "县"),
    ("自治旗", "旗"),
    ("新区", "新区"),
    ("林区", "林区"),
    ("特区", "特区"),
    ("市", "市"),
    ("县", "县"),
    ("区", "区"),
    ("旗", "旗"),
];
/// Townships have short names only where no other list tells them: a part of Taiwan.
const TOWN: [(&str, &str); 3] = [("镇", "镇"), ("乡", "乡"), ("街道", "街道")];

/// What is left of districts that are named by where they lie: 市中区, 东区, 城关区.
const NO_NAMES: &str = "城 郊 矿 市 新 东 西 南 北 中 市中 城中 城东 城西 城南 城北 市郊 城郊 开发 高新";

/// The short names of a division: of the full name alone, and with a plain suffix where that says something new.
pub(super) fn short_names(full: &str, level: Level) -> Vec<String> {
    let suffixes: &[(&str, &str)] = match level {
        Level::Province => &[],
        Level::City => &CITY,
        Level::County if full.ends_with(['镇', '乡']) => &TOWN,
        Level::County => &COUNTY,
        Level::Town => &TOWN,
    };
    let Some((stem, plain)) = suffixes.iter().find_map(|(suffix, plain)| Some((full.strip_suffix(suffix)?, plain)))
    else {
        return Vec::new();
    };
    let bare = without_peoples(stem);
    let named = bare.chars().count() >= 2 && !NO_NAMES.split(' ').any(|name| name == bare);
    match named {
        true if bare.len() == stem.len() && full == format!("{bare}{plain}") => vec![bare.to_owned()],
        true => vec![bare.to_owned(), format!("{bare}{plain}")],
        false => Vec::new(),
    }
}

/// A name without the peoples behind it, as long as two characters stay: 黔东南苗族侗族 is 黔东南, and 东乡族 is itself.
pub(super) fn without_peoples(stem: &str) -> &str {
    let shorter = PEOPLES.split(' ').filter_map(|people| stem.strip_suffix(people));
    match shorter.filter(|rest| rest.chars().count() >= 2).min_by_key(|rest| rest.len()) {
        Some(rest) => without_peoples(rest),
        None => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes_and_peoples_are_left_out() {
        assert_eq!(short_names("天水市", Level::City), ["天水"]);
        assert_eq!(short_names("黔东南苗族侗族自治州", Level::City), ["黔东南", "黔东南州"]);
        assert_eq!(short_names("三江侗族自治县", Level::County), ["三江", "三江县"]);
        assert_eq!(short_names("积石山保安族东乡族撒拉族自治县", Level::County)[0], "积石山");
        assert_eq!(short_names("克孜勒苏柯尔克孜自治州", Level::City)[0], "克孜勒苏");
        assert!(short_names("赵县", Level::County).is_empty() && short_names("市中区", Level::County).is_empty());
    }
}
