//! The header fields Session-Expires, Min-SE and Supported as far as timers need them (RFC 4028 sections 4, 5 and 12).

use super::Refresher;
use std::fmt;

/// The value of Session-Expires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionExpires {
    pub seconds: u32,
    pub refresher: Option<Refresher>,
}

/// A value cannot be read; the request is answered with 400.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a header field of the session timer cannot be read")]
pub struct Bad;

impl SessionExpires {
    /// Reads `1800;refresher=uac`. Unknown parameters are skipped, as is an unknown refresher; seconds past 32 bits count
    /// as the most there are (RFC 3261 section 25.1 sets no limit).
    ///
    /// # Errors
    /// It does not begin with a number.
    pub fn read(value: &str) -> Result<Self, Bad> {
        let mut parts = value.split(';');
        let seconds = seconds(parts.next().unwrap_or(""))?;
        let refresher = parts
            .filter_map(|part| part.split_once('='))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case("refresher"))
            .and_then(|(_, who)| match who.trim().to_ascii_lowercase().as_str() {
                "uac" => Some(Refresher::Uac),
                "uas" => Some(Refresher::Uas),
                _ => None,
            });
        Ok(Self { seconds, refresher })
    }
}

impl fmt::Display for SessionExpires {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.seconds)?;
        match self.refresher {
            None => Ok(()),
            Some(Refresher::Uac) => f.write_str(";refresher=uac"),
            Some(Refresher::Uas) => f.write_str(";refresher=uas"),
        }
    }
}

/// Reads the value of Min-SE, `90` with any parameters.
///
/// # Errors
/// It does not begin with a number.
pub fn min_se(value: &str) -> Result<u32, Bad> {
    seconds(value.split(';').next().unwrap_or(""))
}

/// Whether one of the values of Supported (or Require), each a list of words, holds `timer`.
pub fn supports_timer<'a>(values: impl IntoIterator<Item = &'a str>) -> bool {
    values.into_iter().flat_map(|value| value.split(',')).any(|word| word.trim().eq_ignore_ascii_case("timer"))
}

fn seconds(text: &str) -> Result<u32, Bad> {
    let text = text.trim();
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Bad);
    }
    // Only digits, so the one thing that can be wrong is that there are too many.
    Ok(text.parse().unwrap_or(u32::MAX))
}
