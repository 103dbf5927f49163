//! A user's synonyms and abbreviations: one group a line, its strings parted by blanks, `#` before a remark.

use crate::analysis::{fold, unigrams};

/// Groups of strings that mean the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Synonyms {
    /// Folded and as written.
    groups: Vec<Vec<(String, String)>>,
}

/// A line of synonyms that says nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "line {line} of the synonyms has one string only ({text}): write at least two, with a blank between, as in 马铃薯 土豆"
)]
pub struct SynonymsError {
    /// Number of the line, from 1.
    pub line: usize,
    /// The line.
    pub text: String,
}

impl Synonyms {
    /// Reads groups.
    ///
    /// ```
    /// use xunzhang::query::Synonyms;
    ///
    /// let synonyms = Synonyms::read("# 作物\n马铃薯 土豆 洋芋\n")?;
    /// assert_eq!(synonyms.of("马铃薯种植"), ["土豆种植", "洋芋种植"]);
    /// # Ok::<(), xunzhang::query::SynonymsError>(())
    /// ```
    ///
    /// # Errors
    /// A line has less than two strings with a character to search for.
    pub fn read(text: &str) -> Result<Self, SynonymsError> {
        let mut groups = Vec::new();
        for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let line = line.split('#').next().unwrap_or_default().trim();
            let strings = line.split_whitespace().filter(|string| !unigrams(string).is_empty());
            let group: Vec<(String, String)> = strings.map(|string| (fold(string), string.to_owned())).collect();
            match group.len() {
                0 if line.is_empty() => {}
                0 | 1 => return Err(SynonymsError { line: number, text: line.to_owned() }),
                _ => groups.push(group),
            }
        }
        Ok(Self { groups })
    }

    /// A string with each of its parts that has synonyms replaced by each of them; the longest part of a group counts.
    pub fn of(&self, text: &str) -> Vec<String> {
        let folded = fold(text);
        let mut all: Vec<String> = Vec::new();
        for group in &self.groups {
            let inside = group.iter().filter(|(own, _)| folded.contains(own.as_str()));
            let Some((part, _)) = inside.max_by_key(|(own, _)| own.len()) else { continue };
            for (own, written) in group.iter().filter(|(own, _)| own != part) {
                let other = folded.replace(part.as_str(), written);
                if fold(&other) != folded && !all.contains(&other) && !folded.contains(own.as_str()) {
                    all.push(other);
                }
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_read_and_faults_are_told() {
        let synonyms =
            Synonyms::read("\u{feff}馬鈴薯 土豆\n\n# x\n发改委 国家发展和改革委员会 # 简称").expect("groups");
        assert_eq!(synonyms.of("马铃薯"), ["土豆"]);
        assert_eq!(synonyms.of("国家发展和改革委员会主任"), ["发改委主任"]);
        assert_eq!(synonyms.of("扶贫"), [""; 0]);
        assert_eq!(Synonyms::read("a b\n土豆").map_err(|error| error.line), Err(2));
    }
}
