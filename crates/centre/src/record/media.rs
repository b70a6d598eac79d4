//! The newsroom's work.

use super::refs::{Refs, To};
use super::{Noun, Row};
use crate::{Result, Work};
use db::bulk;
use db::{ConnectionTrait, Counted};
use model::record::{Extra, Id, Media};

impl Noun for Media {
    type Entity = db::media::Entity;

    fn id(&self) -> &Id {
        &self.id
    }

    fn refers(&self) -> Vec<(&'static str, To, &Id)> {
        Vec::new()
    }

    async fn records(tag: &str, _: &impl ConnectionTrait, rows: Vec<Row<Self>>) -> Result<Vec<Self>> {
        rows.into_iter()
            .map(|row| {
                Ok(Self {
                    id: super::name(tag, row.external.as_deref(), row.id),
                    kind: db::word("media.kind", &row.kind)?,
                    title: row.title,
                    published_at: row.published_at.into(),
                    url: row.url,
                    duration_s: row.duration_s,
                    origin: row.origin.as_deref().map(|word| db::word("media.origin", word)).transpose()?,
                    extra: Extra::of_stored(row.extra.as_deref()),
                })
            })
            .collect()
    }

    async fn insert(work: &Work<'_>, _: &Refs, fresh: Vec<Self>) -> Result<()> {
        let ids = work.tx.block(Counted::Media, fresh.len()).await?;
        let rows = ids.into_iter().zip(fresh).map(|(id, media)| bulk::whole::<Self::Entity>(row(id, media)));
        Ok(bulk::insert::<Self::Entity>(work.tx, rows.collect()).await?)
    }

    async fn replace(work: &Work<'_>, _: &Refs, old: Row<Self>, record: Self) -> Result<()> {
        let new = db::media::Model { external: old.external, ..row(old.id, record) };
        Ok(bulk::replace::<Self::Entity>(work.tx, bulk::whole::<Self::Entity>(new)).await?)
    }
}

fn row(id: i64, media: Media) -> Row<Media> {
    db::media::Model {
        id,
        external: Some(media.id.0),
        kind: media.kind.to_string(),
        title: media.title,
        published_at: media.published_at.into(),
        url: media.url,
        duration_s: media.duration_s,
        origin: media.origin.map(|origin| origin.to_string()),
        extra: media.extra.stored(),
    }
}
