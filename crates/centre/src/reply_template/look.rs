//! What a template may hold, looked at before minijinja reads it: places and conditions, and no more.

use model::reply_template::PLACES;
use std::fmt;

/// What is wrong with a template. The sentence for people is the message `template-wrong-{word}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// A place that there is not.
    NoSuchPlace,
    /// A loop, a macro, a sum: what templates of replies do not know.
    NotAllowed,
    /// A brace that is not closed, a condition without its end.
    Unreadable,
    TooLong,
}

impl Wrong {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoSuchPlace => "no-such-place",
            Self::NotAllowed => "not-allowed",
            Self::Unreadable => "unreadable",
            Self::TooLong => "too-long",
        }
    }
}

/// The first thing that is wrong with a template, with its line (from 1) and the word it is about.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Flaw {
    pub line: usize,
    pub wrong: Wrong,
    pub word: String,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, wrong, word } = self;
        match wrong {
            Wrong::NoSuchPlace => write!(f, "line {line}: there is no {word:?} to fill in"),
            Wrong::NotAllowed => write!(f, "line {line}: {word:?} is not for templates of replies"),
            Wrong::Unreadable => write!(f, "line {line}: cannot be read: {word}"),
            Wrong::TooLong => write!(f, "it is longer than {word} characters"),
        }
    }
}

/// Looks at a template.
pub(super) fn look(source: &str) -> Result<(), Flaw> {
    let mut rest = source;
    let mut line = 1;
    let lines = |text: &str| text.matches('\n').count();
    while let Some((before, mark, after)) = opening(rest) {
        line += lines(before);
        let flaw = |wrong, word: &str| Flaw { line, wrong, word: word.chars().take(60).collect() };
        let end = match mark {
            '{' => "}}",
            '%' => "%}",
            _ => return Err(flaw(Wrong::NotAllowed, "{#")),
        };
        let within = closing(after, end);
        // To minijinja a quote after a backslash ends no text: it would find the end somewhere else than here.
        if within.map_or(after, |(inner, _)| inner).contains('\\') {
            return Err(flaw(Wrong::NotAllowed, "\\"));
        }
        let (inner, after) = within.ok_or_else(|| flaw(Wrong::Unreadable, end))?;
        let inner_words = inner.trim_matches(['-', '+']).trim();
        match mark {
            '{' => expression(inner_words).map_err(|(wrong, word)| flaw(wrong, &word))?,
            _ => {
                let (word, condition) = inner_words.split_once(char::is_whitespace).unwrap_or((inner_words, ""));
                match word {
                    "if" | "elif" => expression(condition.trim()).map_err(|(wrong, word)| flaw(wrong, &word))?,
                    "else" | "endif" if condition.trim().is_empty() => {}
                    other => return Err(flaw(Wrong::NotAllowed, other)),
                }
            }
        }
        line += lines(inner);
        rest = after;
    }
    Ok(())
}

/// The text before the next opening brace, which kind it is, and the rest.
fn opening(text: &str) -> Option<(&str, char, &str)> {
    let mut from = 0;
    loop {
        let tail = text.get(from..)?;
        let at = from + tail.find('{')?;
        let after = text.get(at + 1..)?;
        match after.chars().next() {
            Some(mark @ ('{' | '%' | '#')) => return Some((text.get(..at)?, mark, after.get(1..)?)),
            _ => from = at + 1,
        }
    }
}

/// What stands before the closing brace, which counts for nothing within quotes, and what after it.
fn closing<'a>(text: &'a str, end: &str) -> Option<(&'a str, &'a str)> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None if text.get(at..)?.starts_with(end) => return Some((text.get(..at)?, text.get(at + end.len()..)?)),
            None => {}
        }
    }
    None
}

/// Words that conditions are made of.
const WORDS: &[&str] = &["and", "or", "not", "is", "if", "else", "defined"];

/// Places, words of conditions, texts in quotes, comparisons, brackets.
fn expression(text: &str) -> Result<(), (Wrong, String)> {
    let mut rest = text;
    if rest.is_empty() {
        return Err((Wrong::Unreadable, "{{ }}".to_owned()));
    }
    while let Some(c) = rest.chars().next() {
        let length = match c {
            c if c.is_alphabetic() || c == '_' => {
                let word: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == '.').collect();
                if !WORDS.contains(&word.as_str()) && !PLACES.contains(&word.as_str()) {
                    return Err((Wrong::NoSuchPlace, word));
                }
                word.len()
            }
            '"' | '\'' => {
                let inner = rest.get(1..).and_then(|rest| rest.find(c));
                inner.ok_or((Wrong::Unreadable, c.to_string()))? + 2
            }
            '(' | ')' => 1,
            '=' | '!' if rest.get(1..2) == Some("=") => 2,
            c if c.is_whitespace() => c.len_utf8(),
            other => return Err((Wrong::NotAllowed, other.to_string())),
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Facts, fill_in};
    use super::*;

    fn facts() -> Facts {
        PLACES.iter().map(|place| (*place, format!("<{place}> & {{{{ x }}}}"))).collect()
    }

    #[test]
    fn places_and_conditions_are_filled_in_and_what_is_filled_in_is_not_read_again() {
        let source = "Gentile {{ citizen.name }},\n{% if service.phone %}chiami il {{service.phone}}{% else %}scriva{% endif %} {{ 'ciao' if today else \"no }}\" }}\n";
        let filled = fill_in(source, &facts()).unwrap();
        assert_eq!(filled, "Gentile <citizen.name> & {{ x }},\nchiami il <service.phone> & {{ x }} ciao\n");
        let mut without = facts();
        without.insert("service.phone", String::new());
        assert!(fill_in(source, &without).unwrap().contains("scriva"));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let told = |source: &str| {
            let flaw = fill_in(source, &facts()).unwrap_err();
            (flaw.line, flaw.wrong, flaw.word)
        };
        assert_eq!(told("a\nb {{ citizen.nome }}"), (2, Wrong::NoSuchPlace, "citizen.nome".to_owned()));
        assert_eq!(told("{{ citizen }}"), (1, Wrong::NoSuchPlace, "citizen".to_owned()));
        assert_eq!(told("{% if today %}{{ codice_fiscale }}{% endif %}").1, Wrong::NoSuchPlace);
        for loops in [
            "{% for a in today %}x{% endfor %}",
            "{% set a = today %}",
            "{% macro a() %}{% endmacro %}",
            "{% include 'x' %}",
            "{{ today * 999999999 }}",
            "{{ today ~ today }}",
            "{{ 9 }}",
            "{{ today|upper }}",
            "{{ today[0] }}",
            "{# x #}",
            r"{{ 'C:\x' }}",
            r"{% if today == '\\' %}x{% endif %}",
            r#"{{ "\"" }}{% set a = 'xxxxxxxx' %}{% set a = a ~ a %}{{ a }}{{ "\"" }}"#,
        ] {
            assert_eq!(told(&format!("\n\n{loops}")), (3, Wrong::NotAllowed, told(loops).2), "{loops}");
        }
        for unclosed in
            ["{{ today", "{% if today %}", "{% endif %}", "{{ }}", "{{ 'a }}", "{{ today today }}", "{{ ( }}"]
        {
            assert_eq!(told(unclosed).1, Wrong::Unreadable, "{unclosed}");
        }
    }

    #[test]
    fn a_letter_is_never_longer_than_a_reply_may_be() {
        let long = "{{ today }}".repeat(2_000);
        assert_eq!(fill_in(&long, &facts()).unwrap_err().wrong, Wrong::TooLong);
        let vast = Facts::from([("today", "x".repeat(100_000))]);
        assert_eq!(fill_in("{{ today }}", &vast).unwrap_err().wrong, Wrong::TooLong);
        let deep = format!("{{{{ {}today{} }}}}", "(".repeat(5_000), ")".repeat(5_000));
        assert!(fill_in(&deep, &facts()).is_err());
        let deep = format!("{}x{}", "{% if today %}".repeat(3_000), "{% endif %}".repeat(3_000));
        let _ = fill_in(&deep, &facts());
    }

    #[test]
    fn braces_that_open_nothing_are_words() {
        assert_eq!(fill_in("a { b } {c", &facts()).unwrap(), "a { b } {c");
    }
}
