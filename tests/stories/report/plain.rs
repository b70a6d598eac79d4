//! The report reckoned a second time, by going through the records one by one as the definitions say.

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike, Utc};
use chrono_tz::Europe::Rome;
use model::calendar::Calendar;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

pub struct Asked {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub service: Option<String>,
    pub as_of: DateTime<Utc>,
}

struct Reckoning<'a> {
    asked: &'a Asked,
    records: Vec<Value>,
    out: Map<String, Value>,
}

pub fn reckon(lines: &[String], asked: &Asked) -> Value {
    let records = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut all = Reckoning { asked, records, out: Map::new() };
    all.contacts();
    all.phone();
    all.cases();
    all.survey();
    all.rest();
    Value::Object(all.out)
}

fn text<'a>(record: &'a Value, key: &str) -> Option<&'a str> {
    record.get(key)?.as_str()
}

fn count_by<'a>(keys: impl Iterator<Item = String> + 'a) -> Value {
    let mut map: Map<String, Value> = Map::new();
    for key in keys {
        let count = map.get(&key).and_then(Value::as_i64).unwrap_or(0) + 1;
        map.insert(key, json!(count));
    }
    Value::Object(map)
}

fn over(part: usize, whole: usize) -> Value {
    if whole == 0 { Value::Null } else { json!(part as f64 / whole as f64) }
}

fn mean(values: &[f64]) -> Value {
    if values.is_empty() { Value::Null } else { json!(values.iter().sum::<f64>() / values.len() as f64) }
}

fn quantile(values: &[f64], share: f64) -> Value {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let rank = (share * values.len() as f64).ceil() as usize;
    rank.checked_sub(1).map_or(Value::Null, |at| json!(values[at]))
}

impl Reckoning<'_> {
    fn put(&mut self, group: &str, name: &str, value: Value) {
        self.out.entry(group).or_insert_with(|| json!({})).as_object_mut().unwrap().insert(name.to_owned(), value);
    }

    fn of(&self, kind: &str) -> Vec<Value> {
        self.records.iter().filter(|r| r["type"] == kind).cloned().collect()
    }

    /// A time, unless it is later than what is known.
    fn time(&self, record: &Value, key: &str) -> Option<DateTime<Utc>> {
        let time = DateTime::parse_from_rfc3339(text(record, key)?).unwrap().to_utc();
        (time <= self.asked.as_of).then_some(time)
    }

    fn is_later(&self, record: &Value, key: &str) -> bool {
        text(record, key).is_some() && self.time(record, key).is_none()
    }

    fn in_period(&self, record: &Value, key: &str) -> bool {
        self.time(record, key).is_some_and(|time| {
            let day = time.with_timezone(&Rome).date_naive();
            day >= self.asked.from && day < self.asked.to
        })
    }

    fn of_service(&self, record: &Value) -> bool {
        self.asked.service.as_deref().is_none_or(|service| text(record, "service") == Some(service))
    }

    fn seconds(&self, record: &Value, from: &str, to: &str) -> Option<f64> {
        let took = self.time(record, to)? - self.time(record, from)?;
        Some(took.num_microseconds().unwrap() as f64 / 1e6)
    }

    fn outcome(&self, record: &Value) -> Option<String> {
        let known = !self.is_later(record, "answered_at") && !self.is_later(record, "ended_at");
        text(record, "outcome").filter(|_| known).map(str::to_owned)
    }

    fn contacts(&mut self) {
        let all: Vec<Value> =
            self.of("contact").into_iter().filter(|c| self.in_period(c, "started_at") && self.of_service(c)).collect();
        let local = |c: &Value| self.time(c, "started_at").unwrap().with_timezone(&Rome);
        let by = |key: &'static str| count_by(all.iter().map(move |c| text(c, key).unwrap().to_owned()));
        let (channels, services, directions) = (by("channel"), by("service"), by("direction"));
        let outcomes = count_by(all.iter().filter_map(|c| self.outcome(c)));
        let months = count_by(all.iter().map(|c| local(c).format("%Y-%m").to_string()));
        let hours = count_by(all.iter().map(|c| format!("{:02}", local(c).hour())));
        self.put("contacts", "total", json!(all.len() as f64));
        self.put("contacts", "by_channel", channels);
        self.put("contacts", "by_service", services);
        self.put("contacts", "by_direction", directions);
        self.put("contacts", "by_outcome", outcomes);
        self.put("contacts", "by_month", months);
        self.put("contacts", "by_hour", hours);
    }

    fn phone(&mut self) {
        let offered: Vec<Value> = self
            .of("contact")
            .into_iter()
            .filter(|c| self.in_period(c, "started_at") && self.of_service(c))
            .filter(|c| c["channel"] == "phone" && c["direction"] == "inbound" && self.time(c, "queued_at").is_some())
            .collect();
        let waits: Vec<f64> = offered.iter().filter_map(|c| self.seconds(c, "queued_at", "answered_at")).collect();
        let talks: Vec<f64> = offered.iter().filter_map(|c| self.seconds(c, "answered_at", "ended_at")).collect();
        let gave_up =
            |c: &&Value| self.time(c, "answered_at").is_none() && self.outcome(c).as_deref() == Some("abandoned");
        let abandoned = offered.iter().filter(gave_up).count();
        let within = |limit: f64| over(waits.iter().filter(|wait| **wait <= limit).count(), offered.len());
        for (name, value) in [
            ("offered", json!(offered.len() as f64)),
            ("answered", json!(waits.len() as f64)),
            ("abandoned", json!(abandoned as f64)),
            ("mean_wait_s", mean(&waits)),
            ("wait_p50_s", quantile(&waits, 0.5)),
            ("wait_p90_s", quantile(&waits, 0.9)),
            ("wait_p99_s", quantile(&waits, 0.99)),
            ("service_level_20", within(20.0)),
            ("service_level_30", within(30.0)),
            ("service_level_60", within(60.0)),
            ("abandonment", over(abandoned, offered.len())),
            ("mean_talk_s", mean(&talks)),
        ] {
            self.put("phone", name, value);
        }
    }

    fn cases(&mut self) {
        let end = model::report::Period::new(self.asked.from, self.asked.to).unwrap().bounds().1;
        let contacts = self.of("contact");
        let handled: Vec<Value> =
            self.of("case").into_iter().filter(|c| self.in_period(c, "opened_at") && self.of_service(c)).collect();
        let is_solved = |c: &&Value| {
            self.time(c, "solved_at")
                .is_some_and(|solved| self.time(c, "reopened_at").is_none_or(|again| again <= solved))
        };
        let solved: Vec<&Value> = handled.iter().filter(is_solved).collect();
        let front = solved.iter().filter(|c| c["solved_by"] == "front").count();
        // Counted once: a year's cases times its contacts are too many to go through.
        let known = contacts.iter().filter(|k| k["direction"] == "inbound" && self.time(k, "started_at").is_some());
        let counted = count_by(known.filter_map(|k| text(k, "case")).map(str::to_owned));
        let inbound = |c: &Value| counted[text(c, "id").unwrap()].as_i64().unwrap_or_default();
        let first = solved.iter().filter(|c| self.time(c, "escalated_at").is_none() && inbound(c) == 1).count();
        let backlog = handled.iter().filter(|c| !(is_solved(c) && self.time(c, "solved_at").unwrap() < end)).count();
        let elapsed: Vec<f64> = solved.iter().map(|c| self.seconds(c, "opened_at", "solved_at").unwrap()).collect();
        let working: Vec<f64> = solved.iter().map(|c| self.working(c)).collect();
        let by = |key: &'static str| count_by(handled.iter().filter_map(|c| text(c, key)).map(str::to_owned));
        let service_kind = count_by(
            handled.iter().filter_map(|c| Some(format!("{}/{}", text(c, "service").unwrap(), text(c, "kind")?))),
        );
        for (name, value) in [
            ("handled", json!(handled.len() as f64)),
            ("solved", json!(solved.len() as f64)),
            ("front_office_share", over(front, handled.len())),
            ("first_contact_share", over(first, handled.len())),
            ("backlog", json!(backlog as f64)),
            ("mean_resolution_s", mean(&elapsed)),
            ("resolution_p50_s", quantile(&elapsed, 0.5)),
            ("resolution_p90_s", quantile(&elapsed, 0.9)),
            ("mean_resolution_working_s", mean(&working)),
            ("resolution_p50_working_s", quantile(&working, 0.5)),
            ("resolution_p90_working_s", quantile(&working, 0.9)),
            ("by_kind", by("kind")),
            ("by_topic", by("topic")),
            ("by_service", by("service")),
            ("by_region", by("region")),
            ("by_service_kind", service_kind),
        ] {
            self.put("cases", name, value);
        }
    }

    fn working(&self, case: &Value) -> f64 {
        let usual = Calendar::default_italian();
        let service = self.records.iter().find(|r| r["type"] == "service" && r["id"] == case["service"]);
        let own = service.and_then(|s| serde_json::from_value(s.get("calendar")?.clone()).ok());
        let (from, to) = (self.time(case, "opened_at").unwrap(), self.time(case, "solved_at").unwrap());
        let open: TimeDelta = own.unwrap_or(usual).working_between(from, to);
        open.num_microseconds().unwrap() as f64 / 1e6
    }

    fn survey(&mut self) {
        let cases = self.of("case");
        let of_service = |s: &Value| {
            self.asked.service.is_none() || cases.iter().any(|c| c["id"] == s["case"] && self.of_service(c))
        };
        let asked: Vec<Value> =
            self.of("survey").into_iter().filter(|s| self.in_period(s, "asked_at") && of_service(s)).collect();
        let answered = asked.iter().filter(|s| self.time(s, "answered_at").is_some()).count();
        let mut figures = vec![
            ("asked".to_owned(), json!(asked.len() as f64)),
            ("answered".to_owned(), json!(answered as f64)),
            ("response_rate".to_owned(), over(answered, asked.len())),
        ];
        for what in ["efficient", "effective"] {
            let said =
                |word: bool| asked.iter().filter(|s| !self.is_later(s, "answered_at") && s[what] == word).count();
            let (yes, no) = (said(true) as f64, said(false) as f64);
            let (n, z) = (yes + no, 1.959_963_984_540_054_f64);
            let p = yes / n;
            let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
            let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
            let value = |v: f64| if n == 0.0 { Value::Null } else { json!(v) };
            figures.push((format!("{what}_share"), value(p)));
            figures.push((format!("{what}_share_low"), value((middle - half).max(0.0))));
            figures.push((format!("{what}_share_high"), value((middle + half).min(1.0))));
        }
        for (name, value) in figures {
            self.put("survey", &name, value);
        }
    }

    fn rest(&mut self) {
        let known = self.asked.as_of.with_timezone(&Rome).format("%Y-%m").to_string();
        let last = self.asked.to.pred_opt().unwrap();
        let (first, last) = (self.asked.from.format("%Y-%m").to_string(), last.format("%Y-%m").to_string());
        let touched = |month: &str| *month >= *first && *month <= *last && *month <= *known;
        let volumes: Vec<Value> =
            self.of("volume").into_iter().filter(|v| touched(text(v, "month").unwrap())).collect();
        let sum = |key: &str| volumes.iter().map(|v| v[key].as_i64().unwrap()).sum::<i64>();
        let by = |key: &str| {
            let mut map: Map<String, Value> = Map::new();
            for v in &volumes {
                let name = text(v, key).unwrap();
                let had = map.get(name).and_then(Value::as_i64).unwrap_or(0);
                map.insert(name.to_owned(), json!(had + v["contacts"].as_i64().unwrap()));
            }
            map
        };
        let structures = by("structure");
        let figures = [
            ("structures", json!(structures.len() as f64)),
            ("contacts", json!(sum("contacts") as f64)),
            ("contacts_with_operator", json!(sum("with_operator") as f64)),
            ("by_channel", Value::Object(by("channel"))),
            ("by_structure", Value::Object(structures)),
        ];
        for (name, value) in figures {
            self.put("network", name, value);
        }
        let done: BTreeSet<String> = self
            .of("training")
            .iter()
            .filter(|t| self.in_period(t, "completed_at"))
            .map(|t| text(t, "operator").map_or_else(|| format!("t{}", t["trainee"]), |o| format!("o{o}")))
            .collect();
        self.put("training", "trained", json!(done.len() as f64));
        let media: Vec<Value> = self.of("media").into_iter().filter(|m| self.in_period(m, "published_at")).collect();
        for kind in ["radio", "news", "video", "feature"] {
            self.put("media", kind, json!(media.iter().filter(|m| m["kind"] == kind).count() as f64));
        }
        let videos = media.iter().filter(|m| m["kind"] == "video");
        let origins = count_by(videos.filter_map(|m| text(m, "origin")).map(str::to_owned));
        self.put("media", "video_by_origin", origins);
    }
}
