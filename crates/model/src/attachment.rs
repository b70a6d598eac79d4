//! A file that came with a contact or goes with a reply: bounded, and taken for what its bytes are.

/// Largest file taken, in bytes.
pub const SIZE_MAX: u64 = 10 * 1024 * 1024;
/// Most files with one message.
pub const COUNT_MAX: usize = 5;

/// The kinds of file taken, as MIME types found in the bytes themselves: what a citizen photographs, scans or writes.
/// Nothing here runs when opened, and all are sent back as downloads.
pub const KINDS: &[&str] = &[
    "application/pdf",
    "image/jpeg",
    "image/png",
    "image/gif",
    "image/webp",
    "image/heif",
    "image/tiff",
    "text/plain",
    "application/msword",
    "application/rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
];

/// A file name that is safe to offer for download: its last part, without control characters, at most 120 characters.
#[must_use]
pub fn safe_name(typed: &str) -> String {
    let last = typed.rsplit(['/', '\\']).next().unwrap_or_default();
    let bidi = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let clean: String = crate::text::clean_line(last)
        .chars()
        .filter(|c| !bidi(*c) && !matches!(c, '"' | '<' | '>' | '|' | '*' | '?' | ':'))
        .collect();
    let clean = clean.trim_matches(['.', ' ']);
    if clean.chars().count() <= 120 {
        return if clean.is_empty() { "allegato".to_owned() } else { clean.to_owned() };
    }
    let tail: Vec<char> = clean.chars().rev().take(20).collect();
    let head: String = clean.chars().take(99).collect();
    format!("{head}…{}", tail.into_iter().rev().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_lead_elsewhere_or_pretend() {
        assert_eq!(safe_name("../../etc/passwd"), "passwd");
        assert_eq!(safe_name("C:\\fatture\\gas.pdf"), "gas.pdf");
        assert_eq!(safe_name("fattura\u{202e}fdp.exe"), "fatturafdp.exe");
        assert_eq!(safe_name("\0\n"), "allegato");
        assert!(safe_name(&"x".repeat(10_000)).chars().count() <= 120);
    }
}
