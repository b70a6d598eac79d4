//! A person is erased: asked first, with all that will happen, because it cannot be taken back.

use super::person::numbered;
use crate::admin::{FormPage, nav};
use crate::office::fault::{Answer, Fault};
use crate::office::field::{Field, Kind};
use crate::office::flash::Flash;
use crate::office::seat::Seat;
use axum::extract::Path;
use centre::By;
use centre::erasure::Held;
use gate::Form;
use model::problem::{FieldProblem, Problem};

fn page(seat: &Seat, held: &Held) -> FormPage {
    let tr = seat.tr;
    let name = held.name.clone().unwrap_or_else(|| tr.text("desk-no-name").into_owned());
    let path = format!("/admin/privacy/person/{}", held.person);
    let back = (path.clone(), name.clone());
    let mut page = FormPage::new(tr, nav::frame(seat, "privacy"), "erase", name, back, format!("{path}/erase"));
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let counts = [
        ("cases", tr.arg(count(held.cases))),
        ("contacts", tr.arg(count(held.contacts))),
        ("messages", tr.arg(count(held.messages))),
        ("files", tr.arg(count(held.files))),
    ];
    let mut hint = tr.with("privacy-erase-what", &counts).into_owned();
    if held.open > 0 {
        hint = format!("{hint} {}", tr.with("privacy-erase-open", &[("count", count(held.open))]));
    }
    page.fields = vec![Field::new("sure", tr.text("privacy-erase-sure"), Kind::Tick).hinted(hint)];
    page.stop = true;
    page
}

async fn held(seat: &Seat, id: &str) -> Result<Held, Fault> {
    Ok(centre::erasure::held(&seat.gate.centre, numbered(id)?).await?)
}

/// `GET /admin/privacy/person/{id}/erase`
pub(crate) async fn show(seat: Seat, Path(id): Path<String>) -> Answer {
    let held = held(&seat, &id).await?;
    Ok(page(&seat, &held).answer(&[]))
}

/// `POST /admin/privacy/person/{id}/erase`
pub(crate) async fn send(seat: Seat, Path(id): Path<String>, form: Form) -> Answer {
    let held = held(&seat, &id).await?;
    if !form.has("sure") {
        return Ok(page(&seat, &held).answer(&[FieldProblem::new("sure", Problem::Missing)]));
    }
    seat.gate.centre.erase_person(By::Staff(seat.me.clone()), held.person).await?;
    let person = format!("/admin/privacy/person/{}", held.person);
    Ok(seat.on_to(&person, Flash::said("privacy-done-erase")).await)
}
