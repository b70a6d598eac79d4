//! A letter in the reader's language: plain text, so that every mail programme shows it and nothing in it runs.

use askama::Template;
use centre::mail::{Content, Mail, Named};
use language::{Language, Tr};

/// A letter ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub subject: String,
    pub body: String,
}

#[derive(Template)]
#[template(path = "email/received.txt")]
struct Received<'a> {
    tr: Tr,
    case: &'a Named,
    link: String,
    answer_by: Option<String>,
}

#[derive(Template)]
#[template(path = "email/reply.txt")]
struct Reply<'a> {
    tr: Tr,
    case: &'a Named,
    link: String,
    text: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "email/solved.txt")]
struct Solved<'a> {
    tr: Tr,
    case: &'a Named,
    link: String,
}

#[derive(Template)]
#[template(path = "email/codes.txt")]
struct Codes<'a> {
    tr: Tr,
    cases: &'a [Named],
    link: String,
}

#[derive(Template)]
#[template(path = "email/invitation.txt")]
struct Invitation<'a> {
    tr: Tr,
    kind: &'a str,
    name: &'a str,
    login: &'a str,
    link: String,
    until: String,
}

impl Letter {
    /// Puts a letter into words; `url` is where the portal is reached.
    ///
    /// # Errors
    /// When a template cannot be rendered.
    pub fn write(mail: &Mail, url: &str) -> Result<Self, askama::Error> {
        let tr = Tr::new(mail.language.parse().unwrap_or(Language::Italian));
        let link = format!("{url}{}", tr.path("/caso"));
        let about = |key: &str, case: &Named| tr.with(key, &[("number", case.number.to_string())]).into_owned();
        let (subject, body) = match &mail.content {
            Content::Received { case, answer_by } => {
                let answer_by = answer_by.map(|at| tr.date_time_full(at));
                (
                    about(language::key!("email-received-subject"), case),
                    Received { tr, case, link, answer_by }.render()?,
                )
            }
            Content::Reply { case, text } => (
                about(language::key!("email-reply-subject"), case),
                Reply { tr, case, link, text: text.as_deref() }.render()?,
            ),
            Content::Solved { case } => {
                (about(language::key!("email-solved-subject"), case), Solved { tr, case, link }.render()?)
            }
            Content::Codes { cases } => {
                (tr.text(language::key!("email-codes-subject")).into_owned(), Codes { tr, cases, link }.render()?)
            }
            Content::Invitation { kind, name, login, path, until } => {
                let (kind, link, until) = (kind.as_str(), format!("{url}{path}"), tr.date_time_full(*until));
                let subject = tr.text(&format!("email-invitation-subject-{kind}")).into_owned();
                (subject, Invitation { tr, kind, name, login, link, until }.render()?)
            }
        };
        Ok(Self { subject, body })
    }
}
