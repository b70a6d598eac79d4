//! Trainings.

use super::refs::{Names, Refs, To};
use super::{Noun, Row};
use crate::{Result, Work};
use db::bulk;
use db::{ConnectionTrait, Counted};
use model::record::{Extra, Id, Training};

impl Noun for Training {
    type Entity = db::training::Entity;

    fn id(&self) -> &Id {
        &self.id
    }

    fn refers(&self) -> Vec<(&'static str, To, &Id)> {
        let operator = self.operator.iter().map(|id| ("operator", To::Operator, id));
        operator.chain(self.structure.iter().map(|id| ("structure", To::Structure, id))).collect()
    }

    async fn records(tag: &str, connection: &impl ConnectionTrait, rows: Vec<Row<Self>>) -> Result<Vec<Self>> {
        let names = Names::new(tag).with_operators(connection, rows.iter().filter_map(|row| row.operator)).await?;
        let written = rows.into_iter().map(|row| Self {
            id: super::name(tag, row.external.as_deref(), row.id),
            operator: names.operator(row.operator),
            trainee: row.trainee,
            structure: row.structure.map(Id),
            course: row.course,
            completed_at: row.completed_at.into(),
            extra: Extra::of_stored(row.extra.as_deref()),
        });
        Ok(written.collect())
    }

    async fn insert(work: &Work<'_>, refs: &Refs, fresh: Vec<Self>) -> Result<()> {
        let ids = work.tx.block(Counted::Training, fresh.len()).await?;
        let rows =
            ids.into_iter().zip(fresh).map(|(id, training)| bulk::whole::<Self::Entity>(row(refs, id, training)));
        Ok(bulk::insert::<Self::Entity>(work.tx, rows.collect()).await?)
    }

    async fn replace(work: &Work<'_>, refs: &Refs, old: Row<Self>, record: Self) -> Result<()> {
        let new = db::training::Model { external: old.external, ..row(refs, old.id, record) };
        Ok(bulk::replace::<Self::Entity>(work.tx, bulk::whole::<Self::Entity>(new)).await?)
    }
}

fn row(refs: &Refs, id: i64, training: Training) -> Row<Training> {
    db::training::Model {
        id,
        external: Some(training.id.0),
        operator: refs.operator(training.operator.as_ref()).map(|user| user.0),
        trainee: training.trainee,
        structure: training.structure.map(|id| id.0),
        course: training.course,
        completed_at: training.completed_at.into(),
        extra: training.extra.stored(),
    }
}
