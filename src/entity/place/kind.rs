//! What a place that no list knows looks like by its last characters: whether the division around it may be told.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What kind of place a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A village, community or the like, or an unlisted township: it lies in one county.
    Village,
    /// A small island, a scenic village or the like: it lies in a county, but need not in the one spoken of.
    Site,
    /// A river, range, road, line: it may cross several.
    Nature,
    /// Anything else.
    Other,
}

const VILLAGE: &str = "村 社区 嘎查 屯 庄 寨 村民小组 组 居委会 镇 乡 街道 苏木 小区 艾里 牧业队 生产队 连队 行政村 自然村 渔村 移民点 安置点 村寨";
const SITE: &str = "岛 屿 苗寨 侗寨 古镇 古城 老城 县城 城区 老街 园区 开发区 产业园 工业园 示范区 新区";
const NATURE: &str = "河 江 湖 海 山 岭 峰 溪 川 洋 湾 峡 沟 谷 盆地 高原 平原 草原 沙漠 沙地 流域 铁路 高铁 公路 高速 国道 省道 航线 运河 水库 路 街 巷 道 大道 大桥 桥 渠 管道 线 干线 水道 海峡 半岛 群岛 走廊 地区 一带 山脉 山区 林场 遗址 隧道 长城 冰川 湿地 三角洲 港 洲 泊 淖 错 雪山 口岸 工程";

/// Every ending by its last character, the longest first.
static ENDINGS: LazyLock<FxHashMap<char, Vec<(&str, Kind)>>> = LazyLock::new(|| {
    let mut endings = FxHashMap::<char, Vec<(&str, Kind)>>::default();
    for (list, kind) in [(VILLAGE, Kind::Village), (SITE, Kind::Site), (NATURE, Kind::Nature)] {
        for ending in list.split(' ') {
            let last = ending.chars().next_back().unwrap_or_default();
            endings.entry(last).or_default().push((ending, kind));
        }
    }
    // Of equal ones the kind that comes last holds.
    endings.values_mut().for_each(|endings| endings.reverse());
    endings.values_mut().for_each(|endings| endings.sort_by_key(|(ending, _)| std::cmp::Reverse(ending.len())));
    endings
});

/// What a folded name looks like.
pub(super) fn kind(folded: &str) -> Kind {
    let endings = folded.chars().next_back().and_then(|last| ENDINGS.get(&last)).map_or(&[][..], Vec::as_slice);
    let ends = |(ending, _): &&(&str, Kind)| folded.len() > ending.len() && folded.ends_with(ending);
    endings.iter().find(ends).map_or(Kind::Other, |(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_ending_tells() {
        assert_eq!(kind("坑根村"), Kind::Village);
        assert_eq!(kind("西江千户苗寨"), Kind::Site);
        assert_eq!(kind("兰渝铁路"), Kind::Nature);
        assert_eq!(kind("人民大会堂"), Kind::Other);
    }
}
