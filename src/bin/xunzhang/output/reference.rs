//! A citation as a list of references has it, after GB/T 7714—2015 (信息与文献 参考文献著录规则), sections 4.5 (articles of
//! newspapers) and 4.6 (electronic resources): responsible persons, title with the signs of type and carrier, source,
//! date, the day of access in square brackets, address.

use xunzhang::Citation;
use xunzhang::snippet::shown;

/// Persons that are named; `等` stands for the others (section 8.1.2).
const NAMED: usize = 3;

/// The reference on one line.
pub fn gbt7714(citation: &Citation) -> String {
    let title = shown(&citation.title);
    let source = citation.source.as_deref().map(shown).unwrap_or_default();
    let date = citation.date.clone().unwrap_or_default();
    let newspaper = source.ends_with(['报', '報']);
    let accessed = citation.accessed.as_ref().map(|day| format!("[{day}]")).unwrap_or_default();
    let Some(url) = &citation.url else {
        let sign = if source.is_empty() { "[Z]" } else { "[N]" };
        let facts: Vec<&str> = [source.as_str(), &date].into_iter().filter(|fact| !fact.is_empty()).collect();
        return sentences(&[people(&citation.authors), title + sign, facts.join(", ")]);
    };
    if newspaper {
        let facts: Vec<&str> = [source.as_str(), &date].into_iter().filter(|fact| !fact.is_empty()).collect();
        let facts = facts.join(", ") + &accessed;
        return sentences(&[people(&citation.authors), title + "[N/OL]", facts, url.clone()]);
    }
    // A site without a named author is responsible itself.
    let (responsible, publisher) = match citation.authors.is_empty() {
        true => (source, String::new()),
        false => (people(&citation.authors), source),
    };
    let published = if date.is_empty() { String::new() } else { format!("({date})") };
    let facts = publisher + &published + &accessed;
    sentences(&[responsible, title + "[EB/OL]", facts, url.clone()])
}

fn people(authors: &[String]) -> String {
    let mut named: Vec<String> = authors.iter().take(NAMED).map(|author| shown(author)).collect();
    if authors.len() > NAMED {
        named.push("等".to_owned());
    }
    named.join(", ")
}

fn sentences(parts: &[String]) -> String {
    let said: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    said.join(". ") + "."
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn reference(facts: serde_json::Value) -> String {
        let mut line = json!({"version": 1, "id": "1", "key": "", "title": "五龍鎮\n造林", "authors": [], "source": null,
            "date": null, "url": null, "root": "", "path": null, "file_hash": null, "text_hash": "", "query": "造林",
            "field": "body", "bytes": [0, 6], "chars": [0, 2], "quotation": "造林", "type": "citation"});
        for (name, value) in facts.as_object().into_iter().flatten() {
            line[name] = value.clone();
        }
        gbt7714(&serde_json::from_value(line).expect("a citation"))
    }

    #[test]
    fn newspapers_sites_and_the_rest_have_their_own_forms() {
        let (paper, site, day, url) = ("麦川日报", "麦川网", "2018-03-05", "https://a.example/1");
        let rows = [
            (
                json!({"source": paper, "date": day, "authors": ["张智明", "李红"]}),
                "张智明, 李红. 五龍鎮造林[N]. 麦川日报, 2018-03-05.",
            ),
            (json!({"source": paper, "authors": ["甲", "乙", "丙", "丁"]}), "甲, 乙, 丙, 等. 五龍鎮造林[N]. 麦川日报."),
            (
                json!({"source": paper, "date": day, "url": url, "accessed": "2026-01-02"}),
                "五龍鎮造林[N/OL]. 麦川日报, 2018-03-05[2026-01-02]. https://a.example/1.",
            ),
            (
                json!({"source": site, "date": day, "url": url}),
                "麦川网. 五龍鎮造林[EB/OL]. (2018-03-05). https://a.example/1.",
            ),
            (
                json!({"source": site, "date": day, "url": url, "authors": ["张智明"], "accessed": "2026-01-02"}),
                "张智明. 五龍鎮造林[EB/OL]. 麦川网(2018-03-05)[2026-01-02]. https://a.example/1.",
            ),
            (json!({"url": url}), "五龍鎮造林[EB/OL]. https://a.example/1."),
            (json!({"date": "2018"}), "五龍鎮造林[Z]. 2018."),
        ];
        for (facts, wanted) in rows {
            assert_eq!(reference(facts), wanted);
        }
    }
}
