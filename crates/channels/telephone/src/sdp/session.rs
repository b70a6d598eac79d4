//! Our side of offer and answer through a call (RFC 3264): the number of the session never changes, the version is raised
//! with each change, lines keep their places and payload numbers their meaning.

use super::agreed::{Choice, keypad, ptime};
use super::text::{self, Ours, Place};
use super::{Agreed, Codec, Crypto, Description, Direction, Events, Key, Keypad, Keys, Line, Profile, Refused, Suite};
use std::net::{IpAddr, SocketAddr};

/// Whether audio is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Srtp {
    /// Never: the description goes over a connection that all can read.
    Never,
    /// When the far end offers it; our own offers are plain.
    Taken,
    /// Always.
    Required,
}

/// What we want of a leg.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wants {
    /// The best one first. Their order is not followed: an answer may choose (RFC 3264 section 6.1).
    pub codecs: Vec<Codec>,
    pub srtp: Srtp,
    /// RTCP on the port of RTP where they can (RFC 5761).
    pub mux: bool,
}

/// The descriptions of one leg.
#[derive(Debug)]
pub struct Session {
    id: u64,
    version: u64,
    local: SocketAddr,
    wants: Wants,
    key: Key,
    places: Vec<Place>,
    agreed: Option<Agreed>,
    /// Our offer without an answer.
    offered: Option<Ours>,
    /// What was sent last, without the line `o=`.
    last: Option<String>,
}

/// The tag of the one key in our offers.
const TAG: u32 = 1;

impl Session {
    /// `id` is any number by chance (RFC 8866 section 5.2); `local` is where we get RTP; the key is what we encrypt with for
    /// the whole call.
    #[must_use]
    pub fn new(id: u64, local: SocketAddr, wants: Wants, key: Key) -> Self {
        // Some peers read it as a signed number.
        let id = id >> 1;
        Self { id, version: 1, local, wants, key, places: Vec::new(), agreed: None, offered: None, last: None }
    }

    /// What is agreed on, from the first answer on.
    #[must_use]
    pub fn agreed(&self) -> Option<&Agreed> {
        self.agreed.as_ref()
    }

    /// An offer, for an INVITE, a re-INVITE or the 200 to an INVITE without one: `SendOnly` holds the call with music,
    /// `Inactive` in silence, `SendRecv` takes it back. Within a call it holds the agreed codec alone, so that nothing but
    /// the direction changes.
    ///
    /// # Errors
    /// [`Refused::Pending`]: an offer of ours has no answer yet.
    pub fn offer(&mut self, direction: Direction) -> Result<String, Refused> {
        if self.offered.is_some() {
            return Err(Refused::Pending);
        }
        let ours = match (&self.agreed, self.ours()) {
            (Some(agreed), Some(before)) => Ours {
                formats: vec![(agreed.receives_as, agreed.codec)],
                keypad: agreed.keypad.iter().map(|k| (k.receives_as, agreed.codec.clock(), k.events)).collect(),
                crypto: agreed.keys.map(|keys| Crypto { tag: TAG, suite: keys.suite, key: keys.ours }),
                direction,
                ..before.clone()
            },
            _ => self.first(direction),
        };
        match self.places.iter_mut().find(|place| matches!(place, Place::Ours(_))) {
            Some(place) => *place = Place::Ours(ours.clone()),
            None => self.places.push(Place::Ours(ours.clone())),
        }
        self.offered = Some(ours);
        Ok(self.written())
    }

    /// Our description as it stands, to be sent again where nothing changes; nothing while an offer has no answer. The answer
    /// says nothing new either.
    #[must_use]
    pub fn repeated(&self) -> Option<String> {
        let body = self.last.as_ref().filter(|_| self.offered.is_none() && self.agreed.is_some())?;
        Some(format!("{}{body}", text::head(self.id, self.version, self.local.ip())))
    }

    /// Our offer was turned down (488, 491 and the like) or never answered: what was agreed before goes on (RFC 3264
    /// section 8).
    pub fn withdraw(&mut self) {
        self.offered = None;
    }

    /// A 200 came without a body after a 183 with the answer: what that said is settled.
    ///
    /// # Errors
    /// [`Refused::Mismatch`]: there was no answer at all, so the call has no audio and is ended.
    pub fn settle(&mut self) -> Result<&Agreed, Refused> {
        self.offered = None;
        self.agreed.as_ref().ok_or(Refused::Mismatch)
    }

    /// Answers their offer; the text goes into the 200, or a 183 before it. `wish` is what we would like, of which remains
    /// what they allow. Within a call the codec stays if it is still offered.
    ///
    /// # Errors
    /// Why there is no answer; what was agreed before goes on.
    pub fn answer(&mut self, offer: &Description, wish: Direction) -> Result<(String, Agreed), Refused> {
        if self.offered.is_some() {
            return Err(Refused::Pending);
        }
        let now = self.agreed.as_ref().map(|agreed| agreed.codec);
        let (at, choice) = self.choose(offer, now)?;
        let chosen = offer.lines.get(at).ok_or(Refused::NoAudio)?;
        let audio = chosen.audio.as_ref().ok_or(Refused::NoAudio)?;
        let direction = wish.against(audio.direction);
        let mux = audio.mux && self.wants.mux;
        let agreed = choice.answered(audio, direction, mux, self.key);
        let ours = Ours {
            port: self.local.port(),
            proto: chosen.proto.clone(),
            formats: vec![(choice.format.payload, choice.format.codec)],
            keypad: choice.keypad.iter().map(|k| (k.payload, k.clock, k.events)).collect(),
            crypto: choice.key.map(|theirs| Crypto { key: self.key, ..theirs }),
            mux,
            direction,
        };
        let place = |(n, line): (usize, &Line)| if n == at { Place::Ours(ours.clone()) } else { Place::off(line) };
        self.places = offer.lines.iter().enumerate().map(place).collect();
        self.agreed = Some(agreed.clone());
        Ok((self.written(), agreed))
    }

    /// Takes their answer to our offer, from a 200, or from an ACK when the offer was in our 200. The offer is settled by
    /// it, whatever comes of it.
    ///
    /// # Errors
    /// Why there is no audio.
    pub fn accept(&mut self, answer: &Description) -> Result<Agreed, Refused> {
        let agreed = self.early(answer);
        self.offered = None;
        agreed
    }

    /// Takes the answer of a 183, for early media. The offer stays open: the 200 ought to repeat the answer (RFC 3261
    /// section 13.2.1), but carriers that play the ringing from another machine say another there. A 200 without a body
    /// settles it with [`Session::settle`].
    ///
    /// # Errors
    /// Why there is no audio yet.
    pub fn early(&mut self, answer: &Description) -> Result<Agreed, Refused> {
        let offered = self.offered.clone().ok_or(Refused::NothingOffered)?;
        if answer.lines.len() != self.places.len() {
            return Err(Refused::Mismatch);
        }
        let at = self.places.iter().position(|place| matches!(place, Place::Ours(_))).ok_or(Refused::Mismatch)?;
        let line = answer.lines.get(at).ok_or(Refused::Mismatch)?;
        let audio = line.audio.as_ref().ok_or(Refused::NoAudio)?;
        if !line.proto.eq_ignore_ascii_case(&offered.proto) {
            return Err(Refused::Mismatch);
        }
        if !self.reaches(audio.rtp.ip()) {
            return Err(Refused::Unreachable);
        }
        // The first of their list is the one that they will send (RFC 3264 section 7).
        let mut common = audio.formats.iter().filter_map(|theirs| {
            offered.formats.iter().find(|(_, codec)| *codec == theirs.codec).map(|(payload, _)| (theirs, *payload))
        });
        let (theirs, receives_as) = common.next().ok_or(Refused::NoCodec)?;
        let own_keypad = offered.keypad.iter().find(|(_, clock, _)| *clock == theirs.codec.clock());
        let keypad = keypad(audio, theirs.codec).zip(own_keypad).map(|(theirs, (payload, _, events))| Keypad {
            sends_as: theirs.payload,
            receives_as: *payload,
            events: theirs.events.and(*events),
        });
        let keys = match &offered.crypto {
            None => None,
            Some(ours) => {
                let fits = |theirs: &&Crypto| theirs.tag == ours.tag && theirs.suite == ours.suite;
                let theirs = audio.keys.iter().find(fits).ok_or(Refused::NoKey)?;
                Some(Keys { suite: ours.suite, ours: ours.key, theirs: theirs.key })
            }
        };
        let direction = offered.direction.against(audio.direction);
        let mux = offered.mux && audio.mux;
        let agreed = Agreed {
            codec: theirs.codec,
            sends_as: theirs.payload,
            receives_as,
            keypad,
            remote: audio.rtp,
            rtcp: if mux { Some(audio.rtp) } else { audio.rtcp },
            mux,
            sends: direction.sends(),
            receives: direction.receives(),
            held: !audio.direction.receives(),
            ptime: ptime(audio),
            keys,
        };
        self.agreed = Some(agreed.clone());
        Ok(agreed)
    }

    /// The best line of an offer: encrypted ones first, the earlier one first.
    fn choose(&self, offer: &Description, now: Option<Codec>) -> Result<(usize, Choice), Refused> {
        let mut why = Refused::NoAudio;
        let lines = || offer.lines.iter().enumerate().filter_map(|(at, line)| Some((at, line.audio.as_ref()?)));
        let encrypted = lines().filter(|(_, audio)| audio.profile == Profile::Srtp);
        let plain = lines().filter(|(_, audio)| audio.profile == Profile::Rtp);
        for (at, audio) in encrypted.chain(plain) {
            let choice = Choice::of(audio, &self.wants.codecs, now);
            why = match (audio.profile, self.wants.srtp, choice) {
                (Profile::Srtp, Srtp::Never, _) => Refused::Encrypted,
                (Profile::Rtp, Srtp::Required, _) => Refused::NotEncrypted,
                _ if !self.reaches(audio.rtp.ip()) => Refused::Unreachable,
                (_, _, None) => Refused::NoCodec,
                (Profile::Srtp, _, Some(Choice { key: None, .. })) => Refused::NoKey,
                (Profile::Srtp, _, Some(choice)) => return Ok((at, choice)),
                // Keys beside plain RTP mean nothing (RFC 4568 section 4).
                (Profile::Rtp, _, Some(choice)) => return Ok((at, Choice { key: None, ..choice })),
            };
        }
        Err(why)
    }

    /// The first offer: all codecs, and the keypad once for each clock among them.
    fn first(&self, direction: Direction) -> Ours {
        let mut keypad: Vec<(u8, u32, Events)> = Vec::new();
        for clock in self.wants.codecs.iter().map(|codec| codec.clock()) {
            if !keypad.iter().any(|k| k.1 == clock) {
                keypad.push((if clock == 8_000 { 101 } else { 102 }, clock, Events::ALL));
            }
        }
        let encrypted = self.wants.srtp == Srtp::Required;
        Ours {
            port: self.local.port(),
            proto: if encrypted { "RTP/SAVP" } else { "RTP/AVP" }.to_owned(),
            formats: self.wants.codecs.iter().map(|codec| (super::codec::payload(*codec), *codec)).collect(),
            keypad,
            crypto: encrypted.then_some(Crypto { tag: TAG, suite: Suite::Sha1_80, key: self.key }),
            mux: self.wants.mux,
            direction,
        }
    }

    fn ours(&self) -> Option<&Ours> {
        self.places.iter().find_map(|place| if let Place::Ours(ours) = place { Some(ours) } else { None })
    }

    /// IPv4 reaches IPv4; an unspecified address is a hold and reached by nobody anyway.
    fn reaches(&self, address: IpAddr) -> bool {
        address.is_unspecified() || address.is_ipv4() == self.local.is_ipv4()
    }

    /// The text of the places as they are now, with a version raised by one if it is another than the last (RFC 3264
    /// section 8): a refresh of the session timer changes nothing and says so.
    fn written(&mut self) -> String {
        let body = text::body(self.local.ip(), &self.places);
        if self.last.as_ref().is_some_and(|last| *last != body) {
            self.version = self.version.saturating_add(1);
        }
        let whole = format!("{}{body}", text::head(self.id, self.version, self.local.ip()));
        self.last = Some(body);
        whole
    }
}
