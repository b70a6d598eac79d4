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

#[derive(Template)]
#[template(path = "email/alarm.txt")]
struct Alarm {
    tr: Tr,
    said: String,
    over: bool,
    since: String,
    until: Option<String>,
    worst: i64,
    link: String,
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
            Content::Alarm { alarm, place, over } => {
                let place = place.clone().unwrap_or_else(|| tr.text(language::key!("alarm-everywhere")).into_owned());
                let values = [("value", tr.arg(alarm.value)), ("over", tr.arg(alarm.over)), ("place", tr.arg(&place))];
                let said = tr.with(&format!("alarm-said-{}", alarm.measure), &values).into_owned();
                let key =
                    if *over { language::key!("alarm-letter-over") } else { language::key!("alarm-letter-raised") };
                let (since, until) =
                    (tr.date_time_full(alarm.raised_at), alarm.fell_at.map(|fell| tr.date_time_full(fell)));
                let link = format!("{url}/desk/squadra/allarmi");
                let subject = tr.with(key, &[("said", said.as_str())]).into_owned();
                (subject, Alarm { tr, said, over: *over, since, until, worst: alarm.worst, link }.render()?)
            }
        };
        Ok(Self { subject, body })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::alarm::Measure;
    use model::{AlarmId, OutboxId, ThresholdId};

    #[test]
    fn a_letter_of_an_alarm_says_what_it_is_and_where_to_look() {
        let raised_at = chrono::DateTime::from_timestamp(1_795_431_780, 0).unwrap();
        for measure in Measure::ALL.iter().copied() {
            for (language, over) in [("it", false), ("it", true), ("en", false), ("en", true)] {
                let alarm = centre::alarm::Alarm {
                    id: AlarmId(1),
                    threshold: ThresholdId(1),
                    measure,
                    service: None,
                    queue: None,
                    scope: None,
                    over: 10,
                    value: 12,
                    worst: 14,
                    letters: 0,
                    raised_at,
                    fell_at: over.then_some(raised_at),
                    seen_at: None,
                    seen_by: None,
                };
                let mail = Mail {
                    id: OutboxId(1),
                    case: None,
                    key: "k".to_owned(),
                    to: "rita@ufficio.example".to_owned(),
                    language: language.to_owned(),
                    content: Content::Alarm { alarm: Box::new(alarm), place: Some("Abruzzo".to_owned()), over },
                    tries: 1,
                };
                let Letter { subject, body } = Letter::write(&mail, "http://portale.example").unwrap();
                assert!(subject.contains("12") && subject.contains("Abruzzo") && !subject.contains('⟦'), "{subject}");
                assert!(
                    body.contains("http://portale.example/desk/squadra/allarmi\n") && body.contains("14"),
                    "{body}"
                );
                assert!(!body.contains('⟦') && !body.contains("\n\n\n"), "{body}");
            }
        }
    }
}
