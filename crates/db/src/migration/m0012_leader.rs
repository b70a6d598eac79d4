//! Who of several processes does what only one may do.

use sea_orm::DbErr;
use sea_orm_migration::SchemaManager;

super::version!("m0012_leader", up);

async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    super::run(manager, TABLES).await
}

pub(super) const TABLES: &str = "
CREATE TABLE leader (
    task text PRIMARY KEY, node text, place text NOT NULL, beat bigint NOT NULL)
";
