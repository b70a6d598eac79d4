//! The first page of the administration: what wants attention, then what there is.

use super::nav::{self, LINES};
use crate::desk::DeskFrame;
use crate::office::fault::Answer;
use crate::office::seat::Seat;
use crate::{html, samples};
use askama::Template;
use http::StatusCode;
use language::Tr;

#[derive(Debug, Template)]
#[template(path = "admin/home.html")]
pub struct HomePage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub notices: Vec<Notice>,
    pub rooms: Vec<Room>,
}

/// Something that wants attention, with the page where it is dealt with, where there is one.
#[derive(Debug, Clone)]
pub struct Notice {
    pub text: String,
    pub href: Option<&'static str>,
    /// Nobody can leave it for tomorrow.
    pub urgent: bool,
}

/// A page that is led to.
#[derive(Debug, Clone)]
pub struct Room {
    pub href: &'static str,
    pub icon: &'static str,
    pub word: String,
    pub lead: String,
}

/// `GET /admin`
pub(super) async fn show(seat: Seat) -> Answer {
    let view = HomePage {
        tr: seat.tr,
        frame: nav::frame(&seat, "home"),
        notices: notices(&seat).await?,
        rooms: rooms(seat.tr),
    };
    Ok(html::page(StatusCode::OK, &view))
}

/// What wants attention, of every page of the administration: each adds its own.
async fn notices(seat: &Seat) -> centre::Result<Vec<Notice>> {
    let tr = seat.tr;
    let mut notices = Vec::new();
    let sent = centre::outbox::figures(&seat.gate.centre).await?;
    if sent.dead > 0 {
        let text =
            tr.with("admin-notice-letters", &[("count", i64::try_from(sent.dead).unwrap_or(i64::MAX))]).into_owned();
        notices.push(Notice { text, href: Some("/admin/jobs"), urgent: true });
    }
    if sent.failing_jobs > 0 {
        let text = tr
            .with("admin-notice-jobs", &[("count", i64::try_from(sent.failing_jobs).unwrap_or(i64::MAX))])
            .into_owned();
        notices.push(Notice { text, href: Some("/admin/jobs"), urgent: true });
    }
    let watch = centre::staff::watch(&seat.gate.centre).await?;
    if watch.administrators < 2 {
        let text = tr.text("admin-notice-alone").into_owned();
        notices.push(Notice { text, href: Some("/admin/staff?role=admin"), urgent: false });
    }
    if watch.gone_with_cases > 0 {
        let count = i64::try_from(watch.gone_with_cases).unwrap_or(i64::MAX);
        let text = tr.with("admin-notice-held", &[("count", count)]).into_owned();
        notices.push(Notice { text, href: Some("/admin/staff?state=disabled"), urgent: false });
    }
    Ok(notices)
}

fn rooms(tr: Tr) -> Vec<Room> {
    let others = LINES.iter().filter(|line| line.word != "home");
    let room = |line: &nav::Line| Room {
        href: line.href,
        icon: line.icon,
        word: tr.text(&format!("admin-nav-{}", line.word)).into_owned(),
        lead: tr.text(&format!("admin-nav-{}-lead", line.word)).into_owned(),
    };
    others.map(room).collect()
}

impl samples::Samples for HomePage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let page = |notices| HomePage { tr, frame: nav::sample_frame(tr, "home"), notices, rooms: rooms(tr) };
        let notice = |key: &str, count: i64, urgent| Notice {
            text: tr.with(key, &[("count", count)]).into_owned(),
            href: Some("/admin"),
            urgent,
        };
        let some = vec![notice("admin-notice-letters", 3, true), notice("admin-notice-jobs", 1, true)];
        vec![("all-well", page(Vec::new())), ("attention", page(some))]
    }
}
