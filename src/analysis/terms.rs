//! Listed terms: slogans and names of policies that no dictionary has. What is counted by them is left to who counts.

/// The policy terms that come with the library, as written.
pub fn policy_terms() -> impl Iterator<Item = &'static str> {
    include_str!("data/policy_terms.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}
