//! Queues that are closed by hand, and the sounds that callers hear.

use sea_orm::DbErr;
use sea_orm_migration::SchemaManager;

super::version!("m0013_closing", up);

async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    super::run(manager, TABLES).await
}

// A closing stays when it is over: who closed what, and what callers were told of it, is asked for afterwards.
pub(super) const TABLES: &str = "
CREATE TABLE sound (
    name text PRIMARY KEY, title text NOT NULL, stored_as text NOT NULL, bytes bigint NOT NULL, seconds bigint NOT NULL,
    added_at bigint NOT NULL);
CREATE INDEX sound_stored ON sound (stored_as);
CREATE TABLE closing (
    id {pk}, queue text NOT NULL, reason text NOT NULL, note text, message {json} NOT NULL, closed_by bigint,
    closed_at bigint NOT NULL, until bigint, opened_by bigint, opened_at bigint);
CREATE UNIQUE INDEX closing_standing ON closing (queue) WHERE opened_at IS NULL
";
