//! Reading the value of an `Authorization` or `Proxy-Authorization` header field (RFC 7616 section 3.4, RFC 3261 section
//! 25.1). Anything may arrive here from anyone; what cannot be read is refused, and what is not known is skipped.

use super::Algorithm;
use super::secret::bytes;

/// Longer values are refused unread: those of telephones are under 600 bytes.
const LONGEST: usize = 4096;
/// The same for the number of parameters; ten are known.
const MOST: usize = 32;

/// What a request is signed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    pub username: String,
    pub realm: String,
    /// As written, for the answer covers it byte by byte.
    pub nonce: String,
    /// The address that was signed, as written.
    pub uri: String,
    pub algorithm: Algorithm,
    /// Nothing in the answers of clients of RFC 2069.
    pub qop: Option<Qop>,
    pub(super) response: Vec<u8>,
    pub(super) counted: Option<Counted>,
}

/// What an answer covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qop {
    Auth,
    AuthInt,
}

/// The part of an answer that makes it good for one request only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counted {
    pub count: u32,
    /// The count as written, in whichever case.
    pub written: String,
    pub cnonce: String,
}

/// Why a header field's value is no digest credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    #[error("the credentials are not of the scheme Digest")]
    OtherScheme,
    #[error("the credentials are too long")]
    TooLong,
    #[error("the credentials are not a list of parameters")]
    Syntax,
    #[error("the credentials lack {0}")]
    Missing(&'static str),
    #[error("the credentials give {0} more than once")]
    Twice(&'static str),
    #[error("the credentials have an unusable {0}")]
    Unusable(&'static str),
}

impl Credentials {
    /// Reads a header field's value, `Digest …`.
    ///
    /// # Errors
    /// Why it is none. A request with such a value is answered as one with wrong credentials.
    pub fn read(value: &str) -> Result<Self, Malformed> {
        if value.len() > LONGEST {
            return Err(Malformed::TooLong);
        }
        let value = value.trim_matches(blank);
        let (scheme, rest) = value.split_once(blank).ok_or(Malformed::OtherScheme)?;
        if !scheme.eq_ignore_ascii_case("digest") {
            return Err(Malformed::OtherScheme);
        }
        let list = parameters(rest)?;
        let one = |name: &'static str| -> Result<Option<&Value>, Malformed> {
            let mut found = list.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v);
            match (found.next(), found.next()) {
                (_, Some(_)) => Err(Malformed::Twice(name)),
                (value, None) => Ok(value),
            }
        };
        let need = |name: &'static str| one(name)?.ok_or(Malformed::Missing(name));

        let algorithm = match one("algorithm")? {
            // RFC 7616 section 3.4: without the parameter it is MD5.
            None => Algorithm::Md5,
            Some(v) => Algorithm::read(&v.raw).ok_or(Malformed::Unusable("algorithm"))?,
        };
        // The name would be a hash of the name (RFC 7616 section 3.4.4), which the challenge does not offer.
        if one("userhash")?.is_some_and(|v| v.raw.eq_ignore_ascii_case("true")) {
            return Err(Malformed::Unusable("userhash"));
        }
        let response = bytes(&need("response")?.raw)
            .filter(|r| r.len() == algorithm.size())
            .ok_or(Malformed::Unusable("response"))?;
        let qop = match one("qop")? {
            None => None,
            Some(v) if v.raw.eq_ignore_ascii_case("auth") => Some(Qop::Auth),
            Some(v) if v.raw.eq_ignore_ascii_case("auth-int") => Some(Qop::AuthInt),
            Some(_) => return Err(Malformed::Unusable("qop")),
        };
        let counted = match qop {
            None => None,
            Some(_) => {
                let written = need("nc")?.raw.clone();
                let count = count(&written).ok_or(Malformed::Unusable("nc"))?;
                Some(Counted { count, written, cnonce: need("cnonce")?.raw.clone() })
            }
        };
        Ok(Self {
            username: need("username")?.plain(),
            realm: need("realm")?.plain(),
            nonce: need("nonce")?.raw.clone(),
            uri: need("uri")?.raw.clone(),
            algorithm,
            qop,
            response,
            counted,
        })
    }

    /// The number of the request among those with the same nonce; nothing in the answers of clients of RFC 2069.
    #[must_use]
    pub fn count(&self) -> Option<u32> {
        self.counted.as_ref().map(|c| c.count)
    }
}

/// Eight hexadecimal digits, from 1 (RFC 7616 section 3.4).
fn count(written: &str) -> Option<u32> {
    if written.len() != 8 || !written.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    u32::from_str_radix(written, 16).ok().filter(|count| *count > 0)
}

/// A parameter's value without its quotes.
struct Value {
    /// Escapes are left in: the answer is made over what stands between the quotes (`unq` in RFC 7616 section 3.4.1).
    raw: String,
    quoted: bool,
}

impl Value {
    /// With the escapes taken out.
    fn plain(&self) -> String {
        if !self.quoted {
            return self.raw.clone();
        }
        let mut chars = self.raw.chars();
        let mut out = String::with_capacity(self.raw.len());
        while let Some(c) = chars.next() {
            out.extend(if c == '\\' { chars.next() } else { Some(c) });
        }
        out
    }
}

/// Blanks, also those of a folded line.
fn blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// The characters of a token (RFC 3261 section 25.1), and those that clients put into values without quotes.
fn bare(c: char) -> bool {
    !c.is_control() && !blank(c) && !matches!(c, '"' | ',' | '\\')
}

/// Reads `name = value, name = "value"`; empty places in the list are skipped.
fn parameters(mut rest: &str) -> Result<Vec<(&str, Value)>, Malformed> {
    let mut list = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c| blank(c) || c == ',');
        if rest.is_empty() {
            return Ok(list);
        }
        if list.len() == MOST {
            return Err(Malformed::TooLong);
        }
        let (name, after) = rest.split_once('=').ok_or(Malformed::Syntax)?;
        let name = name.trim_end_matches(blank);
        if name.is_empty() || !name.chars().all(bare) {
            return Err(Malformed::Syntax);
        }
        let after = after.trim_start_matches(blank);
        let (value, after) = match after.strip_prefix('"') {
            Some(inside) => quoted(inside)?,
            None => {
                let end = after.find(|c| !bare(c)).unwrap_or(after.len());
                let (raw, after) = after.split_at_checked(end).ok_or(Malformed::Syntax)?;
                (Value { raw: raw.to_owned(), quoted: false }, after)
            }
        };
        list.push((name, value));
        rest = after.trim_start_matches(blank);
        if !rest.is_empty() && !rest.starts_with(',') {
            return Err(Malformed::Syntax);
        }
    }
}

/// Reads to the closing quote; what follows it is given back too.
fn quoted(inside: &str) -> Result<(Value, &str), Malformed> {
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            _ if c.is_control() && c != '\t' => return Err(Malformed::Syntax),
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => {
                let (raw, rest) = inside.split_at_checked(at).ok_or(Malformed::Syntax)?;
                let rest = rest.strip_prefix('"').ok_or(Malformed::Syntax)?;
                return Ok((Value { raw: raw.to_owned(), quoted: true }, rest));
            }
            _ => {}
        }
    }
    Err(Malformed::Syntax)
}
