//! An attachment on its way to whoever may have it: always a download, never opened in the page's name.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use centre::files::Contents;
use db::attachment::Attachment;
use http::{HeaderName, HeaderValue, StatusCode, header};

/// The answer that brings the file, read as it is taken.
pub(crate) fn answer(file: &Attachment, contents: Contents) -> Response {
    let mut response = Body::from_stream(contents).into_response();
    let headers = response.headers_mut();
    let media_type =
        HeaderValue::from_str(&file.media_type).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, media_type);
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(file.size));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(disposition) = HeaderValue::from_str(&disposition(&file.name)) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

/// The answer that brings something that is made for whoever asked.
pub(crate) fn made(media_type: &'static str, name: &str, body: Body) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(disposition) = HeaderValue::from_str(&disposition(name)) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

/// The answer that brings a sound to a player, which asks for pieces when somebody goes back and forth (RFC 9110, 14).
/// Nobody keeps it on the way: whoever hears what was recorded is noted.
pub(crate) fn piece(media_type: &'static str, bytes: Bytes, range: Option<&str>) -> Response {
    let length = bytes.len();
    let mut response = match range.map(|range| asked(range, length)) {
        None | Some(Asked::Whole) => Body::from(bytes).into_response(),
        Some(Asked::Piece(first, last)) => {
            let mut response = Body::from(bytes.slice(first..=last)).into_response();
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            set(&mut response, header::CONTENT_RANGE, &format!("bytes {first}-{last}/{length}"));
            response
        }
        Some(Asked::Nothing) => {
            let mut response = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
            set(&mut response, header::CONTENT_RANGE, &format!("bytes */{length}"));
            return response;
        }
    };
    set(&mut response, header::CONTENT_TYPE, media_type);
    set(&mut response, header::ACCEPT_RANGES, "bytes");
    set(&mut response, header::CACHE_CONTROL, "private, no-store");
    set(&mut response, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    response
}

fn set(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// What a player asks for.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Whole,
    /// From this byte to that, both included.
    Piece(usize, usize),
    /// What is beyond the end.
    Nothing,
}

/// Reads one range of bytes; whatever else is asked for is answered with the whole, as it may be.
fn asked(range: &str, length: usize) -> Asked {
    let Some((first, last)) = range.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Asked::Whole;
    };
    let (first, last) = match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(first), Ok(last)) if first <= last => (first, last),
        (Ok(first), Err(_)) if last.is_empty() => (first, usize::MAX),
        (Err(_), Ok(0)) if first.is_empty() => return Asked::Nothing,
        (Err(_), Ok(last)) if first.is_empty() => (length.saturating_sub(last), usize::MAX),
        _ => return Asked::Whole,
    };
    if first >= length { Asked::Nothing } else { Asked::Piece(first, last.min(length - 1)) }
}

/// RFC 6266 with RFC 8187: the name in UTF-8, and in ASCII for whoever reads only that.
fn disposition(name: &str) -> String {
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\\') || c == ' ';
    let ascii: String = name.chars().map(|c| if plain(c) { c } else { '_' }).collect();
    let encoded: String = name
        .bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b"-._~".contains(&b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect();
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::{Asked, asked, disposition};

    #[test]
    fn a_player_is_given_the_piece_that_it_asks_for() {
        assert_eq!(asked("bytes=0-", 100), Asked::Piece(0, 99));
        assert_eq!(asked("bytes=10-19", 100), Asked::Piece(10, 19));
        assert_eq!(asked("bytes=90-200", 100), Asked::Piece(90, 99));
        assert_eq!(asked("bytes=-10", 100), Asked::Piece(90, 99));
        assert_eq!(asked("bytes=-500", 100), Asked::Piece(0, 99));
        assert_eq!(asked("bytes=100-", 100), Asked::Nothing);
        assert_eq!(asked("bytes=-0", 100), Asked::Nothing);
        assert_eq!(asked("bytes=0-", 0), Asked::Nothing);
        for odd in ["bytes=20-10", "bytes=0-1,5-6", "bytes=-", "bytes=a-b", "seconds=0-1", ""] {
            assert_eq!(asked(odd, 100), Asked::Whole, "{odd}");
        }
    }

    #[test]
    fn a_name_is_told_to_old_and_new_readers() {
        assert_eq!(
            disposition("bolletta \"più\".pdf"),
            "attachment; filename=\"bolletta _pi__.pdf\"; filename*=UTF-8''bolletta%20%22pi%C3%B9%22.pdf"
        );
    }
}
