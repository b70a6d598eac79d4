//! The report as one file: styles, letters and icons are in it, so that it is the same wherever it is opened.

use super::{Look, Promise, ReportView};
use crate::asset;
use askama::Template;
use centre::Centre;
use centre::report::{self, Report, Wanted};
use language::Tr;

#[derive(Debug, Template)]
#[template(path = "report/document.html")]
pub struct Document {
    pub tr: Tr,
    pub report: ReportView,
}

impl Document {
    /// A report beside another, with its charts; its links lead to the desk.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of(
        tr: Tr,
        centre: &Centre,
        wanted: &Wanted,
        report: &Report,
        before: Option<&Report>,
    ) -> centre::Result<Self> {
        let promise = Promise::of(&centre.catalogue(), wanted.service.as_ref());
        let look = Look { site: centre.public_url().to_owned(), alone: true, promise };
        let wanted = Wanted { as_of: Some(report.as_of), ..wanted.clone() };
        let trend = report::trend(centre, &wanted, promise.seconds).await?;
        Ok(Self { tr, report: ReportView::of(tr, &centre.catalogue(), report, before, &trend, &look) })
    }

    /// The styles of the report, with its letters in them.
    pub(crate) fn styles(&self) -> askama::filters::Safe<String> {
        askama::filters::Safe(asset::self_contained("report-alone.css"))
    }

    pub(crate) fn sprite(&self) -> askama::filters::Safe<String> {
        askama::filters::Safe(asset::text("icons.svg"))
    }
}
