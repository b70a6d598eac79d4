//! Ids that are known before their rows are written. PostgreSQL's sequences give them, several in one trip; on SQLite
//! the one who writes reads once in a transaction how far each table has counted, and counts on.

use sea_orm::{DbBackend, DbErr, QueryResult, Statement};
use std::collections::HashMap;

/// A table whose rows are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Counted {
    Person,
    Case,
    Contact,
    Message,
    Attachment,
    Staff,
    Survey,
    Training,
    Media,
}

impl Counted {
    const ALL: [Self; 9] = [
        Self::Person,
        Self::Case,
        Self::Contact,
        Self::Message,
        Self::Attachment,
        Self::Staff,
        Self::Survey,
        Self::Training,
        Self::Media,
    ];

    pub(crate) fn table(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Case => "cases",
            Self::Contact => "contact",
            Self::Message => "message",
            Self::Attachment => "attachment",
            Self::Staff => "staff",
            Self::Survey => "survey",
            Self::Training => "training",
            Self::Media => "media",
        }
    }
}

/// What one transaction knows of ids.
#[derive(Default)]
pub(crate) struct Counts {
    /// SQLite: the last id of every table.
    last: Option<HashMap<Counted, i64>>,
    /// PostgreSQL: ids that were given and not used yet.
    given: Vec<(Counted, i64)>,
}

impl Counts {
    /// Which of these have to be asked for.
    pub(crate) fn missing(&self, wanted: &[Counted]) -> Vec<Counted> {
        if self.last.is_some() {
            return Vec::new();
        }
        wanted.iter().copied().filter(|of| !self.given.iter().any(|(given, _)| given == of)).collect()
    }

    /// Takes the answer to [`question`].
    pub(crate) fn learn(&mut self, asked: &[Counted], rows: &[QueryResult]) -> Result<(), DbErr> {
        let Some(first) = rows.first() else { return Ok(()) };
        if first.try_get_by::<String, _>("name").is_ok() {
            let mut last = HashMap::new();
            for row in rows {
                let name: String = row.try_get_by("name")?;
                let of = Counted::ALL.into_iter().find(|of| of.table() == name);
                last.extend(of.map(|of| row.try_get_by("seq").map(|seq| (of, seq))).transpose()?);
            }
            self.last = Some(last);
        } else {
            for (place, of) in asked.iter().enumerate() {
                self.given.push((*of, first.try_get_by_index(place)?));
            }
        }
        Ok(())
    }

    pub(crate) fn take(&mut self, of: Counted) -> Option<i64> {
        if let Some(last) = &mut self.last {
            let count = last.entry(of).or_insert(0);
            *count += 1;
            return Some(*count);
        }
        let place = self.given.iter().position(|(given, _)| *given == of)?;
        Some(self.given.remove(place).1)
    }
}

/// What to ask the database for these ids, and for locks by these names; SQLite has one writer and needs none.
pub(crate) fn question(backend: DbBackend, missing: &[Counted], locks: &[&str]) -> Option<Statement> {
    if backend != DbBackend::Postgres {
        // A row that is always there makes the answer of an empty database one as well.
        let all = "SELECT name, seq FROM sqlite_sequence UNION ALL SELECT '', 0";
        return (!missing.is_empty()).then(|| Statement::from_string(backend, all));
    }
    let ids = missing.iter().map(|of| format!("nextval('{}_id_seq')", of.table()));
    let locked = (1..=locks.len()).map(|n| format!("pg_advisory_xact_lock(hashtextextended(${n}, 7))"));
    let each: Vec<String> = ids.chain(locked).collect();
    let sql = format!("SELECT {}", each.join(", "));
    (!each.is_empty())
        .then(|| Statement::from_sql_and_values(backend, sql, locks.iter().map(|lock| (*lock).to_owned().into())))
}

/// PostgreSQL: what to ask the database for so many ids of one table.
pub(crate) fn block(of: Counted, count: usize) -> Statement {
    let sql = format!("SELECT nextval('{}_id_seq') FROM generate_series(1, {count})", of.table());
    Statement::from_string(DbBackend::Postgres, sql)
}
