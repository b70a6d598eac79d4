//! Sessions as they are shown, one's own and somebody's, and their end.

use crate::office::fault::Answer;
use crate::office::flash::Flash;
use crate::office::seat::Seat;
use centre::session::{self, Open};
use chrono::{DateTime, Utc};
use gate::Form;
use language::Tr;

/// A session in a list.
#[derive(Debug, Clone)]
pub struct SessionRow {
    /// `Firefox · Linux`
    pub device: String,
    pub begun: Option<String>,
    pub seen: Option<String>,
    /// The one in which the page is shown.
    pub this: bool,
    pub row: String,
    /// Where it is ended, where it can be.
    pub end: Option<&'static str>,
}

/// `firefox linux` in words.
fn named(tr: Tr, device: Option<&str>) -> String {
    let words: Vec<String> = device
        .unwrap_or("other other")
        .split(' ')
        .enumerate()
        .map(|(at, word)| tr.text(&format!("{}-{word}", if at == 0 { "browser" } else { "system" })).into_owned())
        .collect();
    words.join(" · ")
}

pub(crate) fn rows(
    tr: Tr,
    now: DateTime<Utc>,
    open: &[Open],
    this: Option<&str>,
    end: Option<&'static str>,
) -> Vec<SessionRow> {
    let row = |session: &Open| SessionRow {
        device: named(tr, session.device.as_deref()),
        begun: session.begun_at.map(|at| tr.date_time(at, now)),
        seen: session.seen_at.map(|at| tr.relative(at, now)),
        this: this == Some(session.id.as_str()),
        row: session.id.clone(),
        end,
    };
    let mut rows: Vec<SessionRow> = open.iter().map(row).collect();
    rows.sort_by_key(|row| !row.this);
    rows
}

/// `POST /desk/me/sessions`
pub(in crate::desk) async fn end(seat: Seat, form: Form) -> Answer {
    if form.has("others") {
        let this = seat.session.id().map(|id| id.to_string()).unwrap_or_default();
        let ended = seat.work(move |w| Box::pin(async move { session::end_others(w, &this).await })).await?;
        return Ok(seat.on_to("/desk/me", Flash::new("sessions-ended").about(ended.to_string())).await);
    }
    let row = form.text("session").to_owned();
    match seat.work(move |w| Box::pin(async move { session::end_own(w, &row).await })).await {
        // It has ended by itself: what was wanted is so.
        Ok(()) | Err(centre::Error::NotFound(_)) => Ok(seat.on_to("/desk/me", Flash::new("session-ended")).await),
        Err(error) => Err(error.into()),
    }
}

pub(crate) fn sample(tr: Tr, end: Option<&'static str>) -> Vec<SessionRow> {
    let now = crate::samples::now();
    let open = |id: &str, device: &str, minutes: i64| Open {
        id: id.to_owned(),
        begun_at: Some(now - chrono::TimeDelta::minutes(minutes * 3)),
        seen_at: Some(now - chrono::TimeDelta::minutes(minutes)),
        device: Some(device.to_owned()),
    };
    rows(tr, now, &[open("a", "firefox linux", 1), open("b", "safari iphone", 70)], end.map(|_| "a"), end)
}
