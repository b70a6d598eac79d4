//! The machine room: the jobs that the centre does by itself, and the letters that were given up.

use super::nav;
use crate::desk::DeskFrame;
use crate::office::fault::Answer;
use crate::office::flash::{Flash, Toast};
use crate::office::seat::Seat;
use crate::{html, samples};
use askama::Template;
use axum::extract::{Path, Query};
use centre::jobs::Standing;
use centre::{By, Error, outbox};
use chrono::{DateTime, TimeDelta, Utc};
use db::outbox::Item;
use http::StatusCode;
use language::Tr;
use model::OutboxId;
use model::number::CaseNumber;
use serde::Deserialize;

const HERE: &str = "/admin/jobs";
/// Letters of a page.
const PAGE: u64 = 50;

#[derive(Debug, Template)]
#[template(path = "admin/jobs.html")]
pub struct JobsPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub toast: Option<Toast>,
    pub jobs: Vec<Job>,
    pub waiting: String,
    pub dead: i64,
    pub letters: Vec<Letter>,
    pub next: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Job {
    pub kind: String,
    pub word: String,
    pub lead: String,
    pub every: String,
    pub last: String,
    pub next: String,
    pub running: bool,
    pub error: Option<String>,
    pub tries: i64,
}

#[derive(Debug, Clone)]
pub struct Letter {
    pub id: String,
    pub kind: String,
    /// The case that it is about.
    pub case: Option<String>,
    pub given_up: String,
    pub tries: String,
    pub why: String,
}

impl Job {
    fn of(tr: Tr, job: Standing, now: DateTime<Utc>) -> Self {
        let said = |key: String, or: &str| if tr.has(&key) { tr.text(&key).into_owned() } else { or.to_owned() };
        Self {
            word: said(format!("job-{}", job.kind), &job.kind),
            lead: said(format!("job-{}-lead", job.kind), ""),
            every: tr.with("job-every", &[("length", tr.duration(job.every))]).into_owned(),
            last: job.last.map_or_else(|| tr.text("job-never").into_owned(), |at| tr.date_time(at, now)),
            next: match job.next <= now {
                true => tr.text("job-soon").into_owned(),
                false => tr.date_time(job.next, now),
            },
            running: job.running,
            tries: i64::from(job.tries),
            error: job.error,
            kind: job.kind,
        }
    }
}

impl Letter {
    fn of(tr: Tr, item: &Item, case: Option<&CaseNumber>, now: DateTime<Utc>) -> Self {
        Self {
            id: item.id.to_string(),
            kind: match item.kind.as_str() {
                "email" => tr.text("job-letter-email").into_owned(),
                other => other.to_owned(),
            },
            case: case.map(ToString::to_string),
            given_up: item.done_at.map_or_else(String::new, |at| tr.date_time(at, now)),
            tries: tr.number(i64::from(item.tries)),
            why: item.error.clone().unwrap_or_default(),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Before {
    before: Option<i64>,
}

/// `GET /admin/jobs`
pub(super) async fn show(seat: Seat, Query(before): Query<Before>) -> Answer {
    let (tr, centre) = (seat.tr, &seat.gate.centre);
    let figures = outbox::figures(centre).await?;
    let letters = outbox::dead_before(centre, before.before.map(OutboxId), PAGE + 1).await?;
    let cases = outbox::cases(centre, &letters).await?;
    let more = letters.len() as u64 > PAGE;
    let shown = letters.iter().take(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let letters: Vec<Letter> =
        shown.map(|item| Letter::of(tr, item, item.case.and_then(|case| cases.get(&case)), seat.now)).collect();
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let view = JobsPage {
        tr,
        frame: nav::frame(&seat, "jobs"),
        toast: Toast::take(&seat.session, tr).await,
        jobs: centre::jobs::standing(centre).await?.into_iter().map(|job| Job::of(tr, job, seat.now)).collect(),
        waiting: tr.with("job-waiting", &[("count", number(figures.waiting))]).into_owned(),
        dead: number(figures.dead),
        next: letters.last().filter(|_| more).map(|letter| format!("{HERE}?before={}#letters", letter.id)),
        letters,
    };
    Ok(html::page(StatusCode::OK, &view))
}

/// `POST /admin/jobs/{kind}/run`
pub(super) async fn run(seat: Seat, Path(kind): Path<String>) -> Answer {
    let wanted = kind.clone();
    let due = seat.work(move |w| Box::pin(async move { centre::jobs::run_now(w, &wanted).await })).await?;
    let key = format!("job-{kind}");
    let name = if seat.tr.has(&key) { seat.tr.text(&key).into_owned() } else { kind };
    let said = if due { "job-done-asked" } else { "job-done-in-hand" };
    Ok(seat.on_to(HERE, Flash::said(said).about(name)).await)
}

/// `POST /admin/letters/{id}/again`
pub(super) async fn again(seat: Seat, Path(id): Path<i64>) -> Answer {
    let by = By::Staff(seat.me.clone());
    match outbox::send_again(&seat.gate.centre, by, OutboxId(id)).await? {
        true => Ok(seat.on_to(HERE, Flash::said("job-done-again").about(id.to_string())).await),
        false => Err(Error::NotFound("letter").into()),
    }
}

/// `POST /admin/letters/again`
pub(super) async fn all_again(seat: Seat) -> Answer {
    let count = outbox::send_all_again(&seat.gate.centre, By::Staff(seat.me.clone())).await?;
    Ok(seat.on_to(HERE, Flash::said("job-done-all-again").about(count.to_string())).await)
}

/// `GET /admin/letters/{id}/drop`: asks first, because what the letter carried is emptied.
pub(super) async fn show_drop(seat: Seat, Path(id): Path<i64>) -> Answer {
    let back = (HERE.to_owned(), seat.tr.text("admin-nav-jobs").into_owned());
    let action = format!("/admin/letters/{id}/drop");
    let frame = nav::frame(&seat, "jobs");
    let mut page = super::FormPage::new(seat.tr, frame, "letter-drop", id.to_string(), back, action);
    page.stop = true;
    Ok(page.answer(&[]))
}

/// `POST /admin/letters/{id}/drop`
pub(super) async fn drop_letter(seat: Seat, Path(id): Path<i64>) -> Answer {
    let by = By::Staff(seat.me.clone());
    match outbox::give_up(&seat.gate.centre, by, OutboxId(id)).await? {
        true => Ok(seat.on_to(HERE, Flash::said("job-done-dropped").about(id.to_string())).await),
        false => Err(Error::NotFound("letter").into()),
    }
}

impl samples::Samples for JobsPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let now = samples::now();
        let job = |kind: &str, minutes: i64, error: Option<&str>| {
            let standing = Standing {
                kind: kind.to_owned(),
                every: TimeDelta::minutes(30),
                last: Some(now - TimeDelta::minutes(minutes)),
                next: now + TimeDelta::minutes(minutes),
                running: minutes == 3,
                tries: u32::from(error.is_some()) * 4,
                error: error.map(str::to_owned),
            };
            Job::of(tr, standing, now)
        };
        let letter = Letter {
            id: "118".to_owned(),
            kind: tr.text("job-letter-email").into_owned(),
            case: Some("LA-2026-004512".to_owned()),
            given_up: tr.date_time(now, now),
            tries: "9".to_owned(),
            why: "the mail server refused: 550 5.1.1".to_owned(),
        };
        let page = |jobs: Vec<Job>, letters: Vec<Letter>| JobsPage {
            tr,
            frame: nav::sample_frame(tr, "jobs"),
            toast: None,
            jobs,
            waiting: tr.with("job-waiting", &[("count", 2)]).into_owned(),
            dead: i64::try_from(letters.len()).unwrap_or_default(),
            letters,
            next: Some("/admin/jobs?before=118#letters".to_owned()),
        };
        let mut well = page(vec![job("bring-back", 1, None)], Vec::new());
        well.next = None;
        let failing = vec![
            job("bring-back", 3, None),
            job("close", 12, Some("the database cannot be reached")),
            job("sweep", 9, None),
        ];
        vec![("attention", page(failing, vec![letter])), ("well", well)]
    }
}
