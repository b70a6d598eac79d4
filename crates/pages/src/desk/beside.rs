//! The column beside a case: who it is, their other cases, what the case is joined to, its topic, its reminder.

use super::Operator;
use super::due;
use super::list::title;
use super::place::Place;
use super::seat::Seat;
use centre::Catalogue;
use centre::timeline::Timeline;
use db::case::Stored;
use language::{Language, Tr};
use model::access::{self, Action};
use model::address::AddressKind;
use model::case::State;
use model::number::CaseNumber;

#[derive(Debug, Clone, Default)]
pub struct Beside {
    pub person: Option<Person>,
    pub others: Vec<Other>,
    pub linked: Vec<Other>,
    pub merged: Vec<Other>,
    pub topic: Option<String>,
    pub kind: Option<String>,
    /// Where topic and kind are changed, for who may.
    pub classify: Option<String>,
    pub reminder: Option<Reminder>,
    pub link: Option<String>,
    pub service: String,
    pub queue: String,
}

#[derive(Debug, Clone)]
pub struct Person {
    pub name: String,
    pub initials: String,
    pub facts: String,
    pub ways: Vec<Way>,
    /// Records of the same person, each with its id, to be parted again.
    pub merged: Vec<(i64, String)>,
    pub merge: String,
    pub unmerge: String,
}

#[derive(Debug, Clone)]
pub struct Way {
    pub icon: &'static str,
    pub value: String,
    pub href: String,
    /// Where they are called from here, by whoever takes calls: the address of the form and the number.
    pub call: Option<(String, String)>,
}

/// Another case.
#[derive(Debug, Clone)]
pub struct Other {
    pub id: i64,
    pub href: String,
    pub title: String,
    pub number: String,
    pub stands: String,
    /// Where it is taken away from this one.
    pub apart: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Reminder {
    pub on: String,
    pub title: String,
    pub change: Option<String>,
}

pub(super) fn of(seat: &Seat, timeline: &Timeline, catalogue: &Catalogue, place: &Place) -> Beside {
    let (tr, case) = (seat.tr, &timeline.stored.case);
    let may = |action| access::case(&seat.me, action, case).is_ok();
    let act = |word: &str| place.act(timeline.number, word);
    let calls = access::takes_calls(&seat.me);
    let others = |cases: &[Stored], apart: Option<&str>| {
        cases.iter().map(|s| other(seat, catalogue, s, place, apart.map(act))).collect::<Vec<_>>()
    };
    Beside {
        person: timeline.known.as_ref().map(|known| {
            let person = &known.person;
            let name = person.name.clone().unwrap_or_else(|| tr.text("desk-no-name").into_owned());
            let language = person
                .language
                .as_deref()
                .or(Some(case.language.as_str()))
                .and_then(|code| code.parse::<Language>().ok());
            let facts = [
                language.map(Language::endonym),
                person.region.clone().or_else(|| case.region.clone()),
                Some(
                    tr.with(
                        "desk-contacts-in-a-year",
                        &[("count", i64::try_from(known.contacts_in_a_year).unwrap_or(i64::MAX))],
                    )
                    .into_owned(),
                ),
            ];
            Person {
                initials: Operator::new(name.as_str()).initials().to_owned(),
                name,
                facts: facts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
                ways: known.addresses.iter().map(|a| way(a.kind, &a.value, calls.then(|| act("chiama")))).collect(),
                merged: known
                    .merged
                    .iter()
                    .map(|p| (p.id.0, p.name.clone().unwrap_or_else(|| tr.text("desk-no-name").into_owned())))
                    .collect(),
                merge: act("merge-person"),
                unmerge: act("unmerge-person"),
            }
        }),
        others: timeline.known.as_ref().map(|known| others(&known.other_cases, None)).unwrap_or_default(),
        linked: others(&timeline.linked, Some("unlink")),
        merged: others(&timeline.merged, may(Action::Merge).then_some("unmerge-other")),
        topic: case
            .topic
            .as_ref()
            .map(|id| catalogue.topic(id).map_or_else(|| id.to_string(), |t| t.name(tr.language.code()).to_owned())),
        kind: case.kind.map(|kind| tr.text(&format!("desk-kind-{kind}")).into_owned()),
        classify: (case.state != State::Merged && may(Action::Classify)).then(|| act("classify")),
        reminder: case.remind_at.map(|on| Reminder {
            on: tr.date_time(on, seat.now),
            title: tr.date_time_full(on),
            change: may(Action::Remind).then(|| act("remind")),
        }),
        link: Some(act("link")),
        service: catalogue.service(&case.service).map_or_else(|| case.service.to_string(), |s| s.name.clone()),
        queue: catalogue.queue(&case.queue).map_or_else(|| case.queue.to_string(), |q| q.name.clone()),
    }
}

fn way(kind: AddressKind, value: &str, call: Option<String>) -> Way {
    match kind {
        AddressKind::Email => {
            Way { icon: "mail", value: value.to_owned(), href: format!("mailto:{value}"), call: None }
        }
        AddressKind::Phone => Way {
            icon: "phone",
            value: spaced(value),
            href: format!("tel:{value}"),
            call: call.map(|path| (path, value.to_owned())),
        },
    }
}

/// A number as people read it; Italian ones in their usual groups, others as they are.
pub(super) fn spaced(value: &str) -> String {
    let national: Vec<char> = value.strip_prefix("+39").unwrap_or_default().chars().collect();
    let groups: &[usize] = match (national.first(), national.len()) {
        (Some('3'), 10) => &[3, 3, 4],
        (Some('3'), 9) => &[3, 3, 3],
        (Some('8'), 9) => &[3, 3, 3],
        _ => return value.to_owned(),
    };
    let mut rest = national.into_iter();
    groups
        .iter()
        .fold("+39".to_owned(), |number, group| format!("{number} {}", rest.by_ref().take(*group).collect::<String>()))
}

fn other(seat: &Seat, catalogue: &Catalogue, stored: &Stored, place: &Place, apart: Option<String>) -> Other {
    let tr = seat.tr;
    let number = CaseNumber::new(stored.case.id, stored.case.opened_at);
    let state = tr.text(&format!("desk-state-{}", stored.case.state)).into_owned();
    let when = due::in_list(tr, catalogue, &stored.case, seat.now)
        .filter(|_| stored.case.state != State::Waiting)
        .map(|due| due.word);
    Other {
        id: stored.case.id.0,
        href: place.case(number),
        title: title(tr, stored),
        number: number.to_string(),
        stands: std::iter::once(state).chain(when).collect::<Vec<_>>().join(", "),
        apart,
    }
}

/// The column of the samples.
pub(super) fn sample(tr: Tr) -> Beside {
    let other = |id: i64, title: &str, apart: Option<&str>| Other {
        id,
        href: format!("/desk/case/LA-2026-{id:06}"),
        title: title.to_owned(),
        number: format!("LA-2026-{id:06}"),
        stands: format!("{}, 3 mar", tr.text("desk-state-solved")),
        apart: apart.map(str::to_owned),
    };
    Beside {
        person: Some(Person {
            name: "Mario Esempio".to_owned(),
            initials: "ME".to_owned(),
            facts: format!(
                "{} · Lazio · {}",
                tr.language.endonym(),
                tr.with("desk-contacts-in-a-year", &[("count", 4)])
            ),
            ways: vec![
                way(AddressKind::Phone, "+393335550142", Some("/desk/case/LA-2026-004512/chiama".to_owned())),
                way(AddressKind::Email, "m.esempio@posta.example", None),
            ],
            merged: vec![(7, "M. Esempio".to_owned())],
            merge: "/desk/case/LA-2026-004512/merge-person".to_owned(),
            unmerge: "/desk/case/LA-2026-004512/unmerge-person".to_owned(),
        }),
        others: vec![other(3120, "Rinnovo carta d’identità", None), other(2004, "Esenzione ticket", None)],
        linked: vec![other(4401, "Bonus acqua", Some("/desk/case/LA-2026-004512/unlink"))],
        merged: vec![other(4511, "Sconto in bolletta", Some("/desk/case/LA-2026-004512/unmerge-other"))],
        topic: Some("Bonus sociale".to_owned()),
        kind: Some(tr.text("desk-kind-information").into_owned()),
        classify: Some("/desk/case/LA-2026-004512/classify".to_owned()),
        reminder: Some(Reminder {
            on: tr.date_time(crate::samples::now() + chrono::TimeDelta::days(3), crate::samples::now()),
            title: String::new(),
            change: Some("/desk/case/LA-2026-004512/remind".to_owned()),
        }),
        link: Some("/desk/case/LA-2026-004512/link".to_owned()),
        service: "Linea Amica".to_owned(),
        queue: "Linea Amica".to_owned(),
    }
}
