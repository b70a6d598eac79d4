//! Measures what supervisors watch, and raises or ends alarms.

use crate::{Centre, Result, alarm};

pub(super) async fn run(centre: &Centre) -> Result<()> {
    alarm::check(centre).await
}
