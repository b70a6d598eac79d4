//! What supervisors need: thresholds with their alarms, and the indexes that the half-hours of a day and the work of each
//! are counted by.

use sea_orm::DbErr;
use sea_orm_migration::SchemaManager;

super::version!("m0007_team", up);

async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    super::run(manager, TABLES).await
}

// An alarm holds what was watched when it was raised, so that the list of past alarms stays true when the threshold
// changes. Of each threshold one alarm stands at the most: the index says so, whichever process raises it.
pub(super) const TABLES: &str = "
CREATE TABLE threshold (
    id {pk}, measure text NOT NULL, service text, queue text, scope text, over_value bigint NOT NULL,
    back_value bigint NOT NULL, pause_s bigint NOT NULL, mail text NOT NULL, language text NOT NULL,
    told_at bigint, value bigint, measured_at bigint, created_at bigint NOT NULL, removed_at bigint);
CREATE TABLE alarm (
    id {pk}, threshold bigint NOT NULL REFERENCES threshold (id), measure text NOT NULL, service text, queue text,
    scope text, over_value bigint NOT NULL, value bigint NOT NULL, worst bigint NOT NULL, letters bigint NOT NULL,
    raised_at bigint NOT NULL, fell_at bigint, seen_at bigint, seen_by bigint);
CREATE UNIQUE INDEX alarm_standing ON alarm (threshold) WHERE fell_at IS NULL;
CREATE INDEX case_escalated ON cases (escalated_at, service) WHERE escalated_at IS NOT NULL AND merged_into IS NULL;
CREATE INDEX message_sent ON message (at, operator) WHERE author = 'operator' AND NOT internal;
CREATE INDEX event_work ON event (at, actor_id, kind) WHERE kind IN ('replied', 'noted', 'escalated', 'given-back', 'solved')
";
