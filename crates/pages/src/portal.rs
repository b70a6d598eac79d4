//! The portal: public pages, that work on any telephone and without scripts.

mod error;
mod frame;

pub use error::ErrorPage;
pub use frame::{Crumb, Features, Frame, Line, Section, Site};
