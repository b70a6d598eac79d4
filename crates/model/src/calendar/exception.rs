//! A date that does not follow the week.

use super::Slot;

/// What holds on one date in place of the week and the holidays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// In order and apart; none when the date is closed.
    pub slots: Vec<Slot>,
    /// Shown to people, in the words of whoever wrote the calendar.
    pub name: Option<String>,
}
