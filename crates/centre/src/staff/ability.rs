//! What whoever oversees somebody's work may say of them: which queues they serve, what they can do and how well. It holds
//! from the next choice of routing on, for those who wait already too.

use super::profile::{Profile, checked};
use super::{revision, tell};
use crate::{Centre, Error, Result, Work, team};
use db::staff::Member;
use model::problem::Problem;
use model::user::{Skill, Staff};
use model::{QueueId, UserId, access};

/// As it was typed.
#[derive(Debug, Clone, Default)]
pub struct Ability {
    /// Of the queues that whoever says this oversees; those of others stay as they are.
    pub queues: Vec<QueueId>,
    pub languages: Vec<String>,
    pub skills: Vec<Skill>,
}

/// Somebody whose work `overseer` oversees.
///
/// # Errors
/// [`Error::NotFound`] for any other; [`access::Denied`] for whoever oversees nothing.
pub async fn overseen(centre: &Centre, overseer: &Staff, id: UserId) -> Result<Member> {
    access::supervise(overseer)?;
    let member = db::staff::member(centre.db().read(), id).await?;
    member.filter(|member| is_overseen(overseer, member)).ok_or(Error::NotFound("user"))
}

fn is_overseen(overseer: &Staff, member: &Member) -> bool {
    member.disabled_at.is_none() && team::within(overseer, member.staff.scope.as_ref())
}

/// Says what somebody can do, as it was `seen` ([`revision`]).
///
/// # Errors
/// What cannot be taken, each field by its name; [`Error::ChangedMeanwhile`]; somebody whom whoever says it does not
/// oversee.
pub async fn enable_to(work: &Work<'_>, id: UserId, typed: Ability, seen: &str) -> Result<()> {
    let overseer = work.staff()?;
    access::supervise(overseer)?;
    db::staff::hold_administration(work.tx).await?;
    let before = db::staff::member(work.tx, id).await?.filter(|member| is_overseen(overseer, member));
    let before = before.ok_or(Error::NotFound("user"))?;
    if seen != revision(&before) {
        return Err(Error::ChangedMeanwhile);
    }
    let was = &before.staff;
    let theirs = |queue: &QueueId| {
        let known = work.catalogue.queue(queue);
        known.is_some_and(|known| team::within(overseer, known.structure.as_ref()))
    };
    let foreign = was.queues.iter().filter(|queue| !theirs(queue)).cloned();
    let queues: Vec<QueueId> = typed.queues.into_iter().filter(theirs).chain(foreign).collect();
    let wanted = Profile {
        name: was.name.clone(),
        email: before.email.clone(),
        roles: was.roles.clone(),
        scope: was.scope.clone(),
        queues,
        languages: typed.languages,
        skills: typed.skills,
    };
    let Profile { queues, languages, skills, .. } = checked(&work.catalogue, wanted).map_err(Error::Invalid)?;
    // Whoever is put to no queue serves all: those of others, too, which are not this overseer's to give.
    if overseer.scope.is_some() && queues.is_empty() && !was.queues.is_empty() {
        return Err(Error::field("queues", Problem::Missing));
    }
    let after = Staff { queues, languages, skills, ..was.clone() };
    let fields: Vec<&str> = [
        ("queues", sorted(&was.queues) != sorted(&after.queues)),
        ("languages", was.languages != after.languages),
        ("skills", was.skills != after.skills),
    ]
    .into_iter()
    .filter_map(|(field, differs)| differs.then_some(field))
    .collect();
    if fields.is_empty() {
        return Ok(());
    }
    db::staff::change(work.tx, &after, before.email.as_deref()).await?;
    tell(work, id, "changed", serde_json::json!({ "fields": fields }));
    Ok(())
}

fn sorted(queues: &[QueueId]) -> Vec<&QueueId> {
    let mut sorted: Vec<&QueueId> = queues.iter().collect();
    sorted.sort();
    sorted
}
