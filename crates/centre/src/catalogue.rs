//! The catalogue: services with their queues and calendars, topics, structures. It changes seldom and is asked at every
//! step, so each process keeps it in memory and reads it anew when an event tells of a change.

use crate::Result;
use chrono::{DateTime, Utc};
use db::Db;
use model::case::{Case, Level};
use model::closing::Closing;
use model::queue::QueueDefinition;
use model::service::Service;
use model::structure::Structure;
use model::topic::Topic;
use model::{QueueId, ServiceId, StructureId, TopicId};

/// Services, topics and structures in their order.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    pub services: Vec<Service>,
    pub topics: Vec<Topic>,
    pub structures: Vec<Structure>,
    /// The queues of the telephone that are closed by hand.
    pub closings: Vec<Closing>,
}

impl Catalogue {
    pub(crate) async fn read(db: &Db) -> Result<Self> {
        Ok(Self {
            services: db::service::all(db.read()).await?,
            topics: db::topic::all(db.read()).await?,
            structures: db::structure::all(db.read()).await?,
            closings: db::closing::standing(db.read()).await?,
        })
    }

    #[must_use]
    pub fn service(&self, id: &ServiceId) -> Option<&Service> {
        self.services.iter().find(|s| &s.id == id)
    }

    /// The service that is meant when none is named: the first that takes contacts.
    #[must_use]
    pub fn first_service(&self) -> Option<&Service> {
        self.active().next().or_else(|| self.services.first())
    }

    #[must_use]
    pub fn queue(&self, id: &QueueId) -> Option<&QueueDefinition> {
        self.services.iter().find_map(|s| s.queue(id))
    }

    /// Why a queue of the telephone is closed at this moment, where somebody has closed it.
    #[must_use]
    pub fn closing(&self, queue: &QueueId, now: DateTime<Utc>) -> Option<&Closing> {
        self.closings.iter().find(|closing| closing.queue == *queue && closing.holds(now))
    }

    /// Why nobody of a service answers its callers at this moment, where somebody has closed every queue that takes them.
    #[must_use]
    pub fn closing_of_service(&self, service: &Service, now: DateTime<Utc>) -> Option<&Closing> {
        let mut front = service.queues.iter().filter(|queue| queue.level == Level::Front);
        let first = self.closing(&front.next()?.id, now)?;
        front.all(|queue| self.closing(&queue.id, now).is_some()).then_some(first)
    }

    /// The queues of a level, each with its service.
    pub fn queues(&self, level: Level) -> impl Iterator<Item = (&Service, &QueueDefinition)> {
        self.services.iter().flat_map(move |s| s.queues.iter().filter(move |q| q.level == level).map(move |q| (s, q)))
    }

    /// The front-office queue of a service for a topic: the one that names it or the nearest topic above it, else the one
    /// that takes every topic.
    #[must_use]
    pub fn front_queue<'a>(&self, service: &'a Service, topic: Option<&TopicId>) -> Option<&'a QueueDefinition> {
        self.named(service, Level::Front, topic).or_else(|| service.front_queue(None))
    }

    /// The same at the back office, where there may be none that takes every topic.
    #[must_use]
    pub fn back_queue<'a>(&self, service: &'a Service, topic: Option<&TopicId>) -> Option<&'a QueueDefinition> {
        self.named(service, Level::Back, topic).or_else(|| service.back_queue(None))
    }

    fn named<'a>(&self, service: &'a Service, level: Level, topic: Option<&TopicId>) -> Option<&'a QueueDefinition> {
        let names = |topic: &TopicId| service.queues.iter().find(|q| q.level == level && q.topics.contains(topic));
        topic.and_then(|topic| model::topic::lineage(&self.topics, topic).into_iter().find_map(names))
    }

    /// Where a case goes whose queue is there no more, or of another level by now; none while it is.
    #[must_use]
    pub fn instead_of(&self, case: &Case) -> Option<&QueueDefinition> {
        let is_home = self.queue(&case.queue).is_some_and(|queue| queue.level == case.level);
        let service = self.service(&case.service).filter(|_| !is_home)?;
        let of_level = || service.queues.iter().find(|queue| queue.level == case.level);
        match case.level {
            Level::Front => self.front_queue(service, case.topic.as_ref()),
            Level::Back => self.back_queue(service, case.topic.as_ref()).or_else(of_level),
        }
    }

    /// The queues in which a case of this level is at home: those of the level, and every one of a service that has none.
    #[must_use]
    pub fn homes(&self, level: Level) -> Vec<&QueueId> {
        let all = self.services.iter().flat_map(|service| {
            let has_some = service.queues.iter().any(|queue| queue.level == level);
            service.queues.iter().filter(move |queue| !has_some || queue.level == level)
        });
        all.map(|queue| &queue.id).collect()
    }

    /// Services that take contacts, in their order.
    pub fn active(&self) -> impl Iterator<Item = &Service> {
        self.services.iter().filter(|service| service.active)
    }

    #[must_use]
    pub fn topic(&self, id: &TopicId) -> Option<&Topic> {
        self.topics.iter().find(|t| &t.id == id)
    }

    #[must_use]
    pub fn structure(&self, id: &StructureId) -> Option<&Structure> {
        self.structures.iter().find(|s| &s.id == id)
    }
}
