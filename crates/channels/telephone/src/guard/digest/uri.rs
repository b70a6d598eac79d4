//! Whether the address in credentials is that of the request, as far as RFC 3261 section 22.4 lets them differ.

use std::net::Ipv6Addr;

/// Whether two addresses name the same user at the same host. Scheme (`sip` or `sips`), port, parameters, header fields
/// and a password are left aside: proxies on the way change them, and telephones behind a router write a port of their
/// own. Telephone addresses (`tel:`) are compared by digits (RFC 3966 section 4).
#[must_use]
pub fn same_target(one: &str, other: &str) -> bool {
    match (Target::read(one), Target::read(other)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Target {
    Sip { user: Vec<u8>, host: String },
    Tel(String),
}

impl Target {
    fn read(text: &str) -> Option<Self> {
        let (scheme, rest) = text.trim().split_once(':')?;
        let scheme = scheme.to_ascii_lowercase();
        if scheme == "tel" {
            let number = rest.split(';').next()?;
            let digits: String = number.chars().filter(|c| !matches!(c, '-' | '.' | '(' | ')')).collect();
            return (!digits.is_empty()).then(|| Self::Tel(digits.to_ascii_lowercase()));
        }
        if scheme != "sip" && scheme != "sips" {
            return None;
        }
        let rest = rest.split('?').next()?;
        // A user may hold a semicolon or a question mark, but no bare `@` (RFC 3261 section 25.1).
        let (user, rest) = rest.rsplit_once('@').unwrap_or(("", rest));
        let user = user.split(':').next()?;
        Some(Self::Sip { user: plain(user), host: host(rest.split(';').next()?)? })
    }
}

/// The host without its port: names in lower case, IPv6 addresses in their one normal form.
fn host(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix('[') {
        let (inside, _) = rest.split_once(']')?;
        return inside.parse::<Ipv6Addr>().ok().map(|address| address.to_string());
    }
    let name = text.split(':').next()?.trim_end_matches('.').to_ascii_lowercase();
    (!name.is_empty()).then_some(name)
}

/// Escapes (`%41`) taken out (RFC 3261 section 19.1.4).
fn plain(user: &str) -> Vec<u8> {
    let mut bytes = user.as_bytes().iter();
    let mut out = Vec::with_capacity(user.len());
    while let Some(&byte) = bytes.next() {
        let rest = bytes.as_slice();
        let escaped = (byte == b'%')
            .then(|| rest.get(..2).and_then(|two| std::str::from_utf8(two).ok()))
            .flatten()
            .and_then(super::secret::bytes)
            .and_then(|decoded| decoded.first().copied());
        if escaped.is_some() {
            bytes.nth(1);
        }
        out.push(escaped.unwrap_or(byte));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::same_target;

    #[test]
    fn a_port_and_parameters_make_no_other_target() {
        for other in [
            "sip:803001@centre.example:5060",
            "sips:803001@CENTRE.example",
            "sip:803001@centre.example;transport=tcp",
            "sip:803001:secret@centre.example.",
            "sip:80%33001@centre.example?Subject=x",
        ] {
            assert!(same_target("sip:803001@centre.example", other), "{other}");
        }
        assert!(same_target("sip:[2001:db8::1]:5062", "sip:[2001:0DB8:0::1]"));
        assert!(same_target("tel:+39-06-82888", "tel:+390682888;phone-context=x"));
    }

    #[test]
    fn another_user_or_host_does() {
        for other in [
            "sip:803002@centre.example",
            "sip:803001@other.example",
            "sip:centre.example",
            "tel:803001",
            "http://centre.example",
            "",
            "sip:",
            "sip:803001@[centre",
        ] {
            assert!(!same_target("sip:803001@centre.example", other), "{other}");
        }
        assert!(!same_target("sip:Anna@a.example", "sip:anna@a.example"), "users are told apart by case");
        assert!(!same_target("", ""));
    }
}
