//! One call: a task of its own, from the first ring to the last word. What callers choose is the menu's, who answers is
//! routing's, what is heard is the room's; here these come together, and each step is told to the centre.

mod act;
mod back;
mod dialled;
mod end;
mod far;
mod hear;
mod number;
mod operator;
mod outgoing;
mod oversee;
mod record;
mod side;
mod speech;
mod talk;
mod third;
mod waiting;

pub(crate) use side::Side;
pub(crate) use waiting::Waits;

use crate::exchange::{Exchange, Invite};
use crate::media::{Heard, Room};
use crate::menu::{self, Menu, Opening};
use crate::sip::{Ending, Happening};
use centre::routing::{Closing, Piece, Suggestion, Withdrawal, Work};
use chrono::{DateTime, Utc};
use model::call::{EndCause, Order};
use model::service::{Prompt, Service};
use model::{ContactId, QueueId, UserId};
use operator::Operator;
use oversee::Overseer;
use speech::Speech;
use std::sync::Arc;
use std::time::{Duration, Instant};
use third::Third;
use tokio::sync::mpsc;

/// A call that has come in, with its answer ready.
pub(crate) struct Arrival {
    pub contact: ContactId,
    pub service: Arc<Service>,
    pub number: Option<String>,
    pub invite: Invite,
}

/// What a call is told from outside.
#[derive(Debug)]
pub(crate) enum Told {
    Offer {
        operator: UserId,
        until: DateTime<Utc>,
    },
    Withdraw {
        operator: UserId,
        why: Withdrawal,
    },
    Connect {
        operator: UserId,
    },
    TooLate {
        operator: UserId,
    },
    Close {
        why: Closing,
    },
    Suggest {
        way: Suggestion,
    },
    Order {
        by: UserId,
        order: Order,
    },
    /// The program ends.
    Stop,
}

pub(crate) struct Call {
    exchange: Arc<Exchange>,
    contact: ContactId,
    service: Arc<Service>,
    number: Option<String>,
    /// The queue that the caller joined last.
    queue: Option<QueueId>,
    room: Room,
    heard: mpsc::UnboundedReceiver<Heard>,
    caller: Side,
    menu: Menu,
    speech: Speech,
    /// When the caller hears next how they stand, while they wait.
    announce_at: Option<Instant>,
    operator: Option<Operator>,
    /// Somebody else whom the operator called.
    third: Option<Third>,
    overseer: Option<Overseer>,
    /// As it waits in a queue, where it has.
    work: Option<Work>,
    /// No operator has to do with it any more: the caller speaks on with somebody outside.
    parted: bool,
    /// We called: whoever is called hears no menu and waits in no queue.
    outbound: bool,
    /// The operator has put the caller on hold.
    held: bool,
    muted: bool,
    refused_recording: bool,
    /// A message that is being left, and whether one was.
    message: Option<record::Message>,
    left_message: bool,
    over: bool,
}

impl Call {
    /// Answers, and begins with the menu.
    pub(crate) async fn begin(exchange: Arc<Exchange>, arrival: Arrival) -> (Self, mpsc::UnboundedReceiver<Told>) {
        let Arrival { contact, service, number, invite } = arrival;
        let (tell, told) = mpsc::unbounded_channel();
        exchange.enrol(contact, tell);
        let (room, heard) = exchange.media.open();
        let (mut caller, timer, answer) = Side::invited(&room, invite);
        let headers = caller.agree_on_timer(&timer).unwrap_or_default();
        let answered = caller.leg.answer(answer, headers);
        let opening = opening(&exchange, &service);
        let who = menu::Caller { number: number.clone(), known_language: None, may_call_back: true };
        let (menu, acts) = Menu::begin(&service, opening, who);
        let speech = Speech::new(exchange.voice.music_of(&exchange.centre, &service).await);
        let mut call = Self {
            exchange,
            contact,
            service,
            number,
            queue: None,
            room,
            heard,
            caller,
            menu,
            speech,
            announce_at: None,
            operator: None,
            third: None,
            overseer: None,
            work: None,
            parted: false,
            outbound: false,
            held: false,
            muted: false,
            refused_recording: false,
            message: None,
            left_message: false,
            over: false,
        };
        match answered {
            Ok(()) => call.act(acts).await,
            Err(error) => {
                tracing::debug!(%error, "a call was over before it was answered");
                call.end(None, EndCause::Caller).await;
            }
        }
        (call, told)
    }

    pub(crate) fn piece(&self) -> Piece {
        Piece::Contact(self.contact)
    }

    /// Goes on until it is over.
    pub(crate) async fn run(mut self, mut told: mpsc::UnboundedReceiver<Told>) {
        while !self.over {
            let due = self.due();
            tokio::select! {
                happening = self.caller.happens.recv() => {
                    let happening = happening.unwrap_or(Happening::Over(Ending::TimedOut));
                    self.caller_happened(happening).await;
                }
                happening = operator::next(&mut self.operator) => self.operator_happened(happening).await,
                happening = third::next(&mut self.third) => self.third_happened(happening).await,
                happening = oversee::next(&mut self.overseer) => self.overseer_happened(happening).await,
                heard = self.heard.recv() => match heard {
                    Some(heard) => self.hear(heard).await,
                    None => self.end(None, EndCause::Stopped).await,
                },
                told = told.recv() => match told {
                    Some(told) => self.take(told).await,
                    None => self.end(None, EndCause::Stopped).await,
                },
                () = sleep_until(due) => self.tick().await,
            }
        }
        self.room.close();
        self.exchange.strike(self.contact);
    }

    async fn take(&mut self, told: Told) {
        match told {
            Told::Offer { operator, until } => self.offered(operator, until).await,
            Told::Withdraw { operator, why } => self.withdrawn(operator, why).await,
            Told::Connect { operator } => self.connect(operator).await,
            Told::TooLate { operator } => self.let_go(operator).await,
            Told::Close { why } => {
                let opening = match why {
                    Closing::Full => Opening::Full,
                    Closing::Closed | Closing::NoSuchQueue => Opening::Emergency(self.why_closed()),
                };
                self.step(menu::Heard::Closing(opening)).await;
            }
            Told::Suggest { way } => {
                let offer = match way {
                    Suggestion::Callback => model::queue::Offer::Callback,
                    Suggestion::Message => model::queue::Offer::Message,
                };
                self.step(menu::Heard::Offer(offer)).await;
            }
            Told::Order { by, order } => self.ordered(by, order).await,
            Told::Stop => self.end(None, EndCause::Stopped).await,
        }
    }

    /// What is said to whoever waits in a queue that is closed by hand.
    fn why_closed(&self) -> Prompt {
        let catalogue = self.exchange.centre.catalogue();
        let closing = self.queue.as_ref().and_then(|queue| catalogue.closing(queue, self.exchange.centre.now()));
        closing.map(|closing| closing.message.clone()).unwrap_or_default()
    }

    async fn caller_happened(&mut self, happening: Happening) {
        match happening {
            Happening::Over(ending) => {
                let cause = if ending == Ending::TimedOut { EndCause::Lost } else { EndCause::Caller };
                self.end(None, cause).await;
            }
            Happening::Info { content_type, body } => {
                for digit in digits_of(&content_type, &body) {
                    self.pressed(digit).await;
                }
            }
            other => self.caller.happened(&self.room, other).await,
        }
    }

    async fn hear(&mut self, heard: Heard) {
        match heard {
            Heard::Digit { leg, digit } if leg == self.caller.media => self.pressed(digit.as_char()).await,
            Heard::Played { leg, program }
                if leg == self.caller.media && self.speech.played(&self.room, leg, program) =>
            {
                self.step(menu::Heard::Said).await;
            }
            Heard::Silent { leg } if leg == self.caller.media => self.end(None, EndCause::Silence).await,
            Heard::Silent { leg } | Heard::Lost { leg } => self.leg_silent(leg).await,
            _ => {}
        }
    }

    async fn pressed(&mut self, digit: char) {
        if self.is_talking() || self.parted {
            return;
        }
        self.speech.cut(&self.room, self.caller.media);
        self.step(menu::Heard::Digit(digit)).await;
    }

    fn due(&self) -> Option<Instant> {
        let operator = self.operator.as_ref().and_then(Operator::due);
        let message = self.message.as_ref().map(record::Message::due);
        let third = self.third.as_ref().and_then(Third::due);
        [self.speech.due(), self.announce_at, self.caller.due(), operator, message, third].into_iter().flatten().min()
    }

    async fn tick(&mut self) {
        let now = Instant::now();
        if self.speech.is_due(now) {
            self.step(menu::Heard::Silence).await;
        }
        self.message_due(now).await;
        if self.announce_at.is_some_and(|at| at <= now) {
            self.announce().await;
        }
        if !self.caller.keep(now).await {
            self.end(None, EndCause::Lost).await;
            return;
        }
        self.keep_operator(now).await;
        self.keep_third(now).await;
    }

    /// Says how the caller stands in the queue.
    async fn announce(&mut self) {
        let every = Duration::from_secs(u64::from(self.service.telephone.announce_every_s.max(10)));
        self.announce_at = Some(Instant::now() + every);
        if self.speech.is_speaking() {
            return;
        }
        if let Some((place, wait)) = self.exchange.switchboard.place(self.piece()) {
            let place = u32::try_from(place).unwrap_or(u32::MAX);
            self.step(menu::Heard::Place { place, wait }).await;
        }
    }
}

/// How the line of a service stands.
fn opening(exchange: &Exchange, service: &Service) -> Opening {
    let now = exchange.centre.now();
    if let Some(closing) = exchange.centre.catalogue().closing_of_service(service, now) {
        return Opening::Emergency(closing.message.clone());
    }
    if service.calendar.is_open(now) {
        return Opening::Open;
    }
    let today = now.with_timezone(&service.calendar.zone()).date_naive();
    let holiday = service.calendar.closed_because(today).is_some();
    Opening::Closed { opens: service.calendar.next_opening(now), holiday }
}

/// Digits in the signalling (`application/dtmf-relay`, `application/dtmf`).
fn digits_of(content_type: &str, body: &[u8]) -> Vec<char> {
    let text = String::from_utf8_lossy(body);
    let kind = content_type.to_ascii_lowercase();
    let is_key = |c: &char| c.is_ascii_digit() || matches!(c, '*' | '#');
    if kind.starts_with("application/dtmf-relay") {
        let signal = text.lines().find_map(|line| line.split_once('=').filter(|(name, _)| name.trim() == "Signal"));
        return signal.map(|(_, value)| value.trim().chars().filter(is_key).take(1).collect()).unwrap_or_default();
    }
    if kind.starts_with("application/dtmf") { text.trim().chars().filter(is_key).take(1).collect() } else { Vec::new() }
}

async fn sleep_until(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due.into()).await,
        None => std::future::pending().await,
    }
}
