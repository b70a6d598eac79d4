//! What stands around every page of the portal: head, menu, breadcrumb, foot.

use std::sync::Arc;

use language::Language;

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
    /// Off on pages that have a search box of their own, which then has the id `search`.
    pub search_in_head: bool,
}

/// What is the same on every page: it comes from the service's settings.
#[derive(Clone, Debug, Default)]
pub struct Site {
    pub has: Features,
    pub landline: Option<Line>,
    pub mobile: Option<Line>,
    pub sms: Option<Line>,
    /// The opening hours in a few short lines, in the reader's language.
    pub hours: Vec<String>,
    /// Whether contents and people are invented, as in a demonstration: the foot then says so.
    pub sample: bool,
}

/// Parts of the portal that a service may not have.
#[derive(Clone, Copy, Debug, Default)]
pub struct Features {
    pub topics: bool,
    pub news: bool,
    pub special_services: bool,
    pub sign_in: bool,
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
    Answers,
    Topics,
    News,
    SpecialServices,
    YourCase,
}

/// A step of the breadcrumb.
#[derive(Clone, Debug)]
pub struct Crumb {
    pub word: String,
    /// None for the page itself.
    pub path: Option<String>,
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
            search_in_head: true,
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
        Frame { search_in_head: false, ..self }
    }

    pub(crate) fn menu(&self) -> Vec<Section> {
        let has = self.site.has;
        [
            (Section::Answers, true),
            (Section::Topics, has.topics),
            (Section::News, has.news),
            (Section::SpecialServices, has.special_services),
            (Section::YourCase, true),
        ]
        .into_iter()
        .filter_map(|(section, there)| there.then_some(section))
        .collect()
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
            Section::Answers => language::key!("portal-nav-answers"),
            Section::Topics => language::key!("portal-nav-topics"),
            Section::News => language::key!("portal-nav-news"),
            Section::SpecialServices => language::key!("portal-nav-special-services"),
            Section::YourCase => language::key!("portal-nav-your-case"),
        }
    }

    pub(crate) fn path(self) -> &'static str {
        match self {
            Section::Answers => "/domande",
            Section::Topics => "/argomenti",
            Section::News => "/notizie",
            Section::SpecialServices => "/servizi",
            Section::YourCase => "/caso",
        }
    }
}
