//! Who takes work at the moment: what they wish, and how they stand.

use crate::at::At;
use crate::error::word;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::UserId;
use model::availability::{PauseReason, Standing, Wish, Wished};
use model::call::Device;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "availability")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub staff_id: i64,
    pub wish: String,
    pub reason: Option<String>,
    pub wished_at: At,
    pub standing: String,
    pub since: At,
    pub device: Option<String>,
    pub until: Option<At>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Somebody as they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Availability {
    pub staff: UserId,
    pub wished: Wished,
    pub wished_at: DateTime<Utc>,
    pub standing: Standing,
    pub since: DateTime<Utc>,
    /// By what they are reached; None when neither softphone nor telephone is there.
    pub device: Option<Device>,
    /// When what they are at ends by itself: an offer, the writing up.
    pub until: Option<DateTime<Utc>>,
}

impl Availability {
    /// Somebody who has never said anything.
    #[must_use]
    pub fn off(staff: UserId, at: DateTime<Utc>) -> Self {
        let wished = Wished { wish: Wish::Off, reason: None };
        Self { staff, wished, wished_at: at, standing: Standing::Off, since: at, device: None, until: None }
    }
}

impl TryFrom<Model> for Availability {
    type Error = crate::Error;

    fn try_from(row: Model) -> Result<Self> {
        let reason: Option<PauseReason> = row.reason.as_deref().map(|w| word("availability.reason", w)).transpose()?;
        Ok(Self {
            staff: UserId(row.staff_id),
            wished: Wished { wish: word("availability.wish", &row.wish)?, reason },
            wished_at: row.wished_at.into(),
            standing: word("availability.standing", &row.standing)?,
            since: row.since.into(),
            device: row.device.as_deref().map(|w| word("availability.device", w)).transpose()?,
            until: row.until.map(Into::into),
        })
    }
}

/// Stores how somebody stands.
pub async fn save(tx: &Tx, one: &Availability) -> Result<()> {
    let row = ActiveModel {
        staff_id: Set(one.staff.0),
        wish: Set(one.wished.wish.to_string()),
        reason: Set(one.wished.reason.map(|r| r.to_string())),
        wished_at: Set(one.wished_at.into()),
        standing: Set(one.standing.to_string()),
        since: Set(one.since.into()),
        device: Set(one.device.map(|d| d.to_string())),
        until: Set(one.until.map(Into::into)),
    };
    let again = OnConflict::column(Column::StaffId)
        .update_columns([
            Column::Wish,
            Column::Reason,
            Column::WishedAt,
            Column::Standing,
            Column::Since,
            Column::Device,
            Column::Until,
        ])
        .to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

pub async fn load(connection: &impl ConnectionTrait, staff: UserId) -> Result<Option<Availability>> {
    Entity::find_by_id(staff.0).one(connection).await?.map(Availability::try_from).transpose()
}

/// Everybody who has ever said whether they take work.
pub async fn all(connection: &impl ConnectionTrait) -> Result<Vec<Availability>> {
    Entity::find().all(connection).await?.into_iter().map(Availability::try_from).collect()
}
