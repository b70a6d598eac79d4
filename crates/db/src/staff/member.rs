//! A member of the staff as the administration sees and changes them.

use super::{Column, Entity, Model, list, served, set_queues, staff};
use crate::at::At;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::user::{Role, Roles, Staff};
use model::{QueueId, UserId};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};
use std::collections::HashMap;

/// Somebody with all that is known of how they come in, whether they may or not.
#[derive(Debug, Clone)]
pub struct Member {
    pub staff: Staff,
    pub email: Option<String>,
    pub has_password: bool,
    pub disabled_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    /// The id that another system gave them, where they were brought in from one.
    pub external: Option<String>,
}

fn of(row: Model, queues: Vec<QueueId>) -> Result<Member> {
    let (email, external) = (row.email.clone(), row.external.clone());
    let has_password = row.password.is_some();
    let (disabled_at, created_at) = (row.disabled_at.map(Into::into), row.created_at.into());
    Ok(Member { staff: staff(row, queues)?, email, has_password, disabled_at, created_at, external })
}

/// One of them.
pub async fn member(connection: &impl ConnectionTrait, id: UserId) -> Result<Option<Member>> {
    let Some(row) = Entity::find_by_id(id.0).one(connection).await? else { return Ok(None) };
    let queues = served::Entity::find()
        .filter(served::Column::StaffId.eq(id.0))
        .order_by_asc(served::Column::QueueId)
        .all(connection)
        .await?;
    Ok(Some(of(row, queues.into_iter().map(|q| QueueId(q.queue_id)).collect())?))
}

/// All of them, by name.
pub async fn members(connection: &impl ConnectionTrait) -> Result<Vec<Member>> {
    let rows = Entity::find().order_by_asc(Column::Name).order_by_asc(Column::Id).all(connection).await?;
    let mut queues: HashMap<i64, Vec<QueueId>> = HashMap::new();
    for q in served::Entity::find().order_by_asc(served::Column::QueueId).all(connection).await? {
        queues.entry(q.staff_id).or_default().push(QueueId(q.queue_id));
    }
    rows.into_iter()
        .map(|row| {
            let own = queues.remove(&row.id).unwrap_or_default();
            of(row, own)
        })
        .collect()
}

/// Stores what the administration changes of somebody: all but the login, the password and the language of their pages.
pub async fn change(tx: &Tx, to: &Staff, email: Option<&str>) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Name, Expr::value(to.name.as_str()))
        .col_expr(Column::Email, Expr::value(email))
        .col_expr(Column::Roles, Expr::value(to.roles.to_string()))
        .col_expr(Column::Scope, Expr::value(to.scope.as_ref().map(|s| s.as_str())))
        .col_expr(Column::Languages, Expr::value(list(&to.languages)))
        .col_expr(Column::Skills, Expr::value(list(&to.skills)))
        .filter(Column::Id.eq(to.id.0))
        .exec(tx)
        .await?;
    set_queues(tx, to.id, &to.queues).await
}

/// Somebody may no longer sign in, since this moment, or may again.
pub async fn set_disabled(tx: &Tx, id: UserId, since: Option<DateTime<Utc>>) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::DisabledAt, Expr::value(since.map(At::from)))
        .filter(Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// Whoever is about to take the administration from somebody comes one after another: two administrators who disable
/// each other at the same moment would leave none. What is read after this is what stands.
pub async fn hold_administration(tx: &Tx) -> Result<()> {
    tx.ahead(&[], &["administration"]).await
}

/// Is there anybody else who can administer: who may sign in, has a password, the role and no scope?
pub async fn other_administrator(tx: &Tx, than: UserId) -> Result<bool> {
    let rows: Vec<String> = Entity::find()
        .select_only()
        .column(Column::Roles)
        .filter(Column::Id.ne(than.0))
        .filter(Column::DisabledAt.is_null())
        .filter(Column::Password.is_not_null())
        .filter(Column::Scope.is_null())
        .filter(Column::Roles.contains(Role::Admin.as_str()))
        .into_tuple()
        .all(tx)
        .await?;
    Ok(rows.iter().any(|roles| roles.parse::<Roles>().is_ok_and(|roles| roles.has(Role::Admin))))
}
