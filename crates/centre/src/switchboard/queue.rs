//! The rules of the queues, as services define them.

use crate::{Catalogue, routing};
use model::QueueId;
use model::queue::{Demand, Offer, QueueDefinition, Way};
use model::service::Service;
use std::collections::BTreeMap;

/// A demand for a language falls after a minute where nothing else is said: somebody who tries is better than nobody.
const LANGUAGE_S: u32 = 60;

/// Every queue with its rules.
pub(super) fn rules(catalogue: &Catalogue) -> BTreeMap<QueueId, routing::Rules> {
    let of = |service: &Service| -> Vec<(QueueId, routing::Rules)> {
        service.queues.iter().map(|queue| (queue.id.clone(), one(service, queue))).collect()
    };
    catalogue.services.iter().flat_map(of).collect()
}

fn one(service: &Service, queue: &QueueDefinition) -> routing::Rules {
    let mut relaxations: Vec<(u32, routing::Relaxation)> = queue
        .relax
        .iter()
        .map(|step| {
            let falls = match (step.demand, step.to) {
                (Demand::TopicLevel, Some(level)) => routing::Relaxation::TopicTo(level),
                (Demand::TopicLevel | Demand::Topic, _) => routing::Relaxation::TopicDropped,
                (Demand::Language, _) => routing::Relaxation::LanguageDropped,
            };
            (step.after_s, falls)
        })
        .collect();
    if !queue.relax.iter().any(|step| step.demand == Demand::Language) {
        relaxations.push((LANGUAGE_S, routing::Relaxation::LanguageDropped));
    }
    let overflows = queue
        .overflow
        .iter()
        .map(|step| {
            let goes = match &step.way {
                Way::Queue(queue) => routing::Overflow::Also(queue.clone()),
                Way::Offer(Offer::Callback) => routing::Overflow::Suggest(routing::Suggestion::Callback),
                Way::Offer(Offer::Message) => routing::Overflow::Suggest(routing::Suggestion::Message),
            };
            (step.after_s, goes)
        })
        .collect();
    routing::Rules {
        priority: queue.priority,
        offer: queue.offer_s,
        wrap_up: queue.wrap_up_s,
        target: service.target_s(queue),
        relaxations,
        overflows,
        owner_wait: queue.own_operator_s,
        max_waiting: usize::try_from(service.telephone.max_waiting).ok(),
        misses: 1,
    }
}
