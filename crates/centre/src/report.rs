//! The report: what was done in a period, as it was known at a time, every figure with what it is made of.

pub mod behind;
pub mod day;
mod figure;
pub mod operators;
mod tally;
mod trend;

pub use figure::{Figure, Figures, definition};
pub use trend::{HourOfDay, Month, Trend, trend};

use crate::{Catalogue, Centre, Error, Result};
use chrono::{DateTime, Utc};
use db::View;
use db::report::Span;
use model::ServiceId;
use model::report::Period;
use std::sync::Arc;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub period: Period,
    /// One service, or all.
    pub service: Option<ServiceId>,
    /// Reckoned without anything later; now when nothing is said.
    pub as_of: Option<DateTime<Utc>>,
}

/// A report that was reckoned.
#[derive(Debug, Clone)]
pub struct Report {
    pub period: Period,
    pub service: Option<ServiceId>,
    pub as_of: DateTime<Utc>,
    pub figures: Figures,
}

/// Questions that are asked of the database at the same time, at the most.
const LANES: usize = 4;

/// Reckons a report, in one view of the database.
///
/// # Errors
/// [`Error::NotFound`] for a service that is not there; those of the database.
pub async fn reckon(centre: &Centre, wanted: Wanted) -> Result<Report> {
    let lanes = std::thread::available_parallelism().map_or(1, usize::from).min(LANES);
    let (asked, others) = ask_at_once(centre, &wanted, lanes).await?;
    let figures = tally::all(&asked, &others, wanted.period).await?;
    let Wanted { period, service, .. } = wanted;
    Ok(Report { period, service, as_of: asked.span.as_of, figures })
}

/// What is asked of the database, in one view of it.
struct Asked {
    view: View,
    span: Span,
    catalogue: Arc<Catalogue>,
}

async fn ask(centre: &Centre, wanted: &Wanted) -> Result<Asked> {
    Ok(ask_at_once(centre, wanted, 1).await?.0)
}

/// The same in several views of one moment: one, and as many others as connections are free.
async fn ask_at_once(centre: &Centre, wanted: &Wanted, lanes: usize) -> Result<(Asked, Vec<View>)> {
    // Another process may have brought in a service a moment ago, with the calendar its cases are reckoned by.
    centre.refresh_catalogue().await?;
    let catalogue = centre.catalogue();
    if wanted.service.as_ref().is_some_and(|id| catalogue.service(id).is_none()) {
        return Err(Error::NotFound("service"));
    }
    let (from, to) = wanted.period.bounds();
    let as_of = wanted.as_of.unwrap_or_else(|| centre.now());
    let span = Span { from, to, service: wanted.service.as_ref().map(|id| id.0.clone()), as_of };
    let mut views = centre.db().views(lanes).await?;
    let view = views.pop().ok_or_else(|| db::Error::Unavailable("it gave no view".to_owned()))?;
    Ok((Asked { view, span, catalogue }, views))
}

impl Report {
    /// Where the records behind a figure are looked at, as they were known when it was reckoned.
    #[must_use]
    pub fn records(&self, key: &str, of: Option<&str>) -> String {
        let Period { from, to } = self.period;
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("from", &from.to_string()).append_pair("to", &to.to_string());
        if let Some(service) = &self.service {
            query.append_pair("service", service.as_str());
        }
        query.append_pair("as_of", &self.as_of.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true));
        if let Some(of) = of {
            query.append_pair("of", of);
        }
        format!("/desk/rapporti/{key}?{}", query.finish())
    }

    /// The report as a table: `figure,of,value,numerator,denominator,definition` (RFC 4180).
    #[must_use]
    pub fn csv(&self, say: impl Fn(&str) -> String) -> String {
        let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
        let mut table = String::from("figure,of,value,numerator,denominator,definition\r\n");
        let mut row = |fields: [&str; 6]| {
            let quoted = fields.map(|field| match field.contains([',', '"', '\n', '\r']) {
                true => format!("\"{}\"", field.replace('"', "\"\"")),
                false => field.to_owned(),
            });
            table.push_str(&quoted.join(","));
            table.push_str("\r\n");
        };
        for (key, figure) in self.figures.scalars() {
            let denominator = figure.denominator.map_or_else(String::new, |count| count.to_string());
            let text = say(&figure::definition(key));
            row([key, "", &number(figure.value), &number(figure.numerator), &denominator, &text]);
        }
        for (key, map) in self.figures.maps() {
            let text = say(&figure::definition(key));
            for (of, count) in map {
                // A spreadsheet would reckon what begins like this, and anybody may have written it.
                let of = if of.starts_with(['=', '+', '-', '@', '\t']) { &format!("'{of}") } else { of };
                row([key, of, &count.to_string(), &count.to_string(), "", &text]);
            }
        }
        table
    }

    /// The report as programs read it; `say` gives the definition of a figure in words.
    #[must_use]
    pub fn json(&self, say: impl Fn(&str) -> String) -> serde_json::Value {
        use serde_json::{Map, Value, json};
        let mut groups: Map<String, Value> = Map::new();
        let mut definitions = Map::new();
        let mut put = |key: &str, value: Value| {
            let Some((group, name)) = key.split_once('.') else { return };
            if let Value::Object(group) = groups.entry(group.to_owned()).or_insert_with(|| json!({})) {
                group.insert(name.to_owned(), value);
            }
        };
        for (key, figure) in self.figures.scalars() {
            let Figure { value, numerator, denominator } = *figure;
            // What was counted is a whole number.
            put(key, if denominator.is_none() { plain(value) } else { json!(value) });
            let text = say(&figure::definition(key));
            let definition = json!({ "text": text, "numerator": plain(numerator), "denominator": denominator, "records": self.records(key, None) });
            definitions.insert(key.to_owned(), definition);
        }
        for (key, map) in self.figures.maps() {
            put(key, json!(map));
            definitions.insert(
                key.to_owned(),
                json!({ "text": say(&figure::definition(key)), "records": self.records(key, None) }),
            );
        }
        let mut report = Map::new();
        let as_of = self.as_of.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
        let Period { from, to } = self.period;
        report.insert("period".to_owned(), json!({ "from": from, "to": to, "as_of": as_of }));
        report.insert("service".to_owned(), json!(self.service));
        report.extend(groups);
        report.insert("definitions".to_owned(), Value::Object(definitions));
        Value::Object(report)
    }
}

/// A number without a fraction where it has none.
fn plain(value: Option<f64>) -> serde_json::Value {
    match value {
        #[expect(clippy::cast_possible_truncation, reason = "it is whole, and far from the bounds")]
        Some(value) if value.fract() == 0.0 => serde_json::json!(value as i64),
        value => serde_json::json!(value),
    }
}
