//! Who is beside a talk and how they stand to it, why it could not be handed on, who oversees it, the mark that the
//! caller gave it, and how often somebody was called back in vain.

use sea_orm::DbErr;
use sea_orm_migration::SchemaManager;

super::version!("m0014_beside", up);

async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    super::run(manager, TABLES).await
}

pub(super) const TABLES: &str = "
ALTER TABLE call ADD COLUMN beside_state text;
ALTER TABLE call ADD COLUMN trouble text;
ALTER TABLE call ADD COLUMN overseer bigint;
ALTER TABLE call ADD COLUMN oversight text;
ALTER TABLE call ADD COLUMN mark bigint;
ALTER TABLE call ADD COLUMN tries bigint
";
