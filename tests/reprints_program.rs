//! Promise: an answer for people shows a text once, however often it was printed, and says how often; a list for machines
//! has every printing unless told otherwise; totals never depend on it. `reprints` tells where a text was printed and what
//! each printing changed.
#![cfg(feature = "cli")]

#[allow(dead_code, reason = "made for other tests too")]
#[path = "support/variants.rs"]
mod variants;

#[path = "support/desk.rs"]
mod desk;

use desk::Desk;
use serde_json::{Value, json};

/// Printings of the story with 核桃: five. Three notices of prices and a round-up have the word too.
const TOTAL: u64 = 9;
const GROUPS: u64 = 5;

fn records() -> Vec<Value> {
    let record = |document: &xunzhang::Document| {
        let date = document.date.map(|date| date.to_string());
        let (id, title, source) = (document.label(), &document.title, &document.source);
        json!({ "id": id, "title": title, "date": date, "source": source, "text": document.body })
    };
    variants::own().iter().map(|(_, document)| record(document)).collect()
}

#[test]
fn text_shows_a_family_as_one_hit() {
    let desk = Desk::of_records(&records());
    let (code, out, err) = desk.run(&["query", "核桃"]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(out.matches("夜校").count().min(1), 1, "{out}");
    assert_eq!(out.matches("+4 reprints").count(), 1, "{out}");
    assert!(
        out.contains("first printed: 2019-03-02 镇政府网站 school-5") || out.contains("· school-5\n   +4"),
        "{out}"
    );
    assert!(err.contains("9 articles") && err.contains("without reprints: 5"), "{err}");
    let chinese = desk.run(&["--lang", "zh", "query", "核桃"]);
    assert!(chinese.1.contains("+4 转载") && chinese.2.contains("合并转载后 5 篇"), "{} {}", chinese.1, chinese.2);
    let (_, all, err) = desk.run(&["query", "核桃", "--all"]);
    assert!(all.contains("\n9. ") || all.contains("9. "), "{all}");
    assert!(!all.contains("reprint") && !err.contains("without reprints"), "{all} {err}");
}

#[test]
fn pages_count_what_is_shown() {
    let desk = Desk::of_records(&records());
    let first = desk.run(&["query", "核桃", "--limit", "3"]);
    assert!(first.2.contains("1 to 3 are shown") && first.1.contains("3. ") && !first.1.contains("4. "), "{}", first.2);
    let last = desk.run(&["query", "核桃", "--limit", "3", "--offset", "3"]);
    assert!(last.1.contains("4. ") && last.1.contains("5. ") && !last.1.contains("6. "), "{}", last.1);
    let family = |text: &str| text.contains("+4 reprints");
    assert!(family(&first.1) != family(&last.1), "a family is on one page alone");
}

#[test]
fn machines_get_every_printing_unless_told() {
    let desk = Desk::of_records(&records());
    let lines = desk.lines(&["query", "核桃", "--format", "json", "--relax", "never"]);
    let summary = lines.last().expect("a summary");
    assert_eq!((lines.len() as u64 - 1, &summary["total"]["value"]), (TOTAL, &json!(TOTAL)));
    assert_eq!(summary["groups"], json!(GROUPS));
    assert!(lines.iter().all(|line| line.get("reprints").is_none()));
    let folded = desk.lines(&["query", "核桃", "--format", "json", "--relax", "never", "--collapse"]);
    let summary = folded.last().expect("a summary");
    assert_eq!((folded.len() as u64 - 1, &summary["total"]["value"]), (GROUPS, &json!(TOTAL)));
    let counts: Vec<&Value> = folded.iter().filter_map(|line| line.get("reprints")).collect();
    assert_eq!((counts.len(), &counts[0]["count"]), (1, &json!(4)));
    for (options, wanted) in [(&[][..], TOTAL), (&["--collapse"], GROUPS)] {
        for format in ["ids", "trec", "csv"] {
            let arguments = [&["query", "核桃", "--format", format, "--relax", "never"], options].concat();
            let rows = match format {
                "csv" => csv::Reader::from_reader(desk.run(&arguments).1.as_bytes()).records().count(),
                _ => desk.run(&arguments).1.lines().count(),
            };
            assert_eq!(rows as u64, wanted, "{arguments:?}");
        }
    }
    let exported = desk.run(&["export", "核桃"]).1;
    assert!(exported.matches("school-").count() >= 5, "{exported}");
}

#[test]
fn printings_are_told_the_earliest_first() {
    let desk = Desk::of_records(&records());
    let lines = desk.lines(&["reprints", "school-3", "--diff", "--format", "json"]);
    let ids: Vec<&str> = lines.iter().filter_map(|line| line["id"].as_str()).collect();
    assert_eq!((ids[0], ids[1], ids[4]), ("school-5", "school-1", "school-4"), "{ids:?}");
    let summary = lines.last().expect("a summary");
    assert_eq!(
        (&summary["total"], &summary["id"], &summary["type"]),
        (&json!(5), &json!("school-3"), &json!("summary"))
    );
    // The other script is no change; a cut paragraph is one stretch.
    let of = |id: &str| lines.iter().find(|line| line["id"] == id && line["type"] == "reprint").expect("a printing");
    let fates = |id: &str| -> Vec<&str> {
        of(id)["changes"]["body"].as_array().into_iter().flatten().filter_map(|one| one["fate"].as_str()).collect()
    };
    assert_eq!((fates("school-4"), fates("school-3")), (vec!["kept"], vec!["kept", "cut"]));
    assert_eq!(of("school-3")["changes"]["against"], "school-5");
    let (code, out, err) = desk.run(&["reprints", "school-1", "--diff"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("{+本报讯（记者 林可心）+}") && out.contains("[-六十三岁的村民"), "{out}");
    assert!(out.contains("the same text") && err.contains("printed 5 times"), "{out} {err}");
    let coloured = desk.run(&["--color", "always", "reprints", "school-1", "--diff"]).1;
    assert!(!coloured.contains("{+") && coloured.contains('\u{1b}'), "{coloured}");
}

#[test]
fn a_pair_is_compared_unasked_and_a_template_is_told_apart() {
    let desk = Desk::of_records(&records());
    let (code, out, _) = desk.run(&["reprints", "library-1"]);
    assert!(code == 0 && out.contains("来源：秦州晚报") && (out.contains("{+") || out.contains("[-")), "{out}");
    let (code, out, err) = desk.run(&["reprints", "weather-1"]);
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("the same template with other facts: 1") && err.contains("no reprint"), "{out} {err}");
    assert_eq!(desk.run(&["reprints", "nobody"]).0, 1);
    let stats = &desk.lines(&["stats", "--format", "json"])[0];
    assert_eq!((&stats["families"], &stats["reprints"]), (&json!(2), &json!(5)));
}

#[test]
fn families_follow_the_folder() {
    let desk = Desk::of_records(&records());
    let groups = || desk.lines(&["query", "核桃", "--format", "json", "--relax", "never"]).pop().expect("a summary");
    let story = variants::own()[0].1.body.clone();
    let another =
        json!({ "id": "school-6", "title": "转载", "date": "2019-03-01", "text": format!("据镇报消息，{story}") });
    desk.write("corpus/b.jsonl", &another.to_string());
    assert_eq!(desk.run(&["index"]).0, 0);
    let now = groups();
    assert_eq!((&now["total"]["value"], &now["groups"]), (&json!(TOTAL + 1), &json!(GROUPS)));
    let first = desk.lines(&["reprints", "school-1", "--format", "json"])[0]["id"].clone();
    assert_eq!(first, "school-6");
    // Another text under the same id leaves the family.
    desk.write("corpus/b.jsonl", &json!({ "id": "school-6", "title": "核桃", "text": "核桃今年丰收。" }).to_string());
    assert_eq!(desk.run(&["index"]).0, 0);
    let now = groups();
    assert_eq!((&now["total"]["value"], &now["groups"]), (&json!(TOTAL + 1), &json!(GROUPS + 1)));
}
