//! One part of a service, changed: the form, the form with what is wrong, what would change, and the change. What somebody
//! else has changed in the meantime is told, with what was typed still there.

use super::part::{self, Reading};
use super::preview::{self, Effect, PreviewPage};
use super::{href, nav};
use crate::admin::sheet::{self, Group, Typed, Wrong, judge};
use crate::desk::DeskFrame;
use crate::office::fault::{Answer, Fault};
use crate::office::flash::Flash;
use crate::office::seat::Seat;
use crate::{html, samples};
use askama::Template;
use axum::extract::Path;
use centre::service::{Wanted, revision};
use centre::{By, Error};
use gate::Form;
use http::StatusCode;
use language::Tr;
use model::ServiceId;
use model::service::{Part, Service};

/// The form of a part.
#[derive(Debug, Template)]
#[template(path = "admin/service-part.html")]
pub struct PartPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub title: String,
    pub lead: Option<String>,
    pub back: (String, String),
    pub action: String,
    pub seen: String,
    pub groups: Vec<Group>,
    /// How many rows each list has, to be sent along.
    pub rows: Vec<(String, usize)>,
    /// Whether there is a list to add to.
    pub grows: bool,
    /// Problems of no field of their own.
    pub problems: Vec<String>,
    /// Somebody else changed it meanwhile: what is there now and would be changed by what was typed.
    pub meanwhile: Vec<Effect>,
    pub changed_meanwhile: bool,
}

impl PartPage {
    pub(crate) fn wrong(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        let inputs = self.groups.iter().flat_map(|group| &group.inputs);
        inputs.filter_map(|i| Some((i.name.as_str(), i.label.as_str(), i.problem.as_deref()?)))
    }

    /// With what is wrong with it, beside each field where it is one's.
    fn judged(mut self, wrongs: &[Wrong]) -> Self {
        self.problems = judge(&mut self.groups, wrongs);
        self
    }

    pub(crate) fn is_wrong(&self) -> bool {
        !self.problems.is_empty() || self.wrong().next().is_some()
    }
}

/// The list of a part, as its rows are named.
fn lists(part: Part) -> Option<&'static str> {
    match part {
        Part::General | Part::Telephone => None,
        Part::EntryPoints => Some("entry"),
        Part::Calendar => Some("exception"),
        Part::Levels => Some("level"),
        Part::Queues => Some("queue"),
    }
}

fn view(
    tr: Tr,
    frame: DeskFrame,
    part: Part,
    typed: &Typed,
    service: &Service,
    catalogue: &centre::Catalogue,
    seen: String,
) -> PartPage {
    let groups = part::groups(tr, part, typed, service, catalogue);
    let lead = format!("service-part-{part}-lead");
    PartPage {
        tr,
        frame,
        title: format!("{}: {}", service.name, tr.text(&format!("service-part-{part}"))),
        lead: tr.has(&lead).then(|| tr.text(&lead).into_owned()),
        back: (href(&service.id), service.name.clone()),
        action: format!("{}/{part}", href(&service.id)),
        seen,
        groups,
        // The empty row at the end is one of them.
        rows: lists(part).map(|list| (format!("{list}-rows"), typed.next_rows(list))).into_iter().collect(),
        grows: lists(part).is_some(),
        problems: Vec::new(),
        meanwhile: Vec::new(),
        changed_meanwhile: false,
    }
}

async fn found(seat: &Seat, id: String, part: &str) -> Result<(Service, Part), Fault> {
    let part = part.parse().ok().ok_or(Error::NotFound("part"))?;
    seat.gate.centre.refresh_catalogue().await?;
    Ok((centre::service::load(&seat.gate.centre, &ServiceId(id)).await?, part))
}

/// `GET /admin/services/{id}/{part}`
pub(crate) async fn show_part(seat: Seat, Path((id, part)): Path<(String, String)>) -> Answer {
    let (service, part) = found(&seat, id, &part).await?;
    let seen = revision(&service, Some(part));
    let catalogue = seat.gate.centre.catalogue();
    let typed = part::typed(part, &service);
    let frame = nav::frame(&seat, "services");
    let view = view(seat.tr, frame, part, &typed, &service, &catalogue, seen);
    Ok(html::page(StatusCode::OK, &view))
}

/// `POST /admin/services/{id}/{part}`
pub(crate) async fn send(seat: Seat, Path((id, part)): Path<(String, String)>, form: Form) -> Answer {
    let (service, part) = found(&seat, id, &part).await?;
    let (tr, typed, catalogue) = (seat.tr, Typed::of(&form), seat.gate.centre.catalogue());
    let seen = form.text("seen").to_owned();
    let again = |wrongs: &[Wrong]| {
        let frame = nav::frame(&seat, "services");
        view(tr, frame, part, &typed, &service, &catalogue, seen.clone()).judged(wrongs)
    };
    let back_from_preview = form.has("edit");
    if form.has("more") || back_from_preview {
        return Ok(html::page(StatusCode::OK, &again(&[])));
    }
    if lists(part).is_some_and(|list| typed.overflows(list)) {
        let count = i64::try_from(sheet::ROWS_MAX).unwrap_or(i64::MAX);
        let sentence = tr.with("service-too-many-rows", &[("count", count)]).into_owned();
        let wrong = Wrong { field: String::new(), sentence };
        return Ok(html::page(StatusCode::UNPROCESSABLE_ENTITY, &again(&[wrong])));
    }
    let reading = part::read(tr, part, &typed, &service);
    if !reading.wrongs.is_empty() {
        return Ok(html::page(StatusCode::UNPROCESSABLE_ENTITY, &again(&reading.wrongs)));
    }
    let moves = if part == Part::Queues { part::moves(&typed) } else { Default::default() };
    let wanted = Wanted { service: reading.service.clone(), part: Some(part), seen: Some(seen.clone()), moves };
    let plan = centre::service::plan(&seat.gate.centre, &wanted).await?;
    if revision(&service, Some(part)) != seen {
        let mut page = again(&[]);
        page.seen = revision(&service, Some(part));
        page.meanwhile = plan.changes.iter().map(|change| preview::effect(tr, change)).collect();
        page.changed_meanwhile = true;
        return Ok(html::page(StatusCode::CONFLICT, &page));
    }
    if !plan.flaws.is_empty() {
        return Ok(html::page(StatusCode::UNPROCESSABLE_ENTITY, &again(&placed(tr, &reading, &plan.flaws))));
    }
    if let Some((gone, sentence)) = plan.gone.iter().find_map(|gone| Some((gone, preview::stuck(tr, gone)?))) {
        let row = (0..typed.rows("queue")).find(|n| typed.text(&format!("queue-{n}-id")) == gone.queue.as_str());
        let wrong = Wrong { field: format!("queue-{}-move", row.unwrap_or_default()), sentence };
        return Ok(html::page(StatusCode::UNPROCESSABLE_ENTITY, &again(&[wrong])));
    }
    let stops = part == Part::General && plan.before.as_ref().is_some_and(|b| b.active != plan.after.active);
    // What is kept no longer goes within the hour, and is not had again.
    let forgets = plan.before.as_ref().map(|b| b.telephone.keep_recordings_days)
        != Some(plan.after.telephone.keep_recordings_days);
    let asks = part.touches_promises() || stops || forgets || !plan.gone.is_empty();
    if asks && !plan.changes.is_empty() && !form.has("confirmed") {
        let view = PreviewPage::of(
            tr,
            nav::frame(&seat, "services"),
            &plan,
            (href(&service.id), service.name.clone()),
            format!("{}/{part}", href(&service.id)),
            typed.carried(&["confirmed", "edit", "more"]),
            seat.now,
        );
        return Ok(html::page(StatusCode::OK, &view));
    }
    let by = By::Staff(seat.me.clone());
    match centre::service::change(&seat.gate.centre, by, wanted).await {
        Ok(changes) => {
            let said = if changes.is_empty() { "service-done-unchanged" } else { "service-done-changed" };
            Ok(seat.on_to(&href(&service.id), Flash::said(said)).await)
        }
        // Somebody was quicker between the look and the change.
        Err(Error::Service(flaws)) => {
            Ok(html::page(StatusCode::UNPROCESSABLE_ENTITY, &again(&placed(tr, &reading, &flaws))))
        }
        Err(error @ (Error::ChangedMeanwhile | Error::QueueInUse { .. } | Error::QueueServed { .. })) => {
            Err(Fault::from(error).with(form.unsent(format!("{}/{part}", href(&service.id)))))
        }
        Err(error) => Err(error.into()),
    }
}

fn placed(tr: Tr, reading: &Reading, flaws: &[model::service::Found]) -> Vec<Wrong> {
    flaws.iter().map(|flaw| reading.placed(tr, flaw)).collect()
}

impl samples::Samples for PartPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let service = super::sample_service();
        let topics = crate::portal::topics();
        let catalogue = centre::Catalogue { services: vec![service.clone()], topics, ..Default::default() };
        let page = |part: Part, wrongs: &[Wrong]| {
            let typed = part::typed(part, &service);
            let frame = nav::sample_frame(tr, "services");
            view(tr, frame, part, &typed, &service, &catalogue, "0".to_owned()).judged(wrongs)
        };
        let mut pages: Vec<(&'static str, Self)> =
            Part::ALL.iter().map(|part| (part.as_str(), page(*part, &[]))).collect();
        let wrong = |field: &str, flaw: &str| Wrong {
            field: field.to_owned(),
            sentence: tr.text(&format!("service-flaw-{flaw}")).into_owned(),
        };
        pages.push(("wrong", page(Part::Levels, &[wrong("answer", "zero"), wrong("nowhere", "twice")])));
        let mut meanwhile = page(Part::Levels, &[]);
        meanwhile.changed_meanwhile = true;
        meanwhile.meanwhile = vec![Effect {
            what: tr.text("service-key-promises").into_owned(),
            before: Some("120".to_owned()),
            after: Some("90".to_owned()),
        }];
        pages.push(("meanwhile", meanwhile));
        pages
    }
}
