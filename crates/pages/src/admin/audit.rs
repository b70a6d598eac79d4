//! The audit in the administration: who did what to what, narrowed by a form, a page at a time, or as a file.

use super::nav;
use crate::desk::DeskFrame;
use crate::desk::entry::Moment;
use crate::office::fault::Answer;
use crate::office::field::Choice;
use crate::office::seat::Seat;
use crate::{html, samples};
use askama::Template;
use axum::body::Body;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use centre::By;
use centre::audit::{self, Filter, Page};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use futures::StreamExt;
use http::{StatusCode, header};
use language::Tr;
use model::event::{Actor, KINDS, Position, Record, Subject};
use model::{CaseId, UserId};
use serde::Deserialize;

/// What the form asks, as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    who: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    id: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    after: String,
}

impl Asked {
    fn filter(&self, tr: Tr) -> Filter {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let subject: Option<Subject> = self.subject.parse().ok();
        // A case goes by the number that people know.
        let id = some(&self.id).map(|id| match (subject, id.parse::<model::number::CaseNumber>()) {
            (Some(Subject::Case), Ok(number)) => number.id.to_string(),
            _ => id,
        });
        Filter {
            actor: match self.who.as_str() {
                "system" => Some(Actor::System),
                "citizen" => Some(Actor::Citizen),
                who => who.parse().ok().map(|id| Actor::Staff(UserId(id))),
            },
            subject,
            subject_id: id,
            kind: some(&self.kind),
            from: midnight(tr, &self.from, false),
            to: midnight(tr, &self.to, true),
        }
    }

    /// The question as it stands in an address.
    fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let fields = [
            ("who", &self.who),
            ("subject", &self.subject),
            ("id", &self.id),
            ("kind", &self.kind),
            ("from", &self.from),
            ("to", &self.to),
        ];
        for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        query.finish()
    }
}

/// The beginning of a day on the reader's clock, or that of the next.
fn midnight(tr: Tr, typed: &str, after: bool) -> Option<DateTime<Utc>> {
    let day: NaiveDate = typed.trim().parse().ok()?;
    let day = if after { day.succ_opt()? } else { day };
    day.and_time(NaiveTime::MIN).and_local_timezone(tr.zone).earliest().map(|at| at.with_timezone(&Utc))
}

#[derive(Debug, Template)]
#[template(path = "admin/audit.html")]
pub struct AuditPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub who: Vec<Choice>,
    pub subjects: Vec<Choice>,
    pub kinds: Vec<Choice>,
    pub asked: Asked,
    pub narrowed: bool,
    pub lines: Vec<Line>,
    /// Where older ones are.
    pub next: Option<String>,
    /// Until when it was looked, when that was not far enough to fill the page.
    pub looked_until: Option<String>,
    pub file: String,
}

/// One thing that happened.
#[derive(Debug, Clone)]
pub struct Line {
    pub at: Moment,
    pub day: String,
    pub who: String,
    pub subject: String,
    pub id: String,
    pub href: Option<String>,
    pub what: String,
    pub details: String,
}

fn kind_word(tr: Tr, kind: &str) -> String {
    let key = format!("audit-kind-{kind}");
    if tr.has(&key) { tr.text(&key).into_owned() } else { kind.to_owned() }
}

fn subject_word(tr: Tr, subject: Subject) -> String {
    let key = format!("audit-subject-{subject}");
    if tr.has(&key) { tr.text(&key).into_owned() } else { subject.to_string() }
}

/// The address of what a record is about, where there is a page of it.
fn place(record: &Record, page: &Page) -> (String, Option<String>) {
    let id = &record.subject_id;
    match record.subject {
        Subject::Case => match id.parse().ok().and_then(|id: CaseId| page.cases.get(&id)) {
            Some(number) => (number.to_string(), Some(format!("/desk/case/{number}"))),
            None => (id.clone(), None),
        },
        Subject::Service => (id.clone(), Some(super::service::href(&model::ServiceId::new(id.as_str())))),
        Subject::Topic => (id.clone(), Some("/admin/topics".to_owned())),
        Subject::Template => (id.clone(), Some(format!("/admin/templates/{id}"))),
        Subject::Outbox | Subject::Job => (id.clone(), Some("/admin/jobs".to_owned())),
        Subject::User | Subject::Session => {
            let name = id.parse().ok().and_then(|id: UserId| page.names.get(&id)).cloned();
            (name.unwrap_or_else(|| id.clone()), None)
        }
        _ => (id.clone(), None),
    }
}

/// What an event holds beside, in a line: ids and words of fixed lists.
fn details(data: &serde_json::Value) -> String {
    use serde_json::Value;
    fn said(value: &Value) -> Option<String> {
        match value {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            Value::Array(all) => Some(all.iter().filter_map(said).collect::<Vec<_>>().join(", ")),
            Value::Object(table) => {
                let each = table.iter().filter_map(|(key, value)| Some(format!("{key} {}", said(value)?)));
                Some(each.collect::<Vec<_>>().join("; "))
            }
            other => Some(other.to_string()),
        }
    }
    let Value::Object(table) = data else { return String::new() };
    let each = table.iter().filter(|(key, _)| *key != "kind").filter_map(|(k, v)| Some(format!("{k}: {}", said(v)?)));
    each.collect::<Vec<_>>().join(" · ")
}

fn line(tr: Tr, now: DateTime<Utc>, page: &Page, record: &Record) -> Line {
    let (id, href) = place(record, page);
    Line {
        at: Moment::new(tr, record.at, now),
        day: tr.day_short(record.at, now),
        who: match record.actor {
            Actor::System => tr.text("audit-system").into_owned(),
            Actor::Citizen => tr.text("audit-citizen").into_owned(),
            Actor::Staff(id) => page.names.get(&id).cloned().unwrap_or_else(|| id.to_string()),
        },
        subject: subject_word(tr, record.subject),
        id: if id == "*" { String::new() } else { id },
        href: href.filter(|_| record.subject_id != "*"),
        what: kind_word(tr, &record.kind),
        details: details(&record.data),
    }
}

fn choices(tr: Tr, asked: &Asked, staff: &[model::user::Staff]) -> (Vec<Choice>, Vec<Choice>, Vec<Choice>) {
    let anything = |key: &str| Choice::new("", tr.text(key));
    let mut who = vec![anything("audit-anybody")];
    who.push(Choice::new("system", tr.text("audit-system")).chosen_if(asked.who == "system"));
    who.push(Choice::new("citizen", tr.text("audit-citizen")).chosen_if(asked.who == "citizen"));
    who.extend(staff.iter().map(|s| Choice::new(s.id, s.name.as_str()).chosen_if(asked.who == s.id.to_string())));
    let mut subjects = vec![anything("audit-anything")];
    subjects.extend(
        Subject::ALL
            .iter()
            .filter(|subject| **subject != Subject::Unknown)
            .map(|s| Choice::new(s, subject_word(tr, *s)).chosen_if(asked.subject == s.as_str())),
    );
    let mut kinds: Vec<Choice> =
        KINDS.iter().map(|k| Choice::new(k, kind_word(tr, k)).chosen_if(asked.kind == *k)).collect();
    // What a later version appended is found by its own word.
    let other = Some(asked.kind.as_str()).filter(|kind| !kind.is_empty() && !KINDS.contains(kind));
    kinds.extend(other.map(|kind| Choice::new(kind, kind).chosen_if(true)));
    kinds.sort_by(|a, b| a.word.cmp(&b.word));
    kinds.insert(0, anything("audit-whatever"));
    (who, subjects, kinds)
}

/// `GET /admin/audit`
pub(super) async fn show(seat: Seat, Query(asked): Query<Asked>) -> Answer {
    let (tr, centre) = (seat.tr, &seat.gate.centre);
    let filter = asked.filter(tr);
    let before: Option<Position> = asked.after.parse().ok();
    let page = audit::read(centre, By::Staff(seat.me.clone()), &filter, before).await?;
    let staff: Vec<_> = centre::staff::all(centre).await?.into_iter().map(|(staff, _)| staff).collect();
    let (who, subjects, kinds) = choices(tr, &asked, &staff);
    let query = asked.query();
    let view = AuditPage {
        tr,
        frame: nav::frame(&seat, "audit"),
        who,
        subjects,
        kinds,
        narrowed: !query.is_empty(),
        lines: page.found.records.iter().map(|record| line(tr, seat.now, &page, record)).collect(),
        next: page.found.next.map(|next| format!("/admin/audit?{query}{}after={next}", and(&query))),
        looked_until: page.found.looked_until.map(|at| tr.date_time(at, seat.now)),
        file: format!("/admin/audit.csv?{query}"),
        asked,
    };
    Ok(html::page(StatusCode::OK, &view))
}

fn and(query: &str) -> &'static str {
    if query.is_empty() { "" } else { "&" }
}

/// `GET /admin/audit.csv`: everything that fits, as it is read.
pub(super) async fn file(seat: Seat, Query(asked): Query<Asked>) -> Answer {
    let tr = seat.tr;
    let pages = audit::all(&seat.gate.centre, By::Staff(seat.me.clone()), asked.filter(tr)).await?;
    let head =
        ["at", "actor", "name", "subject", "id", "kind", "data"].map(|name| tr.text(&format!("audit-csv-{name}")));
    let head = row(head.map(std::borrow::Cow::into_owned));
    let rows = pages.map(|page| {
        page.map(|page| {
            let lines = page.found.records.iter().map(|record| row(audit::line(record, &page.names)));
            Bytes::from(lines.collect::<String>())
        })
        .map_err(|error| {
            tracing::error!(%error, "the audit's file breaks off");
            std::io::Error::other(error.to_string())
        })
    });
    let all = futures::stream::once(async move { Ok(Bytes::from(head)) }).chain(rows);
    let name = format!("attachment; filename=\"registro-{}.csv\"", tr.local_day(seat.now));
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    let answer: Response = (headers, Body::from_stream(all)).into_response();
    Ok(answer)
}

/// A line of RFC 4180; what a spreadsheet would reckon is marked as text.
fn row(fields: [String; 7]) -> String {
    let quoted = fields.map(|field| {
        let field = if field.starts_with(['=', '+', '-', '@', '\t']) { format!("'{field}") } else { field };
        match field.contains([',', '"', '\n', '\r']) {
            true => format!("\"{}\"", field.replace('"', "\"\"")),
            false => field,
        }
    });
    format!("{}\r\n", quoted.join(","))
}

impl samples::Samples for AuditPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let now = samples::now();
        let record = |subject, id: &str, kind: &str, data| Record {
            position: Position { transaction: 0, row: 1 },
            at: now - chrono::TimeDelta::minutes(12),
            actor: Actor::Staff(UserId(1)),
            subject,
            subject_id: id.to_owned(),
            kind: kind.to_owned(),
            data,
        };
        let records = vec![
            record(
                Subject::Service,
                "abruzzo",
                "changed",
                serde_json::json!({ "changed": ["promises.answer_minutes", "calendar.week.sat"] }),
            ),
            record(Subject::Case, "4512", "assigned", serde_json::json!({ "kind": "assigned", "to": 1 })),
            record(Subject::Person, "12", "history-read", serde_json::json!({})),
            record(Subject::Outbox, "118", "dropped", serde_json::json!({})),
            record(Subject::Topic, "*", "changed", serde_json::json!({ "count": 12 })),
        ];
        let number = model::number::CaseNumber::new(CaseId(4512), now);
        let page = Page {
            found: audit::Found { records, next: None, looked_until: None },
            names: [(UserId(1), "Ada Campione".to_owned())].into(),
            cases: [(CaseId(4512), number)].into(),
        };
        let view = |lines: Vec<Line>, more: bool| {
            let asked = Asked { subject: "service".to_owned(), ..Asked::default() };
            let (who, subjects, kinds) = choices(tr, &asked, &[]);
            AuditPage {
                tr,
                frame: nav::sample_frame(tr, "audit"),
                who,
                subjects,
                kinds,
                asked,
                narrowed: true,
                lines,
                next: more.then(|| "/admin/audit?after=0-1".to_owned()),
                looked_until: more.then(|| tr.date_time(now, now)),
                file: "/admin/audit.csv".to_owned(),
            }
        };
        let lines = page.found.records.iter().map(|record| line(tr, now, &page, record)).collect();
        vec![("lines", view(lines, true)), ("nothing", view(Vec::new(), false))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_can_happen_to_whatever_has_its_words() {
        for language in language::Language::ALL {
            let tr = Tr::new(language);
            for kind in KINDS {
                assert!(tr.has(&format!("audit-kind-{kind}")), "{kind} in {language:?}");
            }
            for subject in Subject::ALL.iter().filter(|subject| **subject != Subject::Unknown) {
                assert!(tr.has(&format!("audit-subject-{subject}")), "{subject} in {language:?}");
            }
        }
    }

    #[test]
    fn a_kind_that_is_asked_for_stays_chosen() {
        let asked = Asked { kind: "later-kind".to_owned(), ..Asked::default() };
        let (_, _, kinds) = choices(Tr::new(language::Language::default()), &asked, &[]);
        assert!(kinds.iter().any(|choice| choice.chosen && choice.value == "later-kind"));
    }
}
