//! Services. What a record says of one becomes its definition; queues and promises are the usual ones until an
//! administrator defines them. A built-in service that nobody has touched gives way.

use super::Taken;
use crate::{Result, Work};
use db::service::Sent;
use model::calendar::Calendar;
use model::event::Subject;
use model::record::{EntryPoints, Extra, Id, Refused, Service};
use model::service::Service as Definition;
use std::collections::HashMap;

/// What a record said of a service, spelled as it was: written out again while nobody has defined the service otherwise.
fn spelled(service: &Service) -> Option<String> {
    let Service { name, calendar, entry_points, languages, extra, .. } = service;
    let mut all = extra.clone();
    if name.trim().is_empty() {
        all.put("name", name);
    }
    if let Some(calendar) = calendar {
        all.put("calendar", &calendar.0);
    }
    if let Some(entry_points) = entry_points {
        all.put("entry_points", &entry_points.0.0);
    }
    if let Some(languages) = languages {
        all.put("languages", languages);
    }
    // That it came as a record is known even when the record said nothing more.
    all.stored().or_else(|| Some("{}".to_owned()))
}

pub(super) fn record(sent: Sent) -> Service {
    let Sent { service, record, .. } = sent;
    let (id, name) = (Id(service.id.0), service.name);
    match record {
        Some(spelled) => {
            let mut extra = Extra::of_stored(Some(&spelled));
            let (calendar, entry_points) = (extra.take_raw("calendar"), extra.take_raw("entry_points"));
            let entry_points = entry_points.map(EntryPoints);
            let languages = extra.take("languages");
            let name = extra.take("name").unwrap_or(name);
            Service { id, name, calendar, entry_points, languages, extra }
        }
        None => {
            let mut extra = Extra::default();
            extra.put("calendar", &service.calendar);
            if !service.entry_points.is_empty() {
                extra.put("entry_points", &service.entry_points);
            }
            let (calendar, entry_points) = (extra.take_raw("calendar"), extra.take_raw("entry_points"));
            let entry_points = entry_points.map(EntryPoints);
            Service { id, name, calendar, entry_points, languages: Some(service.languages), extra }
        }
    }
}

pub(super) async fn take(work: &Work<'_>, lines: Vec<(u64, Service)>, replace: bool, taken: &mut Taken) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let mut known: HashMap<Id, Sent> = HashMap::new();
    for sent in db::service::with_records(work.tx).await? {
        known.insert(Id(sent.service.id.0.clone()), sent);
    }
    for (place, service) in lines {
        let there = known.get(&service.id);
        match there {
            Some(sent) if record(sent.clone()) == service && !sent.built_in => {
                taken.same += 1;
                continue;
            }
            Some(sent) if sent.built_in => taken.new += 1,
            Some(_) if replace => taken.replaced += 1,
            Some(_) => {
                taken.refuse(place, Refused::Taken { key: "id", id: service.id.0 });
                continue;
            }
            None => taken.new += 1,
        }
        if service.hours() == Some(None) {
            taken.unknown_hours.push(service.id.0.clone());
        }
        let defined = define(&service, there, known.values().map(|sent| &sent.service));
        let spelled = spelled(&service);
        db::service::save(work.tx, &defined, false, spelled.clone(), work.now).await?;
        let kind = if there.is_some() { "changed" } else { "added" };
        let data = serde_json::json!({});
        db::event::append(work.tx, work.by.actor(), work.now, Subject::Service, &service.id.0, kind, data);
        known.insert(service.id, Sent { service: defined, built_in: false, record: spelled });
    }
    Ok(())
}

/// The definition that a record makes, on top of the one that is there. What an earlier record said and this one does not
/// is as it usually is again, so that the same records make the same service wherever they are brought.
fn define<'a>(record: &Service, there: Option<&Sent>, others: impl Iterator<Item = &'a Definition>) -> Definition {
    // A service is called something; the record keeps what it said.
    let name = [&record.name, &record.id.0].into_iter().find(|name| !name.trim().is_empty());
    let name = name.map_or("-", String::as_str);
    let usual = || Definition::usual(&record.id.0, name);
    let mut defined = there.map_or_else(usual, |sent| sent.service.clone());
    if there.is_some_and(|sent| sent.record.is_some()) {
        let Definition { languages, entry_points, calendar, .. } = usual();
        (defined.languages, defined.entry_points, defined.calendar) = (languages, entry_points, calendar);
    }
    if there.is_none() {
        // A queue of this name may be another service's.
        let taken: Vec<&str> = others.flat_map(|other| other.queues.iter().map(|q| q.id.as_str())).collect();
        for queue in &mut defined.queues {
            while taken.contains(&queue.id.as_str()) {
                queue.id.0.push('_');
            }
        }
    }
    name.clone_into(&mut defined.name);
    if let Some(languages) = record.languages.as_ref().filter(|list| !list.is_empty()) {
        defined.languages.clone_from(languages);
    }
    if let Some(entry_points) = &record.entry_points {
        defined.entry_points = entry_points.understood();
    }
    match record.hours() {
        Some(Some(calendar)) => defined.calendar = calendar,
        Some(None) => defined.calendar = Calendar::default_italian(),
        None => {}
    }
    defined
}
