//! What a mail server's reply says of a letter: whether this recipient is refused, or merely this try. Only the first is
//! for good: a changed password or a server that takes nobody just now must not make every letter a dead one.

use std::error::Error as _;
use std::fmt;

/// A negative reply: its code (RFC 5321, section 4.2) and its enhanced status code (RFC 3463) where it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reply {
    code: u16,
    enhanced: Option<(u16, u16, u16)>,
}

impl Reply {
    /// The reply in an error of the transport; `None` when there was none.
    pub(crate) fn of(error: &lettre::transport::smtp::Error) -> Option<Self> {
        let code = u16::from(error.status()?);
        Some(Self::read(code, &error.source().map(ToString::to_string).unwrap_or_default()))
    }

    fn read(code: u16, text: &str) -> Self {
        let mut words = text.split_whitespace().next().unwrap_or_default().splitn(3, '.').map(|n| n.parse().ok());
        let mut next = || words.next().flatten();
        let enhanced = match (next(), next(), next()) {
            (Some(class), Some(subject), Some(detail)) => Some((class, subject, detail)),
            _ => None,
        };
        Self { code, enhanced }
    }

    /// True when the recipient is refused for good. The transport does not tell which command was refused, so what may
    /// speak of the sender (5.1.7, 5.1.8), of policy (5.7) or of credentials is taken for a matter that somebody will
    /// mend. Without an enhanced code it is what RFC 5321, section 4.3.2, lists for RCPT alone or nearly so.
    #[must_use]
    pub fn refuses_recipient(&self) -> bool {
        if !matches!(self.code, 501 | 550 | 551 | 553 | 554 | 556) {
            return false;
        }
        match self.enhanced {
            Some((class, subject, detail)) => {
                class == 5 && matches!((subject, detail), (1, 0..=3 | 6 | 10) | (2, 0 | 1) | (4, 4))
            }
            None => matches!(self.code, 550 | 551 | 553),
        }
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.enhanced {
            Some((class, subject, detail)) => write!(f, "{} {class}.{subject}.{detail}", self.code),
            None => write!(f, "{}", self.code),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Reply;

    #[test]
    fn only_a_recipient_is_refused_for_good() {
        let for_good = |code, text| Reply::read(code, text).refuses_recipient();
        assert!(for_good(550, "5.1.1 <g@posta.example>: Recipient address rejected: User unknown"));
        assert!(for_good(550, "No such user here"));
        assert!(for_good(553, "mailbox name not allowed"));
        assert!(for_good(501, "5.1.3 Bad recipient address syntax"));
        assert!(!for_good(535, "5.7.8 Authentication credentials invalid"));
        assert!(!for_good(535, "authentication failed"));
        assert!(!for_good(554, "no SMTP service here"));
        assert!(!for_good(554, "5.7.1 <g@posta.example>: Relay access denied"));
        assert!(!for_good(553, "5.7.1 Sender address rejected: not owned by user"));
        assert!(!for_good(501, "5.1.7 Bad sender address syntax"));
        assert!(!for_good(530, "5.7.0 Must issue a STARTTLS command first"));
        assert!(!for_good(450, "4.1.1 try later"));
    }

    #[test]
    fn what_is_told_of_a_reply_holds_no_address() {
        assert_eq!(Reply::read(550, "5.1.1 <g@posta.example>: User unknown").to_string(), "550 5.1.1");
        assert_eq!(Reply::read(550, "<g@posta.example> unknown").to_string(), "550");
    }
}
