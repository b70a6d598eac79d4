//! Who else has to do with a talk, as its strip shows it: somebody who is asked, a supervisor, what came of a wish.

use super::read::name_of;
use crate::desk::beside::spaced;
use crate::desk::seat::Seat;
use centre::call::Call;
use model::UserId;
use model::call::{BesideState, Whom};
use std::collections::HashMap;

/// Somebody beside a talk.
#[derive(Clone, Debug)]
pub struct Third {
    /// `con Anna Modello, squilla`
    pub said: String,
    /// They have answered: they can take the call over.
    pub answered: bool,
    /// They speak with both.
    pub joined: bool,
}

/// What the strip says besides.
#[derive(Clone, Debug, Default)]
pub struct Besides {
    pub third: Option<Third>,
    /// A supervisor who takes part.
    pub overseen: Option<String>,
    /// Why the last wish came to nothing.
    pub trouble: Option<String>,
}

impl Besides {
    pub(crate) fn are_none(&self) -> bool {
        self.third.is_none() && self.overseen.is_none() && self.trouble.is_none()
    }

    pub(super) async fn read(seat: &Seat, call: &Call) -> centre::Result<Self> {
        let tr = seat.tr;
        let colleague = match call.beside.as_ref().map(|beside| &beside.whom) {
            Some(Whom::Operator(id)) => Some(*id),
            _ => None,
        };
        let overseer = call.overseer.map(|overseer| overseer.who);
        let ids: Vec<UserId> = colleague.into_iter().chain(overseer).collect();
        let names: HashMap<UserId, String> = match ids.is_empty() {
            true => HashMap::new(),
            false => centre::staff::names(&seat.gate.centre, &ids).await?.into_iter().collect(),
        };
        let third = call.beside.as_ref().map(|beside| {
            let name = match &beside.whom {
                Whom::Operator(id) => name_of(&names, *id),
                Whom::Queue(id) => id.to_string(),
                Whom::Outside(number) => spaced(number),
            };
            let said = tr.with(&format!("call-beside-{}", beside.state), &[("name", name)]).into_owned();
            let answered = matches!(beside.state, BesideState::Consulted | BesideState::Joined);
            Third { said, answered, joined: beside.state == BesideState::Joined }
        });
        let overseen = call.overseer.map(|overseer| {
            let name = name_of(&names, overseer.who);
            tr.with(&format!("call-overseen-{}", overseer.how), &[("name", name)]).into_owned()
        });
        let trouble = call.trouble.map(|why| tr.text(&format!("call-trouble-{why}")).into_owned());
        Ok(Self { third, overseen, trouble })
    }
}
