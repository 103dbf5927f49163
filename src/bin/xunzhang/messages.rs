//! What the program says: each message in English and in simplified Chinese, side by side. Errors of the library speak
//! English.

use std::path::Path;

use crate::figures::{grouped, size};
use crate::language::Language;

/// A sentence, with what it tells.
pub enum Message<'a> {
    // Runs that take long.
    Stopping,
    Cancelled { committed: u64 },
    UpgradeCancelled,
    MakingIndex { index: &'a Path, corpus: &'a str },
    IndexByHand { index: &'a Path, corpus: &'a str, files: usize, bytes: u64 },
    NotWhole { index: &'a Path, corpus: &'a str },
    NoIndexNorCorpus { index: &'a Path },
    NothingToIndex,
    Indexed { documents: u64, bytes: u64, took_ms: f64 },
    NoArticles,
    IndexedInPart { faults: usize },
    Upgraded { documents: u64, took_ms: f64 },
    Skipped { count: usize, kinds: &'a str },
    Lossy { count: usize },
    Ambiguous { count: usize, first: &'a str },
    More { count: usize },
    Stale,
    WordsChanged,
    // Answers.
    Found { total: u64, took_ms: f64 },
    Part { first: u64, last: u64 },
    NearOnes { count: u64 },
    Articles { count: u64 },
    OrderedBy { words: &'a str },
    NothingFound { documents: u64 },
    NotRead { files: u64 },
    UndatedLeftOut { documents: u64 },
    HintNear,
    HintEmptyIndex,
    Near,
    Lacks { terms: &'a str },
    Through { instead: &'a str, term: &'a str },
    UnknownId { id: &'a str },
    AmbiguousId { id: &'a str },
    // Faults of what was typed.
    CannotRead { path: &'a Path },
    NotUtf8,
    DatesBackwards,
    ExcelIsCsv,
}

impl Message<'_> {
    /// The sentence in a language.
    pub fn text(&self, language: Language) -> String {
        let (english, chinese) = self.both();
        language.pick(english, chinese)
    }

    fn both(&self) -> (String, String) {
        match self {
            Self::Stopping => (
                "stopping after a last commit; press Ctrl-C again to stop at once".into(),
                "提交后即停止；再按一次 Ctrl-C 立即退出".into(),
            ),
            Self::Cancelled { committed } => (
                format!("stopped as asked; {} committed and can be searched", articles(*committed, ["is", "are"])),
                format!("已按要求停止；已提交 {} 篇，可以检索", grouped(*committed)),
            ),
            Self::UpgradeCancelled => (
                "stopped as asked; the index is as it was, and `xunzhang upgrade` begins anew".into(),
                "已按要求停止；索引保持原样，可重新运行 `xunzhang upgrade`".into(),
            ),
            Self::MakingIndex { index, corpus } => (
                format!("there is no index in {} yet: making it from {corpus}/", index.display()),
                format!("{} 还没有索引：正在用 {corpus}/ 建立", index.display()),
            ),
            Self::IndexByHand { index, corpus, files, bytes } => {
                let (index, files, bytes) = (index.display(), grouped(*files as u64), size(*bytes));
                let command = format!("xunzhang index {corpus} --index {index}");
                (
                    format!(
                        "there is no index in {index} yet, and {corpus}/ is too large to be indexed unasked ({files} \
                         files, {bytes}); run\n  {command}"
                    ),
                    format!(
                        "{index} 还没有索引，而 {corpus}/ 较大（{files} 个文件，{bytes}），不便自动建立；请运行\n  {command}"
                    ),
                )
            }
            Self::NotWhole { index, corpus } => {
                let command = format!("xunzhang index {corpus} --index {}", index.display());
                (
                    format!("the index is not whole yet; complete it with\n  {command}"),
                    format!("索引尚不完整；请运行以下命令补全\n  {command}"),
                )
            }
            Self::NoIndexNorCorpus { index } => (
                format!(
                    "there is no index in {} and no folder corpus/ here: make an index with `xunzhang index FOLDER`, or \
                     name one with --index DIR",
                    index.display()
                ),
                format!(
                    "{} 没有索引，这里也没有 corpus/ 文件夹：请用 `xunzhang index 文件夹` 建立，或用 --index 指定索引",
                    index.display()
                ),
            ),
            Self::NothingToIndex => (
                "there is no folder corpus/ here: say what to index, as in `xunzhang index FOLDER`".into(),
                "这里没有 corpus/ 文件夹：请指明要索引的内容，例如 `xunzhang index 文件夹`".into(),
            ),
            Self::Indexed { documents, bytes, took_ms } => {
                let (rate, bytes, took) = (rate(*documents, *took_ms), size(*bytes), time(*took_ms));
                (
                    format!("indexed {} ({bytes}) in {}, {rate} a second", articles(*documents, [""; 2]), took.0),
                    format!("已索引 {} 篇（{bytes}），用时 {}，每秒 {rate} 篇", grouped(*documents), took.1),
                )
            }
            Self::NoArticles => (
                "there is no article in what was named: give a folder that holds .txt, .md, .html, .json or .jsonl files".into(),
                "所给路径中没有文章：请指定含有 .txt、.md、.html、.json 或 .jsonl 文件的文件夹".into(),
            ),
            Self::IndexedInPart { faults } => (
                format!("{faults} files or records were left out or lost something: `xunzhang index` names them"),
                format!("有 {faults} 个文件或记录未能索引或有损失：`xunzhang index` 会逐一列出"),
            ),
            Self::Upgraded { documents, took_ms } => (
                format!("made the index anew: {} in {}", articles(*documents, [""; 2]), time(*took_ms).0),
                format!("已重建索引：{} 篇，用时 {}", grouped(*documents), time(*took_ms).1),
            ),
            Self::Skipped { count, kinds } => {
                (format!("not indexed: {count} ({kinds})"), format!("未能索引：{count} 个（{kinds}）"))
            }
            Self::Lossy { count } => (format!("indexed with losses: {count}"), format!("索引时有损失：{count} 篇")),
            Self::Ambiguous { count, first } => (
                format!("ids that several articles have, printed as path#id: {count}, as {first}"),
                format!("多篇文章共用的编号，显示为 路径#编号：{count} 个，例如 {first}"),
            ),
            Self::More { count } => {
                (format!("  … and {count} more (--json lists all)"), format!("  ……另有 {count} 个（--json 列出全部）"))
            }
            Self::Stale => (
                "the index must be upgraded before it can be searched: run `xunzhang upgrade`".into(),
                "索引需要升级才能检索：请运行 `xunzhang upgrade`".into(),
            ),
            Self::WordsChanged => (
                "words are cut otherwise today, and the order of answers may differ: `xunzhang upgrade` cuts them anew"
                    .into(),
                "分词已有变化，结果的次序可能不同：`xunzhang upgrade` 可重新分词".into(),
            ),
            Self::Found { total, took_ms } => (
                format!("{} in {}", articles(*total, [""; 2]), time(*took_ms).0),
                format!("共 {} 篇，用时 {}", grouped(*total), time(*took_ms).1),
            ),
            Self::Part { first, last } => {
                (format!("; {first} to {last} are shown"), format!("；显示第 {first}–{last} 篇"))
            }
            Self::NearOnes { count } => {
                (format!("; near answers: {}", grouped(*count)), format!("；另有相近的 {} 篇", grouped(*count)))
            }
            Self::Articles { count } => (articles(*count, [""; 2]), format!("{} 篇", grouped(*count))),
            Self::OrderedBy { words } => (format!("ordered by: {words}"), format!("排序依据：{words}")),
            Self::NothingFound { documents } => (
                format!("nothing found in {}", articles(*documents, [""; 2])),
                format!("在 {} 篇文章中没有找到", grouped(*documents)),
            ),
            Self::NotRead { files } => (
                format!("files that could not be read when they were indexed: {}", grouped(*files)),
                format!("建立索引时有 {} 个文件未能读取", grouped(*files)),
            ),
            Self::UndatedLeftOut { documents } => (
                format!("left out for want of a date: {} (--undated include keeps them)", grouped(*documents)),
                format!("没有日期而未计入：{} 篇（--undated include 可计入）", grouped(*documents)),
            ),
            Self::HintNear => (
                "hint: try fewer or shorter terms, 扶贫 OR 脱贫, or --relax always for near answers".into(),
                "提示：可减少或缩短词语，用 扶贫 OR 脱贫，或用 --relax always 查看相近的文章".into(),
            ),
            Self::HintEmptyIndex => (
                "hint: the index is empty; add articles with `xunzhang index FOLDER`".into(),
                "提示：索引是空的；请用 `xunzhang index 文件夹` 添加文章".into(),
            ),
            Self::Near => ("near answers".into(), "以下不完全符合".into()),
            Self::Through { instead, term } => (format!("has {instead} for {term}"), format!("以「{instead}」代「{term}」")),
            Self::Lacks { terms } => (format!("lacks: {terms}"), format!("缺少：{terms}")),
            Self::UnknownId { id } => (
                format!("no article has the id or path {id}; `xunzhang query --format ids` prints ids"),
                format!("没有编号或路径为 {id} 的文章；`xunzhang query --format ids` 可列出编号"),
            ),
            Self::AmbiguousId { id } => (
                format!("several articles are called {id}; ask for one of these:"),
                format!("有多篇文章叫 {id}；请从下列各项中指定一篇："),
            ),
            Self::CannotRead { path } => {
                (format!("{} cannot be read", path.display()), format!("无法读取 {}", path.display()))
            }
            Self::NotUtf8 => {
                ("the line is not UTF-8: convert it first".into(), "这一行不是 UTF-8：请先转换编码".into())
            }
            Self::DatesBackwards => ("--since is later than --until".into(), "--since 晚于 --until".into()),
            Self::ExcelIsCsv => (
                "--excel writes CSV: leave --format out, or give --format csv".into(),
                "--excel 输出的是 CSV：请省去 --format，或用 --format csv".into(),
            ),
        }
    }
}

/// So many articles, and the verb that agrees.
fn articles(count: u64, verbs: [&str; 2]) -> String {
    let (plural, verb) = if count == 1 { ("", verbs[0]) } else { ("s", verbs[1]) };
    format!("{} article{plural} {verb}", grouped(count)).trim_end().to_owned()
}

/// Milliseconds in both languages.
fn time(ms: f64) -> (String, String) {
    match ms {
        ms if ms < 1.0 => ("less than 1 ms".into(), "不到 1 毫秒".into()),
        ms if ms < 1000.0 => (format!("{ms:.0} ms"), format!("{ms:.0} 毫秒")),
        ms => (format!("{:.1} s", ms / 1000.0), format!("{:.1} 秒", ms / 1000.0)),
    }
}

fn rate(count: u64, took_ms: f64) -> String {
    grouped((count as f64 * 1000.0 / took_ms.max(1.0)) as u64)
}
