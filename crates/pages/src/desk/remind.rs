//! Reminders: "bring back on Monday". At nine in the morning of Italy's clock, when the desk opens.

use super::action::{self, Sent};
use super::fault::Answer;
use super::field::{Choice, Field, Kind};
use super::flash::Flash;
use super::place::Place;
use super::seat::Seat;
use axum::extract::{Path, Query};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc};
use db::case::Stored;
use gate::Form;
use model::problem::{FieldProblem, Problem};

fn at_nine(day: NaiveDate) -> Option<DateTime<Utc>> {
    let nine = NaiveTime::from_hms_opt(9, 0, 0)?;
    day.and_time(nine).and_local_timezone(chrono_tz::Europe::Rome).earliest().map(|at| at.with_timezone(&Utc))
}

fn tomorrow(today: NaiveDate) -> Option<DateTime<Utc>> {
    at_nine(today.checked_add_days(Days::new(1))?)
}

fn next_monday(today: NaiveDate) -> Option<DateTime<Utc>> {
    let ahead = 7 - u64::from(today.weekday().num_days_from_monday());
    at_nine(today.checked_add_days(Days::new(ahead))?)
}

fn fields(seat: &Seat, stored: &Stored, form: &Form) -> Vec<Field> {
    let tr = seat.tr;
    let today = tr.local_day(seat.now);
    let chosen = form.typed("when").unwrap_or_else(|| "tomorrow".to_owned());
    let mut choices: Vec<Choice> = [("tomorrow", tomorrow(today)), ("monday", next_monday(today))]
        .into_iter()
        .filter_map(|(word, at)| Some(Choice::new(word, tr.date_time(at?, seat.now)).chosen_if(word == chosen)))
        .collect();
    choices.push(Choice::new("date", tr.text("desk-field-other-day")).chosen_if(chosen == "date"));
    if stored.case.remind_at.is_some() {
        choices.push(Choice::new("never", tr.text("desk-field-no-reminder")).chosen_if(chosen == "never"));
    }
    vec![
        Field::new("when", tr.text("desk-field-when"), Kind::Radio(choices)),
        Field::new("on", tr.text("desk-field-date"), Kind::Date)
            .hinted(tr.text("desk-field-date-hint"))
            .with(form.text("on"))
            .optional(),
    ]
}

/// `GET …/remind`
pub(super) async fn show(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>) -> Answer {
    let (stored, _) = action::subject(&seat, &number).await?;
    let fields = fields(&seat, &stored, &Form::default());
    action::form(&seat, &place, &stored, "remind", fields, &[]).await
}

/// What was chosen; the inner `None` takes the reminder away.
fn chosen(seat: &Seat, form: &Form) -> Result<Option<DateTime<Utc>>, FieldProblem> {
    let today = seat.tr.local_day(seat.now);
    let at = match form.text("when") {
        "never" => return Ok(None),
        "exact" => form.parsed::<DateTime<Utc>>("on"),
        "tomorrow" => tomorrow(today),
        "monday" => next_monday(today),
        _ if form.text("on").trim().is_empty() => return Err(FieldProblem::new("on", Problem::Missing)),
        _ => form.parsed::<NaiveDate>("on").and_then(at_nine),
    };
    at.map(Some).ok_or(FieldProblem::new("on", Problem::NotADate))
}

/// `POST …/remind`
pub(super) async fn send(seat: Seat, Path(number): Path<String>, Query(place): Query<Place>, form: Form) -> Answer {
    let (stored, number) = action::subject(&seat, &number).await?;
    let on = match chosen(&seat, &form) {
        Ok(on) => on,
        Err(problem) => {
            return action::form(&seat, &place, &stored, "remind", fields(&seat, &stored, &form), &[problem]).await;
        }
    };
    let outcome = seat.work(move |w| Box::pin(async move { centre::case::remind(w, number.id, on).await })).await;
    match action::sent(outcome, || form.unsent(place.act(number, "remind")))? {
        Sent::Wrong(problems) => {
            action::form(&seat, &place, &stored, "remind", fields(&seat, &stored, &form), &problems).await
        }
        Sent::Done(()) => {
            let flash = match on {
                Some(on) => Flash::new("remind").about(seat.tr.date_time(on, seat.now)),
                None => Flash::new("no-reminder"),
            };
            let (when, before) =
                stored.case.remind_at.map_or(("never", String::new()), |at| ("exact", at.to_rfc3339()));
            let flash = flash.undone_by(place.act(number, "remind"), &[("when", when.to_owned()), ("on", before)]);
            Ok(seat.done(&place, number, flash).await)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn next_monday_is_never_today() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
        for (today, monday) in [(23, 30), (24, 30), (29, 30)] {
            assert_eq!(next_monday(day(today)), at_nine(day(monday)));
        }
        assert_eq!(at_nine(day(30)).unwrap().to_rfc3339(), "2026-11-30T08:00:00+00:00");
    }
}
