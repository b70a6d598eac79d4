//! What a period is called.

use chrono::Datelike;
use language::Tr;
use model::report::Period;

/// ottobre 2026; 2009; 29 gen 2009 – 28 gen 2010
#[must_use]
pub fn name(tr: Tr, period: Period) -> String {
    match period.whole_months() {
        1 => tr.month(period.from),
        12 if period.from.month() == 1 => period.from.year().to_string(),
        _ if period.last() == period.from => tr.day_and_year(period.from),
        _ => {
            let days = [("from", tr.day_and_year(period.from)), ("to", tr.day_and_year(period.last()))];
            tr.with("report-period-days", &days).into_owned()
        }
    }
}

/// di settembre 2026; del 2008; del periodo di confronto
pub(super) fn than(tr: Tr, period: Period) -> String {
    match period.whole_months() {
        1 => tr.with("report-than-month", &[("month", tr.month(period.from))]).into_owned(),
        12 if period.from.month() == 1 => {
            tr.with("report-than-year", &[("year", period.from.year().to_string())]).into_owned()
        }
        _ => tr.text("report-than-other").into_owned(),
    }
}
