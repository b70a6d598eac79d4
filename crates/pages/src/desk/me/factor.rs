//! One's own second factor: set up, shown, taken away; other codes for when the telephone is lost.

use crate::admin::FormPage;
use crate::desk::{DeskFrame, Open, Panes};
use crate::office::fault::Answer;
use crate::office::field::{Field, Kind};
use crate::office::flash::Flash;
use crate::office::seat::Seat;
use crate::{html, samples};
use askama::Template;
use axum::response::{IntoResponse, Redirect};
use centre::totp::{self, Enrolment};
use centre::{Centre, Error};
use gate::{Form, Session, Visitor};
use http::StatusCode;
use language::Tr;
use model::problem::FieldProblem;
use model::user::Staff;
use qrcode::{Color, QrCode};
use std::sync::Arc;

/// A secret with its picture, for an authenticator program to scan.
#[derive(Debug, Clone)]
pub struct Picture {
    /// In groups of four, as it is typed.
    pub secret: String,
    /// Modules of a side, with the quiet ones around (four, ISO/IEC 18004, 5.3.8).
    pub side: usize,
    /// The dark ones, as a path.
    pub path: String,
}

const QUIET: usize = 4;

impl Picture {
    pub(crate) fn of(enrolment: &Enrolment) -> Self {
        let letters: Vec<char> = enrolment.secret.chars().collect();
        let secret = letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ");
        // What does not fit into a picture is typed by hand; an address of ours always fits.
        let (side, path) = QrCode::new(enrolment.uri.as_bytes()).map(|code| drawn(&code)).unwrap_or_default();
        Self { secret, side, path }
    }

    pub(crate) fn sample() -> Self {
        Self::of(&Enrolment {
            secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".to_owned(),
            uri: "otpauth://totp/Linea%20Amica:sara?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Linea%20Amica"
                .to_owned(),
        })
    }
}

fn drawn(code: &QrCode) -> (usize, String) {
    let width = code.width();
    let mut path = String::new();
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let (x, y) = (at % width + QUIET, at / width + QUIET);
            path.push_str(&format!("M{x} {y}h1v1h-1z"));
        }
    }
    (width + 2 * QUIET, path)
}

#[derive(Debug, Template)]
#[template(path = "desk/factor.html")]
pub struct FactorPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub enrolment: Picture,
    pub field: Field,
}

/// The codes for when the telephone is lost, shown once.
#[derive(Debug, Template)]
#[template(path = "desk/codes.html")]
pub struct CodesPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub codes: Vec<String>,
}

/// What is set up in this session. A session that cannot be read or kept hinders it for a while.
pub(in crate::desk) async fn enrolment(centre: &Centre, session: &Session, staff: &Staff) -> Result<Enrolment, Error> {
    let unkept = |e: gate::SessionError| Error::Storage(db::Error::Unavailable(e.to_string()));
    let held = gate::enrolling(session).await.map_err(unkept)?;
    let is_new = held.is_none();
    let enrolment = totp::enrol(centre, staff, held).await?;
    if is_new {
        gate::hold_enrolling(session, Some(&enrolment.secret)).await.map_err(unkept)?;
    }
    Ok(enrolment)
}

/// A code confirms what is set up in this session.
pub(in crate::desk) async fn confirmed(
    centre: &Centre,
    session: &Session,
    staff: &Arc<Staff>,
    code: &str,
    from: &str,
) -> Result<Vec<String>, Error> {
    let secret = enrolment(centre, session, staff).await?.secret;
    let codes = totp::confirm(centre, staff, secret, code, from).await?;
    if let Err(error) = gate::hold_enrolling(session, None).await {
        tracing::warn!(%error, "cannot take a secret out of a session");
    }
    Ok(codes)
}

async fn frame(seat: &Seat) -> centre::Result<DeskFrame> {
    DeskFrame::read(seat, None, Panes::Two, Open::Case).await
}

/// `GET /desk/me/second-factor`
pub(in crate::desk) async fn show(seat: Seat) -> Answer {
    enrolling(&seat, &[]).await
}

async fn enrolling(seat: &Seat, problems: &[FieldProblem]) -> Answer {
    let enrolment = match enrolment(&seat.gate.centre, &seat.session, &seat.me).await {
        // They have one already.
        Err(Error::Invalid(_)) => return Ok(Redirect::to("/desk/me").into_response()),
        outcome => outcome?,
    };
    let mut field = Field::new("code", seat.tr.text("factor-code"), Kind::Code);
    field.judged(seat.tr, problems);
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let view = FactorPage { tr: seat.tr, frame: frame(seat).await?, enrolment: Picture::of(&enrolment), field };
    Ok(html::page(status, &view))
}

/// `POST /desk/me/second-factor`
pub(in crate::desk) async fn send(seat: Seat, Visitor(from): Visitor, form: Form) -> Answer {
    match confirmed(&seat.gate.centre, &seat.session, &seat.me, form.text("code"), &from).await {
        Err(Error::Invalid(problems)) => enrolling(&seat, &problems).await,
        codes => shown_once(&seat, codes?).await,
    }
}

async fn shown_once(seat: &Seat, codes: Vec<String>) -> Answer {
    Ok(html::page(StatusCode::OK, &CodesPage { tr: seat.tr, frame: frame(seat).await?, codes }))
}

async fn with_code(seat: &Seat, word: &'static str, action: &str, problems: &[FieldProblem]) -> Answer {
    let back = ("/desk/me".to_owned(), seat.tr.text("desk-me-title").into_owned());
    let mut page = FormPage::new(seat.tr, frame(seat).await?, word, "", back, action);
    page.keys = "desk-me";
    page.fields =
        vec![Field::new("code", seat.tr.text("factor-code"), Kind::Code).hinted(seat.tr.text("factor-code-hint"))];
    page.stop = word == "factor-off";
    Ok(page.answer(problems))
}

/// `GET /desk/me/second-factor/off`
pub(in crate::desk) async fn show_off(seat: Seat) -> Answer {
    with_code(&seat, "factor-off", "/desk/me/second-factor/off", &[]).await
}

/// `POST /desk/me/second-factor/off`
pub(in crate::desk) async fn send_off(seat: Seat, Visitor(from): Visitor, form: Form) -> Answer {
    match totp::turn_off(&seat.gate.centre, &seat.me, form.text("code"), &from).await {
        Err(Error::Invalid(problems)) => with_code(&seat, "factor-off", "/desk/me/second-factor/off", &problems).await,
        outcome => {
            outcome?;
            Ok(seat.on_to("/desk/me", Flash::new("factor-off")).await)
        }
    }
}

/// `GET /desk/me/recovery-codes`
pub(in crate::desk) async fn show_codes(seat: Seat) -> Answer {
    with_code(&seat, "codes", "/desk/me/recovery-codes", &[]).await
}

/// `POST /desk/me/recovery-codes`
pub(in crate::desk) async fn send_codes(seat: Seat, Visitor(from): Visitor, form: Form) -> Answer {
    match totp::renew_recovery(&seat.gate.centre, &seat.me, form.text("code"), &from).await {
        Err(Error::Invalid(problems)) => with_code(&seat, "codes", "/desk/me/recovery-codes", &problems).await,
        codes => shown_once(&seat, codes?).await,
    }
}

pub(in crate::desk) fn sample_codes() -> Vec<String> {
    (0..totp::RECOVERY_CODES).map(|n| format!("k7q2-mx4p-a{n}bc-h8w3")).collect()
}

impl samples::Samples for FactorPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let frame = DeskFrame { panes: Panes::Two, open: Open::Case, ..samples::desk_frame(tr) };
        let field = Field::new("code", tr.text("factor-code"), Kind::Code);
        vec![("enrol", FactorPage { tr, frame, enrolment: Picture::sample(), field })]
    }
}

impl samples::Samples for CodesPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let frame = DeskFrame { panes: Panes::Two, open: Open::Case, ..samples::desk_frame(tr) };
        vec![("all", CodesPage { tr, frame, codes: sample_codes() })]
    }
}
