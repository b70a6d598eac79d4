//! A supervisor takes part in a talk: listens, whispers, joins, or leaves it.

use crate::desk::fault::Answer;
use crate::desk::flash::Flash;
use crate::desk::seat::Seat;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use centre::Error;
use model::ContactId;
use model::call::{Overseer, Oversight};

/// The word of the address that ends it.
pub(super) const LEAVE: &str = "esci";

/// What whoever looks at the floor may do about a talk.
#[derive(Debug, Clone)]
pub struct Overhearing {
    pub path: String,
    /// How they take part already.
    pub how: Option<Oversight>,
}

impl Overhearing {
    pub(super) fn of(contact: ContactId, me: model::UserId, overseer: Option<Overseer>) -> Option<Self> {
        // Another supervisor is in it.
        if overseer.is_some_and(|overseer| overseer.who != me) {
            return None;
        }
        let path = format!("/desk/squadra/telefono/chiamate/{contact}");
        Some(Self { path, how: overseer.map(|overseer| overseer.how) })
    }

    pub(super) fn ways(&self) -> impl Iterator<Item = Oversight> {
        let how = self.how;
        Oversight::ALL.iter().copied().filter(move |way| Some(*way) != how)
    }
}

/// `POST /desk/squadra/telefono/chiamate/{contact}/{how}`
pub(super) async fn send(seat: Seat, Path((contact, how)): Path<(i64, String)>) -> Answer {
    let how = match how.as_str() {
        LEAVE => None,
        way => Some(way.parse::<Oversight>().map_err(|_| Error::NotFound("way to take part"))?),
    };
    let contact = ContactId(contact);
    let done = seat.work(move |w| Box::pin(async move { centre::call::oversee(w, contact, how).await })).await;
    let flash = match done {
        Ok(()) if how.is_some() => "call-overseen",
        Ok(()) => "call-left",
        Err(Error::Invalid(_)) => "call-no-device",
        Err(error) => return Err(error.into()),
    };
    Flash::new(flash).keep(&seat.session).await;
    Ok(Redirect::to("/desk/squadra/telefono").into_response())
}
