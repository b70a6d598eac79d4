//! Intake: turns every inbound exchange, on any channel, into exactly one contact on exactly one case. It is durable
//! when [`accept`]'s transaction returns, and acknowledged only then.

use crate::{Error, Result, Work, files, mail};
use chrono::{DateTime, Utc};
use db::Counted;
use db::case::{Content, Stored};
use db::contact::Words;
use db::search::Source;
use model::access::Action;
use model::address::{Address, AddressKind};
use model::attachment;
use model::case::{Case, Clocks, Event, Kind, Opened, State};
use model::code::Code;
use model::contact::{Channel, Contact, Direction, Outcome};
use model::event::PersonEvent;
use model::number::CaseNumber;
use model::person::Person;
use model::problem::{FieldProblem, Problem};
use model::service::Service;
use model::text::{self, NAME_MAX, SUBJECT_MAX, TEXT_MAX};
use model::{CaseId, ContactId, PersonId, ServiceId, StructureId, TopicId};

/// An exchange as it comes in: what the citizen typed or said, not yet looked at.
#[derive(Debug, Clone, Default)]
pub struct Inbound {
    /// None means the centre's first service.
    pub service: Option<ServiceId>,
    pub channel: Option<Channel>,
    pub entry_point: Option<String>,
    /// What the channel says of the sender: an address, a number, or another system's own word for them.
    pub from: Option<String>,
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub language: Option<String>,
    pub topic: Option<TopicId>,
    pub kind: Option<Kind>,
    pub region: Option<String>,
    pub subject: Option<String>,
    pub text: String,
    pub files: Vec<files::Kept>,
    /// The citizen wants replies in the announcement itself.
    pub announce_content: bool,
    /// The case it continues, when the channel knows.
    pub case: Option<CaseId>,
    /// The contact that it is, where it has begun before ([`begin`]).
    pub contact: Option<ContactId>,
    /// When the exchange began, if not now: a call that is written down afterwards.
    pub started_at: Option<DateTime<Utc>>,
    /// The exchange had its answer while it lasted: an operator spoke with the citizen.
    pub answered: bool,
    pub outbound: bool,
    /// The structure at whose desk it came in.
    pub structure: Option<StructureId>,
}

/// What became of it.
#[derive(Debug, Clone)]
pub struct Accepted {
    pub contact: ContactId,
    pub case: CaseId,
    pub number: CaseNumber,
    pub code: Code,
    pub clocks: Clocks,
    pub service: ServiceId,
}

/// An exchange that was looked at.
struct Checked {
    name: Option<String>,
    addresses: Vec<Address>,
    from: Option<String>,
    subject: Option<String>,
    text: Option<String>,
    topic: Option<TopicId>,
    language: Option<String>,
    region: Option<String>,
}

impl Checked {
    fn tells_who(&self) -> bool {
        self.name.is_some() || !self.addresses.is_empty()
    }
}

/// Takes in one exchange.
///
/// # Errors
/// [`Error::Invalid`] with every field that cannot be taken; [`Error::NotFound`] for a service or case that is not there.
pub async fn accept(work: &Work<'_>, inbound: Inbound) -> Result<Accepted> {
    let channel = inbound.channel.ok_or_else(|| Error::field("channel", Problem::Missing))?;
    let checked = check(&inbound)?;
    let begun = match inbound.contact {
        Some(id) => Some(alone(work, id).await?),
        None => None,
    };
    let began_at = begun.as_ref().map(|begun| begun.started_at).or(inbound.started_at);
    let started_at = began_at.unwrap_or(work.now).min(work.now);

    let continued = match inbound.case {
        Some(id) => Some(continued(work, id).await?),
        None => None,
    };
    let service = match (&inbound.service, &continued) {
        (Some(id), _) => work.catalogue.service(id).ok_or_else(|| Error::field("service", Problem::NotInTheList))?,
        (None, Some(stored)) => work.catalogue.service(&stored.case.service).ok_or(Error::NotFound("service"))?,
        (None, None) => work.catalogue.first_service().ok_or(Error::NotFound("service"))?,
    };
    // What goes on with a case is taken for as long as the case is there.
    if !service.active && continued.is_none() {
        return Err(Error::field("service", Problem::ServiceOver));
    }

    db::person::reserve(work.tx, &checked.addresses, &ids_needed(&inbound, &checked)).await?;
    let known = known_person(work, &checked).await?;
    let (person, name) = match known {
        Some(known) => recognised(work, known, &checked).await?,
        None => (introduced(work, &checked).await?, checked.name.clone()),
    };
    let (joined, closed) = match continued {
        Some(stored) if stored.case.state == State::Closed => (None, Some(stored)),
        joined => (joined, None),
    };
    // What goes on beside a closed case is the same citizen's, and their news goes where it went.
    let person = person.or(closed.as_ref().and_then(|closed| closed.case.person));
    let is_new = joined.is_none();
    let (mut case, mut events, mut content) = match joined {
        Some(stored) => (stored.case, Vec::new(), stored.content),
        None => open(work, &inbound, &checked, service, person, started_at)?,
    };
    if let Some(closed) = closed.as_ref().filter(|_| content.announce_to.is_none()) {
        content.announce_to.clone_from(&closed.content.announce_to);
        content.announce_content = closed.content.announce_content;
    }

    // What the exchange makes of the case is decided first, so that each row is written once.
    events.push(case.join(ContactId(0), !inbound.outbound, inbound.answered, work.now)?);
    if let Some(staff) = work.by.staff().filter(|_| inbound.answered) {
        // Whoever spoke with the citizen has the case in hand, if it is theirs to take.
        let takes = model::access::case(staff, Action::Take, &case).is_ok();
        if takes && case.assignee.is_none() && case.is_active() {
            events.push(case.assign(Some(staff.id), work.now)?);
        }
    }
    crate::case::set_clocks(work, &mut case, Some(content.channel), &mut events);
    if is_new {
        case.id = db::case::insert(work.tx, &case, &content).await?;
    } else {
        db::case::update(work.tx, &case).await?;
    }

    let mut contact = match begun {
        Some(begun) => begun,
        None => new_contact(&inbound, &checked, channel, &service.id, started_at),
    };
    contact.case = Some(case.id);
    contact.person = person.or(case.person);
    let words = Words { from: checked.from.clone(), subject: checked.subject.clone(), text: checked.text.clone() };
    if inbound.contact.is_some() {
        db::contact::update(work.tx, &contact).await?;
    } else {
        if let (true, Some(staff)) = (inbound.answered, work.by.staff()) {
            contact.answer(staff.id, started_at)?;
            contact.end(Outcome::Answered, work.now)?;
        }
        contact.id = db::contact::insert(work.tx, &contact, &words).await?;
    }
    // One row for all that it is found by: who it is from, its title, its words.
    let subject = if is_new { content.subject.as_deref() } else { checked.subject.as_deref() };
    let words = [name.as_deref(), subject, checked.text.as_deref(), checked.from.as_deref()];
    let words: Vec<&str> = words.into_iter().flatten().collect();
    db::search::insert(work.tx, &[(Source::Contact(contact.id), words.join(" "))]);
    for file in inbound.files {
        files::attach(work, case.id, Some(contact.id), None, file).await?;
    }
    for event in &mut events {
        if let Event::ContactJoined { contact: joined, .. } = event {
            *joined = contact.id;
        }
    }
    db::event::append_case(work.tx, work.by.actor(), work.now, case.id, &events);
    if let Some(mut closed) = closed {
        beside(work, &mut closed.case, &mut case).await?;
    }

    let number = CaseNumber::new(case.id, case.opened_at);
    // Whoever was spoken with has number and code from the operator's mouth.
    if let (Some(to), None, false) = (&content.announce_to, inbound.case, inbound.answered || inbound.outbound) {
        mail::announce_received(work, &case, contact.id, to);
    }
    Ok(Accepted {
        contact: contact.id,
        case: case.id,
        number,
        code: work.centre.code(case.id),
        clocks: case.clocks,
        service: service.id.clone(),
    })
}

/// An exchange that has begun and goes on: a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    pub contact: ContactId,
    /// Who it is, as far as the sender is known.
    pub person: Option<PersonId>,
    pub service: ServiceId,
}

/// Takes in an exchange that has only begun, so that it is known whatever becomes of it. It belongs to no case until
/// somebody answers or leaves a message: then it is accepted, with its contact.
///
/// # Errors
/// As [`accept`].
pub async fn begin(work: &Work<'_>, inbound: Inbound) -> Result<Begun> {
    let channel = inbound.channel.ok_or_else(|| Error::field("channel", Problem::Missing))?;
    let inbound = Inbound { answered: true, ..inbound };
    let checked = check(&inbound)?;
    let service = match &inbound.service {
        Some(id) => work.catalogue.service(id).ok_or_else(|| Error::field("service", Problem::NotInTheList))?,
        None => work.catalogue.first_service().ok_or(Error::NotFound("service"))?,
    };
    db::person::reserve(work.tx, &[], &[Counted::Contact]).await?;
    let person = known_person(work, &checked).await?.map(|person| person.id);
    let mut contact = new_contact(&inbound, &checked, channel, &service.id, work.now);
    contact.person = person;
    let words = Words { from: checked.from.clone(), subject: checked.subject, text: checked.text };
    let id = db::contact::insert(work.tx, &contact, &words).await?;
    Ok(Begun { contact: id, person, service: service.id.clone() })
}

/// A contact that has begun and belongs to no case yet.
async fn alone(work: &Work<'_>, id: ContactId) -> Result<Contact> {
    let stored = db::contact::load(work.tx, id).await?.ok_or(Error::NotFound("contact"))?;
    if stored.contact.case.is_some() {
        return Err(Error::field("contact", Problem::NotInTheList));
    }
    Ok(stored.contact)
}

/// A contact that belongs to nobody yet.
fn new_contact(
    inbound: &Inbound,
    checked: &Checked,
    channel: Channel,
    service: &ServiceId,
    started_at: DateTime<Utc>,
) -> Contact {
    Contact {
        id: ContactId(0),
        case: None,
        person: None,
        service: service.clone(),
        channel,
        direction: if inbound.outbound { Direction::Outbound } else { Direction::Inbound },
        entry_point: inbound.entry_point.clone(),
        started_at,
        queued_at: None,
        answered_at: None,
        ended_at: None,
        outcome: None,
        operator: None,
        language: checked.language.clone(),
        topic: checked.topic.clone(),
    }
}

/// A new case, not stored yet, with the event of its opening and its content.
fn open(
    work: &Work<'_>,
    inbound: &Inbound,
    checked: &Checked,
    service: &Service,
    person: Option<PersonId>,
    at: DateTime<Utc>,
) -> Result<(Case, Vec<Event>, Content)> {
    let channel = inbound.channel.ok_or_else(|| Error::field("channel", Problem::Missing))?;
    let queue = work.catalogue.front_queue(service, checked.topic.as_ref()).ok_or(Error::NotFound("queue"))?;
    let opened = Opened {
        at,
        service: service.id.clone(),
        queue: queue.id.clone(),
        language: checked.language.clone().unwrap_or_else(|| "it".to_owned()),
        structure: inbound.structure.clone().or_else(|| queue.structure.clone()),
        person,
        topic: checked.topic.clone(),
        kind: inbound.kind,
        region: checked.region.clone(),
        split_from: None,
        clocks: Clocks::started(&service.calendar, service.promised(Some(channel), inbound.kind), at),
    };
    let subject = checked.subject.clone().or_else(|| checked.text.as_deref().map(|t| text::first_line(t, 80)));
    let announce_to = checked.addresses.iter().find(|a| a.kind == AddressKind::Email).map(|a| a.value.clone());
    let content = Content { channel, subject, announce_to, announce_content: inbound.announce_content };
    let event = Event::Opened(Box::new(opened.clone()));
    Ok((Case::open(CaseId(0), opened), vec![event], content))
}

/// What is wrong with an exchange, without taking it in: for a form that lists problems of its own beside.
#[must_use]
pub fn problems(inbound: &Inbound) -> Vec<FieldProblem> {
    match check(inbound) {
        Err(Error::Invalid(problems)) => problems,
        _ => Vec::new(),
    }
}

/// The case that an exchange continues: followed through merges, within what whoever takes it in may see.
async fn continued(work: &Work<'_>, id: CaseId) -> Result<Stored> {
    let mut id = id;
    loop {
        let stored = db::case::load_for_change(work.tx, id).await?.ok_or(Error::NotFound("case"))?;
        if let Some(staff) = work.by.staff() {
            crate::access::visible(staff, &stored)?;
        }
        match (stored.case.state, stored.case.merged_into) {
            (State::Merged, Some(into)) => id = into,
            _ => return Ok(stored),
        }
    }
}

/// A closed case is not continued: the new one stands beside it.
async fn beside(work: &Work<'_>, closed: &mut Case, case: &mut Case) -> Result<()> {
    let events = vec![closed.link(case.id, work.now)?];
    crate::case::settle(work, closed, events).await?;
    let events = vec![case.link(closed.id, work.now)?];
    crate::case::settle(work, case, events).await?;
    Ok(db::link::insert(work.tx, closed.id, case.id).await?)
}

fn check(inbound: &Inbound) -> Result<Checked> {
    let mut problems: Vec<FieldProblem> = Vec::new();
    let mut keep = |result: Result<Option<String>, FieldProblem>| {
        result.unwrap_or_else(|problem| {
            problems.push(problem);
            None
        })
    };
    let typed = |value: &Option<String>| value.clone().unwrap_or_default();
    let name = keep(text::optional("name", &typed(&inbound.name), NAME_MAX)).map(|n| text::clean_line(&n));
    let subject = keep(text::optional("subject", &typed(&inbound.subject), SUBJECT_MAX)).map(|s| text::clean_line(&s));
    let from = keep(text::optional("from", &typed(&inbound.from), 254));
    let region = keep(text::optional("region", &typed(&inbound.region), 100));
    let topic = keep(text::optional("topic", inbound.topic.as_ref().map_or("", TopicId::as_str), 100)).map(TopicId);
    let language = keep(text::optional("language", &typed(&inbound.language), 35)).map(|l| l.to_lowercase());
    // An operator who writes down a call may have nothing to add to its topic; whoever writes to us has.
    let body = if inbound.answered || inbound.outbound || inbound.contact.is_some() || !inbound.files.is_empty() {
        text::optional("text", &inbound.text, TEXT_MAX)
    } else {
        text::required("text", &inbound.text, TEXT_MAX).map(Some)
    };
    let text = keep(body);

    let mut addresses: Vec<Address> = Vec::new();
    let mut add = |address: Result<Address, FieldProblem>| match address {
        Ok(address) if addresses.contains(&address) => {}
        Ok(address) => addresses.push(address),
        Err(problem) => problems.push(problem),
    };
    if let Some(email) = inbound.email.as_deref().filter(|e| !e.trim().is_empty()) {
        add(Address::email("email", email));
    }
    if let Some(phone) = inbound.phone.as_deref().filter(|p| !p.trim().is_empty()) {
        add(Address::phone("phone", phone));
    }
    // A sender that is no address is kept as it is said, and finds nobody.
    if let Some(address) = from.as_deref().and_then(|from| Address::any("from", from).ok()) {
        add(Ok(address));
    }
    if inbound.files.len() > attachment::COUNT_MAX {
        problems.push(FieldProblem::limited("files", Problem::TooManyFiles, attachment::COUNT_MAX as u64));
    }
    if problems.is_empty() {
        Ok(Checked { name, addresses, from, subject, text, topic, language, region })
    } else {
        Err(Error::Invalid(problems))
    }
}

/// Who is known by one of the addresses.
async fn known_person(work: &Work<'_>, checked: &Checked) -> Result<Option<Person>> {
    for address in &checked.addresses {
        if let Some(person) = db::person::by_address(work.tx, address).await? {
            return Ok(Some(person));
        }
    }
    Ok(None)
}

/// The rows that will be written, as far as can be said; ids that are not used in the end are left out.
fn ids_needed(inbound: &Inbound, checked: &Checked) -> Vec<Counted> {
    let mut needed = vec![Counted::Contact];
    needed.extend(inbound.case.is_none().then_some(Counted::Case));
    needed.extend(checked.tells_who().then_some(Counted::Person));
    needed
}

/// A person who is known, with the name they are found by.
async fn recognised(work: &Work<'_>, person: Person, checked: &Checked) -> Result<(Option<PersonId>, Option<String>)> {
    complete(work, &person, checked).await?;
    Ok((Some(person.id), person.name.or_else(|| checked.name.clone())))
}

/// A new person when there is anything to know them by, else nobody.
async fn introduced(work: &Work<'_>, checked: &Checked) -> Result<Option<PersonId>> {
    if !checked.tells_who() {
        return Ok(None);
    }
    let (name, language) = (checked.name.as_deref(), checked.language.as_deref());
    Ok(Some(db::person::insert(work.tx, name, language, &checked.addresses, work.now).await?))
}

/// Adds what was not yet known of somebody. A name that is known stays: whoever writes from a shared address does not
/// rename the person it was first known for.
async fn complete(work: &Work<'_>, person: &Person, checked: &Checked) -> Result<()> {
    let (mut named, mut added) = (false, 0);
    if let (None, Some(name)) = (&person.name, &checked.name) {
        named = true;
        db::person::set_name(work.tx, person.id, Some(name.clone())).await?;
        // Their earlier contacts are found by the name as well.
        db::search::insert(work.tx, &[(Source::Person(person.id), name.clone())]);
    }
    // Anybody may type somebody's telephone beside an address of their own: what a citizen claims stays with the case.
    if checked.addresses.len() > 1 && work.by.staff().is_some() {
        let records = db::person::records(work.tx, person.id).await?;
        let known = db::person::addresses(work.tx, &records).await?;
        let mut fresh = Vec::new();
        for address in checked.addresses.iter().filter(|a| !known.contains(a)) {
            // An address that is somebody else's stays theirs; that the two may be one is for an operator to say.
            if db::person::by_address(work.tx, address).await?.is_none() {
                fresh.push(address.clone());
            }
        }
        added = fresh.len();
        db::person::add_addresses(work.tx, person.id, &fresh, work.now);
    }
    if named || added > 0 {
        crate::person::tell(work, person.id, &PersonEvent::Completed { name: named, addresses: added });
    }
    Ok(())
}
