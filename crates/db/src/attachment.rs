//! Attachments: what a file is called and where its bytes are kept.

use crate::at::At;
use crate::{Counted, Result, Tx};
use chrono::{DateTime, Utc};
use model::{AttachmentId, CaseId, ContactId, MessageId};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{QueryOrder, QueryTrait};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attachment")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub case_id: i64,
    pub contact_id: Option<i64>,
    pub message_id: Option<i64>,
    pub name: String,
    pub media_type: String,
    pub size: i64,
    pub stored_as: String,
    pub created_at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// A file of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub id: AttachmentId,
    pub case: CaseId,
    pub contact: Option<ContactId>,
    pub message: Option<MessageId>,
    pub name: String,
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    pub stored_as: String,
    pub created_at: DateTime<Utc>,
}

impl From<Model> for Attachment {
    fn from(row: Model) -> Self {
        Self {
            id: AttachmentId(row.id),
            case: CaseId(row.case_id),
            contact: row.contact_id.map(ContactId),
            message: row.message_id.map(MessageId),
            name: row.name,
            media_type: row.media_type,
            size: row.size.unsigned_abs(),
            stored_as: row.stored_as,
            created_at: row.created_at.into(),
        }
    }
}

/// Stores an attachment; the id in it is not looked at.
pub async fn insert(tx: &Tx, file: &Attachment) -> Result<AttachmentId> {
    let id = tx.id(Counted::Attachment).await?;
    let row = ActiveModel {
        id: Set(id),
        case_id: Set(file.case.0),
        contact_id: Set(file.contact.map(|c| c.0)),
        message_id: Set(file.message.map(|m| m.0)),
        name: Set(file.name.clone()),
        media_type: Set(file.media_type.clone()),
        size: Set(i64::try_from(file.size).unwrap_or(i64::MAX)),
        stored_as: Set(file.stored_as.clone()),
        created_at: Set(file.created_at.into()),
    };
    tx.later("attachment", Entity::insert(row).into_query());
    Ok(AttachmentId(id))
}

pub async fn load(connection: &impl ConnectionTrait, id: AttachmentId) -> Result<Option<Attachment>> {
    Ok(Entity::find_by_id(id.0).one(connection).await?.map(Attachment::from))
}

pub async fn of_cases(connection: &impl ConnectionTrait, cases: &[CaseId]) -> Result<Vec<Attachment>> {
    let rows = Entity::find()
        .filter(Column::CaseId.is_in(cases.iter().map(|c| c.0)))
        .order_by_asc(Column::Id)
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(Attachment::from).collect())
}

/// Moves the files of contacts and messages that went to another case.
pub async fn follow(tx: &Tx, contacts: &[ContactId], messages: &[MessageId], from: CaseId, to: CaseId) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::CaseId, Expr::value(to.0))
        .filter(Column::CaseId.eq(from.0))
        .filter(
            Column::ContactId
                .is_in(contacts.iter().map(|c| c.0))
                .or(Column::MessageId.is_in(messages.iter().map(|m| m.0))),
        )
        .exec(tx)
        .await?;
    Ok(())
}

/// Which of these stored files a case still knows; the others can go.
pub async fn known(connection: &impl ConnectionTrait, stored: &[String]) -> Result<Vec<String>> {
    use sea_orm::QuerySelect;
    Ok(Entity::find()
        .select_only()
        .column(Column::StoredAs)
        .filter(Column::StoredAs.is_in(stored))
        .into_tuple()
        .all(connection)
        .await?)
}
