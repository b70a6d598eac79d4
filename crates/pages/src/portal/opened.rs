//! The cases that a visitor has opened in this session, by their code or by having written them.

use chrono::{DateTime, TimeDelta, Utc};
use gate::Session;
use model::CaseId;
use serde::{Deserialize, Serialize};

const CASES: &str = "cases";
const WRITTEN: &str = "written";
/// Cases open at once; the oldest is forgotten first.
const MOST: usize = 20;
/// How long number and code can be seen again by loading the page anew, to print it; afterwards the code is had again by
/// e-mail, so that nobody finds it on the computer later.
const SHOWN_FOR: TimeDelta = TimeDelta::minutes(30);

type Failed = gate::SessionError;

#[derive(Debug, Serialize, Deserialize)]
struct Written {
    case: i64,
    at: DateTime<Utc>,
}

/// This visitor may read the case.
pub async fn remember(session: &Session, case: CaseId) -> Result<(), Failed> {
    let mut cases = cases(session).await;
    if cases.is_empty() {
        // An id known from before is worth nothing once a case can be read with it.
        session.cycle_id().await?;
    }
    cases.retain(|known| *known != case.0);
    cases.push(case.0);
    let from = cases.len().saturating_sub(MOST);
    let kept: Vec<i64> = cases.into_iter().skip(from).collect();
    session.insert(CASES, kept).await
}

/// This visitor has just written the case: number and code can be shown.
pub async fn remember_new(session: &Session, case: CaseId, now: DateTime<Utc>) -> Result<(), Failed> {
    remember(session, case).await?;
    session.insert(WRITTEN, Written { case: case.0, at: now }).await
}

/// The case whose number and code can be shown.
pub async fn just_written(session: &Session, now: DateTime<Utc>) -> Option<CaseId> {
    let written: Written = session.get(WRITTEN).await.ok().flatten()?;
    (now - written.at < SHOWN_FOR).then_some(CaseId(written.case))
}

/// May this visitor read the case?
pub async fn knows(session: &Session, case: CaseId) -> bool {
    cases(session).await.contains(&case.0)
}

/// "Esci": nobody reads the case from this computer without its code.
pub async fn forget(session: &Session, case: CaseId) -> Result<(), Failed> {
    let mut cases = cases(session).await;
    cases.retain(|known| *known != case.0);
    session.insert(CASES, cases).await?;
    session.remove::<Written>(WRITTEN).await?;
    Ok(())
}

async fn cases(session: &Session) -> Vec<i64> {
    session.get(CASES).await.ok().flatten().unwrap_or_default()
}
