//! All that is held on a person, written out for them (GDPR articles 15 and 20): one ZIP with `person.json`, their files
//! under `files/`, what was recorded under `recordings/`, and beside them `internal.json`, what operators noted for one another and were writing, with the files of
//! notes under `internal/`. That is theirs to ask for as well; it stands apart because it may speak of others, or be
//! somebody else's, and whoever hands it over reads it first.

use crate::erasure::MAY;
use crate::recording::{self, Recording};
use crate::zip::Zip;
use crate::{By, Centre, Error, Result};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use db::at::At;
use db::attachment::{self, Attachment};
use db::dossier::Rows;
use futures::StreamExt;
use model::PersonId;
use model::event::{Actor, PersonEvent, Record};
use model::number::CaseNumber;
use serde_json::{Value, json};
use std::collections::HashSet;
use tokio::sync::mpsc;

/// The archive, piece by piece.
pub type Pieces = futures::stream::BoxStream<'static, Result<Bytes>>;

/// What `person.json` is, for whoever reads it.
const FORMAT: &str = "linea-amica-person/1";

/// Writes out all that is held on a person, all their merged records together. It is noted who asked for it.
///
/// # Errors
/// [`Error::NotFound`]; those of the database. What goes wrong with a file ends the archive with its error.
pub async fn write_out(centre: &Centre, by: By, id: PersonId) -> Result<Pieces> {
    let root = centre
        .work(by, move |w| {
            Box::pin(async move {
                w.must_be(MAY)?;
                let root = db::person::root(w.tx, id).await?.ok_or(Error::NotFound("person"))?;
                crate::person::tell(w, root.id, &PersonEvent::Exported);
                Ok(root.id)
            })
        })
        .await?;
    let Dossier { open, internal, files } = read(centre, root).await?;
    let (sender, receiver) = mpsc::channel(4);
    let centre = centre.clone();
    tokio::spawn(async move {
        if let Err(error) = archive(&centre, open, internal, files, &sender).await {
            // Whoever took it may have gone.
            let _ = sender.send(Err(error)).await;
        }
    });
    Ok(futures::stream::unfold(receiver, |mut receiver| async { Some((receiver.recv().await?, receiver)) }).boxed())
}

/// All that is held on a person.
#[derive(Debug)]
pub struct Dossier {
    pub open: Value,
    /// What operators noted for one another and were writing; nothing when there is nothing.
    pub internal: Option<Value>,
    /// Files that can be read, each with its place in the archive.
    pub files: Vec<(String, File)>,
}

/// A file of theirs.
#[derive(Debug)]
pub enum File {
    Attachment(Attachment),
    Recording(Recording),
}

/// Reads all that is held on a person, and looks which of their files are there.
///
/// # Errors
/// Only those of the database.
pub async fn read(centre: &Centre, root: PersonId) -> Result<Dossier> {
    let view = centre.db().view().await?;
    let records = db::person::records(&view, root).await?;
    let rows = db::dossier::read(&view, &records).await?;
    drop(view);
    let mut files = Vec::new();
    let mut missing = Missing::default();
    for file in &rows.files {
        let stored = Attachment::from(file.clone());
        match centre.files().read(&stored).await {
            Ok(_) => files.push((place(&rows, file), File::Attachment(stored))),
            Err(error) => {
                tracing::warn!(file = %file.stored_as, %error, "a file of a person cannot be written out");
                missing.files.insert(file.id);
            }
        }
    }
    for recorded in &rows.recordings {
        let recording = Recording::try_from(recorded.clone())?;
        match recording::open(centre, &recording).await {
            Ok(_) => files.push((sound(recorded), File::Recording(recording))),
            Err(error) => {
                tracing::warn!(recording.id = recorded.id, %error, "a recording of a person cannot be written out");
                missing.recordings.insert(recorded.id);
            }
        }
    }
    let now = centre.now();
    let (open, internal) = (person(root, &rows, &missing, now), internal(&rows, &missing, now));
    Ok(Dossier { open, internal, files })
}

/// What is written of, and cannot be read.
#[derive(Default)]
struct Missing {
    files: HashSet<i64>,
    recordings: HashSet<i64>,
}

async fn archive(
    centre: &Centre,
    open: Value,
    internal: Option<Value>,
    files: Vec<(String, File)>,
    to: &mpsc::Sender<Result<Bytes>>,
) -> Result<()> {
    let mut zip = Zip::new(centre.now());
    zip.file("person.json", format!("{open:#}\n").as_bytes());
    if let Some(internal) = internal {
        zip.file("internal.json", format!("{internal:#}\n").as_bytes());
    }
    for (place, file) in files {
        let file = match file {
            File::Attachment(file) => file,
            File::Recording(recorded) => {
                zip.file(&place, &recording::open(centre, &recorded).await?);
                if to.send(Ok(zip.take().into())).await.is_err() {
                    return Ok(());
                }
                continue;
            }
        };
        let mut bytes = centre.files().read(&file).await?;
        zip.begin(&place);
        while let Some(piece) = bytes.next().await {
            let failed = |e: object_store::Error| Error::File { key: file.stored_as.clone(), why: e.to_string() };
            zip.more(&piece.map_err(failed)?);
            if to.send(Ok(zip.take().into())).await.is_err() {
                return Ok(());
            }
        }
    }
    // Whoever took it may have gone.
    let _ = to.send(Ok(zip.end().into())).await;
    Ok(())
}

/// Where a file stands in the archive: names may be alike.
fn place(rows: &Rows, file: &attachment::Model) -> String {
    let folder = if is_internal(rows, file) { "internal" } else { "files" };
    format!("{folder}/{}-{}", file.id, file.name)
}

/// Where what was recorded stands in the archive.
fn sound(recorded: &db::recording::Model) -> String {
    format!("recordings/{}.ogg", recorded.id)
}

/// Did it come with a note?
fn is_internal(rows: &Rows, file: &attachment::Model) -> bool {
    file.message_id.is_some_and(|id| rows.messages.iter().any(|message| message.id == id && message.internal))
}

fn time(at: At) -> DateTime<Utc> {
    at.into()
}

fn maybe(at: Option<At>) -> Option<DateTime<Utc>> {
    at.map(time)
}

/// What a record held that no column here does.
fn extra(stored: Option<&String>) -> Option<Value> {
    stored.and_then(|text| serde_json::from_str(text).ok())
}

fn person(root: PersonId, rows: &Rows, missing: &Missing, now: DateTime<Utc>) -> Value {
    let of_case =
        |contact: &&db::contact::Model| contact.case_id.is_some_and(|id| rows.cases.iter().any(|case| case.id == id));
    json!({
        "format": FORMAT,
        "written_at": now,
        "person": root,
        "records": rows.records.iter().map(|record| json!({
            "id": record.id,
            "name": record.name,
            "language": record.language,
            "region": record.region,
            "known_since": time(record.created_at),
            "merged_into": record.merged_into,
            "id_elsewhere": record.external,
            "also": extra(record.extra.as_ref()),
            "addresses": rows.addresses.iter().filter(|address| address.person_id == record.id).map(|address| json!({
                "kind": address.kind, "value": address.value, "known_since": time(address.created_at),
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "cases": rows.cases.iter().map(|one| case(rows, missing, one)).collect::<Vec<_>>(),
        "other_contacts": rows.contacts.iter().filter(|one| !of_case(one)).map(|one| contact(rows, missing, one)).collect::<Vec<_>>(),
    })
}

fn case(rows: &Rows, missing: &Missing, case: &db::case::Model) -> Value {
    json!({
        "number": number(case),
        "service": case.service,
        "state": case.state,
        "subject": case.subject,
        "topic": case.topic,
        "kind": case.kind,
        "region": case.region,
        "language": case.language,
        "opened_at": time(case.opened_at),
        "first_answer_at": maybe(case.first_answer_at),
        "solved_at": maybe(case.solved_at),
        "outcome": case.outcome,
        "closed_at": maybe(case.closed_at),
        "news_to": case.announce_to,
        "news_with_content": case.announce_content,
        "id_elsewhere": case.external,
        "also": extra(case.extra.as_ref()),
        "contacts": rows.contacts.iter().filter(|one| one.case_id == Some(case.id))
            .map(|one| contact(rows, missing, one)).collect::<Vec<_>>(),
        "messages": messages(rows, case.id, false),
        "files": files(rows, missing, case.id, false),
        "surveys": rows.surveys.iter().filter(|survey| survey.case_id == case.id).map(|survey| json!({
            "channel": survey.channel, "asked_at": time(survey.asked_at), "answered_at": maybe(survey.answered_at),
            "efficient": survey.efficient, "effective": survey.effective, "comment": survey.comment,
            "also": extra(survey.extra.as_ref()),
        })).collect::<Vec<_>>(),
        "letters": rows.letters.iter().filter(|letter| letter.case_id == Some(case.id)).map(|letter| json!({
            "by": letter.kind, "state": letter.state, "to": letter.payload.get("to"),
            "decided_at": time(letter.created_at), "ended_at": maybe(letter.done_at),
        })).collect::<Vec<_>>(),
        "history": rows.history.iter().filter(|record| record.subject_id == case.id.to_string()).map(happened)
            .collect::<Vec<_>>(),
    })
}

fn contact(rows: &Rows, missing: &Missing, contact: &db::contact::Model) -> Value {
    json!({
        "service": contact.service,
        "channel": contact.channel,
        "direction": contact.direction,
        "entry_point": contact.entry_point,
        "from": contact.from_address,
        "started_at": time(contact.started_at),
        "answered_at": maybe(contact.answered_at),
        "ended_at": maybe(contact.ended_at),
        "outcome": contact.outcome,
        "language": contact.language,
        "topic": contact.topic,
        "subject": contact.subject,
        "text": contact.text,
        "recordings": rows.recordings.iter().filter(|one| one.contact == contact.id).map(|one| {
            let is_missing = missing.recordings.contains(&one.id);
            json!({
                "of": one.kind, "began_at": time(one.began_at), "seconds": one.seconds,
                "file": (!is_missing).then(|| sound(one)), "missing": is_missing,
            })
        }).collect::<Vec<_>>(),
        "id_elsewhere": contact.external,
        "also": extra(contact.extra.as_ref()),
    })
}

fn messages(rows: &Rows, case: i64, internal: bool) -> Vec<Value> {
    let of_case = rows.messages.iter().filter(|message| message.case_id == case && message.internal == internal);
    let told = of_case.map(|message| {
        json!({
            "at": time(message.at), "from": message.author, "channel": message.channel, "text": message.text,
            "id_elsewhere": message.external, "also": extra(message.extra.as_ref()),
        })
    });
    told.collect()
}

/// The files of a case; one that cannot be read says so, and stands nowhere.
fn files(rows: &Rows, missing: &Missing, case: i64, internal: bool) -> Vec<Value> {
    let of_case = rows.files.iter().filter(|file| file.case_id == case && is_internal(rows, file) == internal);
    let told = of_case.map(|file| {
        let is_missing = missing.files.contains(&file.id);
        json!({
            "name": file.name, "media_type": file.media_type, "size": file.size, "came_at": time(file.created_at),
            "file": (!is_missing).then(|| place(rows, file)), "missing": is_missing,
        })
    });
    told.collect()
}

/// What operators were writing in a case.
fn drafts(rows: &Rows, case: i64) -> Vec<Value> {
    let of_case = rows.drafts.iter().filter(|draft| draft.case_id == case);
    of_case.map(|draft| json!({ "of": draft.kind, "text": draft.text, "saved_at": time(draft.saved_at) })).collect()
}

/// What happened, by whom: of operators it is said that they did it, and not who they are.
fn happened(record: &Record) -> Value {
    let by = match record.actor {
        Actor::Citizen => "citizen",
        Actor::Staff(_) => "operator",
        Actor::System => "system",
    };
    json!({ "at": record.at, "what": record.kind, "by": by })
}

/// What operators noted of the cases and were writing in them; nothing when there is nothing.
fn internal(rows: &Rows, missing: &Missing, now: DateTime<Utc>) -> Option<Value> {
    let of_case = |case: &db::case::Model| {
        let (notes, files) = (messages(rows, case.id, true), files(rows, missing, case.id, true));
        let drafts = drafts(rows, case.id);
        let nothing = notes.is_empty() && files.is_empty() && drafts.is_empty();
        (!nothing).then(|| json!({ "number": number(case), "notes": notes, "files": files, "drafts": drafts }))
    };
    let noted: Vec<Value> = rows.cases.iter().filter_map(of_case).collect();
    (!noted.is_empty()).then(|| json!({ "format": FORMAT, "written_at": now, "cases": noted }))
}

fn number(case: &db::case::Model) -> String {
    CaseNumber::new(model::CaseId(case.id), time(case.opened_at)).to_string()
}
