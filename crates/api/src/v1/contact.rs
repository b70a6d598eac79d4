//! Contacts that another system hands in.

use super::super::body::{Post, given};
use crate::Problem;
use axum::extract::State;
use axum::response::Response;
use centre::intake::{self, Inbound};
use gate::Gate;
use http::StatusCode;
use model::contact::Channel;
use model::{ServiceId, TopicId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A contact as another system hands it in.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewContact {
    /// The service it is for; the centre's first when absent.
    pub service: Option<String>,
    /// `phone`, `sms`, `email`, `web`, `chat` or `desk`.
    #[schema(example = "web")]
    pub channel: String,
    /// Who it is from, as the channel says: a number, an address, or another system's own word.
    pub from: Option<String>,
    #[schema(max_length = 200)]
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// Language of the citizen, such as `it`.
    pub language: Option<String>,
    pub topic: Option<String>,
    #[schema(max_length = 200)]
    pub subject: Option<String>,
    #[schema(max_length = 20000)]
    pub text: String,
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewContactTaken {
    pub contact: ContactRef,
    pub case: CaseRef,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ContactRef {
    pub id: i64,
}

/// The case with the code that opens it to the citizen.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseRef {
    #[schema(example = "LA-2026-004512")]
    pub number: String,
    #[schema(example = "K7QM-2F9T")]
    pub code: String,
}

/// Hands in a contact, which opens a case. It is durable when the answer comes.
#[utoipa::path(post, path = "/contacts", tag = "contacts", request_body = NewContact,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeat harmless")),
    responses((status = 201, body = NewContactTaken), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn accept(State(gate): State<Gate>, post: Post<NewContact>) -> Result<Response, Problem> {
    post.run(&gate, |work, body| {
        Box::pin(async move {
            let channel: Channel = body
                .channel
                .parse()
                .map_err(|_| centre::Error::field("channel", model::problem::Problem::NotInTheList))?;
            let inbound = Inbound {
                service: body.service.map(ServiceId),
                channel: Some(channel),
                from: body.from,
                name: body.name,
                email: body.email,
                phone: body.phone,
                language: body.language,
                topic: body.topic.filter(|t| !t.trim().is_empty()).map(TopicId),
                subject: body.subject,
                text: body.text,
                ..Inbound::default()
            };
            let accepted = intake::accept(work, inbound).await?;
            let taken = NewContactTaken {
                contact: ContactRef { id: accepted.contact.0 },
                case: CaseRef { number: accepted.number.to_string(), code: accepted.code.to_string() },
            };
            Ok(given(StatusCode::CREATED, &taken))
        })
    })
    .await
}
