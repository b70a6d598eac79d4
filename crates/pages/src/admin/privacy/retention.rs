//! How long a service keeps what was written: changed with its effect in view.

use super::{days, effect};
use crate::admin::FormPage;
use crate::admin::nav;
use crate::office::fault::{Answer, Fault};
use crate::office::field::{Field, Kind};
use crate::office::flash::Flash;
use crate::office::seat::Seat;
use axum::extract::Path;
use centre::{By, Error};
use gate::Form;
use language::Tr;
use model::ServiceId;
use model::problem::{FieldProblem, Problem};
use model::retention::Retention;
use model::service::Service;

const FIELD: &str = "content-days";

fn service(seat: &Seat, id: &str) -> Result<Service, Fault> {
    let catalogue = seat.gate.centre.catalogue();
    Ok(catalogue.service(&ServiceId::new(id)).cloned().ok_or(Error::NotFound("service"))?)
}

fn back(tr: Tr) -> (String, String) {
    ("/admin/privacy".to_owned(), tr.text("admin-nav-privacy").into_owned())
}

fn path(service: &Service) -> String {
    format!("/admin/privacy/retention/{}", service.id)
}

fn page(seat: &Seat, service: &Service, typed: String) -> FormPage {
    let tr = seat.tr;
    let frame = nav::frame(seat, "privacy");
    let mut page = FormPage::new(tr, frame, "retention", service.name.clone(), back(tr), path(service));
    let label = tr.text("privacy-field-days");
    page.fields =
        vec![Field::new(FIELD, label, Kind::Line).hinted(tr.text("privacy-field-days-hint")).with(typed).optional()];
    page
}

/// `GET /admin/privacy/retention/{service}`
pub(crate) async fn show(seat: Seat, Path(id): Path<String>) -> Answer {
    let service = service(&seat, &id)?;
    let typed = service.retention.content_days.map(|days| days.to_string()).unwrap_or_default();
    Ok(page(&seat, &service, typed).answer(&[]))
}

/// `POST /admin/privacy/retention/{service}`: what would be emptied is said first, and done when it is sent again.
pub(crate) async fn send(seat: Seat, Path(id): Path<String>, form: Form) -> Answer {
    let mut service = service(&seat, &id)?;
    let Some(retention) = read(form.text(FIELD)) else {
        let problem = FieldProblem::new(FIELD, Problem::NotInTheList);
        return Ok(page(&seat, &service, form.text(FIELD).to_owned()).answer(&[problem]));
    };
    // Whoever changes something else of the service meanwhile is not undone.
    let wanted_of = centre::service::revision(&service, None);
    service.retention = retention;
    let stands = centre::retention::stands(&seat.gate.centre, &service).await?;
    let seen = stands.over == centre::retention::Over::default() || form.has("sure");
    if !seen {
        let said = effect(seat.tr, &stands);
        let (tr, frame) = (seat.tr, nav::frame(&seat, "privacy"));
        let back = (path(&service), service.name.clone());
        let mut page = FormPage::new(tr, frame, "retention-sure", said, back, path(&service));
        page.hidden = vec![(FIELD, form.text(FIELD).to_owned()), ("sure", "1".to_owned())];
        page.stop = true;
        return Ok(page.answer(&[]));
    }
    let (name, kept) = (service.name.clone(), days(seat.tr, retention.content_days));
    let wanted = centre::service::Wanted { seen: Some(wanted_of), ..centre::service::Wanted::whole(service) };
    centre::service::change(&seat.gate.centre, By::Staff(seat.me.clone()), wanted).await?;
    Ok(seat.on_to("/admin/privacy", Flash::said("privacy-done-retention").about(format!("{name}: {kept}"))).await)
}

/// A number of days, or nothing; `None` when it is neither.
fn read(typed: &str) -> Option<Retention> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Some(Retention::default());
    }
    let retention = Retention { content_days: Some(typed.parse().ok()?) };
    retention.is_sound().then_some(retention)
}
