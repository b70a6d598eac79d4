//! Recordings that are kept, by their age: what is over is found without looking at all.

use sea_orm::DbErr;
use sea_orm_migration::SchemaManager;

super::version!("m0015_recordings", up);

async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    super::run(manager, INDEXES).await
}

pub(super) const INDEXES: &str = "
CREATE INDEX recording_kept ON recording (began_at) WHERE state = 'kept'
";
