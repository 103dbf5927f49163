//! Which files of a folder belong to a corpus: by rules in `.xunzhangignore` files, written as for git, and by patterns of
//! the run. What is in a file decides nothing here.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::overrides::{Override, OverrideBuilder};

use super::{CorpusError, ReadOptions};

/// File of a folder that says what in it is no article.
pub(super) const IGNORE_FILE: &str = ".xunzhangignore";

/// Chooses among what a walk comes by.
pub(super) struct Choice {
    folder: PathBuf,
    patterns: Override,
    outside: Vec<PathBuf>,
    /// The rules of each folder that was looked into.
    rules: HashMap<PathBuf, Option<Gitignore>>,
}

impl Choice {
    /// The choice of a folder.
    pub fn new(folder: &Path, options: &ReadOptions) -> Result<Self, CorpusError> {
        let mut patterns = OverrideBuilder::new(folder);
        for (pattern, sign) in [(&options.include, ""), (&options.exclude, "!")] {
            for pattern in pattern {
                let wrong =
                    |error: ignore::Error| CorpusError::Pattern { pattern: pattern.clone(), reason: error.to_string() };
                patterns.add(&format!("{sign}{pattern}")).map_err(wrong)?;
            }
        }
        let wrong = |error: ignore::Error| CorpusError::Pattern {
            pattern: options.include.join(" "),
            reason: error.to_string(),
        };
        Ok(Self {
            folder: folder.to_owned(),
            patterns: patterns.build().map_err(wrong)?,
            outside: options.outside.iter().filter_map(|path| path.canonicalize().ok()).collect(),
            rules: HashMap::new(),
        })
    }

    /// Whether a path below the folder belongs. A folder that does not is not entered.
    pub fn takes(&mut self, path: &Path, is_folder: bool) -> bool {
        if is_folder && self.outside.iter().any(|outside| outside == path) {
            return false;
        }
        if self.patterns.matched(path, is_folder).is_ignore() {
            return false;
        }
        let above = path.ancestors().skip(1).take_while(|above| above.starts_with(&self.folder));
        for folder in above {
            let rules = self.rules.entry(folder.to_owned()).or_insert_with(|| rules(folder));
            match rules.as_ref().map_or(Match::None, |rules| rules.matched(path, is_folder)) {
                Match::Ignore(_) => return false,
                Match::Whitelist(_) => return true,
                Match::None => {}
            }
        }
        true
    }
}

/// The rules that a folder states; lines that cannot be read rule nothing.
fn rules(folder: &Path) -> Option<Gitignore> {
    let file = folder.join(IGNORE_FILE);
    if !file.is_file() {
        return None;
    }
    let mut rules = GitignoreBuilder::new(folder);
    rules.add(file);
    rules.build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_and_patterns_choose() {
        let desk = tempfile::tempdir().expect("a temporary folder");
        let folder = desk.path();
        std::fs::create_dir_all(folder.join("旧稿/图")).expect("folders");
        std::fs::write(folder.join(IGNORE_FILE), "*.bak\n/旧稿/图/\n草稿*.txt\n").expect("rules");
        std::fs::write(folder.join("旧稿").join(IGNORE_FILE), "!草稿要.txt\n").expect("rules");
        let mut options = ReadOptions { exclude: vec!["*.md".into()], ..ReadOptions::default() };
        let chosen = |options: &ReadOptions, path: &str, is_folder| {
            Choice::new(folder, options).expect("patterns").takes(&folder.join(path), is_folder)
        };
        for (path, is_folder, takes) in [
            ("a.txt", false, true),
            ("a.bak", false, false),
            ("旧稿/a.bak", false, false),
            ("旧稿/图", true, false),
            ("草稿一.txt", false, false),
            ("旧稿/草稿二.txt", false, false),
            ("旧稿/草稿要.txt", false, true),
            ("旧稿/a.md", false, false),
        ] {
            assert_eq!(chosen(&options, path, is_folder), takes, "{path}");
        }
        options.include.push("旧稿/**/*.txt".into());
        assert!(chosen(&options, "旧稿/a.txt", false) && chosen(&options, "旧稿", true));
        assert!(!chosen(&options, "a.txt", false));
        options.exclude.push("{a".into());
        assert!(matches!(Choice::new(folder, &options), Err(CorpusError::Pattern { .. })));
    }
}
