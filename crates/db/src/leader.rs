//! Who of the processes on one database does what only one may do at a time. A row beats while its holder lives; one whose
//! beat has stood still for as long as the lease lasts is taken over, by whoever names the beat that they saw last.

use crate::{Result, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "leader")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub task: String,
    /// The process that does it; none where it was given back.
    pub node: Option<String>,
    /// The data folder that it lives in.
    pub place: String,
    pub beat: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Who does a task, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leader {
    pub node: Option<String>,
    pub place: String,
    pub beat: i64,
}

pub async fn load(connection: &impl ConnectionTrait, task: &str) -> Result<Option<Leader>> {
    let row = Entity::find_by_id(task).one(connection).await?;
    Ok(row.map(|Model { node, place, beat, .. }| Leader { node, place, beat }))
}

/// Takes a task that nobody had, or whoever beat `seen` last; false where somebody was quicker, or is alive.
pub async fn take(tx: &Tx, task: &str, node: &str, place: &str, seen: Option<i64>) -> Result<bool> {
    let beat = seen.map_or(0, |seen| seen + 1);
    let row = ActiveModel {
        task: Set(task.to_owned()),
        node: Set(Some(node.to_owned())),
        place: Set(place.to_owned()),
        beat: Set(beat),
    };
    let mut taken = OnConflict::column(Column::Task);
    match seen {
        Some(seen) => taken
            .update_columns([Column::Node, Column::Place, Column::Beat])
            .action_and_where(Expr::col((Entity, Column::Beat)).eq(seen)),
        None => taken.do_nothing(),
    };
    Ok(Entity::insert(row).on_conflict(taken).exec_without_returning(tx).await? == 1)
}

/// Says that a process still does a task; false when it is another's.
pub async fn beat(tx: &Tx, task: &str, node: &str) -> Result<bool> {
    let beats = Entity::update_many().col_expr(Column::Beat, Expr::col(Column::Beat).add(1));
    let ours = beats.filter(Column::Task.eq(task)).filter(Column::Node.eq(node));
    Ok(ours.exec(tx).await?.rows_affected == 1)
}

/// A process does it no more: whoever comes next may take it at once.
pub async fn give_back(tx: &Tx, task: &str, node: &str) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Node, Expr::value(None::<String>))
        .col_expr(Column::Beat, Expr::col(Column::Beat).add(1))
        .filter(Column::Task.eq(task))
        .filter(Column::Node.eq(node))
        .exec(tx)
        .await?;
    Ok(())
}
