//! The administration: what holds for everybody's work is set here, by those who administer the whole centre. It looks
//! as the desk does, with its own links in the place of the lists.

mod form;
mod home;
mod nav;
pub(crate) mod privacy;
mod sign_in;
mod staff;

pub use form::FormPage;
pub use home::HomePage;
pub(crate) use nav::{is_place, nav};
pub use privacy::PrivacyPage;
pub use privacy::person::PersonPage;
pub use privacy::register::RegisterPage;
pub use staff::StaffPage;
pub use staff::card::CardPage;
pub use staff::edit::StaffFormPage;

use crate::office::fault;
use axum::routing::{MethodRouter, get, post};
use gate::{Access, Gate, Routes};

/// The routes of the administration: all are open to administrators alone.
#[must_use]
pub fn routes() -> Routes {
    let table: Vec<(&'static str, MethodRouter<Gate>)> = vec![
        ("/admin", get(home::show)),
        ("/admin/sign-in", get(sign_in::show).post(sign_in::send)),
        ("/admin/staff", get(staff::show)),
        ("/admin/staff/new", get(staff::edit::show_new).post(staff::edit::send_new)),
        ("/admin/staff/{id}", get(staff::card::show)),
        ("/admin/staff/{id}/edit", get(staff::edit::show).post(staff::edit::send)),
        ("/admin/staff/{id}/invite", post(staff::act::invite)),
        ("/admin/staff/{id}/withdraw", post(staff::act::withdraw)),
        ("/admin/staff/{id}/disable", get(staff::act::show_disable).post(staff::act::disable)),
        ("/admin/staff/{id}/enable", post(staff::act::enable)),
        ("/admin/staff/{id}/put-back", get(staff::act::show_put_back).post(staff::act::put_back)),
        ("/admin/staff/{id}/end-sessions", post(staff::act::end_sessions)),
        ("/admin/staff/{id}/reset-factor", get(staff::act::show_reset).post(staff::act::reset)),
        ("/admin/privacy", get(privacy::show)),
        ("/admin/privacy/person/{id}", get(privacy::person::show)),
        ("/admin/privacy/person/{id}/erase", get(privacy::erase::show).post(privacy::erase::send)),
        ("/admin/privacy/person/{id}/export", post(privacy::person::export)),
        ("/admin/privacy/register", get(privacy::register::show)),
        ("/admin/privacy/register.csv", get(privacy::register::csv)),
        ("/admin/privacy/register/edit", get(privacy::register::show_edit).post(privacy::register::send)),
        ("/admin/privacy/retention/{service}", get(privacy::retention::show).post(privacy::retention::send)),
    ];
    table
        .into_iter()
        .fold(Routes::new(), |routes, (path, methods)| routes.at(Access::Admin, path, fault::told(methods)))
}

pub(crate) fn add_samples(tr: language::Tr, pages: &mut Vec<crate::samples::SamplePage>) -> Result<(), askama::Error> {
    use crate::samples::add;
    add::<HomePage>("admin-home", tr, pages)?;
    add::<FormPage>("admin-form", tr, pages)?;
    add::<StaffPage>("admin-staff", tr, pages)?;
    add::<CardPage>("admin-staff-card", tr, pages)?;
    add::<StaffFormPage>("admin-staff-form", tr, pages)?;
    add::<PrivacyPage>("admin-privacy", tr, pages)?;
    add::<PersonPage>("admin-privacy-person", tr, pages)?;
    add::<RegisterPage>("admin-register", tr, pages)
}
