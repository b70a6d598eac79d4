//! Messages: replies, internal notes and the citizen's further words, beside the contacts of a case.

use crate::at::At;
use crate::error::word;
use crate::{Counted, Result, Tx};
use chrono::{DateTime, Utc};
use model::contact::Channel;
use model::message::Author;
use model::{CaseId, MessageId, UserId};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QueryTrait};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "message")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub case_id: i64,
    pub at: At,
    pub author: String,
    pub channel: String,
    pub text: Option<String>,
    pub operator: Option<i64>,
    pub internal: bool,
    /// The id that the sender of a record gave it.
    pub external: Option<String>,
    /// What the record held beside, as JSON.
    pub extra: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// A message as it stands on the timeline; its text is gone after an erasure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub id: MessageId,
    pub case: CaseId,
    pub at: DateTime<Utc>,
    pub author: Author,
    pub channel: Channel,
    pub text: Option<String>,
    pub operator: Option<UserId>,
    pub internal: bool,
}

impl TryFrom<Model> for Message {
    type Error = crate::Error;

    fn try_from(row: Model) -> Result<Self> {
        Ok(Self {
            id: MessageId(row.id),
            case: CaseId(row.case_id),
            at: row.at.into(),
            author: word("message.author", &row.author)?,
            channel: word("message.channel", &row.channel)?,
            text: row.text,
            operator: row.operator.map(UserId),
            internal: row.internal,
        })
    }
}

/// Stores a message; the id in `message` is not looked at, the one it gets is returned.
pub async fn insert(tx: &Tx, message: &Message) -> Result<MessageId> {
    let id = tx.id(Counted::Message).await?;
    let row = ActiveModel {
        id: Set(id),
        case_id: Set(message.case.0),
        at: Set(message.at.into()),
        author: Set(message.author.to_string()),
        channel: Set(message.channel.to_string()),
        text: Set(message.text.clone()),
        operator: Set(message.operator.map(|u| u.0)),
        internal: Set(message.internal),
        external: NotSet,
        extra: NotSet,
    };
    tx.later("message", Entity::insert(row).into_query());
    Ok(MessageId(id))
}

pub async fn load(connection: &impl ConnectionTrait, id: MessageId) -> Result<Option<Message>> {
    Entity::find_by_id(id.0).one(connection).await?.map(Message::try_from).transpose()
}

/// The messages of these cases, in order of time.
pub async fn of_cases(connection: &impl ConnectionTrait, cases: &[CaseId]) -> Result<Vec<Message>> {
    let rows = Entity::find()
        .filter(Column::CaseId.is_in(cases.iter().map(|c| c.0)))
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id)
        .all(connection)
        .await?;
    rows.into_iter().map(Message::try_from).collect()
}

/// Moves messages to another case, from `from` only; returns how many went.
pub async fn move_to_case(tx: &Tx, ids: &[MessageId], from: CaseId, to: CaseId) -> Result<u64> {
    let moved = Entity::update_many()
        .col_expr(Column::CaseId, Expr::value(to.0))
        .filter(Column::Id.is_in(ids.iter().map(|m| m.0)))
        .filter(Column::CaseId.eq(from.0))
        .exec(tx)
        .await?;
    Ok(moved.rows_affected)
}
