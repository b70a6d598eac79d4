//! The account of somebody's SIP telephone: made, given another password, taken away. A password is shown once, on the card
//! that its making leads to.

use super::act::{path, question};
use super::card::{self, Once};
use super::numbered;
use crate::admin::FormPage;
use crate::office::fault::Answer;
use crate::office::flash::Flash;
use crate::office::seat::Seat;
use axum::extract::Path;
use centre::sip_account;

/// `GET /admin/staff/{id}/telephone`: another password makes the one in use worthless.
pub(in crate::admin) async fn show(seat: Seat, Path(id): Path<String>) -> Answer {
    let page = question(&seat, numbered(&id)?, "staff-telephone", "telephone").await?;
    Ok(FormPage { stop: false, ..page }.answer(&[]))
}

/// `POST /admin/staff/{id}/telephone`
pub(in crate::admin) async fn give(seat: Seat, Path(id): Path<String>) -> Answer {
    let id = numbered(&id)?;
    let given = seat.work(move |w| Box::pin(async move { sip_account::give(w, id).await })).await?;
    card::shown(&seat, id, Once { telephone: Some(given), ..Once::default() }).await
}

/// `GET /admin/staff/{id}/telephone/remove`
pub(in crate::admin) async fn show_remove(seat: Seat, Path(id): Path<String>) -> Answer {
    let page = question(&seat, numbered(&id)?, "staff-telephone-remove", "telephone/remove").await?;
    Ok(page.answer(&[]))
}

/// `POST /admin/staff/{id}/telephone/remove`
pub(in crate::admin) async fn remove(seat: Seat, Path(id): Path<String>) -> Answer {
    let id = numbered(&id)?;
    seat.work(move |w| Box::pin(async move { sip_account::remove(w, id).await })).await?;
    Ok(seat.on_to(&path(id), Flash::said("admin-done-staff-telephone-removed")).await)
}
