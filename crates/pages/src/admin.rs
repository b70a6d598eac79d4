//! The administration: what holds for everybody's work is set here, by those who administer the whole centre. It looks
//! as the desk does, with its own links in the place of the lists.

mod audit;
mod form;
mod health;
mod home;
mod job;
mod nav;
pub(crate) mod privacy;
mod reply_template;
mod service;
pub(crate) mod sheet;
mod sign_in;
mod sound;
mod staff;
mod topic;
mod trunk;

pub use audit::AuditPage;
pub use form::FormPage;
pub use health::HealthPage;
pub use home::HomePage;
pub use job::JobsPage;
pub(crate) use nav::{is_place, nav};
pub use privacy::PrivacyPage;
pub use privacy::person::PersonPage;
pub use privacy::register::RegisterPage;
pub use reply_template::{TemplatePage, TemplatesPage};
pub(crate) use service::sentence as flaw_sentence;
pub use service::{FilePage, PartPage, PreviewPage, ServicePage, ServicesPage};
pub(crate) use sheet::InputKind;
pub use sound::SoundsPage;
pub use staff::StaffPage;
pub use staff::card::CardPage;
pub(crate) use staff::card::language_name;
pub use staff::edit::StaffFormPage;
pub(crate) use staff::edit::{SkillRow, languages_field, sample as sample_member, skill_rows, skills_of};
pub use topic::TopicsPage;
pub use trunk::TrunksPage;

use crate::office::fault;
use axum::routing::{MethodRouter, get, post};
use gate::{Access, Gate, Routes};

/// The routes of the administration: all are open to administrators alone.
#[must_use]
pub fn routes() -> Routes {
    let table: Vec<(&'static str, MethodRouter<Gate>)> = vec![
        ("/admin", get(home::show)),
        ("/admin/services", get(service::list).post(service::add)),
        ("/admin/services-file", get(service::show_upload).post(service::upload)),
        ("/admin/services/{id}", get(service::show)),
        ("/admin/services/{id}/file.toml", get(service::download)),
        ("/admin/services/{id}/{part}", get(service::show_part).post(service::send)),
        ("/admin/topics", get(topic::list)),
        ("/admin/topics/new", get(topic::show_new).post(topic::add)),
        ("/admin/topics/{id}/change", get(topic::show_change).post(topic::change)),
        ("/admin/topics/{id}/retire", post(topic::retire)),
        ("/admin/topics/{id}/restore", post(topic::restore)),
        ("/admin/topics/{id}/up", post(topic::up)),
        ("/admin/topics/{id}/down", post(topic::down)),
        ("/admin/templates", get(reply_template::list)),
        ("/admin/templates/new", get(reply_template::show_new).post(reply_template::add)),
        ("/admin/templates/{id}", get(reply_template::show).post(reply_template::change)),
        ("/admin/templates/{id}/remove", get(reply_template::show_remove).post(reply_template::remove)),
        ("/admin/sounds", get(sound::list).post(sound::add)),
        ("/admin/sounds/{name}/file.wav", get(sound::hear)),
        ("/admin/sounds/{name}/remove", get(sound::show_remove).post(sound::remove)),
        ("/admin/trunks", get(trunk::list)),
        ("/admin/trunks/new", get(trunk::show_new).post(trunk::add)),
        ("/admin/trunks/{id}", get(trunk::show).post(trunk::change)),
        ("/admin/trunks/{id}/remove", get(trunk::show_remove).post(trunk::remove)),
        ("/admin/audit", get(audit::show)),
        ("/admin/audit.csv", get(audit::file)),
        ("/admin/jobs", get(job::show)),
        ("/admin/jobs/{kind}/run", post(job::run)),
        ("/admin/letters/again", post(job::all_again)),
        ("/admin/letters/{id}/again", post(job::again)),
        ("/admin/letters/{id}/drop", get(job::show_drop).post(job::drop_letter)),
        ("/admin/health", get(health::show)),
        ("/admin/health.json", get(health::json)),
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
        ("/admin/staff/{id}/revoke-token", post(staff::act::revoke_token)),
        ("/admin/staff/{id}/reset-factor", get(staff::act::show_reset).post(staff::act::reset)),
        ("/admin/staff/{id}/telephone", get(staff::telephone::show).post(staff::telephone::give)),
        ("/admin/staff/{id}/telephone/remove", get(staff::telephone::show_remove).post(staff::telephone::remove)),
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
    add::<ServicesPage>("admin-services", tr, pages)?;
    add::<ServicePage>("admin-service", tr, pages)?;
    add::<PartPage>("admin-service-part", tr, pages)?;
    add::<PreviewPage>("admin-service-preview", tr, pages)?;
    add::<FilePage>("admin-service-file", tr, pages)?;
    add::<TopicsPage>("admin-topics", tr, pages)?;
    add::<TemplatesPage>("admin-templates", tr, pages)?;
    add::<TemplatePage>("admin-template", tr, pages)?;
    add::<SoundsPage>("admin-sounds", tr, pages)?;
    add::<TrunksPage>("admin-trunks", tr, pages)?;
    add::<AuditPage>("admin-audit", tr, pages)?;
    add::<JobsPage>("admin-jobs", tr, pages)?;
    add::<HealthPage>("admin-health", tr, pages)?;
    add::<FormPage>("admin-form", tr, pages)?;
    add::<StaffPage>("admin-staff", tr, pages)?;
    add::<CardPage>("admin-staff-card", tr, pages)?;
    add::<StaffFormPage>("admin-staff-form", tr, pages)?;
    add::<PrivacyPage>("admin-privacy", tr, pages)?;
    add::<PersonPage>("admin-privacy-person", tr, pages)?;
    add::<RegisterPage>("admin-register", tr, pages)
}
