//! Doing what the menu says.

use super::number::may_be_called;
use super::{Call, Waits};
use crate::menu::{self, Act, Destination, Heard, Menu, Phrase};
use crate::sound::prompt::Prompt;
use centre::call::Promise;
use centre::routing::{Event, Piece};
use model::ServiceId;
use model::call::EndCause;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long somebody waits before they hear for the first time how they stand.
const FIRST_WORD: Duration = Duration::from_secs(3);

impl Call {
    /// Tells the menu what happened, and does what follows.
    pub(super) async fn step(&mut self, heard: Heard) {
        let acts = self.menu.step(heard);
        self.act(acts).await;
    }

    /// Does these acts in their order, and those that follow from them.
    pub(super) async fn act(&mut self, acts: Vec<Act>) {
        let mut acts: VecDeque<Act> = acts.into();
        while let Some(act) = acts.pop_front() {
            if self.over {
                return;
            }
            acts.extend(self.do_one(act).await);
        }
    }

    /// Does one; those that follow from it.
    async fn do_one(&mut self, act: Act) -> Vec<Act> {
        let leg = self.caller.media;
        match act {
            Act::Say { phrases, can_be_cut } => {
                let prompts = self.voiced(&phrases).await;
                if !prompts.is_empty() {
                    self.speech.say(&self.room, leg, prompts, can_be_cut);
                } else if !self.speech.is_speaking() {
                    return self.menu.step(Heard::Said);
                }
            }
            Act::Listen { seconds } => self.speech.listen(seconds),
            Act::SetLanguage(_) => {}
            Act::RefuseRecording => self.refused_recording = true,
            Act::Queue(destination) => self.join_queue(destination).await,
            Act::LeaveQueue => {
                self.announce_at = None;
                self.speech.set_music(&self.room, leg, false);
                self.exchange.switchboard.tell(Event::Gone { piece: self.piece() });
                let id = self.contact;
                self.note(move |w| Box::pin(centre::call::leave_queue(w, id))).await;
            }
            Act::TakeMessage { most_seconds } => self.take_message(most_seconds).await,
            Act::EndMessage => {
                let kept = self.end_message();
                return self.menu.step(Heard::Recorded { kept });
            }
            Act::Callback { number, keeps_place, destination } => {
                let heard = self.promise(number, keeps_place, destination).await;
                return self.menu.step(heard);
            }
            Act::Redirect { service, destination } => return self.redirect(&service, destination).await,
            Act::Rate(mark) => {
                let id = self.contact;
                self.note(move |w| Box::pin(centre::call::rate(w, id, mark))).await;
            }
            Act::HangUp { outcome } => self.end(Some(outcome), EndCause::Done).await,
        }
        Vec::new()
    }

    /// The caller is to be called back, from the place that they have.
    async fn promise(&mut self, number: String, keeps_place: bool, destination: Destination) -> Heard {
        if !may_be_called(&number) {
            return Heard::NotCallable;
        }
        let catalogue = self.exchange.centre.catalogue();
        let Destination { queue, topic, language } = destination;
        let named = self.queue.clone().filter(|_| keeps_place).or(queue).and_then(|id| catalogue.queue(&id));
        let Some(queue) = named.or_else(|| catalogue.front_queue(&self.service, topic.as_ref())) else {
            return Heard::Failed;
        };
        let queue = queue.id.clone();
        let since = self.work.as_ref().filter(|_| keeps_place).map(|work| work.since);
        let promise = Promise { number, queue: queue.clone(), topic: topic.clone(), language: language.clone() };
        let promised = match self.exchange.promise(self.contact, promise).await {
            Ok(promised) => promised,
            // Too many promises: whoever asks waits on.
            Err(centre::Error::TooMany(_)) => return Heard::Failed,
            Err(error) => {
                tracing::error!(%error, contact.id = %self.contact, "a caller cannot be promised to be called back");
                return Heard::Failed;
            }
        };
        let (caller, callback) = (self.piece(), Piece::Contact(promised));
        if keeps_place {
            self.exchange.switchboard.tell(Event::CallBack { caller, callback });
        }
        let waits = Waits {
            contact: promised,
            service: &self.service.id,
            queue: &queue,
            topic: topic.as_ref(),
            language: Some(&language),
            since: since.unwrap_or_else(|| self.exchange.centre.now()),
        };
        // Where the place was taken over already, routing knows it.
        let work = waits.work(&self.exchange.centre).await;
        self.exchange.switchboard.tell(Event::Waits { piece: callback, work });
        self.announce_at = None;
        self.work = None;
        Heard::Done
    }

    /// Another service's menu takes the call; the caller's language goes with them.
    async fn redirect(&mut self, service: &ServiceId, destination: Destination) -> Vec<Act> {
        let other = self.exchange.centre.catalogue().service(service).filter(|other| other.active).cloned();
        let Some(other) = other.map(Arc::new) else { return self.menu.step(Heard::Failed) };
        let (id, to) = (self.contact, other.id.clone());
        self.note(move |w| Box::pin(async move { centre::call::redirect(w, id, &to).await })).await;
        let who = menu::Caller {
            number: self.number.clone(),
            known_language: Some(destination.language).filter(|code| other.languages.contains(code)),
            may_call_back: true,
        };
        let (menu, acts) = Menu::begin(&other, super::opening(&self.exchange, &other), who);
        self.speech.waits_with(self.exchange.voice.music_of(&self.exchange.centre, &other).await);
        (self.menu, self.service) = (menu, other);
        acts
    }

    /// Phrases as sound. One that cannot be said is left out: the caller hears the rest.
    async fn voiced(&self, phrases: &[Phrase]) -> Vec<Prompt> {
        let zone = self.service.calendar.zone();
        let mut prompts = Vec::new();
        for phrase in phrases {
            match self.exchange.voice.say(&self.exchange.centre, phrase, zone).await {
                Ok(prompt) => prompts.push(prompt),
                Err(error) => tracing::warn!(%error, "something cannot be said to a caller"),
            }
        }
        prompts
    }

    async fn join_queue(&mut self, destination: Destination) {
        let catalogue = self.exchange.centre.catalogue();
        let Destination { queue, topic, language } = destination;
        let named = queue.and_then(|id| catalogue.queue(&id));
        let Some(queue) = named.or_else(|| catalogue.front_queue(&self.service, topic.as_ref())) else {
            tracing::error!(service = %self.service.id, "a service has no queue for its callers");
            return self.end(Some(model::contact::Outcome::Failed), EndCause::Stopped).await;
        };
        self.queue = Some(queue.id.clone());
        let (id, queue_id) = (self.contact, queue.id.clone());
        let (kept_topic, kept_language) = (topic.clone(), language.clone());
        self.note(move |w| {
            Box::pin(async move { centre::call::queue(w, id, &queue_id, kept_topic, Some(kept_language)).await })
        })
        .await;
        let waits = Waits {
            contact: id,
            service: &self.service.id,
            queue: &queue.id,
            topic: topic.as_ref(),
            language: Some(&language),
            since: self.exchange.centre.now(),
        };
        let work = waits.work(&self.exchange.centre).await;
        self.speech.stop_listening();
        self.speech.set_music(&self.room, self.caller.media, true);
        self.announce_at = Some(Instant::now() + FIRST_WORD);
        self.work = Some(work.clone());
        self.exchange.switchboard.tell(Event::Waits { piece: self.piece(), work });
    }

    /// Writes a step of the call down.
    pub(super) async fn note<F>(&self, step: F)
    where
        F: for<'a> FnOnce(&'a centre::Work<'a>) -> futures::future::BoxFuture<'a, centre::Result<()>> + Send + 'static,
    {
        self.exchange.note(self.contact, step).await;
    }
}
