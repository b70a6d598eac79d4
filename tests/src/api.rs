//! Another system that speaks REST with the centre.

use crate::Live;
use reqwest::header::HeaderMap;
use reqwest::{Client, RequestBuilder, StatusCode};
use serde_json::Value;

/// A token in use; cheap to clone.
#[derive(Clone)]
pub struct Api {
    client: Client,
    base: String,
    token: String,
}

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    /// Reads an answer to its end.
    ///
    /// # Errors
    /// When it breaks off.
    pub async fn read(response: reqwest::Response) -> reqwest::Result<Self> {
        Ok(Self { status: response.status(), headers: response.headers().clone(), text: response.text().await? })
    }

    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {} {}", self.status, self.text))
    }

    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// The answer's JSON, when it has this status.
    #[track_caller]
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self.json()
    }

    /// The word of a problem, when the answer is problem+json with this status.
    #[track_caller]
    #[must_use]
    pub fn problem(&self, status: u16) -> String {
        assert_eq!(
            (self.status.as_u16(), self.header("content-type")),
            (status, "application/problem+json"),
            "{}",
            self.text
        );
        let problem = self.json();
        assert_eq!(problem["status"], status);
        assert!(problem["title"].as_str().is_some_and(|t| !t.is_empty()));
        problem["type"].as_str().unwrap().trim_start_matches("urn:lineaamica:problem:").to_owned()
    }
}

impl Api {
    #[must_use]
    pub fn new(base: String, token: String) -> Self {
        Self { client: Client::new(), base, token }
    }

    /// The same system speaking to another node.
    #[must_use]
    pub fn at(&self, base: String) -> Self {
        Self { base, ..self.clone() }
    }

    pub fn to(&self, method: &str, path: &str) -> RequestBuilder {
        self.client.request(method.parse().unwrap(), format!("{}/api/v1{path}", self.base)).bearer_auth(&self.token)
    }

    /// # Errors
    /// When there is no answer.
    pub async fn try_post(&self, path: &str, key: Option<&str>, body: &Value) -> reqwest::Result<Answer> {
        let request =
            key.into_iter().fold(self.to("POST", path), |request, key| request.header("idempotency-key", key));
        Answer::read(request.json(body).send().await?).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.try_post(path, None, body).await.unwrap()
    }

    pub async fn post_once(&self, path: &str, key: &str, body: &Value) -> Answer {
        self.try_post(path, Some(key), body).await.unwrap()
    }

    pub async fn get(&self, path: &str) -> Answer {
        Answer::read(self.to("GET", path).send().await.unwrap()).await.unwrap()
    }

    /// A contact of this address is handed in; the case's number and code.
    pub async fn contact(&self, email: &str, text: &str) -> (String, String) {
        let taken = self
            .post("/contacts", &serde_json::json!({ "channel": "web", "email": email, "text": text }))
            .await
            .expect(201);
        let word = |name: &str| taken["case"][name].as_str().unwrap().to_owned();
        (word("number"), word("code"))
    }

    /// Every case, page by page.
    pub async fn all_cases(&self, limit: u32) -> Vec<Value> {
        let (mut all, mut after) = (Vec::new(), String::new());
        loop {
            let page = self.get(&format!("/cases?limit={limit}{after}")).await.expect(200);
            all.extend(page["items"].as_array().unwrap().iter().cloned());
            let Some(next) = page["next"].as_str() else { return all };
            after = format!("&after={next}");
        }
    }

    /// Follows events: after this position, or from now on.
    pub async fn follow(&self, last: Option<&str>) -> Live {
        let request =
            last.into_iter().fold(self.to("GET", "/events"), |request, last| request.header("last-event-id", last));
        Live::open(request).await
    }
}
