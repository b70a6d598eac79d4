//! Every sentence that a person reads or hears, and every date, number and duration, in that person's language.
//!
//! The sentences are in `messages/{language}/*.ftl` (Fluent). A handle [`Tr`] says them: it is `Copy`, so views keep
//! one by value. What a language lacks is said in Italian; that it lacks nothing is checked by the tests of this crate.

mod amount;
mod arg;
mod fraction;
mod language;
mod tr;
mod voice;
mod when;

pub use arg::Arg;
pub use fraction::{Fraction, Near};
pub use language::{Direction, Language, UnknownLanguage};
pub use tr::Tr;
pub use voice::mistakes;

/// Marks a message's key where it is not given to [`Tr`] at once, so that the tests find it:
/// `let key = key!("channel-sms");`.
#[macro_export]
macro_rules! key {
    ($key:literal) => {
        $key
    };
}
