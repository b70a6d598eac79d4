//! What is held on a person, counted, with what can be done about it.

use crate::admin::nav;
use crate::desk::DeskFrame;
use crate::office::fault::Answer;
use crate::office::flash::Toast;
use crate::office::seat::Seat;
use crate::{download, html, samples};
use askama::Template;
use axum::extract::Path;
use centre::erasure::Held;
use centre::{By, Error};
use http::StatusCode;
use language::Tr;
use model::PersonId;

#[derive(Debug, Template)]
#[template(path = "admin/privacy-person.html")]
pub struct PersonPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub id: String,
    pub name: String,
    pub addresses: Vec<String>,
    /// What is held, each with its count in words.
    pub held: Vec<String>,
    /// Cases that are still to be solved.
    pub open: i64,
    /// Other persons with the same addresses.
    pub others: Vec<String>,
    /// Nothing is held any more.
    pub nothing: bool,
    pub toast: Option<Toast>,
}

impl PersonPage {
    fn of(tr: Tr, frame: DeskFrame, held: &Held, toast: Option<Toast>) -> Self {
        let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let counted = [
            ("privacy-held-records", held.records),
            ("privacy-held-cases", held.cases),
            ("privacy-held-contacts", held.contacts),
            ("privacy-held-messages", held.messages),
        ];
        let mut lines: Vec<String> =
            counted.into_iter().map(|(key, number)| tr.with(key, &[("count", count(number))]).into_owned()).collect();
        let size = tr.file_size(held.size);
        let files = [("count", tr.arg(count(held.files))), ("size", tr.arg(size))];
        lines.push(tr.with("privacy-held-files", &files).into_owned());
        Self {
            tr,
            frame,
            id: held.person.to_string(),
            name: held.name.clone().unwrap_or_else(|| tr.text("desk-no-name").into_owned()),
            addresses: held.addresses.iter().map(|address| address.value.clone()).collect(),
            held: lines,
            open: count(held.open),
            others: held.others.iter().map(ToString::to_string).collect(),
            nothing: held.nothing,
            toast,
        }
    }
}

/// Whose page it is, by the number in its address.
pub(super) fn numbered(id: &str) -> Result<PersonId, Error> {
    id.parse().map_err(|_| Error::NotFound("person"))
}

/// `GET /admin/privacy/person/{id}`
pub(crate) async fn show(seat: Seat, Path(id): Path<String>) -> Answer {
    let held = centre::erasure::held(&seat.gate.centre, numbered(&id)?).await?;
    let toast = Toast::take(&seat.session, seat.tr).await;
    Ok(html::page(StatusCode::OK, &PersonPage::of(seat.tr, nav::frame(&seat, "privacy"), &held, toast)))
}

/// `POST /admin/privacy/person/{id}/export`: all that is held, as a ZIP. It is a change, because it is noted who asked.
pub(crate) async fn export(seat: Seat, Path(id): Path<String>) -> Answer {
    let id = numbered(&id)?;
    let pieces = centre::dossier::write_out(&seat.gate.centre, By::Staff(seat.me.clone()), id).await?;
    let name = seat.tr.with("privacy-export-file", &[("id", id.to_string())]).into_owned();
    Ok(download::made("application/zip", &format!("{name}.zip"), axum::body::Body::from_stream(pieces)))
}

impl samples::Samples for PersonPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        use model::address::Address;
        let held = Held {
            person: PersonId(4512),
            name: Some("Giulia Prova".to_owned()),
            addresses: ["giulia@posta.example", "+393335550117"]
                .into_iter()
                .filter_map(|value| Address::any("q", value).ok())
                .collect(),
            records: 2,
            cases: 3,
            open: 1,
            contacts: 5,
            messages: 8,
            files: 2,
            size: 1_234_567,
            others: vec![PersonId(77)],
            nothing: false,
        };
        let gone = Held {
            name: None,
            addresses: Vec::new(),
            records: 1,
            open: 0,
            files: 0,
            size: 0,
            others: Vec::new(),
            nothing: true,
            ..held.clone()
        };
        let frame = || nav::sample_frame(tr, "privacy");
        vec![("held", Self::of(tr, frame(), &held, None)), ("erased", Self::of(tr, frame(), &gone, None))]
    }
}
