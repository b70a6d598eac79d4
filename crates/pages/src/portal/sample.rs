//! The portal's pages with invented services and people. Names and texts are what a citizen or an administrator would
//! have typed, so they are the same in every language.

use super::case::{CasePage, DoorPage};
use super::home::HomePage;
use super::hours::HoursPage;
use super::service::{ServiceView, ServicesPage};
use super::write::{DonePage, WritePage};
use super::{ErrorPage, Section, accessibility, code, privacy};
use crate::samples::{self, SamplePage, Samples, add};
use language::Tr;
use model::TopicId;
use model::calendar::Calendar;
use model::service::{Cost, EntryKind, EntryPoint, Reach, Service};
use model::topic::Topic;

/// All of them.
///
/// # Errors
/// When a template cannot be rendered.
pub fn add_samples(tr: Tr, pages: &mut Vec<SamplePage>) -> Result<(), askama::Error> {
    add::<ErrorPage>("portal-error", tr, pages)?;
    add::<HomePage>("portal-home", tr, pages)?;
    add::<WritePage>("portal-write", tr, pages)?;
    add::<DonePage>("portal-done", tr, pages)?;
    add::<DoorPage>("portal-door", tr, pages)?;
    add::<CasePage>("portal-case", tr, pages)?;
    add::<code::CodePage>("portal-code", tr, pages)?;
    add::<HoursPage>("portal-hours", tr, pages)?;
    add::<ServicesPage>("portal-services", tr, pages)?;
    add::<privacy::PrivacyPage>("portal-privacy", tr, pages)?;
    add::<accessibility::StatementPage>("portal-accessibility", tr, pages)?;
    add::<accessibility::ReportPage>("portal-report", tr, pages)
}

/// Linea Amica, and a special service.
pub fn services() -> Vec<Service> {
    let entry = |kind, value: &str, from: &[Reach], cost| EntryPoint {
        kind,
        value: value.to_owned(),
        reachable_from: from.to_vec(),
        cost,
        cost_text: Default::default(),
    };
    let summary = |text: &str| [("it".to_owned(), text.to_owned())].into();
    let first = Service {
        summary: summary("Le risposte della pubblica amministrazione, e la strada giusta quando serve un ufficio."),
        entry_points: vec![
            entry(EntryKind::Phone, "803 001", &[Reach::Landline], Some(Cost::Free)),
            entry(EntryKind::Phone, "06 828 881", &[Reach::Mobile, Reach::Abroad], Some(Cost::Charged)),
            entry(EntryKind::Sms, "44001", &[], None),
            entry(EntryKind::Email, "domande@lineaamica.example", &[], None),
        ],
        ..Service::built_in()
    };
    let special = Service {
        id: model::ServiceId::new("abruzzo"),
        name: "Linea Amica Abruzzo".to_owned(),
        special: true,
        summary: summary("Ricostruzione, contributi e allacci delle utenze per chi ha la casa danneggiata."),
        entry_points: vec![entry(EntryKind::Phone, "800 155 300", &[Reach::Landline, Reach::Mobile], Some(Cost::Free))],
        calendar: Calendar::always(chrono_tz::Europe::Rome),
        ..Service::built_in()
    };
    vec![first, special]
}

/// Topics with some below them.
pub fn topics() -> Vec<Topic> {
    let topic = |id: &str, parent: Option<&str>, it: &str, en: &str| Topic {
        id: TopicId::new(id),
        parent: parent.map(TopicId::new),
        names: [("it".to_owned(), it.to_owned()), ("en".to_owned(), en.to_owned())].into(),
        retired: false,
    };
    vec![
        topic("famiglia", None, "Famiglia e figli", "Family and children"),
        topic("assegno-unico", Some("famiglia"), "assegno unico", "child allowance"),
        topic("nidi", Some("famiglia"), "nidi", "nurseries"),
        topic("bonus", None, "Bonus e aiuti", "Bonuses and benefits"),
        topic("bollette", Some("bonus"), "bollette", "energy bills"),
        topic("lavoro", None, "Lavoro e pensione", "Work and pensions"),
        topic("documenti", None, "Documenti e stranieri", "Documents and residence permits"),
    ]
}

impl Samples for HomePage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let page = |services: &[Service], topics: &[Topic], hours: i64| {
            let frame = if topics.is_empty() { samples::bare_frame("/") } else { samples::frame(tr, "/") };
            HomePage::of(tr, frame, services, topics, samples::now() + chrono::TimeDelta::hours(hours))
        };
        let all = services();
        let one: Vec<Service> = all.iter().take(1).cloned().collect();
        vec![
            ("open", page(&all, &topics(), 0)),
            ("closed", page(&one, &topics(), 10)),
            ("built-in", page(&[Service::built_in()], &[], 0)),
        ]
    }
}

impl Samples for HoursPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let services = services().iter().map(|s| ServiceView::of(s, tr, samples::now())).collect();
        let frame = samples::frame(tr, "/orari").titled(tr.text("hours-title")).under(Section::Hours);
        vec![("all", HoursPage { tr, frame, services })]
    }
}

impl Samples for ServicesPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let page = |services: &[Service]| ServicesPage {
            tr,
            frame: samples::frame(tr, "/servizi").titled(tr.text("services-title")).under(Section::Services),
            services: services.iter().map(|s| ServiceView::of(s, tr, samples::now())).collect(),
        };
        vec![("all", page(&services())), ("built-in", page(&[Service::built_in()]))]
    }
}
