//! The report as people read it: first as sentences, then as figures that open, then as charts that are tables too. The
//! desk shows it in its frame; `lineaamica report` writes it as a page that stands alone (`--format html`) and for paper
//! (`--format pdf`).

mod chart;
mod document;
mod map;
mod pdf;
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

use centre::Catalogue;
use model::ServiceId;
use model::service::{EntryKind, Service};

/// What the report says of answered calls is measured by: seconds, and the share of callers that is promised, if one is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Promise {
    pub seconds: u32,
    pub share: Option<f64>,
}

impl Promise {
    /// Where nothing is promised, or not the same by all, the report says how many were answered in half a minute.
    const NONE: Self = Self { seconds: 30, share: None };

    /// What a service promises to callers; or what all promise that can be called.
    pub(crate) fn of(catalogue: &Catalogue, service: Option<&ServiceId>) -> Self {
        let is_called = |service: &Service| service.entry_points.iter().any(|entry| entry.kind == EntryKind::Phone);
        let all = catalogue.services.iter().filter(|one| match service {
            Some(service) => one.id == *service,
            None => one.active && (is_called(one) || one.promises.calls.is_some()),
        });
        let mut promises = all.map(|service| service.promises.calls);
        match promises.next().flatten() {
            Some(calls) if promises.all(|other| other == Some(calls)) => {
                Self { seconds: calls.seconds, share: Some(calls.share()) }
            }
            _ => Self::NONE,
        }
    }
}
