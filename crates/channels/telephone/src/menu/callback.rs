//! To be called back: at the number that the call came from, or at another that is keyed in, once the caller has said yes to
//! it. Whoever waits keeps their place.

use super::{Act, BACK, CHOOSE_S, Deed, Menu, Phrase, REPEAT, State, TRIES, Value};
use language::key;
use model::address::Address;
use model::contact::Outcome;

/// Seconds for the next digit of a number.
const DIGIT_S: u32 = 5;
/// Digits of a number at the most, with an international prefix (E.164: 15, after `00`).
const DIGITS_MAX: usize = 17;
/// Yes, this number.
const YES: char = '1';
/// No, another.
const OTHER: char = '2';

/// The number of a call back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Number {
    /// In E.164, to be agreed to.
    Confirm(String),
    /// What has been keyed in so far.
    Ask(String),
}

fn number(typed: &str) -> Option<String> {
    Address::phone("phone", typed).ok().map(|address| address.value)
}

impl Menu {
    pub(super) fn ask_callback(&mut self) {
        (self.silent, self.wrong) = (0, 0);
        match self.caller.number.as_deref().and_then(number) {
            Some(own) => self.confirm(own, Vec::new()),
            None => self.ask_number(Vec::new()),
        }
    }

    fn confirm(&mut self, number: String, mut before: Vec<Phrase>) {
        if !self.may_ask() {
            return self.leave_number(Vec::new());
        }
        let values = vec![
            ("number", Value::Phone(number.clone())),
            ("yes", Value::Text(YES.to_string())),
            ("other", Value::Text(OTHER.to_string())),
        ];
        before.push(Phrase::with(&self.language, key!("voice-callback-confirm"), values));
        self.ask(State::Number(Number::Confirm(number)), before, CHOOSE_S);
    }

    fn ask_number(&mut self, mut before: Vec<Phrase>) {
        if !self.may_ask() {
            return self.leave_number(Vec::new());
        }
        before.push(self.words(key!("voice-callback-number")));
        self.ask(State::Number(Number::Ask(String::new())), before, CHOOSE_S);
    }

    pub(super) fn number_digit(&mut self, digit: char) {
        let State::Number(at) = self.state.clone() else { return };
        match (at, digit) {
            (Number::Confirm(number), YES) => self.arrange(number),
            (Number::Confirm(_), OTHER) => self.ask_number(Vec::new()),
            (Number::Confirm(number), REPEAT) => self.confirm(number, Vec::new()),
            (Number::Confirm(_), BACK) => self.back_from_number(),
            (Number::Confirm(number), _) => {
                self.wrong = self.wrong.saturating_add(1);
                let why = self.words(key!("voice-not-understood"));
                if self.wrong < TRIES { self.confirm(number, vec![why]) } else { self.leave_number(Vec::new()) }
            }
            (Number::Ask(_), REPEAT) => self.ask_number(Vec::new()),
            (Number::Ask(typed), BACK) if typed.is_empty() => self.back_from_number(),
            (Number::Ask(typed), BACK) => self.typed(&typed),
            (Number::Ask(mut typed), digit) => {
                typed.push(digit);
                if typed.len() >= DIGITS_MAX {
                    return self.typed(&typed);
                }
                self.state = State::Number(Number::Ask(typed));
                self.acts.push(Act::Listen { seconds: DIGIT_S });
            }
        }
    }

    pub(super) fn number_silence(&mut self) {
        let State::Number(at) = self.state.clone() else { return };
        if let Number::Ask(typed) = &at
            && !typed.is_empty()
        {
            return self.typed(typed);
        }
        self.silent = self.silent.saturating_add(1);
        let why = vec![self.words(key!("voice-nothing-heard"))];
        match at {
            _ if self.silent >= TRIES => self.leave_number(Vec::new()),
            Number::Confirm(number) => self.confirm(number, why),
            Number::Ask(_) => self.ask_number(why),
        }
    }

    /// The number is whole.
    fn typed(&mut self, typed: &str) {
        match number(typed) {
            Some(number) => self.confirm(number, Vec::new()),
            None => self.another(key!("voice-callback-number-wrong")),
        }
    }

    fn another(&mut self, why: &'static str) {
        self.ahead.clear();
        self.wrong = self.wrong.saturating_add(1);
        let why = vec![self.words(why)];
        if self.wrong < TRIES { self.ask_number(why) } else { self.leave_number(why) }
    }

    /// To where they asked for it.
    fn back_from_number(&mut self) {
        match self.opening.is_open() && !self.waits && !self.trail.is_empty() {
            true => self.ask_menu(Vec::new(), false),
            false => self.leave_number(Vec::new()),
        }
    }

    /// Without an agreement: to wait on, or to what else there is.
    fn leave_number(&mut self, why: Vec<Phrase>) {
        (self.silent, self.wrong) = (0, 0);
        if self.waits {
            return self.wait_on(why);
        }
        match self.opening.is_open() {
            true => self.send_to_operator(),
            false => self.ask_options(why),
        }
    }

    fn arrange(&mut self, number: String) {
        self.state = State::Arranging(Deed::Callback);
        self.acts.push(Act::Callback { number, keeps_place: self.waits, destination: self.destination() });
    }

    pub(super) fn callback_arranged(&mut self) {
        self.waits = false;
        let thanks = match self.opening.is_open() {
            true => key!("voice-callback-thanks"),
            false => key!("voice-callback-thanks-later"),
        };
        self.part(vec![self.words(thanks)], Outcome::Callback);
    }

    pub(super) fn callback_failed(&mut self) {
        self.leave_number(vec![self.words(key!("voice-callback-failed"))]);
    }

    pub(super) fn not_callable(&mut self) {
        if self.state == State::Arranging(Deed::Callback) {
            self.another(key!("voice-callback-not-callable"));
        }
    }
}
