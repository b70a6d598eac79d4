//! Figures that are told apart by something: a bar and a number for each, the most first.

use centre::Catalogue;
use centre::report::Figures;
use language::Tr;
use model::report::share;
use model::{ServiceId, StructureId, TopicId};

/// Shown at once; the rest are had by opening them.
const SHOWN: usize = 12;

/// A map of a report.
#[derive(Debug, Clone)]
pub struct Map {
    pub key: &'static str,
    pub name: String,
    pub definition: String,
    /// What its keys are: canale, mese.
    pub of: String,
    pub first: Vec<Row>,
    pub rest: Vec<Row>,
}

#[derive(Debug, Clone)]
pub struct Row {
    pub name: String,
    pub count: String,
    pub share: String,
    /// How long its bar is, of 100.
    pub bar: String,
    pub href: String,
}

/// The map under this key, if anything is in it; `href` is where the records of one row are.
pub(super) fn map(
    tr: Tr,
    catalogue: &Catalogue,
    figures: &Figures,
    key: &'static str,
    href: impl Fn(&str, &str) -> String,
) -> Option<Map> {
    let mut counts: Vec<(&str, i64)> = figures.map(key).collect();
    let (total, most) = (counts.iter().map(|(_, count)| count).sum(), counts.iter().map(|(_, count)| *count).max()?);
    // Months and hours have an order of their own.
    let kind = key.split_once('.').map_or(key, |(_, kind)| kind);
    if !matches!(kind, "by_month" | "by_hour") {
        counts.sort_by_key(|(of, count)| (-count, *of));
    }
    let all = if matches!(kind, "by_month" | "by_hour") { usize::MAX } else { SHOWN };
    let mut rows: Vec<Row> = counts
        .into_iter()
        .map(|(of, count)| Row {
            name: name(tr, catalogue, kind, of),
            count: tr.number(count),
            share: share(count, total).map_or_else(String::new, |share| tr.percent(share, 1)),
            bar: format!("{:.1}", share(count, most).unwrap_or_default() * 100.0),
            href: href(key, of),
        })
        .collect();
    let rest = if rows.len() > all { rows.split_off(all) } else { Vec::new() };
    let word = key.replace(['.', '_'], "-");
    Some(Map {
        key,
        name: tr.text(&format!("report-name-{word}")).into_owned(),
        definition: tr.text(&format!("report-{word}")).into_owned(),
        of: tr.text(&format!("report-of-{}", kind.replace('_', "-"))).into_owned(),
        first: rows,
        rest,
    })
}

/// What a key of a map is called: by its own message, or by the name it has here, or as it stands.
pub(crate) fn name(tr: Tr, catalogue: &Catalogue, kind: &str, of: &str) -> String {
    let language = tr.language.code();
    let service = |id: &str| catalogue.service(&ServiceId::new(id)).map_or_else(|| id.to_owned(), |s| s.name.clone());
    match kind {
        "by_service" => service(of),
        "by_topic" => catalogue.topic(&TopicId::new(of)).map_or_else(|| of.to_owned(), |t| t.name(language).to_owned()),
        "by_structure" => catalogue.structure(&StructureId::new(of)).map_or_else(|| of.to_owned(), |s| s.name.clone()),
        "by_service_kind" => match of.split_once('/') {
            Some((id, kind)) => format!("{} · {}", service(id), word(tr, "by_kind", kind)),
            None => of.to_owned(),
        },
        "by_month" => {
            format!("{of}-01").parse().map_or_else(|_| of.to_owned(), |first: chrono::NaiveDate| tr.month(first))
        }
        "by_hour" => of.parse().map_or_else(|_| of.to_owned(), |hour: u32| tr.time_of(hour, 0)),
        _ => word(tr, kind, of),
    }
}

fn word(tr: Tr, kind: &str, of: &str) -> String {
    let key = format!("report-word-{}-{of}", kind.replace('_', "-"));
    if tr.has(&key) { tr.text(&key).into_owned() } else { of.to_owned() }
}
