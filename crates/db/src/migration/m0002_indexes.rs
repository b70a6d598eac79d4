//! What a structure's lists, the closing of cases, the sweeping of files and the search by a part of an address look
//! things up by.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::SchemaManager;

super::version!("m0002_indexes", up);

async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    super::run(manager, INDEXES).await?;
    match manager.get_connection().get_database_backend() {
        DbBackend::Postgres => super::run(manager, POSTGRES).await,
        _ => Ok(()),
    }
}

pub(super) const INDEXES: &str = "
CREATE INDEX case_structure_active ON cases (structure, due_at, id)
    WHERE structure IS NOT NULL AND state IN ('new', 'open', 'waiting');
CREATE INDEX case_structure_done ON cases (structure, solved_at, id)
    WHERE structure IS NOT NULL AND state IN ('solved', 'closed');
CREATE INDEX case_to_close ON cases (service, solved_at) WHERE state = 'solved';
CREATE INDEX attachment_stored ON attachment (stored_as);
";

// SQLite compares bytes anyhow.
const POSTGRES: &str = "
CREATE INDEX person_address_beginning ON person_address (value text_pattern_ops);
";
