//! Every page filled with invented people, in every language: to be looked at without a server
//! (`cargo run -p pages --example samples -- DIR`), rendered in the tests, and passed to the accessibility checker.

use std::sync::Arc;

use askama::Template;
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use language::{Language, Tr};

use crate::{admin, desk, portal};

/// A view that shows itself in the states worth looking at: full, empty, wrong.
pub trait Samples: Template + Sized {
    /// Each with a short name, such as `not-found`.
    fn samples(tr: Tr) -> Vec<(&'static str, Self)>;
}

/// A rendered page.
#[derive(Debug)]
pub struct SamplePage {
    pub language: Language,
    /// The name of its file without `.html`: `portal-error-not-found`.
    pub name: String,
    pub html: String,
}

/// All pages in all languages. A new page is added here.
pub fn pages() -> Result<Vec<SamplePage>, askama::Error> {
    let mut pages = Vec::new();
    for language in Language::ALL {
        let tr = Tr::new(language);
        portal::add_samples(tr, &mut pages)?;
        desk::add_samples(tr, &mut pages)?;
        admin::add_samples(tr, &mut pages)?;
    }
    Ok(pages)
}

pub(crate) fn add<View: Samples>(page: &str, tr: Tr, pages: &mut Vec<SamplePage>) -> Result<(), askama::Error> {
    for (state, view) in View::samples(tr) {
        pages.push(SamplePage { language: tr.language, name: format!("{page}-{state}"), html: view.render()? });
    }
    Ok(())
}

/// The moment of the samples: Monday 23 November 2026, three past noon in Italy.
pub fn now() -> DateTime<Utc> {
    Utc.timestamp_opt(1_795_431_780, 0).single().unwrap_or_default()
}

/// The frame of a sample page of the portal.
pub fn frame(tr: Tr, path: &str) -> portal::Frame {
    let site = portal::Site {
        landline: Some(portal::Line::new("803 001")),
        mobile: Some(portal::Line::new("06 828 881")),
        sms: Some(portal::Line::new("44001")),
        hours: vec![tr.text("sample-hours").into_owned(), tr.text("sample-holiday").into_owned()],
        sample: true,
    };
    portal::Frame::new(Arc::new(site), path)
}

/// The frame of a page of a centre that nobody has set up yet.
pub fn bare_frame(path: &str) -> portal::Frame {
    portal::Frame::new(Arc::default(), path)
}

/// The frame of a sample page of the desk.
pub fn desk_frame(tr: Tr) -> desk::DeskFrame {
    let counts = [Some(7), Some(4), Some(21), Some(9), Some(3), Some(1), None];
    let list =
        |(kind, count)| desk::List { kind, href: "/desk".to_owned(), count, current: kind == desk::ListKind::Team };
    let service = |(name, count): (&str, i64)| desk::ServiceLink {
        name: name.to_owned(),
        href: "/desk".to_owned(),
        count: Some(count),
        current: false,
    };
    desk::DeskFrame {
        operator: desk::Operator::new("Sara Campione"),
        takes_calls: true,
        has_telephone: true,
        state: desk::availability::samples(tr).into_iter().next().map(|(_, state)| state),
        calls: Some(desk::Calls::default()),
        lists: desk::ListKind::ALL.into_iter().zip(counts).map(list).collect(),
        nav: None,
        administers: true,
        reports: true,
        services: [("Linea Amica", 15), ("Abruzzo", 4), ("Immigrazione", 2)].map(service).into(),
        oversight: None,
        closings: Some(Vec::new()),
        today: Some(desk::Today { solved: 18, mean_wait: Some(TimeDelta::seconds(34)) }),
        alerts: 2,
        panes: desk::Panes::Four,
        open: desk::Open::List,
        part: "/part/desk/lists".to_owned(),
        seen: None,
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use language::Tr;

    #[test]
    fn every_page_says_everything_in_every_language() {
        for page in super::pages().unwrap() {
            let name = format!("{}/{}", page.language, page.name);
            assert!(page.html.contains(&format!("<html lang=\"{}\"", page.language)), "{name} names no language");
            assert!(!page.html.contains('⟦'), "{name} lacks a message: {:?}", page.html.split_once('⟦'));
            assert!(page.html.contains("</html>"), "{name} is not a whole page");
        }
    }

    #[test]
    fn no_page_needs_what_the_security_policy_forbids() {
        for page in super::pages().unwrap() {
            for forbidden in [" style=", " onclick=", " onsubmit=", "<style", "javascript:", "<script>"] {
                assert!(!page.html.contains(forbidden), "{} has `{forbidden}`", page.name);
            }
        }
    }

    #[test]
    fn every_icon_is_drawn() {
        let icons = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/icons"));
        for page in super::pages().unwrap() {
            for reference in page.html.split("#la-").skip(1) {
                let name = reference.split('"').next().unwrap();
                assert!(fs::exists(icons.join(format!("{name}.svg"))).unwrap(), "{}: no icon `{name}`", page.name);
            }
        }
    }

    #[test]
    fn the_samples_have_their_moment() {
        let tr = Tr::default();
        assert_eq!(tr.date_time_full(super::now()), "lunedì 23 novembre 2026, 12:03");
    }
}
