//! What the administration of services needs: topics that are no longer offered, templates of replies, when a job last ran.

use sea_orm::DbErr;
use sea_orm_migration::SchemaManager;

super::version!("m0006_services", up);

async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    super::run(manager, TABLES).await
}

pub(super) const TABLES: &str = "
ALTER TABLE topic ADD COLUMN retired boolean NOT NULL DEFAULT false;
ALTER TABLE job ADD COLUMN ran_at bigint;
CREATE TABLE reply_template (
    id {pk}, version bigint NOT NULL, name text NOT NULL, service text, language text NOT NULL, text text NOT NULL,
    changed_at bigint NOT NULL);
CREATE INDEX outbox_dead ON outbox (id) WHERE state = 'dead'";
