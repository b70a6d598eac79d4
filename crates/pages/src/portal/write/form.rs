//! The form itself: what was typed, what is asked of it beyond what the centre asks, and how it is shown.

use super::lacking;
use crate::html;
use crate::portal::here::Here;
use crate::portal::problems::Problems;
use crate::portal::service::Prose;
use crate::portal::trouble::Notice;
use crate::portal::{Frame, Section};
use crate::samples;
use crate::upload::{self, KeptFile};
use askama::Template;
use axum::response::{IntoResponse, Response};
use centre::files::Kept;
use gate::{Form, Gate};
use http::StatusCode;
use language::Tr;
use model::contact::Channel;
use model::problem::{FieldProblem, Problem};
use model::service::Service;

/// The fields in their order, with the key of each label.
const FIELDS: &[(&str, &str)] = &[
    ("text", language::key!("write-text")),
    ("files", language::key!("write-files")),
    ("service", language::key!("write-service")),
    ("topic", language::key!("write-topic")),
    ("via", language::key!("write-via-label")),
    ("email", language::key!("write-email")),
    ("phone", language::key!("write-phone")),
    ("name", language::key!("write-name")),
    ("consent", language::key!("write-consent-label")),
];

/// What was typed, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// The form's own random key.
    pub key: String,
    pub text: String,
    pub service: String,
    pub topic: String,
    /// `email`, `phone` or `none`.
    pub via: String,
    pub email: String,
    pub phone: String,
    pub name: String,
    /// The reply's words in the e-mail that announces it.
    pub content: bool,
    pub consent: bool,
}

impl Typed {
    pub fn of(form: &Form) -> Self {
        let text = |name: &str| form.text(name).to_owned();
        Self {
            key: text("key"),
            text: text("text"),
            service: text("service"),
            topic: text("topic"),
            via: text("via"),
            email: text("email"),
            phone: text("phone"),
            name: text("name"),
            content: form.has("content"),
            consent: form.has("consent"),
        }
    }
}

/// What the form asks beyond what the centre does: a way to answer, or the word that none is wanted; consent; a service
/// and a topic of the lists.
pub fn problems(here: &Here, typed: &Typed) -> Vec<FieldProblem> {
    let mut found = Vec::new();
    let blank = |text: &str| text.trim().is_empty();
    match typed.via.as_str() {
        "email" if blank(&typed.email) => found.push(lacking("email", Problem::Missing)),
        "phone" if blank(&typed.phone) => found.push(lacking("phone", Problem::Missing)),
        "email" | "phone" | "none" => {}
        _ => found.push(lacking("via", Problem::AddressNeeded)),
    }
    if !typed.consent {
        found.push(lacking("consent", Problem::ConsentNeeded));
    }
    let catalogue = &here.catalogue;
    if !blank(&typed.service) && !catalogue.active().any(|s| s.id.as_str() == typed.service) {
        found.push(lacking("service", Problem::NotInTheList));
    }
    let offered = model::topic::offered(&catalogue.topics);
    if !blank(&typed.topic) && !offered.iter().any(|(_, t)| t.id.as_str() == typed.topic) {
        found.push(lacking("topic", Problem::NotInTheList));
    }
    found
}

/// An entry of a list to choose from.
#[derive(Debug, Clone)]
pub struct Choice {
    pub id: String,
    pub name: String,
    pub chosen: bool,
}

#[derive(Debug, Template)]
#[template(path = "portal/write.html")]
pub struct WritePage {
    pub tr: Tr,
    pub frame: Frame,
    pub typed: Typed,
    pub problems: Problems,
    pub notice: Option<Notice>,
    pub files: Vec<KeptFile>,
    /// None where there is only one.
    pub services: Vec<Choice>,
    pub topics: Vec<Choice>,
    /// When the answer comes at the latest.
    pub answer_by: Option<String>,
    pub standing: Option<String>,
    /// What the service says first, what it says while it is closed, and what of personal data.
    pub greeting: Option<Prose>,
    pub closed: Option<Prose>,
    pub privacy: Option<Prose>,
}

impl WritePage {
    pub fn of(
        gate: &Gate,
        here: &Here,
        mut typed: Typed,
        problems: &[FieldProblem],
        notice: Option<Notice>,
        kept: &[Kept],
    ) -> Self {
        if typed.key.is_empty() {
            typed.key = gate.centre.nonce();
        }
        let catalogue = &here.catalogue;
        let language = here.tr.language.code();
        let several = catalogue.active().count() > 1;
        let services = catalogue.active().filter(|_| several);
        let service = catalogue.active().find(|s| s.id.as_str() == typed.service).or(catalogue.first_service());
        let promised = |s: &Service| s.promised(Some(Channel::Web), None);
        let answer = service.and_then(|s| model::case::Clocks::started(&s.calendar, promised(s), here.now).answer);
        let prose = |of| service.and_then(|s| Prose::of(s, here.tr, of));
        Self {
            tr: here.tr,
            frame: here.titled(language::key!("write-title")).under(Section::Write),
            problems: Problems::of(here.tr, "write", FIELDS, problems),
            notice,
            files: upload::shown(gate, here.tr, kept),
            services: services
                .map(|s| Choice {
                    id: s.id.to_string(),
                    name: s.name(language).to_owned(),
                    chosen: s.id.as_str() == typed.service,
                })
                .collect(),
            greeting: prose(|texts| texts.greeting.as_deref()),
            closed: prose(|texts| texts.closed.as_deref())
                .filter(|_| service.is_some_and(|s| !s.calendar.is_open(here.now))),
            privacy: prose(|texts| texts.privacy.as_deref()),
            topics: model::topic::offered(&catalogue.topics)
                .into_iter()
                .map(|(depth, t)| Choice {
                    id: t.id.to_string(),
                    name: indented(depth, t.name(language)),
                    chosen: t.id.as_str() == typed.topic,
                })
                .collect(),
            answer_by: answer.map(|at| here.tr.date_time(at, here.now)),
            standing: service.map(|s| {
                let standing = crate::portal::hours::standing(here.tr, &s.calendar, here.now);
                format!("{}, {}", standing.word, standing.detail)
            }),
            typed,
        }
    }
}

/// A name of a tree within a list that has no levels of its own: set in by spaces that browsers keep.
pub(crate) fn indented(depth: usize, name: &str) -> String {
    format!("{}{name}", "\u{2003}".repeat(depth))
}

impl IntoResponse for WritePage {
    fn into_response(self) -> Response {
        let status = match &self.notice {
            Some(notice) => notice.status,
            None if self.problems.is_empty() => StatusCode::OK,
            None => StatusCode::UNPROCESSABLE_ENTITY,
        };
        html::page(status, &self)
    }
}

impl samples::Samples for WritePage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let choice = |id: &str, name: &str| Choice { id: id.to_owned(), name: name.to_owned(), chosen: false };
        let prose = |text: &str| Prose { text: text.to_owned(), language: None };
        let page = |typed: Typed, found: &[FieldProblem]| WritePage {
            tr,
            frame: samples::frame(tr, "/scrivi").titled(tr.text("write-title")).under(Section::Write),
            typed,
            problems: Problems::of(tr, "write", FIELDS, found),
            notice: None,
            files: Vec::new(),
            services: vec![choice("linea-amica", "Linea Amica"), choice("abruzzo", "Linea Amica Abruzzo")],
            topics: vec![choice("bonus", "Bonus e aiuti"), choice("casa", "Casa e tasse locali")],
            answer_by: Some(tr.date_time(samples::now(), samples::now())),
            standing: Some(tr.text("hours-open-now").into_owned()),
            greeting: Some(prose("Qui può chiedere di tutta la pubblica amministrazione.")),
            closed: Some(prose("Ora siamo chiusi: rispondiamo da domani alle 9.")),
            privacy: Some(prose("I dati servono solo a risponderle.")),
        };
        let typed = Typed {
            text: "Ho un ISEE valido, ma nella bolletta del gas di novembre lo sconto non c’è.\n<b>Perché?</b>"
                .to_owned(),
            via: "email".to_owned(),
            email: "giulia.prova@posta".to_owned(),
            phone: "333 555 0117".to_owned(),
            name: "Giulia Prova".to_owned(),
            ..Typed::default()
        };
        let found = [
            FieldProblem::new("email", Problem::EmailWithoutDot),
            FieldProblem::new("consent", Problem::ConsentNeeded),
            FieldProblem::new("files", Problem::FileKindRefused),
        ];
        let mut wrong = page(typed.clone(), &found);
        wrong.files = vec![KeptFile {
            name: "bolletta-novembre.pdf".to_owned(),
            size: tr.file_size(214_000),
            sealed: "0".to_owned(),
        }];
        let mut busy = page(typed, &[]);
        busy.notice = Some(Notice {
            status: StatusCode::TOO_MANY_REQUESTS,
            title: tr.text("error-too-many-title").into_owned(),
            text: tr.with("trouble-too-many", &[("when", tr.time(samples::now()))]).into_owned(),
        });
        let mut alone = page(Typed::default(), &[]);
        (alone.services, alone.topics) = (Vec::new(), Vec::new());
        vec![("new", page(Typed::default(), &[])), ("bare", alone), ("wrong", wrong), ("busy", busy)]
    }
}
