//! `lineaamica check`: tries what the configuration names and says what is wrong. The checks are those of the page
//! `/admin/health`; the mail server is one that only this crate knows.

use crate::config::Config;
use crate::telephone::Here;
use crate::{house, lock};
use anyhow::Result;
use centre::Centre;
use centre::health::{self, Finding, Peer};
use channel_email::Smtp;
use channel_telephone::Listen;
use channel_telephone::check::{Prompts, Trunks};
use futures::future::BoxFuture;
use language::{Language, Tr};
use std::net::SocketAddr;
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
            watch(config, &centre, None);
            health::check(&centre).await
        }
        Err(error) => {
            say("database", Err(format!("{error:#}")));
            mail(config).check().await
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

/// Has looked at all that lies outside, whenever the centre's health is asked for.
pub fn watch(config: &Config, centre: &Centre, here: Option<Here>) {
    centre.watch(mail(config));
    let listen = config.telephone.listen;
    let is_served = lock::is_served(config).unwrap_or_default();
    centre.watch(Arc::new(Line { listen, here, is_served }));
    if listen.address().is_some() {
        centre.watch(Arc::new(Trunks::new(centre.clone(), config.telephone.clone())));
        centre.watch(Arc::new(Prompts::new(centre.clone())));
    }
}

/// The mail server, as far as the configuration names one.
fn mail(config: &Config) -> Arc<dyn Peer> {
    Arc::new(Mail(Smtp::new(&config.email, &config.http.public_url()).map_err(|error| error.to_string())))
}

struct Mail(Result<Option<Smtp>, String>);

impl Peer for Mail {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn check(&self) -> BoxFuture<'_, Vec<Finding>> {
        Box::pin(async move {
            vec![match &self.0 {
                Ok(None) => Finding::ok("mail", "none"),
                Ok(Some(smtp)) => match smtp.check().await {
                    Ok(true) => Finding::ok("mail", "answers"),
                    Ok(false) => Finding::wrong("mail", "silent"),
                    Err(error) => Finding::wrong("mail", "failed").with("why", error),
                },
                Err(error) => Finding::wrong("mail", "failed").with("why", error),
            }]
        })
    }
}

/// Where calls come in.
struct Line {
    listen: Listen,
    /// What this process has of it; None for a command, which looks from outside.
    here: Option<Here>,
    /// Whether another process serves from the same data folder.
    is_served: bool,
}

impl Line {
    fn found(&self) -> Finding {
        let Some(address) = self.listen.address() else { return Finding::ok("telephone", "off") };
        let found = match &self.here {
            Some(here) if here.borrow().is_some() => Finding::ok("telephone", "answered"),
            Some(_) => Finding::ok("telephone", "stands-by"),
            None => match free(address) {
                Ok(()) => Finding::ok("telephone", "free"),
                Err(_) if self.is_served => Finding::ok("telephone", "served"),
                Err(error) => Finding::wrong("telephone", "taken").with("why", error),
            },
        };
        found.with("address", address)
    }
}

/// Whether SIP could be listened for there.
fn free(address: SocketAddr) -> std::io::Result<()> {
    std::net::UdpSocket::bind(address)?;
    std::net::TcpListener::bind(address).map(drop)
}

impl Peer for Line {
    fn name(&self) -> &'static str {
        "telephone"
    }

    fn check(&self) -> BoxFuture<'_, Vec<Finding>> {
        Box::pin(async move { vec![self.found()] })
    }
}
