//! Privacy: how long each service keeps what was written, whoever is looked for, and the way to the processing register.

pub(super) mod erase;
pub(super) mod person;
pub(super) mod register;
pub(super) mod retention;

use super::nav;
use crate::desk::DeskFrame;
use crate::office::fault::Answer;
use crate::office::flash::Toast;
use crate::office::seat::Seat;
use crate::{html, samples};
use askama::Template;
use axum::extract::Query;
use centre::person::Found;
use centre::retention::Standing;
use http::StatusCode;
use language::Tr;
use serde::Deserialize;

/// Persons that are shown for one search.
const MOST: usize = 25;

#[derive(Debug, Template)]
#[template(path = "admin/privacy.html")]
pub struct PrivacyPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub services: Vec<Kept>,
    pub text: String,
    /// Nothing until somebody was looked for.
    pub persons: Option<Vec<Person>>,
    /// There are more than are shown.
    pub more: bool,
    pub toast: Option<Toast>,
}

/// How long a service keeps what was written, and what of it is over now.
#[derive(Debug, Clone)]
pub struct Kept {
    pub name: String,
    pub href: String,
    pub days: String,
    pub effect: String,
}

/// Somebody who was found.
#[derive(Debug, Clone)]
pub struct Person {
    pub href: String,
    pub name: String,
    pub ways: Vec<String>,
    pub cases: i64,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    q: Option<String>,
}

/// `GET /admin/privacy`
pub(super) async fn show(seat: Seat, Query(asked): Query<Asked>) -> Answer {
    let tr = seat.tr;
    let centre = &seat.gate.centre;
    let services = centre::retention::standing(centre).await?.iter().map(|one| kept(tr, one)).collect();
    let text: String = asked.q.unwrap_or_default().trim().chars().take(200).collect();
    let found = match text.is_empty() {
        true => None,
        false => Some(centre::person::look_up(centre, &text, MOST + 1).await?),
    };
    let more = found.as_ref().is_some_and(|found| found.len() > MOST);
    let persons = found.map(|found| found.iter().take(MOST).map(|one| person(tr, one)).collect());
    let toast = Toast::take(&seat.session, tr).await;
    let view = PrivacyPage { tr, frame: nav::frame(&seat, "privacy"), services, text, persons, more, toast };
    Ok(html::page(StatusCode::OK, &view))
}

fn kept(tr: Tr, standing: &Standing) -> Kept {
    Kept {
        name: standing.name.clone(),
        href: format!("/admin/privacy/retention/{}", standing.service),
        days: days(tr, standing.days),
        effect: effect(tr, standing),
    }
}

/// For how long, in words.
pub(crate) fn days(tr: Tr, days: Option<u32>) -> String {
    match days {
        Some(days) => tr.with("privacy-days", &[("count", i64::from(days))]).into_owned(),
        None => tr.text("privacy-days-none").into_owned(),
    }
}

/// What that means now, in words.
pub(super) fn effect(tr: Tr, standing: &Standing) -> String {
    let Some(before) = standing.before else { return tr.text("privacy-effect-none").into_owned() };
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let (cases, contacts) = (count(standing.over.cases), count(standing.over.contacts));
    let before = tr.date(before);
    let mut said = vec![match cases {
        0 => tr.with("privacy-effect-nothing", &[("before", before.as_str())]).into_owned(),
        _ => tr.with("privacy-effect-cases", &[("count", tr.arg(cases)), ("before", tr.arg(before))]).into_owned(),
    }];
    if contacts > 0 {
        said.push(tr.with("privacy-effect-contacts", &[("count", contacts)]).into_owned());
    }
    said.join(" ")
}

fn person(tr: Tr, found: &Found) -> Person {
    Person {
        href: format!("/admin/privacy/person/{}", found.person.id),
        name: found.person.name.clone().unwrap_or_else(|| tr.text("desk-no-name").into_owned()),
        ways: found.addresses.iter().map(|address| address.value.clone()).collect(),
        cases: i64::try_from(found.cases).unwrap_or(i64::MAX),
    }
}

impl samples::Samples for PrivacyPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let standing = |name: &str, days: Option<u32>, cases, contacts| {
            let before = days.map(|days| samples::now() - chrono::TimeDelta::days(i64::from(days)));
            let over = centre::retention::Over { cases, contacts };
            kept(tr, &Standing { service: model::ServiceId::new("x"), name: name.to_owned(), days, before, over })
        };
        let services = || {
            vec![
                standing("Linea Amica", Some(730), 1_204, 31),
                standing("Linea Amica Abruzzo", Some(3_650), 0, 0),
                standing("Linea Amica Immigrazione", None, 0, 0),
            ]
        };
        let page = |persons: Option<Vec<Person>>, more| PrivacyPage {
            tr,
            frame: nav::sample_frame(tr, "privacy"),
            services: services(),
            text: if persons.is_some() { "prova".to_owned() } else { String::new() },
            persons,
            more,
            toast: None,
        };
        let somebody = |name: &str, cases, ways: &[&str]| Person {
            href: "/admin/privacy/person/7".to_owned(),
            name: name.to_owned(),
            ways: ways.iter().map(|way| (*way).to_owned()).collect(),
            cases,
        };
        let found = vec![
            somebody("Giulia Prova", 3, &["giulia@posta.example", "+39 333 555 0117"]),
            somebody("Mario Prova", 1, &["mario@posta.example"]),
        ];
        vec![
            ("services", page(None, false)),
            ("found", page(Some(found), true)),
            ("nobody", page(Some(Vec::new()), false)),
        ]
    }
}
