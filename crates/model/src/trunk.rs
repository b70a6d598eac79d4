//! A trunk: the way to the telephone network that a carrier gives us, and by which it is known again.

use crate::TrunkId;
use crate::address::Address;
use crate::problem::{FieldProblem, Problem};
use crate::word::words;
use serde::{Deserialize, Serialize};

words!(
    /// What SIP goes over.
    Transport { Udp = "udp", Tcp = "tcp", Tls = "tls" }
);
words!(
    /// Whether sound is encrypted (RFC 4568): only where SIP itself is, because the keys stand in it.
    Encryption { Never = "never", Offered = "offered", Required = "required" }
);

/// A trunk as it is set up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trunk {
    pub id: TrunkId,
    pub name: String,
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub active: bool,
    /// The carrier's host, with a port where it is not the usual one; none for one that only calls us.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    #[serde(default = "udp")]
    pub transport: Transport,
    /// We register with the carrier, by the account.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub register: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// Written, and never shown again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// Addresses and networks from which the carrier calls: `192.0.2.10`, `198.51.100.0/24`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    /// The numbers that it brings, as the carrier sends them; every one when none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<String>,
    #[serde(default = "never", skip_serializing_if = "is_never")]
    pub encryption: Encryption,
    /// Citizens may be called by it.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub outgoing: bool,
    /// Callers hear us before we answer, where the service says so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub early_media: bool,
}

fn yes() -> bool {
    true
}
fn is_true(value: &bool) -> bool {
    *value
}
fn udp() -> Transport {
    Transport::Udp
}
fn never() -> Encryption {
    Encryption::Never
}
fn is_never(value: &Encryption) -> bool {
    *value == Encryption::Never
}

impl Trunk {
    /// What cannot be taken of it.
    ///
    /// # Errors
    /// Every field that is wrong.
    pub fn check(&self) -> Result<(), Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut wrong = |field, problem| problems.push(FieldProblem::new(field, problem));
        let id = self.id.as_str();
        let readable = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || id.len() > 40 || !id.chars().all(readable) {
            wrong("id", Problem::NotInTheList);
        }
        if self.name.trim().is_empty() {
            wrong("name", Problem::Missing);
        }
        if self.host.is_none() && self.from.is_empty() {
            wrong("host", Problem::Missing);
        }
        if self.register && (self.user.is_none() || self.host.is_none()) {
            wrong("user", Problem::Missing);
        }
        // Keys that all can read on the way keep nothing secret.
        if self.encryption != Encryption::Never && self.transport != Transport::Tls {
            wrong("encryption", Problem::NotInTheList);
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    /// The same without what may not be shown.
    #[must_use]
    pub fn shown(&self) -> Self {
        Self { password: None, ..self.clone() }
    }
}

/// Whether two numbers are the same, however each is written: in full, national, or a short one.
#[must_use]
pub fn same_number(one: &str, other: &str) -> bool {
    let bare = |number: &str| number.chars().filter(char::is_ascii_digit).collect::<String>();
    let full = |number: &str| Address::phone("number", number).ok().map(|address| address.value);
    match (full(one), full(other)) {
        (Some(one), Some(other)) => one == other,
        _ => !bare(one).is_empty() && bare(one) == bare(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        assert!(same_number("+39 06 828881", "06828881"));
        assert!(same_number("803001", "803 001"));
        assert!(!same_number("803001", "803002"));
        assert!(!same_number("", ""));
    }

    #[test]
    fn what_hangs_together_is_looked_at() {
        let trunk: Trunk = serde_json::from_value(serde_json::json!({
            "id": "carrier", "name": "Carrier", "host": "sip.carrier.example", "register": true
        }))
        .unwrap();
        assert_eq!(trunk.check().unwrap_err().len(), 1);
        let trunk = Trunk { user: Some("0601".to_owned()), ..trunk };
        assert_eq!(trunk.check(), Ok(()));
        let encrypted = Trunk { encryption: Encryption::Required, ..trunk };
        assert!(encrypted.check().is_err(), "keys over a connection that all can read");
        assert_eq!(Trunk { transport: Transport::Tls, ..encrypted }.check(), Ok(()));
    }
}
