//! Lines that are records, lines that are none, and lines that nobody would write.

use super::*;

fn refused(line: &str) -> String {
    read(line).unwrap_err().to_string()
}

#[test]
fn a_record_is_written_again_as_it_was_read() {
    let lines = [
        r#"{"type":"contact","id":"c1","service":"linea-amica","channel":"phone","direction":"inbound","started_at":"2009-02-02T08:00:00Z","queued_at":"2009-02-02T08:00:05.250Z","outcome":"abandoned","campo":{"b": [1.10, 2e3]}}"#,
        r#"{"type":"case","id":"k1","service":"s","opened_at":"2009-02-02T08:00:00Z","topic":"bonus sociale","solved_by":"front","kind":"census"}"#,
        r#"{"type":"volume","structure":"urp-1","month":"2009-05","channel":"desk","contacts":5,"with_operator":5}"#,
        r#"{"type":"service","id":"s","name":"S","calendar":"Mo-Fr 09:00-18:00","entry_points":[{"kind":"phone","value":"803001","reachable_from":["landline"],"cost":"free"}],"languages":[]}"#,
        r#"{"type":"person","id":"p","phones":["06 1234"],"zz":"\u0000"}"#,
    ];
    for line in lines {
        assert_eq!(read(line).unwrap().line(), line);
    }
}

#[test]
fn times_are_written_in_utc_and_keys_in_their_order() {
    let line =
        r#" {"z":1,"opened_at":"2009-02-02T09:00:00+01:00","service":"s","id":"k","topic":null,"type":"case","a":2} "#;
    let written = r#"{"type":"case","id":"k","service":"s","opened_at":"2009-02-02T08:00:00Z","a":2,"z":1}"#;
    assert_eq!(read(line).unwrap().line(), written);
}

#[test]
fn a_line_that_is_no_record_is_refused_with_its_reason() {
    assert!(refused("{").starts_with("not JSON"));
    assert_eq!(refused("[1]"), "not a JSON object");
    assert_eq!(refused("7"), "not a JSON object");
    assert_eq!(refused("{}"), "type is missing");
    assert_eq!(refused(r#"{"type":7}"#), "type is not text");
    assert_eq!(refused(r#"{"type":"letter"}"#), "unknown type \"letter\"");
    assert_eq!(refused(r#"{"type":"case","service":"s","opened_at":"2009-02-02T08:00:00Z"}"#), "id is missing");
    let contact = |more: &str| {
        refused(&format!(
            r#"{{"type":"contact","id":"c","service":"s","channel":"phone","direction":"inbound","started_at":"2009-02-02T08:00:00Z",{more}}}"#
        ))
    };
    assert!(contact(r#""outcome":"lost""#).starts_with("outcome is \"lost\", which is none of: answered, "));
    assert!(contact(r#""queued_at":"2009-02-30T08:00:00Z""#).starts_with("queued_at is not a time that exists"));
    assert!(contact(r#""queued_at":"2009-02-03T08:00:00""#).starts_with("queued_at is not a time"));
    assert!(contact(r#""text":7"#).starts_with("text is not text"));
    assert_eq!(contact(r#""queued_at":"2009-02-02T07:00:00Z""#), "queued_at is before started_at");
    assert_eq!(
        contact(r#""queued_at":"2009-02-02T08:00:09Z","answered_at":"2009-02-02T08:00:08Z""#),
        "answered_at is before queued_at"
    );
    assert_eq!(
        contact(r#""answered_at":"2009-02-02T08:00:08Z","ended_at":"2009-02-02T08:00:07Z""#),
        "ended_at is before answered_at"
    );
    let case = r#"{"type":"case","id":"k","service":"s","opened_at":"2009-02-02T08:00:00Z","solved_at":"2009-02-02T07:59:59Z"}"#;
    assert_eq!(refused(case), "solved_at is before opened_at");
    let volume = |n: &str| {
        refused(&format!(
            r#"{{"type":"volume","structure":"u","month":"2009-05","channel":"phone","contacts":{n},"with_operator":6}}"#
        ))
    };
    assert_eq!(volume("5"), "with_operator is above contacts");
    assert!(volume("-5").starts_with("contacts is not a whole number"));
    for month in ["2009-13", "2009-+5", "2009-5"] {
        let line = format!(r#"{{"type":"volume","structure":"u","month":"{month}"}}"#);
        assert!(refused(&line).starts_with("month is not a month"), "{month}");
    }
    assert!(contact(r#""queued_at":"2009-02-02T08:00:60Z""#).starts_with("queued_at is not a time that exists"));
    let long = "à".repeat(400);
    let case =
        format!(r#"{{"type":"case","id":"k","service":"s","opened_at":"2009-02-02T08:00:00Z","topic":"{long}"}}"#);
    assert_eq!(refused(&case), "topic is longer than 600 bytes");
    assert_eq!(
        refused(r#"{"type":"training","id":"t","course":"x","completed_at":"2009-02-02T08:00:00Z"}"#),
        "operator or trainee is missing"
    );
}

#[test]
fn the_hours_of_a_service_are_understood_or_said_not_to_be() {
    let hours = |calendar: &str| {
        let line = format!(r#"{{"type":"service","id":"s","name":"S","calendar":{calendar}}}"#);
        let Record::Service(service) = read(&line).unwrap() else { panic!() };
        service.hours()
    };
    assert!(matches!(hours(r#"{"mon":["09:00-18:00"]}"#), Some(Some(_))));
    assert!(matches!(hours(r#"{"zone":"Europe/Rome","holidays":"none","week":"always"}"#), Some(Some(_))));
    assert_eq!(hours(r#""when there is somebody""#), Some(None));
    assert_eq!(hours("null"), None);
}

proptest::proptest! {
    #[test]
    fn no_line_breaks_the_reader(line in ".*") {
        let _ = read(&line);
    }

    #[test]
    fn what_is_read_is_written_and_read_the_same(
        id in "[^\\p{C}]{1,20}", text in ".{0,40}", key in "[a-z]{8,9}", n in -9i64..9, at in 0i64..4_000_000_000,
    ) {
        let at = chrono::DateTime::from_timestamp(at, 5_000).unwrap().to_rfc3339();
        let line = serde_json::json!({
            "type": "message", "id": id, "case": "k", "at": at, "author": "citizen", "channel": "sms",
            "text": text.replace('\0', ""), key: n,
        });
        let record = read(&line.to_string()).unwrap();
        proptest::prop_assert_eq!(read(&record.line()).unwrap(), record);
    }
}
