//! What leads about in the administration: one table, a line a page.

use crate::desk::{DeskFrame, Nav, NavLink, Open, Operator, Panes};
use crate::office::seat::Seat;
use language::Tr;

/// A page that is led to. `admin-nav-{word}` is its name, `admin-nav-{word}-lead` what it is for, said on the first page.
pub(super) struct Line {
    pub word: &'static str,
    pub href: &'static str,
    pub icon: &'static str,
}

/// The pages in their order. Only what exists is led to: a page brings its line along.
pub(super) const LINES: &[Line] = &[
    Line { word: "home", href: "/admin", icon: "home" },
    Line { word: "services", href: "/admin/services", icon: "phone" },
    Line { word: "topics", href: "/admin/topics", icon: "table" },
    Line { word: "templates", href: "/admin/templates", icon: "pen" },
    Line { word: "trunks", href: "/admin/trunks", icon: "phone-in" },
    Line { word: "sounds", href: "/admin/sounds", icon: "radio" },
    Line { word: "audit", href: "/admin/audit", icon: "eye" },
    Line { word: "jobs", href: "/admin/jobs", icon: "gear" },
    Line { word: "health", href: "/admin/health", icon: "health" },
    Line { word: "staff", href: "/admin/staff", icon: "team" },
    Line { word: "privacy", href: "/admin/privacy", icon: "lock" },
];

/// Is this an address of the administration?
pub(crate) fn is_place(path: &str) -> bool {
    path == "/admin" || path.starts_with("/admin/")
}

/// The links, with the one of this word marked.
pub(crate) fn nav(tr: Tr, current: Option<&str>) -> Nav {
    let link = |line: &Line| NavLink {
        href: line.href.to_owned(),
        word: tr.text(&format!("admin-nav-{}", line.word)).into_owned(),
        icon: line.icon,
        current: current == Some(line.word),
        count: None,
    };
    Nav { name: tr.text("admin-title").into_owned(), links: LINES.iter().map(link).collect() }
}

/// The frame of a page of the administration, which belongs to the line of this word.
pub(crate) fn frame(seat: &Seat, current: &str) -> DeskFrame {
    let bare = DeskFrame::bare(Operator::new(&seat.me.name)).of(&seat.me);
    DeskFrame { panes: Panes::Two, open: Open::Case, ..bare }.led_by(nav(seat.tr, Some(current)))
}

/// The frame of a sample page.
pub(crate) fn sample_frame(tr: Tr, current: &str) -> DeskFrame {
    let frame = DeskFrame { panes: Panes::Two, open: Open::Case, state: None, ..crate::samples::desk_frame(tr) };
    frame.led_by(nav(tr, Some(current)))
}
