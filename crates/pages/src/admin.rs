//! The administration: what holds for everybody's work is set here, by those who administer the whole centre. It looks
//! as the desk does, with its own links in the place of the lists.

mod form;
mod home;
mod nav;

pub use form::FormPage;
pub use home::HomePage;
pub(crate) use nav::{is_place, nav};

use crate::office::fault;
use axum::routing::{MethodRouter, get};
use gate::{Access, Gate, Routes};

/// The routes of the administration: all are open to administrators alone.
#[must_use]
pub fn routes() -> Routes {
    let table: Vec<(&'static str, MethodRouter<Gate>)> = vec![("/admin", get(home::show))];
    table
        .into_iter()
        .fold(Routes::new(), |routes, (path, methods)| routes.at(Access::Admin, path, fault::told(methods)))
}

pub(crate) fn add_samples(tr: language::Tr, pages: &mut Vec<crate::samples::SamplePage>) -> Result<(), askama::Error> {
    use crate::samples::add;
    add::<HomePage>("admin-home", tr, pages)?;
    add::<FormPage>("admin-form", tr, pages)
}
