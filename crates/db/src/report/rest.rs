//! Surveys, the Network, trainings, the newsroom.

use super::Span;
use super::began::{MEDIA, SURVEY, TRAINING};
use crate::{Result, View};

/// Surveys that were asked in the span.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    pub asked: i64,
    pub answered: i64,
    pub efficient: (i64, i64),
    pub effective: (i64, i64),
}

pub(super) fn asked(span: &Span) -> String {
    let of_service = match span.service {
        Some(_) => " AND case_id IN (SELECT id FROM cases WHERE service = $1)",
        None => "",
    };
    format!("{}{of_service}", SURVEY.within(span))
}

/// That what somebody answered is known.
pub(super) fn said(span: &Span) -> String {
    format!("COALESCE(answered_at, 0) <= {}", span.as_of())
}

pub(super) fn of_months(months: &[String]) -> String {
    // Months are digits and a dash.
    let months: Vec<String> = months.iter().map(|month| format!("'{month}'")).collect();
    format!("month IN ({})", months.join(", "))
}

pub async fn survey(view: &View, span: &Span) -> Result<Survey> {
    let (asked, as_of, said) = (asked(span), span.as_of(), said(span));
    let said = |what: &str| format!("COUNT(*) FILTER (WHERE {what} AND {said})");
    let sql = format!(
        "SELECT COUNT(*) AS asked, COUNT(*) FILTER (WHERE answered_at <= {as_of}) AS answered, \
         {} AS efficient, {} AS inefficient, {} AS effective, {} AS ineffective FROM survey WHERE {asked}",
        said("efficient"),
        said("NOT efficient"),
        said("effective"),
        said("NOT effective"),
    );
    let Some(row) = span.one(view, &sql).await? else { return Ok(Survey::default()) };
    Ok(Survey {
        asked: row.try_get("", "asked")?,
        answered: row.try_get("", "answered")?,
        efficient: (row.try_get("", "efficient")?, row.try_get("", "inefficient")?),
        effective: (row.try_get("", "effective")?, row.try_get("", "ineffective")?),
    })
}

/// What a structure of the Network had on a channel, in all months.
#[derive(Debug, Clone)]
pub struct Volume {
    pub structure: String,
    pub channel: String,
    pub contacts: i64,
    pub with_operator: i64,
}

/// The Network's volumes in these months.
pub async fn volumes(view: &View, span: &Span, months: &[String]) -> Result<Vec<Volume>> {
    if months.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT structure, channel, CAST(SUM(contacts) AS bigint) AS contacts, \
         CAST(SUM(with_operator) AS bigint) AS with_operator FROM volume WHERE {} GROUP BY structure, channel",
        of_months(months)
    );
    let rows = span.all(view, &sql).await?;
    rows.iter()
        .map(|row| {
            Ok(Volume {
                structure: row.try_get("", "structure")?,
                channel: row.try_get("", "channel")?,
                contacts: row.try_get("", "contacts")?,
                with_operator: row.try_get("", "with_operator")?,
            })
        })
        .collect()
}

/// How many people completed a training in the span, each once.
pub async fn trained(view: &View, span: &Span) -> Result<i64> {
    let sql = format!(
        "SELECT COUNT(DISTINCT operator) + COUNT(DISTINCT CASE WHEN operator IS NULL THEN trainee END) AS trained \
         FROM training WHERE {}",
        TRAINING.within(span)
    );
    Ok(span.one(view, &sql).await?.map(|row| row.try_get("", "trained")).transpose()?.unwrap_or_default())
}

/// What the newsroom published, of one kind and origin.
#[derive(Debug, Clone)]
pub struct Produced {
    pub kind: String,
    pub origin: Option<String>,
    pub count: i64,
}

pub async fn media(view: &View, span: &Span) -> Result<Vec<Produced>> {
    let sql =
        format!("SELECT kind, origin, COUNT(*) AS count FROM media WHERE {} GROUP BY kind, origin", MEDIA.within(span));
    let rows = span.all(view, &sql).await?;
    rows.iter()
        .map(|row| {
            Ok(Produced {
                kind: row.try_get("", "kind")?,
                origin: row.try_get("", "origin")?,
                count: row.try_get("", "count")?,
            })
        })
        .collect()
}
