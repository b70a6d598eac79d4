//! What stands around every page of the portal: head, menu, breadcrumb, foot.

use super::hours;
use centre::Catalogue;
use chrono::{DateTime, Utc};
use language::{Language, Tr};
use model::service::{EntryKind, Reach, Service};
use std::sync::Arc;

/// What the layout of a page is told.
#[derive(Clone, Debug)]
pub struct Frame {
    pub site: Arc<Site>,
    /// The address of this page without a language's prefix: `/scrivi`.
    pub path: String,
    /// The languages this page can be read in, its own among them.
    pub languages: Vec<Language>,
    /// The entry of the menu that this page stands under.
    pub section: Option<Section>,
    /// The way here after the home page; the last is this page. None on the home page.
    pub crumbs: Vec<Crumb>,
    /// On where the page has a search box with the id `search`.
    pub has_search: bool,
}

/// What is the same on every page: it comes from the first service's settings.
#[derive(Clone, Debug, Default)]
pub struct Site {
    pub landline: Option<Line>,
    pub mobile: Option<Line>,
    pub sms: Option<Line>,
    /// The opening hours in a few short lines, in the reader's language.
    pub hours: Vec<String>,
    /// Whether contents and people are invented, as in a demonstration: the foot then says so.
    pub sample: bool,
}

/// A number to call or to write to, as people read it: `06 828 881`.
#[derive(Clone, Debug)]
pub struct Line {
    number: String,
    dial: String,
}

/// An entry of the main menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Write,
    Services,
    Hours,
    YourCase,
}

/// A step of the breadcrumb.
#[derive(Clone, Debug)]
pub struct Crumb {
    pub word: String,
    /// None for the page itself.
    pub path: Option<String>,
}

impl Site {
    pub fn of(catalogue: &Catalogue, tr: Tr, now: DateTime<Utc>, sample: bool) -> Self {
        let Some(service) = catalogue.first_service() else { return Self { sample, ..Self::default() } };
        let line = |reach| service.phones_from(reach).next().map(|entry| Line::new(entry.value.as_str()));
        let mut hours = hours::week(tr, &service.calendar);
        hours.extend(hours::next_closure(tr, &service.calendar, now));
        Self { landline: line(Reach::Landline), mobile: line(Reach::Mobile), sms: sms(service), hours, sample }
    }

    /// The number to dial: from a mobile first, since most readers hold one.
    pub fn phone(&self) -> Option<&Line> {
        self.mobile.as_ref().or(self.landline.as_ref())
    }
}

fn sms(service: &Service) -> Option<Line> {
    service.entry_points.iter().find(|e| e.kind == EntryKind::Sms).map(|entry| Line::new(entry.value.as_str()))
}

impl Frame {
    /// A page in every language, without a place in the menu or in the breadcrumb yet.
    pub fn new(site: Arc<Site>, path: impl Into<String>) -> Frame {
        Frame {
            site,
            path: path.into(),
            languages: Language::ALL.to_vec(),
            section: None,
            crumbs: Vec::new(),
            has_search: false,
        }
    }

    pub fn under(self, section: Section) -> Frame {
        Frame { section: Some(section), ..self }
    }

    /// A step on the way here.
    pub fn through(mut self, word: impl Into<String>, path: impl Into<String>) -> Frame {
        self.crumbs.push(Crumb { word: word.into(), path: Some(path.into()) });
        self
    }

    /// The page itself, the last step.
    pub fn titled(mut self, word: impl Into<String>) -> Frame {
        self.crumbs.push(Crumb { word: word.into(), path: None });
        self
    }

    pub fn own_search(self) -> Frame {
        Frame { has_search: true, ..self }
    }

    pub(crate) fn menu(&self) -> [Section; 4] {
        [Section::Write, Section::Services, Section::Hours, Section::YourCase]
    }
}

impl Line {
    pub fn new(number: impl Into<String>) -> Line {
        let number = number.into();
        let dial = number.chars().filter(|character| character.is_ascii_digit() || *character == '+').collect();
        Line { number, dial }
    }

    /// As people read it.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// As a telephone dials it, for `tel:` and `sms:`.
    pub fn dial(&self) -> &str {
        &self.dial
    }
}

impl Section {
    pub(crate) fn key(self) -> &'static str {
        match self {
            Section::Write => language::key!("portal-nav-write"),
            Section::Services => language::key!("portal-nav-services"),
            Section::Hours => language::key!("portal-nav-hours"),
            Section::YourCase => language::key!("portal-nav-your-case"),
        }
    }

    pub(crate) fn path(self) -> &'static str {
        match self {
            Section::Write => "/scrivi",
            Section::Services => "/servizi",
            Section::Hours => "/orari",
            Section::YourCase => "/caso",
        }
    }
}
