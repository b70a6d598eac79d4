//! Links between cases.

use super::action;
use super::fault::Answer;
use super::flash::Flash;
use super::merge::{choosing, chosen};
use super::place::Place;
use super::seat::Seat;
use axum::extract::{Path, Query};
use gate::Form;
use model::CaseId;
use model::number::CaseNumber;

/// `GET …/link`
pub(super) async fn show(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>) -> Answer {
    let (stored, _) = action::subject(&seat, &number).await?;
    let fields = choosing(&seat, &number, "other", &Form::default()).await?;
    action::form(&seat, &place, &stored, "link", fields, &[]).await
}

/// `POST …/link`
pub(super) async fn send(seat: Seat, Path(path): Path<String>, Query(place): Query<Place>, form: Form) -> Answer {
    let (stored, number) = action::subject(&seat, &path).await?;
    let other = match chosen(&seat, "other", &form).await {
        Ok(other) => other,
        Err(problem) => {
            return action::form(
                &seat,
                &place,
                &stored,
                "link",
                choosing(&seat, &path, "other", &form).await?,
                &[problem],
            )
            .await;
        }
    };
    let id = other.case.id;
    seat.work(move |w| Box::pin(async move { centre::case::link(w, number.id, id).await })).await?;
    let name = CaseNumber::new(id, other.case.opened_at).to_string();
    let flash = Flash::new("link").about(name).undone_by(place.act(number, "unlink"), &[("other", id.to_string())]);
    Ok(seat.done(&place, number, flash).await)
}

/// `POST …/unlink`
pub(super) async fn unlink(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>, form: Form) -> Answer {
    let (_, number) = action::subject(&seat, &number).await?;
    let other: CaseId = form.parsed("other").ok_or(centre::Error::NotFound("case"))?;
    seat.work(move |w| Box::pin(async move { centre::case::unlink(w, number.id, other).await })).await?;
    let flash = Flash::new("unlink").undone_by(place.act(number, "link"), &[("other", other.to_string())]);
    Ok(seat.done(&place, number, flash).await)
}
