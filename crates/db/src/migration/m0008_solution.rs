//! Who has found a solution that is still to be sent, apart from who solved the case: a case that is reopened keeps the
//! level that solved it, by which reports of earlier days count it.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::SchemaManager;

super::version!("m0008_solution", up);

async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    super::run(manager, TABLES).await?;
    let connection = manager.get_connection();
    let extra = match connection.get_database_backend() {
        DbBackend::Postgres => "CAST(extra AS jsonb)",
        _ => "extra",
    };
    let told = format!(
        "UPDATE cases SET solved_by = {extra} ->> 'solved_by' WHERE solved_by IS NULL AND solved_at IS NOT NULL \
         AND {extra} ->> 'solved_by' IS NOT NULL"
    );
    connection.execute_unprepared(&told).await?;
    Ok(())
}

// Until now one column said both: of a case that is not solved, who has found its solution. Who had solved one that was
// reopened stands in what its record held beside, where it came as a record, and in its history.
pub(super) const TABLES: &str = "
ALTER TABLE cases ADD COLUMN solution_by text;
UPDATE cases SET solution_by = solved_by, solved_by = NULL
    WHERE solved_by IS NOT NULL AND (solved_at IS NULL OR reopened_at > solved_at);
UPDATE cases SET solved_by = (SELECT e.data ->> 'by' FROM event e WHERE e.case_id = cases.id AND e.kind = 'solved'
    ORDER BY e.id DESC LIMIT 1)
    WHERE solved_by IS NULL AND solved_at IS NOT NULL
";
