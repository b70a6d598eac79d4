//! Reading the calls that somebody is at.

use super::{Asks, Besides, CallPage, CallPart, Calls, Card, Code, Known, OnCase, PartFrame, Strip, Who};
use crate::desk::beside::spaced;
use crate::desk::clock::Clock;
use crate::desk::fault::Answer;
use crate::desk::flash::Toast;
use crate::desk::list::title;
use crate::desk::recording;
use crate::desk::seat::Seat;
use crate::desk::{DeskFrame, Open, Panes};
use crate::html;
use axum::extract::Path;
use centre::Error;
use centre::call::Card as Read;
use chrono::{DateTime, Utc};
use db::case::Stored;
use http::StatusCode;
use language::{Language, Tr};
use model::ContactId;
use model::access::has_telephone;
use model::call::CallState;
use model::number::CaseNumber;

/// Cases that are shown of a person.
const SHOWN: usize = 4;

impl Calls {
    /// As it now stands; nothing for whoever has no telephone.
    pub(in crate::desk) async fn read(seat: &Seat) -> centre::Result<Option<Self>> {
        if !has_telephone(&seat.me) {
            return Ok(None);
        }
        let mut calls = Self::default();
        for call in centre::call::live_of(&seat.gate.centre, seat.me.id).await? {
            let Some(read) = centre::call::card(&seat.gate.centre, &seat.me, call.contact).await? else { continue };
            if let Some(strip) = strip(seat, &read).await? {
                calls.strip = Some(strip);
            }
            let Some(asks) = asks(&read).filter(|asks| *asks != Asks::Talk) else { continue };
            // What rings comes before what was spoken of.
            if calls.card.as_ref().is_none_or(|card| asks == Asks::Answer && !card.asks_to_answer()) {
                calls.card = Some(card(seat, &read, asks).await?);
            }
        }
        if calls.card.is_none() {
            calls.card = word(seat).await?;
        }
        Ok(Some(calls))
    }
}

/// The talk of a colleague's that whoever sits here is asked about, or oversees.
async fn word(seat: &Seat) -> centre::Result<Option<Card>> {
    let Some(call) = centre::call::with_beside(&seat.gate.centre, seat.me.id).await?.into_iter().next() else {
        return Ok(None);
    };
    let overseer = call.overseer.filter(|overseer| overseer.who == seat.me.id);
    let asks = overseer.map_or(Asks::Word, |overseer| Asks::Overhear(overseer.how));
    match centre::call::card(&seat.gate.centre, &seat.me, call.contact).await? {
        Some(read) => Ok(Some(card(seat, &read, asks).await?)),
        None => Ok(None),
    }
}

/// Somebody's name, as far as it is known.
pub(super) fn name_of(names: &std::collections::HashMap<model::UserId, String>, id: model::UserId) -> String {
    names.get(&id).cloned().unwrap_or_default()
}

/// What a call asks of its operator.
fn asks(read: &Read) -> Option<Asks> {
    match read.call.state? {
        CallState::Offered => Some(Asks::Answer),
        CallState::Talking | CallState::Held if read.contact.case.is_none() => Some(Asks::Case),
        CallState::Talking | CallState::Held | CallState::Calling => Some(Asks::Talk),
        CallState::WrapUp => Some(Asks::WrapUp),
        _ => None,
    }
}

pub(super) fn who(tr: Tr, read: &Read) -> Who {
    let named = read.person.as_ref().and_then(|person| person.name.clone());
    match (named, read.number.as_deref().map(spaced)) {
        (Some(name), number) => Who { name, number },
        (None, Some(number)) => Who { name: number, number: None },
        (None, None) => Who { name: tr.text("call-no-number").into_owned(), number: None },
    }
}

fn on_case(tr: Tr, stored: &Stored) -> OnCase {
    let number = CaseNumber::new(stored.case.id, stored.case.opened_at).to_string();
    OnCase { href: format!("/desk/case/{number}"), title: title(tr, stored), number }
}

async fn strip(seat: &Seat, read: &Read) -> centre::Result<Option<Strip>> {
    let tr = seat.tr;
    let Some(state) = read.call.state else { return Ok(None) };
    let (word, calling, held) = match state {
        CallState::Talking => (language::key!("call-talking"), false, false),
        CallState::Held => (language::key!("call-held"), false, true),
        CallState::Calling => (language::key!("call-calling"), true, false),
        _ => return Ok(None),
    };
    // The talk is as old as its answer; a pause is as old as itself.
    let talks_since = if held { read.call.since } else { read.contact.answered_at.or(read.call.since) };
    Ok(Some(Strip {
        contact: read.call.contact,
        who: who(tr, read),
        word,
        calling,
        held,
        muted: read.call.muted,
        softphone: seat.gate.settings().softphone.is_some(),
        clock: Clock::since(tr, talks_since.unwrap_or(read.contact.started_at), seat.now),
        case: read
            .contact
            .case
            .and_then(|id| read.cases.iter().find(|stored| stored.case.id == id))
            .map(|s| on_case(tr, s)),
        besides: Besides::read(seat, &read.call).await?,
    }))
}

async fn card(seat: &Seat, read: &Read, asks: Asks) -> centre::Result<Card> {
    let tr = seat.tr;
    let centre = &seat.gate.centre;
    let catalogue = centre.catalogue();
    let contact = &read.contact;
    let service = catalogue.service(&contact.service);
    let queue = read.call.queue.as_ref().and_then(|id| catalogue.queue(id));
    let service_name = service.map_or_else(|| contact.service.to_string(), |service| service.name.clone());
    let topic = contact.topic.as_ref();
    let topic =
        topic.map(|id| catalogue.topic(id).map_or_else(|| id.to_string(), |t| t.name(tr.language.code()).to_owned()));
    let queue = queue.map(|queue| queue.name.clone()).filter(|name| *name != service_name);
    let language = contact.language.as_deref().map(|code| {
        let name = code.parse::<Language>().map_or_else(|_| code.to_uppercase(), Language::endonym);
        tr.with("call-speaks", &[("language", name)]).into_owned()
    });
    let person = read.person.as_ref();
    // What is known least exactly is said last: where there is a topic, the service comes after it.
    let of_topic = topic.is_some().then(|| service_name.clone());
    let region = person.and_then(|person| person.region.clone());
    let case = case_of(seat, read).await;
    let device = centre::availability::of(centre, seat.me.id).await?.device;
    let who = who(tr, read);
    let waited = contact.answered_at.unwrap_or(seat.now) - read.waiting_since;
    let codes = service.zip(read.call.queue.as_ref()).map(|(service, queue)| service.wrap_up_codes(queue));
    let codes = codes.unwrap_or_default().iter().map(|code| Code {
        id: code.id.clone(),
        word: code.name(tr.language.code()).to_owned(),
        chosen: read.call.code.as_ref() == Some(&code.id),
    });
    let mut known: Vec<&Stored> = read.cases.iter().filter(|stored| Some(stored.case.id) != contact.case).collect();
    // Those that may be meant come first.
    known.sort_by_key(|stored| !stored.case.is_active());
    let more = i64::try_from(known.len().saturating_sub(SHOWN)).unwrap_or_default();
    let mut card = Card {
        contact: contact.id,
        asks,
        back: read.call.tries.is_some(),
        service: service_name,
        topic,
        facts: of_topic.into_iter().chain(queue).chain(language).chain(region).collect(),
        waits: (asks == Asks::Answer).then(|| Clock::since(tr, read.waiting_since, seat.now)),
        waited: tr.duration(waited),
        until: read.call.until.map(|until| Clock::until(tr, until, seat.now)),
        history: history(tr, read),
        cases: known.into_iter().take(SHOWN).map(|stored| self::known(tr, stored, seat.now)).collect(),
        more,
        case,
        codes: codes.collect(),
        device,
        said: String::new(),
        note: String::new(),
        problem: None,
        key: seat.gate.centre.nonce(),
        who,
    };
    card.said = said(tr, &card);
    Ok(card)
}

/// What those hear who see nothing.
pub(super) fn said(tr: Tr, card: &Card) -> String {
    let name = card.who.name.as_str();
    match card.asks {
        Asks::Answer => {
            let why = card.topic.as_deref().unwrap_or(&card.service);
            let values = [("name", name), ("why", why), ("waited", card.waited.as_str())];
            tr.with("call-said-incoming", &values).into_owned()
        }
        Asks::Case => tr.with("call-said-case", &[("name", name)]).into_owned(),
        Asks::WrapUp => tr.with("call-said-wrap-up", &[("name", name)]).into_owned(),
        Asks::Word => tr.with("call-said-word", &[("name", name)]).into_owned(),
        Asks::Overhear(_) => tr.with("call-said-overhear", &[("name", name)]).into_owned(),
        Asks::Talk | Asks::Nothing => String::new(),
    }
}

fn history(tr: Tr, read: &Read) -> String {
    match read.person {
        None => tr.text("call-unknown-person").into_owned(),
        Some(_) => {
            let count = i64::try_from(read.contacts_in_a_year).unwrap_or(i64::MAX);
            tr.with("desk-contacts-in-a-year", &[("count", count)]).into_owned()
        }
    }
}

fn known(tr: Tr, stored: &Stored, now: DateTime<Utc>) -> Known {
    let OnCase { href, number, title } = on_case(tr, stored);
    let state = tr.text(&format!("desk-state-{}", stored.case.state));
    let stands = format!("{state}, {}", tr.day_short(stored.case.last_at, now));
    Known { id: stored.case.id.0, href, number, title, stands, open: stored.case.is_active() }
}

/// The case that a call stands on, if whoever sits here may see it.
pub(super) async fn case_of(seat: &Seat, read: &Read) -> Option<OnCase> {
    let stored = centre::timeline::head(&seat.gate.centre, &seat.me, read.contact.case?).await.ok()?;
    Some(on_case(seat.tr, &stored))
}

/// The call that is meant, if it is of whoever sits here.
pub(super) async fn own(seat: &Seat, contact: ContactId) -> centre::Result<Read> {
    let read = centre::call::card(&seat.gate.centre, &seat.me, contact).await?;
    read.filter(|read| read.call.operator == Some(seat.me.id)).ok_or(Error::NotFound("call"))
}

/// `GET /part/desk/chiamata`
pub(in crate::desk) async fn part(seat: Seat) -> Answer {
    shown(&seat).await
}

/// The parts that show calls, as they now stand.
pub(super) async fn shown(seat: &Seat) -> Answer {
    let frame = PartFrame { has_telephone: has_telephone(&seat.me), calls: Calls::read(seat).await? };
    Ok(html::page(StatusCode::OK, &CallPart { tr: seat.tr, frame }))
}

/// `GET /desk/chiamata/{contact}`
pub(in crate::desk) async fn page(seat: Seat, Path(contact): Path<i64>) -> Answer {
    page_of(&seat, ContactId(contact), |_| {}, StatusCode::OK).await
}

/// The page of a call, with what was sent and not taken.
pub(super) async fn page_of(
    seat: &Seat,
    contact: ContactId,
    typed: impl FnOnce(&mut Card),
    status: StatusCode,
) -> Answer {
    let read = own(seat, contact).await?;
    let mut card = card(seat, &read, asks(&read).unwrap_or(Asks::Nothing)).await?;
    typed(&mut card);
    let recordings = recording::of_contact(seat, &read.contact).await?;
    let frame = DeskFrame::read(seat, None, Panes::Two, Open::Case).await?;
    let toast = Toast::take(&seat.session, seat.tr).await;
    Ok(html::page(status, &CallPage { tr: seat.tr, frame, card, recordings, toast }))
}
