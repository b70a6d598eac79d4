//! In the queue: the place and an honest wait, another way than waiting, what becomes of the call at its end.

use super::phrase::minutes_said;
use super::{Act, CALLBACK, Deed, MESSAGE, Menu, Next, Opening, Phrase, REFUSE, REPEAT, State, Value};
use chrono::TimeDelta;
use language::key;
use model::contact::Outcome;
use model::queue::Offer;
use model::service::{Recording, prompt_name};

/// As many before somebody as they are told exactly.
const COUNTED: i64 = 20;

impl Menu {
    pub(super) fn join_queue(&mut self) {
        self.state = State::Waiting;
        self.waits = true;
        self.ahead.clear();
        (self.silent, self.wrong) = (0, 0);
        self.acts.push(Act::Queue(self.destination()));
    }

    /// Back from something else, with the place that was kept.
    pub(super) fn wait_on(&mut self, mut before: Vec<Phrase>) {
        self.state = State::Waiting;
        self.ahead.clear();
        before.push(self.words(key!("voice-wait-on")));
        self.say(before);
    }

    /// Said to whoever waits; the music goes on after it.
    fn say(&mut self, phrases: Vec<Phrase>) {
        if !phrases.is_empty() {
            self.acts.push(Act::Say { phrases, can_be_cut: true });
        }
    }

    pub(super) fn place(&mut self, place: u32, wait: Option<TimeDelta>) {
        self.last_place = Some((place, wait));
        if self.state != State::Waiting {
            return;
        }
        let mut phrases = Vec::new();
        if self.announced == 0
            && let Some(own) = self.service.telephone.prompts.get(prompt_name::WAITING)
            && let Some((code, said)) = model::service::said_in(own, &self.language)
        {
            phrases.push(Phrase::said(code, said));
        }
        phrases.extend(self.place_phrases());
        // Every time would be a nuisance.
        if self.announced.is_multiple_of(2) {
            phrases.extend(self.ways());
        }
        self.announced = self.announced.saturating_add(1);
        self.say(phrases);
    }

    /// The place, and the wait where it was measured.
    fn place_phrases(&self) -> Vec<Phrase> {
        let Some((place, wait)) = self.last_place else { return Vec::new() };
        let before = i64::from(place.saturating_sub(1));
        let told = |key, count| Phrase::with(&self.language, key, vec![("count", Value::Number(count))]);
        let mut phrases = vec![match before {
            0 => self.words(key!("voice-place-next")),
            1..=COUNTED => told(key!("voice-place"), before),
            // Nobody counts on one more or less of so many, and each number is a sentence of its own to be read.
            _ => told(key!("voice-place-over"), (before - 1) / 10 * 10),
        }];
        phrases.extend(wait.map(|wait| match minutes_said(wait) {
            Some(minutes) => {
                Phrase::with(&self.language, key!("voice-wait-about"), vec![("minutes", Value::Number(minutes))])
            }
            None => self.words(key!("voice-wait-long")),
        }));
        phrases
    }

    /// What can be done instead of waiting.
    fn ways(&self) -> Vec<Phrase> {
        let callback = self.may_call_back().then(|| self.with_digit(key!("voice-callback-offer"), CALLBACK));
        let message = self.may_leave_message().then(|| self.with_digit(key!("voice-message-offer"), MESSAGE));
        callback.into_iter().chain(message).collect()
    }

    pub(super) fn offered(&mut self, offer: Offer) {
        if self.state != State::Waiting {
            return;
        }
        let way = match offer {
            Offer::Callback if self.may_call_back() => self.with_digit(key!("voice-callback-offer"), CALLBACK),
            Offer::Message if self.may_leave_message() => self.with_digit(key!("voice-message-offer"), MESSAGE),
            Offer::Callback | Offer::Message => return,
        };
        self.say(vec![self.words(key!("voice-still-waiting")), way]);
    }

    pub(super) fn pressed_in_queue(&mut self, digit: char) {
        let can_refuse = self.service.telephone.recording == Recording::Refusable && !self.refused;
        match digit {
            CALLBACK if self.may_call_back() => self.ask_callback(),
            MESSAGE if self.may_leave_message() => self.ask_message(),
            REFUSE if can_refuse => {
                self.refuse_recording();
                self.say(vec![self.words(key!("voice-recording-refused"))]);
            }
            REPEAT => self.say(self.place_phrases().into_iter().chain(self.ways()).collect()),
            _ => self.say(self.ways()),
        }
    }

    pub(super) fn connecting(&mut self) {
        // Whatever they were about to choose instead, here is the operator they waited for; but what they have chosen is done.
        if self.waits && !matches!(self.state, State::Arranging(_)) {
            self.state = State::Waiting;
            self.say(vec![self.words(key!("voice-connecting"))]);
        }
    }

    pub(super) fn connected(&mut self) {
        (self.state, self.waits) = (State::Talking, false);
        self.ahead.clear();
    }

    pub(super) fn operator_gone(&mut self) {
        if self.state == State::Talking {
            (self.state, self.waits) = (State::Waiting, true);
            self.last_place = Some((1, None));
            self.say(vec![self.words(key!("voice-operator-gone"))]);
        }
    }

    /// Also one whom we called, who never was in the menu.
    pub(super) fn handed_on(&mut self) {
        (self.state, self.waits) = (State::Waiting, true);
        self.last_place = None;
        self.say(vec![self.words(key!("voice-handed-on"))]);
    }

    pub(super) fn talk_over(&mut self) {
        match self.state {
            State::Talking if self.service.telephone.survey => {
                (self.silent, self.wrong) = (0, 0);
                self.ask(State::Survey, vec![self.words(key!("voice-survey-ask"))], super::CHOOSE_S);
            }
            State::Talking => self.part(Vec::new(), Outcome::Answered),
            _ => {}
        }
    }

    pub(super) fn rated(&mut self, digit: char) {
        match u8::try_from(digit).ok().map(|byte| byte.wrapping_sub(b'0')).filter(|mark| (1..=5).contains(mark)) {
            Some(mark) => {
                self.acts.push(Act::Rate(mark));
                self.part(vec![self.words(key!("voice-survey-thanks"))], Outcome::Answered);
            }
            None if self.wrong == 0 => {
                self.wrong = 1;
                let phrases = vec![self.words(key!("voice-not-understood")), self.words(key!("voice-survey-ask"))];
                self.ask(State::Survey, phrases, super::CHOOSE_S);
            }
            None => self.part(Vec::new(), Outcome::Answered),
        }
    }

    /// The line closes over whoever is not talking, nor about to be served another way.
    pub(super) fn closing(&mut self, opening: Opening) {
        let is_served = matches!(
            self.state,
            State::Arranging(Deed::Callback)
                | State::Message
                | State::Telling(Next::Message | Next::HangUp(_))
                | State::Talking
                | State::Survey
                | State::Left
        );
        if is_served {
            return;
        }
        self.opening = opening;
        self.ahead.clear();
        (self.silent, self.wrong) = (0, 0);
        if std::mem::take(&mut self.waits) {
            self.acts.push(Act::LeaveQueue);
        }
        match self.emergency() {
            Some(phrases) => self.tell(phrases, Next::Begin),
            None => self.enter(),
        }
    }
}
