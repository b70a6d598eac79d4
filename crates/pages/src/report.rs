//! The report as people read it: first as sentences, then as figures that open, then as charts that are tables too. The
//! desk shows it in its frame; `lineaamica report --format html` writes it as a page that stands alone.

mod chart;
mod document;
mod map;
mod period;
mod said;
pub(crate) mod sample;
mod value;
mod view;

pub use document::Document;
pub(crate) use map::name as name_of;
pub use period::name as period_name;
pub(crate) use value::shown;
pub use view::{Look, ReportView};
pub(crate) use view::{made_of, name as figure_name};

/// Seconds within which callers are to be answered.
pub(crate) const PROMISE: u32 = 30;
