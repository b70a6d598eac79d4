//! The exchange: takes calls in, lets telephones register, and passes what routing and operators want on to the calls.

mod callbacks;
mod dialled;
mod figures;
mod incoming;
mod invite;
mod operators;
mod orders;
mod pulse;
mod trunks;

pub use figures::{ANSWERED_HERE, PREFIX, describe};
pub(crate) use incoming::{codecs_for, peer};
pub(crate) use invite::Invite;
pub(crate) use trunks::{address, srtp};

use crate::call::Told;
use crate::door::Door;
use crate::media::{Media, Ports, Rules};
use crate::recorder::Recorder;
use crate::registrar::Registrar;
use crate::sip::{Endpoint, Incoming};
use crate::voice::Voice;
use crate::{Settings, sip};
use centre::switchboard::{Driven, Switchboard};
use centre::{By, Centre};
use model::ContactId;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// How often it is looked whether somebody who is to be called back waits in no queue any more.
const PROMISES: Duration = Duration::from_secs(15);
/// How long calls that go on may go on once the program is told to stop.
pub const DRAIN: Duration = Duration::from_secs(600);
/// How long a far end may send nothing before its line counts as dead.
const SILENCE: Duration = Duration::from_secs(15);

/// Why the telephone cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Sip(#[from] sip::Error),
    #[error("cannot carry sound: {0}")]
    Sound(#[from] std::io::Error),
    #[error(transparent)]
    Centre(#[from] centre::Error),
}

/// The telephone of one process.
pub struct Exchange {
    pub(crate) centre: Centre,
    pub(crate) settings: Settings,
    pub(crate) switchboard: Switchboard,
    pub(crate) endpoint: Arc<Endpoint>,
    pub(crate) media: Media,
    pub(crate) ports: Ports,
    pub(crate) registrar: Registrar,
    pub(crate) door: Arc<Door>,
    pub(crate) pulses: pulse::Pulses,
    pub(crate) voice: Voice,
    pub(crate) recorder: Recorder,
    /// Recordings that are whole, to be turned into what is kept.
    whole: Mutex<Option<mpsc::UnboundedReceiver<model::RecordingId>>>,
    calls: Mutex<HashMap<ContactId, mpsc::UnboundedSender<Told>>>,
    /// Calls whose contact is not known yet: they count as well.
    beginning: std::sync::atomic::AtomicUsize,
    /// Whose browser a WebSocket is.
    browsers: Mutex<HashMap<SocketAddr, model::UserId>>,
    draining: AtomicBool,
    /// Until when this process may take calls: then another may have taken over.
    answers_until: Mutex<Option<Instant>>,
}

impl Exchange {
    /// Opens the telephone on this address; recordings wait in the folder until they are kept.
    ///
    /// # Errors
    /// An address that is taken, a certificate that cannot be read.
    pub async fn open(
        centre: Centre,
        settings: Settings,
        address: SocketAddr,
        folder: PathBuf,
    ) -> Result<(Arc<Self>, Driven), Error> {
        let door = Arc::new(Door::new(centre.clone(), &settings.digests));
        let (switchboard, driven) = Switchboard::open(centre.clone()).await?;
        let reads = door.clone();
        let endpoint = Endpoint::open(&settings, address, move |ip| reads.reads(ip)).await?;
        let threads = settings.sound_threads.unwrap_or_else(|| {
            std::thread::available_parallelism().map_or(1, |processors| processors.get().div_ceil(2))
        });
        let media = Media::start(Rules { threads, silence: SILENCE })?;
        let ports =
            Ports::new(endpoint.address().ip(), settings.rtp_ports, u16::from_le_bytes(centre.chance().bytes()));
        let (recorder, whole) = Recorder::open(centre.clone(), folder).await?;
        let exchange = Arc::new(Self {
            centre,
            settings,
            switchboard,
            endpoint: Arc::new(endpoint),
            media,
            ports,
            registrar: Registrar::default(),
            door,
            pulses: pulse::Pulses::default(),
            voice: Voice::new(),
            recorder,
            whole: Mutex::new(Some(whole)),
            calls: Mutex::default(),
            beginning: std::sync::atomic::AtomicUsize::new(0),
            browsers: Mutex::default(),
            draining: AtomicBool::new(false),
            answers_until: Mutex::default(),
        });
        exchange.read_trunks().await?;
        let settled = exchange
            .centre
            .work(By::System, |w| Box::pin(async move { centre::call::settle_left_behind(w, w.centre.node()).await }))
            .await?;
        if settled > 0 {
            tracing::warn!(
                settled,
                "calls were going on when the program ended: they are written down as far as they were known"
            );
        }
        Ok((exchange, driven))
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.endpoint.address()
    }

    /// Takes no new calls from now on, and returns when those that go on have ended, ten minutes later at the latest.
    pub async fn drain(&self) {
        self.draining.store(true, Ordering::Relaxed);
        let deadline = Instant::now() + DRAIN;
        if self.count() > 0 {
            tracing::info!(calls = self.count(), "no new calls are taken; waiting for those that go on");
        }
        while self.count() > 0 && Instant::now() < deadline {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Answers until `closing`, and ends the calls that still go on then.
    pub async fn run(self: Arc<Self>, driven: Driven, closing: impl Future<Output = ()>) {
        let (hand_on, mut handed) = mpsc::unbounded_channel();
        let Driven { mut commands, written } = driven;
        let serving = tokio::spawn(self.endpoint.clone().serve(hand_on));
        let routing = tokio::spawn(self.switchboard.clone().run(written, std::future::pending()));
        let orders = tokio::spawn(self.clone().follow_orders());
        let trunks = tokio::spawn(self.clone().keep_trunks());
        let recordings = tokio::spawn(self.clone().keep_recordings());
        self.voice.prepare().await;
        let mut sweep = tokio::time::interval(Duration::from_secs(5));
        let mut promises = tokio::time::interval(PROMISES);
        let mut closing = std::pin::pin!(closing);
        loop {
            tokio::select! {
                request = handed.recv() => match request {
                    Some(Incoming::Call(request)) => drop(tokio::spawn(self.clone().take_call(request))),
                    Some(Incoming::Other(request)) => drop(tokio::spawn(self.clone().take_other(request))),
                    None => break,
                },
                command = commands.recv() => match command {
                    Some(command) => self.pass_on(command).await,
                    None => break,
                },
                _ = sweep.tick() => self.sweep().await,
                _ = promises.tick() => self.remember_promises().await,
                () = &mut closing => break,
            }
        }
        self.end_all().await;
        self.draining.store(true, Ordering::Relaxed);
        self.endpoint.stop();
        for task in [serving, routing, orders, trunks, recordings] {
            task.abort();
        }
    }

    /// Takes new calls until then, and from then on none: those that go on do so.
    pub fn answer_until(&self, until: Instant) {
        *self.answers_until.lock().unwrap_or_else(PoisonError::into_inner) = Some(until);
    }

    /// Whether no new calls are taken.
    pub(crate) fn is_draining(&self) -> bool {
        let until = *self.answers_until.lock().unwrap_or_else(PoisonError::into_inner);
        self.draining.load(Ordering::Relaxed) || until.is_some_and(|until| until <= Instant::now())
    }

    fn calls(&self) -> MutexGuard<'_, HashMap<ContactId, mpsc::UnboundedSender<Told>>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Calls that go on.
    #[must_use]
    pub fn count(&self) -> usize {
        self.calls().len() + self.beginning.load(Ordering::Relaxed)
    }

    /// A call is known by its contact from now on.
    pub(crate) fn enrol(&self, contact: ContactId, tell: mpsc::UnboundedSender<Told>) {
        self.calls().insert(contact, tell);
    }

    pub(crate) fn strike(&self, contact: ContactId) {
        self.calls().remove(&contact);
    }

    /// Tells a call something; false when it is not here.
    pub(crate) fn tell(&self, contact: ContactId, told: Told) -> bool {
        let call = self.calls().get(&contact).cloned();
        call.is_some_and(|call| call.send(told).is_ok())
    }

    /// Writes a step of a call down. A database that is away costs what is known of the call, not the call.
    pub(crate) async fn note<F>(&self, contact: ContactId, step: F)
    where
        F: for<'a> FnOnce(&'a centre::Work<'a>) -> futures::future::BoxFuture<'a, centre::Result<()>> + Send + 'static,
    {
        if let Err(error) = self.centre.work(By::System, step).await {
            tracing::error!(%error, contact.id = %contact, "cannot write a step of a call down");
        }
    }

    async fn end_all(&self) {
        let calls: Vec<_> = self.calls().values().cloned().collect();
        for call in calls {
            let _ = call.send(Told::Stop);
        }
        let patience = Instant::now() + Duration::from_secs(5);
        while self.count() > 0 && Instant::now() < patience {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Turns recordings into what is kept, one after another: sound goes first.
    async fn keep_recordings(self: Arc<Self>) {
        let taken = self.whole.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(mut whole) = taken else { return };
        while let Some(id) = whole.recv().await {
            let mut tries = 0;
            while let Err(error) = self.recorder.turn(id).await {
                tries += 1;
                tracing::error!(%error, recording.id = %id, "cannot keep a recording");
                if tries == 5 {
                    // It stays where it is, and is tried again at the next start.
                    break;
                }
                tokio::time::sleep(Duration::from_secs(10)).await;
            }
        }
    }

    /// Takes out devices that have not said for too long that they are there.
    async fn sweep(&self) {
        for operator in self.registrar.sweep(Instant::now()) {
            self.say_device(operator).await;
        }
    }
}
