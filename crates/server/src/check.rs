//! `lineaamica check`: tries what the configuration names and says what is wrong. The checks are those of the page
//! `/admin/health`; the mail server is one that only this crate knows.

use crate::config::Config;
use crate::house;
use anyhow::Result;
use centre::health::{self, Finding, Peer};
use channel_email::Smtp;
use futures::future::BoxFuture;
use language::{Language, Tr};
use std::process::ExitCode;
use std::sync::Arc;

pub async fn run(config: &Config) -> Result<ExitCode> {
    let mut sound = true;
    let mut say = |what: &str, outcome: Result<String, String>| match outcome {
        Ok(text) => println!("ok    {what}: {text}"),
        Err(text) => {
            sound = false;
            println!("WRONG {what}: {text}");
        }
    };
    say("configuration", Ok(format!("HTTP at {}, data in {}", config.http.listen, config.storage.data.display())));
    if let Err(missing) = there(config) {
        say("data folder", Err(missing));
        return Ok(ExitCode::FAILURE);
    }
    match schema(config).await {
        Ok(pending) if pending.is_empty() => {}
        Ok(pending) => {
            let pending = pending.join(", ");
            say("tables", Err(format!("not up to date: {pending} (lineaamica migrate, or the next start of serve)")));
            return Ok(ExitCode::FAILURE);
        }
        Err(error) => {
            say("tables", Err(format!("{error:#}")));
            return Ok(ExitCode::FAILURE);
        }
    }
    let found = match house::open_as_it_is(config).await {
        Ok(centre) => {
            centre.watch(mail(config));
            health::check(&centre).await
        }
        Err(error) => {
            say("database", Err(format!("{error:#}")));
            vec![mail(config).check().await]
        }
    };
    let english = Tr::new(Language::English);
    for finding in found {
        let (text, remedy) = english.finding(finding.check, finding.word, &finding.values);
        let text = remedy.map_or_else(|| text.clone(), |remedy| format!("{text} {remedy}"));
        say(finding.check, if finding.ok { Ok(text) } else { Err(text) });
    }
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The migrations that are still to be made.
async fn schema(config: &Config) -> Result<Vec<String>> {
    let db = house::database_as_it_is(config).await?;
    let schema = db.schema().await?;
    db.close().await?;
    house::known_here(&schema)?;
    Ok(schema.pending)
}

/// A check makes nothing: a folder that is mistyped is told, not created.
fn there(config: &Config) -> Result<(), String> {
    let data = &config.storage.data;
    match config.database.url.is_some() || data.join("lineaamica.sqlite").is_file() {
        true => Ok(()),
        false => Err(format!("there is no database in {}: serve or migrate makes one", data.display())),
    }
}

/// The mail server, as far as the configuration names one.
pub fn mail(config: &Config) -> Arc<dyn Peer> {
    Arc::new(Mail(Smtp::new(&config.email, &config.http.public_url()).map_err(|error| error.to_string())))
}

struct Mail(Result<Option<Smtp>, String>);

impl Peer for Mail {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn check(&self) -> BoxFuture<'_, Finding> {
        Box::pin(async move {
            match &self.0 {
                Ok(None) => Finding::ok("mail", "none"),
                Ok(Some(smtp)) => match smtp.check().await {
                    Ok(true) => Finding::ok("mail", "answers"),
                    Ok(false) => Finding::wrong("mail", "silent"),
                    Err(error) => Finding::wrong("mail", "failed").with("why", error),
                },
                Err(error) => Finding::wrong("mail", "failed").with("why", error),
            }
        })
    }
}
