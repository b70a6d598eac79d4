//! Mail to citizens, to the staff, and of alarms to those who oversee: decided in the transaction of what it announces,
//! written when it is sent. What waits in the outbox holds the address and which text it is, never the text: an erasure
//! in between leaves nothing to send. What a link of an invitation holds is kept nowhere else, so it waits there too,
//! until it has gone.

use crate::{By, Centre, Result, Work, outbox, team};
use chrono::TimeDelta;
use db::outbox::Item;
use model::address::Address;
use model::alarm::Threshold;
use model::case::Case;
use model::code::Code;
use model::invitation;
use model::number::CaseNumber;
use model::retry::Retry;
use model::{AlarmId, CaseId, ContactId, InvitationId, MessageId, OutboxId};
use serde::{Deserialize, Serialize};

/// How long a process may take to hand mail to the server before another takes it over.
const LEASE: TimeDelta = TimeDelta::minutes(15);

/// Which letter it is, as the outbox keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "kebab-case")]
enum Letter {
    Received { case: CaseId },
    Reply { case: CaseId, message: MessageId },
    Solved { case: CaseId },
    Codes { cases: Vec<CaseId> },
    Invitation { kind: invitation::Kind, token: String, until: chrono::DateTime<chrono::Utc> },
    Alarm { alarm: AlarmId, over: bool },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Envelope {
    to: String,
    language: String,
    #[serde(flatten)]
    letter: Letter,
}

/// A case as a letter speaks of it.
#[derive(Debug, Clone)]
pub struct Named {
    pub number: CaseNumber,
    pub code: Code,
    pub subject: Option<String>,
}

/// What a letter says; the carrier puts it into words.
#[derive(Debug, Clone)]
pub enum Content {
    Received {
        case: Named,
        answer_by: Option<chrono::DateTime<chrono::Utc>>,
    },
    /// `text` only where the citizen asked for it.
    Reply {
        case: Named,
        text: Option<String>,
    },
    Solved {
        case: Named,
    },
    Codes {
        cases: Vec<Named>,
    },
    /// To somebody of the staff: a link by which they set a password.
    Invitation {
        kind: invitation::Kind,
        name: String,
        login: String,
        /// After the address of the portal.
        path: String,
        until: chrono::DateTime<chrono::Utc>,
    },
    /// To whoever oversees. `place` is the queue or service it is about, nothing for the whole centre; `over` when the
    /// letter says that it is over.
    Alarm {
        alarm: Box<db::alarm::Stored>,
        place: Option<String>,
        over: bool,
    },
}

/// A letter to hand to the mail server.
#[derive(Debug, Clone)]
pub struct Mail {
    pub id: OutboxId,
    /// The case it is about, where it is about one.
    pub case: Option<CaseId>,
    /// The same for every try, so that a repeat is known by its Message-ID.
    pub key: String,
    pub to: String,
    pub language: String,
    pub content: Content,
    pub tries: u32,
}

fn put(
    work: &Work<'_>,
    key: String,
    case: Option<CaseId>,
    message: Option<MessageId>,
    to: &str,
    language: &str,
    letter: Letter,
) {
    let envelope = Envelope { to: to.to_owned(), language: language.to_owned(), letter };
    let payload = serde_json::to_value(&envelope).unwrap_or_default();
    db::outbox::put(work.tx, &key, "email", case, message, payload, work.now);
}

pub(crate) fn announce_received(work: &Work<'_>, case: &Case, contact: ContactId, to: &str) {
    put(
        work,
        format!("received-{contact}"),
        Some(case.id),
        None,
        to,
        &case.language,
        Letter::Received { case: case.id },
    );
}

pub(crate) fn announce_reply(work: &Work<'_>, case: &Case, message: MessageId, to: &str) {
    put(
        work,
        format!("reply-{message}"),
        Some(case.id),
        Some(message),
        to,
        &case.language,
        Letter::Reply { case: case.id, message },
    );
}

pub(crate) fn announce_solved(work: &Work<'_>, case: &Case, to: &str) {
    put(
        work,
        format!("solved-{}-{}", case.id, case.version),
        Some(case.id),
        None,
        to,
        &case.language,
        Letter::Solved { case: case.id },
    );
}

pub(crate) fn announce_codes(work: &Work<'_>, cases: &[Case], to: &str) {
    let language = cases.first().map_or("it", |c| c.language.as_str());
    let key = format!("codes-{}-{}", cases.first().map_or(0, |c| c.id.0), work.now.timestamp_micros());
    put(work, key, None, None, to, language, Letter::Codes { cases: cases.iter().map(|c| c.id).collect() });
}

pub(crate) fn send_invitation(
    work: &Work<'_>,
    id: InvitationId,
    to: &str,
    language: &str,
    kind: invitation::Kind,
    token: &str,
    until: chrono::DateTime<chrono::Utc>,
) {
    let letter = Letter::Invitation { kind, token: token.to_owned(), until };
    put(work, format!("invitation-{id}"), None, None, to, language, letter);
}

/// Tells the addresses of a threshold of its alarm: that it stands, or that it is over.
pub(crate) fn announce_alarm(work: &Work<'_>, alarm: &db::alarm::Stored, threshold: &Threshold, over: bool) {
    let which = if over { "over".to_owned() } else { alarm.letters.to_string() };
    for (place, to) in threshold.mail.iter().enumerate() {
        let key = format!("alarm-{}-{which}-{place}", alarm.id);
        put(work, key, None, None, to, &threshold.language, Letter::Alarm { alarm: alarm.id, over });
    }
}

/// Claims mail that is due, and reads what it is to say. A letter whose case is gone or whose text was erased is done
/// without being sent; one that cannot be read is put off, and the others go.
///
/// # Errors
/// Only those of the database, before anything was claimed.
pub async fn claim(centre: &Centre, limit: u64) -> Result<Vec<Mail>> {
    let items = centre
        .work(By::System, move |w| {
            Box::pin(async move {
                Ok(db::outbox::claim(w.tx, &["email"], &w.centre.inner().node, w.now, LEASE, limit).await?)
            })
        })
        .await?;
    let mut mails = Vec::new();
    for item in items {
        let noted = match read(centre, &item).await {
            Ok(Some((to, language, content))) => {
                mails.push(Mail {
                    id: item.id,
                    case: item.case,
                    key: item.key,
                    to,
                    language,
                    content,
                    tries: item.tries,
                });
                continue;
            }
            Ok(None) => note_sent(centre, item.id, item.case).await,
            Err(error) => {
                tracing::error!(outbox.id = %item.id, outbox.tries = item.tries, %error, "a letter cannot be read");
                note_failed(centre, item.id, item.case, Some(item.tries), error.to_string()).await
            }
        };
        if let Err(error) = noted {
            // The lease runs out and the letter is looked at again.
            tracing::error!(outbox.id = %item.id, %error, "cannot note what became of a letter");
        }
    }
    Ok(mails)
}

async fn read(centre: &Centre, item: &Item) -> Result<Option<(String, String, Content)>> {
    let Ok(envelope) = serde_json::from_value::<Envelope>(item.payload.clone()) else { return Ok(None) };
    let content = match envelope.letter {
        Letter::Received { case } => {
            named(centre, case).await?.map(|(case, stored)| Content::Received { case, answer_by: stored.clocks.answer })
        }
        Letter::Solved { case } => named(centre, case).await?.map(|(case, _)| Content::Solved { case }),
        Letter::Reply { case, message } => {
            match (named(centre, case).await?, db::message::load(centre.db().read(), message).await?) {
                (Some((case, stored)), Some(message)) if message.text.is_some() => {
                    let wanted = db::case::load(centre.db().read(), stored.id)
                        .await?
                        .is_some_and(|s| s.content.announce_content);
                    Some(Content::Reply { case, text: message.text.filter(|_| wanted) })
                }
                _ => None,
            }
        }
        Letter::Codes { cases } => {
            let mut all = Vec::new();
            for case in cases {
                all.extend(named(centre, case).await?.map(|(named, _)| named));
            }
            (!all.is_empty()).then_some(Content::Codes { cases: all })
        }
        // One that opens no more is not sent: another was made, or it was withdrawn.
        Letter::Invitation { kind, token, until } => {
            crate::invitation::look(centre, &token).await?.map(|invited| Content::Invitation {
                kind,
                name: invited.name,
                login: invited.login,
                path: crate::invitation::path(&token),
                until,
            })
        }
        Letter::Alarm { alarm, over } => {
            db::alarm::load(centre.db().read(), alarm).await?.map(|alarm| Content::Alarm {
                place: team::place(centre, alarm.service.as_ref(), alarm.queue.as_ref()),
                alarm: Box::new(alarm),
                over,
            })
        }
    };
    Ok(content.map(|content| (envelope.to, envelope.language, content)))
}

async fn named(centre: &Centre, id: CaseId) -> Result<Option<(Named, Case)>> {
    let stored = db::case::load(centre.db().read(), id).await?;
    Ok(stored.map(|s| {
        (
            Named { number: CaseNumber::new(id, s.case.opened_at), code: centre.code(id), subject: s.content.subject },
            s.case,
        )
    }))
}

/// The mail server has it.
///
/// # Errors
/// Only those of the database: the lease then runs out and the letter is sent again, with the same Message-ID.
pub async fn sent(centre: &Centre, mail: &Mail) -> Result<()> {
    note_sent(centre, mail.id, mail.case).await
}

/// The mail server did not take it. `for_good` when it said that it never will.
///
/// # Errors
/// Only those of the database.
pub async fn failed(centre: &Centre, mail: &Mail, why: String, for_good: bool) -> Result<()> {
    note_failed(centre, mail.id, mail.case, if for_good { None } else { Some(mail.tries) }, why).await
}

async fn note_sent(centre: &Centre, id: OutboxId, case: Option<CaseId>) -> Result<()> {
    centre
        .work(By::System, move |w| {
            Box::pin(async move {
                if db::outbox::sent(w.tx, id, &w.centre.inner().node, w.now).await? {
                    outbox::told(w, &id.to_string(), "sent", case);
                }
                Ok(())
            })
        })
        .await
}

/// It failed after so many tries, or for good.
async fn note_failed(
    centre: &Centre,
    id: OutboxId,
    case: Option<CaseId>,
    tries: Option<u32>,
    why: String,
) -> Result<()> {
    let wait = tries.and_then(|tries| Retry::MAIL.after(tries, centre.inner().chance.permille()));
    centre
        .work(By::System, move |w| {
            Box::pin(async move {
                let again = wait.map(|wait| w.now + wait);
                let ours = db::outbox::failed(w.tx, id, &w.centre.inner().node, w.now, again, &why).await?;
                if ours && again.is_none() {
                    outbox::told(w, &id.to_string(), "given-up", case);
                }
                Ok(())
            })
        })
        .await
}

/// The address with its middle hidden, for the page that says where a letter went.
#[must_use]
pub fn hinted(address: &str) -> String {
    Address::any("to", address).map(|a| a.hinted()).unwrap_or_default()
}
