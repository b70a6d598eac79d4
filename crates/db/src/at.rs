//! An instant as it is stored: microseconds since 1970 in UTC.

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::DeriveValueType;

/// Microseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, DeriveValueType)]
pub struct At(pub i64);

/// Later than everything: sorts what has no due time to the end.
pub const NEVER: At = At(i64::MAX);

impl From<DateTime<Utc>> for At {
    fn from(time: DateTime<Utc>) -> Self {
        Self(time.timestamp_micros())
    }
}

impl From<At> for DateTime<Utc> {
    fn from(at: At) -> Self {
        Self::from_timestamp_micros(at.0).unwrap_or(Self::MAX_UTC)
    }
}

/// The instant with the precision that is stored, so that what is kept equals what was decided on.
#[must_use]
pub fn stored(time: DateTime<Utc>) -> DateTime<Utc> {
    time.trunc_subsecs(6)
}
