//! An attachment on its way to whoever may have it: always a download, never opened in the page's name.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use centre::files::Contents;
use db::attachment::Attachment;
use http::{HeaderValue, header};

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
    use super::disposition;

    #[test]
    fn a_name_is_told_to_old_and_new_readers() {
        assert_eq!(
            disposition("bolletta \"più\".pdf"),
            "attachment; filename=\"bolletta _pi__.pdf\"; filename*=UTF-8''bolletta%20%22pi%C3%B9%22.pdf"
        );
    }
}
