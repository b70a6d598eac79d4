//! The keys of the desk, on a page of their own: with scripts the same page opens over any other, by `?`.

use super::fault::Answer;
use super::seat::Seat;
use super::{DeskFrame, ListKind, Open, Panes};
use crate::{html, samples};
use askama::Template;
use http::StatusCode;
use language::Tr;

#[derive(Debug, Template)]
#[template(path = "desk/shortcuts.html")]
pub struct ShortcutsPage {
    pub tr: Tr,
    pub frame: DeskFrame,
}

/// Keys with the messages that say what they do.
pub(crate) const KEYS: &[(&str, &str)] = &[
    ("/", language::key!("desk-keys-search")),
    ("j", language::key!("desk-keys-next")),
    ("k", language::key!("desk-keys-previous")),
    ("Enter", language::key!("desk-keys-open")),
    ("a", language::key!("desk-keys-take")),
    ("r", language::key!("desk-keys-reply")),
    ("n", language::key!("desk-keys-note")),
    ("t", language::key!("desk-keys-template")),
    ("e", language::key!("desk-keys-office")),
    ("s", language::key!("desk-keys-solve")),
    ("c", language::key!("desk-keys-new")),
    ("p", language::key!("desk-keys-state")),
    ("i", language::key!("desk-keys-call")),
    ("?", language::key!("desk-keys-all")),
    ("Esc", language::key!("desk-keys-leave")),
];

/// `GET /desk/shortcuts`
pub(super) async fn show(seat: Seat) -> Answer {
    let frame = DeskFrame::read(&seat, None, Panes::Two, Open::Case).await?;
    Ok(html::page(StatusCode::OK, &ShortcutsPage { tr: seat.tr, frame }))
}

impl ShortcutsPage {
    pub(crate) fn lists(&self) -> impl Iterator<Item = ListKind> {
        ListKind::ALL.into_iter()
    }
}

impl samples::Samples for ShortcutsPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        vec![(
            "all",
            ShortcutsPage { tr, frame: DeskFrame { panes: Panes::Two, open: Open::Case, ..samples::desk_frame(tr) } },
        )]
    }
}
