//! The code that opens a case to the citizen who holds it: eight characters that are easily read out on the telephone.

/// Letters and digits that are not taken for one another, aloud or on paper.
const ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 8;

/// A citizen's code, in its stored form (no dash, upper case).
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// Makes a code of 39 bits out of 16 random or keyed bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        let mut number = u128::from_be_bytes(bytes);
        let radix = ALPHABET.len() as u128;
        let mut out = String::with_capacity(LENGTH);
        for _ in 0..LENGTH {
            let at = usize::try_from(number % radix).unwrap_or_default();
            out.push(ALPHABET.get(at).copied().map_or('2', char::from));
            number /= radix;
        }
        Self(out)
    }

    /// Reads a code as typed: small letters, blanks and dashes do not matter. `None` when it cannot be a code.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let code: String =
            typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_uppercase()).collect();
        (code.len() == LENGTH && code.bytes().all(|b| ALPHABET.contains(&b))).then_some(Self(code))
    }

    /// The eight characters, for a comparison in constant time.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (head, tail) = self.0.split_at_checked(4).unwrap_or((&self.0, ""));
        write!(f, "{head}-{tail}")
    }
}

// A code in a log would open the case to whoever reads the log.
impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Code(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = Code::from_bytes([7; 16]);
        let shown = code.to_string();
        assert_eq!(shown.len(), 9);
        assert_eq!(Code::parse(&shown), Some(code.clone()));
        assert_eq!(Code::parse(&shown.to_lowercase().replace('-', " ")), Some(code));
        assert_eq!(Code::parse("0000-0000"), None);
        assert_eq!(Code::parse(""), None);
    }
}
