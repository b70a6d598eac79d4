//! The pages: the portal for citizens, the desk for operators, and what both stand on.
//!
//! A page is a view struct with an askama template of the same name under `templates/`. Handlers fill it and answer
//! with [`html::page`]; [`samples`] show each page filled with invented people.

pub mod asset;
pub mod desk;
mod error_kind;
pub mod html;
mod icon;
pub mod portal;
pub mod samples;

pub use asset::asset_url;
pub use error_kind::ErrorKind;
pub use icon::{icon, icon_as};
