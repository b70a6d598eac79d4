//! The cases that a visitor has opened in this session, by their code or by having written them.

use centre::{Error, Result, citizen};
use chrono::{DateTime, TimeDelta, Utc};
use gate::{Gate, Session};
use model::CaseId;
use serde::{Deserialize, Serialize};

const CASES: &str = "cases";
const WRITTEN: &str = "written";
/// Cases open at once; the oldest is forgotten first.
const MOST: usize = 20;
/// How long number and code can be seen again by loading the page anew, to print it; afterwards the code is had again by
/// e-mail, so that nobody finds it on the computer later.
const SHOWN_FOR: TimeDelta = TimeDelta::minutes(30);

/// What cannot be read of a session for now says nothing of what is in it.
fn unread(error: gate::SessionError) -> Error {
    Error::Storage(db::Error::Unavailable(format!("a visitor's session: {error}")))
}

#[derive(Debug, Serialize, Deserialize)]
struct Written {
    case: i64,
    at: DateTime<Utc>,
}

/// This visitor may read the case.
pub async fn remember(session: &Session, case: CaseId) -> Result<()> {
    let mut cases = cases(session).await?;
    if cases.is_empty() {
        // An id known from before is worth nothing once a case can be read with it.
        session.cycle_id().await.map_err(unread)?;
    }
    cases.retain(|known| *known != case.0);
    cases.push(case.0);
    let from = cases.len().saturating_sub(MOST);
    let kept: Vec<i64> = cases.into_iter().skip(from).collect();
    session.insert(CASES, kept).await.map_err(unread)
}

/// This visitor has just written the case: number and code can be shown.
pub async fn remember_new(session: &Session, case: CaseId, now: DateTime<Utc>) -> Result<()> {
    remember(session, case).await?;
    session.insert(WRITTEN, Written { case: case.0, at: now }).await.map_err(unread)
}

/// The case whose number and code can be shown.
pub async fn just_written(session: &Session, now: DateTime<Utc>) -> Result<Option<CaseId>> {
    let written: Option<Written> = session.get(WRITTEN).await.map_err(unread)?;
    Ok(written.filter(|written| now - written.at < SHOWN_FOR).map(|written| CaseId(written.case)))
}

/// May this visitor read the case: opened by its code, or continued from one that was and as long as it is?
pub async fn knows(gate: &Gate, session: &Session, case: CaseId) -> Result<bool> {
    Ok(cases(session).await?.contains(&case.0) || !leading_to(gate, session, case).await?.is_empty())
}

/// "Esci": nobody reads the case from this computer without a code, by whichever number it was opened.
pub async fn forget(gate: &Gate, session: &Session, case: CaseId) -> Result<()> {
    let leading = leading_to(gate, session, case).await?;
    let mut cases = cases(session).await?;
    cases.retain(|known| !leading.contains(known));
    session.insert(CASES, cases).await.map_err(unread)?;
    session.remove_value(WRITTEN).await.map_err(unread)?;
    Ok(())
}

/// The cases opened here through which this one is read.
async fn leading_to(gate: &Gate, session: &Session, case: CaseId) -> Result<Vec<i64>> {
    let mut leading = Vec::new();
    for opened in cases(session).await? {
        match citizen::continued(&gate.centre, CaseId(opened)).await {
            Ok(current) if current == case || opened == case.0 => leading.push(opened),
            Ok(_) | Err(Error::NotFound(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(leading)
}

async fn cases(session: &Session) -> Result<Vec<i64>> {
    Ok(session.get(CASES).await.map_err(unread)?.unwrap_or_default())
}
