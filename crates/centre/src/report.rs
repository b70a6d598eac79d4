//! The report: what was done in a period, as it was known at a time, every figure with what it is made of.

mod figure;
mod tally;

pub use figure::{Figure, Figures};

use crate::{Centre, Error, Result};
use chrono::{DateTime, Utc};
use db::report::Span;
use model::ServiceId;
use model::report::Period;

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

/// Reckons a report, in one view of the database.
///
/// # Errors
/// [`Error::NotFound`] for a service that is not there; those of the database.
pub async fn reckon(centre: &Centre, wanted: Wanted) -> Result<Report> {
    let Wanted { period, service, as_of } = wanted;
    // Another process may have brought in a service a moment ago, with the calendar its cases are reckoned by.
    centre.refresh_catalogue().await?;
    let catalogue = centre.catalogue();
    if service.as_ref().is_some_and(|id| catalogue.service(id).is_none()) {
        return Err(Error::NotFound("service"));
    }
    let as_of = as_of.unwrap_or_else(|| centre.now());
    let (from, to) = period.bounds();
    let span = Span { from, to, service: service.as_ref().map(|id| id.0.clone()), as_of };
    let view = centre.db().view().await?;
    let mut figures = Figures::default();
    tally::contacts(&view, &span, &mut figures).await?;
    tally::phone(&view, &span, &mut figures).await?;
    tally::cases(&view, &span, &catalogue, &mut figures).await?;
    tally::survey(&view, &span, &mut figures).await?;
    tally::network(&view, &span, period, &mut figures).await?;
    tally::rest(&view, &span, &mut figures).await?;
    Ok(Report { period, service, as_of, figures })
}

impl Report {
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
            put(key, json!(figure.value));
            let Figure { numerator, denominator, .. } = figure;
            let text = say(&figure::definition(key));
            let definition = json!({ "text": text, "numerator": numerator, "denominator": denominator });
            definitions.insert(key.to_owned(), definition);
        }
        for (key, map) in self.figures.maps() {
            put(key, json!(map));
            definitions.insert(key.to_owned(), json!({ "text": say(&figure::definition(key)) }));
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
