//! E-mail. For now outwards: what the outbox holds is put into words and handed to a mail server by SMTP.

mod letter;
mod reply;
mod smtp;
mod worker;

pub use letter::Letter;
pub use reply::Reply;
pub use smtp::{Error, Settings, Smtp};
pub use worker::deliver;
