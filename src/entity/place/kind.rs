//! What a place that no list knows looks like by its last characters: whether the division around it may be told.

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

/// What a folded name looks like.
pub(super) fn kind(folded: &str) -> Kind {
    let ends = |list: &str| {
        list.split(' ').filter(|end| folded.len() > end.len() && folded.ends_with(end)).map(str::len).max()
    };
    let kinds = [(ends(VILLAGE), Kind::Village), (ends(SITE), Kind::Site), (ends(NATURE), Kind::Nature)];
    let longest =
        kinds.into_iter().filter_map(|(length, kind)| Some((length?, kind))).max_by_key(|(length, _)| *length);
    longest.map_or(Kind::Other, |(_, kind)| kind)
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
