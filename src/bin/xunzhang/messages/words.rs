//! The words of what the program says: each message in English and in simplified Chinese, side by side. Errors of the
//! library speak English.

use super::{Message, Why};
use crate::figures::{grouped, rate, size, time};
use crate::language::Language;

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
                "there is no article in what was named: give a folder that holds texts, pages, tables or documents, as .txt, .html, .csv, .docx or .pdf".into(),
                "所给路径中没有文章：请指定含有文本、网页、表格或文档的文件夹，如 .txt、.html、.csv、.docx、.pdf".into(),
            ),
            Self::Files { new, changed, retried, unchanged, renamed, gone } => {
                let counts = [
                    (*new, "new", "新增"),
                    (*changed, "changed", "有变化"),
                    (*retried, "tried again", "重试"),
                    (*renamed, "renamed", "改名"),
                    (*gone, "gone", "已不在"),
                    (*unchanged, "unchanged", "未变"),
                ];
                let told = |word: fn(&(u64, &str, &str)) -> String| -> Vec<String> {
                    counts.iter().filter(|count| count.0 > 0).map(word).collect()
                };
                let english = told(|(count, english, _)| format!("{} {english}", grouped(*count))).join(", ");
                let chinese = told(|(count, _, chinese)| format!("{chinese} {}", grouped(*count))).join("，");
                (format!("files: {english}"), format!("文件：{chinese}"))
            }
            Self::Reprints { families, reprints } => (
                format!("reprints: {} of {}", grouped(*reprints), articles(*families, [""; 2])),
                format!("转载：{} 篇文章另有 {} 次刊载", grouped(*families), grouped(*reprints)),
            ),
            Self::Encodings { told } => (format!("charsets: {told}"), format!("字符编码：{told}")),
            Self::IndexTakes { bytes } => {
                (format!("the index takes {}", size(*bytes)), format!("索引占用 {}", size(*bytes)))
            }
            Self::Following => (
                "watching for changes; Ctrl-C ends it".into(),
                "正在关注文件夹的变化；按 Ctrl-C 结束".into(),
            ),
            Self::CannotFollow { path } => (
                format!("cannot watch {}: the system may allow fewer watches than it has folders", path.display()),
                format!("无法关注 {}：系统允许的监视数可能少于其中的文件夹数", path.display()),
            ),
            Self::NothingSkipped => ("nothing was skipped".into(), "没有未能索引的文件".into()),
            Self::Remembered { count } => (
                format!("taken out for good before, and read again by the next `xunzhang index`: {}", grouped(*count)),
                format!("此前永久移除的 {} 项，将在下一次 `xunzhang index` 时重新读取", grouped(*count)),
            ),
            Self::Outdated { roots } => (
                format!("the index is older than {roots}: `xunzhang status` says what changed, `xunzhang index` reads it"),
                format!("索引早于文件夹 {roots} 的变化：`xunzhang status` 列出变化，`xunzhang index` 重新读取"),
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
            Self::Stale { upgrade } => (
                format!("the index must be upgraded before it can be searched: run `{upgrade}`"),
                format!("索引需要升级才能检索：请运行 `{upgrade}`"),
            ),
            Self::Recut { documents, took_ms } => (
                format!("the dictionary is changed; cut again: {} in {}", articles(*documents, [""; 2]), time(*took_ms).0),
                format!("词典已更改；重新分词 {} 篇，用时 {}", grouped(*documents), time(*took_ms).1),
            ),
            Self::CutOtherwise { affected, holding, elsewhere } => {
                let (mut english, mut chinese) = (
                    format!("cut otherwise: {}; {} with these strings", articles(*affected, [""; 2]), articles(*holding, [""; 2])),
                    format!("分词会变的有 {} 篇；含有这些字串的有 {} 篇", grouped(*affected), grouped(*holding)),
                );
                if *elsewhere > 0 {
                    english += &format!("; {} cut otherwise without them, as frequencies weigh on all words", grouped(*elsewhere));
                    chinese += &format!("；不含这些字串而分词也变的有 {} 篇（词频影响所有词）", grouped(*elsewhere));
                }
                (english, chinese)
            }
            Self::MoreArticles { count } => (
                format!("  … and {} more (--format json lists all)", grouped(*count)),
                format!("  ……另有 {} 篇（--format json 列出全部）", grouped(*count)),
            ),
            Self::DictionaryAsItWas => {
                ("the dictionary is as it was; nothing is changed".into(), "词典没有变化，未作更改".into())
            }
            Self::TermsChanged { documents, took_ms } => (
                format!("the terms are changed; recognised again: {} in {}", articles(*documents, [""; 2]), time(*took_ms).0),
                format!("提法表已更改；重新识别 {} 篇，用时 {}", grouped(*documents), time(*took_ms).1),
            ),
            Self::TermsReach { documents } => (
                format!("recognised again would be: {}", articles(*documents, [""; 2])),
                format!("需要重新识别的有 {} 篇", grouped(*documents)),
            ),
            Self::TermsAsTheyWere => {
                ("the terms are as they were; nothing is changed".into(), "提法表没有变化，未作更改".into())
            }
            Self::NothingToAdd => ("name terms, or a file of them with --file".into(), "请给出提法，或用 --file 给出文件".into()),
            Self::NoSingleWord { word } => (
                format!("\"{word}\" is no word of a dictionary: it has a blank or begins with #"),
                format!("“{word}”不能用作词典的词：含有空格或以 # 开头"),
            ),
            Self::QueriesAreForDryRuns => (
                "--query and --queries tell what a change would do: add --dry-run".into(),
                "--query 和 --queries 只用于预演：请加 --dry-run".into(),
            ),
            Self::RanksMoved { query, moved } => {
                (format!("{query}: {moved} ranks change"), format!("{query}：名次变动 {moved} 处"))
            }
            Self::EntitiesChanged { upgrade } => (
                format!("names would be recognised otherwise today; `{upgrade}` does it anew"),
                format!("名称的识别方法已变；可运行 `{upgrade}` 重新识别"),
            ),
            Self::Epoch { epoch, of, loss } => (
                format!("epoch {epoch} of {of}: loss {loss:.5} a character"),
                format!("第 {epoch} 遍，共 {of} 遍：每字损失 {loss:.5}"),
            ),
            Self::Learnt { sentences, features, kept, bytes } => {
                let (sentences, features, kept) = (grouped(*sentences), grouped(*features), grouped(*kept));
                let bytes = size(*bytes);
                (
                    format!("learnt from {sentences} sentences; {kept} of {features} features are kept, {bytes}"),
                    format!("学习了 {sentences} 句；{features} 项特征中保留 {kept} 项，{bytes}"),
                )
            }
            Self::NoExamples => ("there is no example in the files".into(), "文件中没有标注的例子".into()),
            Self::NoRange { start, end, length } => (
                format!("[{start}, {end}] is no range of a text of {length} characters"),
                format!("[{start}, {end}] 不在 {length} 字的正文之内"),
            ),
            Self::CannotWrite { path } => {
                (format!("{} cannot be written", path.display()), format!("无法写入 {}", path.display()))
            }
            Self::WordsChanged { upgrade } => (
                format!("words are cut otherwise today, and the order of answers may differ: `{upgrade}` cuts them anew"),
                format!("分词已有变化，结果的次序可能不同：`{upgrade}` 可重新分词"),
            ),
            Self::Found { total, took_ms } => (
                format!("{} in {}", articles(*total, [""; 2]), time(*took_ms).0),
                format!("共 {} 篇，用时 {}", grouped(*total), time(*took_ms).1),
            ),
            Self::Part { first, last } => {
                (format!("; {first} to {last} are shown"), format!("；显示第 {first}–{last} 篇"))
            }
            Self::Families { groups } => (
                format!("; without reprints: {} (--all shows each)", grouped(*groups)),
                format!("；合并转载后 {} 篇（--all 逐篇显示）", grouped(*groups)),
            ),
            Self::Reprinted { count: 1 } => ("+1 reprint".into(), "+1 转载".into()),
            Self::Reprinted { count } => (format!("+{} reprints", grouped(*count)), format!("+{} 转载", grouped(*count))),
            Self::FirstPrinted { facts } => (format!("first printed: {facts}"), format!("最早：{facts}")),
            Self::Printings { count: 1 } => ("no reprint is in the index".into(), "索引中没有转载".into()),
            Self::Printings { count } => (format!("printed {} times", grouped(*count)), format!("共刊载 {} 次", grouped(*count))),
            Self::SameText => ("the same text".into(), "文字相同".into()),
            Self::Alike { count } => (
                format!("the same template with other facts: {}", grouped(*count)),
                format!("格式相同而内容不同：{} 篇", grouped(*count)),
            ),
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
            Self::InferredDates { documents } => (
                format!("of these, dates that are only inferred: {}", grouped(*documents)),
                format!("其中日期为推定的：{} 篇", grouped(*documents)),
            ),
            Self::InferredIn { documents } => {
                (format!("({} inferred)", grouped(*documents)), format!("（推定 {} 篇）", grouped(*documents)))
            }
            Self::Inferred { date } => (format!("{date} (inferred)"), format!("{date}（推定）")),
            Self::Outside { documents } => (
                format!("more pages that hold it outside the main text: {} (--rest)", grouped(*documents)),
                format!("另有 {} 页在正文之外含有（--rest）", grouped(*documents)),
            ),
            Self::HowFound { rule } => (format!("  [{rule}]"), format!("  〔{rule}〕")),
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
            Self::NobodyNamed { name } => (
                format!(
                    "no article names {name} as a person, place, organisation, policy term, law or number; `xunzhang query \
                     {name}` looks for the string"
                ),
                format!("没有文章提到 {name}（人、地、机构、提法、法规、文号）；可用 `xunzhang query {name}` 按字符串查找"),
            ),
            Self::FirstHere { term, period, start, documents } => (
                format!(
                    "{term}: {} articles, first in this collection {period}, which starts {start}",
                    grouped(*documents)
                ),
                format!("{term}：{} 篇，本库首见于 {period}（本库始于 {start}）", grouped(*documents)),
            ),
            Self::NeverHere { term } => (format!("{term}: in no article"), format!("{term}：没有文章提到")),
            Self::CannotRead { path } => {
                (format!("{} cannot be read", path.display()), format!("无法读取 {}", path.display()))
            }
            Self::NotUtf8 => {
                ("the line is not UTF-8: convert it first".into(), "这一行不是 UTF-8：请先转换编码".into())
            }
            Self::RecordWithoutText { path, line } => (
                format!("{}, line {line}: the record has no text; give it as \"text\"", path.display()),
                format!("{} 第 {line} 行：这条记录没有正文；请用 \"text\" 给出", path.display()),
            ),
            Self::NoRecord { path, line } => (
                format!("{}, line {line}: no record as JSON, like those before it", path.display()),
                format!("{} 第 {line} 行：不是 JSON 记录，与前面各行不同", path.display()),
            ),
            Self::DatesBackwards => ("--since is later than --until".into(), "--since 晚于 --until".into()),
            Self::ExcelIsCsv => (
                "--excel writes CSV: leave --format out, or give --format csv".into(),
                "--excel 输出的是 CSV：请省去 --format，或用 --format csv".into(),
            ),
            Self::MoreValues { values, option } => (
                format!("… and {} more values ({option} all lists them)", grouped(*values)),
                format!("……另有 {} 个值（{option} all 列出全部）", grouped(*values)),
            ),
            Self::WithoutValue { documents } => (
                format!("without a value: {}", grouped(*documents)),
                format!("没有值：{} 篇", grouped(*documents)),
            ),
            Self::BroaderDate { documents } => (
                format!("with a date that covers more than one: {}", grouped(*documents)),
                format!("日期跨越多个时段：{} 篇", grouped(*documents)),
            ),
            Self::Narrow { query } => (
                format!("to narrow: xunzhang query {}", quoted(query)),
                format!("缩小范围：xunzhang query {}", quoted(query)),
            ),
            Self::FacetsNeedText => (
                "--facet counts in text and JSON: leave --format out, or give --format json".into(),
                "--facet 只用于文本和 JSON：请省去 --format，或用 --format json".into(),
            ),
            Self::Counted { documents, occurrences } => (
                format!("{}, {} occurrences", articles(*documents, [""; 2]), grouped(*occurrences)),
                format!("共 {} 篇，{} 次", grouped(*documents), grouped(*occurrences)),
            ),
            Self::Apart { documents, occurrences, why } => {
                let (english, chinese) = match why {
                    Why::Undated => ("without a date", "没有日期"),
                    Why::Broader => ("with a date that covers more than a period", "日期超出一个时段"),
                    Why::Outside => ("with a date in no period", "日期不在任何时段内"),
                };
                let (documents, occurrences) = (grouped(*documents), grouped(*occurrences));
                (
                    format!("counted apart, {english}: {documents} ({occurrences} occurrences)"),
                    format!("另计，{chinese}：{documents} 篇（{occurrences} 次）"),
                )
            }
            Self::GroupsLeftOut { groups } => (
                format!("groups that are not shown: {} (--groups all shows them)", grouped(*groups)),
                format!("未显示的分组：{} 个（--groups all 显示全部）", grouped(*groups)),
            ),
            Self::GapsLeftOut => (
                "periods without an article are left out, for there are too many".into(),
                "时段过多，没有文章的时段已略去".into(),
            ),
            Self::GroupIsNoDate => (
                "--group-by takes source, author, folder or another key; years, months and days are --by".into(),
                "--group-by 用于来源、作者、目录或其他字段；年、月、日请用 --by".into(),
            ),
            Self::NoCollection => ("–: the index has no article then".into(), "–：索引中没有这一时段的文章".into()),
            Self::BadPeriods { path } => (
                format!("{} has faulty lines; a period is NAME,FROM,TO, as 汛期,2018-06,2018-08", path.display()),
                format!("{} 有错误的行；每行应为 名称,起,止，例如 汛期,2018-06,2018-08", path.display()),
            ),
            Self::NoPeriods { path } => (
                format!("{} has no period; write a line NAME,FROM,TO for each", path.display()),
                format!("{} 中没有时段；请每行写一个 名称,起,止", path.display()),
            ),
            Self::BadLine { line, fault } => (format!("line {line}: {fault}"), format!("第 {line} 行：{fault}")),
            Self::NotThreeFields => ("not three fields".into(), "不是三个字段".into()),
            Self::NotADate => {
                ("no date; write 2018, 2018-03 or 2018-03-05".into(), "不是日期；请写作 2018、2018-03 或 2018-03-05".into())
            }
            Self::NoName => ("no name".into(), "没有名称".into()),
            Self::PeriodBackwards => ("the end is before the begin".into(), "结束早于开始".into()),
            Self::FirstDigest => (
                "the first digest of this batch: everything is in it".into(),
                "这份清单的首次摘报：包含全部文章".into(),
            ),
            Self::NothingNew { query } => (format!("{query}: nothing new"), format!("{query}：没有新文章")),
            Self::DigestNeedsBatch => (
                "--since-last remembers a batch by its file: give --batch FILE, and not the standard input".into(),
                "--since-last 按清单文件记忆：请用 --batch 文件，而不是标准输入".into(),
            ),
            Self::NoStateFolder => (
                "there is no home folder to remember the last digest in: set XUNZHANG_STATE to a folder".into(),
                "没有主目录可记录上次摘报：请把 XUNZHANG_STATE 设为一个文件夹".into(),
            ),
            Self::BadState { path } => (
                format!("{} cannot be read: delete it, and the next digest has everything", path.display()),
                format!("无法读取 {}：请删除它，下次摘报将包含全部文章", path.display()),
            ),
            Self::Exported { documents } => (
                format!("exported {}", articles(*documents, [""; 2])),
                format!("已导出 {} 篇", grouped(*documents)),
            ),
            Self::HeaderIsCsv => (
                "--header is for CSV: the other formats have a header always".into(),
                "--header 只用于 CSV：其他格式总有文件头".into(),
            ),
            Self::NotInArticle { id } => (
                format!("{id}: the query marks nothing in the article, so there is nothing to quote"),
                format!("{id}：文章中没有与查询相符的文字，无可引用"),
            ),
            Self::NotACitation { line, error } => (
                format!("line {line} is no citation of `xunzhang cite --style json`: {error}"),
                format!("第 {line} 行不是 `xunzhang cite --style json` 的引文：{error}"),
            ),
            Self::NoCitation { path } => (
                format!("there is no citation in {}: write some with `xunzhang cite ID QUERY --style json`", path.display()),
                format!("{} 中没有引文：请用 `xunzhang cite 编号 查询 --style json` 生成", path.display()),
            ),
            Self::Holds => ("holds".into(), "相符".into()),
            Self::NotInIndex => ("the article is not in the index any more".into(), "索引中已没有这篇文章".into()),
            Self::TextChanged => ("the text in the index has changed".into(), "索引中的文字有变化".into()),
            Self::FileChanged => ("the file has changed".into(), "文件有变化".into()),
            Self::FileMissing => ("the file is not there".into(), "文件不存在".into()),
            Self::NotInFile => ("the article is not in the file any more".into(), "文件中已没有这篇文章".into()),
            Self::QuotationStands => ("the quotation is where it was".into(), "引文仍在原处".into()),
            Self::QuotationMoved { field, from, to } => (
                format!("the quotation has moved to bytes {from} to {to} of the {field}"),
                format!("引文移到了{}的第 {from}–{to} 字节", if *field == "title" { "标题" } else { "正文" }),
            ),
            Self::QuotationGone => ("the quotation is gone".into(), "引文已不存在".into()),
            Self::Viewed { documents, occurrences: None, took_ms } => (
                format!("{} in {}", articles(*documents, [""; 2]), time(*took_ms).0),
                format!("共 {} 篇，用时 {}", grouped(*documents), time(*took_ms).1),
            ),
            Self::Viewed { documents, occurrences: Some((places, having)), took_ms } => {
                let (plural, english) = (if *places == 1 { "" } else { "s" }, articles(*having, [""; 2]));
                let (places, having) = (grouped(*places), grouped(*having));
                let (found, took) = (grouped(*documents), time(*took_ms));
                (
                    format!("{places} occurrence{plural} in {english}, of {found} found, in {}", took.0),
                    format!("{having} 篇文章中共 {places} 处（检索到 {found} 篇），用时 {}", took.1),
                )
            }
            Self::RowsShown { shown, rows } => (
                format!("; {} of {} rows are shown (--limit all gives all)", grouped(*shown), grouped(*rows)),
                format!("；显示 {} 行中的 {} 行（--limit all 显示全部）", grouped(*rows), grouped(*shown)),
            ),
            Self::ByWords { words } => (format!("by the words: {words}"), format!("所据词语：{words}")),
            Self::IsHit { rank } => {
                (format!("a hit, number {} of all", grouped(*rank)), format!("命中，排在第 {} 篇", grouped(*rank)))
            }
            Self::IsNear { rank } => (
                format!("no exact hit; a near answer, number {} of all", grouped(*rank)),
                format!("不是确切的命中，是相近的文章，排在第 {} 篇", grouped(*rank)),
            ),
            Self::IsNoHit => ("no hit".into(), "没有命中".into()),
            Self::Stands { count: 1 } => ("stands there".into(), "有".into()),
            Self::Stands { count } => {
                (format!("stands there, {} times", grouped(*count)), format!("有，{} 处", grouped(*count)))
            }
            Self::StandsNot => ("does not stand there".into(), "没有".into()),
            Self::Excluding => ("excluded".into(), "应排除".into()),
            Self::FileNotIndexed { path } => (
                format!("there is a file {0}, but this index was not made of it, or before it: `xunzhang index {0}` adds it", path.display()),
                format!("文件 {0} 存在，但未收入这个索引，或比索引新：`xunzhang index {0}` 可加入", path.display()),
            ),
            Self::DidYouMean { queries } => (format!("Did you mean: {queries}"), format!("您是不是要找：{queries}？")),
            Self::NoVariants => (
                "nothing near to it is in the index; a term is 2 to 12 Han characters".into(),
                "索引中没有与它相近的写法；词语应为 2 至 12 个汉字".into(),
            ),
            Self::NoCompletions => {
                ("no word of the index begins like this".into(), "索引中没有以此开头的词语".into())
            }
        }
    }
}

/// A text as one word of a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// So many articles, and the verb that agrees.
fn articles(count: u64, verbs: [&str; 2]) -> String {
    let (plural, verb) = if count == 1 { ("", verbs[0]) } else { ("s", verbs[1]) };
    format!("{} article{plural} {verb}", grouped(count)).trim_end().to_owned()
}
