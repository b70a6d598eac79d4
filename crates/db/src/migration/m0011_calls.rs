//! Calls as they go on, who takes them, and the accounts of their telephones.

use sea_orm::DbErr;
use sea_orm_migration::SchemaManager;

super::version!("m0011_calls", up);

async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    super::run(manager, TABLES).await
}

// Of a call, what a contact does not say: it lasts. While the call goes on, the row says where it stands as well, and the
// node is the process that carries its sound: what a process left behind is settled by its next life.
pub(super) const TABLES: &str = "
CREATE TABLE call (
    contact bigint PRIMARY KEY REFERENCES contact (id), queue text, held_s bigint NOT NULL DEFAULT 0,
    wrap_up_s bigint, code text, cause text, node text, state text, since bigint, operator bigint,
    until bigint, recording boolean NOT NULL DEFAULT FALSE, muted boolean NOT NULL DEFAULT FALSE, beside text);
CREATE INDEX call_live ON call (operator) WHERE state IS NOT NULL;
CREATE TABLE availability (
    staff_id bigint PRIMARY KEY, wish text NOT NULL, reason text, wished_at bigint NOT NULL, standing text NOT NULL,
    since bigint NOT NULL, device text, until bigint);
CREATE TABLE recording (
    id {pk}, contact bigint NOT NULL REFERENCES contact (id), kind text NOT NULL, state text NOT NULL, node text NOT NULL,
    began_at bigint NOT NULL, seconds bigint, bytes bigint, stored_as text, removed_at bigint);
CREATE INDEX recording_contact ON recording (contact);
CREATE INDEX recording_stored ON recording (stored_as) WHERE stored_as IS NOT NULL;
CREATE TABLE trunk (
    id text PRIMARY KEY, definition {json} NOT NULL, updated_at bigint NOT NULL);
CREATE TABLE sip_account (
    staff_id bigint PRIMARY KEY, name text NOT NULL UNIQUE, ha1_md5 text NOT NULL, ha1_sha256 text NOT NULL,
    changed_at bigint NOT NULL)
";
