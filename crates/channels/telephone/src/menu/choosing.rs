//! Before the queue: greeting, language, the menus of the service.

use super::phrase::{self, choosing};
use super::{Act, BACK, CHOOSE_S, Caller, Deed, Menu, Next, Phrase, REPEAT, State, TRIES, Value};
use language::key;
use model::contact::Outcome;
use model::service::{Choice, Go, Service, prompt_name, said_in};

/// The languages that a caller can choose, and the one that is theirs without asking.
pub(super) fn languages(service: &Service, caller: &Caller) -> (Vec<String>, Option<String>) {
    // A digit each, in the order of the service.
    let can_be_chosen = |code: &&String| choosing(service, code, '1').is_some();
    let languages: Vec<String> = service.languages.iter().filter(can_be_chosen).take(9).cloned().collect();
    let own = caller.known_language.clone().filter(|code| service.languages.contains(code));
    (languages, own)
}

impl Menu {
    /// After an emergency's message, if there is one: greeting and language, or what there is in the language that is known.
    pub(super) fn enter(&mut self) {
        if self.language_known {
            self.go_on(Vec::new());
        } else {
            self.ask_language(Vec::new());
        }
    }

    fn go_on(&mut self, mut before: Vec<Phrase>) {
        before.extend(self.greeting());
        match self.service.telephone.first_menu().map(|menu| menu.id.clone()) {
            _ if !self.opening.is_open() => self.ask_options(before),
            Some(id) => self.enter_menu(&id, before),
            None => self.send_to_queue(before),
        }
    }

    /// Once a call, in the language of the caller.
    fn greeting(&mut self) -> Option<Phrase> {
        self.is_to_greet().then(|| self.greeting_in(&self.language))
    }

    fn is_to_greet(&mut self) -> bool {
        !std::mem::replace(&mut self.greeted, true) && self.service.telephone.greet
    }

    fn greeting_in(&self, language: &str) -> Phrase {
        let name = Value::Text(self.service.name(language).to_owned());
        let built_in = Phrase::with(language, key!("voice-greeting"), vec![("service", name)]);
        phrase::own_or(self.service.telephone.prompts.get(prompt_name::GREETING), language, built_in)
    }

    fn ask_language(&mut self, before: Vec<Phrase>) {
        if !self.may_ask() {
            return self.give_up();
        }
        let mut phrases = before;
        if self.is_to_greet() {
            phrases.extend(self.languages.iter().map(|language| self.greeting_in(language)));
            phrases.dedup();
        }
        let each = ('1'..='9').zip(&self.languages);
        phrases.extend(each.filter_map(|(digit, language)| choosing(&self.service, language, digit)));
        self.ask(State::Language, phrases, CHOOSE_S);
    }

    pub(super) fn language_chosen(&mut self, digit: char) {
        let chosen = ('1'..='9').zip(&self.languages).find(|(key, _)| *key == digit).map(|(_, code)| code.clone());
        match chosen {
            Some(code) => {
                self.set_language(code);
                (self.silent, self.wrong) = (0, 0);
                self.go_on(Vec::new());
            }
            None if digit == REPEAT || digit == BACK => self.ask_language(Vec::new()),
            None => self.not_understood(),
        }
    }

    fn set_language(&mut self, code: String) {
        self.language_known = true;
        self.language.clone_from(&code);
        self.acts.push(Act::SetLanguage(code));
    }

    fn enter_menu(&mut self, id: &str, before: Vec<Phrase>) {
        let Some(at) = self.service.telephone.menus.iter().position(|menu| menu.id == id) else {
            return self.send_to_operator();
        };
        // Whoever goes round in menus goes back only as far as they came.
        if let Some(earlier) = self.trail.iter().position(|seen| *seen == at) {
            self.trail.truncate(earlier);
        }
        self.trail.push(at);
        (self.silent, self.wrong) = (0, 0);
        self.ask_menu(before, false);
    }

    pub(super) fn ask_menu(&mut self, before: Vec<Phrase>, again: bool) {
        if !self.may_ask() {
            return self.give_up();
        }
        let service = std::sync::Arc::clone(&self.service);
        let Some(menu) = self.trail.last().and_then(|at| service.telephone.menus.get(*at)) else {
            return self.send_to_operator();
        };
        let mut phrases = before;
        match menu.ask(&self.language) {
            Some((language, said)) => phrases.push(Phrase::said(language, said)),
            None => phrases.extend(menu.choices.iter().filter_map(|choice| self.labelled(choice))),
        }
        if again {
            let key = if self.trail.len() > 1 { key!("voice-keys-back") } else { key!("voice-keys") };
            phrases.push(self.words(key));
        }
        self.ask(State::Menu, phrases, CHOOSE_S);
    }

    fn labelled(&self, choice: &Choice) -> Option<Phrase> {
        let label = model::topic::in_language(&choice.label, &self.language)?;
        let values = vec![("what", Value::Text(label.to_owned())), ("digit", Value::Text(choice.digit.to_string()))];
        Some(Phrase::with(&self.language, key!("voice-press"), values))
    }

    pub(super) fn chosen(&mut self, digit: char) {
        let service = std::sync::Arc::clone(&self.service);
        let menu = self.trail.last().and_then(|at| service.telephone.menus.get(*at));
        match menu.and_then(|menu| menu.choice(digit)) {
            Some(choice) => self.take(choice),
            None if digit == REPEAT => self.ask_menu(Vec::new(), false),
            None if digit == BACK => self.back(),
            None => self.not_understood(),
        }
    }

    fn take(&mut self, choice: &Choice) {
        (self.silent, self.wrong) = (0, 0);
        if let Some(language) = choice.language.clone().filter(|language| *language != self.language) {
            self.set_language(language);
        }
        if choice.topic.is_some() {
            self.topic.clone_from(&choice.topic);
        }
        if choice.queue.is_some() {
            self.queue.clone_from(&choice.queue);
        }
        match &choice.go {
            Go::Queue => self.send_to_queue(Vec::new()),
            Go::Menu(id) => self.enter_menu(id, Vec::new()),
            Go::Message if self.may_leave_message() => self.ask_message(),
            Go::Callback if self.may_call_back() => self.ask_callback(),
            Go::Message | Go::Callback => self.send_to_operator(),
            Go::Repeat => self.ask_menu(Vec::new(), false),
            Go::Back => self.back(),
            Go::Service(service) => {
                self.state = State::Arranging(Deed::Redirect(service.clone()));
                self.acts.push(Act::Redirect { service: service.clone(), destination: self.destination() });
            }
            Go::Say(name) => {
                let said = self.service.telephone.prompts.get(name).and_then(|prompt| said_in(prompt, &self.language));
                let said: Vec<Phrase> = said.map(|(code, said)| Phrase::said(code, said)).into_iter().collect();
                self.informed |= !said.is_empty();
                self.ask_menu(said, true);
            }
            Go::HangUp => self.part(Vec::new(), Outcome::SelfService),
        }
    }

    fn back(&mut self) {
        if self.trail.len() > 1 {
            self.trail.pop();
            self.ask_menu(Vec::new(), false);
        } else if self.languages.len() > 1 {
            self.ask_language(Vec::new());
        } else {
            self.ask_menu(Vec::new(), false);
        }
    }

    /// Nobody pressed anything: it is said again, and then there is somebody to talk to.
    pub(super) fn nothing_pressed(&mut self) {
        self.silent = self.silent.saturating_add(1);
        self.again(self.silent, key!("voice-nothing-heard"));
    }

    pub(super) fn not_understood(&mut self) {
        self.ahead.clear();
        self.wrong = self.wrong.saturating_add(1);
        self.again(self.wrong, key!("voice-not-understood"));
    }

    fn again(&mut self, times: u8, key: &'static str) {
        let why = vec![self.words(key)];
        match self.state {
            _ if times >= TRIES => self.give_up(),
            State::Language => self.ask_language(why),
            State::Options => self.ask_options(why),
            _ => self.ask_menu(why, true),
        }
    }

    /// Whoever cannot be asked any more: an operator, where there is one, else a message.
    pub(super) fn give_up(&mut self) {
        match self.opening.is_open() {
            true => self.send_to_operator(),
            false if self.may_leave_message() => self.ask_message(),
            false => self.part(Vec::new(), self.outcome_if_gone()),
        }
    }

    /// To the queue, which was not what the caller chose.
    pub(super) fn send_to_operator(&mut self) {
        self.send_to_queue(vec![self.words(key!("voice-to-operator"))]);
    }

    /// To the queue, after what must be heard.
    pub(super) fn send_to_queue(&mut self, mut before: Vec<Phrase>) {
        use model::service::Recording;
        let mut next = Next::Queue;
        if !std::mem::replace(&mut self.recording_told, true) {
            let told = |key| self.prompt(prompt_name::RECORDING, self.words(key));
            match self.service.telephone.recording {
                Recording::Off => {}
                Recording::Announced => before.push(told(key!("voice-recording-announced"))),
                Recording::Refusable => {
                    before.push(told(key!("voice-recording-announced")));
                    before.push(self.with_digit(key!("voice-recording-refusable"), super::REFUSE));
                    next = Next::Refusing;
                }
            }
        }
        if before.is_empty() { self.join_queue() } else { self.tell(before, next) }
    }

    pub(super) fn refusing(&mut self, digit: char) {
        if digit == super::REFUSE {
            self.refuse_recording();
            self.tell(vec![self.words(key!("voice-recording-refused"))], Next::Queue);
        } else {
            self.join_queue();
        }
    }

    pub(super) fn refuse_recording(&mut self) {
        self.refused = true;
        self.acts.push(Act::RefuseRecording);
    }
}
