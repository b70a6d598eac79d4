//! The processing register (GDPR article 30): what the administration wrote, and what settings and services tell.

mod edit;
mod table;

pub(crate) use edit::{send, show_edit};

use crate::admin::nav;
use crate::desk::DeskFrame;
use crate::office::fault::Answer;
use crate::office::flash::Toast;
use crate::office::seat::Seat;
use crate::{download, html, samples};
use askama::Template;
use centre::Catalogue;
use centre::processing::Texts;
use db::Engine;
use gate::Settings;
use http::StatusCode;
use language::Tr;
use model::service::Service;

#[derive(Debug, Template)]
#[template(path = "admin/register.html")]
pub struct RegisterPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    /// Who answers for it: a label, and what the administration wrote, where it has.
    pub facts: Vec<(String, Option<String>)>,
    pub treatments: Vec<Treatment>,
    pub measures: Vec<Measure>,
    /// What the administration wrote of measures beside.
    pub more_measures: Option<String>,
    pub changed: Option<String>,
    pub printed: String,
    pub toast: Option<Toast>,
}

/// One processing, as a row of the register: a label and a text for each of its columns.
#[derive(Debug, Clone)]
pub struct Treatment {
    pub name: String,
    pub columns: Vec<(String, String)>,
}

/// What protects the data, as it is set now; one that does not hold is said as such.
#[derive(Debug, Clone)]
pub struct Measure {
    pub text: String,
    pub holds: bool,
}

/// Who answers for it, in this order.
const FACTS: &[&str] = &["controller", "contact", "joint", "dpo"];

impl RegisterPage {
    fn of(tr: Tr, frame: DeskFrame, register: &Register<'_>, printed: String) -> Self {
        let texts = register.texts;
        let written = |field: &str| Some(texts.of(field).to_owned()).filter(|text| !text.is_empty());
        Self {
            tr,
            frame,
            facts: FACTS
                .iter()
                // Whoever answers alone has nobody to name.
                .filter(|field| **field != "joint" || written(field).is_some())
                .map(|field| (tr.text(&format!("register-{field}")).into_owned(), written(field)))
                .collect(),
            treatments: register.treatments(tr),
            measures: register.measures(tr),
            more_measures: written("measures"),
            changed: texts.changed_at.map(|at| tr.date(at)),
            printed,
            toast: None,
        }
    }
}

/// What the register is made of.
struct Register<'a> {
    texts: &'a Texts,
    catalogue: &'a Catalogue,
    settings: &'a Settings,
    engine: Engine,
}

impl Register<'_> {
    fn treatments(&self, tr: Tr) -> Vec<Treatment> {
        let services = self.catalogue.services.iter().map(|service| self.service(tr, service));
        services.chain(std::iter::once(self.staff(tr))).collect()
    }

    /// What the administration wrote, or what holds where it wrote nothing.
    fn text(&self, tr: Tr, field: &str) -> String {
        match self.texts.of(field) {
            "" => tr.text(&format!("register-{field}-usual")).into_owned(),
            text => text.to_owned(),
        }
    }

    fn service(&self, tr: Tr, service: &Service) -> Treatment {
        let mut offices: Vec<&str> = service
            .queues
            .iter()
            .filter_map(|queue| self.catalogue.structure(queue.structure.as_ref()?))
            .map(|structure| structure.name.as_str())
            .collect();
        offices.dedup();
        let mut recipients = self.text(tr, "recipients");
        if !offices.is_empty() {
            let offices = tr.with("register-offices", &[("offices", offices.join(", "))]).into_owned();
            recipients = format!("{recipients} {offices}");
        }
        let kept = super::days(tr, service.retention.content_days);
        self.treatment(
            tr,
            service.name.clone(),
            [
                ("purposes", self.text(tr, "purposes")),
                ("legal-basis", self.text(tr, "legal-basis")),
                ("persons", tr.text("register-persons-citizens").into_owned()),
                ("data", tr.text("register-data-citizens").into_owned()),
                ("recipients", recipients),
                ("transfers", self.text(tr, "transfers")),
                ("kept", kept),
            ],
        )
    }

    fn staff(&self, tr: Tr) -> Treatment {
        let said = |key: &str| tr.text(key).into_owned();
        self.treatment(
            tr,
            said("register-staff"),
            [
                ("purposes", said("register-purposes-staff")),
                ("legal-basis", said("register-legal-basis-staff")),
                ("persons", said("register-persons-staff")),
                ("data", said("register-data-staff")),
                ("recipients", said("register-recipients-staff")),
                ("transfers", self.text(tr, "transfers")),
                ("kept", said("register-kept-staff")),
            ],
        )
    }

    fn treatment<const N: usize>(&self, tr: Tr, name: String, columns: [(&str, String); N]) -> Treatment {
        let labelled = |(column, text): (&str, String)| (tr.text(&format!("register-{column}")).into_owned(), text);
        Treatment { name, columns: columns.into_iter().map(labelled).collect() }
    }

    fn measures(&self, tr: Tr) -> Vec<Measure> {
        let measure = |key: &str, holds| Measure { text: tr.text(key).into_owned(), holds };
        let database = match self.engine {
            Engine::Sqlite => "register-measure-sqlite",
            Engine::Postgres => "register-measure-postgres",
        };
        let mail = match self.settings.mail_encrypted {
            None => measure("register-measure-no-mail", true),
            Some(true) => measure("register-measure-mail", true),
            Some(false) => measure("register-measure-mail-plain", false),
        };
        let secure = match self.settings.secure {
            true => measure("register-measure-tls", true),
            false => measure("register-measure-no-tls", false),
        };
        let kept = match self.catalogue.services.iter().all(|service| service.retention.content_days.is_some()) {
            true => measure("register-measure-retention", true),
            false => measure("register-measure-no-retention", false),
        };
        let always = ["passwords", "roles", "audit", "logs", "codes", "files", "erasure", "backup"];
        let always = always.into_iter().map(|word| measure(&format!("register-measure-{word}"), true));
        [secure, mail, kept, measure(database, true)].into_iter().chain(always).collect()
    }
}

async fn page(seat: &Seat) -> centre::Result<RegisterPage> {
    let centre = &seat.gate.centre;
    let (texts, catalogue) = (centre::processing::read(centre).await?, centre.catalogue());
    let settings = seat.gate.settings();
    let register = Register { texts: &texts, catalogue: &catalogue, settings, engine: centre.db().engine() };
    let printed = seat.tr.date_time_full(seat.now);
    Ok(RegisterPage::of(seat.tr, nav::frame(seat, "privacy"), &register, printed))
}

/// `GET /admin/privacy/register`
pub(crate) async fn show(seat: Seat) -> Answer {
    let toast = Toast::take(&seat.session, seat.tr).await;
    Ok(html::page(StatusCode::OK, &RegisterPage { toast, ..page(&seat).await? }))
}

/// `GET /admin/privacy/register.csv`
pub(crate) async fn csv(seat: Seat) -> Answer {
    let page = page(&seat).await?;
    let name = seat.tr.with("register-file", &[("day", seat.tr.local_day(seat.now).to_string())]).into_owned();
    Ok(download::made("text/csv; charset=utf-8", &format!("{name}.csv"), table::csv(&page).into()))
}

impl samples::Samples for RegisterPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let written = [
            ("controller", "Comune di Prova, piazza della Prova 1"),
            ("contact", "privacy@comune.prova.example"),
            ("dpo", "Ada Prova, rpd@comune.prova.example"),
            ("measures", "Copie cifrate ogni notte in un'altra sede."),
        ];
        let texts = Texts::with(written.map(|(field, text)| (field.to_owned(), text.to_owned())));
        let mut service = Service::built_in();
        service.retention.content_days = Some(730);
        let catalogue = |services| Catalogue { services, ..Catalogue::default() };
        let page = |texts: &Texts, catalogue: &Catalogue, secure| {
            let settings = Settings { secure, mail_encrypted: secure.then_some(true), ..Settings::default() };
            let register = Register { texts, catalogue, settings: &settings, engine: Engine::Sqlite };
            RegisterPage::of(tr, nav::sample_frame(tr, "privacy"), &register, tr.date_time_full(samples::now()))
        };
        vec![
            ("filled", page(&texts, &catalogue(vec![service]), true)),
            ("empty", page(&Texts::default(), &catalogue(vec![Service::built_in()]), false)),
        ]
    }
}
