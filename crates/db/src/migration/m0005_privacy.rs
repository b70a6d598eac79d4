//! What is emptied and when; what the processing register says that no setting tells.

use sea_orm::DbErr;
use sea_orm_migration::SchemaManager;

super::version!("m0005_privacy", up);

async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    super::run(manager, TABLES).await?;
    super::run(manager, INDEXES).await
}

// `emptied_at` is when what was written in a case was emptied. A column of the register is a text of the administration.
pub(super) const TABLES: &str = "
ALTER TABLE cases ADD COLUMN emptied_at bigint;
CREATE TABLE processing (field text PRIMARY KEY, text text NOT NULL, updated_at bigint NOT NULL)";

// What is due to be emptied, found without reading what is not.
pub(super) const INDEXES: &str = "
CREATE INDEX case_to_empty ON cases (service, (COALESCE(closed_at, solved_at, last_at)))
    WHERE state = 'closed' AND emptied_at IS NULL;
CREATE INDEX contact_to_empty ON contact (service, started_at) WHERE case_id IS NULL
    AND (from_address IS NOT NULL OR subject IS NOT NULL OR text IS NOT NULL OR extra IS NOT NULL
    OR external IS NOT NULL)";
