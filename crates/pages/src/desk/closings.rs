//! What stands on top of every page while a queue of the telephone is closed by hand.

use super::fault::Answer;
use super::seat::Seat;
use crate::html;
use askama::Template;
use http::StatusCode;
use language::Tr;
use model::closing::Closing;

#[derive(Debug, Template)]
#[template(path = "desk/closings.html")]
struct ClosingsPart {
    tr: Tr,
    closings: Vec<String>,
}

/// The queues that are closed, each in a sentence, as far as they are this member of the staff's.
pub(super) fn read(seat: &Seat) -> Vec<String> {
    let catalogue = seat.gate.centre.catalogue();
    let queues = catalogue.services.iter().flat_map(|service| &service.queues);
    let ours = queues.filter(|queue| seat.me.scope.is_none() || queue.structure == seat.me.scope);
    let closed = ours.filter_map(|queue| Some((queue, catalogue.closing(&queue.id, seat.now)?)));
    closed.map(|(queue, closing)| said(seat.tr, &queue.name, closing, seat.now)).collect()
}

/// "Linea Amica: telefono chiuso dalle 14:20, allerta. Riapre alle 16:00."
pub(super) fn said(tr: Tr, queue: &str, closing: &Closing, now: chrono::DateTime<chrono::Utc>) -> String {
    let values = [
        ("queue", queue.to_owned()),
        ("since", tr.date_time(closing.closed_at, now)),
        ("reason", tr.text(&format!("closing-reason-{}", closing.reason)).into_owned()),
        ("until", closing.until.map(|until| tr.date_time(until, now)).unwrap_or_default()),
    ];
    match closing.until {
        Some(_) => tr.with("closing-said-until", &values).into_owned(),
        None => tr.with("closing-said", &values).into_owned(),
    }
}

/// `GET /part/desk/chiusure`
pub(super) async fn part(seat: Seat) -> Answer {
    let closings = read(&seat);
    Ok(html::page(StatusCode::OK, &ClosingsPart { tr: seat.tr, closings }))
}
