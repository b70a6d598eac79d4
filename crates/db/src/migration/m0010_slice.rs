//! Cases by slices of thirty days, in which those that are alike stand together: what a report counts of a year it reads in
//! the order in which it groups it. The index is of all cases, as PostgreSQL asks no partial one how many rows to expect.

use sea_orm::DbErr;
use sea_orm_migration::SchemaManager;

super::version!("m0010_slice", up);

async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    super::run(manager, INDEXES).await
}

pub(super) const INDEXES: &str = "
DROP INDEX case_hour;
CREATE INDEX case_slice ON cases ((opened_at / 2592000000000), service, kind, topic, region, opened_at, solved_at,
    solved_by, reopened_at, escalated_at, merged_into, id)
";
