//! The texts of the register that only the administration can write.

use crate::admin::{FormPage, nav};
use crate::office::fault::{Answer, Fault};
use crate::office::field::{Field, Kind};
use crate::office::flash::Flash;
use crate::office::seat::Seat;
use centre::Error;
use centre::processing::FIELDS;
use gate::Form;
use model::problem::FieldProblem;

const PATH: &str = "/admin/privacy/register";

fn page(seat: &Seat, text: impl Fn(&str) -> String) -> FormPage {
    let tr = seat.tr;
    let back = (PATH.to_owned(), tr.text("register-title").into_owned());
    let action = format!("{PATH}/edit");
    let mut page = FormPage::new(tr, nav::frame(seat, "privacy"), "register", "", back, action);
    page.fields = FIELDS
        .iter()
        .map(|field| {
            let kind = if *field == "contact" { Kind::Line } else { Kind::Text };
            let one = Field::new(field, tr.text(&format!("register-{field}")), kind).with(text(field)).optional();
            // What stands there while nothing is written is shown, so that nobody has to write it.
            let usual = format!("register-{field}-usual");
            match tr.has(&usual) {
                true => one.hinted(tr.with("register-usual", &[("text", tr.text(&usual))]).into_owned()),
                false => one,
            }
        })
        .collect();
    page
}

/// `GET /admin/privacy/register/edit`
pub(crate) async fn show_edit(seat: Seat) -> Answer {
    let texts = centre::processing::read(&seat.gate.centre).await?;
    Ok(page(&seat, |field| texts.of(field).to_owned()).answer(&[]))
}

/// `POST /admin/privacy/register/edit`
pub(crate) async fn send(seat: Seat, form: Form) -> Answer {
    let typed: Vec<(&'static str, String)> = FIELDS.iter().map(|field| (*field, form.text(field).to_owned())).collect();
    let done = seat.work(move |w| Box::pin(async move { centre::processing::write(w, &typed).await })).await;
    match done {
        Ok(()) => Ok(seat.on_to(PATH, Flash::said("register-done")).await),
        Err(Error::Invalid(problems)) => Ok(wrong(&seat, &form, &problems)),
        Err(error) => Err(Fault::from(error).with(form.unsent(format!("{PATH}/edit")))),
    }
}

fn wrong(seat: &Seat, form: &Form, problems: &[FieldProblem]) -> axum::response::Response {
    page(seat, |field| form.text(field).to_owned()).answer(problems)
}
