//! Ways to reach a person: e-mail addresses and telephone numbers, in the one form that finds the person again.

use crate::problem::{FieldProblem, Problem};
use crate::word::words;

words!(
    /// What an address is for.
    AddressKind { Email = "email", Phone = "phone" }
);

/// An address in its normal form: e-mail in lower case, telephone in E.164 (`+39333…`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address {
    pub kind: AddressKind,
    pub value: String,
}

impl Address {
    /// Reads an e-mail address (RFC 5321: at most 254 characters) and makes it lower case.
    ///
    /// # Errors
    /// What is wrong with it, under the name `field`.
    pub fn email(field: &'static str, typed: &str) -> Result<Self, FieldProblem> {
        let fail = |problem| Err(FieldProblem::new(field, problem));
        let value = typed.trim().to_lowercase();
        if value.is_empty() {
            return fail(Problem::Missing);
        }
        if value.chars().count() > 254 {
            return Err(FieldProblem::limited(field, Problem::TooLong, 254));
        }
        let Some((local, domain)) = value.rsplit_once('@') else {
            return fail(Problem::EmailWithoutAt);
        };
        // What a mail server would never take, or would take for something else, is refused here.
        let odd = |c: char| {
            c.is_whitespace()
                || c.is_control()
                || matches!(c, '<' | '>' | '"' | '(' | ')' | ',' | ';' | ':' | '\\' | '[' | ']' | '@')
        };
        if local.is_empty()
            || local.chars().any(odd)
            || local.starts_with('.')
            || local.ends_with('.')
            || local.contains("..")
        {
            return fail(Problem::NotAnEmail);
        }
        if !domain.contains('.') {
            return fail(Problem::EmailWithoutDot);
        }
        let label_ok = |l: &str| {
            !l.is_empty()
                && l.len() <= 63
                && !l.starts_with('-')
                && !l.ends_with('-')
                && l.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        if !domain.split('.').all(label_ok) {
            return fail(Problem::NotAnEmail);
        }
        Ok(Self { kind: AddressKind::Email, value })
    }

    /// Reads a telephone number as typed in Italy: with or without `+39` or `0039`, with blanks, dots, dashes, brackets.
    /// A number of another country needs its prefix (ITU-T E.164: at most 15 digits).
    ///
    /// # Errors
    /// What is wrong with it, under the name `field`.
    pub fn phone(field: &'static str, typed: &str) -> Result<Self, FieldProblem> {
        let fail = |problem| Err(FieldProblem::new(field, problem));
        let typed = typed.trim();
        if typed.is_empty() {
            return fail(Problem::Missing);
        }
        if typed
            .chars()
            .any(|c| !(c.is_ascii_digit() || matches!(c, '+' | ' ' | '.' | '-' | '(' | ')' | '/' | '\u{a0}')))
            || typed.rfind('+').is_some_and(|at| at > 0)
        {
            return fail(Problem::NotAPhone);
        }
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        let international = if typed.starts_with('+') {
            digits
        } else if let Some(rest) = digits.strip_prefix("00") {
            rest.to_owned()
        } else {
            format!("39{digits}")
        };
        let fits = match international.strip_prefix("39") {
            // Italian numbers: mobiles are 3 and 8 or 9 digits more, landlines keep their 0 (6 to 11 digits in all).
            Some(national) => match national.as_bytes().first() {
                Some(b'3') => (9..=10).contains(&national.len()),
                Some(b'0') => (6..=11).contains(&national.len()),
                Some(b'8') => (6..=10).contains(&national.len()),
                _ => false,
            },
            None => (8..=15).contains(&international.len()) && !international.starts_with('0'),
        };
        if !fits {
            return fail(Problem::NotAPhone);
        }
        Ok(Self { kind: AddressKind::Phone, value: format!("+{international}") })
    }

    /// Reads whichever of the two it looks like.
    ///
    /// # Errors
    /// What is wrong with it, under the name `field`.
    pub fn any(field: &'static str, typed: &str) -> Result<Self, FieldProblem> {
        if typed.contains('@') || typed.chars().any(char::is_alphabetic) {
            Self::email(field, typed)
        } else {
            Self::phone(field, typed)
        }
    }

    /// The address with its middle hidden, for a page that another person may be reading: `g…@posta.example`, `…117`.
    #[must_use]
    pub fn hinted(&self) -> String {
        match self.kind {
            AddressKind::Email => {
                let (local, domain) = self.value.rsplit_once('@').unwrap_or((&self.value, ""));
                format!("{}…@{domain}", local.chars().next().unwrap_or('…'))
            }
            AddressKind::Phone => {
                let tail: String = self.value.chars().rev().take(3).collect::<Vec<_>>().into_iter().rev().collect();
                format!("…{tail}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phone(typed: &str) -> Option<String> {
        Address::phone("phone", typed).ok().map(|a| a.value)
    }

    #[test]
    fn one_number_typed_in_many_ways_is_one_number() {
        for typed in ["333 555 0117", "+39 333 5550117", "0039-333-555.0117", "(333) 5550117"] {
            assert_eq!(phone(typed).as_deref(), Some("+393335550117"), "{typed}");
        }
        assert_eq!(phone("06 828 881").as_deref(), Some("+3906828881"));
        assert_eq!(phone("+40 721 555 012").as_deref(), Some("+40721555012"));
        assert_eq!(phone("800 155 300").as_deref(), Some("+39800155300"));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for typed in ["12", "333", "+", "abc", "33355501170000000", "3+33", "٣٣٣٥٥٥٠١١٧"] {
            assert_eq!(Address::phone("phone", typed).unwrap_err().problem, Problem::NotAPhone, "{typed}");
        }
    }

    #[test]
    fn an_address_says_what_it_lacks() {
        let problem = |typed| Address::email("email", typed).unwrap_err().problem;
        assert_eq!(problem("giulia.prova"), Problem::EmailWithoutAt);
        assert_eq!(problem("giulia.prova@posta"), Problem::EmailWithoutDot);
        assert_eq!(problem("a b@posta.example"), Problem::NotAnEmail);
        assert_eq!(problem("a@b.example\r\nbcc:x@y.example"), Problem::NotAnEmail);
        assert_eq!(problem(""), Problem::Missing);
        assert_eq!(Address::email("email", " Giulia@Posta.Example ").unwrap().value, "giulia@posta.example");
    }

    #[test]
    fn a_hint_does_not_give_the_address_away() {
        assert_eq!(Address::email("e", "giulia@posta.example").unwrap().hinted(), "g…@posta.example");
        assert_eq!(Address::phone("p", "3335550117").unwrap().hinted(), "…117");
    }
}
