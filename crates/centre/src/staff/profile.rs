//! What the administration says of somebody: name and address, roles and scope, queues, languages and skills.

use super::tell;
use crate::{Catalogue, Error, Result, Work};
use model::access;
use model::address::Address;
use model::problem::{FieldProblem, Problem};
use model::text::{self, NAME_MAX};
use model::user::{Role, Roles, SKILL_MAX, SKILLS_MAX, Skill, Staff};
use model::{QueueId, StructureId, UserId};
use std::collections::HashSet;

/// As it was typed, or as it is kept.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    pub name: String,
    pub email: Option<String>,
    pub roles: Roles,
    pub scope: Option<StructureId>,
    pub queues: Vec<QueueId>,
    pub languages: Vec<String>,
    pub skills: Vec<Skill>,
}

/// Longest code of a language (RFC 5646, 4.4.1).
const LANGUAGE_MAX: usize = 35;

/// The profile as it is kept, or all that is wrong with it.
pub(super) fn checked(catalogue: &Catalogue, typed: Profile) -> Result<Profile, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let name = text::required("name", &typed.name, NAME_MAX).map(|name| text::clean_line(&name));
    let email = typed.email.filter(|typed| !typed.trim().is_empty());
    let email = email.map(|typed| Address::email("email", &typed).map(|address| address.value)).transpose();
    if typed.roles.iter().next().is_none() {
        problems.push(FieldProblem::new("roles", Problem::Missing));
    }
    // Whoever administers does so for everybody: the role and a scope do not go together.
    if typed.scope.is_some() && typed.roles.has(Role::Admin) {
        problems.push(FieldProblem::new("scope", Problem::ScopeOfAdmin));
    }
    if typed.queues.iter().any(|id| catalogue.queue(id).is_none()) {
        problems.push(FieldProblem::new("queues", Problem::NotInTheList));
    }
    let odd = |code: &String| {
        code.is_empty()
            || code.chars().count() > LANGUAGE_MAX
            || !code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    if typed.languages.iter().any(odd) {
        problems.push(FieldProblem::new("languages", Problem::NotInTheList));
    }
    let skills = skills(typed.skills).map_err(|problem| problems.push(problem)).unwrap_or_default();
    if skills.len() > SKILLS_MAX {
        problems.push(FieldProblem::limited("skills", Problem::TooMany, SKILLS_MAX as u64));
    }
    if typed.languages.len() > SKILLS_MAX {
        problems.push(FieldProblem::limited("languages", Problem::TooMany, SKILLS_MAX as u64));
    }
    match (name, email) {
        (Ok(name), Ok(email)) if problems.is_empty() => {
            Ok(Profile { name, email, skills, ..typed_rest(typed.roles, typed.scope, typed.queues, typed.languages) })
        }
        (name, email) => {
            problems.extend(name.err());
            problems.extend(email.err());
            Err(problems)
        }
    }
}

fn typed_rest(roles: Roles, scope: Option<StructureId>, queues: Vec<QueueId>, languages: Vec<String>) -> Profile {
    Profile { roles, scope, queues, languages, ..Profile::default() }
}

/// Skills by their names, each once.
fn skills(typed: Vec<Skill>) -> Result<Vec<Skill>, FieldProblem> {
    let mut seen = HashSet::new();
    let mut kept = Vec::new();
    for skill in typed {
        let Some(name) = text::optional("skills", &skill.name, SKILL_MAX)? else { continue };
        let name = text::clean_line(&name);
        if seen.insert(text::fold(&name)) {
            kept.push(Skill { name, ..skill });
        }
    }
    Ok(kept)
}

/// What tells one state of what is said of somebody from another.
#[must_use]
pub fn revision(member: &db::staff::Member) -> String {
    let Staff { name, roles, scope, queues, languages, skills, .. } = &member.staff;
    crate::revision::of(&(name, &member.email, roles.to_string(), scope, queues, languages, skills))
}

/// Changes what is said of somebody, as it was `seen` ([`revision`]), where somebody saw it. Sessions go on, and are asked for what the new roles want at the next sign-in; where
/// a role wants a second factor that they have not, their sessions end.
///
/// # Errors
/// What cannot be taken, each field by its name; [`Problem::LastAdmin`] when nobody could administer after it;
/// [`Error::ChangedMeanwhile`], so that a form that was open for long gives nobody a role back.
pub async fn change(work: &Work<'_>, id: UserId, typed: Profile, seen: Option<String>) -> Result<()> {
    work.must_administer()?;
    let profile = checked(&work.catalogue, typed).map_err(Error::Invalid)?;
    db::staff::hold_administration(work.tx).await?;
    let before = db::staff::member(work.tx, id).await?.ok_or(Error::NotFound("user"))?;
    if seen.is_some_and(|seen| seen != revision(&before)) {
        return Err(Error::ChangedMeanwhile);
    }
    let Profile { name, email, roles, scope, queues, languages, skills } = profile;
    let after = Staff { name, roles, scope, queues, languages, skills, ..before.staff.clone() };
    if access::admin(&after).is_err() {
        keeps_an_administrator(work, &before, "roles").await?;
    }
    let fields = changed(&before, &after, email.as_deref());
    if fields.is_empty() {
        return Ok(());
    }
    db::staff::change(work.tx, &after, email.as_deref()).await?;
    let wanted = crate::totp::is_wanted_of(work, &after).await?;
    if wanted && !crate::totp::has(work, id).await? {
        db::session::end_all(work.tx, id).await?;
    }
    if before.email != email {
        // A link in a letter belongs to whoever reads that mailbox.
        db::invitation::withdraw_all(work.tx, id, work.now).await?;
    }
    let data = serde_json::json!({ "fields": fields, "roles": after.roles.to_string(), "scope": after.scope });
    tell(work, id, "changed", data);
    Ok(())
}

/// Refuses when `member` is the last who can administer. The administration must be held
/// ([`db::staff::hold_administration`]).
pub(super) async fn keeps_an_administrator(
    work: &Work<'_>,
    member: &db::staff::Member,
    field: &'static str,
) -> Result<()> {
    let can = member.disabled_at.is_none() && member.has_password && access::admin(&member.staff).is_ok();
    if can && !db::staff::other_administrator(work.tx, member.staff.id).await? {
        return Err(Error::field(field, Problem::LastAdmin));
    }
    Ok(())
}

/// Which fields differ, by their names.
fn changed(before: &db::staff::Member, after: &Staff, email: Option<&str>) -> Vec<&'static str> {
    let was = &before.staff;
    [
        ("name", was.name != after.name),
        ("email", before.email.as_deref() != email),
        ("roles", was.roles != after.roles),
        ("scope", was.scope != after.scope),
        ("queues", was.queues != after.queues),
        ("languages", was.languages != after.languages),
        ("skills", was.skills != after.skills),
    ]
    .into_iter()
    .filter_map(|(field, differs)| differs.then_some(field))
    .collect()
}
