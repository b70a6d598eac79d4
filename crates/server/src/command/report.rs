//! `lineaamica report`.

use anyhow::{Context, Result};
use askama::Template;
use centre::Centre;
use centre::report::{self, Wanted};
use chrono::{DateTime, FixedOffset, NaiveDate};
use clap::{Args, ValueEnum};
use language::{Language, Tr};
use model::ServiceId;
use model::report::Period;
use pages::report::Document;
use std::io::Write;
use std::path::PathBuf;

#[derive(Args)]
pub struct Report {
    /// The first day, such as 2009-01-29.
    #[arg(long, value_name = "DATE")]
    from: NaiveDate,
    /// The first day after the period.
    #[arg(long, value_name = "DATE")]
    to: NaiveDate,
    /// One service only, by its id.
    #[arg(long, value_name = "ID")]
    service: Option<String>,
    /// Reckons without anything later than this (RFC 3339); now when not given.
    #[arg(long, value_name = "TIME")]
    as_of: Option<DateTime<FixedOffset>>,
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
    /// The first day of the period it is compared with, in HTML and PDF; the period before when not given.
    #[arg(long, value_name = "DATE", requires = "against_to")]
    against_from: Option<NaiveDate>,
    /// The first day after the period it is compared with.
    #[arg(long, value_name = "DATE", requires = "against_from")]
    against_to: Option<NaiveDate>,
    /// Language of the definitions.
    #[arg(long, default_value = "it", value_name = "CODE")]
    language: Language,
    /// The file to write; standard output without it.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Json,
    Csv,
    /// A page that stands alone: sentences, figures, charts with their tables.
    Html,
    /// The same on paper, to be kept (PDF/A-3a) and read aloud (PDF/UA-1), with the JSON as a file in it.
    Pdf,
}

impl Report {
    pub async fn run(self, centre: &Centre) -> Result<()> {
        let period = Period::new(self.from, self.to)?;
        let service = self.service.map(ServiceId);
        let told = service.as_ref().map_or_else(|| "all services".to_owned(), |id| format!("service {id}"));
        let wanted = Wanted { period, service, as_of: self.as_of.map(|at| at.to_utc()) };
        let failed = || format!("cannot reckon the report of {told} from {} to {}", self.from, self.to);
        let reckoned = report::reckon(centre, wanted.clone()).await.with_context(failed)?;
        let tr = Tr::new(self.language);
        let say = |key: &str| tr.text(key).into_owned();
        let json = || format!("{:#}\n", reckoned.json(say));
        let written = match self.format {
            Format::Json => json().into_bytes(),
            Format::Csv => reckoned.csv(say).into_bytes(),
            Format::Html | Format::Pdf => {
                let against = match self.against_from.zip(self.against_to) {
                    Some((from, to)) => Period::new(from, to)?,
                    None => period.before(),
                };
                let as_of = Some(reckoned.as_of);
                let wanted = Wanted { as_of, ..wanted };
                let before =
                    report::reckon(centre, Wanted { period: against, ..wanted.clone() }).await.with_context(failed)?;
                let document =
                    Document::of(tr, centre, &wanted, &reckoned, Some(&before)).await.with_context(failed)?;
                if let Format::Html = self.format {
                    document.render()?.into_bytes()
                } else {
                    let printed = document.pdf(&json()).context("cannot print the report")?;
                    if let Some(lacking) = printed.lacking {
                        eprintln!("The PDF is not one for archives (PDF/A-3a, PDF/UA-1): {lacking}");
                    }
                    printed.pdf
                }
            }
        };
        match self.output {
            Some(path) => std::fs::write(&path, written).with_context(|| format!("cannot write {}", path.display())),
            None => std::io::stdout().write_all(&written).context("cannot write the report"),
        }
    }
}
