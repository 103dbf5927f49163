//! Laws of recognition that hold for any text: mentions and passages lie inside, on borders of characters, in order and
//! without overlap, and nothing panics, whatever pieces of names, marks and strange characters come together.

use proptest::prelude::*;
use proptest::sample::select;
use xunzhang::document::Mention;
use xunzhang::entity::{Article, Recogniser};
use xunzhang::{DateSpan, analysis};

/// Pieces that the rules look for, and what may stand between them.
#[rustfmt::skip]
const PARTS: [&str; 72] = [
    "麦积区委书记", "張智明", "张智明", "司马玉洁", "副区长", "、", "，", "。", "：", "“", "”", "「", "」", "‘", "\n", "《", "》", "说", "強調", "表示", "他", "她", "老", "小", "阿",
    "秦", "总", "奶奶", "某", "某某", "先生", "·", "‧", "．", "-", "玛丽安娜", "里维拉", "天水", "天水市", "五龙镇", "甘川", "两省", "市", "区", "县", "委", "政府", "农业农村局", "局长", "有限公司",
    "太盛祥医药", "大学", "村", "河", "和", "的", "要", "2018年", "3月5日", "国发〔2019〕5号", "第十二条", "脱贫攻坚", "一户一策", "①", "é", "\u{301}", "(zhèn)", " ", "A", "𫍯", "名叫", "本报记者",
];

fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![9 => select(&PARTS[..]).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

/// Pieces in which each character folds to one by itself.
fn plain() -> impl Strategy<Value = String> {
    let single = |part: &&str| part.chars().count() > 1 && analysis::fold(part).chars().count() == part.chars().count();
    let parts: Vec<&str> = PARTS.into_iter().filter(single).collect();
    prop::collection::vec(select(parts), 0..60).prop_map(|parts| parts.concat())
}

fn holds(text: &str, mentions: &[Mention]) -> Result<(), TestCaseError> {
    let mut last = 0;
    for mention in mentions {
        prop_assert!(mention.bytes.start >= last && mention.bytes.start < mention.bytes.end, "{mention:?} in {text:?}");
        prop_assert!(text.get(mention.bytes.clone()).is_some(), "{mention:?} in {text:?}");
        prop_assert!((0.0..=1.0).contains(&mention.confidence), "{mention:?}");
        last = mention.bytes.end;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: proptest::test_runner::RngSeed::Fixed(2026), failure_persistence: None, ..ProptestConfig::with_cases(1500) })]

    #[test]
    fn mentions_lie_in_the_text_in_order_and_apart(title in text(), body in text()) {
        thread_local!(static RECOGNISER: Recogniser = Recogniser::new());
        let date = DateSpan::new(2018, Some(3), Some(5));
        let article = Article { title: &title, body: &body, date, source: Some("天水日报") };
        let entities = RECOGNISER.with(|recogniser| recogniser.recognise(&article));
        holds(&title, &entities.title)?;
        holds(&body, &entities.body)?;
        let mut last = 0;
        for said in &entities.said {
            prop_assert!(said.bytes.start >= last && said.bytes.start <= said.bytes.end, "{said:?} in {body:?}");
            prop_assert!(body.get(said.bytes.clone()).is_some() && !said.speaker.is_empty(), "{said:?} in {body:?}");
            last = said.bytes.end;
        }
    }

    /// Folding is what makes the scripts one: the folded text has as many mentions as the original.
    #[test]
    fn a_folded_text_has_as_many_mentions(body in plain()) {
        thread_local!(static RECOGNISER: Recogniser = Recogniser::new());
        let folded = analysis::fold(&body);
        let count = |body: &str| RECOGNISER.with(|recogniser| recogniser.recognise(&Article { body, ..Article::default() }).body.len());
        prop_assert_eq!(count(&body), count(&folded));
    }
}
