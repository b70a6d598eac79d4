//! The voice menu of one call: from the greeting to the queue, a message, a call back or goodbye, and what is said to whoever
//! waits. A reducer: it knows no clock and no wire, is told what was heard and says what is to be done.
//!
//! Until it has been left it always waits for something that will come ([`Menu::awaits`]), so that nobody is left in silence;
//! and whatever a caller presses, or does not press, they come to an end of it within a bounded number of steps. Whoever
//! cannot be understood waits for an operator: there are telephones without keys.

mod act;
mod callback;
mod choosing;
mod closed;
mod phrase;
mod waiting;

#[cfg(test)]
mod tests;

pub use act::{Act, Awaits, Caller, Destination, Heard, Opening};
pub use phrase::{Phrase, Value, Words, minutes_said};

use callback::Number;
use language::key;
use model::contact::Outcome;
use model::service::{Service, prompt_name};
use model::{QueueId, ServiceId, TopicId};
use std::collections::VecDeque;
use std::sync::Arc;

/// Instead of waiting, or of finding nobody: to be called.
pub const CALLBACK: char = '5';
/// To leave a message.
pub const MESSAGE: char = '6';
/// Not to be recorded.
pub const REFUSE: char = '9';
/// To hear it again.
pub const REPEAT: char = '*';
/// To go back; after a number, that it is whole.
pub const BACK: char = '#';

/// Seconds to choose in, after the speech.
const CHOOSE_S: u32 = 6;
/// How often the same is asked of whoever says nothing, or something else.
const TRIES: u8 = 3;
/// How often anything is asked in one call.
const TURNS: u8 = 40;
/// Digits kept of what is pressed while something is said that is not cut off.
const AHEAD_MAX: usize = 20;
/// Seconds of a message at the most.
const MESSAGE_S: u32 = 180;

/// Where a caller stands.
#[derive(Debug)]
pub struct Menu {
    service: Arc<Service>,
    caller: Caller,
    opening: Opening,
    /// The languages to choose from, each with its digit.
    languages: Vec<String>,
    /// The one that is spoken.
    language: String,
    language_known: bool,
    greeted: bool,
    topic: Option<TopicId>,
    queue: Option<QueueId>,
    /// The menus that the caller came through, by their places; the last is the one they are in.
    trail: Vec<usize>,
    state: State,
    silent: u8,
    wrong: u8,
    turns: u8,
    /// Pressed while something is said that is not cut off.
    ahead: VecDeque<char>,
    /// What was said of recording, and what they said to it.
    recording_told: bool,
    refused: bool,
    /// They heard an answer from the menu itself.
    informed: bool,
    /// They have a place in a queue.
    waits: bool,
    /// Words on the place so far, and the last of them.
    announced: u32,
    last_place: Option<(u32, Option<chrono::TimeDelta>)>,
    acts: Vec<Act>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    /// Something is said to its end.
    Telling(Next),
    Language,
    Menu,
    /// Recording can still be refused.
    Refusing,
    Waiting,
    /// Closed or full: what else can be done.
    Options,
    /// The number to be called at.
    Number(Number),
    /// Somebody else does what was asked.
    Arranging(Deed),
    Message,
    Talking,
    Survey,
    Left,
}

/// What follows what is told.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Next {
    Begin,
    Refusing,
    Queue,
    Message,
    HangUp(Outcome),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Deed {
    Callback,
    Redirect(ServiceId),
}

impl Menu {
    /// A call comes in. The acts are to be done in their order, as those of every step.
    #[must_use]
    pub fn begin(service: &Arc<Service>, opening: Opening, caller: Caller) -> (Self, Vec<Act>) {
        let (languages, own) = choosing::languages(service, &caller);
        let first = languages.first().or(service.languages.first());
        let language = own.clone().or_else(|| first.cloned()).unwrap_or_else(|| "it".to_owned());
        let mut menu = Self {
            service: Arc::clone(service),
            caller,
            opening,
            language_known: own.is_some() || languages.len() < 2,
            languages,
            language,
            greeted: false,
            topic: None,
            queue: None,
            trail: Vec::new(),
            state: State::Left,
            silent: 0,
            wrong: 0,
            turns: 0,
            ahead: VecDeque::new(),
            recording_told: false,
            refused: false,
            informed: false,
            waits: false,
            announced: 0,
            last_place: None,
            acts: Vec::new(),
        };
        if menu.language_known {
            menu.acts.push(Act::SetLanguage(menu.language.clone()));
        }
        match menu.emergency() {
            Some(phrases) => menu.tell(phrases, Next::Begin),
            None => menu.enter(),
        }
        let acts = menu.done();
        (menu, acts)
    }

    /// Something happened.
    #[must_use]
    pub fn step(&mut self, heard: Heard) -> Vec<Act> {
        match heard {
            Heard::Digit(digit) if digit.is_ascii_digit() || digit == REPEAT || digit == BACK => self.pressed(digit),
            Heard::Digit(_) => {}
            Heard::Said => self.said(),
            Heard::Silence => self.silence(),
            Heard::Place { place, wait } => self.place(place, wait),
            Heard::Offer(offer) => self.offered(offer),
            Heard::Connecting => self.connecting(),
            Heard::Connected if self.waits => self.connected(),
            Heard::Connected => {}
            Heard::OperatorGone => self.operator_gone(),
            Heard::HandedOn => self.handed_on(),
            Heard::TalkOver => self.talk_over(),
            Heard::Closing(opening) => self.closing(opening),
            Heard::Done => self.deed_done(),
            Heard::Failed => self.deed_failed(),
            Heard::NotCallable => self.not_callable(),
            Heard::Recorded { kept } => self.recorded(kept),
        }
        self.done()
    }

    /// What the menu waits for now.
    #[must_use]
    pub fn awaits(&self) -> Awaits {
        match self.state {
            State::Telling(_) => Awaits::Speech,
            State::Language | State::Menu | State::Refusing | State::Options | State::Number(_) | State::Survey => {
                Awaits::Digits
            }
            State::Waiting => Awaits::Operator,
            State::Arranging(_) => Awaits::Deed,
            State::Message => Awaits::Message,
            State::Talking | State::Left => Awaits::Nothing,
        }
    }

    /// How the contact ended, where the caller hangs up now. A message that was kept, or a call back that was arranged after
    /// they had gone, is what it is all the same.
    #[must_use]
    pub fn outcome_if_gone(&self) -> Outcome {
        match (&self.state, &self.opening) {
            (State::Telling(Next::HangUp(outcome)), _) => *outcome,
            (State::Talking | State::Survey, _) => Outcome::Answered,
            (_, Opening::Closed { .. } | Opening::Emergency(_)) => Outcome::ClosedHours,
            (_, Opening::Full) => Outcome::Busy,
            (_, Opening::Open) if self.informed && !self.waits => Outcome::SelfService,
            (_, Opening::Open) => Outcome::Abandoned,
        }
    }

    /// The language that is spoken.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    fn pressed(&mut self, digit: char) {
        match &self.state {
            State::Telling(Next::HangUp(_)) | State::Talking | State::Left => {}
            State::Telling(_) | State::Arranging(_) if self.ahead.len() < AHEAD_MAX => self.ahead.push_back(digit),
            State::Telling(_) | State::Arranging(_) => {}
            State::Language => self.language_chosen(digit),
            State::Menu => self.chosen(digit),
            State::Refusing => self.refusing(digit),
            State::Waiting => self.pressed_in_queue(digit),
            State::Options => self.option(digit),
            State::Number(_) => self.number_digit(digit),
            State::Message => self.acts.push(Act::EndMessage),
            State::Survey => self.rated(digit),
        }
    }

    fn said(&mut self) {
        let State::Telling(next) = &self.state else { return };
        match next.clone() {
            Next::Begin => self.enter(),
            Next::Refusing => {
                self.state = State::Refusing;
                self.acts.push(Act::Listen { seconds: 2 });
            }
            Next::Queue => self.join_queue(),
            Next::Message => {
                self.state = State::Message;
                self.ahead.clear();
                self.acts.push(Act::TakeMessage { most_seconds: MESSAGE_S });
            }
            Next::HangUp(outcome) => {
                self.state = State::Left;
                self.acts.push(Act::HangUp { outcome });
            }
        }
    }

    fn silence(&mut self) {
        match self.state {
            State::Language | State::Menu | State::Options => self.nothing_pressed(),
            State::Refusing => self.join_queue(),
            State::Number(_) => self.number_silence(),
            State::Survey => self.part(Vec::new(), Outcome::Answered),
            _ => {}
        }
    }

    fn deed_done(&mut self) {
        match &self.state {
            State::Arranging(Deed::Callback) => self.callback_arranged(),
            State::Arranging(Deed::Redirect(_)) => self.state = State::Left,
            _ => {}
        }
    }

    fn deed_failed(&mut self) {
        match &self.state {
            State::Arranging(Deed::Callback) => self.callback_failed(),
            State::Arranging(Deed::Redirect(_)) => self.send_to_operator(),
            State::Message => self.recorded(false),
            _ => {}
        }
    }

    /// What is to be done, after the digits that were pressed ahead: each cuts off what it would have cut off.
    fn done(&mut self) -> Vec<Act> {
        while !matches!(self.state, State::Telling(_) | State::Arranging(_) | State::Message) {
            let Some(digit) = self.ahead.pop_front() else { break };
            self.acts.retain(|act| !matches!(act, Act::Say { can_be_cut: true, .. } | Act::Listen { .. }));
            self.pressed(digit);
        }
        std::mem::take(&mut self.acts)
    }

    /// Says to its end, digits or not, and goes on.
    fn tell(&mut self, phrases: Vec<Phrase>, next: Next) {
        self.state = State::Telling(next);
        self.acts.push(Act::Say { phrases, can_be_cut: false });
    }

    /// Asks, and waits for digits.
    fn ask(&mut self, state: State, phrases: Vec<Phrase>, seconds: u32) {
        self.state = state;
        self.acts.push(Act::Say { phrases, can_be_cut: true });
        self.acts.push(Act::Listen { seconds });
    }

    /// One turn more; false once there have been too many.
    fn may_ask(&mut self) -> bool {
        self.turns = self.turns.saturating_add(1);
        self.turns <= TURNS
    }

    /// Goodbye, after something.
    fn part(&mut self, mut phrases: Vec<Phrase>, outcome: Outcome) {
        phrases.push(self.prompt(prompt_name::GOODBYE, self.words(key!("voice-goodbye"))));
        self.tell(phrases, Next::HangUp(outcome));
    }

    fn words(&self, key: &'static str) -> Phrase {
        Phrase::words(&self.language, key)
    }

    fn with_digit(&self, key: &'static str, digit: char) -> Phrase {
        Phrase::with(&self.language, key, vec![("digit", Value::Text(digit.to_string()))])
    }

    /// The service's own, else what is built in.
    fn prompt(&self, name: &str, built_in: Phrase) -> Phrase {
        phrase::own_or(self.service.telephone.prompts.get(name), &self.language, built_in)
    }

    fn destination(&self) -> Destination {
        Destination { queue: self.queue.clone(), topic: self.topic.clone(), language: self.language.clone() }
    }

    fn may_call_back(&self) -> bool {
        self.service.telephone.callback && self.caller.may_call_back
    }

    fn may_leave_message(&self) -> bool {
        self.service.telephone.voicemail
    }
}
