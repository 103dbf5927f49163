//! Causes as sentences, in English and in simplified Chinese: why a term does not stand, or a document is no hit.

use xunzhang::Loss;
use xunzhang::explain::{Apart, Border, Cause, NotIndexed, Place, Through};

use crate::language::Language;

/// The sentence that tells a cause.
pub fn sentence(cause: &Cause, language: Language) -> String {
    let (english, chinese) = both(cause, language);
    language.pick(english, chinese)
}

/// Where the cause can be seen.
pub fn places(cause: &Cause) -> Vec<&Place> {
    match cause {
        Cause::Excluded { place } | Cause::Lost { place, .. } => place.iter().collect(),
        Cause::Absent { piece, .. } => piece.iter().collect(),
        Cause::AcrossTitleAndBody { places } | Cause::Proximity { places, .. } => places.iter().collect(),
        Cause::AcrossAMark { place, .. }
        | Cause::MarkMissing { place }
        | Cause::AsWrittenDiffers { place }
        | Cause::NotAWord { place, .. }
        | Cause::GlossNotSkipped { place, .. }
        | Cause::InOtherField { place, .. }
        | Cause::OnlyInRest { place }
        | Cause::NumberDiffers { place }
        | Cause::LongerRun { place, .. }
        | Cause::PartedOtherwise { place }
        | Cause::OtherCharacters { place, .. }
        | Cause::CharactersApart { place, .. } => vec![place],
        _ => Vec::new(),
    }
}

/// How a match is written otherwise than the query; nothing for one that is not.
pub fn way(through: Through, language: Language) -> Option<String> {
    let (english, chinese) = match through {
        Through::OtherScript => ("another form of the characters", "字形不同"),
        Through::WidthOrCase => ("another width or case", "全半角或大小写不同"),
        Through::Gloss => ("a reading passed over", "略去注音"),
        Through::Signs => ("other signs between", "夹有符号"),
        Through::Blanks => ("other blanks between", "夹有空格"),
        Through::LineBreak => ("a line ends within", "跨行"),
        Through::Number => ("a number written otherwise", "数字写法不同"),
        Through::OtherMark => ("another mark", "标点不同"),
        Through::Wildcard => ("by its wildcard", "通配"),
        _ => return None,
    };
    Some(language.pick(english, chinese).to_owned())
}

/// The name of a field.
pub fn field(name: &str, language: Language) -> &str {
    let (english, chinese) = match name {
        "title" | "标题" => ("title", "标题"),
        "body" => ("body", "正文"),
        "source" | "来源" => ("source", "来源"),
        "author" | "作者" => ("author", "作者"),
        "editor" => ("editor", "编辑"),
        "path" | "路径" => ("path", "路径"),
        "url" | "网址" => ("address", "网址"),
        "rest" => ("beside the article", "正文之外"),
        "" => ("title and body", "标题和正文"),
        other => (other, other),
    };
    language.pick(english, chinese)
}

fn both(cause: &Cause, language: Language) -> (String, String) {
    let named = |name: &str| (field(name, Language::English).to_owned(), field(name, Language::Chinese).to_owned());
    match cause {
        Cause::NotIndexed { reason } => not_indexed(reason),
        Cause::Excluded { .. } => {
            ("it stands there, and the query excludes it".into(), "文中有，而检索式要求没有".into())
        }
        Cause::DateOutside { date, range } => {
            (format!("its date is {date}, outside {range}"), format!("日期是 {date}，不在 {range} 之内"))
        }
        Cause::Undated { range } => (
            format!(
                "it has no date, and {range} was asked for (--undated include keeps such articles under --since and --until)"
            ),
            format!("没有日期，而检索要求 {range}（在 --since、--until 下可用 --undated include 计入）"),
        ),
        Cause::AcrossAMark { mark, place } => across(*mark, &place.written),
        Cause::AcrossTitleAndBody { .. } => (
            "it begins in the title and ends in the body, which no term crosses: ask for two terms".into(),
            "前半在标题，后半在正文；一个词不跨标题和正文，可分成两个词检索".into(),
        ),
        Cause::MarkMissing { .. } => (
            "the query has a mark within it, and the text has none: ask without the mark".into(),
            "检索词中有标点，原文没有：请去掉标点检索".into(),
        ),
        Cause::Proximity { asked, found, between, .. } => nearness(asked, *found, *between),
        Cause::AsWrittenDiffers { place } => {
            (format!("it is written {}", place.written), format!("原文写作“{}”", place.written))
        }
        Cause::NotAWord { cut, .. } => (
            format!("no word of the text: it was cut {}; ask without 词:", cut.join(" / ")),
            format!("分词为“{}”，不成一词；可去掉“词:”检索", cut.join(" / ")),
        ),
        Cause::GlossNotSkipped { bracket, character, .. } => (
            format!("{bracket} stands within it, and is no reading of {character}, so it is not passed over"),
            format!("其中夹有{bracket}，不是“{character}”的读音，所以不略去"),
        ),
        Cause::InOtherField { field: asked, place } => {
            let (asked, found) = (named(asked), named(&place.field));
            (format!("it stands in {}, not in {}", found.0, asked.0), format!("不在{}，在{}", asked.1, found.1))
        }
        Cause::FieldDiffers { field: asked, values } => {
            let asked = named(asked);
            (format!("the {} is {}", asked.0, values.join("; ")), format!("{}是“{}”", asked.1, values.join("；")))
        }
        Cause::FieldEmpty { field: asked } => {
            let asked = named(asked);
            (format!("the article has no {}", asked.0), format!("这篇文章没有{}", asked.1))
        }
        Cause::OnlyInRest { .. } => (
            "it stands only in text beside the article (menus, footers), which is not searched".into(),
            "只出现在正文之外（菜单、页脚等），不参与检索".into(),
        ),
        Cause::NumberDiffers { place } => {
            (format!("the number is written {}", place.written), format!("数字写作“{}”", place.written))
        }
        Cause::LongerRun { run, .. } => (
            format!("it stands inside the longer {run}; {run} finds it"),
            format!("只是“{run}”的一部分；请用“{run}”检索"),
        ),
        Cause::PartedOtherwise { place } => (
            format!("its letters and digits are parted otherwise: {}", place.written),
            format!("字母或数字的分合不同：“{}”", place.written),
        ),
        Cause::OtherCharacters { asked, found, sound_alike, place } => {
            let alike = if *sound_alike { (", which sounds alike", "，同音") } else { ("", "") };
            (
                format!("{} stands there, with {found} for {asked}{}", place.written, alike.0),
                format!("文中是“{}”，“{asked}”作“{found}”{}", place.written, alike.1),
            )
        }
        Cause::Lost { losses, .. } => lost(losses),
        Cause::CharactersApart { between, in_order, .. } => apart(between, *in_order),
        Cause::Absent { piece, missing } => absent(piece.as_ref(), missing),
        Cause::IndexDiffers => (
            "the text holds it, and the index knows otherwise: run `xunzhang upgrade`".into(),
            "原文中有，而索引的记录不同：请运行 `xunzhang upgrade`".into(),
        ),
        Cause::InOtherWords => (
            "it is among the answers in other words (synonyms, numbers written otherwise): --expand makes a hit of it"
                .into(),
            "属于换了说法的文章（同义词、数字的另一种写法）：--expand 可算作命中".into(),
        ),
        Cause::NearOnly { lacks } => {
            let joined = lacks.join(language.pick(", ", "、"));
            (format!("it is among the near answers; it lacks {joined}"), format!("属于相近的文章；缺少：{joined}"))
        }
        Cause::NearAnswersOff { exact: ..10 } => (
            "it would be a near answer, and none were asked for: --relax auto gives them".into(),
            "可算相近的文章，但没有要求相近的：--relax auto 可列出".into(),
        ),
        Cause::NearAnswersOff { exact } => (
            format!("it would be a near answer, but there are {exact} exact ones: --relax always gives near ones too"),
            format!("可算相近的文章，但确切的已有 {exact} 篇：--relax always 可列出"),
        ),
        Cause::NotNearEnough => {
            ("it is not among the near answers: others are nearer".into(), "也不在相近的文章中：别的更近".into())
        }
        Cause::BeyondLimit { rank, limit, offset } => {
            let last = limit.map_or(String::new(), |limit| (offset + limit).to_string());
            (
                format!("it is number {rank}, and {} to {last} were asked for", offset + 1),
                format!("排在第 {rank} 篇，而只要第 {}–{last} 篇", offset + 1),
            )
        }
        other => (format!("{other:?}"), format!("{other:?}")),
    }
}

fn not_indexed(reason: &NotIndexed) -> (String, String) {
    match reason {
        NotIndexed::Skipped { path, message } => (
            format!("not in the index: when it was read last, {path} {message}"),
            format!("不在索引中：上次读取时 {path} 未能索引（{message}）"),
        ),
        NotIndexed::NotInFile { path, documents, ids } => {
            let ids = ids.join(", ");
            (
                format!(
                    "not in the index: {path} is, with {documents} articles, but none of this id, perhaps since it was read anew; it has {ids}"
                ),
                format!("不在索引中：{path} 已索引 {documents} 篇，但没有这个编号，可能已被新内容取代；其中有 {ids}"),
            )
        }
        NotIndexed::Unknown { unnamed, indexed_at } => {
            let skipped = match unnamed {
                0 => (String::new(), String::new()),
                n => (
                    format!("; {n} more files were skipped than the index remembers: `xunzhang index` names them"),
                    format!("；另有 {n} 个未能索引的文件，索引没有记下名字：`xunzhang index` 会列出"),
                ),
            };
            (
                format!(
                    "not in the index, which was last written at {indexed_at} and knows nothing of it{}",
                    skipped.0
                ),
                format!("不在索引中；索引最后写于 {indexed_at}，没有它的记录{}", skipped.1),
            )
        }
        other => (format!("{other:?}"), format!("{other:?}")),
    }
}

fn across(mark: Border, written: &str) -> (String, String) {
    let (english, chinese) = match mark {
        Border::Clause => ("a comma or another mark of a clause", "逗号一类的标点"),
        Border::Sentence => ("the end of a sentence", "句末标点"),
        Border::Paragraph => ("the end of a paragraph", "段落的分界"),
    };
    // A line break cannot be typed into a query.
    let quoted = if mark == Border::Paragraph || written.contains('\n') {
        Default::default()
    } else {
        (format!("“{written}” or "), format!("检索“{written}”，或"))
    };
    (
        format!("{english} stands within it, which no term crosses: {}two terms find it", quoted.0),
        format!("中间隔着{chinese}，一个词不跨标点：{}分成两个词，即可找到", quoted.1),
    )
}

fn nearness(asked: &str, found: Apart, between: u64) -> (String, String) {
    let (english, chinese) = match found {
        Apart::TooFar => {
            (format!("{between} characters or marks are between"), format!("中间隔着 {between} 个字或标点"))
        }
        Apart::WrongOrder => ("they stand in another order".into(), "先后次序不同".into()),
        Apart::OtherSentence => ("they stand in different sentences".into(), "不在同一句".into()),
        Apart::OtherParagraph => ("they stand in different paragraphs".into(), "不在同一段".into()),
        _ => ("they share a character".into(), "两者有重叠的字".into()),
    };
    (format!("{english}, and {asked} was asked for"), format!("{chinese}，而要求的是 {asked}"))
}

fn lost(losses: &[Loss]) -> (String, String) {
    let each = |loss: &Loss| match loss {
        Loss::Cut { kept } => (format!("the file was cut after {kept} bytes"), format!("文件在 {kept} 字节后被截断")),
        Loss::Mojibake { .. } => (format!("the file {loss}"), format!("文件似为错误编码（{loss}）")),
        Loss::PagesWithoutText { pages } => (
            format!("{} of its pages have no text to search, only pictures", pages.len()),
            format!("其中 {} 页只有图像，没有可检索的文字", pages.len()),
        ),
        other => (format!("the file has {other}"), format!("文件中有无法解码之处（{other}）")),
    };
    let (english, chinese): (Vec<String>, Vec<String>) = losses.iter().map(each).unzip();
    (
        format!("{}: what is missing may have held it", english.join("; ")),
        format!("{}：缺失的部分里可能有", chinese.join("；")),
    )
}

fn apart(between: &[String], in_order: bool) -> (String, String) {
    let order = if in_order { ("", "") } else { (" and in another order", "，次序也不同") };
    match between.is_empty() {
        true => ("its characters stand there, in another order".into(), "各字都在，但次序不同".into()),
        false => (
            format!("its characters stand there apart{}, with {} between", order.0, between.join(" … ")),
            format!("各字都在，但不相连{}，中间是“{}”", order.1, between.join("”“")),
        ),
    }
}

fn absent(piece: Option<&Place>, missing: &[String]) -> (String, String) {
    let none = if missing.is_empty() {
        (String::new(), String::new())
    } else {
        (format!("; nowhere: {}", missing.join(" ")), format!("；没有的字：{}", missing.join("、")))
    };
    match piece {
        Some(piece) => (
            format!("the longest piece of it that stands there is {}{}", piece.written, none.0),
            format!("至多只有其中的“{}”{}", piece.written, none.1),
        ),
        None if missing.is_empty() => {
            ("its characters stand there, but far apart".into(), "各字散见全文，没有相连的".into())
        }
        None => (format!("no piece of it stands there{}", none.0), format!("没有其中的任何一段{}", none.1)),
    }
}
