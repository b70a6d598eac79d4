//! What another system can do to a case: each move is the desk's own use case, and can be refused like there.

use super::super::body::{Post, given};
use super::view::Case;
use crate::Problem;
use axum::extract::{Path, State};
use axum::response::Response;
use centre::case::{self, Reply};
use centre::{Error, Work};
use gate::Gate;
use http::StatusCode;
use model::number::CaseNumber;
use model::{CaseId, QueueId, TopicId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A reply to the citizen or an internal note.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewMessage {
    #[schema(max_length = 20000)]
    pub text: String,
    /// Only for colleagues.
    #[serde(default)]
    pub internal: bool,
    /// The version of the case that was read: a reply is refused when somebody else did something since.
    pub seen: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MessageTaken {
    pub message: MessageRef,
    pub case: Case,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MessageRef {
    pub id: i64,
}

/// Who gets the case.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Assignment {
    /// Number of the operator; `null` puts the case back among those to take, absent means the token's own user.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<i64>)]
    pub to: Option<Option<i64>>,
}

/// Tells `null` from absence.
fn present<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Option<i64>>, D::Error> {
    Option::deserialize(from).map(Some)
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct Escalation {
    /// A queue of the back office; the service's first when absent.
    pub queue: Option<String>,
    pub reason: String,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct GivingBack {
    pub text: String,
    /// The text is the solution: the case counts as solved by the back office.
    #[serde(default)]
    pub solution: bool,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct Solution {
    /// `solved`, `referred`, `not-competent`, `withdrawn` or `unreachable`; `solved` when absent.
    pub outcome: Option<String>,
    pub topic: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct Nothing {}

/// The case of this number, whose year must fit; whether it may be seen is asked by the move itself.
async fn find(work: &Work<'_>, number: &str) -> centre::Result<CaseId> {
    let number: CaseNumber = number.parse().map_err(|_| Error::NotFound("case"))?;
    let stored = db::case::load(work.tx, number.id).await?.filter(|s| number.fits(s.case.id, s.case.opened_at));
    stored.map(|s| s.case.id).ok_or(Error::NotFound("case"))
}

async fn case_now(work: &Work<'_>, id: CaseId) -> centre::Result<Case> {
    let stored = db::case::load(work.tx, id).await?.ok_or(Error::NotFound("case"))?;
    Ok(Case::from(&stored))
}

/// Answers the citizen, or leaves a note for colleagues.
#[utoipa::path(post, path = "/cases/{number}/messages", tag = "cases", request_body = NewMessage, params(("number" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = MessageTaken), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn message(
    State(gate): State<Gate>,
    Path(number): Path<String>,
    post: Post<NewMessage>,
) -> Result<Response, Problem> {
    post.run(&gate, |work, body| {
        Box::pin(async move {
            let id = find(work, &number).await?;
            let message = if body.internal {
                case::note(work, id, &body.text, Vec::new()).await?
            } else {
                case::reply(work, id, Reply { text: body.text, seen: body.seen, ..Reply::default() }).await?
            };
            Ok(given(
                StatusCode::CREATED,
                &MessageTaken { message: MessageRef { id: message.0 }, case: case_now(work, id).await? },
            ))
        })
    })
    .await
}

/// Gives the case to an operator.
#[utoipa::path(post, path = "/cases/{number}/assign", tag = "cases", request_body = Assignment, params(("number" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Case), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn assign(
    State(gate): State<Gate>,
    Path(number): Path<String>,
    post: Post<Assignment>,
) -> Result<Response, Problem> {
    post.run(&gate, |work, body| {
        Box::pin(async move {
            let id = find(work, &number).await?;
            match body.to {
                None => case::take(work, id).await?,
                Some(to) => case::assign(work, id, to.map(UserId)).await?,
            }
            Ok(given(StatusCode::OK, &case_now(work, id).await?))
        })
    })
    .await
}

/// Hands the case to the back office.
#[utoipa::path(post, path = "/cases/{number}/escalate", tag = "cases", request_body = Escalation, params(("number" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Case), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn escalate(
    State(gate): State<Gate>,
    Path(number): Path<String>,
    post: Post<Escalation>,
) -> Result<Response, Problem> {
    post.run(&gate, |work, body| {
        Box::pin(async move {
            let id = find(work, &number).await?;
            let queue = match body.queue {
                Some(queue) => QueueId(queue),
                None => case::first_back_queue(work, id).await?,
            };
            case::escalate(work, id, &queue, &body.reason).await?;
            Ok(given(StatusCode::OK, &case_now(work, id).await?))
        })
    })
    .await
}

/// The back office gives the case back to the front office.
#[utoipa::path(post, path = "/cases/{number}/give-back", tag = "cases", request_body = GivingBack, params(("number" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Case), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn give_back(
    State(gate): State<Gate>,
    Path(number): Path<String>,
    post: Post<GivingBack>,
) -> Result<Response, Problem> {
    post.run(&gate, |work, body| {
        Box::pin(async move {
            let id = find(work, &number).await?;
            case::give_back(work, id, &body.text, body.solution).await?;
            Ok(given(StatusCode::OK, &case_now(work, id).await?))
        })
    })
    .await
}

/// Solves the case.
#[utoipa::path(post, path = "/cases/{number}/solve", tag = "cases", request_body = Solution, params(("number" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Case), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn solve(
    State(gate): State<Gate>,
    Path(number): Path<String>,
    post: Post<Solution>,
) -> Result<Response, Problem> {
    post.run(&gate, |work, body| {
        Box::pin(async move {
            let id = find(work, &number).await?;
            let outcome = body
                .outcome
                .as_deref()
                .unwrap_or("solved")
                .parse()
                .map_err(|_| Error::field("outcome", model::problem::Problem::NotInTheList))?;
            case::solve(work, id, outcome, body.topic.filter(|t| !t.trim().is_empty()).map(TopicId)).await?;
            Ok(given(StatusCode::OK, &case_now(work, id).await?))
        })
    })
    .await
}

/// Takes a solved case up again.
#[utoipa::path(post, path = "/cases/{number}/reopen", tag = "cases", request_body = Nothing, params(("number" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Case), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn reopen(
    State(gate): State<Gate>,
    Path(number): Path<String>,
    post: Post<Nothing>,
) -> Result<Response, Problem> {
    post.run(&gate, |work, _| {
        Box::pin(async move {
            let id = find(work, &number).await?;
            case::reopen(work, id).await?;
            Ok(given(StatusCode::OK, &case_now(work, id).await?))
        })
    })
    .await
}
