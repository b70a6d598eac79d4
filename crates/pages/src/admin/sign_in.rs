//! What is asked of everybody who signs in: of which roles a second factor.

use super::{FormPage, nav};
use crate::office::fault::Answer;
use crate::office::field::{Choice, Field, Kind};
use crate::office::flash::Flash;
use crate::office::seat::Seat;
use centre::{Error, totp};
use gate::Form;
use http::StatusCode;
use model::user::{Role, Roles};

/// The form, for whoever saw these roles asked.
fn page(seat: &Seat, seen: &Roles, chosen: &[Role]) -> FormPage {
    let tr = seat.tr;
    let back = ("/admin/staff".to_owned(), tr.text("admin-nav-staff").into_owned());
    let mut page = FormPage::new(tr, nav::frame(seat, "staff"), "sign-in", "", back, "/admin/sign-in");
    let choice = |role: &Role| {
        Choice::new(role, tr.text(&format!("staff-role-{role}")).into_owned()).chosen_if(chosen.contains(role))
    };
    let ticks = Kind::Ticks(Role::ALL.iter().map(choice).collect());
    page.fields = vec![Field::new("roles", tr.text("sign-in-roles"), ticks).hinted(tr.text("sign-in-roles-hint"))];
    page.hidden.push(("seen", seen.to_string()));
    page
}

async fn asked(seat: &Seat) -> centre::Result<Roles> {
    Ok(Roles::new(totp::asked_of(&seat.gate.centre).await?))
}

/// `GET /admin/sign-in`
pub(super) async fn show(seat: Seat) -> Answer {
    let asked = asked(&seat).await?;
    let chosen: Vec<Role> = asked.iter().collect();
    Ok(page(&seat, &asked, &chosen).answer(&[]))
}

/// `POST /admin/sign-in`
pub(super) async fn send(seat: Seat, form: Form) -> Answer {
    let roles: Vec<Role> = form.all("roles").filter_map(|word| word.parse().ok()).collect();
    let (chosen, seen) = (roles.clone(), form.parsed::<Roles>("seen").unwrap_or_default());
    let was_seen = seen.clone();
    match seat.work(move |w| Box::pin(async move { totp::ask_of(w, &roles, Some(was_seen)).await })).await {
        Err(Error::Invalid(problems)) => Ok(page(&seat, &seen, &chosen).answer(&problems)),
        Err(Error::ChangedMeanwhile) => {
            let mut page = page(&seat, &asked(&seat).await?, &chosen);
            page.problem = Some(seat.tr.text("sign-in-meanwhile").into_owned());
            let mut answer = page.answer(&[]);
            *answer.status_mut() = StatusCode::CONFLICT;
            Ok(answer)
        }
        outcome => {
            outcome?;
            Ok(seat.on_to("/admin/staff", Flash::said("admin-done-sign-in")).await)
        }
    }
}
