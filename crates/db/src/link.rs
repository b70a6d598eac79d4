//! Links between two cases, kept once with the smaller id first.

use crate::{Result, Tx};
use model::CaseId;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::sea_query::OnConflict;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub a: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub b: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

fn ordered(x: CaseId, y: CaseId) -> (i64, i64) {
    if x <= y { (x.0, y.0) } else { (y.0, x.0) }
}

/// Links two cases; linking them again changes nothing.
pub async fn insert(tx: &Tx, x: CaseId, y: CaseId) -> Result<()> {
    let (a, b) = ordered(x, y);
    let row = ActiveModel { a: Set(a), b: Set(b) };
    Entity::insert(row)
        .on_conflict(OnConflict::columns([Column::A, Column::B]).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Takes a link away; false when there was none.
pub async fn delete(tx: &Tx, x: CaseId, y: CaseId) -> Result<bool> {
    Ok(Entity::delete_by_id(ordered(x, y)).exec(tx).await?.rows_affected == 1)
}

/// The cases linked to this one.
pub async fn of(connection: &impl ConnectionTrait, case: CaseId) -> Result<Vec<CaseId>> {
    let rows = Entity::find().filter(Column::A.eq(case.0).or(Column::B.eq(case.0))).all(connection).await?;
    Ok(rows.into_iter().map(|row| CaseId(if row.a == case.0 { row.b } else { row.a })).collect())
}
