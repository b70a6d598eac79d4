//! The administration: what holds for everybody's work is set here, by those who administer the whole centre. It looks
//! as the desk does, with its own links in the place of the lists.

mod audit;
mod form;
mod health;
mod home;
mod job;
mod nav;
mod reply_template;
mod service;
mod sheet;
mod topic;

pub use audit::AuditPage;
pub use form::FormPage;
pub use health::HealthPage;
pub use home::HomePage;
pub use job::JobsPage;
pub(crate) use nav::{is_place, nav};
pub use reply_template::{TemplatePage, TemplatesPage};
pub use service::{FilePage, PartPage, PreviewPage, ServicePage, ServicesPage};
pub(crate) use sheet::InputKind;
pub use topic::TopicsPage;

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
        ("/admin/audit", get(audit::show)),
        ("/admin/audit.csv", get(audit::file)),
        ("/admin/jobs", get(job::show)),
        ("/admin/jobs/{kind}/run", post(job::run)),
        ("/admin/letters/again", post(job::all_again)),
        ("/admin/letters/{id}/again", post(job::again)),
        ("/admin/letters/{id}/drop", get(job::show_drop).post(job::drop_letter)),
        ("/admin/health", get(health::show)),
        ("/admin/health.json", get(health::json)),
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
    add::<AuditPage>("admin-audit", tr, pages)?;
    add::<JobsPage>("admin-jobs", tr, pages)?;
    add::<HealthPage>("admin-health", tr, pages)?;
    add::<FormPage>("admin-form", tr, pages)
}
