//! The case in every state, with invented people.

use super::CasePage;
use crate::portal::Here;
use crate::portal::sample::services;
use crate::portal::trouble::Notice;
use crate::samples::{Samples, now};
use crate::upload::KeptFile;
use centre::Catalogue;
use centre::timeline::{Announced, Entry, Timeline, What};
use chrono::{DateTime, TimeDelta, Utc};
use db::attachment::Attachment;
use db::case::{Content, Stored};
use db::contact::Words;
use db::message::Message;
use http::StatusCode;
use language::Tr;
use model::case::{Case, Clocks, Event, Opened, Outcome};
use model::contact::{Channel, Contact, Direction};
use model::event::Actor;
use model::message::Author;
use model::number::CaseNumber;
use model::problem::{FieldProblem, Problem};
use model::{AttachmentId, CaseId, ContactId, MessageId, QueueId, ServiceId, UserId};
use std::collections::HashMap;

const CASE: CaseId = CaseId(4512);
const SARA: UserId = UserId(1);

/// A story as it is told so far.
struct Story {
    case: Case,
    entries: Vec<Entry>,
}

fn hours_ago(hours: i64) -> DateTime<Utc> {
    now() - TimeDelta::hours(hours)
}

impl Story {
    fn begin(hours: i64) -> Self {
        let at = hours_ago(hours);
        let opened = Opened {
            at,
            service: ServiceId::new("linea-amica"),
            queue: QueueId::new("linea-amica"),
            language: "it".to_owned(),
            structure: None,
            person: None,
            topic: None,
            kind: None,
            region: None,
            split_from: None,
            clocks: Clocks {
                answer: Some(now() + TimeDelta::hours(3)),
                solution: Some(now() + TimeDelta::hours(48)),
                left_s: None,
            },
        };
        let contact = Contact {
            id: ContactId(1),
            case: Some(CASE),
            person: None,
            service: ServiceId::new("linea-amica"),
            channel: Channel::Web,
            direction: Direction::Inbound,
            entry_point: None,
            started_at: at,
            queued_at: None,
            answered_at: None,
            ended_at: None,
            outcome: None,
            operator: None,
            language: None,
            topic: None,
        };
        let text =
            "Ho un ISEE valido, ma nella bolletta del gas di novembre lo sconto non c’è.\n\n<script>Perché?</script>";
        let words = Words { from: None, subject: None, text: Some(text.to_owned()) };
        let what = What::Contact {
            stored: Box::new(db::contact::Stored { contact, words }),
            files: vec![bill(at)],
            recordings: Vec::new(),
        };
        Self { case: Case::open(CASE, opened), entries: vec![Entry { at, case: CASE, what }] }
    }

    fn change(mut self, hours: i64, actor: Actor, event: Event) -> Self {
        let at = hours_ago(hours);
        self.case.apply(&event, at);
        self.entries.push(Entry { at, case: CASE, what: What::Change { event: Box::new(event), actor, words: None } });
        self
    }

    fn says(mut self, hours: i64, author: Author, text: &str) -> Self {
        let at = hours_ago(hours);
        let id = MessageId(2);
        let operator = (author == Author::Operator).then_some(SARA);
        self.case.apply(
            &if operator.is_some() { Event::Replied { message: id } } else { Event::CitizenWrote { message: id } },
            at,
        );
        if operator.is_some() {
            self.case.clocks.answer = None;
        }
        let message = Message {
            id,
            case: CASE,
            at,
            author,
            channel: Channel::Web,
            text: Some(text.to_owned()),
            operator,
            internal: false,
        };
        self.entries.push(Entry {
            at,
            case: CASE,
            what: What::Message { message, files: Vec::new(), announced: Announced::No },
        });
        self
    }

    fn page(self, tr: Tr) -> CasePage {
        let number = CaseNumber::new(CASE, self.case.opened_at);
        let content = Content {
            channel: Channel::Web,
            subject: Some("Il bonus sociale non compare in bolletta".to_owned()),
            announce_to: Some("giulia.prova@posta.example".to_owned()),
            announce_content: false,
        };
        let timeline = Timeline {
            stored: Stored { case: self.case, content },
            number,
            entries: self.entries,
            known: None,
            linked: Vec::new(),
            merged: Vec::new(),
            names: HashMap::from([(SARA, "Sara Campione".to_owned())]),
        };
        let catalogue = Catalogue { services: services(), ..Catalogue::default() };
        CasePage::of(&Here::sample(tr, "/caso/LA-2026-004512", catalogue), &timeline, "k".to_owned())
    }
}

fn bill(at: DateTime<Utc>) -> Attachment {
    Attachment {
        id: AttachmentId(1),
        case: CASE,
        contact: Some(ContactId(1)),
        message: None,
        name: "bolletta-novembre.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        size: 214_000,
        stored_as: String::new(),
        created_at: at,
    }
}

fn taken() -> Story {
    Story::begin(74).change(73, Actor::Staff(SARA), Event::Assigned { to: Some(SARA) })
}

fn at_the_office() -> Story {
    let escalated = Event::Escalated { queue: QueueId::new("linea-amica-back"), structure: None, reason: MessageId(3) };
    taken()
        .says(73, Author::Operator, "Buongiorno, mi può mandare una foto della bolletta di novembre?")
        .says(70, Author::Citizen, "Eccola. Grazie.")
        .change(68, Actor::Staff(SARA), escalated)
}

fn solved(outcome: Outcome, actor: Actor) -> Story {
    at_the_office()
        .says(2, Author::Operator, "Lo sconto arriva con la bolletta di dicembre, con gli arretrati.")
        .change(1, actor, Event::Solved { outcome, topic: None, by: model::case::Level::Back })
}

impl Samples for CasePage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let mut wrong = taken().page(tr);
        wrong.problems = crate::portal::problems::Problems::of(
            tr,
            "message",
            &[("files", "write-files")],
            &[FieldProblem::new("files", Problem::FileKindRefused)],
        );
        wrong.typed = "Le mando la bolletta.".to_owned();
        wrong.files = vec![KeptFile {
            name: "bolletta-novembre.pdf".to_owned(),
            size: tr.file_size(214_000),
            sealed: "0".to_owned(),
        }];
        wrong.news_problems = crate::portal::problems::Problems::of(
            tr,
            "news",
            &[("email", "write-email")],
            &[FieldProblem::new("email", Problem::EmailWithoutAt)],
        );
        let mut late = Story::begin(200);
        late.case.clocks.answer = Some(hours_ago(5));
        let mut told = taken().page(tr);
        told.done = Some(tr.text("case-done-message").into_owned());
        let over = || solved(Outcome::Solved, Actor::Staff(SARA)).change(0, Actor::System, Event::Closed);
        let mut meanwhile = over().page(tr);
        meanwhile.typed = "Ancora una cosa: vale anche per l’acqua?".to_owned();
        meanwhile.notice = Some(Notice {
            status: StatusCode::CONFLICT,
            title: tr.text("case-closed-meanwhile").into_owned(),
            text: tr.text("case-closed-meanwhile-lead").into_owned(),
        });
        vec![
            ("closed-meanwhile", meanwhile),
            ("new", Story::begin(1).page(tr)),
            ("taken", told),
            ("late", late.page(tr)),
            ("office", at_the_office().page(tr)),
            (
                "waiting",
                taken()
                    .says(2, Author::Operator, "Mi manda la bolletta?")
                    .change(2, Actor::Staff(SARA), Event::Waited)
                    .page(tr),
            ),
            ("answered", taken().says(2, Author::Operator, "Lo sconto arriva a dicembre.").page(tr)),
            ("solved", solved(Outcome::Solved, Actor::Staff(SARA)).page(tr)),
            ("withdrawn", solved(Outcome::Withdrawn, Actor::Citizen).page(tr)),
            ("closed", over().page(tr)),
            ("wrong", wrong),
        ]
    }
}
