//! Where somebody of the staff sits: what every handler of the desk and of the administration is given.

use super::flash::Flash;
use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Redirect, Response};
use centre::once::{Given, Once};
use centre::{By, Result, Work};
use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use gate::{Form, Gate, Me, Session};
use http::StatusCode;
use http::request::Parts;
use language::Tr;
use model::event::Position;
use model::user::Staff;
use std::sync::Arc;

pub(crate) struct Seat {
    pub gate: Gate,
    pub me: Arc<Staff>,
    pub tr: Tr,
    pub now: DateTime<Utc>,
    pub session: Session,
    /// The last event that had come when the page was asked for: whatever the page shows is at least as new.
    pub seen: Position,
}

impl FromRequestParts<Gate> for Seat {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, gate: &Gate) -> std::result::Result<Self, StatusCode> {
        let seen = gate.centre.seen();
        let Me(me) = Me::from_request_parts(parts, gate).await?;
        let session = Session::from_request_parts(parts, gate).await.map_err(|(status, _)| status)?;
        let tr = Tr::new(me.language.parse().unwrap_or_default());
        Ok(Self { gate: gate.clone(), me, tr, now: gate.centre.now(), session, seen })
    }
}

impl Seat {
    /// Runs a use case as whoever sits here.
    pub async fn work<T, F>(&self, use_case: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'a> FnOnce(&'a Work<'a>) -> BoxFuture<'a, Result<T>> + Send + 'static,
    {
        self.gate.centre.work(By::Staff(self.me.clone()), use_case).await
    }

    /// Runs the use case of a form once, however often its button was pressed.
    pub async fn work_form<F>(&self, word: String, form: &Form, use_case: F) -> Result<Given>
    where
        F: for<'a> FnOnce(&'a Work<'a>) -> BoxFuture<'a, Result<Given>> + Send + 'static,
    {
        let once = Once::of_form(format!("{word}-by-{}", self.me.id), form.text("key"), &form.digest());
        self.gate.centre.work_once(By::Staff(self.me.clone()), once, use_case).await
    }

    /// On to another page, where what was done is said.
    pub async fn on_to(&self, path: &str, flash: Flash) -> Response {
        flash.keep(&self.session).await;
        Redirect::to(path).into_response()
    }
}
