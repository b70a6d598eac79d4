//! Which numbers may be called. What an operator dials is brought into one form, judged by rules, of which the one with
//! the longest prefix decides, and held against the limits of the day: whoever steals a password or a desk telephone can
//! call nothing that costs, and not for long.
//!
//! Emergency numbers stand above all of it. A desk telephone must reach 112 (directive (EU) 2018/1972, article 109), so
//! neither a rule nor a limit can refuse them; only a centre whose trunks carry no emergency calls says so with
//! [`Policy::without_emergency`], and then the reason tells to take another telephone.

mod number;
mod rule;
#[cfg(test)]
mod tests;

pub use number::{Kind, Number};
pub use rule::{Rule, Rules, Twice};

/// How many calls a day are too many; nothing for no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    pub person: Option<u32>,
    pub centre: Option<u32>,
}

/// Calls of today so far, of those that count. Which hour the day begins at is up to whoever counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Calls {
    pub person: u32,
    pub centre: u32,
}

/// A number that may be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialled {
    pub number: Number,
    /// Whether the call counts towards the limits; emergency calls do not.
    pub counts: bool,
}

/// Why a number may not be called. The words go to the person who dialled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAllowed {
    #[error("this is not a telephone number")]
    NotANumber,
    /// The trunks carry no emergency calls.
    #[error("emergency calls do not go through here: take another telephone")]
    NoEmergency,
    #[error("numbers of this kind may not be called")]
    Kind(Kind),
    /// A rule of the administration, not one of those that are always there.
    #[error("a rule of the centre does not allow this number")]
    Rule,
    #[error("no more than {0} calls a day may be made by one person")]
    PersonLimit(u32),
    #[error("no more than {0} calls a day may be made by the centre")]
    CentreLimit(u32),
}

/// What may be called.
#[derive(Debug, Clone)]
pub struct Policy {
    rules: Rules,
    limits: Limits,
    emergency: bool,
}

impl Policy {
    #[must_use]
    pub fn new(rules: Rules, limits: Limits) -> Self {
        Self { rules, limits, emergency: true }
    }

    /// For a centre whose trunks carry no emergency calls.
    #[must_use]
    pub fn without_emergency(mut self) -> Self {
        self.emergency = false;
        self
    }

    /// Judges what was dialled. Numbers of one's own centre (operators, queues) are none of its business and must be
    /// looked up before.
    ///
    /// # Errors
    /// Why it may not be called.
    pub fn judge(&self, typed: &str, today: Calls) -> Result<Dialled, NotAllowed> {
        let number = Number::read(typed).ok_or(NotAllowed::NotANumber)?;
        if number.kind() == Kind::Emergency {
            return if self.emergency { Ok(Dialled { number, counts: false }) } else { Err(NotAllowed::NoEmergency) };
        }
        match self.rules.decide(number.dialled()) {
            Some(rule) if rule.allow => {}
            Some(rule) if rule.own => return Err(NotAllowed::Rule),
            _ => return Err(NotAllowed::Kind(number.kind())),
        }
        let reached = |limit: Option<u32>, calls: u32| limit.filter(|limit| calls >= *limit);
        if let Some(limit) = reached(self.limits.person, today.person) {
            return Err(NotAllowed::PersonLimit(limit));
        }
        if let Some(limit) = reached(self.limits.centre, today.centre) {
            return Err(NotAllowed::CentreLimit(limit));
        }
        Ok(Dialled { number, counts: true })
    }
}
