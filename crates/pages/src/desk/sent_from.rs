//! The page that a form was sent from, for forms that stand on every page: back there, as far as it can be shown again.

use http::{HeaderMap, Uri, header};

/// Addresses below these take forms and show nothing: their page stands three deep.
const DEEP: &[&str] = &["/desk/case/", "/desk/chiamata/"];

/// Where to go back to: a page of the desk, by what the browser says. Nothing else that stands there is believed.
pub(super) fn page(headers: &HeaderMap) -> String {
    let from =
        headers.get(header::REFERER).and_then(|from| from.to_str().ok()).and_then(|from| from.parse::<Uri>().ok());
    let Some(from) = from.filter(|from| from.path() == "/desk" || from.path().starts_with("/desk/")) else {
        return "/desk".to_owned();
    };
    let mut path = from.path().to_owned();
    if DEEP.iter().any(|deep| path.starts_with(deep)) {
        path = path.split('/').take(4).collect::<Vec<_>>().join("/");
    }
    match from.query() {
        Some(query) => format!("{path}?{query}"),
        None => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_back_to_a_page_of_the_desk() {
        let back = |from: &'static str| {
            let headers = [(header::REFERER, http::HeaderValue::from_static(from))].into_iter().collect();
            page(&headers)
        };
        assert_eq!(back("https://a.example/desk/list/mine?service=x"), "/desk/list/mine?service=x");
        assert_eq!(back("https://a.example/desk/case/LA-1/reply?list=mine"), "/desk/case/LA-1?list=mine");
        assert_eq!(back("https://a.example/desk"), "/desk");
        assert_eq!(back("https://a.example/deskx"), "/desk");
        assert_eq!(back("https://a.example//b.example/desk"), "/desk");
        assert_eq!(back("https://a.example/admin"), "/desk");
        assert_eq!(page(&HeaderMap::new()), "/desk");
    }
}
