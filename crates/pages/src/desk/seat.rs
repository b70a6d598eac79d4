//! The way back to a case from an action, and which case is meant.

use super::flash::Flash;
use super::place::Place;
pub(super) use crate::office::seat::Seat;
use axum::response::Response;
use centre::{Error, Result};
use model::CaseId;
use model::number::CaseNumber;

impl Seat {
    /// Back to a case after something was done to it, which is then said there.
    pub(super) async fn done(&self, place: &Place, number: CaseNumber, flash: Flash) -> Response {
        self.on_to(&place.case(number), flash).await
    }
}

/// The case that is meant by the number in an address.
pub(super) fn numbered(number: &str) -> Result<CaseNumber> {
    number.parse().map_err(|_| Error::NotFound("case"))
}

/// The case that is meant by a number as somebody types it: whole, or its last part alone.
pub(super) fn typed_case(typed: &str) -> Option<CaseId> {
    let typed = typed.trim();
    let whole = typed.parse::<CaseNumber>().ok().map(|number| number.id);
    whole.or_else(|| typed.trim_start_matches('#').parse().ok().filter(|id| *id > 0).map(CaseId))
}
