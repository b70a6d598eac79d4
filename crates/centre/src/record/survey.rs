//! Surveys of citizens.

use super::refs::{Names, Refs, To};
use super::{Noun, Row};
use crate::{Result, Work};
use db::bulk;
use db::{ConnectionTrait, Counted};
use model::CaseId;
use model::record::{Extra, Id, Survey};

impl Noun for Survey {
    type Entity = db::survey::Entity;

    fn id(&self) -> &Id {
        &self.id
    }

    fn refers(&self) -> Vec<(&'static str, To, &Id)> {
        vec![("case", To::Case, &self.case)]
    }

    async fn records(tag: &str, connection: &impl ConnectionTrait, rows: Vec<Row<Self>>) -> Result<Vec<Self>> {
        let names = Names::new(tag).with_cases(connection, rows.iter().map(|row| row.case_id)).await?;
        rows.into_iter()
            .map(|row| {
                Ok(Self {
                    id: super::name(tag, row.external.as_deref(), row.id),
                    case: names.case(Some(row.case_id)).unwrap_or_else(|| super::name(tag, None, row.case_id)),
                    channel: db::word("survey.channel", &row.channel)?,
                    asked_at: row.asked_at.into(),
                    answered_at: row.answered_at.map(Into::into),
                    efficient: row.efficient,
                    effective: row.effective,
                    comment: row.comment,
                    extra: Extra::of_stored(row.extra.as_deref()),
                })
            })
            .collect()
    }

    async fn insert(work: &Work<'_>, refs: &Refs, fresh: Vec<Self>) -> Result<()> {
        let ids = work.tx.block(Counted::Survey, fresh.len()).await?;
        let rows: Vec<_> = ids.into_iter().zip(fresh).filter_map(|(id, survey)| row(refs, id, survey)).collect();
        let cases: Vec<CaseId> = rows.iter().map(|row| CaseId(row.case_id)).collect();
        db::case::write_in(work.tx, &cases).await?;
        let rows = rows.into_iter().map(bulk::whole::<Self::Entity>).collect();
        Ok(bulk::insert::<Self::Entity>(work.tx, rows).await?)
    }

    async fn replace(work: &Work<'_>, refs: &Refs, old: Row<Self>, record: Self) -> Result<()> {
        let Some(new) = row(refs, old.id, record) else { return Ok(()) };
        db::case::write_in(work.tx, &[CaseId(new.case_id)]).await?;
        let new = db::survey::Model { external: old.external, ..new };
        Ok(bulk::replace::<Self::Entity>(work.tx, bulk::whole::<Self::Entity>(new)).await?)
    }
}

fn row(refs: &Refs, id: i64, survey: Survey) -> Option<Row<Survey>> {
    Some(db::survey::Model {
        id,
        external: Some(survey.id.0),
        case_id: refs.case(Some(&survey.case))?.0,
        channel: survey.channel.to_string(),
        asked_at: survey.asked_at.into(),
        answered_at: survey.answered_at.map(Into::into),
        efficient: survey.efficient,
        effective: survey.effective,
        comment: survey.comment,
        extra: survey.extra.stored(),
    })
}
