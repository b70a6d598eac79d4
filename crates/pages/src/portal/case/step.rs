//! Where a case stands, as a sentence and as steps: received, in hand, with the office, answered.

use super::first_name;
use centre::timeline::{Timeline, What};
use chrono::{DateTime, Utc};
use language::Tr;
use model::case::{Event, Level, Outcome, State};
use model::message::Author;

/// Where it stands: a title, what that means for the reader, and the way it has come.
#[derive(Debug, Clone)]
pub struct Where {
    pub title: String,
    pub lead: String,
    pub steps: Vec<Step>,
}

/// One step of the way.
#[derive(Debug, Clone)]
pub struct Step {
    pub icon: &'static str,
    pub word: String,
    pub when: String,
    pub who: Option<String>,
    pub standing: Standing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Done,
    Now,
    Next,
}

impl Standing {
    /// The class that the styles know it by.
    pub fn class(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Now => "now",
            Self::Next => "next",
        }
    }
}

/// When what happened, as far as the steps tell it.
#[derive(Default)]
struct Past {
    taken_at: Option<DateTime<Utc>>,
    answered_at: Option<DateTime<Utc>>,
    office_at: Option<DateTime<Utc>>,
}

impl Past {
    fn of(timeline: &Timeline) -> Self {
        let mut past = Self::default();
        for entry in &timeline.entries {
            match &entry.what {
                What::Message { message, .. } if message.author == Author::Operator => {
                    past.answered_at = Some(entry.at)
                }
                What::Change { event, .. } => match **event {
                    Event::Assigned { to: Some(_) } => {
                        past.taken_at.get_or_insert(entry.at);
                    }
                    Event::Escalated { .. } => past.office_at = Some(entry.at),
                    Event::Recalled { escalated_at, .. } => past.office_at = escalated_at,
                    _ => {}
                },
                _ => {}
            }
        }
        past
    }
}

impl Where {
    /// `office` is the name of the office that has it, where it is with one.
    pub fn of(tr: Tr, timeline: &Timeline, office: Option<&str>, now: DateTime<Utc>) -> Self {
        let case = &timeline.stored.case;
        let past = Past::of(timeline);
        let due = case.clocks.answer.or(case.clocks.solution);
        let by = due.map(|at| tr.date_time(at, now));
        let name = case.assignee.map(|id| first_name(timeline.name(id)).to_owned());
        let (title, lead) = words(tr, case.state, case.outcome, case.level, case.unanswered, name.as_deref(), office);
        let late = due.is_some_and(|due| due < now) && case.is_active();
        let title = match (&by, late, case.is_active() && case.state != State::Waiting) {
            (Some(_), true, true) => format!("{title} {}", tr.text("where-late")),
            (Some(by), false, true) => format!("{title} {}", tr.with("where-by", &[("when", by.as_str())])),
            _ => title,
        };

        let at = |at: DateTime<Utc>| tr.date_time(at, now);
        let over = matches!(case.state, State::Solved | State::Closed);
        let answered = !over && !case.unanswered && past.answered_at.is_some();
        let here = match (over || answered, case.level, past.taken_at.or(case.assignee.map(|_| case.last_at))) {
            (true, ..) => 3,
            (false, Level::Back, _) => 2,
            (false, Level::Front, Some(_)) => 1,
            (false, Level::Front, None) => 0,
        };
        let standing = |at: usize| {
            if at < here || over {
                Standing::Done
            } else if at == here {
                Standing::Now
            } else {
                Standing::Next
            }
        };
        let step = |icon, key: &str, when: String, who: Option<String>, standing| Step {
            icon,
            word: tr.text(key).into_owned(),
            when,
            who,
            standing,
        };

        let mut steps = vec![step("check", language::key!("step-received"), at(case.opened_at), None, standing(0))];
        let (taken_when, taken) = match past.taken_at.or(past.office_at).or(past.answered_at) {
            Some(taken) => (at(taken), standing(1)),
            None if over || here > 1 => (String::new(), standing(1)),
            None => (tr.text("step-in-hand-next").into_owned(), Standing::Next),
        };
        // What ended before anybody took it was never in hand.
        if !(over && taken_when.is_empty()) {
            steps.push(step(
                "user",
                language::key!("step-in-hand"),
                taken_when,
                name.map(|name| tr.with("step-in-hand-by", &[("name", name)]).into_owned()),
                taken,
            ));
        }
        if let Some(office_at) = past.office_at.or(case.escalated_at) {
            // Given back, the step is behind even while the answer is still being written.
            let standing = if case.level == Level::Back { standing(2) } else { Standing::Done };
            steps.push(step(
                "office",
                language::key!("step-office"),
                at(office_at),
                office.map(str::to_owned),
                standing,
            ));
        }
        let (when, standing) = match (over, answered) {
            (true, _) => (case.solved_at.map(at).unwrap_or_default(), Standing::Done),
            (false, true) => (past.answered_at.map(at).unwrap_or_default(), Standing::Now),
            (false, false) => (
                by.map(|by| tr.with("step-answer-by", &[("when", by)]).into_owned()).unwrap_or_default(),
                Standing::Next,
            ),
        };
        let word = match (over, case.outcome) {
            (true, Some(Outcome::Solved)) => language::key!("step-solved"),
            (true, _) => language::key!("step-closed"),
            (false, _) => language::key!("step-answer"),
        };
        steps.push(step("mail", word, when, None, standing));
        Self { title, lead, steps }
    }
}

fn words(
    tr: Tr,
    state: State,
    outcome: Option<Outcome>,
    level: Level,
    unanswered: bool,
    name: Option<&str>,
    office: Option<&str>,
) -> (String, String) {
    let say = |title: &str, lead: &str| (tr.text(title).into_owned(), tr.text(lead).into_owned());
    match (state, level) {
        (State::Solved, _) => match outcome.unwrap_or(Outcome::Solved) {
            Outcome::Solved => say("where-solved", "where-solved-lead"),
            Outcome::Referred => say("where-referred", "where-solved-lead"),
            Outcome::NotCompetent => say("where-not-competent", "where-solved-lead"),
            Outcome::Withdrawn => say("where-withdrawn", "where-withdrawn-lead"),
            Outcome::Unreachable => say("where-unreachable", "where-unreachable-lead"),
        },
        (State::Closed | State::Merged, _) => say("where-closed", "where-closed-lead"),
        (State::Waiting, _) => say("where-waiting", "where-waiting-lead"),
        (State::New | State::Open, _) if !unanswered => say("where-answered", "where-answered-lead"),
        (State::New | State::Open, Level::Back) => {
            let title = match office {
                Some(office) => tr.with("where-office", &[("office", office)]).into_owned(),
                None => tr.text("where-some-office").into_owned(),
            };
            (title, tr.text("where-nothing-to-do").into_owned())
        }
        (State::New | State::Open, Level::Front) => {
            let title = match name {
                Some(name) => tr.with("where-in-hand", &[("name", name)]).into_owned(),
                None => tr.text("where-received").into_owned(),
            };
            (title, tr.text("where-nothing-to-do").into_owned())
        }
    }
}
