//! Whether the telephone would work: each carrier is asked whether it is there, and all that is said to callers is read once.

use crate::exchange::address;
use crate::menu::Phrase;
use crate::sip::Endpoint;
use crate::voice::{Error, Voice};
use crate::{Settings, sip};
use centre::Centre;
use centre::health::{Finding, Peer};
use futures::future::{BoxFuture, join_all};
use model::service::{Prompt, Said, Service};
use model::trunk::Trunk;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::Duration;

/// How long a carrier may take to answer.
const PATIENCE: Duration = Duration::from_secs(4);

/// The carriers of a centre.
pub struct Trunks {
    centre: Centre,
    settings: Settings,
}

impl Trunks {
    #[must_use]
    pub fn new(centre: Centre, settings: Settings) -> Self {
        Self { centre, settings }
    }

    async fn each(&self) -> Vec<Finding> {
        let trunks = match centre::trunk::all(&self.centre).await {
            Ok(trunks) if trunks.is_empty() => return vec![Finding::ok("trunk", "none")],
            Ok(trunks) => trunks,
            Err(error) => return vec![Finding::wrong("trunk", "failed").with("name", "*").with("why", error)],
        };
        // Another port than the one that calls come to, and no certificate: nobody is let in here.
        let host = self.settings.listen.address().map_or(std::net::Ipv4Addr::UNSPECIFIED.into(), |usual| usual.ip());
        let settings = Settings { tls_listen: None, ..self.settings.clone() };
        let opened = Endpoint::open(&settings, SocketAddr::new(host, 0), |_| true).await;
        let endpoint = match opened {
            Ok(endpoint) => std::sync::Arc::new(endpoint),
            Err(error) => return vec![Finding::wrong("trunk", "failed").with("name", "*").with("why", error)],
        };
        let (hand_on, _handed) = tokio::sync::mpsc::unbounded_channel();
        let serving = tokio::spawn(endpoint.clone().serve(hand_on));
        let found = join_all(trunks.iter().map(|trunk| one(&endpoint, trunk))).await;
        endpoint.stop();
        serving.abort();
        found
    }
}

async fn one(endpoint: &Endpoint, trunk: &Trunk) -> Finding {
    let named = |finding: Finding| finding.with("name", &trunk.name);
    let Some(host) = trunk.host.as_ref() else {
        return named(Finding::ok("trunk", "incoming")).with("from", trunk.from.join(", "));
    };
    if !trunk.active {
        return named(Finding::ok("trunk", "off"));
    }
    let to = format!("{host}, {}", trunk.transport);
    let whom = address(trunk, "");
    match tokio::time::timeout(PATIENCE, endpoint.ask(&whom)).await {
        // What the library says itself when nobody answers.
        Ok(Ok(408)) | Err(_) => named(Finding::wrong("trunk", "silent")).with("host", to),
        Ok(Ok(status)) => {
            named(Finding::ok("trunk", "answers")).with("host", to).with("status", format!("SIP {status}"))
        }
        Ok(Err(sip::Error::Exchange { why, .. })) => {
            named(Finding::wrong("trunk", "unreachable")).with("host", to).with("why", why)
        }
        Ok(Err(error)) => named(Finding::wrong("trunk", "unreachable")).with("host", to).with("why", error),
    }
}

impl Peer for Trunks {
    fn name(&self) -> &'static str {
        "trunk"
    }

    fn check(&self) -> BoxFuture<'_, Vec<Finding>> {
        Box::pin(self.each())
    }
}

/// What the services of a centre say to callers.
pub struct Prompts {
    centre: Centre,
    voice: Voice,
}

impl Prompts {
    #[must_use]
    pub fn new(centre: Centre) -> Self {
        Self { centre, voice: Voice::new() }
    }

    async fn each(&self) -> Vec<Finding> {
        let catalogue = self.centre.catalogue();
        let mut found = self.languages(catalogue.active()).await;
        // Without its reader every prompt would be told as wrong for the same reason.
        if found.iter().any(|finding| finding.word == "missing") {
            return found;
        }
        for service in catalogue.active() {
            found.extend(self.service(service).await);
        }
        found
    }

    /// Whether each language that callers are spoken to in is read.
    async fn languages(&self, services: impl Iterator<Item = &Service>) -> Vec<Finding> {
        let languages: BTreeSet<String> = services.flat_map(|service| service.languages.clone()).collect();
        let mut wrong = Vec::new();
        for language in &languages {
            match self.voice.read(language, "1").await {
                Ok(_) => {}
                Err(Error::Reader(why)) => return vec![Finding::wrong("voice", "missing").with("why", why)],
                Err(error) => {
                    let finding = Finding::wrong("voice", "unread");
                    wrong.push(finding.with("language", language).with("why", error));
                }
            }
        }
        if wrong.is_empty() {
            let languages: Vec<String> = languages.into_iter().collect();
            wrong.push(Finding::ok("voice", "reads").with("languages", languages.join(", ")));
        }
        wrong
    }

    async fn service(&self, service: &Service) -> Vec<Finding> {
        let (mut count, mut wrong) = (0_u32, Vec::new());
        for (name, phrase) in phrases(service) {
            match self.voice.say(&self.centre, &phrase, service.calendar.zone()).await {
                Ok(_) => count += 1,
                Err(error) => wrong.push(
                    Finding::wrong("prompt", "unsaid")
                        .with("service", &service.name)
                        .with("prompt", name)
                        .with("language", phrase.language())
                        .with("why", error),
                ),
            }
        }
        if wrong.is_empty() {
            wrong.push(Finding::ok("prompt", "said").with("service", &service.name).with("count", count));
        }
        wrong
    }
}

impl Peer for Prompts {
    fn name(&self) -> &'static str {
        "voice"
    }

    fn check(&self) -> BoxFuture<'_, Vec<Finding>> {
        Box::pin(self.each())
    }
}

/// All that the administration wrote or uploaded to be said, by the name that it has in the service's file.
fn phrases(service: &Service) -> Vec<(String, Phrase)> {
    let telephone = &service.telephone;
    let said = |name: String, prompt: &Prompt| -> Vec<(String, Phrase)> {
        prompt.iter().map(|(language, said)| (name.clone(), phrase(language, said))).collect()
    };
    let prompts = telephone.prompts.iter().flat_map(|(name, prompt)| said(format!("prompts.{name}"), prompt));
    let asked = telephone.menus.iter().flat_map(|menu| said(format!("menus.{}", menu.id), &menu.ask));
    let music = telephone
        .music
        .iter()
        .map(|name| ("music".to_owned(), Phrase::Sound { name: name.clone(), language: String::new() }));
    prompts.chain(asked).chain(music).collect()
}

fn phrase(language: &str, said: &Said) -> Phrase {
    let language = language.to_owned();
    match said {
        Said::Text(text) => Phrase::Text { text: text.clone(), language },
        Said::Sound(sound) => Phrase::Sound { name: sound.sound.clone(), language },
    }
}
