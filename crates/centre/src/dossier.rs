//! All that is held on a person, written out for them (GDPR articles 15 and 20): one ZIP with `person.json`, their files
//! under `files/`, and beside them `internal.json`, what operators noted for one another. That is theirs to ask for as
//! well; it stands apart because it may speak of others, and whoever hands it over reads it first.

use crate::erasure::MAY;
use crate::zip::Zip;
use crate::{By, Centre, Error, Result};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use db::at::At;
use db::dossier::Rows;
use futures::StreamExt;
use model::PersonId;
use model::event::{Actor, PersonEvent, Record};
use model::number::CaseNumber;
use serde_json::{Value, json};
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
    let (open, internal, rows) = read(centre, root).await?;
    let (sender, receiver) = mpsc::channel(4);
    let centre = centre.clone();
    tokio::spawn(async move {
        if let Err(error) = archive(&centre, open, internal, rows, &sender).await {
            // Whoever took it may have gone.
            let _ = sender.send(Err(error)).await;
        }
    });
    Ok(futures::stream::unfold(receiver, |mut receiver| async { Some((receiver.recv().await?, receiver)) }).boxed())
}

/// All that is held on a person, what operators noted for one another apart, and the rows it was read from.
///
/// # Errors
/// Only those of the database.
pub async fn read(centre: &Centre, root: PersonId) -> Result<(Value, Option<Value>, Rows)> {
    let view = centre.db().view().await?;
    let records = db::person::records(&view, root).await?;
    let rows = db::dossier::read(&view, &records).await?;
    Ok((person(root, &rows, centre.now()), internal(&rows, centre.now()), rows))
}

async fn archive(
    centre: &Centre,
    open: Value,
    internal: Option<Value>,
    rows: Rows,
    to: &mpsc::Sender<Result<Bytes>>,
) -> Result<()> {
    let mut zip = Zip::new(centre.now());
    zip.file("person.json", format!("{open:#}\n").as_bytes());
    if let Some(internal) = internal {
        zip.file("internal.json", format!("{internal:#}\n").as_bytes());
    }
    for file in &rows.files {
        let stored = db::attachment::Attachment::from(file.clone());
        let mut bytes = match centre.files().read(&stored).await {
            Ok(bytes) => bytes,
            Err(error) => {
                tracing::warn!(file = %file.stored_as, %error, "a file of a person cannot be written out");
                continue;
            }
        };
        zip.begin(&place(file));
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
fn place(file: &db::attachment::Model) -> String {
    format!("files/{}-{}", file.id, file.name)
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

fn person(root: PersonId, rows: &Rows, now: DateTime<Utc>) -> Value {
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
        "cases": rows.cases.iter().map(|one| case(rows, one)).collect::<Vec<_>>(),
        "other_contacts": rows.contacts.iter().filter(|one| !of_case(one)).map(contact).collect::<Vec<_>>(),
    })
}

fn case(rows: &Rows, case: &db::case::Model) -> Value {
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
        "contacts": rows.contacts.iter().filter(|one| one.case_id == Some(case.id)).map(contact).collect::<Vec<_>>(),
        "messages": messages(rows, case.id, false),
        "files": rows.files.iter().filter(|file| file.case_id == case.id).map(|file| json!({
            "name": file.name, "media_type": file.media_type, "size": file.size, "came_at": time(file.created_at),
            "file": place(file),
        })).collect::<Vec<_>>(),
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

fn contact(contact: &db::contact::Model) -> Value {
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

/// What happened, by whom: of operators it is said that they did it, and not who they are.
fn happened(record: &Record) -> Value {
    let by = match record.actor {
        Actor::Citizen => "citizen",
        Actor::Staff(_) => "operator",
        Actor::System => "system",
    };
    json!({ "at": record.at, "what": record.kind, "by": by })
}

/// What operators noted of the cases; nothing when they noted nothing.
fn internal(rows: &Rows, now: DateTime<Utc>) -> Option<Value> {
    let noted: Vec<Value> = rows
        .cases
        .iter()
        .map(|case| (case, messages(rows, case.id, true)))
        .filter(|(_, notes)| !notes.is_empty())
        .map(|(case, notes)| json!({ "number": number(case), "notes": notes }))
        .collect();
    (!noted.is_empty()).then(|| json!({ "format": FORMAT, "written_at": now, "cases": noted }))
}

fn number(case: &db::case::Model) -> String {
    CaseNumber::new(model::CaseId(case.id), time(case.opened_at)).to_string()
}
