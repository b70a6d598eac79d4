//! What is asked of everybody who signs in: of which roles a second factor.

use super::{FormPage, nav};
use crate::office::fault::Answer;
use crate::office::field::{Choice, Field, Kind};
use crate::office::flash::Flash;
use crate::office::seat::Seat;
use centre::{Error, totp};
use gate::Form;
use model::problem::FieldProblem;
use model::user::Role;

async fn page(seat: &Seat, chosen: &[Role], problems: &[FieldProblem]) -> Answer {
    let tr = seat.tr;
    let back = ("/admin/staff".to_owned(), tr.text("admin-nav-staff").into_owned());
    let mut page = FormPage::new(tr, nav::frame(seat, "staff"), "sign-in", "", back, "/admin/sign-in");
    let choice = |role: &Role| {
        Choice::new(role, tr.text(&format!("staff-role-{role}")).into_owned()).chosen_if(chosen.contains(role))
    };
    let ticks = Kind::Ticks(Role::ALL.iter().map(choice).collect());
    page.fields = vec![Field::new("roles", tr.text("sign-in-roles"), ticks).hinted(tr.text("sign-in-roles-hint"))];
    Ok(page.answer(problems))
}

/// `GET /admin/sign-in`
pub(super) async fn show(seat: Seat) -> Answer {
    let asked = totp::asked_of(&seat.gate.centre).await?;
    page(&seat, &asked, &[]).await
}

/// `POST /admin/sign-in`
pub(super) async fn send(seat: Seat, form: Form) -> Answer {
    let roles: Vec<Role> = form.all("roles").filter_map(|word| word.parse().ok()).collect();
    let chosen = roles.clone();
    match seat.work(move |w| Box::pin(async move { totp::ask_of(w, &roles).await })).await {
        Err(Error::Invalid(problems)) => page(&seat, &chosen, &problems).await,
        outcome => {
            outcome?;
            Ok(seat.on_to("/admin/staff", Flash::said("admin-done-sign-in")).await)
        }
    }
}
