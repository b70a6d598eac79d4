//! The register as a table that spreadsheets read (RFC 4180): a row a processing, then who answers for it and what
//! protects it.

use super::RegisterPage;

pub(super) fn csv(page: &RegisterPage) -> String {
    let mut table = String::from("\u{feff}");
    let mut row = |fields: Vec<&str>| {
        let quoted: Vec<String> = fields.into_iter().map(quoted).collect();
        table.push_str(&quoted.join(","));
        table.push_str("\r\n");
    };
    let tr = page.tr;
    let (name, more) = (tr.text("register-name"), tr.text("register-measures"));
    if let Some(first) = page.treatments.first() {
        let labels = first.columns.iter().map(|(label, _)| label.as_str());
        row(std::iter::once(&*name).chain(labels).collect());
    }
    for treatment in &page.treatments {
        let texts = treatment.columns.iter().map(|(_, text)| text.as_str());
        row(std::iter::once(treatment.name.as_str()).chain(texts).collect());
    }
    row(Vec::new());
    for (label, text) in &page.facts {
        row(vec![label, text.as_deref().unwrap_or_default()]);
    }
    let measures = page.measures.iter().map(|measure| &measure.text).chain(&page.more_measures);
    for measure in measures {
        row(vec![&more, measure]);
    }
    table
}

fn quoted(field: &str) -> String {
    // A spreadsheet would reckon what begins like this.
    let guard = if field.starts_with(['=', '+', '-', '@', '\t']) { "'" } else { "" };
    format!("\"{guard}{}\"", field.replace('"', "\"\""))
}
