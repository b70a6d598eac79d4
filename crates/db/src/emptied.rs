//! What senders called records that were emptied since, as keyed hashes: the same record brought again is known to be there
//! and stays empty, and nobody can read from the hash what the id was (it may be a tax code).

use crate::bulk::Sent;
use crate::{Result, Tx};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityName, QuerySelect, Set, Statement};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "emptied")]
pub struct Model {
    /// The table.
    #[sea_orm(primary_key, auto_increment = false)]
    pub noun: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    pub row_id: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Makes the hash of a noun and a sender's id.
pub type Keyed<'a> = &'a (dyn Fn(&str, &str) -> String + Sync);

/// Rows that one statement writes or looks for.
const SOME: usize = 500;

/// What a kind of record is called here.
#[must_use]
pub fn noun<E: Sent>() -> &'static str {
    EntityName::table_name(&E::default())
}

/// Keeps the hashes of what senders call these rows of a table, which are about to be emptied.
pub(crate) async fn keep(tx: &Tx, keyed: Keyed<'_>, noun: &str, which: &str) -> Result<()> {
    let sql = format!("SELECT id, external FROM {noun} WHERE external IS NOT NULL AND {which}");
    let mut rows = Vec::new();
    for row in tx.query_all_raw(Statement::from_string(tx.get_database_backend(), sql)).await? {
        let (id, external): (i64, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        rows.push(ActiveModel { noun: Set(noun.to_owned()), hash: Set(keyed(noun, &external)), row_id: Set(id) });
    }
    for some in rows.chunks(SOME) {
        let insert = Entity::insert_many(some.iter().cloned());
        let once = OnConflict::columns([Column::Noun, Column::Hash]).do_nothing().to_owned();
        insert.on_conflict(once).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// True when any record of a kind was emptied.
pub async fn any<E: Sent>(connection: &impl ConnectionTrait) -> Result<bool> {
    let found = Entity::find().filter(Column::Noun.eq(noun::<E>())).limit(1).one(connection).await?;
    Ok(found.is_some())
}

/// The rows that had these hashes' ids.
pub async fn ids<E: Sent>(connection: &impl ConnectionTrait, hashes: &[String]) -> Result<Vec<(String, i64)>> {
    let mut found = Vec::new();
    for some in hashes.chunks(SOME) {
        let query = Entity::find().filter(Column::Noun.eq(noun::<E>())).filter(Column::Hash.is_in(some));
        found.extend(query.all(connection).await?.into_iter().map(|row| (row.hash, row.row_id)));
    }
    Ok(found)
}
