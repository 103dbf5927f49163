//! The words that stand before a fact, in English and in simplified Chinese, and a table of them.

use xunzhang::Reason;

use crate::language::Language;
use crate::wrap::width;

/// A word before a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    Id,
    Path,
    Title,
    Date,
    Source,
    Authors,
    Editor,
    Address,
    Lost,
    Index,
    Documents,
    WithLosses,
    Undated,
    InferredDates,
    NotRead,
    Reprints,
    New,
    Changed,
    Gone,
    Unchanged,
    Forgotten,
    Han,
    Text,
    Disk,
    IndexedAt,
    Sources,
    Years,
    FoldPrint,
    WordsPrint,
    EntitiesPrint,
    Pairs,
    Folded,
    Unigrams,
    Words,
    Glosses,
    Score,
    Period,
    Hits,
    Occurrences,
    PerMillion,
    PerThousand,
    AllDocuments,
    AllHan,
    Word,
    Count,
    Observed,
    Expected,
    InAll,
    LogLikelihood,
    LogRatio,
    Reference,
    ReferencePerMillion,
    Difference,
    Variants,
    Titles,
    First,
    Last,
    Passages,
    People,
    Places,
    Organisations,
    Policies,
    Together,
    Quoted,
    Cued,
    Entropy,
    Sticks,
    Example,
}

impl Label {
    /// The word in a language.
    pub fn text(self, language: Language) -> &'static str {
        let (english, chinese) = match self {
            Self::Id => ("id", "编号"),
            Self::Path => ("path", "路径"),
            Self::Title => ("title", "标题"),
            Self::Date => ("date", "日期"),
            Self::Source => ("source", "来源"),
            Self::Authors => ("authors", "作者"),
            Self::Editor => ("editor", "编辑"),
            Self::Address => ("address", "网址"),
            Self::Lost => ("lost", "损失"),
            Self::Index => ("index", "索引"),
            Self::Documents => ("articles", "文章"),
            Self::WithLosses => ("with losses", "有损失"),
            Self::Undated => ("without date", "没有日期"),
            Self::InferredDates => ("inferred dates", "推定日期"),
            Self::NotRead => ("files not read", "未读文件"),
            Self::New => ("new", "新增"),
            Self::Changed => ("changed", "有变化"),
            Self::Gone => ("gone", "已不在"),
            Self::Unchanged => ("unchanged", "未变"),
            Self::Forgotten => ("taken out for good", "永久移除"),
            Self::Han => ("Han characters", "汉字"),
            Self::Text => ("text", "正文大小"),
            Self::Disk => ("index on disk", "索引大小"),
            Self::IndexedAt => ("indexed at", "索引时间"),
            Self::Sources => ("sources", "来源分布"),
            Self::Years => ("years", "年份分布"),
            Self::FoldPrint => ("fold", "折叠指纹"),
            Self::WordsPrint => ("words", "分词指纹"),
            Self::Reprints => ("reprints", "转载"),
            Self::EntitiesPrint => ("entities", "识别指纹"),
            Self::Pairs => ("pairs", "常用字对"),
            Self::Folded => ("folded", "折叠"),
            Self::Unigrams => ("unigrams", "单字"),
            Self::Words => ("words", "词语"),
            Self::Glosses => ("readings", "注音"),
            Self::Score => ("score", "得分"),
            Self::Period => ("period", "时段"),
            Self::Hits => ("articles", "篇数"),
            Self::Occurrences => ("times", "次数"),
            Self::PerMillion => ("per million chars", "每百万字"),
            Self::PerThousand => ("per 1,000 articles", "每千篇"),
            Self::AllDocuments => ("all articles", "全部篇数"),
            Self::AllHan => ("all Han", "全部汉字"),
            Self::Word => ("word", "词语"),
            Self::Count => ("count", "次数"),
            Self::Observed => ("near", "邻近次数"),
            Self::Expected => ("expected", "期望"),
            Self::InAll => ("in all", "总次数"),
            Self::LogLikelihood => ("G²", "G²"),
            Self::LogRatio => ("log ratio", "对数比"),
            Self::Reference => ("reference", "参照次数"),
            Self::ReferencePerMillion => ("reference per million", "参照每百万"),
            Self::Difference => ("difference", "差异"),
            Self::Variants => ("written", "写法"),
            Self::Titles => ("titles", "职务"),
            Self::First => ("first", "最早"),
            Self::Last => ("last", "最晚"),
            Self::Passages => ("passages said", "言论"),
            Self::People => ("people met", "同篇人物"),
            Self::Places => ("places met", "同篇地方"),
            Self::Organisations => ("bodies met", "同篇机构"),
            Self::Policies => ("policies met", "同篇提法"),
            Self::Together => ("together", "同篇"),
            Self::Quoted => ("quoted", "加引号"),
            Self::Cued => ("cued", "有提示词"),
            Self::Entropy => ("entropy", "邻字熵"),
            Self::Sticks => ("pmi", "凝固度"),
            Self::Example => ("example", "例句"),
        };
        language.pick(english, chinese)
    }
}

/// How a suggestion differs from what was asked for.
pub fn reason_of_suggestion(reason: Reason, language: Language) -> &'static str {
    let (english, chinese) = match reason {
        Reason::Homophone => ("same sound", "同音"),
        Reason::LookAlike => ("similar shape", "形近"),
        Reason::Swapped => ("swapped", "颠倒"),
        Reason::Missing => ("one character more", "多一字"),
        Reason::Superfluous => ("one character less", "少一字"),
        Reason::Pinyin => ("pinyin", "拼音"),
        _ => ("", ""),
    };
    language.pick(english, chinese)
}

/// Why a file was skipped, by the name of its reason.
pub fn reason(kind: &str, language: Language) -> &str {
    let chinese = match kind {
        "unreadable" => "无法读取",
        "not_regular" => "不是普通文件",
        "symbolic_link" => "符号链接",
        "empty" => "空文件",
        "binary" => "不是文本",
        "unknown_format" => "未知格式",
        "malformed" => "格式有误",
        "decompression" => "压缩数据损坏",
        "no_text" => "没有正文",
        "too_large" => "过大",
        "too_compressed" => "解压膨胀过大",
        "encrypted" => "已加密",
        "too_deep" => "压缩包嵌套过深",
        "too_many_entries" => "压缩包条目过多",
        "no_pages" => "并非网页",
        other => other,
    };
    language.pick(kind, chinese)
}

/// Lines of labels and values, the values one below the other.
pub fn table(rows: &[(Label, String)], language: Language) -> String {
    let widest = rows.iter().map(|(label, _)| width(label.text(language))).max().unwrap_or(0);
    let line = |(label, value): &(Label, String)| {
        let label = label.text(language);
        format!("{label}{:1$}  {value}", "", widest - width(label)).trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_one_below_the_other() {
        let rows = [(Label::Han, "12".to_owned()), (Label::Undated, "3".to_owned())];
        assert_eq!(table(&rows, Language::Chinese), "汉字      12\n没有日期  3\n");
        assert_eq!(table(&rows, Language::English), "Han characters  12\nwithout date    3\n");
    }
}
