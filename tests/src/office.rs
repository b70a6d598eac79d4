//! The centre opened in this process, on either database, under a clock that the story moves and chance that is always
//! the same.

use crate::{TestClock, at, fresh_database};
use centre::intake::{self, Accepted, Inbound};
use centre::staff::Door;
use centre::{By, Centre, Chance, Parts, Result, Work};
use chrono::{DateTime, TimeDelta, Utc};
use db::case::Stored;
use db::staff::NewStaff;
use db::{Db, Engine, Settings};
use futures::future::BoxFuture;
use model::CaseId;
use model::contact::Channel;
use model::user::{Roles, Staff};
use model::{QueueId, StructureId};
use object_store::memory::InMemory;
use std::sync::Arc;
use tempfile::TempDir;

/// The password of everyone whom [`Office::hire`] takes on.
const PASSWORD: &str = "una parola lunga";

pub struct Office {
    pub centre: Centre,
    pub clock: Arc<TestClock>,
    settings: Settings,
    /// Where files are; every process of the office has the same.
    pub store: Arc<InMemory>,
    _data: Arc<TempDir>,
}

/// What a citizen with this address writes on the web.
#[must_use]
pub fn letter(email: &str, text: &str) -> Inbound {
    Inbound { channel: Some(Channel::Web), email: Some(email.to_owned()), text: text.to_owned(), ..Inbound::default() }
}

impl Office {
    /// An empty office, on a Monday at ten.
    pub async fn open(engine: Engine) -> Self {
        Self::open_on(engine, Arc::new(InMemory::new()), 1).await
    }

    /// An empty office of strangers, with a database of its own, on the same storage.
    pub async fn stranger(&self) -> Self {
        Self::open_on(self.centre.db().engine(), self.store.clone(), 3).await
    }

    async fn open_on(engine: Engine, store: Arc<InMemory>, node: u8) -> Self {
        let data = Arc::new(TempDir::with_prefix("linea-office-").unwrap());
        let url = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(tokio::task::spawn_blocking(fresh_database).await.unwrap()),
        };
        let settings = Settings { url, data: data.path().to_owned(), connections: 8 };
        let clock = Arc::new(TestClock::new(at("2026-03-02T10:00:00+01:00")));
        Self { centre: open(&settings, &store, &clock, node, false).await, clock, settings, store, _data: data }
    }

    /// Another process on the same database.
    pub async fn second(&self) -> Self {
        let (settings, store, clock) = (self.settings.clone(), self.store.clone(), self.clock.clone());
        Self {
            centre: open(&settings, &store, &clock, 2, false).await,
            clock,
            settings,
            store,
            _data: self._data.clone(),
        }
    }

    /// The same office where the administration has turned on figures of individual operators.
    pub async fn with_operator_figures(&self) -> Centre {
        open(&self.settings, &self.store, &self.clock, 4, true).await
    }

    /// The folder of its database, where that is SQLite.
    #[must_use]
    pub fn data(&self) -> &std::path::Path {
        &self.settings.data
    }

    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.centre.now()
    }

    pub fn later(&self, by: TimeDelta) {
        self.clock.advance(by);
    }

    /// Takes somebody on, in roles such as `front` or `back,supervisor`.
    pub async fn hire(&self, login: &str, roles: &str) -> Arc<Staff> {
        self.hire_as(login, roles, None, &[]).await
    }

    /// Takes somebody on for one structure or for some queues.
    pub async fn hire_as(&self, login: &str, roles: &str, scope: Option<&str>, queues: &[&str]) -> Arc<Staff> {
        let roles: Roles = roles.parse().unwrap();
        let new = NewStaff {
            login: login.to_owned(),
            name: format!("{login} Prova"),
            password: Some(PASSWORD.to_owned()),
            roles,
            scope: scope.map(StructureId::new),
            queues: queues.iter().map(|q| QueueId::new(*q)).collect(),
            language: "it".to_owned(),
            ..NewStaff::default()
        };
        let id = centre::staff::add(&self.centre, By::System, new).await.unwrap();
        centre::staff::load(&self.centre, id).await.unwrap().unwrap()
    }

    /// Somebody signs in with this password, from this network address.
    pub async fn sign_in(&self, login: &str, password: Option<&str>, from: &str) -> Result<Option<Arc<Staff>>> {
        Ok(self.knock(login, password, from).await?.map(|door| door.staff().clone()))
    }

    /// Somebody brings their password: how they come in.
    pub async fn knock(&self, login: &str, password: Option<&str>, from: &str) -> Result<Option<Door>> {
        centre::staff::sign_in(&self.centre, login, password.unwrap_or(PASSWORD).to_owned(), from).await
    }

    /// Sets up a service from its TOML.
    pub async fn serve(&self, definition: model::service::Service) {
        centre::service::apply(&self.centre, By::System, definition).await.unwrap();
    }

    /// A citizen's contact comes in.
    pub async fn try_receive(&self, inbound: Inbound) -> Result<Accepted> {
        self.centre.work(By::Citizen, move |w| Box::pin(async move { intake::accept(w, inbound).await })).await
    }

    pub async fn receive(&self, inbound: Inbound) -> Accepted {
        self.try_receive(inbound).await.unwrap()
    }

    /// A letter of somebody comes in; the case it makes.
    pub async fn letter(&self, email: &str, text: &str) -> CaseId {
        self.receive(letter(email, text)).await.case
    }

    /// A use case of a member of the staff.
    pub async fn by<T, F>(&self, staff: &Arc<Staff>, use_case: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'a> FnOnce(&'a Work<'a>) -> BoxFuture<'a, Result<T>> + Send + 'static,
    {
        self.centre.work(By::Staff(staff.clone()), use_case).await
    }

    /// A case as it stands in its row.
    pub async fn stored(&self, id: CaseId) -> Stored {
        db::case::load(self.centre.db().read(), id).await.unwrap().unwrap()
    }

    pub async fn case(&self, id: CaseId) -> model::case::Case {
        self.stored(id).await.case
    }

    /// Does what is due by itself, until nothing is.
    pub async fn do_due_jobs(&self) {
        while self.centre.do_due_jobs().await.unwrap() > 0 {}
    }
}

async fn open(
    settings: &Settings,
    store: &Arc<InMemory>,
    clock: &Arc<TestClock>,
    node: u8,
    operator_figures: bool,
) -> Centre {
    let db = Db::open(settings, true).await.unwrap();
    let chance = Chance::new([node; 32]);
    let parts = Parts {
        db,
        store: store.clone(),
        clock: clock.clone(),
        chance,
        public_url: "http://portale.example".to_owned(),
        node: format!("node-{node}"),
        operator_figures,
    };
    Centre::open(parts).await.unwrap()
}
