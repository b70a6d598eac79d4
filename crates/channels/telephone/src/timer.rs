//! Session timers (RFC 4028): the two ends agree on a time after which a call that nobody has refreshed is over, and on
//! who refreshes it. A call whose far end has died is ended by it, even when no media tells.
//!
//! [`answer`] is the end that was called, [`Ask`] the end that calls, [`Timer`] the clock of the call between. The last is
//! given [`Instant`]s, not the time of day, so that a clock that is set ends no call.

mod ask;
mod clock;
mod headers;
#[cfg(test)]
mod tests;

pub use ask::{Ask, GivenUp};
pub use clock::{Due, Failure, Timer};
pub use headers::{Bad, SessionExpires, min_se, supports_timer};

#[cfg(doc)]
use std::time::Instant;

/// Nobody may ask for less, in seconds (RFC 4028 section 4).
pub const LEAST: u32 = 90;
/// What is longer is brought down to a day; numbers in header fields go up to 136 years.
const LONGEST: u32 = 86_400;

/// An end of one request, in the words of header fields: the one that sent it or the one that it was sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refresher {
    Uac,
    Uas,
}

/// An end of the call, whoever sent the last request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    Us,
    Them,
}

/// What we want, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    interval: u32,
    least: u32,
}

impl Terms {
    /// The interval that we ask for, and the least that we take. Both are at least 90 s and at most a day, and the interval
    /// no less than the least.
    #[must_use]
    pub fn new(interval: u32, least: u32) -> Self {
        let least = least.clamp(LEAST, LONGEST);
        Self { interval: interval.clamp(least, LONGEST), least }
    }
}

impl Default for Terms {
    /// Half an hour, as RFC 4028 section 4 recommends.
    fn default() -> Self {
        Self::new(1800, LEAST)
    }
}

/// What a request says about timers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked {
    pub expires: Option<SessionExpires>,
    /// Of the header field Min-SE.
    pub min_se: Option<u32>,
    /// `timer` stands in the header field Supported or Require.
    pub supported: bool,
}

impl Asked {
    /// Reads it from a request, of which `headers` gives the values by name.
    ///
    /// # Errors
    /// A value that cannot be read.
    pub fn read(headers: impl Fn(&str) -> Vec<String>) -> Result<Self, Bad> {
        let first = |name| headers(name).into_iter().next();
        let expires = first("Session-Expires").map(|value| SessionExpires::read(&value)).transpose()?;
        let min_se = first("Min-SE").map(|value| headers::min_se(&value)).transpose()?;
        let says: Vec<String> = ["Supported", "Require"].into_iter().flat_map(&headers).collect();
        Ok(Self { expires, min_se, supported: supports_timer(says.iter().map(String::as_str)) })
    }
}

/// What was agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agreed {
    /// Seconds.
    pub interval: u32,
    pub refresher: Side,
}

/// What a 2xx response says: the value of Session-Expires, and whether Require holds `timer`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    pub agreed: Agreed,
    pub expires: SessionExpires,
    pub require: bool,
}

/// The request asks for too little: it is answered with 422 and this Min-SE (RFC 4028 section 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the session interval is too small: at least {min_se} s")]
pub struct TooSmall {
    pub min_se: u32,
}

/// Answers a request (INVITE, re-INVITE or UPDATE) as the end that it was sent to (RFC 4028 section 9). `now_refreshing`
/// is who refreshes so far, when the call has a timer already: it stays so unless the request says otherwise. `None` is a
/// call without a timer, and turns off the one it had.
///
/// # Errors
/// The interval is below ours and the far end can ask again.
pub fn answer(terms: Terms, asked: &Asked, now_refreshing: Option<Side>) -> Result<Option<Answered>, TooSmall> {
    let floor = asked.min_se.unwrap_or(LEAST).max(LEAST);
    let interval = match asked.expires {
        Some(expires) if expires.seconds < terms.least => {
            if asked.supported {
                return Err(TooSmall { min_se: terms.least });
            }
            // A proxy wants it, and whoever asks could not understand a 422. The interval must not be raised either, so
            // there is one only if the RFC's own least allows it.
            if expires.seconds < LEAST {
                return Ok(None);
            }
            expires.seconds
        }
        // It may be made shorter, though not below what Min-SE says.
        Some(expires) => expires.seconds.min(terms.interval.max(floor)),
        // Nobody asked; we want one all the same, unless a proxy on the way wants none shorter than a day.
        None if floor > LONGEST => return Ok(None),
        None => terms.interval.max(floor),
    };
    let wished = asked.expires.and_then(|e| e.refresher);
    // Table 2 of section 9: without support only we can refresh; a wish is followed; otherwise it is ours to choose.
    let refresher = match (asked.supported, wished) {
        (false, _) => Refresher::Uas,
        (true, Some(wished)) => wished,
        (true, None) => match now_refreshing {
            Some(Side::Us) => Refresher::Uas,
            Some(Side::Them) | None => Refresher::Uac,
        },
    };
    let side = if refresher == Refresher::Uas { Side::Us } else { Side::Them };
    Ok(Some(Answered {
        agreed: Agreed { interval, refresher: side },
        expires: SessionExpires { seconds: interval, refresher: Some(refresher) },
        require: asked.supported,
    }))
}
