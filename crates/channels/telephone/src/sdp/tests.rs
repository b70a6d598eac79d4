//! Stories of offers and answers.

use super::*;
use std::net::SocketAddr;

mod fuzz;
mod keys;
mod rules;

/// A telephone that offers the usual.
const PHONE: &str = "v=0\r\no=phone 53655765 2353687637 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\n\
    m=audio 40000 RTP/AVP 0 8 9 107 96\r\na=rtpmap:107 opus/48000/2\r\na=rtpmap:96 telephone-event/8000\r\n\
    a=fmtp:96 0-16\r\na=ptime:30\r\na=rtcp:40005\r\na=sendrecv\r\n";

fn read(text: &str) -> Description {
    Description::read(text.as_bytes()).unwrap()
}

fn wants(codecs: &[Codec], srtp: Srtp) -> Wants {
    Wants { codecs: codecs.to_vec(), srtp, mux: true }
}

fn local() -> SocketAddr {
    "198.51.100.1:20000".parse().unwrap()
}

fn session(codecs: &[Codec], srtp: Srtp) -> Session {
    Session::new(84, local(), wants(codecs, srtp), Key::new([9; 30]))
}

fn plain(codecs: &[Codec]) -> Session {
    session(codecs, Srtp::Never)
}

/// The other end in tests where both are ours.
fn far(codecs: &[Codec], srtp: Srtp) -> Session {
    Session::new(1 << 20, "203.0.113.2:30000".parse().unwrap(), wants(codecs, srtp), Key::new([5; 30]))
}

fn version(text: &str) -> u64 {
    read(text).session.1
}
