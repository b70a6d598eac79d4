//! The staff: addresses, languages and skills, invitations, second factors, what is known of a session.

use model::record::Extra;
use model::user::Skill;
use sea_orm::{ConnectionTrait, DbErr, Statement};
use sea_orm_migration::SchemaManager;

super::version!("m0004_staff", up);

async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    super::run(manager, TABLES).await?;
    languages_and_skills(manager.get_connection()).await
}

// An invitation and a recovery code are kept as their hashes. What was imported has no skills of any level: none is said.
pub(super) const TABLES: &str = "
ALTER TABLE staff ADD COLUMN email text;
ALTER TABLE staff ADD COLUMN languages text;
ALTER TABLE staff ADD COLUMN skills text;
CREATE TABLE invitation (
    id {pk}, staff_id bigint NOT NULL REFERENCES staff (id), kind text NOT NULL, hash text NOT NULL UNIQUE,
    by_letter boolean NOT NULL, created_by bigint, created_at bigint NOT NULL, expires_at bigint NOT NULL,
    used_at bigint, withdrawn_at bigint);
CREATE INDEX invitation_open ON invitation (staff_id) WHERE used_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX invitation_expiry ON invitation (expires_at);
CREATE TABLE totp (
    staff_id bigint PRIMARY KEY REFERENCES staff (id), secret text NOT NULL, confirmed_at bigint NOT NULL,
    last_step bigint NOT NULL);
CREATE TABLE recovery_code (
    hash text PRIMARY KEY, staff_id bigint NOT NULL REFERENCES staff (id), used_at bigint);
CREATE INDEX recovery_code_staff ON recovery_code (staff_id);
CREATE TABLE totp_role (role text PRIMARY KEY);
ALTER TABLE session ADD COLUMN begun_at bigint;
ALTER TABLE session ADD COLUMN seen_at bigint;
ALTER TABLE session ADD COLUMN device text;
CREATE INDEX session_staff ON session (staff_id) WHERE staff_id IS NOT NULL";

/// Languages and skills of those who were brought in have stood among what no column holds.
async fn languages_and_skills(connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    let backend = connection.get_database_backend();
    let mut last = 0i64;
    loop {
        let some = "SELECT id, extra FROM staff WHERE extra IS NOT NULL AND id > $1 ORDER BY id LIMIT 500";
        let rows = connection.query_all_raw(Statement::from_sql_and_values(backend, some, [last.into()])).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            let (id, extra): (i64, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            last = id;
            let mut extra = Extra::of_stored(Some(&extra));
            let languages: Option<Vec<String>> = extra.take("languages");
            let skills: Option<Vec<String>> = extra.take("skills");
            if languages.is_none() && skills.is_none() {
                continue;
            }
            let skills: Option<Vec<Skill>> = skills.map(|all| {
                let skill = |name| Skill { name, level: None };
                all.into_iter().map(skill).collect()
            });
            let update = "UPDATE staff SET languages = $1, skills = $2, extra = $3 WHERE id = $4";
            let values = [
                languages.and_then(|l| serde_json::to_string(&l).ok()).into(),
                skills.and_then(|s| serde_json::to_string(&s).ok()).into(),
                extra.stored().into(),
                id.into(),
            ];
            connection.execute_raw(Statement::from_sql_and_values(backend, update, values)).await?;
        }
    }
}
