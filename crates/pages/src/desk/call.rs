//! The call that whoever sits here is at: who it is before it is answered, the strip in the top bar while they speak, the
//! case it belongs to, and the writing up. The same stands on every page, and on a page of its own.

mod act;
mod beside;
mod hand;
mod out;
mod read;
mod sample;

pub(super) use act::{order, put_on_case, write_up};
pub use beside::{Besides, Third};
pub use hand::HandPage;
pub(super) use hand::{send as hand_on, show as hand};
pub(super) use out::call_out;
pub(super) use read::{page, part};

use super::DeskFrame;
use super::clock::Clock;
use super::flash::Toast;
use super::recording::Recording;
use askama::Template;
use language::Tr;
use model::ContactId;
use model::call::{Device, Oversight};

/// What a page shows of calls: nothing most of the time.
#[derive(Clone, Debug, Default)]
pub struct Calls {
    /// The call that is spoken on.
    pub strip: Option<Strip>,
    /// What wants to be seen to.
    pub card: Option<Card>,
}

/// A call that is spoken on.
#[derive(Clone, Debug)]
pub struct Strip {
    pub contact: ContactId,
    pub who: Who,
    /// The message that says where it stands.
    pub word: &'static str,
    pub calling: bool,
    pub held: bool,
    pub muted: bool,
    pub softphone: bool,
    pub clock: Clock,
    pub case: Option<OnCase>,
    pub besides: Besides,
}

/// Who is on the other end.
#[derive(Clone, Debug)]
pub struct Who {
    pub name: String,
    /// The number, where the name is not that already.
    pub number: Option<String>,
}

/// The case that a call stands on.
#[derive(Clone, Debug)]
pub struct OnCase {
    pub href: String,
    pub number: String,
    pub title: String,
}

/// What is asked of the operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// To answer.
    Answer,
    /// To say which case it is about.
    Case,
    /// To write it up.
    WrapUp,
    /// To speak with a colleague about it.
    Word,
    /// To take part in a colleague's talk, in this way.
    Overhear(Oversight),
    /// Nothing but to talk.
    Talk,
    /// Nothing any more: it is over.
    Nothing,
}

/// A call with all that is known of it.
#[derive(Clone, Debug)]
pub struct Card {
    pub contact: ContactId,
    pub asks: Asks,
    /// They are to be called back.
    pub back: bool,
    pub who: Who,
    /// Service and queue, topic, language.
    pub service: String,
    pub topic: Option<String>,
    pub facts: Vec<String>,
    /// How long they wait, or waited.
    pub waits: Option<Clock>,
    pub waited: String,
    /// When what is asked ends by itself.
    pub until: Option<Clock>,
    /// What is known of the person: `4 contatti in un anno`.
    pub history: String,
    pub cases: Vec<Known>,
    /// How many more there are.
    pub more: i64,
    pub case: Option<OnCase>,
    pub codes: Vec<Code>,
    pub device: Option<Device>,
    /// For those who listen.
    pub said: String,
    pub note: String,
    /// What is wrong with what was sent.
    pub problem: Option<String>,
    /// Tells one sending of its forms from another.
    pub key: String,
}

/// A case of the person's.
#[derive(Clone, Debug)]
pub struct Known {
    pub id: i64,
    pub href: String,
    pub number: String,
    pub title: String,
    pub stands: String,
    /// It may be taken up again.
    pub open: bool,
}

#[derive(Clone, Debug)]
pub struct Code {
    pub id: String,
    pub word: String,
    pub chosen: bool,
}

impl Calls {
    /// What tells one state of the card from another: as long as it is the same, what was filled in stays.
    pub(crate) fn stands(&self) -> String {
        self.card.as_ref().map(Card::stands).unwrap_or_default()
    }

    pub(crate) fn said(&self) -> &str {
        self.card.as_ref().map_or("", |card| card.said.as_str())
    }

    pub(crate) fn rings(&self) -> bool {
        self.card.as_ref().is_some_and(Card::asks_to_answer)
    }
}

impl Card {
    pub(crate) fn stands(&self) -> String {
        let asks = match self.asks {
            Asks::Answer => "answer",
            Asks::Case => "case",
            Asks::WrapUp => "wrap-up",
            Asks::Word => "word",
            Asks::Overhear(_) => "overhear",
            Asks::Talk => "talk",
            Asks::Nothing => "over",
        };
        format!("{}-{asks}", self.contact)
    }

    pub(crate) fn asks_to_answer(&self) -> bool {
        self.asks == Asks::Answer
    }

    pub(crate) fn asks_to_wrap_up(&self) -> bool {
        self.asks == Asks::WrapUp
    }

    /// It is a colleague's talk: the device rings by itself, and leaving it ends it for nobody else.
    pub(crate) fn is_colleagues(&self) -> bool {
        matches!(self.asks, Asks::Word | Asks::Overhear(_))
    }

    pub(crate) fn is_overheard(&self) -> bool {
        matches!(self.asks, Asks::Overhear(_))
    }

    /// Whether the case is still to be said.
    pub(crate) fn wants_case(&self) -> bool {
        self.case.is_none() && matches!(self.asks, Asks::Case | Asks::WrapUp)
    }

    /// The message of its heading.
    pub(crate) fn title(&self) -> &'static str {
        match self.asks {
            Asks::Answer if self.back => language::key!("call-to-call-back"),
            Asks::Answer => language::key!("call-incoming"),
            Asks::Case => language::key!("call-which-case"),
            Asks::WrapUp => language::key!("call-wrap-up"),
            Asks::Word => language::key!("call-asked-about"),
            Asks::Overhear(Oversight::Listen) => language::key!("call-overhear-listen"),
            Asks::Overhear(Oversight::Whisper) => language::key!("call-overhear-whisper"),
            Asks::Overhear(Oversight::Join) => language::key!("call-overhear-join"),
            Asks::Talk => language::key!("call-under-way"),
            Asks::Nothing => language::key!("call-over"),
        }
    }

    pub(crate) fn icon(&self) -> &'static str {
        match self.asks {
            Asks::Answer => "phone-in",
            Asks::Case | Asks::Word | Asks::Talk => "phone",
            Asks::Overhear(_) => "eye",
            Asks::WrapUp | Asks::Nothing => "pen",
        }
    }

    pub(crate) fn is_at_softphone(&self) -> bool {
        self.device == Some(Device::Softphone)
    }
}

/// The strip and the card alone.
#[derive(Debug, Template)]
#[template(path = "desk/call-part.html")]
struct CallPart {
    tr: Tr,
    frame: PartFrame,
}

/// What they need of a frame.
#[derive(Debug)]
struct PartFrame {
    has_telephone: bool,
    calls: Option<Calls>,
}

/// A call on a page of its own.
#[derive(Debug, Template)]
#[template(path = "desk/call.html")]
pub struct CallPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub card: Card,
    pub recordings: Vec<Recording>,
    pub toast: Option<Toast>,
}
