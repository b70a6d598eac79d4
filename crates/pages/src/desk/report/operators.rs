//! Figures of individual operators, where they are turned on; where they are not, that they are not.

use super::asked::Query;
use crate::desk::{DeskFrame, Open, Panes};
use crate::office::fault::Answer;
use crate::office::seat::Seat;
use crate::report::{period_name, shown};
use crate::{html, samples};
use askama::Template;
use axum::extract::Query as FromQuery;
use axum::response::IntoResponse;
use centre::report::operators::{self, OperatorFigures};
use http::StatusCode;
use language::Tr;

#[derive(Debug, Template)]
#[template(path = "desk/operators.html")]
pub struct OperatorsPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub lead: String,
    pub back: String,
    pub rows: Vec<OperatorFigures>,
}

/// `GET /desk/rapporti/operatori`
pub(in crate::desk) async fn show(seat: Seat, FromQuery(query): FromQuery<Query>) -> Answer {
    let Ok(asked) = query.read(seat.now) else { return Ok(StatusCode::NOT_FOUND.into_response()) };
    let rows = operators::operators(&seat.gate.centre, &seat.me, &asked.wanted).await?;
    let frame = DeskFrame::read(&seat, None, Panes::Two, Open::Case).await?;
    let lead = period_name(seat.tr, asked.wanted.period);
    let back = query.href("/desk/rapporti", seat.now);
    Ok(html::page(StatusCode::OK, &OperatorsPage { tr: seat.tr, frame, lead, back, rows }))
}

impl OperatorsPage {
    pub(crate) fn talk(&self, row: &OperatorFigures) -> String {
        shown(self.tr, "phone.mean_talk_s", row.mean_talk_s)
    }
}

impl samples::Samples for OperatorsPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let row = |name: &str, contacts, answers| OperatorFigures {
            name: name.to_owned(),
            contacts,
            mean_talk_s: Some(240.0),
            answers,
        };
        let page = OperatorsPage {
            tr,
            frame: DeskFrame { panes: Panes::Two, open: Open::Case, ..samples::desk_frame(tr) },
            lead: period_name(tr, model::report::Period::month_of(samples::now().date_naive())),
            back: "/desk/rapporti".to_owned(),
            rows: vec![row("Ada Bianchi", 412, 130), row("Bruno Verdi", 398, 151)],
        };
        vec![("all", page)]
    }
}
