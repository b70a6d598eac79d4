//! The languages there are. Adding one: `docs/adding-a-language.md`.

use std::{fmt, str::FromStr};

use crate::Tr;

/// A language the service speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    #[default]
    Italian,
    English,
}

/// Which way a language is written, as HTML's `dir` wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    LeftToRight,
    RightToLeft,
}

/// A code that names no language of this service.
#[derive(Debug, thiserror::Error)]
#[error("no messages in the language `{0}`")]
pub struct UnknownLanguage(String);

impl Language {
    /// All of them, in the order in which the reader is offered them.
    pub const ALL: [Language; 2] = [Language::Italian, Language::English];

    /// The code of ISO 639, as in `lang="it"` and in the folder of the messages.
    pub const fn code(self) -> &'static str {
        match self {
            Language::Italian => "it",
            Language::English => "en",
        }
    }

    /// The locale whose habits dates and numbers follow: the service's English is that of Europe.
    pub(crate) const fn locale(self) -> &'static str {
        match self {
            Language::Italian => "it",
            Language::English => "en-GB",
        }
    }

    pub const fn dir(self) -> Direction {
        match self {
            Language::Italian | Language::English => Direction::LeftToRight,
        }
    }

    /// The language's own name for itself.
    pub fn endonym(self) -> String {
        Tr::new(self).text("language-endonym").into_owned()
    }

    /// The language of an address and the rest of it: `/en/scrivi` is English and `/scrivi`. Italian has no prefix.
    pub fn of_path(path: &str) -> (Language, &str) {
        for language in Language::ALL {
            if language == Language::default() {
                continue;
            }
            let rest = path.strip_prefix('/').and_then(|path| path.strip_prefix(language.code()));
            match rest {
                Some("") => return (language, "/"),
                Some(rest) if rest.starts_with('/') => return (language, rest),
                _ => {}
            }
        }
        (Language::default(), path)
    }

    /// The address of a page in this language, from its address without a prefix.
    pub fn path(self, path: &str) -> String {
        match (self == Language::default(), path) {
            (true, path) => path.to_owned(),
            (false, "/") => format!("/{}", self.code()),
            (false, path) => format!("/{}{path}", self.code()),
        }
    }

    /// The language a reader likes best among those there are, from an `Accept-Language` header
    /// (RFC 9110, section 12.5.4); none when it names none of them.
    pub fn negotiate(accept_language: &str) -> Option<Language> {
        let mut best: Option<(f32, Language)> = None;
        for range in accept_language.split(',') {
            let mut parts = range.split(';');
            let tag = parts.next().unwrap_or_default().trim();
            let quality = parts
                .find_map(|part| part.trim().strip_prefix("q="))
                .map_or(1.0, |quality| quality.trim().parse::<f32>().unwrap_or(0.0));
            let primary = tag.split('-').next().unwrap_or_default();
            if let Ok(language) = primary.to_ascii_lowercase().parse::<Language>()
                && quality > best.map_or(0.0, |(quality, _)| quality)
            {
                best = Some((quality, language));
            }
        }
        best.map(|(_, language)| language)
    }
}

impl Direction {
    pub const fn as_str(self) -> &'static str {
        match self {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Language::ALL
            .into_iter()
            .find(|language| language.code() == code)
            .ok_or_else(|| UnknownLanguage(code.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::Language::{self, English, Italian};

    #[test]
    fn an_address_names_its_language() {
        assert_eq!(Language::of_path("/scrivi"), (Italian, "/scrivi"));
        assert_eq!(Language::of_path("/en/scrivi"), (English, "/scrivi"));
        assert_eq!(Language::of_path("/en"), (English, "/"));
        assert_eq!(Language::of_path("/ente"), (Italian, "/ente"));
        assert_eq!(English.path("/"), "/en");
        assert_eq!(English.path("/scrivi"), "/en/scrivi");
        assert_eq!(Italian.path("/scrivi"), "/scrivi");
    }

    #[test]
    fn a_browser_is_answered_in_the_language_it_prefers() {
        assert_eq!(Language::negotiate("fr-FR, en-GB;q=0.8, it;q=0.7"), Some(English));
        assert_eq!(Language::negotiate("it-IT,it;q=0.9,en;q=0.8"), Some(Italian));
        assert_eq!(Language::negotiate("fr, en;q=0"), None);
        assert_eq!(Language::negotiate(""), None);
    }
}
