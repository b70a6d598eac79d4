//! A browser's line: WebRTC, that is ICE, DTLS and SRTP over one port of ours. The engine does no input or output of its
//! own, so that the threads that carry sound carry browsers like everything else.

use crate::media::line::{Kind, Outgoing, Received};
use crate::media::port::Port;
use crate::sound::Codec;
use bytes::Bytes;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, OnceLock};
use std::time::Instant;
use str0m::change::{SdpAnswer, SdpOffer, SdpPendingOffer};
use str0m::config::{CryptoProvider, DtlsCert};
use str0m::format::Codec as Named;
use str0m::media::{Direction, MediaKind, Mid, Pt};
use str0m::net::{Protocol, Receive};
use str0m::rtp::{RtpWrite, Ssrc};
use str0m::{Candidate, Event, IceConnectionState, Input, Output, Rtc, RtcConfig};

/// The largest packet that is read.
const LARGEST: usize = 2_000;
const AT_ONCE: usize = 32;

/// Why a browser's line cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot read the browser's description: {0}")]
    Description(String),
    #[error("cannot set up a browser's line: {0}")]
    SetUp(String),
    #[error("the browser speaks none of our codecs")]
    NoCodec,
}

/// The key pair that browsers see; made once for the program.
struct Identity {
    provider: Arc<CryptoProvider>,
    certificate: Option<DtlsCert>,
}

fn identity() -> &'static Identity {
    static IDENTITY: OnceLock<Identity> = OnceLock::new();
    IDENTITY.get_or_init(|| {
        let provider = Arc::new(str0m::crypto::from_feature_flags());
        let certificate = provider.dtls_provider.generate_certificate();
        Identity { provider, certificate }
    })
}

/// The line of one browser.
pub struct Browser {
    rtc: Rtc,
    port: Port,
    /// The address that the browser sends to.
    address: SocketAddr,
    mid: Option<Mid>,
    pending: Option<SdpPendingOffer>,
    voice: Option<(Codec, Pt)>,
    events: Option<Pt>,
    ssrc: Option<Ssrc>,
    /// Our sequence numbers, counted on beyond 16 bits.
    sequence: Option<u64>,
    received: Vec<Received>,
    due: Instant,
    connected: bool,
    lost: bool,
    buffer: Box<[u8; LARGEST]>,
}

impl Browser {
    /// A line on this port, which browsers reach at `host`; codecs in the order in which they are preferred.
    ///
    /// # Errors
    /// An engine that cannot be set up.
    pub fn new(port: Port, host: IpAddr, codecs: &[Codec], now: Instant) -> Result<Self, Error> {
        let identity = identity();
        let mut config =
            RtcConfig::new().set_crypto_provider(identity.provider.clone()).set_rtp_mode(true).clear_codecs();
        if let Some(certificate) = &identity.certificate {
            config = config.set_dtls_cert(certificate.clone());
        }
        for codec in codecs {
            config = match codec {
                Codec::Opus => config.enable_opus(true, false),
                Codec::Pcma => config.enable_pcma(true, false),
                Codec::Pcmu => config.enable_pcmu(true, false),
                Codec::G722 => config.enable_g722(true, false),
            };
        }
        keys(&mut config, codecs);
        let mut rtc = config.build(now);
        let address = SocketAddr::new(host, port.number());
        let candidate = Candidate::host(address, "udp").map_err(|e| Error::SetUp(e.to_string()))?;
        rtc.add_local_candidate(candidate);
        Ok(Self {
            rtc,
            port,
            address,
            mid: None,
            pending: None,
            voice: None,
            events: None,
            ssrc: None,
            sequence: None,
            received: Vec::new(),
            due: now,
            connected: false,
            lost: false,
            buffer: Box::new([0; LARGEST]),
        })
    }

    /// Our offer to a browser that is being called.
    ///
    /// # Errors
    /// An engine that makes none.
    pub fn offer(&mut self) -> Result<String, Error> {
        let mut change = self.rtc.sdp_api();
        let mid = change.add_media(MediaKind::Audio, Direction::SendRecv, None, None, None);
        let (offer, pending) = change.apply().ok_or_else(|| Error::SetUp("there is nothing to offer".to_owned()))?;
        (self.mid, self.pending) = (Some(mid), Some(pending));
        Ok(offer.to_sdp_string())
    }

    /// Our answer to a browser that calls, or that changes the session.
    ///
    /// # Errors
    /// An offer that cannot be read, or has no codec of ours.
    pub fn answer(&mut self, offer: &str) -> Result<String, Error> {
        let offer = SdpOffer::from_sdp_string(offer).map_err(|e| Error::Description(e.to_string()))?;
        let answer = self.rtc.sdp_api().accept_offer(offer).map_err(|e| Error::Description(e.to_string()))?;
        self.drain(Instant::now());
        self.agree()?;
        Ok(answer.to_sdp_string())
    }

    /// Takes the browser's answer to our offer.
    pub fn describe(&mut self, answer: &str, now: Instant) {
        let Some(pending) = self.pending.take() else { return };
        let taken = SdpAnswer::from_sdp_string(answer)
            .map_err(|e| e.to_string())
            .and_then(|answer| self.rtc.sdp_api().accept_answer(pending, answer).map_err(|e| e.to_string()));
        match taken {
            Ok(()) => {
                self.drain(now);
                if self.agree().is_err() {
                    self.lost = true;
                }
            }
            Err(error) => {
                tracing::warn!(%error, "cannot take a browser's answer");
                self.lost = true;
            }
        }
    }

    /// Finds what was agreed on.
    fn agree(&mut self) -> Result<(), Error> {
        let Some(media) = self.mid.and_then(|mid| self.rtc.media(mid)) else { return Ok(()) };
        let agreed: Vec<Pt> = media.remote_pts().to_vec();
        let config = self.rtc.codec_config();
        let named = |pt: &Pt| config.find(|params| params.pt() == *pt).map(|params| params.spec());
        let voice = agreed.iter().find_map(|pt| Some((of_name(named(pt)?.codec)?, *pt)));
        let (codec, _) = voice.ok_or(Error::NoCodec)?;
        self.events = agreed.iter().copied().find(|pt| {
            named(pt).is_some_and(|spec| spec.codec == Named::Tele && spec.clock_rate.get() == codec.clock())
        });
        self.voice = voice;
        Ok(())
    }

    #[must_use]
    pub fn codec(&self) -> Codec {
        self.voice.map_or(Codec::Opus, |(codec, _)| codec)
    }

    #[must_use]
    pub fn takes_events(&self) -> bool {
        self.events.is_some()
    }

    /// The browser is gone, or never came.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.lost || !self.rtc.is_alive()
    }

    /// Sound can go both ways.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.connected
    }

    /// Reads what has come, and lets the engine do what is due.
    pub(crate) fn turn(&mut self, now: Instant, received: &mut Vec<Received>) {
        for _ in 0..AT_ONCE {
            let read = self.port.socket().recv_from(self.buffer.as_mut_slice());
            let (length, source) = match read {
                Ok(read) => read,
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => break,
                Err(_) => continue,
            };
            let Some(datagram) = self.buffer.get(..length) else { continue };
            let Ok(receive) = Receive::new(Protocol::Udp, source, self.address, datagram) else { continue };
            if self.rtc.handle_input(Input::Receive(now, receive)).is_err() {
                self.lost = true;
            }
            self.drain(now);
        }
        if self.due <= now {
            if self.rtc.handle_input(Input::Timeout(now)).is_err() {
                self.lost = true;
            }
            self.drain(now);
        }
        received.append(&mut self.received);
    }

    /// Takes all that the engine has for us: after each change, before the next one.
    fn drain(&mut self, now: Instant) {
        loop {
            match self.rtc.poll_output() {
                Ok(Output::Timeout(due)) => {
                    self.due = due.max(now);
                    return;
                }
                Ok(Output::Transmit(packet)) => {
                    let _ = self.port.socket().send_to(&packet.contents, packet.destination);
                }
                Ok(Output::Event(event)) => self.happened(event),
                Err(error) => {
                    tracing::debug!(%error, "a browser's line has broken down");
                    self.lost = true;
                    return;
                }
            }
        }
    }

    fn happened(&mut self, event: Event) {
        match event {
            Event::Connected => self.connected = true,
            Event::IceConnectionStateChange(IceConnectionState::Disconnected) => self.lost = true,
            Event::IceConnectionStateChange(state) if state.is_connected() => self.lost = false,
            Event::MediaAdded(added) => self.mid = self.mid.or(Some(added.mid)),
            Event::RtpPacket(packet) => {
                let kind = match packet.header.payload_type {
                    pt if self.voice.is_some_and(|(_, voice)| voice == pt) => Kind::Voice,
                    pt if self.events == Some(pt) => Kind::Event,
                    _ => return,
                };
                self.received.push(Received {
                    ssrc: *packet.header.ssrc,
                    sequence: packet.header.sequence_number,
                    timestamp: packet.header.timestamp,
                    marker: packet.header.marker,
                    kind,
                    payload: Bytes::copy_from_slice(&packet.payload),
                });
            }
            _ => {}
        }
    }

    pub(crate) fn send(&mut self, now: Instant, packet: Outgoing<'_>) {
        if !self.connected {
            return;
        }
        let number = match packet.kind {
            Kind::Voice => self.voice.map(|(_, pt)| pt),
            Kind::Event => self.events,
            Kind::Comfort => None,
        };
        let (Some(number), Some(mid)) = (number, self.mid) else { return };
        let sequence = self.extend(packet.sequence);
        let mut direct = self.rtc.direct_api();
        let Some(stream) = direct.stream_tx_by_mid(mid, None) else { return };
        self.ssrc = Some(stream.ssrc());
        let write = RtpWrite::new(number, sequence.into(), packet.timestamp, now, packet.payload).marker(packet.marker);
        stream.write_rtp(write);
        self.drain(now);
    }

    /// Counts our sequence numbers on beyond 16 bits, as the engine has them.
    fn extend(&mut self, sequence: u16) -> u64 {
        let next = match self.sequence {
            None => u64::from(sequence),
            Some(last) => {
                let [low, high, ..] = last.to_le_bytes();
                let ahead = sequence.wrapping_sub(u16::from_le_bytes([low, high]));
                if ahead < u16::MAX / 2 {
                    last.saturating_add(u64::from(ahead))
                } else {
                    // What came late goes out with its own number, and the count stays.
                    return last.saturating_sub(u64::from(ahead.wrapping_neg()));
                }
            }
        };
        self.sequence = Some(next);
        next
    }
}

/// Keys are offered for each clock of the voice.
fn keys(config: &mut RtcConfig, codecs: &[Codec]) {
    use str0m::format::FormatParams;
    use str0m::media::Frequency;
    let format = FormatParams::parse_line("0-16");
    if codecs.contains(&Codec::Opus) {
        config.codec_config().add_config(110.into(), None, Named::Tele, Frequency::FORTY_EIGHT_KHZ, None, format);
    }
    if codecs.iter().any(|codec| codec.clock() == 8_000) {
        config.codec_config().add_config(126.into(), None, Named::Tele, Frequency::EIGHT_KHZ, None, format);
    }
}

fn of_name(codec: Named) -> Option<Codec> {
    match codec {
        Named::Opus => Some(Codec::Opus),
        Named::PCMA => Some(Codec::Pcma),
        Named::PCMU => Some(Codec::Pcmu),
        Named::G722 => Some(Codec::G722),
        _ => None,
    }
}
