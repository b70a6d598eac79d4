//! Pages before anybody is in: a form with nothing else on it, in the language that the browser prefers.

use super::me::factor::Picture;
use crate::office::field::{self, Field};
use crate::{html, samples};
use askama::Template;
use axum::response::Response;
use centre::Error;
use http::{HeaderMap, StatusCode, header};
use language::{Language, Tr};

#[derive(Debug, Template)]
#[template(path = "desk/door-form.html")]
pub struct DoorPage {
    pub tr: Tr,
    /// Its messages are `door-{word}-title`, `-lead` where there is something to say, and `-submit`; all are told `$name`.
    pub word: &'static str,
    pub name: String,
    pub action: String,
    pub hidden: Vec<(&'static str, String)>,
    /// Without any, there is nothing to send.
    pub fields: Vec<Field>,
    pub enrolment: Option<Picture>,
    pub problem: Option<String>,
    /// Addresses, with the messages that lead there.
    pub links: Vec<(&'static str, &'static str)>,
}

/// The language that the browser prefers: nobody is known yet.
pub(super) fn tr(headers: &HeaderMap) -> Tr {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).and_then(Language::negotiate);
    Tr::new(wanted.unwrap_or_default())
}

/// Where to go after signing in: only to a path of our own. Browsers read a backslash as a slash and drop tabs and line
/// ends, so that what looks like a path could lead elsewhere.
pub(super) fn own_path(wanted: &str) -> Option<&str> {
    let own = wanted.starts_with('/')
        && !wanted.starts_with("//")
        && !wanted.contains('\\')
        && !wanted.chars().any(char::is_control);
    own.then_some(wanted)
}

/// The place to go to once in: where somebody was about to go, or the desk.
pub(super) fn after(next: &str) -> &str {
    if next.is_empty() { "/desk" } else { next }
}

/// An address with where to go afterwards.
pub(super) fn with_next(path: &str, next: &str) -> String {
    if next.is_empty() {
        return path.to_owned();
    }
    format!("{path}?{}", form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish())
}

impl DoorPage {
    pub fn new(tr: Tr, word: &'static str, action: impl Into<String>) -> Self {
        Self {
            tr,
            word,
            name: String::new(),
            action: action.into(),
            hidden: Vec::new(),
            fields: Vec::new(),
            enrolment: None,
            problem: None,
            links: Vec::new(),
        }
    }

    #[must_use]
    pub fn answer(self) -> Response {
        // What stands on these pages is one person's: a link, a secret.
        let mut response = html::page(StatusCode::OK, &self);
        response.headers_mut().insert(header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
        response
    }

    /// As it comes back after a form of it could not be taken.
    #[must_use]
    pub fn refused(mut self, error: &Error) -> Response {
        let status = match error {
            Error::Invalid(problems) => {
                for field in &mut self.fields {
                    field.judged(self.tr, problems);
                }
                let unseen = problems.iter().find(|p| !self.fields.iter().any(|f| f.name == p.field));
                self.problem = unseen.map(|p| field::sentence(self.tr, p));
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Error::TooMany(until) => {
                let said = self.tr.with("desk-sign-in-too-many", &[("time", self.tr.time(until))]);
                self.problem = Some(said.into_owned());
                StatusCode::TOO_MANY_REQUESTS
            }
            error => {
                tracing::error!(%error, "cannot answer at the door");
                self.problem = Some(self.tr.text("desk-unavailable-lead").into_owned());
                StatusCode::SERVICE_UNAVAILABLE
            }
        };
        let mut response = self.answer();
        *response.status_mut() = status;
        response
    }

    pub(crate) fn said(&self, what: &str) -> String {
        self.tr.with(&format!("door-{}-{what}", self.word), &[("name", self.name.as_str())]).into_owned()
    }

    pub(crate) fn lead(&self) -> Option<String> {
        self.tr.has(&format!("door-{}-lead", self.word)).then(|| self.said("lead"))
    }
}

impl samples::Samples for DoorPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        use model::problem::{FieldProblem, Problem};
        let invited = |wrong: bool| {
            let mut page = super::invited::page(tr, &super::invited::sample(), "/login");
            if wrong {
                let problem = FieldProblem::limited("password", Problem::PasswordTooShort, 12);
                page.fields.iter_mut().for_each(|field| field.judged(tr, std::slice::from_ref(&problem)));
            }
            page
        };
        let mut wrong_code = super::second_factor::code_page(tr, "");
        let no_such = FieldProblem::new("code", Problem::NoSuchCode);
        wrong_code.fields.iter_mut().for_each(|field| field.judged(tr, std::slice::from_ref(&no_such)));
        vec![
            ("code", super::second_factor::code_page(tr, "")),
            ("code-wrong", wrong_code),
            ("enrol", super::second_factor::enrol_page(tr, Some(Picture::sample()), "")),
            ("invited", invited(false)),
            ("invited-wrong", invited(true)),
            ("gone", super::invited::gone(tr)),
            ("forgotten", super::forgotten::page(tr)),
            ("sent", super::forgotten::sent(tr)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn signing_in_leads_to_our_own_pages_only() {
        assert_eq!(own_path("/desk/list/mine?service=a"), Some("/desk/list/mine?service=a"));
        for elsewhere in
            ["", "desk", "https://a.example", "//a.example", "/\\a.example", "/\t/a.example", "/\n/a.example"]
        {
            assert_eq!(own_path(elsewhere), None, "{elsewhere:?}");
        }
    }
}
