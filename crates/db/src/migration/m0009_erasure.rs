//! What an erasure leaves behind so that it lasts: hashes of the ids that senders gave, and who is to be erased again after
//! a restore; and the calls that came to nobody, found by their number.

use sea_orm::DbErr;
use sea_orm_migration::SchemaManager;

super::version!("m0009_erasure", up);

async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    super::run(manager, TABLES).await
}

// A noun is a table's name. Numbers are looked up without what people write between their digits.
pub(super) const TABLES: &str = "
CREATE TABLE emptied (noun text NOT NULL, hash text NOT NULL, row_id bigint NOT NULL, PRIMARY KEY (noun, hash));
CREATE TABLE to_erase (noun text NOT NULL, row_id bigint NOT NULL, PRIMARY KEY (noun, row_id));
CREATE INDEX contact_of_nobody ON contact ((lower(replace(replace(replace(replace(replace(replace(replace(from_address,
    ' ', ''), '\u{a0}', ''), '.', ''), '-', ''), '/', ''), '(', ''), ')', ''))))
    WHERE case_id IS NULL AND person_id IS NULL AND from_address IS NOT NULL
";
