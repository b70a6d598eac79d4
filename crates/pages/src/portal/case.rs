//! A case as its citizen follows it: opened by number and code, read, added to, closed, left.

mod act;
mod door;
mod page;
mod sample;
mod step;
mod talk;

pub use act::{announce, leave, settle, show_again, write};
pub use door::{DoorPage, enter, knock};
pub use page::{CasePage, file, show};
pub use talk::Said;

use super::here::Here;
use super::opened;
use centre::timeline::{self, Timeline};
use centre::{Error, Result, citizen};
use gate::{Gate, Session};
use model::number::CaseNumber;

/// The address of a case.
fn path(here: &Here, number: CaseNumber) -> String {
    here.tr.path(&format!("/caso/{number}"))
}

/// Reads the case that this number names, if this visitor has opened it. A case that was continued in another is read
/// there.
///
/// # Errors
/// [`Error::NotFound`] alike for a number that is not there and a case that was not opened here.
async fn read(gate: &Gate, session: &Session, number: &str) -> Result<Timeline> {
    let number: CaseNumber = number.parse().map_err(|_| Error::NotFound("case"))?;
    if !opened::knows(gate, session, number.id).await? {
        return Err(Error::NotFound("case"));
    }
    let timeline = timeline::read_for_citizen(&gate.centre, number.id).await?;
    if timeline.number != number {
        return Err(Error::NotFound("case"));
    }
    let current = citizen::continued(&gate.centre, number.id).await?;
    if current == number.id {
        return Ok(timeline);
    }
    timeline::read_for_citizen(&gate.centre, current).await
}

/// The name by which citizens know a member of the staff: the first.
fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}
