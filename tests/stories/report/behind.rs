//! The records behind a figure are as many as it says, page by page, and each once.

use centre::report::behind::{self, Cursor, Part, Question, Rows};
use centre::report::{Report, Wanted};
use std::collections::BTreeSet;
use stories::Office;

/// All the records behind a figure, or what it is divided by: how many, and how many contacts volumes among them hold.
async fn all(office: &Office, wanted: &Wanted, key: &str, of: Option<&str>, part: Part) -> (f64, i64, i64) {
    let mut question = Question { key: key.to_owned(), of: of.map(str::to_owned), part, after: None, limit: 61 };
    let (mut ids, mut count, mut contacts, mut with_operator) = (BTreeSet::new(), 0, 0, 0);
    loop {
        let page = behind::records(&office.centre, wanted, &question).await.unwrap();
        let some: Vec<String> = match &page.rows {
            Rows::Contacts(rows) => rows.iter().map(|row| row.id.to_string()).collect(),
            Rows::Cases(rows) => rows.iter().map(|row| row.id.to_string()).collect(),
            Rows::Surveys(rows) => rows.iter().map(|row| row.id.to_string()).collect(),
            Rows::Trainings(rows) => rows.iter().map(|row| row.id.to_string()).collect(),
            Rows::Media(rows) => rows.iter().map(|row| row.id.to_string()).collect(),
            Rows::Volumes(rows) => {
                contacts += rows.iter().map(|row| row.contacts).sum::<i64>();
                with_operator += rows.iter().map(|row| row.with_operator).sum::<i64>();
                rows.iter().map(|row| format!("{} {} {}", row.month, row.structure, row.channel)).collect()
            }
        };
        assert!(some.len() <= 61, "{key}");
        count += some.len();
        ids.extend(some);
        // A cursor goes through an address as text.
        question.after = page.next.map(|next| serde_json::from_str(&serde_json::to_string(&next).unwrap()).unwrap());
        assert!(!matches!(&question.after, Some(Cursor::Record(..))) || key.split('.').next() != Some("network"));
        if question.after.is_none() {
            break;
        }
    }
    assert_eq!(ids.len(), count, "{key} {of:?}: a record is there twice");
    (f64::from(u32::try_from(count).unwrap()), contacts, with_operator)
}

/// Opens every figure of a report and counts what is behind it.
pub async fn every_figure_opens(office: &Office, wanted: &Wanted, report: &Report) {
    for (key, figure) in report.figures.scalars() {
        let (count, contacts, with_operator) = all(office, wanted, key, None, Part::Numerator).await;
        let (whole, ..) = all(office, wanted, key, None, Part::Denominator).await;
        let question = Question { key: key.to_owned(), of: None, part: Part::Numerator, after: None, limit: 1 };
        let opened = behind::open(&office.centre, wanted, &question).await.unwrap();
        assert_eq!(opened.figure, *figure, "{key}");
        let denominator = figure.denominator.map(|count| f64::from(u32::try_from(count).unwrap()));
        match (key, denominator) {
            ("network.structures" | "training.trained", _) => assert!(count >= figure.value.unwrap(), "{key}"),
            ("network.contacts", _) => assert_eq!(Some(contacts as f64), figure.value),
            ("network.contacts_with_operator", _) => assert_eq!(Some(with_operator as f64), figure.value),
            // The bounds of an interval are reckoned from the share's records.
            (_, Some(denominator)) if opened.divided => {
                assert_eq!(whole, denominator, "{key} by {wanted:?}");
                if let Some(numerator) = figure.numerator {
                    assert_eq!(count, numerator, "{key} of {wanted:?}");
                }
            }
            (_, Some(denominator)) => assert_eq!(count, denominator, "{key} of {wanted:?}"),
            (_, None) => assert_eq!(Some(count), figure.value, "{key} of {wanted:?}"),
        }
    }
    for (key, map) in report.figures.maps() {
        for (of, expected) in map {
            let (count, contacts, _) = all(office, wanted, key, Some(of), Part::Numerator).await;
            let found = if key.starts_with("network.") { contacts as f64 } else { count };
            assert_eq!(found, *expected as f64, "{key} of {of} in {wanted:?}");
        }
    }
}
