//! A case that this version cannot read: as a later version or a damaged disk might leave one.

use crate::Office;
use centre::By;
use db::ConnectionTrait;
use model::CaseId;

/// Makes the case unreadable.
pub async fn spoil(office: &Office, id: CaseId) {
    set_state(office, id, "spoilt").await;
}

/// Makes it what a new case is.
pub async fn mend(office: &Office, id: CaseId) {
    set_state(office, id, "new").await;
}

async fn set_state(office: &Office, id: CaseId, state: &str) {
    let sql = format!("UPDATE cases SET state = '{state}' WHERE id = {id}");
    let done = office
        .centre
        .work(By::System, move |w| Box::pin(async move { Ok(w.tx.execute_unprepared(&sql).await.map(drop)) }));
    done.await.unwrap().unwrap();
}
