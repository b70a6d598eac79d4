//! SIP messages as text: what is read of them, and what answers them.

use std::net::SocketAddr;

/// The value of a header.
pub fn header<'a>(message: &'a str, name: &str) -> Option<&'a str> {
    message.lines().take_while(|line| !line.trim().is_empty()).find_map(|line| {
        let (own, value) = line.split_once(':')?;
        own.trim().eq_ignore_ascii_case(name).then_some(value.trim())
    })
}

/// A value within another: `tag=…;`, `nonce="…"`.
pub fn within<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let rest = text.split_once(name)?.1.strip_prefix('=')?;
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split([';', ',', '>', ' ']).next(),
    }
}

/// The status of an answer; none of a request.
pub fn status(message: &str) -> Option<u16> {
    message.strip_prefix("SIP/2.0 ")?.split(' ').next()?.parse().ok()
}

/// Where sound is to go, as a description of a session says.
pub fn sound_address(message: &str) -> Option<SocketAddr> {
    let line = |start: &str| message.lines().find_map(|line| line.trim_end().strip_prefix(start));
    let ip = line("c=IN IP4 ")?.parse().ok()?;
    let port = line("m=audio ")?.split(' ').next()?.parse().ok()?;
    Some(SocketAddr::new(ip, port))
}

/// G.711 at this port.
pub fn description(port: u16) -> String {
    format!(
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {port} RTP/AVP 8\r\n\
         a=rtpmap:8 PCMA/8000\r\n"
    )
}

/// The end of a message: its own lines, and what it carries.
pub fn ending(lines: &str, body: &str) -> String {
    let kind = if body.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
    format!("{lines}{kind}Content-Length: {}\r\n\r\n{body}", body.len())
}

/// 200 to a request.
pub fn ok(request: &str, lines: &str, body: &str) -> String {
    let copied: String = ["Via", "Record-Route", "From", "To", "Call-ID", "CSeq"]
        .iter()
        .filter_map(|name| {
            let value = header(request, name)?;
            let tag = if *name == "To" && !value.contains("tag=") { ";tag=own" } else { "" };
            Some(format!("{name}: {value}{tag}\r\n"))
        })
        .collect();
    format!("SIP/2.0 200 OK\r\n{copied}{}", ending(lines, body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read() {
        let message = "SIP/2.0 401 No\r\nTo: <sip:a@b>;tag=x\r\nWWW-Authenticate: Digest realm=\"r\", nonce=\"n 1\", qop=\"auth\"\r\n\r\nTo: body";
        assert_eq!(status(message), Some(401));
        assert_eq!(header(message, "to").and_then(|to| within(to, "tag")), Some("x"));
        assert_eq!(header(message, "www-authenticate").and_then(|asks| within(asks, "nonce")), Some("n 1"));
        assert_eq!(sound_address(&description(4_000)), Some(SocketAddr::from(([127, 0, 0, 1], 4_000))));
        let answer = ok("BYE sip:a SIP/2.0\r\nTo: <sip:a@b>\r\nCSeq: 2 BYE\r\n\r\n", "", "");
        assert!(answer.contains("To: <sip:a@b>;tag=own\r\nCSeq: 2 BYE\r\nContent-Length: 0\r\n\r\n"), "{answer}");
    }
}
