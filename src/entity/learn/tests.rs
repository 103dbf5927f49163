//! Terms that a small corpus makes plain, and strings that are none.

use super::*;

#[test]
fn quoted_programmes_and_set_phrases_are_proposed_with_evidence() {
    let mut learner = Learner::new(LearnOptions { documents: 4, ..LearnOptions::default() });
    let (towns, ends) =
        (["东山", "西河", "南桥", "北塘", "上庄", "下湾"], ["见效", "铺开", "收官", "提速", "扩面", "达标"]);
    for (at, (town, end)) in towns.iter().zip(ends).cycle().take(24).enumerate() {
        let body = format!("{town}镇推行“三水一账”制度,{town}落实竹海振兴{end}。村民说“回家吃饭”,天气晴朗。");
        learner.add("", &body, Some(Day(17_600 + at as i32)));
    }
    let proposals = learner.proposals(10, &|term| term.ends_with('镇'));
    let first = &proposals[0];
    assert_eq!((first.term.as_str(), first.documents, first.first), ("三水一账", 24, Some(Day(17_600))));
    assert!(first.quoted == 1.0 && first.cued == 1.0 && first.example.contains("三水一账"), "{first:?}");
    assert!(!proposals.iter().any(|proposal| proposal.term.ends_with('镇')), "{proposals:?}");
}

#[test]
fn nothing_is_proposed_of_nothing() {
    let mut learner = Learner::new(LearnOptions::default());
    learner.add("", "“", None);
    learner.add("”“", "", None);
    assert_eq!(learner.proposals(5, &|_| false), []);
}
