//! The home page: what the service does, whether it is open, and the ways on: call, write, follow a case.

use super::Frame;
use super::here::Here;
use super::service::ServiceView;
use crate::html;
use askama::Template;
use axum::response::Response;
use chrono::{DateTime, Utc};
use http::StatusCode;
use language::Tr;
use model::case::Clocks;
use model::contact::Channel;
use model::service::Service;
use model::topic::Topic;

#[derive(Debug, Template)]
#[template(path = "portal/home.html")]
pub struct HomePage {
    pub tr: Tr,
    pub frame: Frame,
    pub service: Option<ServiceView>,
    /// When whoever writes now has an answer, at the latest.
    pub answer_by: Option<String>,
    pub specials: Vec<ServiceView>,
    pub topics: Vec<TopicLink>,
}

/// A topic with a few that lie under it.
#[derive(Debug, Clone)]
pub struct TopicLink {
    pub id: String,
    pub name: String,
    pub examples: String,
    pub icon: &'static str,
}

impl HomePage {
    pub fn of(tr: Tr, frame: Frame, services: &[Service], topics: &[Topic], now: DateTime<Utc>) -> Self {
        let active = || services.iter().filter(|service| service.active);
        let first = active().next();
        let promised = |s: &Service| s.promised(Some(Channel::Web), None);
        let answer = first.and_then(|s| Clocks::started(&s.calendar, promised(s), now).answer);
        Self {
            tr,
            frame: frame.own_search(),
            service: first.map(|s| ServiceView::of(s, tr, now)),
            answer_by: answer.map(|at| tr.date_time(at, now)),
            specials: active().filter(|s| s.special).map(|s| ServiceView::of(s, tr, now)).collect(),
            topics: topic_links(tr, topics),
        }
    }
}

pub async fn show(here: Here) -> Response {
    let catalogue = &here.catalogue;
    let view = HomePage::of(here.tr, here.frame(), &catalogue.services, &catalogue.topics, here.now);
    html::page(StatusCode::OK, &view)
}

/// The topics that lie under no other, each with the first three below it.
fn topic_links(tr: Tr, topics: &[Topic]) -> Vec<TopicLink> {
    let language = tr.language.code();
    let below = |topic: &Topic| {
        let names = topics
            .iter()
            .filter(|t| t.parent.as_ref() == Some(&topic.id) && !t.retired)
            .take(3)
            .map(|t| t.name(language));
        names.collect::<Vec<_>>().join(", ")
    };
    let top = topics.iter().filter(|topic| topic.parent.is_none() && !topic.retired);
    top.map(|topic| TopicLink {
        id: topic.id.to_string(),
        name: topic.name(language).to_owned(),
        examples: below(topic),
        icon: icon_of(topic.id.as_str()),
    })
    .collect()
}

/// The picture beside a topic, by a word of its id.
fn icon_of(id: &str) -> &'static str {
    const PICTURES: &[(&str, &[&str])] = &[
        ("family", &["famigli", "figli", "anzian"]),
        ("coins", &["bonus", "aiut", "assegn", "sussid"]),
        ("work", &["lavor", "pension", "impres"]),
        ("health", &["salut", "sanit", "disabil"]),
        ("passport", &["document", "stranier", "immigra", "permess", "cittadin", "visti"]),
        ("home", &["casa", "tass", "tribut", "ricostru", "allacc", "utenz"]),
        ("school", &["scuol", "universi", "istruz"]),
        ("car", &["auto", "patent", "trasport"]),
        ("eye", &["accessib"]),
    ];
    PICTURES.iter().find(|(_, words)| words.iter().any(|word| id.contains(word))).map_or("help", |(icon, _)| icon)
}
