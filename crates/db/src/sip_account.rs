//! Accounts of telephones: by what name an operator's telephone registers, and what its password is compared with. The
//! password itself is nowhere (RFC 8760: a digest of name, realm and password for each algorithm).

use crate::at::At;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::UserId;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sip_account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub staff_id: i64,
    #[sea_orm(unique)]
    pub name: String,
    pub ha1_md5: String,
    pub ha1_sha256: String,
    pub changed_at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// An account.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    pub staff: UserId,
    pub name: String,
    pub ha1_md5: String,
    pub ha1_sha256: String,
}

impl From<Model> for Account {
    fn from(row: Model) -> Self {
        Self { staff: UserId(row.staff_id), name: row.name, ha1_md5: row.ha1_md5, ha1_sha256: row.ha1_sha256 }
    }
}

/// Stores somebody's account, instead of the one they had.
pub async fn save(tx: &Tx, account: &Account, now: DateTime<Utc>) -> Result<()> {
    let row = ActiveModel {
        staff_id: Set(account.staff.0),
        name: Set(account.name.clone()),
        ha1_md5: Set(account.ha1_md5.clone()),
        ha1_sha256: Set(account.ha1_sha256.clone()),
        changed_at: Set(now.into()),
    };
    let again = OnConflict::column(Column::StaffId)
        .update_columns([Column::Name, Column::Ha1Md5, Column::Ha1Sha256, Column::ChangedAt])
        .to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

/// Removes somebody's account; true when there was one.
pub async fn remove(tx: &Tx, staff: UserId) -> Result<bool> {
    Ok(Entity::delete_by_id(staff.0).exec(tx).await?.rows_affected > 0)
}

pub async fn by_name(connection: &impl ConnectionTrait, name: &str) -> Result<Option<Account>> {
    Ok(Entity::find().filter(Column::Name.eq(name)).one(connection).await?.map(Account::from))
}

pub async fn of(connection: &impl ConnectionTrait, staff: UserId) -> Result<Option<Account>> {
    Ok(Entity::find_by_id(staff.0).one(connection).await?.map(Account::from))
}
