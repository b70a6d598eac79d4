//! HTTP/1.1 on a listening socket, with bounds that keep slow or many peers from taking the program for themselves.

use axum::Router;
use axum::extract::ConnectInfo;
use axum::serve::Listener;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::Service;

/// How long a peer may take to send a request's head, and to begin the next one on an open connection.
const HEAD: Duration = Duration::from_secs(15);
/// Open connections at the most, those of live pages included. Who comes then waits in the system's queue.
const CONNECTIONS: usize = 10_000;

/// Answers until `closing`, then lets those who are being answered have their answers.
pub async fn answer(mut listener: TcpListener, app: Router, closing: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let mut closing = std::pin::pin!(closing);
    loop {
        let next = async {
            let place = places.clone().acquire_owned().await;
            // What goes wrong in accepting is waited out in there.
            (place, Listener::accept(&mut listener).await)
        };
        let (place, (stream, peer)) = tokio::select! {
            next = next => next,
            () = &mut closing => break,
        };
        let app = app.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            app.clone().call(request)
        });
        let connection = graceful.watch(server.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection broke off");
            }
            drop(place);
        });
    }
    drop(listener);
    graceful.shutdown().await;
}
