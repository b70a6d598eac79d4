//! The portal: public pages, that work on any telephone and without scripts.

mod accessibility;
mod case;
mod code;
mod error;
mod frame;
mod here;
mod home;
mod hours;
mod opened;
mod privacy;
mod problems;
mod sample;
mod service;
mod trouble;
mod write;

pub use case::Said;
pub use error::ErrorPage;
pub use frame::{Crumb, Frame, Line, Section, Site};
pub use here::Here;
pub(crate) use hours::{next_closure, standing, week};
pub use sample::add_samples;
pub(crate) use sample::{services, topics};

use axum::routing::{MethodRouter, get, post};
use gate::{Access, Gate, Routes};
use language::Language;

/// Every page of the portal, in every language.
#[must_use]
pub fn routes() -> Routes {
    let pages: [(&str, MethodRouter<Gate>); 16] = [
        ("/", get(home::show)),
        ("/scrivi", get(write::show).post(write::send)),
        ("/scrivi/fatto", get(write::done)),
        ("/caso", get(case::knock).post(case::enter)),
        ("/caso/codice", get(code::show).post(code::send)),
        ("/caso/{number}", get(case::show)),
        ("/caso/{number}/messaggi", post(case::write).get(case::show_again)),
        ("/caso/{number}/risolto", post(case::settle).get(case::show_again)),
        ("/caso/{number}/avvisi", post(case::announce).get(case::show_again)),
        ("/caso/{number}/esci", post(case::leave).get(case::show_again)),
        ("/caso/{number}/file/{id}", get(case::file)),
        ("/orari", get(hours::show)),
        ("/servizi", get(service::show)),
        ("/privacy", get(privacy::show)),
        ("/accessibilita", get(accessibility::show)),
        ("/accessibilita/segnala", get(accessibility::ask).post(accessibility::send)),
    ];
    let routes = Routes::new().at(Access::Public, "/robots.txt", get(crate::dress::robots)).at(
        Access::Public,
        "/favicon.ico",
        get(crate::dress::favicon),
    );
    pages.into_iter().fold(routes, |routes, (path, methods)| {
        Language::ALL
            .into_iter()
            .fold(routes, |routes, language| routes.at(Access::Public, language.path(path), methods.clone()))
    })
}
