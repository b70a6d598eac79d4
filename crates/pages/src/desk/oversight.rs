//! What stands on every page of the desk for whoever oversees the work of others: links with their counters beside the lists,
//! and on top the alarms that nobody has seen yet.

use super::DeskFrame;
use super::fault::Answer;
use super::seat::Seat;
use crate::html;
use askama::Template;
use centre::team::Overview;
use http::StatusCode;
use language::Tr;
use serde::Deserialize;

/// The links, and the alarms.
#[derive(Clone, Debug, Default)]
pub struct Oversight {
    pub links: Vec<OversightLink>,
    pub alarms: Vec<Raised>,
}

#[derive(Clone, Debug)]
pub struct OversightLink {
    pub place: Overseen,
    pub count: Option<i64>,
    /// Something there is late.
    pub late: bool,
    pub current: bool,
}

/// A page of those who oversee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overseen {
    Team,
    Floor,
    Due,
    Day,
    Alarms,
}

/// An alarm that nobody has seen yet, in words.
#[derive(Clone, Debug)]
pub struct Raised {
    pub id: i64,
    pub said: String,
}

impl Overseen {
    const ALL: [Self; 5] = [Self::Team, Self::Floor, Self::Due, Self::Day, Self::Alarms];

    fn word(self) -> &'static str {
        match self {
            Self::Team => "team",
            Self::Floor => "floor",
            Self::Due => "due",
            Self::Day => "day",
            Self::Alarms => "alarms",
        }
    }

    pub(crate) fn href(self) -> &'static str {
        match self {
            Self::Team => "/desk/squadra",
            Self::Floor => "/desk/squadra/telefono",
            Self::Due => "/desk/squadra/scadenze",
            Self::Day => "/desk/squadra/giornata",
            Self::Alarms => "/desk/squadra/allarmi",
        }
    }

    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Team => language::key!("team-title"),
            Self::Floor => language::key!("floor-title"),
            Self::Due => language::key!("team-due-title"),
            Self::Day => language::key!("day-title"),
            Self::Alarms => language::key!("alarm-title"),
        }
    }

    pub(crate) fn icon(self) -> &'static str {
        match self {
            Self::Team => "table",
            Self::Floor => "headset",
            Self::Due => "clock",
            Self::Day => "chart",
            Self::Alarms => "bell",
        }
    }

    /// The letter that goes there after `g`.
    pub(crate) fn letter(self) -> char {
        match self {
            Self::Team => 'q',
            Self::Floor => 'f',
            Self::Due => 't',
            Self::Day => 'o',
            Self::Alarms => 'l',
        }
    }
}

/// Where the lists stand beside, as their part is asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Overseeing {
    overseen: Option<String>,
}

impl Overseeing {
    pub fn place(&self) -> Option<Overseen> {
        Overseen::ALL.into_iter().find(|place| Some(place.word()) == self.overseen.as_deref())
    }
}

impl OversightLink {
    pub(crate) fn shown(&self, tr: &Tr) -> Option<String> {
        self.count.filter(|count| *count > 0).map(|count| super::frame::counted(*tr, count))
    }
}

impl Oversight {
    /// As it now stands; nothing for whoever oversees nothing.
    pub(super) async fn read(seat: &Seat) -> centre::Result<Option<Self>> {
        let overview = centre::team::overview(&seat.gate.centre, &seat.me).await?;
        Ok(overview.map(|overview| Self::of(seat, &overview)))
    }

    fn of(seat: &Seat, overview: &Overview) -> Self {
        let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let unseen: Vec<_> = overview.alarms.iter().filter(|alarm| alarm.seen_by.is_none()).collect();
        // The half-hours are of the whole centre.
        let whole = model::access::report(&seat.me).is_ok();
        let links = Overseen::ALL.into_iter().filter(|place| whole || *place != Overseen::Day).map(|place| {
            let (count, late) = match place {
                Overseen::Due => (Some(number(overview.overdue + overview.soon)), overview.overdue > 0),
                Overseen::Alarms => (i64::try_from(unseen.len()).ok(), !unseen.is_empty()),
                Overseen::Team | Overseen::Floor | Overseen::Day => (None, false),
            };
            OversightLink { place, count, late, current: false }
        });
        let said = unseen.iter().map(|alarm| Raised { id: alarm.id.0, said: said(seat, alarm) });
        Self { links: links.collect(), alarms: said.collect() }
    }

    /// The alarms but the first, of which the notice speaks.
    pub(crate) fn others(&self) -> Option<i64> {
        i64::try_from(self.alarms.len()).ok().map(|all| all - 1).filter(|others| *others > 0)
    }

    pub(crate) fn sample(tr: Tr, current: Option<Overseen>, alarms: &[&str]) -> Self {
        let links = Overseen::ALL.into_iter().map(|place| OversightLink {
            place,
            count: match place {
                Overseen::Due => Some(4),
                Overseen::Alarms => i64::try_from(alarms.len()).ok(),
                Overseen::Team | Overseen::Floor | Overseen::Day => None,
            },
            late: place == Overseen::Due,
            current: current == Some(place),
        });
        let raised = alarms.iter().zip(1..).map(|(measure, id)| {
            let values = [("value", tr.arg(12)), ("over", tr.arg(10)), ("place", tr.arg("Linea Amica"))];
            Raised { id, said: tr.with(&format!("alarm-said-{measure}"), &values).into_owned() }
        });
        Self { links: links.collect(), alarms: raised.collect() }
    }
}

impl DeskFrame {
    /// On a page of those who oversee.
    pub(super) fn overseeing(mut self, place: Overseen) -> Self {
        for link in self.oversight.iter_mut().flat_map(|oversight| oversight.links.iter_mut()) {
            link.current = link.place == place;
        }
        self.part = format!("/part/desk/lists?overseen={}", place.word());
        self
    }
}

/// What an alarm says.
pub(super) fn said(seat: &Seat, alarm: &centre::alarm::Alarm) -> String {
    let tr = seat.tr;
    let place = centre::team::place(&seat.gate.centre, alarm.service.as_ref(), alarm.queue.as_ref());
    let place = place.unwrap_or_else(|| tr.text("alarm-everywhere").into_owned());
    // Of one that is over, what it came to says more than what it ended with.
    let value = if alarm.fell_at.is_some() { alarm.worst } else { alarm.value };
    let values = [("value", tr.arg(value)), ("over", tr.arg(alarm.over)), ("place", tr.arg(place))];
    tr.with(&format!("alarm-said-{}", alarm.measure), &values).into_owned()
}

#[derive(Debug, Template)]
#[template(path = "desk/alarms.html")]
struct AlarmsPart {
    tr: Tr,
    oversight: Oversight,
}

/// `GET /part/desk/allarmi`: the notice on top.
pub(super) async fn part(seat: Seat) -> Answer {
    let oversight = Oversight::read(&seat).await?.unwrap_or_default();
    Ok(html::page(StatusCode::OK, &AlarmsPart { tr: seat.tr, oversight }))
}
