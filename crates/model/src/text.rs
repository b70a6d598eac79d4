//! Text that people type: cleaned before it is kept, folded before it is compared.

use crate::problem::{FieldProblem, Problem};

/// Longest name of a person, in characters.
pub const NAME_MAX: usize = 200;
/// Longest subject or title, in characters.
pub const SUBJECT_MAX: usize = 200;
/// Longest text of a contact, reply or note, in characters.
pub const TEXT_MAX: usize = 20_000;

/// Removes what no reader sees and no database keeps (NUL and other control characters, line ends of other systems,
/// blanks at both ends) and leaves the rest: emoji, accents and right-to-left text are somebody's words.
#[must_use]
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\n' | '\t' => out.push(c),
            c if c.is_control() || c == '\u{feff}' => {}
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}

/// A single line: as [`clean`], with every run of blanks made one space.
#[must_use]
pub fn clean_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A cleaned text of at most `max` characters, or `None` when nothing is left.
///
/// # Errors
/// [`Problem::TooLong`] past `max` characters.
pub fn optional(field: &'static str, text: &str, max: usize) -> Result<Option<String>, FieldProblem> {
    let text = clean(text);
    bounded(field, &text, max)?;
    Ok(if text.is_empty() { None } else { Some(text) })
}

/// A cleaned text of 1 to `max` characters.
///
/// # Errors
/// [`Problem::Missing`] when nothing is left, [`Problem::TooLong`] past `max` characters.
pub fn required(field: &'static str, text: &str, max: usize) -> Result<String, FieldProblem> {
    optional(field, text, max)?.ok_or(FieldProblem::new(field, Problem::Missing))
}

fn bounded(field: &'static str, text: &str, max: usize) -> Result<(), FieldProblem> {
    if text.chars().nth(max).is_some() {
        return Err(FieldProblem::limited(field, Problem::TooLong, max as u64));
    }
    Ok(())
}

/// The first line of a text, cut at a word within `max` characters: the title of a case that came without one.
#[must_use]
pub fn first_line(text: &str, max: usize) -> String {
    let line = text.lines().map(str::trim).find(|l| !l.is_empty()).unwrap_or_default();
    if line.chars().count() <= max {
        return line.to_owned();
    }
    let cut: String = line.chars().take(max).collect();
    let kept = cut.rsplit_once(char::is_whitespace).map_or(cut.as_str(), |(head, _)| head);
    format!("{kept}…")
}

/// Lower case without accents, so that `Città` and `citta` are found by one another. The same folding feeds the search
/// tables of both databases and the words searched for.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => out.push('a'),
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => out.push('e'),
            'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => out.push('i'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => out.push('o'),
            'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' => out.push('u'),
            'ç' | 'ć' | 'č' => out.push('c'),
            'ñ' | 'ń' | 'ň' => out.push('n'),
            'ș' | 'ş' | 'ś' | 'š' => out.push('s'),
            'ț' | 'ţ' | 'ť' => out.push('t'),
            'ý' | 'ÿ' => out.push('y'),
            'ž' | 'ź' | 'ż' => out.push('z'),
            'ł' => out.push('l'),
            'đ' | 'ď' => out.push('d'),
            'ğ' => out.push('g'),
            'ř' => out.push('r'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            '\u{300}'..='\u{36f}' => {}
            c => out.push(c),
        }
    }
    out
}

/// Characters of a word that are looked at: longer than any word of a language, or an address's part, is.
const WORD_MAX: usize = 64;

/// The words of a text, folded: letters and digits of any script, at most `max` of them, each cut at 64 characters.
#[must_use]
pub fn words(text: &str, max: usize) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(max);
    words.map(|w| w.chars().take(WORD_MAX).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_reader_sees_is_removed_and_words_are_kept() {
        assert_eq!(clean("  a\0b\r\nc\rd \u{7} 👩‍👩‍👧 مرحبا "), "ab\nc\nd  👩‍👩‍👧 مرحبا");
        assert_eq!(clean_line(" Anna \n\t Rossi "), "Anna Rossi");
    }

    #[test]
    fn a_name_past_its_bound_is_refused_with_the_bound() {
        let long = "x".repeat(10_000);
        assert_eq!(
            required("name", &long, NAME_MAX).unwrap_err(),
            FieldProblem::limited("name", Problem::TooLong, 200)
        );
        assert_eq!(required("name", " \0 ", NAME_MAX).unwrap_err().problem, Problem::Missing);
        assert_eq!(optional("name", " ", NAME_MAX).unwrap(), None);
    }

    #[test]
    fn accents_do_not_hide_a_word() {
        assert_eq!(words("Città di L’Aquila, perché?", 9), ["citta", "di", "l", "aquila", "perche"]);
        assert_eq!(fold("e\u{301}"), "e");
    }

    #[test]
    fn a_title_is_cut_at_a_word() {
        assert_eq!(first_line("\n  Il bonus sociale non compare\naltro", 18), "Il bonus sociale…");
        assert_eq!(first_line("corto", 18), "corto");
    }
}
