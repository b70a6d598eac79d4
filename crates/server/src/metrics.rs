//! `/metrics`, `/healthz`, `/readyz`: for those who watch over the program.

use crate::telephone::Here;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use gate::Gate;
use http::{Method, StatusCode, header};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::time::{Duration, Instant};

/// How long the database may take to carry out nothing before the program counts as not able to work.
const READY: Duration = Duration::from_secs(3);

/// Begins to count; the handle renders what was counted.
pub fn install() -> anyhow::Result<PrometheusHandle> {
    let builder =
        PrometheusBuilder::new().set_buckets(&[0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0])?;
    let handle = builder.install_recorder()?;
    channel_telephone::describe();
    Ok(handle)
}

/// Settles for ever what the histograms have gathered, which otherwise grows for as long as nobody asks for `/metrics`.
pub async fn keep_up(handle: PrometheusHandle) {
    loop {
        tokio::time::sleep(Duration::from_secs(5)).await;
        handle.run_upkeep();
    }
}

/// Counts requests and how long they took, by route: addresses with numbers of cases in them never become labels.
pub async fn count(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "none".to_owned(), |p| p.as_str().to_owned());
    let method = label(request.method());
    let began = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    metrics::counter!("http_requests_total", "method" => method, "route" => route.clone(), "status" => status)
        .increment(1);
    metrics::histogram!("http_request_duration_seconds", "route" => route).record(began.elapsed().as_secs_f64());
    response
}

/// The method as a label. Clients may send any token; one label each would let them fill the memory.
fn label(method: &Method) -> &'static str {
    const KNOWN: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE"];
    KNOWN.into_iter().find(|known| *known == method.as_str()).unwrap_or("other")
}

/// Everything that was counted, and how the telephone stands where this process has one.
pub async fn render(handle: PrometheusHandle, telephone: Option<Here>) -> Response {
    let mut answered = false;
    if let Some(here) = &telephone {
        let exchange = here.borrow().clone();
        answered = exchange.is_some();
        metrics::gauge!(channel_telephone::ANSWERED_HERE).set(f64::from(u8::from(answered)));
        if let Some(exchange) = exchange {
            let measured = tokio::time::timeout(READY, exchange.measure()).await;
            // Figures of a while ago would look like those of now.
            answered = matches!(measured, Ok(Ok(())));
        }
    }
    let text = handle.render();
    let text = if answered { text } else { without_telephone(&text) };
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}

/// Leaves out the figures of a telephone that another process answers.
fn without_telephone(text: &str) -> String {
    let name = |line: &str| {
        let line = line.strip_prefix("# HELP ").or(line.strip_prefix("# TYPE ")).unwrap_or(line);
        line.split([' ', '{']).next().unwrap_or_default().to_owned()
    };
    let stays = |line: &&str| {
        let name = name(line);
        !name.starts_with(channel_telephone::PREFIX) || name == channel_telephone::ANSWERED_HERE
    };
    text.lines().filter(stays).map(|line| format!("{line}\n")).collect()
}

/// The program runs.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// The program can work: a use case that does nothing is carried out in time.
pub async fn ready(State(gate): State<Gate>) -> Response {
    match tokio::time::timeout(READY, gate.centre.answers()).await {
        Ok(Ok(())) => "ready\n".into_response(),
        Ok(Err(_)) | Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_a_telephone_that_is_elsewhere_are_left_out() {
        let text = "# HELP telephone_calls Calls\n# TYPE telephone_calls gauge\ntelephone_calls{state=\"menu\"} 1\n\
                    telephone_answered_here 0\nhttp_requests_total 3\n";
        assert_eq!(without_telephone(text), "telephone_answered_here 0\nhttp_requests_total 3\n");
    }

    #[test]
    fn a_method_that_a_client_made_up_is_no_label_of_its_own() {
        assert_eq!(label(&Method::PATCH), "PATCH");
        assert_eq!(label(&Method::from_bytes(b"X-0042").unwrap()), "other");
    }
}
