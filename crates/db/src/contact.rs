//! Contacts: one exchange on one channel, with the words that were said or written.

use crate::at::At;
use crate::error::word;
use crate::{Counted, Result, Tx};
use chrono::{DateTime, Utc};
use model::address::{Address, AddressKind};
use model::contact::Contact;
use model::{CaseId, ContactId, PersonId, ServiceId, TopicId, UserId};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contact")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub case_id: Option<i64>,
    pub person_id: Option<i64>,
    pub service: String,
    pub channel: String,
    pub direction: String,
    pub entry_point: Option<String>,
    pub from_address: Option<String>,
    pub started_at: At,
    pub queued_at: Option<At>,
    pub answered_at: Option<At>,
    pub ended_at: Option<At>,
    pub outcome: Option<String>,
    pub operator: Option<i64>,
    pub language: Option<String>,
    pub topic: Option<String>,
    pub subject: Option<String>,
    pub text: Option<String>,
    /// The id that the sender of a record gave it.
    pub external: Option<String>,
    /// What the record held beside, as JSON.
    pub extra: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// A contact with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub contact: Contact,
    pub words: Words,
}

/// What was said or written: emptied by erasure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    pub from: Option<String>,
    pub subject: Option<String>,
    pub text: Option<String>,
}

impl TryFrom<Model> for Stored {
    type Error = crate::Error;

    fn try_from(row: Model) -> Result<Self> {
        let time = |at: Option<At>| at.map(DateTime::<Utc>::from);
        Ok(Self {
            contact: Contact {
                id: ContactId(row.id),
                case: row.case_id.map(CaseId),
                person: row.person_id.map(PersonId),
                service: ServiceId(row.service),
                channel: word("contact.channel", &row.channel)?,
                direction: word("contact.direction", &row.direction)?,
                entry_point: row.entry_point,
                started_at: row.started_at.into(),
                queued_at: time(row.queued_at),
                answered_at: time(row.answered_at),
                ended_at: time(row.ended_at),
                outcome: row.outcome.as_deref().map(|w| word("contact.outcome", w)).transpose()?,
                operator: row.operator.map(UserId),
                language: row.language,
                topic: row.topic.map(TopicId),
            },
            words: Words { from: row.from_address, subject: row.subject, text: row.text },
        })
    }
}

fn columns(contact: &Contact) -> ActiveModel {
    let time = |t: Option<DateTime<Utc>>| Set(t.map(At::from));
    ActiveModel {
        id: Set(contact.id.0),
        case_id: Set(contact.case.map(|c| c.0)),
        person_id: Set(contact.person.map(|p| p.0)),
        service: Set(contact.service.0.clone()),
        channel: Set(contact.channel.to_string()),
        direction: Set(contact.direction.to_string()),
        entry_point: Set(contact.entry_point.clone()),
        from_address: NotSet,
        started_at: Set(contact.started_at.into()),
        queued_at: time(contact.queued_at),
        answered_at: time(contact.answered_at),
        ended_at: time(contact.ended_at),
        outcome: Set(contact.outcome.map(|o| o.to_string())),
        operator: Set(contact.operator.map(|u| u.0)),
        language: Set(contact.language.clone()),
        topic: Set(contact.topic.as_ref().map(|t| t.0.clone())),
        subject: NotSet,
        text: NotSet,
        external: NotSet,
        extra: NotSet,
    }
}

/// Stores a new contact; its id is given here and returned.
pub async fn insert(tx: &Tx, contact: &Contact, words: &Words) -> Result<ContactId> {
    let mut row = columns(contact);
    let id = tx.id(Counted::Contact).await?;
    row.id = Set(id);
    row.from_address = Set(words.from.clone());
    row.subject = Set(words.subject.clone());
    row.text = Set(words.text.clone());
    tx.later("contact", Entity::insert(row).into_query());
    Ok(ContactId(id))
}

/// Stores what moves have made of a contact; its words stay.
pub async fn update(tx: &Tx, contact: &Contact) -> Result<()> {
    Entity::update(columns(contact)).validate().map_err(crate::Error::from)?.exec_without_returning(tx).await?;
    Ok(())
}

/// A contact with its words.
pub async fn load(connection: &impl ConnectionTrait, id: ContactId) -> Result<Option<Stored>> {
    Entity::find_by_id(id.0).one(connection).await?.map(Stored::try_from).transpose()
}

/// The last contacts that began, oldest first.
pub async fn latest(connection: &impl ConnectionTrait, limit: u64) -> Result<Vec<Stored>> {
    let rows = Entity::find().order_by_desc(Column::Id).limit(limit).all(connection).await?;
    rows.into_iter().rev().map(Stored::try_from).collect()
}

/// The contacts of these cases, in the order they began.
pub async fn of_cases(connection: &impl ConnectionTrait, cases: &[CaseId]) -> Result<Vec<Stored>> {
    let rows = Entity::find()
        .filter(Column::CaseId.is_in(cases.iter().map(|c| c.0)))
        .order_by_asc(Column::StartedAt)
        .order_by_asc(Column::Id)
        .all(connection)
        .await?;
    rows.into_iter().map(Stored::try_from).collect()
}

/// An address without what people write between the digits of a number. Written as in the index of `OF_NOBODY`.
const BARE: &str = "lower(replace(replace(replace(replace(replace(replace(replace(from_address, \
    ' ', ''), '\u{a0}', ''), '.', ''), '-', ''), '/', ''), '(', ''), ')', ''))";
const OF_NOBODY: &str = "case_id IS NULL AND person_id IS NULL AND from_address IS NOT NULL";

/// Contacts that came to no case and are nobody's, from one of these addresses, however it was written.
pub async fn of_nobody(connection: &impl ConnectionTrait, addresses: &[Address]) -> Result<Vec<Model>> {
    let bare: Vec<String> = addresses.iter().flat_map(bare).collect();
    let found = Entity::find().filter(Expr::cust(OF_NOBODY)).filter(Expr::cust(BARE).is_in(bare));
    let mut rows = found.order_by_asc(Column::Id).all(connection).await?;
    let is_one = |typed: &String| Address::any("from", typed).is_ok_and(|address| addresses.contains(&address));
    rows.retain(|row| row.from_address.as_ref().is_some_and(is_one));
    Ok(rows)
}

/// The ways in which an address may be written, without what stands between.
fn bare(address: &Address) -> Vec<String> {
    let value: String = address.value.chars().filter(|c| !" \u{a0}.-/()".contains(*c)).collect();
    let mut all = match (address.kind, value.strip_prefix('+')) {
        (AddressKind::Phone, Some(digits)) => {
            let national = digits.strip_prefix("39").map(str::to_owned);
            [Some(format!("00{digits}")), national].into_iter().flatten().collect()
        }
        _ => Vec::new(),
    };
    all.push(value);
    all
}

/// Moves contacts to another case, from `from` only; returns how many went.
pub async fn move_to_case(tx: &Tx, ids: &[ContactId], from: CaseId, to: CaseId) -> Result<u64> {
    let moved = Entity::update_many()
        .col_expr(Column::CaseId, Expr::value(to.0))
        .filter(Column::Id.is_in(ids.iter().map(|c| c.0)))
        .filter(Column::CaseId.eq(from.0))
        .exec(tx)
        .await?;
    Ok(moved.rows_affected)
}

/// How many contacts these persons have had since `since`.
pub async fn count_of_cases(connection: &impl ConnectionTrait, cases: &[CaseId], since: DateTime<Utc>) -> Result<u64> {
    let count: Option<i64> = Entity::find()
        .select_only()
        .column_as(Column::Id.count(), "n")
        .filter(Column::CaseId.is_in(cases.iter().map(|c| c.0)))
        .filter(Column::StartedAt.gte(At::from(since)))
        .into_tuple()
        .one(connection)
        .await?;
    Ok(count.and_then(|n| u64::try_from(n).ok()).unwrap_or_default())
}

/// Since when each of these waits, or goes on where it has entered no queue: without its words.
pub async fn waiting_since(
    connection: &impl ConnectionTrait,
    ids: &[ContactId],
) -> Result<Vec<(ContactId, DateTime<Utc>)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(i64, At, Option<At>)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::StartedAt, Column::QueuedAt])
        .filter(Column::Id.is_in(ids.iter().map(|c| c.0)))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|(id, started, queued)| (ContactId(id), queued.unwrap_or(started).into())).collect())
}

#[cfg(test)]
mod tests {
    use super::{BARE, OF_NOBODY, bare};
    use crate::migration::tables;
    use model::address::Address;

    #[test]
    fn what_is_nobodys_is_looked_for_in_the_words_of_its_index() {
        let words = |sql: &str| sql.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        let tables = words(&tables());
        assert!(tables.contains(OF_NOBODY) && tables.contains(&words(BARE)));
    }

    #[test]
    fn an_address_is_found_however_it_was_written() {
        let written = |address: Address, typed: &str| {
            let typed: String = typed.to_lowercase().chars().filter(|c| !" \u{a0}.-/()".contains(*c)).collect();
            bare(&address).contains(&typed)
        };
        let phone = || Address::phone("p", "3335550117").unwrap();
        for typed in ["+393335550117", "+39 333 555.0117", "0039-333/5550117", "(333) 555\u{a0}0117"] {
            assert!(written(phone(), typed), "{typed}");
        }
        assert!(!written(phone(), "333 555 0118"));
        assert!(written(Address::email("e", "a.b-c@posta.example").unwrap(), " A.B-c@Posta.Example "));
    }
}
