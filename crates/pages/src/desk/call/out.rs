//! An operator calls the citizen of a case: their own telephone rings first.

use crate::desk::action;
use crate::desk::fault::Answer;
use crate::desk::flash::Flash;
use crate::desk::place::Place;
use crate::desk::seat::Seat;
use axum::extract::{Path, Query};
use gate::Form;

/// `POST /desk/case/{number}/chiama`
pub(in crate::desk) async fn call_out(
    seat: Seat,
    Path(number): Path<String>,
    Query(place): Query<Place>,
    form: Form,
) -> Answer {
    let (stored, number) = action::subject(&seat, &number).await?;
    let (case, dialled) = (stored.case.id, form.text("number").to_owned());
    let reached = centre::availability::of(&seat.gate.centre, seat.me.id).await?.device.is_some();
    if !reached {
        return Ok(seat.done(&place, number, Flash::new("call-no-device")).await);
    }
    seat.work(move |w| Box::pin(async move { centre::call::call_out(w, case, &dialled).await })).await?;
    Ok(seat.done(&place, number, Flash::new("call-out")).await)
}
