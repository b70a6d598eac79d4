//! What would change, before it does: key by key, with what it does to whoever writes now and to the cases there are.

use crate::admin::nav;
use crate::desk::DeskFrame;
use crate::samples;
use askama::Template;
use centre::Error;
use centre::service::{Gone, Plan};
use chrono::{DateTime, Utc};
use language::Tr;
use model::case::Clocks;
use model::service::{Change, Flaw, Found, Service, compare};

#[derive(Debug, Template)]
#[template(path = "admin/service-preview.html")]
pub struct PreviewPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub name: String,
    /// It is there already.
    pub exists: bool,
    pub back: (String, String),
    pub action: String,
    pub hidden: Vec<(String, String)>,
    pub changes: Vec<Effect>,
    /// What it does now, in sentences.
    pub effects: Vec<String>,
    /// What keeps it from being done as it is.
    pub problems: Vec<String>,
    /// Whether the form that it came from can be gone back to.
    pub edits: bool,
}

/// A key that changes, in words.
#[derive(Debug, Clone)]
pub struct Effect {
    pub what: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// The keys of the definition in the reader's words, as far as there are any for them.
pub fn effect(tr: Tr, change: &Change) -> Effect {
    let word = |key: &String| {
        let message = format!("service-key-{}", key.replace('_', "-"));
        if tr.has(&message) { tr.text(&message).into_owned() } else { key.clone() }
    };
    let last = change.path.last().map_or("", String::as_str);
    let said = |value: &String| match (last, value.as_str()) {
        (_, "true") => tr.text("service-yes").into_owned(),
        (_, "false") => tr.text("service-no").into_owned(),
        ("holidays", "italy") => tr.text("service-holidays-italy").into_owned(),
        ("holidays", "none") => tr.text("service-holidays-none").into_owned(),
        ("week", "always") => tr.text("hours-always").into_owned(),
        ("week", days) => {
            let days = days.split("; ").map(|day| match day.split_once(' ') {
                Some((day, slots)) => format!("{} {slots}", word(&day.to_owned())),
                None => day.to_owned(),
            });
            days.collect::<Vec<_>>().join("; ")
        }
        (_, other) => other.to_owned(),
    };
    Effect {
        what: change.path.iter().map(word).collect::<Vec<_>>().join(" › "),
        before: change.before.as_ref().map(said),
        after: change.after.as_ref().map(said),
    }
}

/// Why a queue cannot go as it is.
pub fn stuck(tr: Tr, gone: &Gone) -> Option<String> {
    let (key, count) = match gone.may_go() {
        Err(Error::QueueServed { people, .. }) => (language::key!("service-queue-served"), people),
        Err(_) => (language::key!("service-queue-in-use"), gone.cases),
        Ok(()) => return None,
    };
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    Some(tr.with(key, &[("queue", tr.arg(gone.name.as_str())), ("count", tr.arg(count))]).into_owned())
}

impl PreviewPage {
    pub fn of(
        tr: Tr,
        frame: DeskFrame,
        plan: &Plan,
        back: (String, String),
        action: String,
        hidden: Vec<(String, String)>,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            tr,
            frame,
            name: plan.after.name.clone(),
            exists: plan.before.is_some(),
            back,
            action,
            hidden,
            changes: plan.changes.iter().map(|change| effect(tr, change)).collect(),
            effects: effects(tr, plan, now),
            problems: Vec::new(),
            edits: true,
        }
    }
}

fn effects(tr: Tr, plan: &Plan, now: DateTime<Utc>) -> Vec<String> {
    let mut effects = Vec::new();
    let (before, after) = (plan.before.as_ref(), &plan.after);
    let standing = |service: &Service| {
        let standing = crate::portal::standing(tr, &service.calendar, now);
        format!("{} {}", standing.word, standing.detail).trim().to_owned()
    };
    let from_to = |key: &str, from: String, to: String| {
        (from != to).then(|| tr.with(key, &[("before", from), ("after", to)]).into_owned())
    };
    if let Some(before) = before {
        effects.extend(from_to("service-effect-open", standing(before), standing(after)));
        let due = |service: &Service| Clocks::started(&service.calendar, service.promised(None, None), now);
        let when = |at: Option<DateTime<Utc>>| {
            at.map_or_else(|| tr.text("service-never").into_owned(), |at| tr.date_time(at, now))
        };
        let (old, new) = (due(before), due(after));
        effects.extend(from_to("service-effect-answer", when(old.answer), when(new.answer)));
        effects.extend(from_to("service-effect-solution", when(old.solution), when(new.solution)));
        if (before.calendar != after.calendar) || before.promises != after.promises || before.levels != after.levels {
            effects.push(tr.text("service-effect-promised-stays").into_owned());
        }
        if before.active && !after.active {
            effects.push(tr.text("service-effect-over").into_owned());
        }
    }
    for topic in &plan.undeclared {
        effects.push(tr.with("service-effect-undeclared", &[("topic", topic.as_str())]).into_owned());
    }
    for doubt in &plan.doubts {
        let sentence = super::sentence(tr, doubt.flaw, doubt.with.as_deref());
        let values = [("place", doubt.name()), ("why", sentence)];
        effects.push(tr.with("service-effect-doubt", &values).into_owned());
    }
    for gone in &plan.gone {
        let number = |count: u64| tr.arg(i64::try_from(count).unwrap_or(i64::MAX));
        let values =
            [("queue", tr.arg(gone.name.as_str())), ("cases", number(gone.cases)), ("people", number(gone.serving))];
        let key = if gone.stays {
            language::key!("service-effect-queue-level")
        } else {
            language::key!("service-effect-queue-gone")
        };
        effects.push(tr.with(key, &values).into_owned());
    }
    effects
}

impl samples::Samples for PreviewPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let before = super::sample_service();
        let mut after = before.clone();
        after.promises.answer_minutes = 60;
        after.calendar = model::calendar::Calendar::always(chrono_tz::Europe::Rome);
        let plan = |before: Option<Service>| Plan {
            changes: compare(before.as_ref(), &after),
            flaws: Vec::new(),
            gone: [false, true]
                .map(|stays| Gone {
                    queue: model::QueueId::new("ufficio-bonus"),
                    name: "Ufficio bonus".to_owned(),
                    stays,
                    cases: 3,
                    serving: 1,
                    alone: 0,
                    has_target: true,
                })
                .to_vec(),
            undeclared: vec![model::TopicId::new("bonus-sociale")],
            doubts: vec![Found::at(vec!["telephone".into(), "menus".into()], Flaw::NotInLanguage).with("en")],
            before,
            after: after.clone(),
        };
        let page = |before: Option<Service>| {
            let back = ("/admin/services".to_owned(), "Linea Amica".to_owned());
            let frame = nav::sample_frame(tr, "services");
            let action = "/admin/services/linea-amica/levels".to_owned();
            PreviewPage::of(tr, frame, &plan(before), back, action, Vec::new(), samples::now())
        };
        vec![("change", page(Some(before))), ("new", page(None))]
    }
}
