//! The catalogue: services with their queues and calendars, topics, structures. It changes seldom and is asked at every
//! step, so each process keeps it in memory and reads it anew when an event tells of a change.

use crate::Result;
use db::Db;
use model::case::Level;
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
}

impl Catalogue {
    pub(crate) async fn read(db: &Db) -> Result<Self> {
        Ok(Self {
            services: db::service::all(db.read()).await?,
            topics: db::topic::all(db.read()).await?,
            structures: db::structure::all(db.read()).await?,
        })
    }

    #[must_use]
    pub fn service(&self, id: &ServiceId) -> Option<&Service> {
        self.services.iter().find(|s| &s.id == id)
    }

    /// The service that is meant when none is named: the first.
    #[must_use]
    pub fn first_service(&self) -> Option<&Service> {
        self.services.first()
    }

    #[must_use]
    pub fn queue(&self, id: &QueueId) -> Option<&QueueDefinition> {
        self.services.iter().find_map(|s| s.queue(id))
    }

    /// The queues of a level, each with its service.
    pub fn queues(&self, level: Level) -> impl Iterator<Item = (&Service, &QueueDefinition)> {
        self.services.iter().flat_map(move |s| s.queues.iter().filter(move |q| q.level == level).map(move |q| (s, q)))
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
