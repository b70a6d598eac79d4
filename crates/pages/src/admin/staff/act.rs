//! What is done to one of the staff: invited, disabled and let in again, sessions ended, a second factor taken away.

use super::card::{self, NewLink, Once};
use super::numbered;
use crate::admin::{FormPage, nav};
use crate::office::fault::Answer;
use crate::office::field::{Field, Kind};
use crate::office::flash::Flash;
use crate::office::seat::Seat;
use axum::extract::Path;
use centre::invitation::{self, Link, Way};
use centre::{By, Error, session, staff, token, totp};
use gate::Form;
use language::Tr;
use model::problem::FieldProblem;
use model::{TokenId, UserId};

pub(super) fn path(id: UserId) -> String {
    format!("/admin/staff/{id}")
}

pub(super) fn link(tr: Tr, made: &Link) -> NewLink {
    NewLink { url: made.url.clone(), until: tr.date_time_full(made.until) }
}

/// `POST /admin/staff/{id}/invite`
pub(in crate::admin) async fn invite(seat: Seat, Path(id): Path<String>, form: Form) -> Answer {
    let id = numbered(&id)?;
    let way = if form.text("way") == "letter" { Way::Letter } else { Way::Hand };
    let made = seat.work(move |w| Box::pin(async move { invitation::invite(w, id, way).await })).await?;
    match way {
        Way::Letter => Ok(seat.on_to(&path(id), Flash::said("admin-done-staff-invited")).await),
        Way::Hand => card::shown(&seat, id, Once::of(link(seat.tr, &made))).await,
    }
}

/// `POST /admin/staff/{id}/withdraw`
pub(in crate::admin) async fn withdraw(seat: Seat, Path(id): Path<String>) -> Answer {
    let id = numbered(&id)?;
    seat.work(move |w| Box::pin(async move { invitation::withdraw(w, id).await })).await?;
    Ok(seat.on_to(&path(id), Flash::said("admin-done-staff-withdrawn")).await)
}

/// A question about somebody before something is done to them.
pub(super) async fn question(seat: &Seat, id: UserId, word: &'static str, address: &str) -> centre::Result<FormPage> {
    let listed = staff::listed(&seat.gate.centre, id).await?;
    let name = listed.member.staff.name;
    let back = (path(id), name.clone());
    let action = format!("{}/{address}", path(id));
    let page = FormPage::new(seat.tr, nav::frame(seat, "staff"), word, name, back, action);
    Ok(FormPage { stop: true, ..page })
}

/// `GET /admin/staff/{id}/disable`
pub(in crate::admin) async fn show_disable(seat: Seat, Path(id): Path<String>) -> Answer {
    let id = numbered(&id)?;
    disabling(&seat, id, true, &[]).await
}

async fn disabling(seat: &Seat, id: UserId, put_back: bool, problems: &[FieldProblem]) -> Answer {
    let mut page = question(seat, id, "staff-disable", "disable").await?;
    let held = staff::held(&seat.gate.centre, id).await?.count;
    if held > 0 {
        let count = i64::try_from(held).unwrap_or(i64::MAX);
        let label = seat.tr.with("staff-put-back-too", &[("count", count)]);
        page.fields = vec![Field::new("put-back", label, Kind::Tick).with(if put_back { "1" } else { "" })];
    }
    Ok(page.answer(problems))
}

/// `POST /admin/staff/{id}/disable`
pub(in crate::admin) async fn disable(seat: Seat, Path(id): Path<String>, form: Form) -> Answer {
    let id = numbered(&id)?;
    let put_back = form.has("put-back");
    match seat.work(move |w| Box::pin(async move { staff::disable(w, id).await })).await {
        Err(Error::Invalid(problems)) => return disabling(&seat, id, put_back, &problems).await,
        outcome => outcome?,
    }
    if put_back {
        staff::put_back_cases(&seat.gate.centre, By::Staff(seat.me.clone()), id).await?;
    }
    let done = Flash::said("admin-done-staff-disabled");
    // Cases that were put back are not had again.
    let done = if put_back { done } else { done.undone_by(format!("{}/enable", path(id)), &[]) };
    Ok(seat.on_to(&path(id), done).await)
}

/// `POST /admin/staff/{id}/enable`
pub(in crate::admin) async fn enable(seat: Seat, Path(id): Path<String>) -> Answer {
    let id = numbered(&id)?;
    seat.work(move |w| Box::pin(async move { staff::enable(w, id).await })).await?;
    Ok(seat.on_to(&path(id), Flash::said("admin-done-staff-enabled")).await)
}

/// `GET /admin/staff/{id}/put-back`
pub(in crate::admin) async fn show_put_back(seat: Seat, Path(id): Path<String>) -> Answer {
    let id = numbered(&id)?;
    Ok(question(&seat, id, "staff-put-back", "put-back").await?.answer(&[]))
}

/// `POST /admin/staff/{id}/put-back`
pub(in crate::admin) async fn put_back(seat: Seat, Path(id): Path<String>) -> Answer {
    let id = numbered(&id)?;
    let count = staff::put_back_cases(&seat.gate.centre, By::Staff(seat.me.clone()), id).await?;
    Ok(seat.on_to(&path(id), Flash::said("admin-done-staff-put-back").about(count.to_string())).await)
}

/// `POST /admin/staff/{id}/end-sessions`
pub(in crate::admin) async fn end_sessions(seat: Seat, Path(id): Path<String>) -> Answer {
    let id = numbered(&id)?;
    let ended = seat.work(move |w| Box::pin(async move { session::end_all(w, id).await })).await?;
    Ok(seat.on_to(&path(id), Flash::said("admin-done-staff-sessions").about(ended.to_string())).await)
}

/// `GET /admin/staff/{id}/reset-factor`
pub(in crate::admin) async fn show_reset(seat: Seat, Path(id): Path<String>) -> Answer {
    let id = numbered(&id)?;
    Ok(question(&seat, id, "staff-reset-factor", "reset-factor").await?.answer(&[]))
}

/// `POST /admin/staff/{id}/reset-factor`
pub(in crate::admin) async fn reset(seat: Seat, Path(id): Path<String>) -> Answer {
    let id = numbered(&id)?;
    seat.work(move |w| Box::pin(async move { totp::reset(w, id).await })).await?;
    Ok(seat.on_to(&path(id), Flash::said("admin-done-staff-factor-reset")).await)
}

/// `POST /admin/staff/{id}/revoke-token`
pub(in crate::admin) async fn revoke_token(seat: Seat, Path(id): Path<String>, form: Form) -> Answer {
    let id = numbered(&id)?;
    let token = form.parsed("token").map(TokenId).ok_or(Error::NotFound("token"))?;
    seat.work(move |w| Box::pin(async move { token::revoke(w, token).await })).await?;
    Ok(seat.on_to(&path(id), Flash::said("admin-done-staff-token")).await)
}
