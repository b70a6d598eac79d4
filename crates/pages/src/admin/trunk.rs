//! Trunks in the administration: the ways to the telephone network, set up, changed and removed. A password is written and
//! never shown again.

use super::{FormPage, nav};
use crate::desk::DeskFrame;
use crate::office::address::escaped;
use crate::office::fault::{Answer, Fault};
use crate::office::field::{Choice, Field, Kind};
use crate::office::flash::{Flash, Toast};
use crate::office::seat::Seat;
use crate::{html, samples};
use askama::Template;
use axum::extract::Path;
use centre::Error;
use gate::Form;
use http::StatusCode;
use language::Tr;
use model::TrunkId;
use model::problem::{FieldProblem, Problem};
use model::trunk::{Encryption, Transport, Trunk};

const HERE: &str = "/admin/trunks";

#[derive(Debug, Template)]
#[template(path = "admin/trunks.html")]
pub struct TrunksPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub toast: Option<Toast>,
    pub trunks: Vec<Row>,
}

/// A trunk in the list.
#[derive(Debug, Clone)]
pub struct Row {
    pub href: String,
    pub id: String,
    pub name: String,
    pub active: bool,
    pub facts: Vec<(String, String)>,
}

impl Row {
    fn of(tr: Tr, trunk: &Trunk) -> Self {
        let say = |key: &str| tr.text(key).into_owned();
        let way = match &trunk.host {
            Some(host) => format!("{host} ({})", trunk.transport.as_str().to_uppercase()),
            None => say("trunk-only-in"),
        };
        let known = match (trunk.register, trunk.from.is_empty()) {
            (true, _) => say("trunk-registers"),
            (false, false) => trunk.from.join(", "),
            (false, true) => say("trunk-known-by-host"),
        };
        let numbers = if trunk.numbers.is_empty() { say("trunk-every-number") } else { trunk.numbers.join(", ") };
        let calls = say(if trunk.outgoing { "trunk-calls-out" } else { "trunk-calls-in-only" });
        let facts = vec![
            (say("trunk-way"), way),
            (say("trunk-known"), known),
            (say("trunk-numbers"), numbers),
            (say("trunk-calls"), calls),
        ];
        let href = format!("{HERE}/{}", escaped(trunk.id.as_str()));
        Self { href, id: trunk.id.to_string(), name: trunk.name.clone(), active: trunk.active, facts }
    }
}

/// `GET /admin/trunks`
pub(super) async fn list(seat: Seat) -> Answer {
    let trunks = centre::trunk::all(&seat.gate.centre).await?;
    let view = TrunksPage {
        tr: seat.tr,
        frame: nav::frame(&seat, "trunks"),
        toast: Toast::take(&seat.session, seat.tr).await,
        trunks: trunks.iter().map(|trunk| Row::of(seat.tr, trunk)).collect(),
    };
    Ok(html::page(StatusCode::OK, &view))
}

/// A trunk with what is usual.
fn usual() -> Trunk {
    Trunk {
        id: TrunkId::new(""),
        name: String::new(),
        active: true,
        host: None,
        transport: Transport::Udp,
        register: false,
        user: None,
        password: None,
        from: Vec::new(),
        numbers: Vec::new(),
        encryption: Encryption::Never,
        outgoing: true,
        early_media: false,
    }
}

async fn found(seat: &Seat, id: &str) -> centre::Result<Trunk> {
    let all = centre::trunk::all(&seat.gate.centre).await?;
    all.into_iter().find(|trunk| trunk.id.as_str() == id).ok_or(Error::NotFound("trunk"))
}

/// `GET /admin/trunks/new`
pub(super) async fn show_new(seat: Seat) -> Answer {
    Ok(page(seat.tr, nav::frame(&seat, "trunks"), &usual(), true).answer(&[]))
}

/// `POST /admin/trunks/new`
pub(super) async fn add(seat: Seat, form: Form) -> Answer {
    let typed = typed(&form, TrunkId::new(form.text("id").trim()));
    let all = centre::trunk::all(&seat.gate.centre).await;
    let all = all.map_err(|error| Fault::from(error).with(form.unsent(action(&typed.id, true))))?;
    if all.iter().any(|trunk| trunk.id == typed.id) {
        let taken = FieldProblem::new("id", Problem::AlreadyTaken);
        return Ok(page(seat.tr, nav::frame(&seat, "trunks"), &typed, true).answer(&[taken]));
    }
    save(&seat, &form, typed, true, "trunk-done-added").await
}

/// `GET /admin/trunks/{id}`
pub(super) async fn show(seat: Seat, Path(id): Path<String>) -> Answer {
    let trunk = found(&seat, &id).await?;
    Ok(page(seat.tr, nav::frame(&seat, "trunks"), &trunk.shown(), false).answer(&[]))
}

/// `POST /admin/trunks/{id}`
pub(super) async fn change(seat: Seat, Path(id): Path<String>, form: Form) -> Answer {
    let unsent = |error| Fault::from(error).with(form.unsent(action(&TrunkId::new(id.as_str()), false)));
    let trunk = found(&seat, &id).await.map_err(unsent)?;
    save(&seat, &form, typed(&form, trunk.id), false, "trunk-done-changed").await
}

async fn save(seat: &Seat, form: &Form, typed: Trunk, is_new: bool, done: &'static str) -> Answer {
    let sent = typed.clone();
    match seat.work(move |w| Box::pin(async move { centre::trunk::save(w, sent).await })).await {
        Ok(()) => Ok(seat.on_to(HERE, Flash::said(done).about(typed.name)).await),
        Err(Error::Invalid(problems)) => {
            Ok(page(seat.tr, nav::frame(seat, "trunks"), &typed.shown(), is_new).answer(&problems))
        }
        Err(error) => Err(Fault::from(error).with(form.unsent(action(&typed.id, is_new)))),
    }
}

/// Where the form goes.
fn action(id: &TrunkId, is_new: bool) -> String {
    if is_new { format!("{HERE}/new") } else { format!("{HERE}/{}", escaped(id.as_str())) }
}

fn question(seat: &Seat, trunk: &Trunk) -> FormPage {
    let back = (HERE.to_owned(), seat.tr.text("admin-nav-trunks").into_owned());
    let action = format!("{HERE}/{}/remove", escaped(trunk.id.as_str()));
    let page = FormPage::new(seat.tr, nav::frame(seat, "trunks"), "trunk-remove", trunk.name.clone(), back, action);
    FormPage { stop: true, ..page }
}

/// `GET /admin/trunks/{id}/remove`
pub(super) async fn show_remove(seat: Seat, Path(id): Path<String>) -> Answer {
    let trunk = found(&seat, &id).await?;
    Ok(question(&seat, &trunk).answer(&[]))
}

/// `POST /admin/trunks/{id}/remove`
pub(super) async fn remove(seat: Seat, Path(id): Path<String>) -> Answer {
    let trunk = found(&seat, &id).await?;
    let gone = trunk.id.clone();
    seat.work(move |w| Box::pin(async move { centre::trunk::remove(w, &gone).await })).await?;
    Ok(seat.on_to(HERE, Flash::said("trunk-done-removed").about(trunk.name)).await)
}

/// What was typed, one address or number a line.
fn typed(form: &Form, id: TrunkId) -> Trunk {
    let list = |name: &str| {
        let words = form.text(name).split(['\n', ',', ';']).map(str::trim).filter(|word| !word.is_empty());
        words.map(str::to_owned).collect::<Vec<_>>()
    };
    let some = |name: &str| form.typed(name).map(|text| text.trim().to_owned());
    Trunk {
        id,
        name: form.text("name").trim().to_owned(),
        active: form.has("active"),
        host: some("host"),
        transport: form.parsed("transport").unwrap_or(Transport::Udp),
        register: form.has("register"),
        user: some("user"),
        password: form.typed("password"),
        from: list("from"),
        numbers: list("numbers"),
        encryption: form.parsed("encryption").unwrap_or(Encryption::Never),
        outgoing: form.has("outgoing"),
        early_media: form.has("early_media"),
    }
}

fn fields(tr: Tr, trunk: &Trunk, is_new: bool) -> Vec<Field> {
    let label = |name: &str| tr.text(&format!("trunk-field-{name}")).into_owned();
    let hint = |name: &str| tr.text(&format!("trunk-field-{name}-hint")).into_owned();
    let line = |name: &'static str, value: &str| Field::new(name, label(name), Kind::Line).with(value);
    let tick = |name: &'static str, on: bool| {
        let key = name.replace('_', "-");
        Field::new(name, label(&key), Kind::Tick).with(if on { "1" } else { "" })
    };
    let lines = |name: &'static str, all: &[String]| {
        Field::new(name, label(name), Kind::Text).with(all.join("\n")).hinted(hint(name)).optional()
    };
    let transports = Transport::ALL.iter().map(|transport| {
        Choice::new(transport, transport.as_str().to_uppercase()).chosen_if(*transport == trunk.transport)
    });
    let encryptions = Encryption::ALL.iter().map(|encryption| {
        let word = tr.text(&format!("trunk-encryption-{encryption}")).into_owned();
        Choice::new(encryption, word).chosen_if(*encryption == trunk.encryption)
    });
    let id = Field::new("id", label("id"), if is_new { Kind::Line } else { Kind::Fixed });
    let id = if is_new { id.hinted(hint("id")) } else { id };
    let some = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![
        line("name", &trunk.name),
        id.with(trunk.id.as_str()),
        tick("active", trunk.active),
        line("host", &some(&trunk.host)).hinted(hint("host")).optional(),
        Field::new("transport", label("transport"), Kind::Select(transports.collect())),
        lines("from", &trunk.from),
        tick("register", trunk.register),
        line("user", &some(&trunk.user)).optional(),
        Field::new("password", label("password"), Kind::NewPassword)
            .hinted(hint(if is_new { "password" } else { "password-kept" }))
            .optional(),
        lines("numbers", &trunk.numbers),
        tick("outgoing", trunk.outgoing),
        tick("early_media", trunk.early_media),
        Field::new("encryption", label("encryption"), Kind::Select(encryptions.collect())),
    ]
}

fn page(tr: Tr, frame: DeskFrame, trunk: &Trunk, is_new: bool) -> FormPage {
    let back = (HERE.to_owned(), tr.text("admin-nav-trunks").into_owned());
    let word = if is_new { "trunk-new" } else { "trunk-change" };
    let action = action(&trunk.id, is_new);
    FormPage { fields: fields(tr, trunk, is_new), ..FormPage::new(tr, frame, word, trunk.name.clone(), back, action) }
}

fn invented() -> Trunk {
    Trunk {
        id: TrunkId::new("gestore"),
        name: "Gestore di prova".to_owned(),
        host: Some("sip.gestore.example".to_owned()),
        register: true,
        user: Some("0690001000".to_owned()),
        numbers: vec!["803001".to_owned(), "+3906828881".to_owned()],
        ..usual()
    }
}

/// The form as the samples show it.
pub(super) fn form_sample(tr: Tr) -> FormPage {
    let mut view = page(tr, nav::sample_frame(tr, "trunks"), &invented(), false);
    for field in &mut view.fields {
        field.judged(tr, &[FieldProblem::new("user", Problem::Missing)]);
    }
    view
}

impl samples::Samples for TrunksPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let only_in = Trunk {
            id: TrunkId::new("regione"),
            name: "Rete regionale".to_owned(),
            active: false,
            from: vec!["192.0.2.10".to_owned()],
            outgoing: false,
            ..usual()
        };
        let page = |trunks: Vec<Trunk>| TrunksPage {
            tr,
            frame: nav::sample_frame(tr, "trunks"),
            toast: None,
            trunks: trunks.iter().map(|trunk| Row::of(tr, trunk)).collect(),
        };
        vec![("list", page(vec![invented(), only_in])), ("empty", page(Vec::new()))]
    }
}
