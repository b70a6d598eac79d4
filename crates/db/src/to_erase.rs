//! Whom a restored backup has brought back although they were erased after it was made. They are noted with the rest of the
//! restored rows, so that whatever breaks off then, they are erased again before anybody works with them.

use crate::erasure::list;
use crate::{Result, Tx, migration, person};
use model::PersonId;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, Statement};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "to_erase")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub noun: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Who was erased in a database because somebody asked for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erased {
    pub persons: Vec<PersonId>,
    /// Trainings whose trainee was.
    pub trainings: Vec<i64>,
}

/// Begins the word of a trainee who was erased.
pub(crate) const NAMELESS: &str = "erased-";

/// Who was erased in this database until now, or is noted to be. It may be one of an earlier version.
pub async fn erased(connection: &impl ConnectionTrait) -> Result<Erased> {
    let applied = migration::applied(connection).await?;
    let has = |migration: &str| applied.iter().any(|name| name == migration);
    let mut erased = if has("m0009_erasure") { all(connection).await? } else { Erased::default() };
    erased.persons.extend(person::erased(connection).await?);
    if !has("m0003_records") {
        return Ok(erased);
    }
    let sql = format!("SELECT id FROM training WHERE trainee LIKE '{NAMELESS}%' ORDER BY id");
    let rows = connection.query_all_raw(Statement::from_string(connection.get_database_backend(), sql)).await?;
    erased.trainings.extend(rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect::<Result<Vec<i64>>>()?);
    Ok(erased)
}

/// Ids that one statement names: they are written out.
const SOME: usize = 500;

/// Notes those of them who are here again.
pub(crate) async fn put(connection: &impl ConnectionTrait, erased: &Erased) -> Result<()> {
    let persons: Vec<i64> = erased.persons.iter().map(|id| id.0).collect();
    for (of, back) in [
        (&persons, "'person', id FROM person WHERE erased_at IS NULL".to_owned()),
        (&erased.trainings, format!("'training', id FROM training WHERE trainee NOT LIKE '{NAMELESS}%'")),
    ] {
        for some in of.chunks(SOME) {
            let list = list(some);
            let sql = format!("INSERT INTO to_erase SELECT {back} AND id IN ({list}) ON CONFLICT DO NOTHING");
            connection.execute_unprepared(&sql).await?;
        }
    }
    Ok(())
}

/// Who is still to be erased.
pub async fn all(connection: &impl ConnectionTrait) -> Result<Erased> {
    let rows = Entity::find().order_by_asc(Column::Noun).order_by_asc(Column::RowId).all(connection).await?;
    let (persons, trainings): (Vec<Model>, Vec<Model>) = rows.into_iter().partition(|row| row.noun == "person");
    Ok(Erased {
        persons: persons.into_iter().map(|row| PersonId(row.row_id)).collect(),
        trainings: trainings.into_iter().map(|row| row.row_id).collect(),
    })
}

/// The trainee of a training, when they are known by a word of their own that still tells something.
pub async fn trainee(connection: &impl ConnectionTrait, training: i64) -> Result<Option<String>> {
    let found = crate::training::Entity::find_by_id(training).one(connection).await?;
    Ok(found.and_then(|training| training.trainee).filter(|word| !word.starts_with(NAMELESS)))
}

/// A person is erased again.
pub async fn person_done(tx: &Tx, id: PersonId) -> Result<()> {
    Entity::delete_by_id(("person".to_owned(), id.0)).exec(tx).await?;
    Ok(())
}

/// The trainee of a training is.
pub async fn training_done(tx: &Tx, id: i64) -> Result<()> {
    Entity::delete_by_id(("training".to_owned(), id)).exec(tx).await?;
    Ok(())
}
