//! The composer: a reply or an internal note, two forms that are never taken for one another.

use super::field;
use super::place::Place;
use super::seat::Seat;
use crate::upload::KeptFile;
use centre::draft::{Draft, Drafts};
use chrono::{DateTime, Utc};
use language::Tr;
use model::access::{self, Action};
use model::case::State;
use model::problem::FieldProblem;

#[derive(Debug, Clone)]
pub struct Composer {
    /// Random: what is sent twice from this page is sent once.
    pub key: String,
    pub mode: Mode,
    /// None for who may not reply; then why not.
    pub reply: Option<Writing>,
    pub no_reply: String,
    pub note: Writing,
    /// The address the reply is announced to.
    pub to: Option<String>,
    /// The announcement holds the reply itself.
    pub content_sent: bool,
    pub name: String,
    /// The case as it stood when it was read.
    pub seen: i64,
    pub read_at: String,
    pub can_solve: bool,
    pub can_wait: bool,
    pub solve: bool,
    pub wait: bool,
    pub draft: String,
    pub here: String,
    pub reply_href: String,
    pub note_href: String,
    /// Templates that can be put in: number and name.
    pub templates: Vec<(String, String)>,
    pub template_href: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Reply,
    Note,
}

impl Mode {
    pub(crate) fn is_note(self) -> bool {
        self == Self::Note
    }
}

/// One of the two forms.
#[derive(Debug, Clone, Default)]
pub struct Writing {
    pub action: String,
    pub text: String,
    pub saved: Option<String>,
    pub problems: Vec<String>,
    pub kept: Vec<KeptFile>,
}

/// What came back from a form that could not be sent.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub text: String,
    pub problems: Vec<FieldProblem>,
    pub solve: bool,
    pub wait: bool,
    pub kept: Vec<KeptFile>,
}

pub(super) fn of(
    seat: &Seat,
    timeline: &centre::timeline::Timeline,
    drafts: Drafts,
    place: &Place,
    mode: Mode,
    typed: Option<Typed>,
    templates: Vec<(String, String)>,
) -> Composer {
    let (tr, case) = (seat.tr, &timeline.stored.case);
    let may = |action| access::case(&seat.me, action, case);
    let number = timeline.number;
    let writing = |word: &str, draft: Option<Draft>| Writing {
        action: place.act(number, word),
        saved: draft.as_ref().map(|d| saved(tr, d.saved_at)),
        text: draft.map(|d| d.text).unwrap_or_default(),
        problems: Vec::new(),
        kept: Vec::new(),
    };
    let over = matches!(case.state, State::Closed | State::Merged);
    let mut reply = (!over && may(Action::Reply).is_ok()).then(|| writing("reply", drafts.reply));
    let mut note = writing("note", drafts.note);
    let mode = if reply.is_none() { Mode::Note } else { mode };
    let (mut solve, mut wait) = (false, false);
    if let Some(typed) = typed {
        (solve, wait) = (typed.solve, typed.wait);
        let place = if mode.is_note() { Some(&mut note) } else { reply.as_mut() };
        if let Some(place) = place {
            place.problems = typed.problems.iter().map(|p| field::sentence(tr, p)).collect();
            place.text = typed.text;
            place.kept = typed.kept;
        }
    }
    let no_reply = match (over, case.state) {
        (true, State::Merged) => language::key!("desk-no-reply-merged"),
        (true, _) => language::key!("desk-no-reply-closed"),
        (false, _) => language::key!("desk-no-reply-role"),
    };
    Composer {
        key: seat.gate.centre.nonce(),
        mode,
        reply,
        no_reply: tr.text(no_reply).into_owned(),
        note,
        to: timeline.stored.content.announce_to.clone(),
        content_sent: timeline.stored.content.announce_content,
        name: timeline
            .known
            .as_ref()
            .and_then(|k| k.person.name.clone())
            .unwrap_or_else(|| tr.text("desk-citizen").into_owned()),
        seen: case.version,
        read_at: seat.now.to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        can_solve: case.is_active() && may(Action::Solve).is_ok(),
        can_wait: case.is_active() && may(Action::Wait).is_ok(),
        solve,
        wait,
        draft: format!("/part/desk/case/{number}/draft"),
        here: format!("/part/desk/case/{number}/here"),
        reply_href: format!("{}&write=reply#composer", place.case(number)),
        note_href: format!("{}&write=note#composer", place.case(number)),
        templates,
        template_href: format!("{}#composer", place.act(number, "template")),
    }
}

/// Bozza salvata 12:03
pub(super) fn saved(tr: Tr, at: DateTime<Utc>) -> String {
    tr.with("desk-draft-saved", &[("time", tr.time(at))]).into_owned()
}

/// The composer of the samples.
pub(super) fn sample(tr: Tr, mode: Mode) -> Composer {
    let writing = |text: &str| Writing {
        action: "/desk/case/LA-2026-004512/reply".to_owned(),
        text: text.to_owned(),
        saved: Some(saved(tr, crate::samples::now())),
        problems: Vec::new(),
        kept: Vec::new(),
    };
    Composer {
        key: "k".to_owned(),
        mode,
        reply: Some(writing(
            "Il bonus gas parte con la bolletta di dicembre, arretrati compresi. Non deve fare nulla.",
        )),
        no_reply: String::new(),
        note: writing("Karim, puoi allegare la conferma del distributore?"),
        to: Some("m.esempio@posta.example".to_owned()),
        content_sent: false,
        name: "Mario Esempio".to_owned(),
        seen: 9,
        read_at: "2026-11-23T11:03:00Z".to_owned(),
        can_solve: true,
        can_wait: true,
        solve: false,
        wait: false,
        draft: String::new(),
        here: String::new(),
        reply_href: "?write=reply#composer".to_owned(),
        note_href: "?write=note#composer".to_owned(),
        templates: vec![("1".to_owned(), "Bonus sociale: che cosa allegare".to_owned())],
        template_href: "/desk/case/LA-2026-004512/template#composer".to_owned(),
    }
}
