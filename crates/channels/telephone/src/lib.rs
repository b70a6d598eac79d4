//! The telephone: SIP and sound, the voice menu, and the calls that the centre routes to operators.

pub mod browser;
mod call;
pub mod check;
pub mod door;
mod exchange;
pub mod guard;
pub mod media;
pub mod menu;
mod recorder;
pub mod registrar;
pub mod sdp;
pub mod settings;
pub mod sip;
pub mod sound;
pub mod srtp;
pub mod timer;
pub mod voice;

pub use exchange::{ANSWERED_HERE, Error, Exchange, PREFIX, describe};
pub use recorder::turn_left_behind;
pub use settings::{Listen, Settings};
