//! What can be done to a case: only what its state and the role of whoever looks allow is offered.

use super::place::Place;
use centre::Catalogue;
use model::access::{self, Action};
use model::case::{Case, Level, State};
use model::number::CaseNumber;
use model::user::Staff;

/// A button or a link on a case.
#[derive(Debug, Clone)]
pub struct Act {
    /// The last part of its address; its message is `desk-act-{word}`.
    pub word: &'static str,
    pub href: String,
    pub icon: &'static str,
    /// The key that does it.
    pub key: Option<char>,
    /// Done at once, by a form of one button; else a page asks first.
    pub at_once: bool,
    /// For taking: who had it when the button was shown, empty for nobody.
    pub from: Option<String>,
}

/// In the head, then under "more".
#[derive(Debug, Clone, Default)]
pub struct Acts {
    pub first: Vec<Act>,
    pub more: Vec<Act>,
}

pub(super) fn of(me: &Staff, case: &Case, catalogue: &Catalogue, place: &Place) -> Acts {
    let number = CaseNumber::new(case.id, case.opened_at);
    let may = |action| access::case(me, action, case).is_ok();
    let active = case.is_active();
    let act = |word: &'static str, icon, key, at_once| Act {
        word,
        href: place.act(number, word),
        icon,
        key,
        at_once,
        from: None,
    };
    let mut acts = Acts::default();

    if active && case.assignee != Some(me.id) && may(Action::Take) {
        let from = case.assignee.map(|id| id.to_string()).unwrap_or_default();
        acts.first.push(Act { from: Some(from), ..act("take", "user", Some('a'), true) });
    }
    if active && case.level == Level::Front && may(Action::Escalate) {
        acts.first.push(act("escalate", "office", Some('e'), false));
    }
    if active && case.level == Level::Back && may(Action::GiveBack) {
        acts.first.push(act("give-back", "transfer", Some('e'), false));
    }
    let untaken = case.state == State::New && case.assignee.is_none();
    if case.level == Level::Back && untaken && may(Action::Recall) {
        acts.more.push(act("recall", "up", None, true));
    }
    if active && may(Action::Solve) {
        acts.first.push(act("solve", "check", Some('s'), false));
    }
    if matches!(case.state, State::Solved | State::Closed) && may(Action::Reopen) {
        acts.first.push(act("reopen", "up", None, true));
    }
    if case.state == State::Merged && may(Action::Merge) {
        acts.first.push(act("unmerge", "same", None, true));
    }

    if active && may(Action::Assign) {
        acts.more.push(act("assign", "team", None, false));
        if case.assignee.is_some() {
            acts.more.push(act("put-back", "inbox", None, true));
        }
    }
    if matches!(case.state, State::New | State::Open) && may(Action::Wait) {
        acts.more.push(act("wait", "hourglass", None, true));
    }
    if case.state == State::Waiting && may(Action::Wait) {
        acts.first.insert(0, act("resume", "up", None, true));
    }
    if active && may(Action::Remind) {
        acts.more.push(act("remind", "clock", None, false));
    }
    if active && may(Action::Transfer) && catalogue.queues(case.level).any(|(_, q)| q.id != case.queue) {
        acts.more.push(act("transfer", "transfer", None, false));
    }
    if case.state != State::Merged {
        if may(Action::Classify) {
            acts.more.push(act("classify", "table", None, false));
            acts.more.push(act("rename", "pen", None, false));
        }
        if may(Action::Merge) {
            acts.more.push(act("merge", "same", None, false));
        }
        if may(Action::Split) {
            acts.more.push(act("split", "same", None, false));
        }
    }
    acts.more.push(act("link", "right", None, false));
    acts
}
