//! Addresses of pages that an id stands in.

/// An id as a part of an address: it may hold anything when it came in with records.
#[must_use]
pub(crate) fn escaped(id: &str) -> String {
    let escape = |b: u8| match b {
        b if b.is_ascii_alphanumeric() || b"-._~".contains(&b) => char::from(b).to_string(),
        b => format!("%{b:02X}"),
    };
    id.bytes().map(escape).collect()
}
