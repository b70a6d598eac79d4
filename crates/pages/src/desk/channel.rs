//! Channels, as the desk shows them.

use model::contact::Channel;

pub(super) fn icon(channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => "phone",
        Channel::Sms => "sms",
        Channel::Email => "mail",
        Channel::Web => "web",
        Channel::Chat => "chat",
        Channel::Desk => "office",
    }
}

/// The message of its name: telefono, e-mail, modulo web.
pub(super) fn key(channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => language::key!("desk-channel-phone"),
        Channel::Sms => language::key!("desk-channel-sms"),
        Channel::Email => language::key!("desk-channel-email"),
        Channel::Web => language::key!("desk-channel-web"),
        Channel::Chat => language::key!("desk-channel-chat"),
        Channel::Desk => language::key!("desk-channel-desk"),
    }
}
