//! What operators do with the call that is theirs, each a plain form: orders, its case, the writing up.

use super::read;
use crate::desk::fault::{Answer, Fault};
use crate::desk::flash::Flash;
use crate::desk::seat::Seat;
use crate::desk::sent_from;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use centre::Error;
use centre::call::WrittenUp;
use centre::once::Given;
use gate::Form;
use http::{HeaderMap, StatusCode};
use model::call::Order;
use model::number::CaseNumber;
use model::{CaseId, ContactId};

/// Asked for by a script that shows what has changed, and stays on its page.
fn is_quiet(headers: &HeaderMap) -> bool {
    headers.contains_key("hx-request")
}

/// `POST /desk/chiamata/{contact}/{order}`
pub(in crate::desk) async fn order(
    seat: Seat,
    Path((contact, order)): Path<(i64, String)>,
    headers: HeaderMap,
) -> Answer {
    let (contact, order) = (ContactId(contact), order.parse::<Order>().map_err(|_| Error::NotFound("order"))?);
    seat.work(move |w| Box::pin(async move { centre::call::order(w, contact, order).await })).await?;
    if is_quiet(&headers) {
        return read::shown(&seat).await;
    }
    Ok(Redirect::to(&sent_from::page(&headers)).into_response())
}

/// `POST /desk/chiamata/{contact}/caso`: the talk is about this case, or a new one.
pub(in crate::desk) async fn put_on_case(seat: Seat, Path(contact): Path<i64>, form: Form) -> Answer {
    let contact = ContactId(contact);
    let typed = form.text("case").to_owned();
    let case = match typed.as_str() {
        "new" => None,
        _ => Some(CaseId(typed.parse().map_err(|_| Error::NotFound("case"))?)),
    };
    // The same button pressed twice opens one case.
    let put = seat.work_form(format!("call-case-{contact}"), &form, move |w| {
        Box::pin(async move {
            let case = centre::call::put_on(w, contact, case).await?;
            Ok(Given { body: case.to_string(), ..Given::done() })
        })
    });
    let case = CaseId(put.await?.body.parse().map_err(|_| Error::NotFound("case"))?);
    let stored = centre::timeline::head(&seat.gate.centre, &seat.me, case).await?;
    let number = CaseNumber::new(case, stored.case.opened_at);
    Ok(Redirect::to(&format!("/desk/case/{number}")).into_response())
}

/// `POST /desk/chiamata/{contact}/esito`: the call is written up.
pub(in crate::desk) async fn write_up(seat: Seat, Path(contact): Path<i64>, headers: HeaderMap, form: Form) -> Answer {
    let contact = ContactId(contact);
    let written = WrittenUp { code: form.typed("code"), note: form.typed("note") };
    let noted = written.note.is_some();
    let kept = written.clone();
    let done = seat.work_form(format!("call-esito-{contact}"), &form, move |w| {
        Box::pin(async move {
            centre::call::write_up(w, contact, written).await?;
            Ok(Given::done())
        })
    });
    match done.await {
        Ok(_) if is_quiet(&headers) => read::shown(&seat).await,
        Ok(_) => {
            let flash = Flash::new(if noted { "call-noted" } else { "call-written-up" });
            Ok(seat.on_to(&sent_from::page(&headers), flash).await)
        }
        Err(Error::Invalid(problems)) => {
            let said = problems.first().map(|problem| crate::desk::field::sentence(seat.tr, problem));
            let typed = |card: &mut super::Card| {
                card.problem = said;
                card.note = kept.note.unwrap_or_default();
                for code in &mut card.codes {
                    code.chosen = kept.code.as_ref() == Some(&code.id);
                }
            };
            read::page_of(&seat, contact, typed, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => Err(Fault::from(error).with(form.unsent(format!("/desk/chiamata/{contact}/esito")))),
    }
}
