//! What is wrong with the telephone of a definition: menus that lead nowhere or cannot be left, numbers out of bounds,
//! waits whose steps contradict one another.

use super::{Choice, Go, Menu, Prompt, Said};
use crate::case::Level;
use crate::path;
use crate::queue::{Demand, Offer, QueueDefinition, Relax, Way, WrapUpCode};
use crate::retention::Retention;
use crate::service::flaw::{Flaw, Found, PROSE_MAX, Step, is_dialled, is_language, word_is_id};
use crate::service::{CallPromise, Service};
use crate::text::NAME_MAX;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// The longest wait that a step can name: two hours.
const WAIT_MAX: u32 = 7_200;
/// Most menus of a service.
const MENUS_MAX: usize = 100;

fn long(text: &str, max: usize) -> bool {
    text.chars().nth(max).is_some()
}

fn outside(found: &mut Vec<Found>, path: Vec<Step>, number: u32, bounds: RangeInclusive<u32>) {
    if !bounds.contains(&number) {
        let with = format!("{}–{}", bounds.start(), bounds.end());
        found.push(Found::at(path, Flaw::OutOfRange).with(with));
    }
}

/// Key by key below a place.
fn below(place: &[Step], steps: Vec<Step>) -> Vec<Step> {
    place.iter().cloned().chain(steps).collect()
}

impl Service {
    pub(in crate::service) fn flaws_of_telephone(&self) -> Vec<Found> {
        let telephone = &self.telephone;
        let mut found = Vec::new();
        if let Some(days) = telephone.keep_recordings_days {
            outside(&mut found, path!["telephone", "keep_recordings_days"], days, 1..=Retention::DAYS_MAX);
        }
        outside(&mut found, path!["telephone", "max_waiting"], telephone.max_waiting, 1..=10_000);
        outside(&mut found, path!["telephone", "announce_every_s"], telephone.announce_every_s, 15..=600);
        if telephone.music.as_deref().is_some_and(|name| !word_is_id(name)) {
            found.push(Found::at(path!["telephone", "music"], Flaw::BadId));
        }
        if telephone.outgoing_from.as_deref().is_some_and(|number| !is_dialled(number)) {
            found.push(Found::at(path!["telephone", "outgoing_from"], Flaw::NotAPhone));
        }
        for (name, prompt) in &telephone.prompts {
            let place = path!["telephone", "prompts", name.as_str()];
            if !word_is_id(name) {
                found.push(Found::at(place.clone(), Flaw::BadId).with(name));
            }
            if prompt.is_empty() {
                found.push(Found::at(place.clone(), Flaw::Missing));
            }
            flaws_of_prompt(&mut found, &place, prompt);
        }
        flaws_of_codes(&mut found, path!["telephone", "codes"], &telephone.codes);
        self.flaws_of_menus(&mut found);
        found
    }

    fn flaws_of_menus(&self, found: &mut Vec<Found>) {
        let telephone = &self.telephone;
        if let Some(start) = &telephone.start
            && telephone.menu(start).is_none()
        {
            found.push(Found::at(path!["telephone", "start"], Flaw::NoSuchMenu).with(start));
        }
        if telephone.menus.len() > MENUS_MAX {
            found.push(Found::at(path!["telephone", "menus"], Flaw::OutOfRange).with(format!("0–{MENUS_MAX}")));
        }
        let (reached, left) = (telephone.reached(), telephone.left());
        for (n, menu) in telephone.menus.iter().enumerate() {
            let place = path!["telephone", "menus", n];
            let id = below(&place, path!["id"]);
            if !word_is_id(&menu.id) {
                found.push(Found::at(id.clone(), Flaw::BadId).with(&menu.id));
            }
            if telephone.menus.iter().take(n).any(|other| other.id == menu.id) {
                found.push(Found::at(id.clone(), Flaw::Twice).with(&menu.id));
            }
            if !reached.contains(menu.id.as_str()) {
                found.push(Found::at(id.clone(), Flaw::NotReached).with(&menu.id));
            }
            if !left.contains(menu.id.as_str()) {
                found.push(Found::at(id, Flaw::NoWayOut).with(&menu.id));
            }
            flaws_of_prompt(found, &below(&place, path!["ask"]), &menu.ask);
            if menu.ask.is_empty() && menu.choices.iter().any(|choice| choice.label.is_empty()) {
                found.push(Found::at(below(&place, path!["ask"]), Flaw::Missing));
            }
            for (at, choice) in menu.choices.iter().enumerate() {
                let place = below(&place, path!["choices", at]);
                if !choice.digit.is_ascii_digit() {
                    found.push(Found::at(below(&place, path!["digit"]), Flaw::NotADigit).with(choice.digit));
                }
                if menu.choices.iter().take(at).any(|other| other.digit == choice.digit) {
                    found.push(Found::at(below(&place, path!["digit"]), Flaw::Twice).with(choice.digit));
                }
                self.flaws_of_choice(found, &place, choice);
            }
        }
    }

    fn flaws_of_choice(&self, found: &mut Vec<Found>, place: &[Step], choice: &Choice) {
        let telephone = &self.telephone;
        let mut say = |key: &str, flaw: Flaw, with: &dyn ToString| {
            found.push(Found::at(below(place, path![key]), flaw).with(with.to_string()));
        };
        if let Some(language) = choice.language.as_ref().filter(|code| !self.languages.contains(code)) {
            say("language", Flaw::NotSpoken, language);
        }
        if let Some(id) = &choice.queue {
            match self.queue(id) {
                None => say("queue", Flaw::NoSuchQueue, id),
                Some(queue) if queue.level != Level::Front => say("queue", Flaw::NotAtTheFront, id),
                Some(_) => {}
            }
        }
        match &choice.go {
            Go::Menu(id) if telephone.menu(id).is_none() => say("go", Flaw::NoSuchMenu, id),
            Go::Say(name) if !telephone.prompts.contains_key(name) => say("go", Flaw::NoSuchPrompt, name),
            Go::Message if !telephone.voicemail => say("go", Flaw::TurnedOff, &choice.go),
            Go::Callback if !telephone.callback => say("go", Flaw::TurnedOff, &choice.go),
            Go::Service(id) if *id == self.id => say("go", Flaw::Loop, id),
            _ => {}
        }
        for (language, label) in &choice.label {
            let at = || below(place, path!["label", language.as_str()]);
            if !is_language(language) {
                found.push(Found::at(at(), Flaw::NotALanguage));
            }
            if label.trim().is_empty() {
                found.push(Found::at(at(), Flaw::Missing));
            }
            if long(label, NAME_MAX) {
                found.push(Found::at(at(), Flaw::TooLong));
            }
        }
    }

    /// Of how long calls of a queue ring, wait and go elsewhere.
    pub(in crate::service) fn flaws_of_waiting(&self) -> Vec<Found> {
        let mut found = Vec::new();
        for (n, queue) in self.queues.iter().enumerate() {
            let mut within =
                |key: &str, number: u32, bounds| outside(&mut found, path!["queues", n, key], number, bounds);
            if let Some(target) = queue.target_s {
                within("target_s", target, 1..=CallPromise::SECONDS_MAX);
            }
            within("offer_s", queue.offer_s, 5..=120);
            within("wrap_up_s", queue.wrap_up_s, 0..=3_600);
            within("own_operator_s", queue.own_operator_s, 0..=600);
            flaws_of_codes(&mut found, path!["queues", n, "codes"], &queue.codes);
            flaws_of_relax(&mut found, n, queue);
            self.flaws_of_overflow(&mut found, n, queue);
        }
        found
    }

    fn flaws_of_overflow(&self, found: &mut Vec<Found>, n: usize, queue: &QueueDefinition) {
        flaws_of_order(found, n, "overflow", queue.overflow.iter().map(|step| step.after_s));
        for (at, step) in queue.overflow.iter().enumerate() {
            let place = |key: &str| path!["queues", n, "overflow", at, key];
            if queue.overflow.iter().take(at).any(|earlier| earlier.way == step.way) {
                found.push(Found::at(path!["queues", n, "overflow", at], Flaw::Twice));
            }
            match &step.way {
                Way::Queue(id) if *id == queue.id => found.push(Found::at(place("queue"), Flaw::Loop).with(id)),
                Way::Queue(id) => match self.queue(id) {
                    None => found.push(Found::at(place("queue"), Flaw::NoSuchQueue).with(id)),
                    Some(other) if other.level != Level::Front => {
                        found.push(Found::at(place("queue"), Flaw::NotAtTheFront).with(id));
                    }
                    Some(_) => {}
                },
                Way::Offer(offer) => {
                    let is_on = match offer {
                        Offer::Callback => self.telephone.callback,
                        Offer::Message => self.telephone.voicemail,
                    };
                    if !is_on {
                        found.push(Found::at(place("offer"), Flaw::TurnedOff).with(offer));
                    }
                }
            }
        }
    }
}

fn flaws_of_relax(found: &mut Vec<Found>, n: usize, queue: &QueueDefinition) {
    flaws_of_order(found, n, "relax", queue.relax.iter().map(|step| step.after_s));
    for (at, step) in queue.relax.iter().enumerate() {
        if step.to.is_some() && step.demand != Demand::TopicLevel {
            found.push(Found::at(path!["queues", n, "relax", at, "to"], Flaw::NoLevels).with(step.demand));
        }
        let same = |earlier: &&Relax| earlier.demand == step.demand;
        let before = queue.relax.iter().take(at).rfind(same);
        // No level at all is the least that can be asked, and comes first in the order.
        if before.is_some_and(|before| step.to >= before.to) {
            found.push(Found::at(path!["queues", n, "relax", at], Flaw::OutOfOrder));
        }
    }
}

/// Later steps come after earlier ones, none later than anybody waits.
fn flaws_of_order(found: &mut Vec<Found>, n: usize, list: &str, after: impl Iterator<Item = u32>) {
    let mut latest = 0;
    for (at, after) in after.enumerate() {
        let place = path!["queues", n, list, at, "after_s"];
        outside(found, place.clone(), after, 0..=WAIT_MAX);
        if after < latest {
            found.push(Found::at(place, Flaw::OutOfOrder));
        }
        latest = latest.max(after);
    }
}

fn flaws_of_codes(found: &mut Vec<Found>, list: Vec<Step>, codes: &[WrapUpCode]) {
    let place = list.as_slice();
    for (at, code) in codes.iter().enumerate() {
        let id = below(place, path![at, "id"]);
        if !word_is_id(&code.id) {
            found.push(Found::at(id.clone(), Flaw::BadId).with(&code.id));
        }
        if codes.iter().take(at).any(|other| other.id == code.id) {
            found.push(Found::at(id, Flaw::Twice).with(&code.id));
        }
        for (language, name) in &code.names {
            let at = || below(place, path![at, "names", language.as_str()]);
            if !is_language(language) {
                found.push(Found::at(at(), Flaw::NotALanguage));
            }
            if long(name, NAME_MAX) {
                found.push(Found::at(at(), Flaw::TooLong));
            }
        }
    }
}

fn flaws_of_prompt(found: &mut Vec<Found>, place: &[Step], prompt: &Prompt) {
    for (language, said) in prompt {
        let at = || below(place, path![language.as_str()]);
        if !is_language(language) {
            found.push(Found::at(at(), Flaw::NotALanguage));
        }
        let flaw = match said {
            Said::Text(text) if text.trim().is_empty() => Some(Flaw::Missing),
            Said::Text(text) if long(text, PROSE_MAX) => Some(Flaw::TooLong),
            Said::Sound(sound) if !word_is_id(&sound.sound) => Some(Flaw::BadId),
            _ => None,
        };
        found.extend(flaw.map(|flaw| Found::at(at(), flaw)));
    }
}

impl super::Telephone {
    /// The menus that a caller can come to.
    fn reached(&self) -> BTreeSet<&str> {
        let mut reached: BTreeSet<&str> = self.first_menu().map(|menu| menu.id.as_str()).into_iter().collect();
        grow(&mut reached, &self.menus, |menu, reached| {
            let from = self.menus.iter().filter(|from| reached.contains(from.id.as_str()));
            from.flat_map(|from| &from.choices).any(|choice| choice.go == Go::Menu(menu.id.clone()))
        });
        reached
    }

    /// The menus from which a choice leads out, at once or through others. Going back is no way out.
    fn left(&self) -> BTreeSet<&str> {
        let mut left = BTreeSet::new();
        grow(&mut left, &self.menus, |menu, left| {
            menu.choices.iter().any(|choice| match &choice.go {
                Go::Menu(id) => left.contains(id.as_str()),
                go => go.leaves(),
            })
        });
        left
    }
}

/// Adds menus for as long as one belongs to those that are there.
fn grow<'a>(ids: &mut BTreeSet<&'a str>, menus: &'a [Menu], belongs: impl Fn(&Menu, &BTreeSet<&'a str>) -> bool) {
    for _ in menus {
        let more: Vec<&str> = menus.iter().filter(|menu| belongs(menu, ids)).map(|menu| menu.id.as_str()).collect();
        let before = ids.len();
        ids.extend(more);
        if ids.len() == before {
            return;
        }
    }
}
