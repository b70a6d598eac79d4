//! What comes in from other systems: the sender's own ids and whatever else a record holds, contacts that came to no case,
//! surveys, the Network's volumes, trainings, the newsroom's work; and what the report is reckoned by.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::SchemaManager;

super::version!("m0003_records", up);

async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    super::run(manager, TABLES).await?;
    match manager.get_connection().get_database_backend() {
        DbBackend::Postgres => super::run(manager, POSTGRES).await?,
        _ => super::run(manager, SQLITE).await?,
    }
    super::run(manager, INDEXES).await
}

// `external` is the sender's id, `extra` the keys that nobody here knows, as JSON in their own spelling.
pub(super) const TABLES: &str = "
ALTER TABLE service ADD COLUMN record text;
ALTER TABLE structure ADD COLUMN extra text;
ALTER TABLE staff ADD COLUMN external text;
ALTER TABLE staff ADD COLUMN extra text;
ALTER TABLE person ADD COLUMN external text;
ALTER TABLE person ADD COLUMN extra text;
ALTER TABLE cases ADD COLUMN external text;
ALTER TABLE cases ADD COLUMN extra text;
ALTER TABLE message ADD COLUMN external text;
ALTER TABLE message ADD COLUMN extra text;

CREATE TABLE survey (
    id {pk}, external text, case_id bigint NOT NULL REFERENCES cases (id), channel text NOT NULL,
    asked_at bigint NOT NULL, answered_at bigint, efficient boolean, effective boolean, comment text, extra text);
CREATE TABLE volume (
    structure text NOT NULL, month text NOT NULL, channel text NOT NULL, contacts bigint NOT NULL,
    with_operator bigint NOT NULL, extra text, PRIMARY KEY (structure, month, channel));
CREATE TABLE training (
    id {pk}, external text, operator bigint REFERENCES staff (id), trainee text, structure text, course text NOT NULL,
    completed_at bigint NOT NULL, extra text);
CREATE TABLE media (
    id {pk}, external text, kind text NOT NULL, title text NOT NULL, published_at bigint NOT NULL, url text,
    duration_s bigint, origin text, extra text)";

// SQLite takes no constraint away: the table is made anew.
const SQLITE: &str = "
CREATE TABLE contact_made_anew (
    id {pk}, case_id bigint REFERENCES cases (id), person_id bigint, service text NOT NULL,
    channel text NOT NULL, direction text NOT NULL, entry_point text, from_address text, started_at bigint NOT NULL,
    queued_at bigint, answered_at bigint, ended_at bigint, outcome text, operator bigint, language text, topic text,
    subject text, text text, external text, extra text);
INSERT INTO contact_made_anew
    SELECT id, case_id, person_id, service, channel, direction, entry_point, from_address, started_at, queued_at,
    answered_at, ended_at, outcome, operator, language, topic, subject, text, NULL, NULL FROM contact;
DROP TABLE contact;
ALTER TABLE contact_made_anew RENAME TO contact";
const POSTGRES: &str = "
ALTER TABLE contact ALTER COLUMN case_id DROP NOT NULL;
ALTER TABLE contact ADD COLUMN external text;
ALTER TABLE contact ADD COLUMN extra text;
DROP INDEX contact_case";

// Figures are reckoned by the hour in which something began: an hour is within one month, and one local hour. The
// indexes hold all that a figure asks of a row, so that the rows themselves, with their words, are not read.
pub(super) const INDEXES: &str = "
CREATE UNIQUE INDEX staff_external ON staff (external) WHERE external IS NOT NULL;
CREATE UNIQUE INDEX person_external ON person (external) WHERE external IS NOT NULL;
CREATE UNIQUE INDEX case_external ON cases (external) WHERE external IS NOT NULL;
CREATE UNIQUE INDEX contact_external ON contact (external) WHERE external IS NOT NULL;
CREATE UNIQUE INDEX message_external ON message (external) WHERE external IS NOT NULL;
CREATE UNIQUE INDEX survey_external ON survey (external) WHERE external IS NOT NULL;
CREATE UNIQUE INDEX training_external ON training (external) WHERE external IS NOT NULL;
CREATE UNIQUE INDEX media_external ON media (external) WHERE external IS NOT NULL;
CREATE INDEX contact_case ON contact (case_id, direction, started_at) WHERE case_id IS NOT NULL;
CREATE INDEX contact_person ON contact (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX contact_hour ON contact ((started_at / 3600000000), service, channel, direction, outcome, started_at,
    queued_at, answered_at, ended_at, id);
CREATE INDEX case_hour ON cases ((opened_at / 3600000000), service, kind, topic, region, opened_at, solved_at,
    solved_by, reopened_at, escalated_at, id) WHERE merged_into IS NULL;
CREATE INDEX survey_case ON survey (case_id);
CREATE INDEX survey_asked ON survey (asked_at);
CREATE INDEX volume_month ON volume (month);
CREATE INDEX training_completed ON training (completed_at);
CREATE INDEX training_operator ON training (operator) WHERE operator IS NOT NULL;
CREATE INDEX media_published ON media (published_at)";
