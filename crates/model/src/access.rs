//! Who may do what. One table for the work on cases; pages and REST ask it and nothing else.

use crate::case::{Case, Level};
use crate::recording::RecordingKind;
use crate::user::{Role, Staff};
use crate::word::words;
use crate::{StructureId, UserId};

words!(
    /// What somebody wants to do to a case.
    Action {
        See = "see",
        Note = "note",
        Take = "take",
        Assign = "assign",
        Reply = "reply",
        Wait = "wait",
        Remind = "remind",
        Escalate = "escalate",
        Recall = "recall",
        GiveBack = "give-back",
        Transfer = "transfer",
        Solve = "solve",
        Reopen = "reopen",
        Classify = "classify",
        Merge = "merge",
        Split = "split",
        Link = "link",
    }
);

/// Somebody wanted what their role or scope does not allow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    #[error("your role does not allow you to {0} this case")]
    Role(Action),
    #[error("this case is outside your structure")]
    Scope,
    #[error("your role does not give access to this")]
    Place,
}

/// Roles that work at the desk.
pub const DESK: &[Role] = &[Role::Front, Role::Back, Role::Supervisor, Role::Admin];

/// May `who` work at the desk at all?
///
/// # Errors
/// [`Denied::Place`] for those whose roles lie elsewhere.
pub fn desk(who: &Staff) -> Result<(), Denied> {
    if who.roles.any_of(DESK) { Ok(()) } else { Err(Denied::Place) }
}

/// May `who` see the report? It is of the whole centre, so nobody who is bound to a structure.
///
/// # Errors
/// [`Denied`] otherwise.
pub fn report(who: &Staff) -> Result<(), Denied> {
    desk(who)?;
    if who.scope.is_none() { Ok(()) } else { Err(Denied::Scope) }
}

/// May `who` administer the centre? What is administered is everybody's, so that a structure's own staff do not, whatever
/// their roles.
///
/// # Errors
/// [`Denied::Place`] for all others.
pub fn admin(who: &Staff) -> Result<(), Denied> {
    if who.roles.has(Role::Admin) && who.scope.is_none() { Ok(()) } else { Err(Denied::Place) }
}

/// Roles that oversee the work of others.
pub const SUPERVISION: &[Role] = &[Role::Supervisor, Role::Admin];

/// May `who` oversee the work of others? A structure's own staff oversee that structure's alone.
///
/// # Errors
/// [`Denied::Place`] for all others.
pub fn supervise(who: &Staff) -> Result<(), Denied> {
    if who.roles.any_of(SUPERVISION) { Ok(()) } else { Err(Denied::Place) }
}

/// Roles whose people calls are offered to.
pub const CALLS: &[Role] = &[Role::Front, Role::Back];

/// Is `who` somebody whom calls are offered to?
#[must_use]
pub fn takes_calls(who: &Staff) -> bool {
    who.roles.any_of(CALLS)
}

/// Does `who` speak by the centre's telephone at all? Those do whom calls are offered to, and those who take part in the
/// talks of others.
#[must_use]
pub fn has_telephone(who: &Staff) -> bool {
    takes_calls(who) || supervise(who).is_ok()
}

/// May `who` hear what was recorded of a contact? The message that a caller left is for whoever sees the case that it
/// opened; a talk is for those who oversee, and for the operator who spoke. What came to no case is the whole centre's.
///
/// # Errors
/// [`Denied`] otherwise.
pub fn listen(
    who: &Staff,
    kind: RecordingKind,
    operator: Option<UserId>,
    case_of: Option<&Case>,
) -> Result<(), Denied> {
    match case_of {
        Some(its) => case(who, Action::See, its)?,
        None if who.scope.is_some() && operator != Some(who.id) => return Err(Denied::Scope),
        None => desk(who)?,
    }
    let is_message = kind == RecordingKind::Message && case_of.is_some();
    if is_message || operator == Some(who.id) { Ok(()) } else { supervise(who) }
}

/// May `who` do `action` to `case`?
///
/// Everyone at the desk sees the cases in their scope and leaves notes there. The work on a case belongs to the office
/// that has it: the front office's to `front`, the back office's to `back`; a supervisor does either.
///
/// # Errors
/// Why not.
pub fn case(who: &Staff, action: Action, case: &Case) -> Result<(), Denied> {
    desk(who)?;
    if !in_scope(who.scope.as_ref(), case) {
        return Err(Denied::Scope);
    }
    let its_office = match case.level {
        Level::Front => Role::Front,
        Level::Back => Role::Back,
    };
    let works_here = who.roles.has(its_office) || who.roles.has(Role::Supervisor);
    let allowed = match action {
        Action::See | Action::Note | Action::Link => true,
        Action::Take
        | Action::Assign
        | Action::Reply
        | Action::Wait
        | Action::Remind
        | Action::Classify
        | Action::Solve
        | Action::Transfer
        | Action::Merge
        | Action::Split => works_here,
        Action::Escalate | Action::Recall => who.roles.any_of(&[Role::Front, Role::Supervisor]),
        Action::GiveBack => who.roles.any_of(&[Role::Back, Role::Supervisor]),
        Action::Reopen => who.roles.any_of(&[Role::Front, Role::Back, Role::Supervisor]),
    };
    if allowed { Ok(()) } else { Err(Denied::Role(action)) }
}

/// True when the case lies in the scope; no scope is everywhere.
#[must_use]
pub fn in_scope(scope: Option<&StructureId>, case: &Case) -> bool {
    scope.is_none_or(|scope| case.structure.as_ref() == Some(scope))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(roles: &str) -> Staff {
        Staff {
            id: UserId(1),
            login: "sara".to_owned(),
            name: "Sara Campione".to_owned(),
            roles: roles.parse().unwrap(),
            scope: None,
            queues: Vec::new(),
            language: "it".to_owned(),
            languages: Vec::new(),
            skills: Vec::new(),
        }
    }

    #[test]
    fn whoever_takes_part_in_the_talks_of_others_has_a_telephone_and_is_offered_no_call() {
        for roles in ["front", "back", "front,supervisor"] {
            assert!(takes_calls(&of(roles)) && has_telephone(&of(roles)), "{roles}");
        }
        for roles in ["supervisor", "admin"] {
            assert!(!takes_calls(&of(roles)) && has_telephone(&of(roles)), "{roles}");
        }
        assert!(!has_telephone(&of("editor")));
    }
}
