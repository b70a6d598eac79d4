//! Staff: who may sign in, in which roles, and the queues they serve.

mod member;

pub use member::{Member, change, hold_administration, member, members, other_administrator, set_disabled};

use crate::at::At;
use crate::error::word;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::user::{Roles, Skill, Staff};
use model::{QueueId, StructureId, UserId};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub login: String,
    pub name: String,
    /// The password's argon2id hash in PHC form; none for those who have not set one.
    pub password: Option<String>,
    pub roles: String,
    pub scope: Option<String>,
    pub language: String,
    pub disabled_at: Option<At>,
    pub created_at: At,
    /// The id that the sender of a record gave it.
    pub external: Option<String>,
    /// What the record held beside, as JSON.
    pub extra: Option<String>,
    pub email: Option<String>,
    /// Codes of languages, as a list in JSON.
    pub languages: Option<String>,
    /// [`Skill`]s, as a list in JSON.
    pub skills: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Which of these sign-in names are taken.
pub async fn logins(
    connection: &impl ConnectionTrait,
    wanted: impl Iterator<Item = String>,
) -> Result<std::collections::HashSet<String>> {
    use sea_orm::QuerySelect;
    let query = Entity::find().select_only().column(Column::Login).filter(Column::Login.is_in(wanted));
    Ok(query.into_tuple::<String>().all(connection).await?.into_iter().collect())
}

/// Which queues somebody serves.
pub mod served {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "staff_queue")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub staff_id: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub queue_id: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// What a new member of the staff begins with.
#[derive(Debug, Clone, Default)]
pub struct NewStaff {
    pub login: String,
    pub name: String,
    pub password: Option<String>,
    pub roles: Roles,
    pub scope: Option<StructureId>,
    pub queues: Vec<QueueId>,
    pub language: String,
    pub email: Option<String>,
    pub languages: Vec<String>,
    pub skills: Vec<Skill>,
}

/// Stores a new member of the staff.
///
/// # Errors
/// [`crate::Error::Taken`] when the login is.
pub async fn insert(tx: &Tx, new: &NewStaff, now: DateTime<Utc>) -> Result<UserId> {
    let row = ActiveModel {
        id: NotSet,
        login: Set(new.login.clone()),
        name: Set(new.name.clone()),
        password: Set(new.password.clone()),
        roles: Set(new.roles.to_string()),
        scope: Set(new.scope.as_ref().map(|s| s.0.clone())),
        language: Set(new.language.clone()),
        disabled_at: Set(None),
        created_at: Set(now.into()),
        external: NotSet,
        extra: NotSet,
        email: Set(new.email.clone()),
        languages: Set(list(&new.languages)),
        skills: Set(list(&new.skills)),
    };
    let id = UserId(Entity::insert(row).exec(tx).await?.last_insert_id);
    set_queues(tx, id, &new.queues).await?;
    Ok(id)
}

/// Stores which queues somebody serves.
pub async fn set_queues(tx: &Tx, id: UserId, queues: &[QueueId]) -> Result<()> {
    served::Entity::delete_many().filter(served::Column::StaffId.eq(id.0)).exec(tx).await?;
    if !queues.is_empty() {
        let rows = queues.iter().map(|q| served::ActiveModel { staff_id: Set(id.0), queue_id: Set(q.0.clone()) });
        served::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Those who serve a queue by name, each with all the queues that they serve.
pub async fn serving(connection: &impl ConnectionTrait, queue: &QueueId) -> Result<Vec<(UserId, Vec<QueueId>)>> {
    use sea_orm::{QuerySelect, QueryTrait};
    let who = served::Entity::find()
        .select_only()
        .column(served::Column::StaffId)
        .filter(served::Column::QueueId.eq(queue.as_str()));
    let rows = served::Entity::find()
        .filter(served::Column::StaffId.in_subquery(who.into_query()))
        .order_by_asc(served::Column::StaffId)
        .order_by_asc(served::Column::QueueId)
        .all(connection)
        .await?;
    let mut all: Vec<(UserId, Vec<QueueId>)> = Vec::new();
    for row in rows {
        match all.last_mut() {
            Some((id, queues)) if id.0 == row.staff_id => queues.push(QueueId(row.queue_id)),
            _ => all.push((UserId(row.staff_id), vec![QueueId(row.queue_id)])),
        }
    }
    Ok(all)
}

/// A member of the staff who may sign in, with the hash of their password.
pub async fn by_login(connection: &impl ConnectionTrait, login: &str) -> Result<Option<(Staff, Option<String>)>> {
    let row =
        Entity::find().filter(Column::Login.eq(login)).filter(Column::DisabledAt.is_null()).one(connection).await?;
    match row {
        Some(row) => {
            let password = row.password.clone();
            Ok(Some((with_queues(connection, row).await?, password)))
        }
        None => Ok(None),
    }
}

/// A member of the staff who may sign in.
pub async fn load(connection: &impl ConnectionTrait, id: UserId) -> Result<Option<Staff>> {
    match Entity::find_by_id(id.0).filter(Column::DisabledAt.is_null()).one(connection).await? {
        Some(row) => Ok(Some(with_queues(connection, row).await?)),
        None => Ok(None),
    }
}

async fn with_queues(connection: &impl ConnectionTrait, row: Model) -> Result<Staff> {
    let queues = served::Entity::find()
        .filter(served::Column::StaffId.eq(row.id))
        .order_by_asc(served::Column::QueueId)
        .all(connection)
        .await?;
    staff(row, queues.into_iter().map(|q| QueueId(q.queue_id)).collect())
}

fn staff(row: Model, queues: Vec<QueueId>) -> Result<Staff> {
    Ok(Staff {
        id: UserId(row.id),
        login: row.login,
        name: row.name,
        roles: word("staff.roles", &row.roles)?,
        scope: row.scope.map(StructureId),
        queues,
        language: row.language,
        languages: of_list(row.languages.as_deref()),
        skills: of_list(row.skills.as_deref()),
    })
}

/// A list as it is stored: nothing where it is empty.
fn list<T: serde::Serialize>(all: &[T]) -> Option<String> {
    if all.is_empty() { None } else { serde_json::to_string(all).ok() }
}

/// The list that was stored; what cannot be read is nothing.
fn of_list<T: serde::de::DeserializeOwned>(stored: Option<&str>) -> Vec<T> {
    stored.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

/// Everyone, by name, with those who may no longer sign in marked.
pub async fn all(connection: &impl ConnectionTrait) -> Result<Vec<(Staff, bool)>> {
    let rows = Entity::find().order_by_asc(Column::Name).order_by_asc(Column::Id).all(connection).await?;
    let queues = served::Entity::find().order_by_asc(served::Column::QueueId).all(connection).await?;
    rows.into_iter()
        .map(|row| {
            let own = queues.iter().filter(|q| q.staff_id == row.id).map(|q| QueueId(q.queue_id.clone())).collect();
            let disabled = row.disabled_at.is_some();
            Ok((staff(row, own)?, disabled))
        })
        .collect()
}

/// Stores another password, as its hash, and ends every session that the old one began. Nobody has this
/// login when it is `None`.
pub async fn set_password(tx: &Tx, login: &str, hash: &str) -> Result<Option<UserId>> {
    let found = Entity::find().filter(Column::Login.eq(login)).one(tx).await?;
    let Some(row) = found else { return Ok(None) };
    give_password(tx, UserId(row.id), hash).await?;
    Ok(Some(UserId(row.id)))
}

/// As [`set_password`], by the id of somebody who is there.
pub async fn give_password(tx: &Tx, id: UserId, hash: &str) -> Result<()> {
    store_password(tx, id, hash).await?;
    crate::session::end_all(tx, id).await
}

/// Stores another password; sessions go on.
pub async fn store_password(tx: &Tx, id: UserId, hash: &str) -> Result<()> {
    Entity::update_many().col_expr(Column::Password, Expr::value(hash)).filter(Column::Id.eq(id.0)).exec(tx).await?;
    Ok(())
}

/// The hash of somebody's password, where they have one.
pub async fn password(connection: &impl ConnectionTrait, id: UserId) -> Result<Option<String>> {
    Ok(Entity::find_by_id(id.0).one(connection).await?.and_then(|row| row.password))
}

/// Those who may sign in with a password and have this login or this e-mail address, at most `limit`.
pub async fn reached_by(connection: &impl ConnectionTrait, typed: &str, limit: u64) -> Result<Vec<(UserId, String)>> {
    use sea_orm::{Condition, QuerySelect};
    let rows = Entity::find()
        .filter(Column::DisabledAt.is_null())
        .filter(Column::Password.is_not_null())
        .filter(Column::Email.is_not_null())
        .filter(Condition::any().add(Column::Login.eq(typed)).add(Column::Email.eq(typed)))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(connection)
        .await?;
    Ok(rows.into_iter().filter_map(|row| Some((UserId(row.id), row.email?))).collect())
}

/// Stores another language for somebody's pages.
pub async fn set_language(tx: &Tx, id: UserId, language: &str) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Language, Expr::value(language))
        .filter(Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

/// The names of these, as far as they are known: those who left keep theirs on the timeline.
pub async fn names(
    connection: &impl ConnectionTrait,
    ids: &[UserId],
) -> Result<std::collections::HashMap<UserId, String>> {
    use sea_orm::QuerySelect;
    let query = Entity::find()
        .select_only()
        .column(Column::Id)
        .column(Column::Name)
        .filter(Column::Id.is_in(ids.iter().map(|u| u.0)));
    let rows: Vec<(i64, String)> = query.into_tuple().all(connection).await?;
    Ok(rows.into_iter().map(|(id, name)| (UserId(id), name)).collect())
}
