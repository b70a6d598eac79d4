//! The telephone of this process. One process of a centre answers it at a time; the others serve everything else, stand by,
//! and one of them takes over when nothing is heard of the first any more.

use crate::config::Config;
use crate::lock;
use anyhow::{Context, Result};
use centre::Centre;
use centre::leader::Turn;
use centre::switchboard::Driven;
use channel_telephone::{Exchange, Listen};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// The exchange, while this process has the telephone.
pub type Here = watch::Receiver<Option<Arc<Exchange>>>;

type Opened = (Arc<Exchange>, Driven);

pub struct Telephone {
    centre: Centre,
    settings: channel_telephone::Settings,
    address: SocketAddr,
    folder: PathBuf,
    lock: lock::Telephone,
    turn: Turn,
    here: watch::Sender<Option<Arc<Exchange>>>,
    opened: Option<Opened>,
}

/// Why an exchange was closed.
enum Why {
    Stopping,
    TakenOver,
}

impl Telephone {
    /// Opens the telephone, or stands by where another process has it; nothing where this process has none. Where nobody
    /// has said where it listens and somebody else is there, the rest of the centre goes on without.
    pub async fn open(config: &Config, centre: &Centre) -> Result<Option<Self>> {
        let Some(address) = config.telephone.listen.address() else { return Ok(None) };
        let lock = lock::Telephone::new(config)?;
        let lasts = Duration::from_secs(u64::from(config.telephone.lease_s.max(1)));
        let turn = Turn::new("telephone", lock.place()?, lasts);
        let mut telephone = Self {
            centre: centre.clone(),
            settings: config.telephone.clone(),
            address,
            folder: config.storage.data.join("recordings"),
            lock,
            turn,
            here: watch::channel(None).0,
            opened: None,
        };
        match telephone.take().await {
            Ok(true) => Ok(Some(telephone)),
            Ok(false) => {
                tracing::info!("another process answers the telephone: this one stands by");
                Ok(Some(telephone))
            }
            Err(error) if config.telephone.listen == Listen::Usual => {
                let error = format!("{error:#}");
                tracing::warn!(error, "the telephone is not answered (telephone.listen says where it is)");
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Where the exchange is found while this process has it.
    pub fn here(&self) -> Here {
        self.here.subscribe()
    }

    /// Opens the exchange, if it is this process's turn.
    async fn take(&mut self) -> Result<bool> {
        let alone = self.lock.is_ours();
        let taken = self.turn.take(&self.centre, alone).await;
        if !taken.context("cannot find out who answers the telephone")? {
            return Ok(false);
        }
        let opened =
            Exchange::open(self.centre.clone(), self.settings.clone(), self.address, self.folder.clone()).await;
        match opened {
            Ok(opened) => {
                tracing::info!(address = %opened.0.address(), "the telephone is answered");
                self.here.send_replace(Some(opened.0.clone()));
                self.opened = Some(opened);
                Ok(true)
            }
            Err(error) => {
                self.give_back().await;
                Err(error).context("cannot open the telephone")
            }
        }
    }

    /// Answers, and stands by while another does, until `closing`.
    pub async fn run(mut self, closing: impl Future<Output = ()>) {
        let mut closing = std::pin::pin!(closing);
        loop {
            let Some((exchange, driven)) = self.opened.take() else {
                tokio::select! {
                    () = self.stand_by() => continue,
                    () = &mut closing => return self.give_back().await,
                }
            };
            let mut why = None;
            let ends = async {
                why = Some(tokio::select! {
                    () = self.hold(&exchange) => Why::TakenOver,
                    () = &mut closing => Why::Stopping,
                });
            };
            exchange.clone().run(driven, ends).await;
            self.here.send_replace(None);
            match why {
                Some(Why::TakenOver) => {
                    tracing::error!("another process has taken the telephone over: this one stands by");
                }
                Some(Why::Stopping) => return self.give_back().await,
                None => return,
            }
        }
    }

    /// Returns when the telephone is this process's.
    async fn stand_by(&mut self) {
        if self.lock.is_ours() {
            let turned = channel_telephone::turn_left_behind(self.centre.clone(), self.folder.clone()).await;
            if let Err(error) = turned {
                tracing::warn!(%error, "what was recorded here earlier is kept when this process has the telephone");
            }
        }
        loop {
            tokio::time::sleep(self.turn.pace()).await;
            match self.take().await {
                Ok(true) => return,
                Ok(false) => {}
                Err(error) => tracing::warn!(error = format!("{error:#}"), "the telephone is not taken over"),
            }
        }
    }

    /// Says again and again that this process is alive; returns when another has taken over.
    async fn hold(&self, exchange: &Exchange) {
        loop {
            match self.turn.go_on(&self.centre).await {
                Ok(Some(until)) => exchange.answer_until(until),
                Ok(None) => return,
                Err(error) => tracing::warn!(%error, "cannot say that the telephone is answered here"),
            }
            tokio::time::sleep(self.turn.pace()).await;
        }
    }

    async fn give_back(&self) {
        if let Err(error) = self.turn.give_back(&self.centre).await {
            tracing::warn!(%error, "the telephone is another's only when the lease is over");
        }
    }
}
