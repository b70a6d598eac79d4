//! Styles, scripts, fonts and icons, embedded from web/dist. An address with the right digest is kept for ever by
//! the browser; without one it is asked for again and answered by its ETag.

use std::{borrow::Cow, fmt::Write as _};

use axum::{
    extract::{Path, RawQuery},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::Engine;
use rust_embed::{EmbeddedFile, RustEmbed};

/// The folder may be missing, so that the crate compiles before `npm run build`; pages are then without styles.
#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Dist;

/// The address of an asset, with its digest: `/assets/portal.css?v=5daca596c9f0`.
pub fn asset_url(path: &str) -> String {
    match Dist::get(path) {
        Some(file) => format!("/assets/{path}?v={}", digest(&file)),
        None => format!("/assets/{path}"),
    }
}

/// Every asset with its bytes, for whoever writes pages to a folder.
pub fn all() -> impl Iterator<Item = (Cow<'static, str>, Cow<'static, [u8]>)> {
    Dist::iter().filter_map(|path| Dist::get(&path).map(|file| (path, file.data)))
}

/// The bytes of an asset, if it is there.
pub(crate) fn bytes(path: &str) -> Option<Vec<u8>> {
    Dist::get(path).map(|file| file.data.into_owned())
}

/// The text of an asset; nothing where it is missing.
pub(crate) fn text(path: &str) -> String {
    Dist::get(path).map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default()
}

/// Styles with the letters that they name in them, for a page that stands alone.
pub(crate) fn self_contained(path: &str) -> String {
    let styles = text(path);
    let mut pieces = styles.split("url(");
    let mut whole = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once(')').unwrap_or((piece, ""));
        let font = name.trim_matches('"').split('?').next().unwrap_or_default();
        match Dist::get(font) {
            Some(file) => {
                let letters = base64::engine::general_purpose::STANDARD.encode(&file.data);
                let _ = write!(whole, "url(data:{};base64,{letters}){rest}", content_type(font));
            }
            None => {
                let _ = write!(whole, "url({name}){rest}");
            }
        }
    }
    whole
}

/// `GET /assets/{*path}`
pub async fn asset(Path(path): Path<String>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let Some(file) = Dist::get(&path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let digest = digest(&file);
    let etag = format!("\"{digest}\"");
    let named = query.is_some_and(|query| query.strip_prefix("v=") == Some(&digest));
    let caching = if named { "public, max-age=31536000, immutable" } else { "no-cache" };
    let same = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        // A compressed answer comes back with its tag made weak (RFC 9110, section 8.8.3).
        .any(|tag| tag.trim().trim_start_matches("W/") == etag);
    let mut answer = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, content_type(&path))], file.data).into_response()
    };
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        headers.insert(header::ETAG, etag);
    }
    answer
}

/// Twelve hexadecimal digits of the SHA-256, as web/build.mjs writes them into the styles.
fn digest(file: &EmbeddedFile) -> String {
    file.metadata.sha256_hash().iter().take(6).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, kind)| kind) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("png") => "image/png",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_asset_named_by_its_digest_is_kept_for_ever() {
        let path = some_asset();
        let url = asset_url(&path);
        let query = url.split_once('?').map(|(_, query)| query.to_owned());
        let answer = asset(Path(path.clone()), RawQuery(query), HeaderMap::new()).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()[header::CACHE_CONTROL], "public, max-age=31536000, immutable");

        let stale = asset(Path(path), RawQuery(Some("v=of-last-year".to_owned())), HeaderMap::new()).await;
        assert_eq!(stale.headers()[header::CACHE_CONTROL], "no-cache");
    }

    #[tokio::test]
    async fn an_asset_the_browser_has_is_not_sent_again() {
        let path = some_asset();
        let first = asset(Path(path.clone()), RawQuery(None), HeaderMap::new()).await;
        let tag = first.headers()[header::ETAG].to_str().unwrap().to_owned();
        let headers = HeaderMap::from_iter([(header::IF_NONE_MATCH, format!("W/{tag}").parse().unwrap())]);
        let again = asset(Path(path), RawQuery(None), headers).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    }

    #[tokio::test]
    async fn nothing_outside_the_folder_is_served() {
        for path in ["../package.json", "none.css", ""] {
            let answer = asset(Path(path.to_owned()), RawQuery(None), HeaderMap::new()).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }

    fn some_asset() -> String {
        Dist::iter().next().expect("web/dist is built").into_owned()
    }
}
