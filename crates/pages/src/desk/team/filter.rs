//! Which cases are looked at, as it stands in an address and in the form that changes it.

use centre::team::Filter;
use db::team::{Due, Holder};
use model::case::State;
use model::{QueueId, ServiceId, UserId};
use serde::Deserialize;

/// As it stands in a query. Words that say nothing narrow nothing.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    service: Option<String>,
    queue: Option<String>,
    /// The id of somebody, or `none`.
    operator: Option<String>,
    state: Option<String>,
    /// `over`, `soon` or `both`.
    due: Option<String>,
}

fn some(word: Option<&String>) -> Option<&str> {
    word.map(|word| word.trim()).filter(|word| !word.is_empty())
}

impl Asked {
    pub fn of_queue(queue: &QueueId) -> Self {
        Self { queue: Some(queue.to_string()), ..Self::default() }
    }

    pub fn of_operator(operator: UserId) -> Self {
        Self { operator: Some(operator.to_string()), ..Self::default() }
    }

    pub fn in_state(self, state: State) -> Self {
        Self { state: Some(state.to_string()), ..self }
    }

    pub fn due(self, due: Due) -> Self {
        Self { due: Some(word(due).to_owned()), ..self }
    }

    pub fn filter(&self) -> Filter {
        Filter {
            service: some(self.service.as_ref()).map(ServiceId::new),
            queue: some(self.queue.as_ref()).map(QueueId::new),
            holder: match some(self.operator.as_ref()) {
                Some("none") => Some(Holder::Nobody),
                Some(id) => id.parse().ok().map(Holder::Somebody),
                None => None,
            },
            state: some(self.state.as_ref())
                .and_then(|word| word.parse().ok())
                .filter(|state| matches!(state, State::New | State::Open | State::Waiting)),
            due: match some(self.due.as_ref()) {
                Some("over") => Some(Due::Over),
                Some("soon") => Some(Due::Soon),
                Some("both") => Some(Due::Both),
                _ => None,
            },
        }
    }

    /// `queue=inps&due=over`
    pub fn query(&self) -> String {
        let Filter { service, queue, holder, state, due } = self.filter();
        let holder = holder.map(|holder| match holder {
            Holder::Nobody => "none".to_owned(),
            Holder::Somebody(id) => id.to_string(),
        });
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [
            ("service", service.map(|id| id.0)),
            ("queue", queue.map(|id| id.0)),
            ("operator", holder),
            ("state", state.map(|state| state.to_string())),
            ("due", due.map(|due| word(due).to_owned())),
        ] {
            if let Some(value) = value {
                query.append_pair(name, &value);
            }
        }
        query.finish()
    }

    /// The page of these cases.
    pub fn href(&self) -> String {
        format!("/desk/squadra/casi?{}", self.query())
    }
}

pub(super) fn word(due: Due) -> &'static str {
    match due {
        Due::Over => "over",
        Due::Soon => "soon",
        Due::Both => "both",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_goes_through_an_address_and_odd_words_narrow_nothing() {
        let asked = Asked::of_queue(&QueueId::new("a&b c")).in_state(State::New).due(Due::Both);
        assert_eq!(asked.query(), "queue=a%26b+c&state=new&due=both");
        let odd = Asked {
            operator: Some("x".to_owned()),
            state: Some("solved".to_owned()),
            due: Some("?".to_owned()),
            ..Asked::default()
        };
        assert_eq!((odd.filter(), odd.query()), (Filter::default(), String::new()));
        let nobody = Asked { operator: Some("none".to_owned()), ..Asked::default() };
        assert_eq!(nobody.filter().holder, Some(Holder::Nobody));
    }
}
