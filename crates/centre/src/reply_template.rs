//! Templates of replies: kept, looked at when they are saved, and put into words for a case.
//!
//! They are minijinja, of which a template may use two things: a place to be filled in, `{{ citizen.name }}`, and a
//! condition, `{% if citizen.name %}`. Whatever else the language knows (loops, sums, macros) is refused when a template
//! is saved, with its line: nobody who writes letters needs it, and each is a way to fill the memory.

mod look;

pub use look::{Flaw, Wrong};

use crate::{Centre, Error, Result, Work, timeline};
use chrono::{DateTime, Utc};
use minijinja::{Environment, UndefinedBehavior};
use model::event::Subject;
use model::problem::Problem;
use model::reply_template::ReplyTemplate;
use model::text::{self, SUBJECT_MAX, TEXT_MAX};
use model::user::{Role, Staff};
use model::{CaseId, ServiceId, TemplateId};
use std::collections::BTreeMap;

/// Templates that are listed at the most.
pub const TEMPLATES_MAX: u64 = 1_000;
/// Steps that filling in takes at the most; a page of places takes some hundreds.
const FUEL: u64 = 50_000;

/// A template as it was typed.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub name: String,
    pub service: Option<ServiceId>,
    pub language: String,
    pub text: String,
}

/// What the places are filled in with: each of [`model::reply_template::PLACES`] by its name. An empty one is nothing to
/// a condition.
pub type Facts = BTreeMap<&'static str, String>;

/// Words that depend on the language of the letter, put by whoever speaks it.
pub trait Voice: Send + Sync {
    fn day(&self, at: DateTime<Utc>) -> String;
    fn hours(&self, service: &model::service::Service) -> String;
    /// What a citizen without a name is called.
    fn citizen(&self) -> String;
}

/// A letter while it is written: one that is longer than a reply may be breaks off.
struct Letter(Vec<u8>);

impl std::io::Write for Letter {
    fn write(&mut self, words: &[u8]) -> std::io::Result<usize> {
        // A character has four bytes at the most.
        if self.0.len() + words.len() > 4 * TEXT_MAX {
            return Err(std::io::Error::other("the letter is too long"));
        }
        self.0.extend_from_slice(words);
        Ok(words.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Fills in a template.
///
/// # Errors
/// The flaws of [`look::look`]; a letter that would be too long.
pub fn fill_in(source: &str, facts: &Facts) -> std::result::Result<String, Flaw> {
    look::look(source)?;
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_keep_trailing_newline(true);
    environment.set_trim_blocks(true);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    let mut groups: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    let mut single: BTreeMap<&str, &str> = BTreeMap::new();
    for (place, text) in facts {
        match place.split_once('.') {
            Some((group, name)) => drop(groups.entry(group).or_default().insert(name, text)),
            None => drop(single.insert(place, text)),
        }
    }
    let mut context: BTreeMap<&str, minijinja::Value> = BTreeMap::new();
    context.extend(groups.into_iter().map(|(group, names)| (group, minijinja::Value::from_serialize(names))));
    context.extend(single.into_iter().map(|(name, text)| (name, minijinja::Value::from(text))));
    let too_long = || Flaw { line: 1, wrong: Wrong::TooLong, word: TEXT_MAX.to_string() };
    let flaw = |error: minijinja::Error| match error.kind() {
        minijinja::ErrorKind::WriteFailure => too_long(),
        _ => Flaw {
            line: error.line().unwrap_or(1),
            wrong: Wrong::Unreadable,
            word: error.detail().unwrap_or_default().chars().take(120).collect(),
        },
    };
    let mut letter = Letter(Vec::new());
    let template = environment.template_from_str(source).map_err(flaw)?;
    template.render_captured_to(context, &mut letter).map_err(flaw)?;
    let letter = String::from_utf8_lossy(&letter.0).into_owned();
    if letter.chars().nth(TEXT_MAX).is_some() { Err(too_long()) } else { Ok(letter) }
}

/// A made-up case, to look at a template with.
#[must_use]
pub fn invented(centre: &Centre, service: Option<&ServiceId>, voice: &dyn Voice) -> Facts {
    let catalogue = centre.catalogue();
    let service = service.and_then(|id| catalogue.service(id)).or_else(|| catalogue.first_service());
    let now = centre.now();
    let number = model::number::CaseNumber::new(CaseId(4512), now);
    facts_of(centre, service, number, now, "Bonus sociale", "Mario Esempio", "Sara Campione", voice)
}

#[expect(clippy::too_many_arguments, reason = "each is one fact of the letter")]
fn facts_of(
    centre: &Centre,
    service: Option<&model::service::Service>,
    number: model::number::CaseNumber,
    opened: DateTime<Utc>,
    subject: &str,
    citizen: &str,
    operator: &str,
    voice: &dyn Voice,
) -> Facts {
    use model::service::EntryKind;
    let phone = service.and_then(|s| s.entry_points.iter().find(|e| e.kind == EntryKind::Phone));
    Facts::from([
        ("case.number", number.to_string()),
        ("case.subject", subject.to_owned()),
        ("case.url", format!("{}/caso", centre.public_url())),
        ("case.opened", voice.day(opened)),
        ("citizen.name", citizen.to_owned()),
        ("operator.name", operator.to_owned()),
        ("service.name", service.map(|s| s.name.clone()).unwrap_or_default()),
        ("service.hours", service.map(|s| voice.hours(s)).unwrap_or_default()),
        ("service.phone", phone.map(|e| e.value.clone()).unwrap_or_default()),
        ("today", voice.day(centre.now())),
    ])
}

/// A template filled in for a case, as `staff` would write it.
///
/// # Errors
/// [`Error::NotFound`] for a case that is not to be seen or a template that is gone or another service's.
pub async fn for_case(
    centre: &Centre,
    staff: &Staff,
    case: CaseId,
    id: TemplateId,
    voice: impl FnOnce(&str) -> Box<dyn Voice>,
) -> Result<String> {
    let timeline = timeline::read(centre, staff, case).await?;
    let db = centre.db().read();
    let template = db::reply_template::load(db, id).await?.ok_or(Error::NotFound("template"))?;
    let case = &timeline.stored.case;
    if template.service.as_ref().is_some_and(|service| *service != case.service) {
        return Err(Error::NotFound("template"));
    }
    let catalogue = centre.catalogue();
    let name = timeline.known.as_ref().and_then(|known| known.person.name.clone());
    let subject = timeline.stored.content.subject.clone().unwrap_or_default();
    let voice = voice(&template.language);
    let facts = facts_of(
        centre,
        catalogue.service(&case.service),
        timeline.number,
        case.opened_at,
        &subject,
        &name.unwrap_or_else(|| voice.citizen()),
        &staff.name,
        &*voice,
    );
    Ok(fill_in(&template.text, &facts)?)
}

/// All templates, by name.
///
/// # Errors
/// Only those of the database.
pub async fn all(centre: &Centre) -> Result<Vec<ReplyTemplate>> {
    Ok(db::reply_template::all(centre.db().read(), TEMPLATES_MAX).await?)
}

/// Those that can be put into a reply to a case of this service and language: in its language first.
///
/// # Errors
/// Only those of the database.
pub async fn of_service(centre: &Centre, service: &ServiceId, language: &str) -> Result<Vec<ReplyTemplate>> {
    let mut all = db::reply_template::of_service(centre.db().read(), service, TEMPLATES_MAX).await?;
    all.sort_by_key(|template| template.language != language);
    Ok(all)
}

/// # Errors
/// [`Error::NotFound`] when it is gone.
pub async fn load(centre: &Centre, id: TemplateId) -> Result<ReplyTemplate> {
    db::reply_template::load(centre.db().read(), id).await?.ok_or(Error::NotFound("template"))
}

/// What was typed, when it can be taken.
fn looked_at(work: &Work<'_>, typed: &Typed) -> Result<ReplyTemplate> {
    work.must_be(&[Role::Admin])?;
    let name = text::clean_line(&text::required("name", &typed.name, SUBJECT_MAX)?);
    let language = text::required("language", &typed.language, 35)?;
    let text = text::required("text", &typed.text, TEXT_MAX)?;
    if typed.service.as_ref().is_some_and(|id| work.catalogue.service(id).is_none()) {
        return Err(Error::field("service", Problem::NotInTheList));
    }
    // Filled in once with the longest that each place may be, so that no letter is refused when it is wanted.
    let facts: Facts = model::reply_template::PLACES.iter().map(|place| (*place, "x".repeat(40))).collect();
    fill_in(&text, &facts)?;
    Ok(ReplyTemplate { id: TemplateId(0), version: 1, name, service: typed.service.clone(), language, text })
}

/// Keeps a new template.
///
/// # Errors
/// What cannot be taken, by field; [`Error::Template`] with the line of the mistake.
pub async fn add(work: &Work<'_>, typed: &Typed) -> Result<TemplateId> {
    let template = looked_at(work, typed)?;
    let id = db::reply_template::insert(work.tx, &template, work.now).await?;
    tell(work, id, "added");
    Ok(id)
}

/// Changes a template that is as it was `seen`.
///
/// # Errors
/// As [`add`]; [`Error::ChangedMeanwhile`].
pub async fn change(work: &Work<'_>, id: TemplateId, typed: &Typed, seen: i64) -> Result<()> {
    let template = ReplyTemplate { id, version: seen + 1, ..looked_at(work, typed)? };
    if !db::reply_template::update(work.tx, &template, seen, work.now).await? {
        return Err(match db::reply_template::load(work.tx, id).await? {
            Some(_) => Error::ChangedMeanwhile,
            None => Error::NotFound("template"),
        });
    }
    tell(work, id, "changed");
    Ok(())
}

/// Removes a template; what was written with it stays as it was sent.
///
/// # Errors
/// [`Error::NotFound`] when it is gone already.
pub async fn remove(work: &Work<'_>, id: TemplateId) -> Result<()> {
    work.must_be(&[Role::Admin])?;
    if !db::reply_template::delete(work.tx, id).await? {
        return Err(Error::NotFound("template"));
    }
    tell(work, id, "removed");
    Ok(())
}

fn tell(work: &Work<'_>, id: TemplateId, kind: &str) {
    let data = serde_json::json!({});
    db::event::append(work.tx, work.by.actor(), work.now, Subject::Template, &id.to_string(), kind, data);
}
