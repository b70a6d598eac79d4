//! Which numbers may be called. What an operator dials is brought into one form, judged by rules, of which the one with
//! the longest prefix decides; the centre counts how often it is done: whoever steals a password or a desk telephone can
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

/// A number that may be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialled {
    pub number: Number,
    /// Whether the call counts towards the limits of the day; emergency calls do not.
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
}

/// What may be called.
#[derive(Debug, Clone)]
pub struct Policy {
    rules: Rules,
    emergency: bool,
}

impl Policy {
    #[must_use]
    pub fn new(rules: Rules) -> Self {
        Self { rules, emergency: true }
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
    pub fn judge(&self, typed: &str) -> Result<Dialled, NotAllowed> {
        let number = Number::read(typed).ok_or(NotAllowed::NotANumber)?;
        if number.kind() == Kind::Emergency {
            return if self.emergency { Ok(Dialled { number, counts: false }) } else { Err(NotAllowed::NoEmergency) };
        }
        match self.rules.decide(number.dialled()) {
            Some(rule) if rule.allow => {}
            Some(rule) if rule.own => return Err(NotAllowed::Rule),
            _ => return Err(NotAllowed::Kind(number.kind())),
        }
        Ok(Dialled { number, counts: true })
    }
}
