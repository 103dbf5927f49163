//! Answers as the run lines of retrieval tests: `QUERY Q0 DOCUMENT RANK SCORE xunzhang`. Their readers sort by score
//! alone, in single precision, so that scores fall strictly in the order of the ranks.

use std::io::{self, Write};

use xunzhang::SearchResponse;

use super::Form;
use crate::batch::Question;
use crate::escape;

/// How far a score stands below the one before where it would not fall by itself.
const STEP: f32 = 1e-6;

/// Answers as run lines.
pub struct Trec;

impl Form for Trec {
    fn answer(&mut self, out: &mut dyn Write, question: &Question, response: &SearchResponse) -> io::Result<()> {
        let query = escape::percent(question.id.as_deref().unwrap_or("1"));
        let mut last = None;
        for hit in &response.hits {
            let score = below(last, hit.score);
            last = Some(score);
            writeln!(out, "{query} Q0 {} {} {score} xunzhang", escape::percent(&hit.id), hit.rank)?;
        }
        Ok(())
    }
}

/// The score, or the nearest below the last one.
fn below(last: Option<f32>, score: f32) -> f32 {
    let Some(last) = last else { return if score.is_finite() { score } else { 0.0 } };
    if score < last && score.is_finite() {
        return score;
    }
    let stepped = last - STEP;
    if stepped < last { stepped } else { last.next_down() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_fall_strictly_also_in_text() {
        let scores = [9.5, 9.5, 9.5, 7.0, 8.0, f32::NAN, 1e9, 0.0, 0.0, 0.0, 3e-12];
        let mut last = None;
        let printed: Vec<f32> = scores
            .iter()
            .map(|score| {
                last = Some(below(last, *score));
                format!("{}", last.unwrap_or_default()).parse().expect("a number")
            })
            .collect();
        assert!(printed.windows(2).all(|pair| pair[0] > pair[1]), "{printed:?}");
        assert_eq!((printed[0], printed[3]), (9.5, 7.0));
    }
}
