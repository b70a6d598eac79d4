//! The parts of a service as forms: what stands in the fields, and what is read from them.

mod calendar;
mod telephone;

use crate::admin::sheet::{Group, Input, InputKind, Typed, Wrong, words};
use crate::desk::field::Choice;
use centre::Catalogue;
use language::Tr;
use model::calendar::Written;
use model::case::{Kind, Level};
use model::contact::Channel;
use model::queue::{Priority, QueueDefinition};
use model::service::{
    CallPromise, Cost, EntryKind, EntryPoint, Flaw, Found, Part, Reach, Service, ServiceLevel, Step, Texts,
};
use model::{QueueId, StructureId, TopicId};
use std::collections::{BTreeMap, BTreeSet};

/// The texts of a service in one language, by their keys.
const TEXTS: [&str; 4] = ["name", "greeting", "closed", "privacy"];

/// What a part holds, as it stands in the fields of its form.
pub fn typed(part: Part, service: &Service) -> Typed {
    let mut typed = Typed::default();
    match part {
        Part::General => {
            typed.put("name", service.name.as_str());
            if service.active {
                typed.put("active", "1");
            }
            if service.special {
                typed.put("special", "1");
            }
            typed.put("languages", service.languages.join(", "));
            for language in with_texts(service.languages.clone(), service) {
                typed.put(format!("summary-{language}"), service.summary.get(&language).cloned().unwrap_or_default());
                let texts = service.texts.get(&language).cloned().unwrap_or_default();
                for (key, text, _) in texts.all() {
                    typed.put(format!("{key}-{language}"), text.unwrap_or_default());
                }
            }
        }
        Part::EntryPoints => {
            typed.put("entry-rows", service.entry_points.len().to_string());
            for (n, entry) in service.entry_points.iter().enumerate() {
                typed.put(format!("entry-{n}-kind"), entry.kind.as_str());
                typed.put(format!("entry-{n}-value"), entry.value.as_str());
                for reach in &entry.reachable_from {
                    typed.put(format!("entry-{n}-reach"), reach.as_str());
                }
                typed.put(format!("entry-{n}-cost"), entry.cost.map_or("", Cost::as_str));
                for (language, words) in &entry.cost_text {
                    typed.put(format!("entry-{n}-cost-{language}"), words.as_str());
                }
            }
        }
        Part::Calendar => calendar::typed(&mut typed, Written::from(service.calendar.clone())),
        Part::Levels => {
            typed.put("answer", service.promises.answer_minutes.to_string());
            typed.put("solution", service.promises.solution_minutes.to_string());
            typed.put("close", service.promises.close_days.to_string());
            if let Some(CallPromise { seconds, percent }) = service.promises.calls {
                typed.put("calls-seconds", seconds.to_string());
                typed.put("calls-percent", percent.to_string());
            }
            typed.put("level-rows", service.levels.len().to_string());
            let minutes = |minutes: Option<u32>| minutes.map(|m| m.to_string()).unwrap_or_default();
            for (n, level) in service.levels.iter().enumerate() {
                typed.put(format!("level-{n}-channel"), level.channel.map_or("", Channel::as_str));
                typed.put(format!("level-{n}-kind"), level.kind.map_or("", Kind::as_str));
                typed.put(format!("level-{n}-answer"), minutes(level.answer_minutes));
                typed.put(format!("level-{n}-solution"), minutes(level.solution_minutes));
            }
        }
        Part::Queues => {
            typed.put("queue-rows", service.queues.len().to_string());
            for (n, queue) in service.queues.iter().enumerate() {
                typed.put(format!("queue-{n}-id"), queue.id.as_str());
                typed.put(format!("queue-{n}-name"), queue.name.as_str());
                typed.put(format!("queue-{n}-level"), queue.level.as_str());
                typed.put(format!("queue-{n}-priority"), queue.priority.as_str());
                for topic in &queue.topics {
                    typed.put(format!("queue-{n}-topics"), topic.as_str());
                }
                typed.put(format!("queue-{n}-structure"), queue.structure.as_ref().map_or("", StructureId::as_str));
            }
        }
        Part::Telephone => telephone::typed(&mut typed, service),
    }
    typed
}

/// These languages, and those in which there is a summary or a text: citizens read it, whether the service speaks the
/// language or not.
fn with_texts(languages: Vec<String>, service: &Service) -> Vec<String> {
    let there = service.summary.keys().chain(service.texts.keys()).cloned();
    first_of_each(languages.into_iter().chain(there))
}

fn first_of_each(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    words.filter(|word| seen.insert(word.clone())).collect()
}

fn list(text: &str) -> Vec<String> {
    text.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
}

/// What a form says, on top of the service as it stands; or what cannot be read, and where.
pub struct Reading {
    pub service: Service,
    pub wrongs: Vec<Wrong>,
    /// For each list of the definition, the row of the form that each item stands in.
    rows: BTreeMap<&'static str, Vec<usize>>,
}

pub fn read(tr: Tr, part: Part, typed: &Typed, base: &Service) -> Reading {
    let mut reading = Reading { service: base.clone(), wrongs: Vec::new(), rows: BTreeMap::new() };
    match part {
        Part::General => general(typed, &mut reading.service),
        Part::EntryPoints => entry_points(tr, typed, &mut reading),
        Part::Calendar => match calendar::read(typed) {
            Ok(calendar) => reading.service.calendar = calendar,
            Err((field, flaw)) => reading.wrong(tr, field, flaw),
        },
        Part::Levels => levels(tr, typed, &mut reading),
        Part::Queues => queues(tr, typed, &mut reading),
        Part::Telephone => telephone::read(tr, typed, &mut reading),
    }
    reading
}

impl Reading {
    fn wrong(&mut self, tr: Tr, field: impl Into<String>, flaw: Flaw) {
        self.wrongs.push(Wrong { field: field.into(), sentence: sentence(tr, flaw, None) });
    }

    /// A flaw of the definition, at the field that it came from.
    pub fn placed(&self, tr: Tr, found: &Found) -> Wrong {
        let key = |step: Option<&Step>| match step {
            Some(Step::Key(key)) => key.clone(),
            _ => String::new(),
        };
        let row = |list: &str, n: Option<&Step>| match n {
            Some(Step::At(n)) => self.rows.get(list).and_then(|rows| rows.get(*n)).copied().unwrap_or(*n),
            _ => 0,
        };
        let path = &found.path;
        let first = key(path.first());
        let field = match first.as_str() {
            "entry_points" => {
                let n = row("entry_points", path.get(1));
                match key(path.get(2)).as_str() {
                    "cost_text" => format!("entry-{n}-cost-{}", key(path.get(3))),
                    other => format!("entry-{n}-{other}"),
                }
            }
            "levels" => {
                let n = row("levels", path.get(1));
                let what = key(path.get(2));
                format!("level-{n}-{}", if what.is_empty() { "channel" } else { what.trim_end_matches("_minutes") })
            }
            "queues" => format!("queue-{}-{}", row("queues", path.get(1)), key(path.get(2))),
            "telephone" if key(path.get(1)) == "prompts" => format!("prompt-{}-{}", key(path.get(2)), key(path.get(3))),
            "telephone" => key(path.get(1)),
            "promises" if path.len() > 2 => format!("calls-{}", key(path.get(2))),
            "promises" => key(path.get(1)).trim_end_matches("_minutes").trim_end_matches("_days").to_owned(),
            "texts" => format!("{}-{}", key(path.get(2)), key(path.get(1))),
            "summary" => format!("summary-{}", key(path.get(1))),
            other => other.to_owned(),
        };
        Wrong { field, sentence: sentence(tr, found.flaw, found.with.as_deref()) }
    }
}

pub fn sentence(tr: Tr, flaw: Flaw, with: Option<&str>) -> String {
    let sentence = tr.text(&format!("service-flaw-{flaw}"));
    with.map_or_else(|| sentence.clone().into_owned(), |with| format!("{sentence} ({with})"))
}

fn general(typed: &Typed, service: &mut Service) {
    service.name = typed.text("name").trim().to_owned();
    (service.active, service.special) = (typed.has("active"), typed.has("special"));
    let languages: Vec<String> = list(&typed.text("languages").to_lowercase());
    if !languages.is_empty() {
        service.languages = languages;
    }
    for language in with_texts(service.languages.clone(), service) {
        let name = format!("summary-{language}");
        if typed.has(&name) {
            match typed.some(&name) {
                Some(summary) => drop(service.summary.insert(language.clone(), summary)),
                None => drop(service.summary.remove(&language)),
            }
        }
        if TEXTS.iter().any(|key| typed.has(&format!("{key}-{language}"))) {
            let [name, greeting, closed, privacy] =
                TEXTS.map(|key| typed.some(&format!("{key}-{language}")).map(|text| text.replace("\r\n", "\n")));
            let texts = Texts { name, greeting, closed, privacy };
            if texts.is_empty() {
                service.texts.remove(&language);
            } else {
                service.texts.insert(language, texts);
            }
        }
    }
}

fn entry_points(tr: Tr, typed: &Typed, reading: &mut Reading) {
    let (mut entries, mut rows) = (Vec::new(), Vec::new());
    for n in 0..typed.rows("entry") {
        let field = |name: &str| format!("entry-{n}-{name}");
        let Some(value) = typed.some(&field("value")) else { continue };
        let Ok(kind) = typed.text(&field("kind")).parse::<EntryKind>() else {
            reading.wrong(tr, field("kind"), Flaw::Missing);
            continue;
        };
        let prefix = field("cost-");
        let cost_text = typed.beginning(&prefix).map(|(language, words)| (language, words.trim()));
        let cost_text = cost_text.filter(|(_, words)| !words.is_empty());
        rows.push(n);
        entries.push(EntryPoint {
            kind,
            value,
            reachable_from: typed.all(&field("reach")).filter_map(|word| word.parse::<Reach>().ok()).collect(),
            cost: typed.text(&field("cost")).parse().ok(),
            cost_text: cost_text.map(|(language, words)| (language.to_owned(), words.to_owned())).collect(),
        });
    }
    reading.service.entry_points = entries;
    reading.rows.insert("entry_points", rows);
}

fn levels(tr: Tr, typed: &Typed, reading: &mut Reading) {
    let number = |reading: &mut Reading, field: &str| match typed.some(field) {
        None => None,
        Some(text) => match text.parse::<u32>() {
            Ok(number) => Some(number),
            Err(_) => {
                reading.wrong(tr, field, Flaw::Unreadable);
                None
            }
        },
    };
    for field in ["answer", "solution", "close"] {
        match number(reading, field) {
            Some(minutes) => match field {
                "answer" => reading.service.promises.answer_minutes = minutes,
                "solution" => reading.service.promises.solution_minutes = minutes,
                _ => reading.service.promises.close_days = minutes,
            },
            None if typed.some(field).is_none() => reading.wrong(tr, field, Flaw::Missing),
            None => {}
        }
    }
    reading.service.promises.calls = match (number(reading, "calls-seconds"), number(reading, "calls-percent")) {
        (Some(seconds), Some(percent)) => Some(CallPromise { seconds, percent }),
        _ => None,
    };
    // One number says nothing without the other.
    for (field, other) in [("calls-seconds", "calls-percent"), ("calls-percent", "calls-seconds")] {
        if typed.some(field).is_none() && typed.some(other).is_some() {
            reading.wrong(tr, field, Flaw::Missing);
        }
    }
    let (mut levels, mut rows) = (Vec::new(), Vec::new());
    for n in 0..typed.rows("level") {
        let field = |name: &str| format!("level-{n}-{name}");
        let level = ServiceLevel {
            channel: typed.text(&field("channel")).parse().ok(),
            kind: typed.text(&field("kind")).parse().ok(),
            answer_minutes: number(reading, &field("answer")),
            solution_minutes: number(reading, &field("solution")),
        };
        let empty = ServiceLevel { channel: None, kind: None, answer_minutes: None, solution_minutes: None };
        let is_blank = ["answer", "solution"].iter().all(|name| typed.some(&field(name)).is_none());
        if level != empty || !is_blank {
            levels.push(level);
            rows.push(n);
        }
    }
    reading.service.levels = levels;
    reading.rows.insert("levels", rows);
}

fn queues(tr: Tr, typed: &Typed, reading: &mut Reading) {
    let (mut queues, mut rows) = (Vec::new(), Vec::new());
    for n in 0..typed.rows("queue") {
        let field = |name: &str| format!("queue-{n}-{name}");
        let (id, name) = (typed.some(&field("id")), typed.some(&field("name")));
        if typed.has(&field("gone")) || (id.is_none() && name.is_none()) {
            continue;
        }
        let Ok(level) = typed.text(&field("level")).parse::<Level>() else {
            reading.wrong(tr, field("level"), Flaw::Missing);
            continue;
        };
        rows.push(n);
        let (id, name) = (QueueId(id.unwrap_or_default()), name.unwrap_or_default());
        // What the form has no fields for stays as it is.
        let known = reading.service.queue(&id).cloned();
        queues.push(QueueDefinition {
            name: name.clone(),
            level,
            priority: typed.text(&field("priority")).parse().unwrap_or(Priority::Normal),
            topics: typed.all(&field("topics")).map(TopicId::new).collect(),
            structure: typed.some(&field("structure")).map(StructureId),
            ..known.unwrap_or_else(|| QueueDefinition::new(id, name, level))
        });
    }
    if !queues.iter().any(|queue| queue.level == Level::Front && queue.topics.is_empty()) {
        reading.wrong(tr, "queue-0-topics", Flaw::NoFrontQueue);
    }
    reading.service.queues = queues;
    reading.rows.insert("queues", rows);
}

/// Where the cases go of queues that are taken away, or come to the other level.
pub fn moves(typed: &Typed) -> BTreeMap<QueueId, QueueId> {
    let moved = (0..typed.rows("queue")).filter_map(|n| {
        let from = typed.some(&format!("queue-{n}-id"))?;
        Some((QueueId(from), QueueId(typed.some(&format!("queue-{n}-move"))?)))
    });
    moved.collect()
}

/// The fields of a part, with one empty row more in each list.
pub fn groups(tr: Tr, part: Part, typed: &Typed, service: &Service, catalogue: &Catalogue) -> Vec<Group> {
    let say = |key: &str| tr.text(key).into_owned();
    match part {
        Part::General => general_groups(tr, typed, service),
        Part::EntryPoints => (0..=typed.rows("entry"))
            .map(|n| {
                let field = |name: &str| format!("entry-{n}-{name}");
                let mut inputs = vec![
                    Input::select(
                        typed,
                        field("kind"),
                        say("service-entry-kind"),
                        words(tr, Some("service-none"), EntryKind::ALL, "service-entry"),
                    ),
                    Input::new(typed, field("value"), say("service-entry-value"), InputKind::Line),
                    Input::ticks(
                        typed,
                        field("reach"),
                        say("service-entry-reach"),
                        words(tr, None, Reach::ALL, "service-reach"),
                    ),
                    Input::select(
                        typed,
                        field("cost"),
                        say("service-entry-cost"),
                        words(tr, Some("service-none"), Cost::ALL, "service-cost"),
                    ),
                ];
                let prefix = field("cost-");
                let there = typed.beginning(&prefix).map(|(language, _)| language.to_owned());
                for language in first_of_each(service.languages.iter().cloned().chain(there)) {
                    let label = tr.with("service-entry-cost-in", &[("language", language.as_str())]).into_owned();
                    inputs.push(Input::new(typed, field(&format!("cost-{language}")), label, InputKind::Line));
                }
                let title = numbered(tr, "service-entry-row", n, typed.rows("entry"));
                Group::new(title, inputs).row()
            })
            .collect(),
        Part::Calendar => calendar::groups(tr, typed),
        Part::Levels => {
            let number = |name: &str, label: &str| Input::new(typed, name, say(label), InputKind::Number);
            let general = Group::new(
                say("service-levels-general"),
                vec![
                    number("answer", "service-level-answer"),
                    number("solution", "service-level-solution"),
                    number("close", "service-level-close"),
                ],
            );
            let calls = vec![
                number("calls-seconds", "service-calls-seconds"),
                number("calls-percent", "service-calls-percent"),
            ];
            let calls = Group::new(say("service-calls"), calls).row().hinted(say("service-calls-hint"));
            let row = |n: usize| {
                let field = |name: &str| format!("level-{n}-{name}");
                let channels = words(tr, Some("service-any-channel"), Channel::ALL, "service-entry");
                let kinds = words(tr, Some("service-any-kind"), Kind::ALL, "desk-kind");
                let inputs = vec![
                    Input::select(typed, field("channel"), say("service-level-channel"), channels),
                    Input::select(typed, field("kind"), say("service-level-kind"), kinds),
                    number(&field("answer"), "service-level-answer"),
                    number(&field("solution"), "service-level-solution"),
                ];
                Group::new(numbered(tr, "service-level-row", n, typed.rows("level")), inputs).row()
            };
            let general = general.row().hinted(say("service-levels-hint"));
            [general, calls].into_iter().chain((0..=typed.rows("level")).map(row)).collect()
        }
        Part::Queues => (0..=typed.rows("queue")).map(|n| queue_group(tr, typed, n, service, catalogue)).collect(),
        Part::Telephone => telephone::groups(tr, typed, service),
    }
}

/// The telephone of a service, a line each.
pub fn telephone_facts(tr: Tr, service: &Service) -> Vec<(String, String)> {
    telephone::facts(tr, service)
}

/// "Coda 2", or what the empty row at the end is for.
fn numbered(tr: Tr, key: &str, n: usize, rows: usize) -> String {
    if n < rows {
        tr.with(key, &[("n", i64::try_from(n + 1).unwrap_or(i64::MAX))]).into_owned()
    } else {
        tr.text(&format!("{key}-new")).into_owned()
    }
}

fn general_groups(tr: Tr, typed: &Typed, service: &Service) -> Vec<Group> {
    let say = |key: &str| tr.text(key).into_owned();
    let mut groups = vec![Group::new(
        say("service-part-general"),
        vec![
            Input::new(typed, "name", say("service-name"), InputKind::Line),
            Input::new(typed, "active", say("service-active"), InputKind::Tick).hinted(say("service-active-hint")),
            Input::new(typed, "special", say("service-special"), InputKind::Tick).hinted(say("service-special-hint")),
            Input::new(typed, "languages", say("service-languages"), InputKind::Line)
                .hinted(say("service-languages-hint")),
        ],
    )];
    let mut languages = list(&typed.text("languages").to_lowercase());
    if languages.is_empty() {
        languages.clone_from(&service.languages);
    }
    for language in with_texts(languages, service).iter().take(30) {
        let line = |key: &str, label: &str, kind| Input::new(typed, format!("{key}-{language}"), say(label), kind);
        let inputs = vec![
            line("summary", "service-summary", InputKind::Text),
            line("name", "service-text-name", InputKind::Line),
            line("greeting", "service-text-greeting", InputKind::Text),
            line("closed", "service-text-closed", InputKind::Text),
            line("privacy", "service-text-privacy", InputKind::Text),
        ];
        let title = tr.with("service-texts-in", &[("language", language.as_str())]).into_owned();
        groups.push(Group::new(title, inputs));
    }
    groups
}

fn queue_group(tr: Tr, typed: &Typed, n: usize, service: &Service, catalogue: &Catalogue) -> Group {
    let say = |key: &str| tr.text(key).into_owned();
    let field = |name: &str| format!("queue-{n}-{name}");
    let language = tr.language.code();
    let id = typed.text(&field("id"));
    // The id of another row can be mended: it stands fixed in the first that has it.
    let is_first = !(0..n).any(|earlier| typed.text(&format!("queue-{earlier}-id")) == id);
    let known = service.queue(&QueueId::new(id)).filter(|_| is_first);
    let id_kind = if known.is_some() { InputKind::Fixed } else { InputKind::Line };
    let mut topics: Vec<Choice> = model::topic::tree(&catalogue.topics)
        .into_iter()
        .map(|(depth, topic)| Choice::new(&topic.id, topic.name(language)).deep(depth))
        .collect();
    for topic in typed.all(&field("topics")) {
        if !topics.iter().any(|choice| choice.value == topic) {
            topics.push(Choice::new(topic, topic));
        }
    }
    let mut structures = vec![Choice::new("", say("service-none"))];
    structures.extend(catalogue.structures.iter().map(|s| Choice::new(&s.id, s.name.as_str())));
    let typed_structure = typed.text(&field("structure"));
    if !structures.iter().any(|choice| choice.value == typed_structure) {
        structures.push(Choice::new(typed_structure, typed_structure));
    }
    let mut inputs = vec![
        Input::new(typed, field("id"), say("service-queue-id"), id_kind),
        Input::new(typed, field("name"), say("service-queue-name"), InputKind::Line),
        Input::select(
            typed,
            field("level"),
            say("service-queue-level"),
            words(tr, Some("service-none"), Level::ALL, "service-level"),
        ),
        Input::select(
            typed,
            field("priority"),
            say("service-queue-priority"),
            words(tr, None, &[Priority::Normal, Priority::High, Priority::Low], "service-priority"),
        ),
        Input::select(typed, field("structure"), say("service-queue-structure"), structures),
    ];
    if !topics.is_empty() {
        inputs.push(Input::ticks(typed, field("topics"), say("service-queue-topics"), topics));
    }
    if let Some(known) = known {
        let others = service.queues.iter().filter(|q| q.level == known.level && q.id != known.id);
        let mut to = vec![Choice::new("", say("service-queue-move-none"))];
        to.extend(others.map(|q| Choice::new(&q.id, q.name.as_str())));
        inputs.push(Input::new(typed, field("gone"), say("service-queue-gone"), InputKind::Tick));
        inputs.push(Input::select(typed, field("move"), say("service-queue-move"), to));
    }
    let title = match known {
        Some(queue) => queue.name.clone(),
        None => numbered(tr, "service-queue-row", n, typed.rows("queue")),
    };
    Group::new(title, inputs).row()
}
