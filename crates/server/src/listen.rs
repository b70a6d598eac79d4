//! HTTP/1.1 on a listening socket, with bounds that keep slow or many peers from taking the program for themselves.

use axum::Router;
use axum::extract::ConnectInfo;
use axum::serve::Listener;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio_util::task::TaskTracker;
use tower::Service;

/// How long a peer may take to send a request's head, and to begin the next one on an open connection.
const HEAD: Duration = Duration::from_secs(15);
/// Open connections at the most, those of live pages included. Who comes then waits in the system's queue.
const CONNECTIONS: usize = 10_000;

/// Answers until `closing`, then lets those who are being answered have their answers.
pub async fn answer(mut listener: TcpListener, app: Router, closing: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let (tell, told) = watch::channel(false);
    let open = TaskTracker::new();
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
        let connection = server.serve_connection(TokioIo::new(stream), service).with_upgrades();
        let mut told = told.clone();
        open.spawn(async move {
            let closing = async move { told.wait_for(|closing| *closing).await.map(drop) };
            let mut connection = std::pin::pin!(connection);
            let ended = tokio::select! {
                ended = connection.as_mut() => ended,
                _ = closing => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection broke off");
            }
            drop(place);
        });
    }
    drop(listener);
    tell.send_replace(true);
    open.close();
    open.wait().await;
}
