//! Another password for oneself.

use crate::admin::FormPage;
use crate::desk::{DeskFrame, Open, Panes};
use crate::office::fault::Answer;
use crate::office::field::{Field, Kind};
use crate::office::flash::Flash;
use crate::office::seat::Seat;
use centre::Error;
use gate::{Form, Visitor};
use model::problem::FieldProblem;
use model::user::PASSWORD_MIN;

async fn page(seat: &Seat, problems: &[FieldProblem]) -> Answer {
    let tr = seat.tr;
    let frame = DeskFrame::read(seat, None, Panes::Two, Open::Case).await?;
    let back = ("/desk/me".to_owned(), tr.text("desk-me-title").into_owned());
    let mut page = FormPage::new(tr, frame, "password", "", back, "/desk/me/password");
    page.keys = "desk-me";
    let fewest = i64::try_from(PASSWORD_MIN).unwrap_or(i64::MAX);
    page.fields = vec![
        Field::new("old", tr.text("desk-me-password-old"), Kind::Password),
        Field::new("password", tr.text("desk-me-password-new"), Kind::NewPassword)
            .hinted(tr.with("door-password-hint", &[("limit", fewest)])),
    ];
    Ok(page.answer(problems))
}

/// `GET /desk/me/password`
pub(in crate::desk) async fn show(seat: Seat) -> Answer {
    page(&seat, &[]).await
}

/// `POST /desk/me/password`
pub(in crate::desk) async fn send(seat: Seat, Visitor(from): Visitor, form: Form) -> Answer {
    let this = seat.session.id().map(|id| id.to_string()).unwrap_or_default();
    let (old, new) = (form.text("old").to_owned(), form.text("password").to_owned());
    match centre::staff::change_password(&seat.gate.centre, &seat.me, &this, old, new, &from).await {
        Err(Error::Invalid(problems)) => page(&seat, &problems).await,
        outcome => {
            outcome?;
            Ok(seat.on_to("/desk/me", Flash::new("password")).await)
        }
    }
}
