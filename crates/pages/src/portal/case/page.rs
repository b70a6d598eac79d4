//! `/caso/{number}`: where the case stands, the conversation, and what its citizen can do.

use super::step::Where;
use super::talk::{self, Said};
use super::{first_name, path, read};
use crate::portal::here::{Asking, Here, asked, personal};
use crate::portal::problems::Problems;
use crate::portal::trouble::{self, Notice};
use crate::portal::{Frame, Section};
use crate::upload::{self, KeptFile};
use crate::{download, html};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use centre::Error;
use centre::files::Kept;
use centre::timeline::{Timeline, What};
use gate::{Gate, Session};
use http::StatusCode;
use language::Tr;
use model::address::{Address, AddressKind};
use model::case::State as Stand;
use model::number::CaseNumber;
use model::problem::FieldProblem;
use serde::Deserialize;

const FIELDS: &[(&str, &str)] = &[("text", language::key!("case-add")), ("files", language::key!("write-files"))];
const NEWS_FIELDS: &[(&str, &str)] = &[("email", language::key!("write-email"))];

#[derive(Debug, Template)]
#[template(path = "portal/case.html")]
pub struct CasePage {
    pub tr: Tr,
    pub frame: Frame,
    pub number: String,
    /// The address of this case, to which actions are added.
    pub path: String,
    /// The message form's own random key.
    pub key: String,
    pub title: String,
    pub stands: Where,
    pub talk: Vec<Said>,
    pub topic: Option<String>,
    pub service: String,
    /// First name of who has it in hand.
    pub follower: Option<String>,
    /// The address that news goes to, its middle hidden.
    pub news_to: Option<String>,
    pub news_content: bool,
    pub is_solved: bool,
    pub is_closed: bool,
    /// What was just done, to be said once.
    pub done: Option<String>,
    pub typed: String,
    pub files: Vec<KeptFile>,
    pub problems: Problems,
    pub news_typed: String,
    pub news_problems: Problems,
    pub notice: Option<Notice>,
}

/// What came of the last action, as the address says it.
#[derive(Debug, Default, Deserialize)]
pub struct After {
    #[serde(default)]
    fatto: String,
}

impl CasePage {
    pub fn of(here: &Here, timeline: &Timeline, key: String) -> Self {
        let tr = here.tr;
        let case = &timeline.stored.case;
        let content = &timeline.stored.content;
        let catalogue = &here.catalogue;
        let office = case.structure.as_ref().and_then(|id| catalogue.structure(id)).map(|s| s.name.as_str());
        let service = catalogue.service(&case.service).map_or("", |s| s.name.as_str());
        // A queue that is called like its service says nothing of where the case is.
        let queue = catalogue.queue(&case.queue).map(|queue| queue.name.as_str()).filter(|name| *name != service);
        let office = office.or(queue);
        let number = timeline.number.to_string();
        let title = content
            .subject
            .clone()
            .unwrap_or_else(|| tr.with("case-heading", &[("number", number.as_str())]).into_owned());
        let news = content.announce_to.clone().map(|value| Address { kind: AddressKind::Email, value }.hinted());
        Self {
            tr,
            frame: Frame { path: format!("/caso/{number}"), ..here.frame() }
                .under(Section::YourCase)
                .through(tr.text("portal-nav-your-case"), "/caso")
                .titled(number.as_str()),
            path: path(here, timeline.number),
            key,
            number,
            title,
            stands: Where::of(tr, timeline, office, here.now),
            talk: talk::of(tr, timeline, catalogue, here.now),
            topic: case
                .topic
                .as_ref()
                .and_then(|id| catalogue.topic(id))
                .map(|t| t.name(tr.language.code()).to_owned()),
            service: service.to_owned(),
            follower: case.assignee.map(|id| first_name(timeline.name(id)).to_owned()),
            news_to: news,
            news_content: content.announce_content,
            is_solved: case.state == Stand::Solved,
            is_closed: matches!(case.state, Stand::Closed | Stand::Merged),
            done: None,
            typed: String::new(),
            files: Vec::new(),
            problems: Problems::default(),
            news_typed: String::new(),
            news_problems: Problems::default(),
            notice: None,
        }
    }

    /// With a message that could not be taken, as it was typed.
    pub fn with_message(
        self,
        gate: &Gate,
        typed: &str,
        kept: &[Kept],
        problems: &[FieldProblem],
        notice: Option<Notice>,
    ) -> Self {
        let problems = Problems::of(self.tr, "message", FIELDS, problems);
        Self { typed: typed.to_owned(), files: upload::shown(gate, self.tr, kept), problems, notice, ..self }
    }

    /// With an address that could not be taken, as it was typed.
    pub fn with_news(self, typed: &str, problems: &[FieldProblem]) -> Self {
        let news_problems = Problems::of(self.tr, "news", NEWS_FIELDS, problems);
        Self { news_typed: typed.to_owned(), news_problems, ..self }
    }
}

impl IntoResponse for CasePage {
    fn into_response(self) -> Response {
        let status = match &self.notice {
            Some(notice) => notice.status,
            None if self.problems.is_empty() && self.news_problems.is_empty() => StatusCode::OK,
            None => StatusCode::UNPROCESSABLE_ENTITY,
        };
        personal(html::page(status, &self))
    }
}

/// `GET /caso/{number}`
pub async fn show(
    State(gate): State<Gate>,
    here: Here,
    session: Session,
    Path(number): Path<String>,
    after: Asking<After>,
) -> Response {
    let timeline = match read(&gate, &session, &number).await {
        Ok(timeline) => timeline,
        Err(Error::NotFound(_)) => return to_the_door(&here, &number),
        Err(error) => return trouble::page(&gate, &here, &error),
    };
    if timeline.number.to_string() != number {
        return Redirect::to(&path(&here, timeline.number)).into_response();
    }
    let mut view = CasePage::of(&here, &timeline, gate.centre.nonce());
    view.done = Some(asked(after).fatto).and_then(|done| {
        let key = match done.as_str() {
            "messaggio" => language::key!("case-done-message"),
            "riaperto" => language::key!("case-done-reopened"),
            "chiuso" => language::key!("case-done-settled"),
            "avvisi" => language::key!("case-done-news"),
            _ => return None,
        };
        Some(here.tr.text(key).into_owned())
    });
    view.into_response()
}

/// Whoever has not opened the case here is asked for its code.
pub fn to_the_door(here: &Here, number: &str) -> Response {
    let asked = number.parse::<CaseNumber>().map(|number| format!("?n={number}")).unwrap_or_default();
    Redirect::to(&format!("{}{asked}", here.tr.path("/caso"))).into_response()
}

/// `GET /caso/{number}/file/{id}`: always a download, never opened in the page's name.
pub async fn file(
    State(gate): State<Gate>,
    here: Here,
    session: Session,
    Path((number, id)): Path<(String, i64)>,
) -> Response {
    let timeline = match read(&gate, &session, &number).await {
        Ok(timeline) => timeline,
        Err(Error::NotFound(_)) => return to_the_door(&here, &number),
        Err(error) => return trouble::page(&gate, &here, &error),
    };
    let files = timeline.entries.iter().filter_map(|entry| match &entry.what {
        What::Contact { files, .. } | What::Message { files, .. } => Some(files),
        What::Change { .. } => None,
    });
    let Some(file) = files.flatten().find(|file| file.id.0 == id) else {
        return trouble::page(&gate, &here, &Error::NotFound("file"));
    };
    match gate.centre.files().read(file).await {
        Ok(contents) => personal(download::answer(file, contents)),
        Err(error) => trouble::page(&gate, &here, &error),
    }
}
