//! Listed terms: slogans and names of policies that no dictionary has. What is counted by them, and where they stand in a
//! text, is left to who counts and who recognises.

/// The list as it is written: its head tells the format.
pub(crate) const POLICY_TERMS: &str = include_str!("data/policy_terms.txt");

/// The policy terms that come with the library, as written, every way to write one by itself.
pub fn policy_terms() -> impl Iterator<Item = &'static str> {
    let lines = POLICY_TERMS.lines().filter(|line| !line.starts_with(['#', '-']));
    lines.flat_map(str::split_whitespace).map(|term| term.trim_matches(['“', '”']))
}
