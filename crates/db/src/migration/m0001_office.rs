//! The office: services, staff, people, cases, contacts, messages, events, outgoing work.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::SchemaManager;

super::version!("m0001_office", up);

async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    super::run(manager, TABLES).await?;
    match manager.get_connection().get_database_backend() {
        DbBackend::Postgres => super::run(manager, POSTGRES).await,
        _ => super::run(manager, SQLITE).await,
    }
}

pub(super) const TABLES: &str = "
CREATE TABLE secret (name text PRIMARY KEY, value {bytes} NOT NULL);

CREATE TABLE service (
    id text PRIMARY KEY, position bigint NOT NULL, definition {json} NOT NULL,
    built_in boolean NOT NULL, updated_at bigint NOT NULL);
CREATE TABLE topic (id text PRIMARY KEY, parent text, names {json} NOT NULL, position bigint NOT NULL);
CREATE TABLE structure (
    id text PRIMARY KEY, name text NOT NULL, kind text NOT NULL, ipa_code text, region text, administration text);

CREATE TABLE staff (
    id {pk}, login text NOT NULL UNIQUE, name text NOT NULL, password text, roles text NOT NULL,
    scope text, language text NOT NULL, disabled_at bigint, created_at bigint NOT NULL);
CREATE TABLE staff_queue (
    staff_id bigint NOT NULL REFERENCES staff (id), queue_id text NOT NULL, PRIMARY KEY (staff_id, queue_id));
CREATE TABLE token (
    id {pk}, staff_id bigint NOT NULL REFERENCES staff (id), hash text NOT NULL UNIQUE, per_minute bigint,
    created_at bigint NOT NULL, revoked_at bigint);
CREATE TABLE session (id text PRIMARY KEY, staff_id bigint, data text NOT NULL, expires_at bigint NOT NULL);
CREATE INDEX session_expiry ON session (expires_at);
CREATE TABLE throttle (key text PRIMARY KEY, count bigint NOT NULL, until bigint NOT NULL);
CREATE INDEX throttle_until ON throttle (until);

CREATE TABLE person (
    id {pk}, name text, language text, region text, merged_into bigint REFERENCES person (id),
    erased_at bigint, created_at bigint NOT NULL);
CREATE INDEX person_merged ON person (merged_into) WHERE merged_into IS NOT NULL;
CREATE TABLE person_address (
    id {pk}, person_id bigint NOT NULL REFERENCES person (id), kind text NOT NULL, value text NOT NULL,
    created_at bigint NOT NULL);
CREATE INDEX person_address_value ON person_address (value, kind);
CREATE INDEX person_address_person ON person_address (person_id);

CREATE TABLE cases (
    id {pk}, version bigint NOT NULL, service text NOT NULL, queue text NOT NULL, structure text,
    state text NOT NULL, level text NOT NULL, assignee bigint REFERENCES staff (id), front bigint,
    person_id bigint REFERENCES person (id), topic text, kind text, region text, language text NOT NULL,
    opened_at bigint NOT NULL, first_answer_at bigint, escalated_at bigint, solved_at bigint, solved_by text,
    outcome text, reopened_at bigint, closed_at bigint, answer_due bigint, solution_due bigint, left_s bigint,
    remind_at bigint, unanswered boolean NOT NULL, merged_into bigint, before_merge text, last_at bigint NOT NULL,
    channel text NOT NULL, subject text, announce_to text, announce_content boolean NOT NULL,
    due_at bigint NOT NULL);
CREATE INDEX case_active ON cases (due_at, id, state, level, queue, service)
    WHERE state IN ('new', 'open', 'waiting');
CREATE INDEX case_assignee ON cases (assignee, due_at, id) WHERE state IN ('new', 'open', 'waiting');
CREATE INDEX case_solved ON cases (solved_at, id) WHERE state IN ('solved', 'closed');
CREATE INDEX case_person ON cases (person_id);
CREATE INDEX case_announced ON cases (announce_to) WHERE announce_to IS NOT NULL;
CREATE INDEX case_merged ON cases (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX case_remind ON cases (remind_at) WHERE remind_at IS NOT NULL;
CREATE INDEX case_structure ON cases (structure) WHERE structure IS NOT NULL;
CREATE TABLE case_link (a bigint NOT NULL, b bigint NOT NULL, PRIMARY KEY (a, b));
CREATE INDEX case_link_b ON case_link (b);

CREATE TABLE contact (
    id {pk}, case_id bigint NOT NULL REFERENCES cases (id), person_id bigint, service text NOT NULL,
    channel text NOT NULL, direction text NOT NULL, entry_point text, from_address text, started_at bigint NOT NULL,
    queued_at bigint, answered_at bigint, ended_at bigint, outcome text, operator bigint, language text, topic text,
    subject text, text text);
CREATE INDEX contact_case ON contact (case_id);

CREATE TABLE message (
    id {pk}, case_id bigint NOT NULL REFERENCES cases (id), at bigint NOT NULL, author text NOT NULL,
    channel text NOT NULL, text text, operator bigint, internal boolean NOT NULL);
CREATE INDEX message_case ON message (case_id);

CREATE TABLE attachment (
    id {pk}, case_id bigint NOT NULL REFERENCES cases (id), contact_id bigint, message_id bigint,
    name text NOT NULL, media_type text NOT NULL, size bigint NOT NULL, stored_as text NOT NULL,
    created_at bigint NOT NULL);
CREATE INDEX attachment_case ON attachment (case_id);

CREATE TABLE draft (
    staff_id bigint NOT NULL, case_id bigint NOT NULL, kind text NOT NULL, text text NOT NULL, channel text,
    saved_at bigint NOT NULL, PRIMARY KEY (case_id, staff_id, kind));
CREATE TABLE presence (
    case_id bigint NOT NULL, staff_id bigint NOT NULL, writing boolean NOT NULL, until bigint NOT NULL,
    PRIMARY KEY (case_id, staff_id));

CREATE TABLE outbox (
    id {pk}, key text NOT NULL UNIQUE, kind text NOT NULL, case_id bigint, message_id bigint, payload {json} NOT NULL,
    state text NOT NULL, tries bigint NOT NULL, run_at bigint NOT NULL, leased_until bigint, leased_by text,
    error text, created_at bigint NOT NULL, done_at bigint);
CREATE INDEX outbox_due ON outbox (run_at, id) WHERE state = 'ready';
CREATE INDEX outbox_case ON outbox (case_id);
CREATE TABLE job (
    id {pk}, key text NOT NULL UNIQUE, kind text NOT NULL, payload {json} NOT NULL,
    state text NOT NULL, tries bigint NOT NULL, run_at bigint NOT NULL, leased_until bigint, leased_by text,
    error text, created_at bigint NOT NULL, done_at bigint);
CREATE INDEX job_due ON job (run_at, id) WHERE state = 'ready';

CREATE TABLE idempotency (
    scope text NOT NULL, key text NOT NULL, fingerprint text NOT NULL, status bigint NOT NULL, body text NOT NULL,
    created_at bigint NOT NULL, PRIMARY KEY (scope, key));
CREATE INDEX idempotency_age ON idempotency (created_at);
";

// Events are followed in the order in which they become visible. SQLite has one writer, so its rows are in that order.
// PostgreSQL commits out of order: there, a follower reads by transaction, and only those older than every open one.
const SQLITE: &str = "
CREATE TABLE event (
    id integer PRIMARY KEY AUTOINCREMENT, tx bigint NOT NULL DEFAULT 0, at bigint NOT NULL, actor text NOT NULL,
    actor_id bigint, subject text NOT NULL, subject_id text NOT NULL, case_id bigint, kind text NOT NULL,
    data text NOT NULL);
CREATE INDEX event_case ON event (case_id) WHERE case_id IS NOT NULL;
CREATE VIRTUAL TABLE search USING fts5 (words, content = '', contentless_delete = 1, detail = full,
    tokenize = 'unicode61 remove_diacritics 0', prefix = '3');
";
const POSTGRES: &str = "
CREATE TABLE event (
    id bigint GENERATED BY DEFAULT AS IDENTITY,
    tx bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint), at bigint NOT NULL, actor text NOT NULL,
    actor_id bigint, subject text NOT NULL, subject_id text NOT NULL, case_id bigint, kind text NOT NULL,
    data jsonb NOT NULL, PRIMARY KEY (tx, id));
CREATE INDEX event_case ON event (case_id) WHERE case_id IS NOT NULL;
CREATE TABLE search (id bigint PRIMARY KEY, words tsvector NOT NULL);
CREATE INDEX search_words ON search USING gin (words);
";
