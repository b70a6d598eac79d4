//! A case as it is worked on: its head, its timeline, the composer, and what stands beside it.

use super::act::{self, Acts};
use super::beside::{self, Beside};
use super::composer::{self, Composer, Mode, Typed};
use super::due::{self, Due};
use super::entry::{self, Entry, File, Moment, Said, SaidKind, Teller};
use super::fault::{Answer, Fault};
use super::flash::Toast;
use super::list::{self, CasesPane};
use super::place::Place;
use super::recording::Recording;
use super::seat::{Seat, numbered};
use super::template;
use super::{DeskFrame, Open, Panes};
use crate::{download, html, samples};
use askama::Template;
use axum::extract::{Path, Query};
use centre::presence::Present;
use centre::timeline::Timeline;
use http::StatusCode;
use language::Tr;
use model::AttachmentId;
use model::case::{Level, State};
use model::number::CaseNumber;
use serde::Deserialize;

#[derive(Debug, Template)]
#[template(path = "desk/case.html")]
pub struct CasePage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub cases: CasesPane,
    pub head: Head,
    pub entries: Vec<Entry>,
    pub composer: Composer,
    pub beside: Beside,
    pub toast: Option<Toast>,
    /// Where head, timeline and column are had again when something changes.
    pub part: String,
}

/// The head of a case.
#[derive(Debug, Clone)]
pub struct Head {
    pub id: i64,
    pub number: String,
    pub title: String,
    pub state: (&'static str, String),
    pub due: Option<Due>,
    pub presence: Vec<String>,
    pub acts: Acts,
    /// The case it is continued in.
    pub continued: Option<(String, String)>,
    pub back: String,
    pub rename: Option<String>,
}

#[derive(Debug, Template)]
#[template(path = "desk/case-part.html")]
struct CasePart {
    tr: Tr,
    head: Head,
    entries: Vec<Entry>,
    beside: Beside,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Write {
    write: Option<String>,
}

/// `GET /desk/case/{number}`
pub(super) async fn show(
    seat: Seat,
    Path(number): Path<String>,
    Query(place): Query<Place>,
    Query(write): Query<Write>,
) -> Answer {
    let mode = if write.write.as_deref() == Some("note") { Mode::Note } else { Mode::Reply };
    page(&seat, &number, &place, mode, None).await
}

/// The page of a case, with what was typed into the composer when that could not be sent.
pub(super) async fn page(seat: &Seat, number: &str, place: &Place, mode: Mode, typed: Option<Typed>) -> Answer {
    let timeline = read(seat, number).await?;
    let is_wrong = typed.as_ref().is_some_and(|typed| !typed.problems.is_empty());
    let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let case = timeline.stored.case.id;
    let frame = DeskFrame::read(seat, Some(place), Panes::Four, Open::Case).await?;
    let cases = list::beside(seat, place, &frame, case).await?;
    let present = centre::presence::here(&seat.gate.centre, &seat.me, case, Some(false)).await?;
    let drafts = centre::draft::of(&seat.gate.centre, &seat.me, case).await?;
    let templates = template::offered(seat, &timeline.stored.case).await?;
    let catalogue = seat.gate.centre.catalogue();
    let teller = Teller { tr: seat.tr, now: seat.now, me: &seat.me, timeline: &timeline, catalogue: &catalogue };
    let view = CasePage {
        tr: seat.tr,
        frame,
        cases,
        head: head(seat, &timeline, place, &present).await?,
        entries: teller.entries(None),
        composer: composer::of(seat, &timeline, drafts, place, mode, typed, templates),
        beside: beside::of(seat, &timeline, &catalogue, place),
        toast: Toast::take(&seat.session, seat.tr).await,
        part: format!("/part/desk/case/{}?{}", timeline.number, place.query()),
    };
    Ok(html::page(status, &view))
}

/// `GET /part/desk/case/{number}`: head, timeline and column, without the composer.
pub(super) async fn part(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>) -> Answer {
    let timeline = read(&seat, &number).await?;
    let present = centre::presence::here(&seat.gate.centre, &seat.me, timeline.stored.case.id, None).await?;
    let catalogue = seat.gate.centre.catalogue();
    let teller = Teller { tr: seat.tr, now: seat.now, me: &seat.me, timeline: &timeline, catalogue: &catalogue };
    let view = CasePart {
        tr: seat.tr,
        head: head(&seat, &timeline, &place, &present).await?,
        entries: teller.entries(None),
        beside: beside::of(&seat, &timeline, &catalogue, &place),
    };
    Ok(html::page(StatusCode::OK, &view))
}

/// The case that the number names, its year included.
pub(super) async fn read(seat: &Seat, number: &str) -> Result<Timeline, Fault> {
    let number = numbered(number)?;
    let timeline = centre::timeline::read(&seat.gate.centre, &seat.me, number.id).await?;
    if timeline.number != number {
        return Err(centre::Error::NotFound("case").into());
    }
    Ok(timeline)
}

async fn head(seat: &Seat, timeline: &Timeline, place: &Place, present: &[Present]) -> Result<Head, Fault> {
    let (tr, stored) = (seat.tr, &timeline.stored);
    let catalogue = seat.gate.centre.catalogue();
    let continued = match stored.case.merged_into {
        Some(into) => centre::timeline::head(&seat.gate.centre, &seat.me, into).await.ok().map(|into| {
            let number = CaseNumber::new(into.case.id, into.case.opened_at);
            (place.case(number), entry::named(tr, &into))
        }),
        None => None,
    };
    Ok(Head {
        id: stored.case.id.0,
        number: timeline.number.to_string(),
        title: list::title(tr, stored),
        state: state(tr, timeline, seat),
        due: due::in_head(tr, &catalogue, &stored.case, seat.now),
        presence: presence(tr, present),
        acts: act::of(&seat.me, &stored.case, &catalogue, place),
        continued,
        back: place.list_href(),
        rename: None,
    })
}

/// "Luca sta scrivendo"
pub(super) fn presence(tr: Tr, present: &[Present]) -> Vec<String> {
    let say = |p: &Present| {
        tr.with(
            if p.writing { language::key!("desk-presence-writing") } else { language::key!("desk-presence-reading") },
            &[("name", entry::first_name(&p.name))],
        )
        .into_owned()
    };
    present.iter().map(say).collect()
}

/// Icon and words of where the case stands.
fn state(tr: Tr, timeline: &Timeline, seat: &Seat) -> (&'static str, String) {
    let case = &timeline.stored.case;
    match (case.state, case.assignee) {
        (State::Solved, _) => (
            "check",
            case.outcome.map_or_else(
                || tr.text("desk-state-solved").into_owned(),
                |o| tr.text(&format!("desk-outcome-{o}")).into_owned(),
            ),
        ),
        (State::Closed, _) => ("lock", tr.text("desk-state-closed").into_owned()),
        (State::Merged, _) => ("same", tr.text("desk-state-merged").into_owned()),
        (State::Waiting, _) => ("hourglass", tr.text("desk-state-waiting").into_owned()),
        (_, Some(id)) if id == seat.me.id => ("user", tr.text("desk-state-mine").into_owned()),
        (_, Some(id)) => {
            ("user", tr.with("desk-state-of", &[("name", entry::first_name(timeline.name(id)))]).into_owned())
        }
        (_, None) if case.level == Level::Back => ("office", tr.text("desk-state-at-back").into_owned()),
        (_, None) => ("inbox", tr.text("desk-state-new").into_owned()),
    }
}

/// `GET /desk/case/{number}/file/{id}`: always a download, whatever it is.
pub(super) async fn file(seat: Seat, Path((number, id)): Path<(String, i64)>) -> Answer {
    let case = numbered(&number)?.id;
    let (file, contents) = centre::files::download(&seat.gate.centre, &seat.me, case, AttachmentId(id)).await?;
    Ok(download::answer(&file, contents))
}

/// The entries of the samples.
pub(super) fn sample_entries(tr: Tr) -> Vec<Entry> {
    let now = samples::now();
    let at = |minutes: i64| Moment::new(tr, now - chrono::TimeDelta::minutes(minutes), now);
    let said = |id: &str, kind, icon, who: &str, how: String, text: &str, minutes: i64| Said {
        id: id.to_owned(),
        kind,
        icon,
        who: who.to_owned(),
        how,
        announced: None,
        subject: None,
        text: Some(text.to_owned()),
        files: Vec::new(),
        recordings: Vec::new(),
        at: at(minutes),
        merged: None,
    };
    let change =
        |id: &str, icon, text: std::borrow::Cow<'static, str>, words: Option<&str>, to_office, minutes: i64| {
            Entry::Change {
                id: id.to_owned(),
                icon,
                text: text.into_owned(),
                words: words.map(str::to_owned),
                to_office,
                at: at(minutes),
                merged: None,
            }
        };
    let phone = tr.text("desk-channel-phone").into_owned();
    let reply = tr.text("desk-entry-reply").into_owned();
    vec![
        Entry::Day(tr.day(now - chrono::TimeDelta::minutes(4_490), now)),
        Entry::Said(Box::new(Said {
            recordings: Recording::samples(tr),
            ..said(
                "c-1",
                SaidKind::Citizen,
                "phone-in",
                "Mario Esempio",
                phone,
                "ISEE valido, ma nella bolletta gas di novembre lo sconto non c’è.",
                4_490,
            )
        })),
        change("e-1", "user", tr.with("desk-change-taken", &[("who", "Sara")]), None, false, 4_480),
        Entry::Said(Box::new(Said {
            announced: Some(("checks", tr.text("desk-announced-sent").into_owned())),
            ..said(
                "m-2",
                SaidKind::Reply,
                "web",
                "Sara",
                reply,
                "Buongiorno signor Esempio,\nmi può mandare una foto della bolletta di novembre?",
                4_470,
            )
        })),
        Entry::Said(Box::new(Said {
            files: vec![File {
                href: "/desk/case/LA-2026-004512/file/1".to_owned(),
                name: "bolletta-novembre.pdf".to_owned(),
                size: tr.file_size(214_000_u64),
            }],
            merged: Some("LA-2026-004511".to_owned()),
            ..said(
                "m-3",
                SaidKind::Citizen,
                "web",
                "Mario Esempio",
                tr.text("desk-entry-on-page").into_owned(),
                "Eccola. Grazie. <b>Non è grassetto</b>",
                4_400,
            )
        })),
        change(
            "e-4",
            "right",
            tr.with("desk-change-escalated", &[("who", "Sara"), ("of", "Ufficio bonus")]),
            Some("verificare con il distributore"),
            true,
            4_300,
        ),
        Entry::Day(tr.day(now, now)),
        Entry::Said(Box::new(said(
            "m-5",
            SaidKind::Note,
            "lock",
            "Karim",
            String::new(),
            "Confermato dal distributore: lo sconto parte a dicembre con gli arretrati. Si può rispondere.",
            32,
        ))),
        change(
            "e-6",
            "transfer",
            tr.with("desk-change-given-back-to", &[("who", "Karim"), ("of", "Sara")]),
            None,
            false,
            31,
        ),
    ]
}

/// The head of the samples.
pub(super) fn sample_head(tr: Tr) -> Head {
    use act::Act;
    let act = |word: &'static str, icon, key, at_once| Act {
        word,
        href: format!("/desk/case/LA-2026-004512/{word}"),
        icon,
        key,
        at_once,
        from: None,
    };
    Head {
        id: 4512,
        number: "LA-2026-004512".to_owned(),
        title: "Bonus sociale".to_owned(),
        state: ("user", tr.with("desk-state-of", &[("name", "Sara")]).into_owned()),
        due: Some(Due {
            urgency: due::Urgency::Soon,
            word: tr.with("desk-due-answer-in", &[("when", "38 min")]).into_owned(),
            title: String::new(),
        }),
        presence: presence(tr, &[Present { id: model::UserId(2), name: "Luca Prova".to_owned(), writing: false }]),
        acts: Acts {
            first: vec![act("escalate", "office", Some('e'), false), act("solve", "check", Some('s'), false)],
            more: ["assign", "remind", "transfer", "classify", "rename", "merge", "split", "link"]
                .map(|word| act(word, "pen", None, false))
                .into_iter()
                .chain([act("put-back", "inbox", None, true), act("wait", "hourglass", None, true)])
                .collect(),
        },
        continued: None,
        back: "/desk/list/team".to_owned(),
        rename: None,
    }
}

impl samples::Samples for CasePage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let page = |mode| CasePage {
            tr,
            frame: DeskFrame { open: Open::Case, ..samples::desk_frame(tr) },
            cases: list::sample(tr, true),
            head: sample_head(tr),
            entries: sample_entries(tr),
            composer: composer::sample(tr, mode),
            beside: beside::sample(tr),
            toast: None,
            part: "/part/desk/case/LA-2026-004512".to_owned(),
        };
        let mut toast = page(Mode::Note);
        toast.toast = Some(Toast {
            text: tr.text("desk-done-escalate").into_owned(),
            undo: Some(super::flash::Undo {
                action: "/desk/case/LA-2026-004512/recall".to_owned(),
                fields: Vec::new(),
            }),
        });
        let mut wrong = page(Mode::Reply);
        if let Some(reply) = &mut wrong.composer.reply {
            reply.problems = vec![super::field::sentence(
                tr,
                &model::problem::FieldProblem::new("text", model::problem::Problem::Missing),
            )];
            reply.text.clear();
        }
        let mut closed = page(Mode::Note);
        closed.composer.reply = None;
        closed.composer.no_reply = tr.text("desk-no-reply-merged").into_owned();
        closed.head.continued = Some(("/desk/case/LA-2026-004510".to_owned(), "LA-2026-004510 · Bonus gas".to_owned()));
        closed.beside =
            Beside { service: "Linea Amica".to_owned(), queue: "Linea Amica".to_owned(), ..Beside::default() };
        let mut pages = vec![("reply", page(Mode::Reply)), ("note", toast), ("wrong", wrong), ("merged", closed)];
        for (name, stands, calls) in super::call::Calls::samples(tr) {
            let state = super::availability::samples(tr).into_iter().find(|(word, _)| *word == stands);
            let plain = page(Mode::Reply);
            let frame = DeskFrame { calls: Some(calls), state: state.map(|(_, state)| state), ..plain.frame };
            pages.push((name, Self { frame, ..plain }));
        }
        pages
    }
}
