//! The access table: every route stands in it with who may use it, and a route that stands in no table does not exist,
//! because the table is what the router is made of.

use crate::form::BehindSignIn;
use crate::{Gate, WithFiles, session};
use axum::Router;
use axum::extract::{FromRequest, FromRequestParts, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::MethodRouter;
use centre::limits::Standing;
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use model::access::{self, Denied};
use model::user::Staff;
use std::sync::Arc;
use tower_sessions::Session;

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Access {
    /// Anyone.
    Public,
    /// Whoever is signed in, whatever they do.
    Staff,
    /// Whoever is signed in and works at the desk.
    Desk,
    /// Whoever is signed in and oversees the work of others.
    Supervisor,
    /// Whoever is signed in and administers the centre.
    Admin,
    /// A program with a token of somebody who works at the desk.
    Token,
}

/// A line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub path: String,
    pub access: Access,
}

/// Routes with who may use them.
#[derive(Default)]
pub struct Routes {
    table: Vec<Entry>,
    routes: Vec<(Entry, MethodRouter<Gate>)>,
}

impl Routes {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a route.
    #[must_use]
    pub fn at(mut self, access: Access, path: impl Into<String>, methods: MethodRouter<Gate>) -> Self {
        let entry = Entry { path: path.into(), access };
        self.table.push(entry.clone());
        self.routes.push((entry, methods));
        self
    }

    /// Adds another's routes.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.table.extend(other.table);
        self.routes.extend(other.routes);
        self
    }

    /// The table, to be shown and walked.
    #[must_use]
    pub fn table(&self) -> &[Entry] {
        &self.table
    }

    /// The router, each route behind its own access.
    pub fn into_router(self, gate: &Gate) -> Router<Gate> {
        self.routes.into_iter().fold(Router::new(), |router, (entry, methods)| {
            let methods = match entry.access {
                Access::Public => methods,
                Access::Staff => methods.layer(from_fn_with_state((gate.clone(), anybody as Asks), signed_in)),
                Access::Desk => methods.layer(from_fn_with_state((gate.clone(), access::desk as Asks), signed_in)),
                Access::Supervisor => {
                    methods.layer(from_fn_with_state((gate.clone(), access::supervise as Asks), signed_in))
                }
                Access::Admin => methods.layer(from_fn_with_state((gate.clone(), access::admin as Asks), signed_in)),
                Access::Token => methods.layer(from_fn_with_state(gate.clone(), with_token)),
            };
            router.route(&entry.path, methods)
        })
    }
}

/// The member of the staff who is signed in.
#[derive(Debug, Clone)]
pub struct Me(pub Arc<Staff>);

impl<S: Sync> FromRequestParts<S> for Me {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        parts.extensions.get::<Self>().cloned().ok_or(StatusCode::UNAUTHORIZED)
    }
}

/// The token that a program came with.
#[derive(Debug, Clone)]
pub struct Holding(pub centre::token::Holder);

impl<S: Sync> FromRequestParts<S> for Holding {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        parts.extensions.get::<Self>().cloned().ok_or(StatusCode::UNAUTHORIZED)
    }
}

/// An answer that the pages' and REST's own layers put into their words.
fn refused(status: StatusCode) -> Response {
    status.into_response()
}

/// What the model is asked of whoever is signed in.
type Asks = fn(&Staff) -> Result<(), Denied>;

fn anybody(_: &Staff) -> Result<(), Denied> {
    Ok(())
}

async fn signed_in(
    State((gate, may)): State<(Gate, Asks)>,
    session: Session,
    mut request: Request,
    next: Next,
) -> Response {
    request.extensions_mut().insert(BehindSignIn);
    let staff = match known(&gate, &session).await {
        Ok(staff) => staff,
        Err(refusal) => return unheard(refusal, request).await,
    };
    let Some(staff) = staff else {
        // A page leads to the sign-in and back; a fragment cannot, and a form is shown again, to be sent after it.
        let wanted = request.uri().path_and_query().map_or("/desk", |p| p.as_str());
        let is_page = request.method() == http::Method::GET && !request.uri().path().starts_with("/part/");
        return if is_page {
            Redirect::to(&format!("/login?next={}", escape(wanted))).into_response()
        } else {
            unheard(StatusCode::UNAUTHORIZED, request).await
        };
    };
    if may(&staff).is_err() {
        return refused(StatusCode::FORBIDDEN);
    }
    session::see(&gate, &session).await;
    request.extensions_mut().insert(Me(staff));
    let mut response = next.run(request).await;
    // Pages of cases are nobody else's: not a proxy's, not the next user's of the same computer.
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Whoever the session says is signed in; a database that does not answer says nothing of it.
async fn known(gate: &Gate, session: &Session) -> Result<Option<Arc<Staff>>, StatusCode> {
    let unavailable = |error: &dyn std::fmt::Display| {
        tracing::error!(%error, "cannot look up who is signed in");
        StatusCode::SERVICE_UNAVAILABLE
    };
    match session::staff(session).await.map_err(|error| unavailable(&error))? {
        Some(id) => centre::staff::load(&gate.centre, id).await.map_err(|error| unavailable(&error)),
        None => Ok(None),
    }
}

/// A refusal that has nothing to do with what was asked, with what a form had brought, so that it can be shown and sent again.
async fn unheard(status: StatusCode, request: Request) -> Response {
    let is_form = request.method() == http::Method::POST && !request.uri().path().starts_with("/part/");
    let action = request.uri().path_and_query().map_or_else(String::new, ToString::to_string);
    let mut response = refused(status);
    if is_form && let Ok(WithFiles(form)) = WithFiles::from_request(request, &()).await {
        response.extensions_mut().insert(form.unsent(action));
    }
    response
}

/// Percent-encodes what stands in a query (RFC 3986, unreserved characters and the slash stay).
fn escape(path: &str) -> String {
    path.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b"-._~/".contains(&b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

async fn with_token(State(gate): State<Gate>, mut request: Request, next: Next) -> Response {
    let bearer = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.strip_prefix("Bearer "))
        .map(str::trim);
    let Some(token) = bearer else { return refused(StatusCode::UNAUTHORIZED) };
    let holder = match centre::token::holder(&gate.centre, token).await {
        Ok(Some(holder)) => holder,
        Ok(None) => return refused(StatusCode::UNAUTHORIZED),
        Err(error) => {
            tracing::error!(%error, "cannot look up a token");
            return refused(StatusCode::SERVICE_UNAVAILABLE);
        }
    };
    if access::desk(&holder.staff).is_err() {
        return refused(StatusCode::FORBIDDEN);
    }
    let standing = match holder.token.per_minute {
        Some(per_minute) => match counted(&gate, &holder, per_minute).await {
            Ok(standing) => Some(standing),
            Err(response) => return response,
        },
        None => None,
    };
    request.extensions_mut().insert(Holding(holder));
    let mut response = next.run(request).await;
    if let Some(standing) = standing {
        limit_headers(&mut response, standing, gate.centre.now());
    }
    response
}

async fn counted(gate: &Gate, holder: &centre::token::Holder, per_minute: u32) -> Result<Standing, Response> {
    let limit = centre::limits::token(holder.token.id, per_minute);
    let counted = gate
        .centre
        .work(centre::By::System, move |w| Box::pin(async move { centre::limits::count(w, &limit).await }))
        .await;
    match counted {
        Ok(standing) => Ok(standing),
        Err(centre::Error::TooMany(reset)) => {
            let mut response = refused(StatusCode::TOO_MANY_REQUESTS);
            limit_headers(
                &mut response,
                Standing { limit: u64::from(per_minute), remaining: 0, reset },
                gate.centre.now(),
            );
            Err(response)
        }
        Err(error) => {
            tracing::error!(%error, "cannot count a token's requests");
            Err(refused(StatusCode::SERVICE_UNAVAILABLE))
        }
    }
}

/// `X-RateLimit-Reset` is in seconds from now.
fn limit_headers(response: &mut Response, standing: Standing, now: chrono::DateTime<chrono::Utc>) {
    let seconds = (standing.reset - now).num_seconds().max(0);
    let headers = response.headers_mut();
    headers.insert("x-ratelimit-limit", HeaderValue::from(standing.limit));
    headers.insert("x-ratelimit-remaining", HeaderValue::from(standing.remaining));
    headers.insert("x-ratelimit-reset", HeaderValue::from(seconds));
    if standing.remaining == 0 && response.status() == StatusCode::TOO_MANY_REQUESTS {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
    }
}
