//! Reprints and templates: a set of our own, and what is made of given stories. A reprint has another headline, byline,
//! dateline, script, lines of source and editor, or was cut; a template has other numbers.

use std::collections::HashMap;
use std::sync::LazyLock;

use xunzhang::{DateSpan, Document};

/// Numbers that come again in every run (an LCG of Knuth's).
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }

    fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

const PAPERS: [&str; 5] = ["陇原晨报", "秦州晚报", "渭水新闻网", "西部导报", "麦积融媒"];
const PEOPLE: [&str; 5] = ["林可心", "赵一川", "孙雨桐", "何远山", "白露"];

/// A story as another paper prints it.
pub fn reprinted(story: &Document, id: &str, random: &mut Random) -> Document {
    let (paper, person) = (random.one_of(&PAPERS), random.one_of(&PEOPLE));
    let mut body = match random.below(3) {
        0 => story.body.clone(),
        1 => without_a_stretch(&story.body, random),
        _ => shortened(&story.body, random),
    };
    match random.below(4) {
        0 => body = format!("本报讯（记者 {person}）{body}"),
        1 => body = format!("{paper}{}月{}日电 {body}", 1 + random.below(12), 1 + random.below(28)),
        2 => body = format!("{}\n\n{body}", story.title),
        _ => {}
    }
    match random.below(4) {
        0 => body += &format!("\n（责任编辑：{person}）"),
        1 => body = format!("来源：{paper}\n作者：{person}\n{body}\n编辑：{person}"),
        2 => body += &format!("\n\n原标题：{}", story.title),
        _ => {}
    }
    if random.below(3) == 0 {
        body = traditional(&body);
    }
    let title = match random.below(3) {
        0 => story.title.clone(),
        1 => format!("{paper}：{}", story.title),
        _ => story.title.chars().skip(4).collect(),
    };
    let mut reprint = Document::new(id, title, body);
    (reprint.date, reprint.source) = (story.date, Some(paper.to_owned()));
    reprint
}

/// A story with other numbers, where it has enough of them: more than one in eighty characters, and five.
pub fn other_facts(story: &Document, id: &str, random: &mut Random) -> Option<Document> {
    let runs = |text: &str| text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).count();
    let numbers = runs(&story.body);
    if numbers < 5 || numbers * 80 < story.body.chars().count() {
        return None;
    }
    let mut digit = |c: char| match c.to_digit(10) {
        Some(digit) => char::from_digit((digit + 1 + random.below(8) as u32) % 10, 10).unwrap_or(c),
        None => c,
    };
    let body: String = story.body.chars().map(&mut digit).collect();
    let mut other = Document::new(id, story.title.clone(), body);
    (other.date, other.source) = (story.date, story.source.clone());
    Some(other)
}

/// Without its last sentences, of which three fifths to nine tenths stay.
fn shortened(body: &str, random: &mut Random) -> String {
    let sentences: Vec<&str> = body.split_inclusive('。').collect();
    let stays = (sentences.len() * (60 + random.below(31))).div_ceil(100);
    sentences[..stays].concat()
}

/// Without a stretch of sentences, at most a third.
fn without_a_stretch(body: &str, random: &mut Random) -> String {
    let sentences: Vec<&str> = body.split_inclusive('。').collect();
    let most = sentences.len() / 3;
    let (from, length) = (random.below(sentences.len()), random.below(most + 1));
    let end = (from + length).min(sentences.len());
    sentences[..from].concat() + &sentences[end..].concat()
}

/// In traditional characters, one by one.
fn traditional(text: &str) -> String {
    static TABLE: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
        let lines = include_str!("../../src/analysis/data/opencc/STCharacters.txt").lines();
        lines
            .filter_map(|line| line.split_once('\t'))
            .filter_map(|(from, to)| Some((from.chars().next()?, to.chars().next()?)))
            .collect()
    });
    text.chars().map(|c| TABLE.get(&c).copied().unwrap_or(c)).collect()
}

/// Articles of our own, each with the text that it prints: five reprints of one story, two of another, five days of
/// weather, three of prices, and a round-up.
pub fn own() -> Vec<(String, Document)> {
    let (story, second) = (
        "五龙镇干部把夜校办到了核桃林。每周三晚上七点，村民带着小板凳围坐在林场的空地上，听农技员讲修剪、施肥和病虫害防治。\
        镇长张智明说，过去培训在镇上开，来的人少，记住的更少；现在树在哪里，课就在哪里。\n\
        夜校从去年11月开始，已经讲了26课，听课的有1400多人次。林场的账也变了样：去年每亩收入不到900元，今年订单价格定在每公斤12元，\
        预计每亩能到1600元。\n\
        六十三岁的村民付守田种了二十年核桃，从来没有给树剪过枝。“头一回下剪子心疼，”他说，“秋天看见果子就不疼了。”\
        他如今是夜校的助教，讲的是自己那三亩地。",
        "市图书馆今天宣布，从下月1日起延长开放时间，周二到周日开到晚上十点。馆长何远山介绍，去年到馆读者达到42万人次，\
        其中三成在下班以后。延长开放之后，自习室增加180个座位，儿童阅览区保留一名值班馆员。\n\
        馆里同时取消了外借押金，凭身份证即可办理借书证，每次可借十本，借期六十天。",
    );
    let document = |id: &str, title: &str, body: String, date: &str, source: &str| {
        let mut document = Document::new(id, title, body);
        (document.date, document.source) = (DateSpan::parse(date), Some(source.to_owned()));
        document
    };
    let cut = story.rsplit_once('\n').map_or(story, |(kept, _)| kept);
    let weather = |day: usize, low: usize, high: usize, sky: &str, wind: usize| {
        format!(
            "市气象台3月{day}日17时发布天气预报：今天夜间到明天白天，全市{sky}，川区最低气温{low}度，最高气温{high}度，偏东风{wind}级。\
            请各乡镇做好果树防冻工作，设施农业注意夜间保温，驾车出行注意路面湿滑。"
        )
    };
    let prices = |day: usize, walnut: usize, pepper: usize, apple: usize| {
        format!(
            "据镇农贸市场监测，3月{day}日主要农产品批发价格如下：核桃每公斤{walnut}元，花椒每公斤{pepper}元，苹果每公斤{apple}元。\
            市场货源充足，价格总体平稳，预计近期不会有大的波动。"
        )
    };
    let named = |text: &str, document: Document| (text.to_owned(), document);
    let mut own = vec![
        named("school", document("school-1", "夜校办到核桃林", story.to_owned(), "2019-03-04", "五龙镇报")),
        named(
            "school",
            document(
                "school-2",
                "林中夜校",
                format!("本报讯（记者 林可心）{story}\n（责任编辑：白露）"),
                "2019-03-05",
                "渭水新闻网",
            ),
        ),
        named("school", document("school-3", "五龙镇：树在哪里课在哪里", cut.to_owned(), "2019-03-05", "秦州晚报")),
        named("school", document("school-4", "夜校辦到核桃林", traditional(story), "2019-03-07", "陇原晨报")),
        named("school", document("school-5", "夜校办到核桃林", story.to_owned(), "2019-03-02", "镇政府网站")),
        named("library", document("library-1", "图书馆开到晚上十点", second.to_owned(), "2019-03-06", "秦州晚报")),
        named(
            "library",
            document("library-2", "市图书馆取消押金", format!("来源：秦州晚报\n{second}"), "2019-03-06", "麦积融媒"),
        ),
    ];
    let sky = ["晴间多云", "阴有小雪", "多云转晴", "晴", "阴"];
    for day in 1..=5 {
        let id = format!("weather-{day}");
        let text = weather(day + 3, day, 9 + 2 * day, sky[day - 1], 1 + day % 4);
        own.push(named(&id, document(&id, "天气预报", text, &format!("2019-03-{:02}", day + 3), "市气象台")));
    }
    for day in 1..=3 {
        let id = format!("prices-{day}");
        let text = prices(day + 3, 11 + day, 60 + 3 * day, 5 + day);
        own.push(named(&id, document(&id, "农产品价格", text, &format!("2019-03-{:02}", day + 3), "镇农贸市场")));
    }
    let weather = weather(4, 1, 11, sky[0], 2);
    let round_up = format!("{second}\n\n{weather}\n\n{}\n\n{story}", prices(4, 12, 63, 6));
    own.push(named("round-up", document("round-up", "一周要闻", round_up, "2019-03-08", "麦积融媒")));
    own
}
