//! Where the index is: named by the user, by the environment, or the folder where a checkout has it.

use std::path::PathBuf;

/// Folder of the index where nobody names another.
pub const DEFAULT_INDEX: &str = "index/main";
/// Folder of the articles where nobody names another.
pub const DEFAULT_CORPUS: &str = "corpus";

/// Folder of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The folder.
    pub path: PathBuf,
    /// The user named it.
    pub named: bool,
}

impl Place {
    /// The folder that was typed, else that of `XUNZHANG_INDEX`, else the default.
    pub fn new(typed: Option<PathBuf>) -> Self {
        Self::of(typed, std::env::var_os("XUNZHANG_INDEX").map(PathBuf::from))
    }

    /// The command that makes the index anew from its stored texts.
    pub fn upgrade(&self) -> String {
        match self.named {
            true => format!("xunzhang upgrade --index {}", self.path.display()),
            false => "xunzhang upgrade".to_owned(),
        }
    }

    fn of(typed: Option<PathBuf>, variable: Option<PathBuf>) -> Self {
        let named = typed.or(variable.filter(|path| !path.as_os_str().is_empty()));
        Self { named: named.is_some(), path: named.unwrap_or_else(|| PathBuf::from(DEFAULT_INDEX)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_goes_before_the_environment() {
        let path = |text: &str| Some(PathBuf::from(text));
        assert_eq!(Place::of(path("a"), path("b")).path, PathBuf::from("a"));
        assert_eq!(Place::of(None, path("b")).path, PathBuf::from("b"));
        assert_eq!(Place::of(None, path("")), Place { path: PathBuf::from(DEFAULT_INDEX), named: false });
    }
}
