//! What a far end says of its media, as far as a telephone leg needs it (RFC 8866, RFC 3264 section 5). Anything may arrive
//! here from anyone.

use super::{Codec, Crypto, Direction, Events};
use sdp_types::{Fmtp, Rtcp, RtpMap};
use std::net::{IpAddr, SocketAddr};

/// Longer descriptions are refused unread; those of browsers have some 5 KB.
const LONGEST: usize = 16 * 1024;
const MOST_LINES: usize = 16;
const MOST_FORMATS: usize = 64;

/// A description cannot be read; the request is answered with 400.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("the description is too long")]
    TooLong,
    #[error("the description cannot be read: {0}")]
    Syntax(String),
}

/// A description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// Number of the session, and version of the description (RFC 8866 section 5.2).
    pub session: (String, u64),
    /// One for each `m=`, in their order.
    pub lines: Vec<Line>,
}

/// One `m=`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub media: String,
    pub proto: String,
    pub formats: String,
    /// Nothing for what is no audio for a telephone, or is turned off (port 0).
    pub audio: Option<Audio>,
}

/// Which protocol carries the audio. Feedback (`AVPF`) is taken as the plain one of its kind, and answered by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Profile {
    Rtp,
    Srtp,
}

/// A payload number and its codec.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    pub payload: u8,
    pub codec: Codec,
}

/// A payload number for keypad events (RFC 4733), with the clock of the codec that it goes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeypadFormat {
    pub payload: u8,
    pub clock: u32,
    pub events: Events,
}

/// Audio that a telephone can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audio {
    /// Where they want RTP. The address `0.0.0.0` or `::` is the hold of RFC 2543, and already taken into the direction.
    pub rtp: SocketAddr,
    /// Where they want RTCP if it is not on the same port (RFC 3605).
    pub rtcp: Option<SocketAddr>,
    /// They can have RTCP on the port of RTP (RFC 5761).
    pub mux: bool,
    pub profile: Profile,
    /// In the order of their preference; codecs that we do not know are left out.
    pub formats: Vec<Format>,
    pub keypad: Vec<KeypadFormat>,
    pub direction: Direction,
    /// Milliseconds of audio that they want in a packet.
    pub ptime: Option<u16>,
    /// Those that can be used.
    pub keys: Vec<Crypto>,
}

impl Description {
    /// Reads the body of a message with the type `application/sdp`.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(body: &[u8]) -> Result<Self, Unreadable> {
        if body.len() > LONGEST {
            return Err(Unreadable::TooLong);
        }
        let parsed = sdp_types::Session::parse(body).map_err(|e| Unreadable::Syntax(e.to_string()))?;
        if parsed.medias.len() > MOST_LINES {
            return Err(Unreadable::TooLong);
        }
        let lines = parsed.medias.iter().map(|media| line(&parsed, media)).collect::<Result<_, _>>()?;
        Ok(Self { session: (parsed.origin.sess_id.clone(), parsed.origin.sess_version), lines })
    }
}

fn line(session: &sdp_types::Session, media: &sdp_types::Media) -> Result<Line, Unreadable> {
    // These three are repeated in answers, so nothing else may hide in them.
    let word = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic());
    let formats: Vec<&str> = media.fmt.split_ascii_whitespace().collect();
    if !word(&media.media) || !word(&media.proto) || formats.is_empty() || !formats.iter().all(|f| word(f)) {
        return Err(Unreadable::Syntax("a line m= has an odd word".into()));
    }
    if formats.len() > MOST_FORMATS {
        return Err(Unreadable::TooLong);
    }
    let audio = audio(session, media, &formats);
    Ok(Line { media: media.media.clone(), proto: media.proto.clone(), formats: formats.join(" "), audio })
}

fn audio(session: &sdp_types::Session, media: &sdp_types::Media, formats: &[&str]) -> Option<Audio> {
    let profile = match media.proto.to_ascii_uppercase().as_str() {
        "RTP/AVP" | "RTP/AVPF" => Profile::Rtp,
        "RTP/SAVP" | "RTP/SAVPF" => Profile::Srtp,
        _ => return None,
    };
    if !media.media.eq_ignore_ascii_case("audio") || media.port == 0 {
        return None;
    }
    // Section 5.7: the line's own address stands before the session's. A name instead of an address is not looked up.
    let connection = media.connections.first().or(session.connection.as_ref())?;
    let address = connection.try_address().ok()?.ip.to_canonical();
    if address.is_multicast() || matches!(address, IpAddr::V4(v4) if v4.is_broadcast()) {
        return None;
    }
    let said = direction(&media.attributes).or_else(|| direction(&session.attributes)).unwrap_or_default();
    let direction = Direction::new(said.sends(), said.receives() && !address.is_unspecified());
    let (formats, keypad) = self::formats(media, formats);
    Some(Audio {
        rtp: SocketAddr::new(address, media.port),
        rtcp: rtcp(media, address),
        mux: media.has_attribute("rtcp-mux"),
        profile,
        formats,
        keypad,
        direction,
        ptime: media.get_first_attribute_value("ptime").flatten().and_then(|text| text.trim().parse().ok()),
        keys: media.attributes_typed().filter_map(Result::ok).filter_map(|line| Crypto::take(&line)).collect(),
    })
}

fn direction(attributes: &[sdp_types::Attribute]) -> Option<Direction> {
    let all = [Direction::SendRecv, Direction::SendOnly, Direction::RecvOnly, Direction::Inactive];
    attributes.iter().find_map(|a| all.into_iter().find(|d| a.attribute.trim().eq_ignore_ascii_case(d.name())))
}

/// The port after that of RTP unless the attribute says otherwise (RFC 3550 section 11, RFC 3605).
fn rtcp(media: &sdp_types::Media, address: IpAddr) -> Option<SocketAddr> {
    match media.get_first_attribute_typed::<Rtcp>() {
        Some(Ok(rtcp)) if rtcp.port > 0 => {
            let own = rtcp.connection_address.and_then(|text| text.parse::<IpAddr>().ok()).map(|a| a.to_canonical());
            Some(SocketAddr::new(own.filter(|a| !a.is_multicast()).unwrap_or(address), rtcp.port))
        }
        _ => media.port.checked_add(1).map(|port| SocketAddr::new(address, port)),
    }
}

fn formats(media: &sdp_types::Media, written: &[&str]) -> (Vec<Format>, Vec<KeypadFormat>) {
    let maps: Vec<RtpMap> = media.attributes_typed().filter_map(Result::ok).collect();
    let mut codecs: Vec<Format> = Vec::new();
    let mut keypad: Vec<KeypadFormat> = Vec::new();
    for payload in written.iter().filter_map(|text| text.parse::<u8>().ok()).filter(|payload| *payload < 128) {
        if codecs.iter().any(|f| f.payload == payload) || keypad.iter().any(|f| f.payload == payload) {
            continue;
        }
        let Some(map) = maps.iter().find(|map| map.payload_type == payload) else {
            codecs.extend(Codec::of_payload(payload).map(|codec| Format { payload, codec }));
            continue;
        };
        let name = map.encoding_name.trim();
        if name.eq_ignore_ascii_case("telephone-event") {
            let events = events(media, payload);
            keypad.push(KeypadFormat { payload, clock: map.clock_rate, events });
        } else if let Some(codec) = super::codec::mapped(name, map.clock_rate, map.encoding_params.as_deref()) {
            codecs.push(Format { payload, codec });
        }
    }
    (codecs, keypad)
}

fn events(media: &sdp_types::Media, payload: u8) -> Events {
    media
        .attributes_typed::<Fmtp>()
        .filter_map(Result::ok)
        .find(|fmtp| fmtp.fmt == payload)
        .and_then(|fmtp| fmtp.format_specific_params.into_iter().next())
        .map_or(Events::ALL, |first| Events::read(&first.param))
}
