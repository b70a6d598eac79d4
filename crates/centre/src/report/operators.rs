//! Figures of individual operators: for supervisors, and only where the administration has turned them on.

use super::{Wanted, ask};
use crate::{Centre, Error, Result};
use db::report;
use model::UserId;
use model::access::Denied;
use model::report::{real, seconds};
use model::user::{Role, Staff};

/// What one operator did in a period.
#[derive(Debug, Clone, PartialEq)]
pub struct OperatorFigures {
    pub name: String,
    pub contacts: i64,
    pub mean_talk_s: Option<f64>,
    pub answers: i64,
}

/// May `who` see these figures here?
#[must_use]
pub fn may(centre: &Centre, who: &Staff) -> bool {
    centre.operator_figures() && who.roles.has(Role::Supervisor) && model::access::report(who).is_ok()
}

/// What each operator did, by name.
///
/// # Errors
/// [`Denied`] for all but supervisors, and for everybody where these figures are off; those of the database.
pub async fn operators(centre: &Centre, who: &Staff, wanted: &Wanted) -> Result<Vec<OperatorFigures>> {
    if !may(centre, who) {
        return Err(Error::Denied(Denied::Place));
    }
    let asked = ask(centre, wanted).await?;
    let done = report::operators(&asked.view, &asked.span).await?;
    let ids: Vec<UserId> = done.keys().map(|id| UserId(*id)).collect();
    let names = db::staff::names(centre.db().read(), &ids).await?;
    let mut figures: Vec<OperatorFigures> = done
        .iter()
        .map(|(id, done)| OperatorFigures {
            name: names.get(&UserId(*id)).cloned().unwrap_or_default(),
            contacts: done.contacts,
            mean_talk_s: (done.talked > 0).then(|| seconds(done.talk) / real(done.talked)),
            answers: done.answers,
        })
        .collect();
    figures.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(figures)
}
