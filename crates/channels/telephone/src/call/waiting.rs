//! A call as it waits in a queue: what routing weighs of it.

use centre::Centre;
use centre::routing::{Demand, Needs, Work, usual_weight};
use chrono::{DateTime, Utc};
use model::contact::Channel;
use model::user::SkillLevel;
use model::{ContactId, QueueId, ServiceId, TopicId};

/// Whoever waits, and for what.
pub(crate) struct Waits<'a> {
    pub contact: ContactId,
    pub service: &'a ServiceId,
    pub queue: &'a QueueId,
    pub topic: Option<&'a TopicId>,
    pub language: Option<&'a str>,
    pub since: DateTime<Utc>,
}

impl Waits<'_> {
    /// The work that it is.
    pub(crate) async fn work(&self, centre: &Centre) -> Work {
        let catalogue = centre.catalogue();
        let lineage =
            self.topic.map(|topic| model::topic::lineage(&catalogue.topics, topic).into_iter().cloned().collect());
        let needs = Needs {
            // Whoever knows the topic is preferred; that nobody does must not keep a citizen waiting.
            topic: lineage.map(|of| Demand { of, least: None }),
            service: Some(Demand { of: self.service.clone(), least: None }),
            language: self.language.map(|language| Demand::new(language.to_owned(), SkillLevel::Basic)),
        };
        Work {
            queue: self.queue.clone(),
            channel: Channel::Phone,
            weight: usual_weight(Channel::Phone),
            needs,
            priority: None,
            since: self.since,
            owner: centre::call::own_operator(centre, self.contact).await.unwrap_or_default(),
        }
    }
}
