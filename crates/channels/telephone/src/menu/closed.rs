//! Closed, full, or closed by hand: why, until when, and what can be done all the same. And messages.

use super::phrase::{Phrase, own_or};
use super::{Act, BACK, CALLBACK, CHOOSE_S, MESSAGE, Menu, Next, Opening, REPEAT, State, Value};
use language::key;
use model::contact::Outcome;
use model::service::{Prompt, prompt_name};

impl Menu {
    /// What is said of an emergency before anything else, in every language that may be the caller's.
    pub(super) fn emergency(&self) -> Option<Vec<Phrase>> {
        let Opening::Emergency(own) = &self.opening else { return None };
        let known = self.language_known.then(|| vec![self.language.clone()]);
        let languages = known.unwrap_or_else(|| self.languages.clone());
        let prompts = &self.service.telephone.prompts;
        let written: Option<&Prompt> = Some(own).filter(|own| !own.is_empty()).or(prompts.get(prompt_name::EMERGENCY));
        let mut phrases: Vec<Phrase> = Vec::new();
        for language in languages {
            let said = match written {
                // The words of the hour are better heard in another language than replaced by words that say less.
                Some(written) => {
                    model::service::said_in(written, &language).map(|(code, said)| Phrase::said(code, said))
                }
                None => Some(own_or(None, &language, Phrase::words(&language, key!("voice-emergency")))),
            };
            phrases.extend(said.filter(|said| !phrases.contains(said)));
        }
        Some(phrases)
    }

    /// Why nobody answers.
    fn why(&self) -> Vec<Phrase> {
        match &self.opening {
            Opening::Open | Opening::Emergency(_) => Vec::new(),
            Opening::Full => vec![self.prompt(prompt_name::FULL, self.words(key!("voice-all-busy")))],
            Opening::Closed { opens, holiday } => {
                let closed = self.prompt(prompt_name::CLOSED, self.words(key!("voice-closed")));
                let own_holiday = self.service.telephone.prompts.get(prompt_name::HOLIDAY).filter(|_| *holiday);
                let mut phrases = vec![match own_holiday {
                    Some(own) => own_or(Some(own), &self.language, closed),
                    None => closed,
                }];
                phrases.extend(opens.map(|at| {
                    let values = vec![("day", Value::Day(at)), ("time", Value::Time(at))];
                    Phrase::with(&self.language, key!("voice-closed-opens-at"), values)
                }));
                phrases
            }
        }
    }

    /// Why, and what can be done; goodbye where it is nothing.
    pub(super) fn ask_options(&mut self, before: Vec<Phrase>) {
        if !self.may_ask() {
            return self.part(Vec::new(), self.outcome_if_gone());
        }
        let mut phrases = before;
        phrases.extend(self.why());
        let callback = self.may_call_back().then(|| self.with_digit(key!("voice-callback-later"), CALLBACK));
        let message = self.may_leave_message().then(|| self.with_digit(key!("voice-message-offer"), MESSAGE));
        let ways: Vec<Phrase> = callback.into_iter().chain(message).collect();
        let elsewhere = self.prompt(prompt_name::ELSEWHERE, self.words(key!("voice-elsewhere")));
        if ways.is_empty() {
            phrases.push(elsewhere);
            return self.part(phrases, self.outcome_if_gone());
        }
        phrases.extend(ways);
        phrases.push(elsewhere);
        self.ask(State::Options, phrases, CHOOSE_S);
    }

    pub(super) fn option(&mut self, digit: char) {
        match digit {
            CALLBACK if self.may_call_back() => self.ask_callback(),
            MESSAGE if self.may_leave_message() => self.ask_message(),
            REPEAT => self.ask_options(Vec::new()),
            BACK => self.part(Vec::new(), self.outcome_if_gone()),
            _ => self.not_understood(),
        }
    }

    /// A message is taken after the tone. Whoever leaves one waits no more.
    pub(super) fn ask_message(&mut self) {
        if std::mem::take(&mut self.waits) {
            self.acts.push(Act::LeaveQueue);
        }
        (self.silent, self.wrong) = (0, 0);
        let ask = self.prompt(prompt_name::MESSAGE, self.words(key!("voice-leave-message")));
        self.tell(vec![ask], Next::Message);
    }

    pub(super) fn recorded(&mut self, kept: bool) {
        if self.state != State::Message {
            return;
        }
        if kept {
            return self.part(vec![self.words(key!("voice-message-thanks"))], Outcome::Voicemail);
        }
        self.silent = self.silent.saturating_add(1);
        let empty = self.words(key!("voice-message-empty"));
        match self.opening.is_open() {
            _ if self.silent < 2 => self.tell(vec![empty], Next::Message),
            // They have not been heard in any way: somebody should talk with them.
            true => self.send_to_operator(),
            false => self.part(Vec::new(), self.outcome_if_gone()),
        }
    }
}
