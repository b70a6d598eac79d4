//! Asking for a timer as the end that sends a request (RFC 4028 sections 7.1 to 7.4).

use super::{Agreed, LONGEST, Refresher, SessionExpires, Side, Terms};

/// What a request asks for: the values of its header fields, besides `Supported: timer`. It lives as long as the call,
/// because the greatest Min-SE of any 422 goes into each later request (section 7.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    interval: u32,
    min_se: Option<u32>,
}

/// A 422 cannot be answered by asking for more: it says no more than was asked for, or more than a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no session interval can be agreed on")]
pub struct GivenUp;

impl Ask {
    #[must_use]
    pub fn new(terms: Terms) -> Self {
        Self { interval: terms.interval, min_se: None }
    }

    /// The value of Session-Expires. The first request leaves it to the other end who refreshes (section 7.1); those within
    /// the call name whoever does so far, lest it change sides each time (section 7.4).
    #[must_use]
    pub fn expires(&self, now_refreshing: Option<Side>) -> SessionExpires {
        let refresher = now_refreshing.map(|side| if side == Side::Us { Refresher::Uac } else { Refresher::Uas });
        SessionExpires { seconds: self.interval, refresher }
    }

    /// The value of Min-SE; no such field for nothing.
    #[must_use]
    pub fn min_se(&self) -> Option<u32> {
        self.min_se
    }

    /// The header fields of a first request.
    #[must_use]
    pub fn headers(&self) -> Vec<(&'static str, String)> {
        let mut headers = vec![("Session-Expires", self.expires(None).to_string()), ("Supported", "timer".to_owned())];
        headers.extend(self.min_se.map(|least| ("Min-SE", least.to_string())));
        headers
    }

    /// A 422 came with this Min-SE: the request is sent again with what this now says (section 7.3).
    ///
    /// # Errors
    /// It is of no use to ask again.
    pub fn too_small(&mut self, min_se: Option<u32>) -> Result<(), GivenUp> {
        let least = min_se.filter(|least| *least > self.interval && *least <= LONGEST).ok_or(GivenUp)?;
        self.interval = least;
        self.min_se = Some(least.max(self.min_se.unwrap_or(0)));
        Ok(())
    }

    /// A 2xx came: what was agreed. Without Session-Expires there is no timer, and none any more in a call that had one
    /// (section 7.2). Nobody named as refresher means that we are: the field is required, and too much refreshing does less
    /// harm than none. An interval that no answer may have is brought within bounds.
    #[must_use]
    pub fn answered(&self, expires: Option<SessionExpires>) -> Option<Agreed> {
        let expires = expires?;
        let refresher = if expires.refresher == Some(Refresher::Uas) { Side::Them } else { Side::Us };
        Some(Agreed { interval: expires.seconds.clamp(super::LEAST, LONGEST), refresher })
    }
}
