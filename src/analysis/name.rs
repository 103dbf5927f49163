//! A name as one token: what is asked for as a whole, whatever marks and blanks stand in it.

use super::unigram::unigrams;

/// Unigrams at most: no name is longer, and no token of an index may grow without bound.
const LONGEST: usize = 60;

/// The unigrams of a name without its marks, `_` between two runs of letters or digits; empty where there is none.
///
/// ```
/// use xunzhang::analysis::name_token;
///
/// assert_eq!(name_token("兩不愁、三保障"), "两不愁三保障");
/// assert_eq!(name_token("John Smith"), "john_smith");
/// assert_eq!(name_token("国发〔2019〕5号"), "国发2019_5号");
/// ```
pub fn name_token(name: &str) -> String {
    let mut token = String::with_capacity(name.len());
    for unigram in unigrams(name).into_iter().filter(|unigram| !unigram.kind.is_mark()).take(LONGEST) {
        let is_run = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if is_run(token.chars().next_back()) && is_run(unigram.text.chars().next()) {
            token.push('_');
        }
        token.push_str(&unigram.text);
    }
    token
}
