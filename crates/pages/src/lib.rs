//! The pages: the portal for citizens, the desk for operators, the administration, and what all stand on.
//!
//! A page is a view struct with an askama template of the same name under `templates/`. Handlers fill it and answer
//! with [`html::page`]; [`samples`] show each page filled with invented people.

pub mod admin;
mod again;
pub mod asset;
mod axis;
pub mod desk;
mod download;
mod dress;
mod error_kind;
pub mod html;
mod icon;
mod office;
pub mod portal;
pub mod report;
pub mod samples;
mod upload;

pub use again::Again;
pub use asset::asset_url;
pub use dress::{dress, not_found};
pub use error_kind::ErrorKind;
pub use icon::{icon, icon_as};

/// Every route of the pages with who may use it.
#[must_use]
pub fn routes() -> gate::Routes {
    let assets = gate::Routes::new().at(gate::Access::Public, "/assets/{*path}", axum::routing::get(asset::asset));
    assets.with(portal::routes()).with(desk::routes()).with(admin::routes())
}
