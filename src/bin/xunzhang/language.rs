//! The two languages that the program speaks, and which of them it is to speak. The sentences are in `messages`.

/// A language of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// The language of the environment: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set decides.
    pub fn of_environment() -> Self {
        Self::of(["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| std::env::var(name).ok()))
    }

    fn of(variables: [Option<String>; 3]) -> Self {
        let decides = variables.into_iter().flatten().find(|value| !value.is_empty());
        match decides {
            Some(value) if value.to_ascii_lowercase().starts_with("zh") => Self::Chinese,
            _ => Self::English,
        }
    }

    /// The text of the two that is in this language.
    pub fn pick<T>(self, english: T, chinese: T) -> T {
        match self {
            Self::English => english,
            Self::Chinese => chinese,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_decides() {
        let of = |values: [&str; 3]| Language::of(values.map(|value| Some(value.to_owned())));
        assert_eq!(of(["", "", "zh_CN.UTF-8"]), Language::Chinese);
        assert_eq!(of(["C", "", "zh_CN.UTF-8"]), Language::English);
        assert_eq!(of(["", "zh_TW", "en_GB"]), Language::Chinese);
        assert_eq!(Language::of([None, None, None]), Language::English);
    }
}
