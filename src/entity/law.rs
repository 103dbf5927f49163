//! LAW CITATIONS: 《…法》第十二条第二款, 民法典第五条, 《…条例》（第572章）, 第7/2009号法律第三条, and further articles of a law
//! named before (、第十五条), whose value is the law with the article. A policy document in 《》 is no law, and neither is a
//! rule of a district. What a law says is left to who reads it.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::reading::{ends_before, is_digit, is_of_taiwan, number_at, one_of, stands};
use super::traits::Traits;
use super::{Span, Text};
use crate::analysis::{fold, is_han};
use crate::document::EntityKind;

/// Official names of laws, with short ones.
pub(super) const NAMES: &str = include_str!("data/laws.txt");

/// Longest name in 《》, in characters: judicial interpretations reach sixty.
const LONGEST_NAME: usize = 80;
/// How far behind a law its further articles may stand, in characters.
const CARRIES: usize = 300;
/// What a law calls itself: its own articles are no citations.
const ITSELF: [&str; 8] = ["本法", "本条例", "本办法", "本规定", "本细则", "本规则", "本解释", "本准则"];
/// What a name ends with, of a law whatever it is called before.
const LAWS: [&str; 5] = ["法", "条例", "法典", "通则", "准则"];
/// What a name ends with of rules, which local bodies and companies also make.
const RULES: [&str; 6] = ["办法", "规定", "规则", "细则", "解释", "章程"];
/// What ends with 法 and is no law.
const OTHER: [&str; 22] = [
    "方法", "做法", "想法", "看法", "说法", "书法", "兵法", "魔法", "用法", "打法", "教法", "写法", "算法", "语法",
    "手法", "疗法", "技法", "针法", "唱法", "司法", "立法", "执法",
];
/// Who makes rules that are no law: below the city of a province, or no authority.
const LOCAL: [&str; 15] =
    ["区", "县", "镇", "乡", "街道", "村", "社区", "学校", "公司", "集团", "大学", "学院", "医院", "中学", "小学"];
/// What ends the walk back from an article to where the bare name of a regulation begins.
const BEFORE: &str = "的了按照依据对和与及或违反以由从是用将把在见即有说其该本";

/// Official names by every name that the list knows, folded.
static KNOWN: LazyLock<FxHashMap<Vec<char>, String>> = LazyLock::new(known);

/// The last two characters of every name.
static ENDS: LazyLock<FxHashSet<(char, char)>> = LazyLock::new(|| {
    let end = |name: &Vec<char>| name.iter().rev().copied().zip(name.iter().rev().skip(1).copied()).next();
    KNOWN.keys().filter_map(end).map(|(last, before)| (before, last)).collect()
});

/// The citations of a text, in order.
pub(crate) fn find(text: &Text) -> Vec<Span> {
    let mut reader = Reader { text, chars: &text.chars, taiwan: None, last: None, found: Vec::new() };
    let mut next = 0;
    for at in text.places(Traits::LAW) {
        if at >= next {
            next = reader.step(at).unwrap_or(at + 1);
        }
    }
    reader.found
}

struct Reader<'a> {
    text: &'a Text,
    chars: &'a [char],
    taiwan: Option<bool>,
    /// The law that an article without a name belongs to, and its last article without paragraph.
    last: Option<(String, String)>,
    found: Vec<Span>,
}

impl Reader<'_> {
    /// What begins or ends at a place, and where to read on.
    fn step(&mut self, at: usize) -> Option<usize> {
        match self.chars[at] {
            '《' => self.titled(at),
            '第' => self.issued(at).or_else(|| self.article(at)),
            '、' if stands(self.chars, at + 1, "第") => self.paragraph(at + 1),
            '法' | '典' | '例' => self.bare(at),
            _ => None,
        }
    }

    /// A name in 《》, 〈〉 within it, and what follows.
    fn titled(&mut self, start: usize) -> Option<usize> {
        let close = title_end(self.chars, start)?;
        let name = self.text.slice(start + 1..close).to_owned();
        let mut end = chapter(self.chars, close + 1).unwrap_or(close + 1);
        let (article, after) = articles(self.chars, past_blank(self.chars, end));
        let cited = !article.is_empty() || end > close + 1;
        if !is_law(&name, cited, &self.chars[end..]) {
            self.last = None;
            return None;
        }
        let official = self.official(&name, &article);
        let value = official.as_ref().map(|full| format!("{full}{article}"));
        if !article.is_empty() {
            end = after;
        }
        self.last = Some((official.unwrap_or(name), without_paragraph(&article)));
        Some(self.push(start..end, value))
    }

    /// 第12/2021号行政法规 and 第7/2009号法律第三条 of Macau.
    fn issued(&mut self, start: usize) -> Option<usize> {
        let digits = self.chars[start + 1..].iter().take(9).take_while(|c| c.is_ascii_digit() || **c == '/').count();
        let number = start + 1 + digits;
        if !self.chars[start + 1..number].contains(&'/') || self.chars.get(number) != Some(&'号') {
            return None;
        }
        let (_, end) = one_of(self.chars, number + 1, &["法律", "行政法规", "法令", "经济法规"])?;
        let (article, after) = articles(self.chars, end);
        self.last = Some((string(&self.chars[start..end]), without_paragraph(&article)));
        Some(self.push(start..after, None))
    }

    /// An article: of a regulation named bare before it, or of the law named last.
    fn article(&mut self, start: usize) -> Option<usize> {
        let (article, end) = articles(self.chars, start);
        if article.is_empty() {
            return None;
        }
        if let Some(from) = self.named_before(start) {
            let name = string(&self.chars[from..start]);
            self.last = Some((name, without_paragraph(&article)));
            return Some(self.push(from..end, None));
        }
        let (law, _) = self.last.clone()?;
        let near = self.found.last().is_some_and(|last| start - last.chars.end <= CARRIES);
        if !near || self.is_its_own(start, end) {
            return None;
        }
        let value = Some(format!("{law}{article}"));
        self.last = Some((law, without_paragraph(&article)));
        Some(self.push(start..end, value))
    }

    /// Whether an article is one of the text that is read: a heading of it, or called its own.
    fn is_its_own(&self, start: usize, end: usize) -> bool {
        let before = self.chars[..start].iter().rev().find(|c| **c != ' ' && **c != '\u{3000}');
        let heads = before.is_none_or(|c| *c == '\n') || (before == Some(&'。') && self.chars.get(end) == Some(&' '));
        heads || ITSELF.iter().any(|name| ends_before(self.chars, start, name))
    }

    /// 、第二款 behind an article.
    fn paragraph(&mut self, start: usize) -> Option<usize> {
        let behind = self.found.last().is_some_and(|last| last.chars.end + 1 == start);
        let (law, article) = self.last.clone().filter(|_| behind)?;
        let end = parts(self.chars, start).filter(|end| *end > start)?;
        let value = format!("{law}{article}{}", string(&self.chars[start..end]));
        Some(self.push(start..end, Some(value)))
    }

    /// A listed name without 《》 that ends at a place, and what follows.
    fn bare(&mut self, at: usize) -> Option<usize> {
        let end = at + 1;
        let free = self.found.last().map_or(0, |last| last.chars.end);
        // Names end with few pairs of characters; most of what ends so is no name.
        if at == 0 || !ENDS.contains(&(self.chars[at - 1], self.chars[at])) {
            return None;
        }
        let longest = (end - free).min(30);
        let start = (2..=longest)
            .rev()
            .map(|length| end - length)
            .find(|start| KNOWN.contains_key(&self.chars[*start..end]))?;
        // 江苏省道路运输条例 is not the national one.
        if start.checked_sub(1).is_some_and(|before| "省市区州县港".contains(self.chars[before])) {
            return None;
        }
        if self.chars.get(end).is_some_and(|next| "》律规院治制定庭学官人".contains(*next)) {
            return None;
        }
        let (article, after) = articles(self.chars, end);
        // 刑法第五条 cites, 宪法 alone hardly does.
        if end - start == 2 && article.is_empty() {
            return None;
        }
        let name = string(&self.chars[start..end]);
        let official = self.official(&name, &article);
        let value = official.as_ref().map(|full| format!("{full}{article}"));
        self.last = Some((official.unwrap_or(name), without_paragraph(&article)));
        Some(self.push(start..if article.is_empty() { end } else { after }, value))
    }

    /// The official name of a law that is written short; none where it is written so, and in Taiwan, whose laws of the
    /// same short names are others. There articles are counted in digits.
    fn official(&mut self, name: &str, article: &str) -> Option<String> {
        let full = KNOWN.get(&name.chars().collect::<Vec<_>>()).filter(|full| *full != name)?;
        if article.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let text = self.text;
        (!*self.taiwan.get_or_insert_with(|| is_of_taiwan(text))).then(|| full.clone())
    }

    /// Where the bare name of a regulation begins that ends at an article.
    fn named_before(&self, end: usize) -> Option<usize> {
        let free = self.found.last().map_or(0, |last| last.chars.end);
        let run =
            self.chars[free..end].iter().rev().take(30).take_while(|c| is_han(**c) && !BEFORE.contains(**c)).count();
        let name = string(&self.chars[end - run..end]);
        let kinds = ["条例", "办法", "规定", "法", "细则", "准则"];
        let is_law = run >= 4 && kinds.iter().any(|kind| name.ends_with(kind)) && !is_other(&name);
        is_law.then_some(end - run)
    }

    fn push(&mut self, chars: Range<usize>, value: Option<String>) -> usize {
        let end = chars.end;
        self.found.push(Span { kind: EntityKind::Law, chars, value, confidence: 0.95 });
        end
    }
}

/// Whether the name in 《》 is of a law; `cited` where an article follows it.
fn is_law(name: &str, cited: bool, after: &[char]) -> bool {
    let name = without_note(name);
    if is_other(name) {
        return false;
    }
    let local = LOCAL.iter().any(|kind| name.find(kind).is_some_and(|at| at > 3 && at <= 24));
    let interprets = name.ends_with("解释") || name.contains("适用");
    if name.starts_with("关于") || name.contains("关于印发") {
        return interprets && name.chars().count() > 8;
    }
    if name.ends_with("宪法")
        || name.ends_with("法典")
        || LAWS.iter().any(|end| name.ends_with(end)) && !RULES[0].eq(name)
    {
        return name.chars().count() > 2 && !name.ends_with("办法")
            || name == "宪法"
            || name.ends_with("办法") && rule(name, cited, local, after);
    }
    if name.ends_with("章程") {
        return name.starts_with("中国共产党") || cited;
    }
    RULES.iter().any(|end| name.ends_with(end)) && rule(name, cited, local, after)
}

/// Whether rules are law: made above the county, and not by a city that only names them.
fn rule(name: &str, cited: bool, local: bool, after: &[char]) -> bool {
    let of_city = name.find('市').is_some_and(|at| at <= 12);
    let decreed = after.first() == Some(&'(') && after.iter().take(24).any(|c| *c == '令');
    !local && (cited || decreed || !of_city)
}

fn is_other(name: &str) -> bool {
    OTHER.iter().any(|other| name.ends_with(other))
}

/// A name without （试行） or （2018年修正） at its end.
fn without_note(name: &str) -> &str {
    match name.rfind('(') {
        Some(at) if name.ends_with(')') && at > 0 && !name.contains("草案") => &name[..at],
        _ => name,
    }
}

/// Where the 》 of a 《 stands.
fn title_end(chars: &[char], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in chars.iter().enumerate().skip(start).take(LONGEST_NAME) {
        match c {
            '《' => depth += 1,
            '》' if depth <= 1 => return Some(at),
            '》' => depth -= 1,
            '\n' => return None,
            _ => {}
        }
    }
    None
}

/// Where (第572章) ends.
fn chapter(chars: &[char], at: usize) -> Option<usize> {
    let open = *chars.get(at).filter(|c| **c == '(')?;
    let close = chars[at..].iter().take(12).position(|c| super::reading::closing(open) == Some(*c))? + at;
    (chars.get(at + 1) == Some(&'第') && chars[close - 1] == '章').then_some(close + 1)
}

/// The article at a place with its paragraphs, as written, and where it ends; empty where none stands.
fn articles(chars: &[char], at: usize) -> (String, usize) {
    let Some(mut end) = article_end(chars, at) else { return (String::new(), at) };
    if let Some(to) = one_of(chars, end, &["至", "到", "—", "-"]).and_then(|(_, past)| article_end(chars, past)) {
        end = to;
    }
    (string(&chars[at..end]), end)
}

/// Where 第十二条之一第二款第三项 ends.
fn article_end(chars: &[char], at: usize) -> Option<usize> {
    if chars.get(at) != Some(&'第') {
        return None;
    }
    let (_, past) = number_at(chars, past_blank(chars, at + 1))?;
    let past = past_blank(chars, sub_article(chars, past));
    // 第五条路 is no article, and 第三条道路 neither.
    if chars.get(past) != Some(&'条') || chars.get(past + 1).is_some_and(|next| "路道线约河生街船战腿".contains(*next))
    {
        return None;
    }
    let mut end = past + 1;
    if chars.get(end) == Some(&'之')
        && let Some((_, past)) = number_at(chars, end + 1)
    {
        end = past;
    }
    parts(chars, end)
}

/// Where the (1) of 第39(1)条 ends, as Hong Kong cites.
fn sub_article(chars: &[char], at: usize) -> usize {
    let open = usize::from(chars.get(at) == Some(&'('));
    match number_at(chars, at + open) {
        Some((_, past)) if open == 1 && chars.get(past) == Some(&')') => past + 1,
        _ => at,
    }
}

/// Where the paragraphs and items at a place end: 第二款第(三)项; the place itself where there are none.
fn parts(chars: &[char], mut end: usize) -> Option<usize> {
    while chars.get(end) == Some(&'第') {
        let open = usize::from(chars.get(end + 1) == Some(&'('));
        let Some((_, past)) = number_at(chars, end + 1 + open) else { break };
        let past = past + open;
        match chars.get(past) {
            Some('款' | '项' | '目') => end = past + 1,
            _ => break,
        }
    }
    Some(end)
}

/// An article without its paragraphs.
fn without_paragraph(article: &str) -> String {
    match article.find('条') {
        Some(at) => {
            let rest: String =
                article[at + '条'.len_utf8()..].chars().take_while(|c| *c == '之' || is_digit(*c)).collect();
            format!("{}条{rest}", &article[..at])
        }
        None => String::new(),
    }
}

fn past_blank(chars: &[char], at: usize) -> usize {
    at + usize::from(chars.get(at) == Some(&' '))
}

fn string(chars: &[char]) -> String {
    chars.iter().collect()
}

fn known() -> FxHashMap<Vec<char>, String> {
    const REPUBLIC: &str = "中华人民共和国";
    let mut known = FxHashMap::default();
    for line in NAMES.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line.starts_with('#') {
            continue;
        }
        let mut names = line.split_whitespace().map(fold);
        let Some(official) = names.next() else { continue };
        let short = official.strip_prefix(REPUBLIC).map(str::to_owned);
        for name in names.chain(short).chain([official.clone()]) {
            known.insert(name.chars().collect(), official.clone());
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let text = Text::new(text);
        let written = |span: Span| {
            let value = span.value.map(|value| format!("={value}")).unwrap_or_default();
            text.slice(span.chars).to_owned() + &value
        };
        find(&text).into_iter().map(written).collect()
    }

    #[test]
    fn articles_belong_to_the_law_named() {
        for (text, expected) in [
            ("依据《中华人民共和国行政诉讼法》第二十五条第四款", vec!["《中华人民共和国行政诉讼法》第二十五条第四款"]),
            (
                "《中华人民共和国企业破产法》第八十七条、第九十一条，也参考了",
                vec!["《中华人民共和国企业破产法》第八十七条", "第九十一条=中华人民共和国企业破产法第九十一条"],
            ),
            ("老年人权益保障法第十八条的", vec!["老年人权益保障法第十八条=中华人民共和国老年人权益保障法第十八条"]),
            ("依《傳染病防治法》第25條通知", vec!["《传染病防治法》第25条"]),
            ("《消防安全（建築物）條例》（第572章）變成", vec!["《消防安全(建筑物)条例》(第572章)"]),
            ("依《道路交通條例》（第374章）第39(1)條", vec!["《道路交通条例》(第374章)第39(1)条"]),
            ("引用第7/2009號法律第三條，", vec!["第7/2009号法律第三条"]),
            ("依照第12/2021號行政法規訂立", vec!["第12/2021号行政法规"]),
            ("违反江苏省道路运输条例第二十七条", vec!["江苏省道路运输条例第二十七条"]),
            (
                "《最高人民法院关于审理民间借贷案件适用法律若干问题的规定》第二条",
                vec!["《最高人民法院关于审理民间借贷案件适用法律若干问题的规定》第二条"],
            ),
        ] {
            assert_eq!(found(text), expected);
        }
    }

    #[test]
    fn a_law_does_not_cite_itself() {
        assert_eq!(found("根据《中华人民共和国建筑法》，制定本条例。\n第二条 本条例第八条\n第三条 按照").len(), 1);
        assert_eq!(found("将刑法第五条修改"), ["刑法第五条=中华人民共和国刑法第五条"]);
    }

    #[test]
    fn policy_documents_are_no_laws() {
        for text in [
            "《关于做好校外培训机构分类登记的通知》第三条",
            "《麦积区河道管理办法》",
            "《孙子兵法》",
            "第三条道路",
            "《天水市防灾预案》",
            "《合作备忘录》第五条",
            "违反本条例第五条",
            "第三条 本市鼓励",
            "依法第一",
            "第",
            "《",
            "《》第一条",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
