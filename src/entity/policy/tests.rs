//! Terms in their contexts, of the list, of a user, and coined ones.

use super::*;

fn found(terms: &Terms, text: &str) -> Vec<String> {
    let text = Text::new(text);
    terms.find(&text).into_iter().map(|span| text.slice(span.chars).to_owned()).collect()
}

#[test]
fn every_line_of_the_list_is_read() {
    let mut terms = Terms { trie: Trie::default() };
    let faults: Vec<_> = POLICY_TERMS.lines().filter(|line| terms.add(line).is_err()).collect();
    assert_eq!(faults, Vec::<&str>::new());
    let lines = POLICY_TERMS.lines().filter(|line| !line.is_empty() && !line.starts_with(['#', '-'])).count();
    assert!(lines >= 600, "{lines} terms");
}

#[test]
fn listed_terms_are_found_in_any_writing_and_the_longest_wins() {
    let terms = Terms::new();
    for (text, expected) in [
        ("實現兩不愁、三保障", vec!["两不愁、三保障"]),
        ("“两不愁”“三保障”突出问题", vec!["两不愁", "三保障"]),
        ("深化“放管服”改革", vec!["放管服"]),
        ("打赢脱贫攻坚战,实施乡村振兴战略", vec!["脱贫攻坚战", "乡村振兴战略"]),
        ("碳達峰、碳中和", vec!["碳达峰", "碳中和"]),
        ("三农村和第三农场,十三农户", vec![]),
        ("新时代“枫桥经验”", vec!["枫桥经验"]),
        ("推行“走出去”,走出去看看", vec!["走出去"]),
    ] {
        assert_eq!(found(&terms, text), expected, "{text}");
    }
    assert_eq!(terms.canonical("双随机一公开"), Some("双随机、一公开"));
    assert_eq!(terms.canonical("供给侧改革"), Some("供给侧结构性改革"));
}

#[test]
fn a_quoted_formula_is_a_term_and_a_quoted_saying_is_none() {
    let terms = Terms::new();
    for (text, expected) in [
        ("以“六净一规范”为抓手", vec!["六净一规范"]),
        ("严格落实“峪长制”,年底前", vec!["峪长制"]),
        ("全面推行路长制", vec!["路长制"]),
        ("实行“一窗受理、三天答复”。", vec!["一窗受理、三天答复"]),
        ("把「一表三免」真正做起來", vec!["一表三免"]),
        ("「巡、倒、清、刷」四個字", vec!["巡、倒、清、刷"]),
        ("高平人叫他“老姬”", vec![]),
        ("写好“后半篇文章”", vec![]),
        ("他说“明天再来吧”", vec![]),
        ("首届“村超”热身赛", vec![]),
    ] {
        assert_eq!(found(&terms, text), expected, "{text}");
    }
}

#[test]
fn a_user_adds_terms_and_takes_some_away() {
    let terms = Terms::with("# ours\n金竹工程 金竹、工程\n- 乡村旅游\n").expect("the lines are terms");
    assert_eq!(found(&terms, "金竹工程带动乡村旅游"), ["金竹工程"]);
    let error = Terms::with("一户一策\n一").expect_err("one character");
    assert_eq!(error.line, 2);
}
