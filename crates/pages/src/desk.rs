//! The desk: where operators work. Dense and quiet; every action is a plain form too.

mod error;
mod frame;

pub use error::ErrorPage;
pub use frame::{DeskFrame, List, ListKind, Open, Operator, Panes, ServiceLink, State, Today};
