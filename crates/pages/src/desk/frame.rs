//! What stands around every page of the desk: top bar, lists, and which panes there are.

use std::fmt;

use chrono::TimeDelta;
use language::Tr;
use model::access;
use model::event::Position;
use model::user::Staff;

use super::availability::State;
use super::call::Calls;
use super::oversight::Oversight;
use super::place::Place;
use super::seat::Seat;

/// What the layout of a page is told.
#[derive(Clone, Debug)]
pub struct DeskFrame {
    pub operator: Operator,
    /// Whether the operator takes calls at all: then their state has a place on the page, which is filled later where it was
    /// not read.
    pub takes_calls: bool,
    /// Whether they speak by telephone at all, be it in the talks of others: then calls have a place on the page.
    pub has_telephone: bool,
    /// Whether they take any now.
    pub state: Option<State>,
    /// The call they are at.
    pub calls: Option<Calls>,
    pub lists: Vec<List>,
    /// What leads about in the place of the lists, where the page is none of the desk's own.
    pub nav: Option<Nav>,
    /// Whether the administration is open to them.
    pub administers: bool,
    /// Whether the report is led to.
    pub reports: bool,
    pub services: Vec<ServiceLink>,
    /// What those see who oversee the work of others.
    pub oversight: Option<Oversight>,
    /// The queues of the telephone that are closed by hand, each in a sentence; nothing where the notice has no place.
    pub closings: Option<Vec<String>>,
    pub today: Option<Today>,
    /// New alerts.
    pub alerts: i64,
    pub panes: Panes,
    pub open: Open,
    /// Where the lists are had again when something changes.
    pub part: String,
    /// The event after which the page has to be told what happens; nothing where it follows from when it listens.
    pub seen: Option<Position>,
}

/// Who is at the desk.
#[derive(Clone, Debug)]
pub struct Operator {
    name: String,
    initials: String,
}

/// A list of cases with its live counter.
#[derive(Clone, Debug)]
pub struct List {
    pub kind: ListKind,
    pub href: String,
    /// None where nobody counts them.
    pub count: Option<i64>,
    pub current: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    Unassigned,
    Mine,
    Team,
    Waiting,
    BackOffice,
    Overdue,
    Solved,
}

/// Links that stand in the place of the lists.
#[derive(Clone, Debug)]
pub struct Nav {
    /// What they lead about in: `Amministrazione`.
    pub name: String,
    pub links: Vec<NavLink>,
}

#[derive(Clone, Debug)]
pub struct NavLink {
    pub href: String,
    pub word: String,
    pub icon: &'static str,
    pub current: bool,
    /// How many of what is there want attention.
    pub count: Option<i64>,
}

/// The cases of one service.
#[derive(Clone, Debug)]
pub struct ServiceLink {
    pub name: String,
    pub href: String,
    pub count: Option<i64>,
    pub current: bool,
}

/// The day so far, under the lists.
#[derive(Clone, Debug)]
pub struct Today {
    pub solved: i64,
    /// How long callers waited; None where nobody calls.
    pub mean_wait: Option<TimeDelta>,
}

/// The panes beside the lists: a page alone; cases and a case; cases, a case and the column beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Panes {
    Two,
    Three,
    #[default]
    Four,
}

/// What a narrow screen shows first where it has room for one: the list, or the case opened from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Open {
    #[default]
    List,
    Case,
}

impl Operator {
    pub fn new(name: impl Into<String>) -> Operator {
        let name = name.into();
        let initial = |word: Option<&str>| word.and_then(|word| word.chars().next());
        let mut words = name.split_whitespace();
        let (first, last) = (initial(words.next()), initial(words.next_back()));
        let initials = first.into_iter().chain(last).flat_map(char::to_uppercase).collect();
        Operator { name, initials }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn initials(&self) -> &str {
        &self.initials
    }
}

impl ListKind {
    pub const ALL: [ListKind; 7] = [
        ListKind::Unassigned,
        ListKind::Mine,
        ListKind::Team,
        ListKind::Waiting,
        ListKind::BackOffice,
        ListKind::Overdue,
        ListKind::Solved,
    ];

    pub fn key(self) -> &'static str {
        match self {
            ListKind::Unassigned => language::key!("desk-list-unassigned"),
            ListKind::Mine => language::key!("desk-list-mine"),
            ListKind::Team => language::key!("desk-list-team"),
            ListKind::Waiting => language::key!("desk-list-waiting"),
            ListKind::BackOffice => language::key!("desk-list-back-office"),
            ListKind::Overdue => language::key!("desk-list-overdue"),
            ListKind::Solved => language::key!("desk-list-solved"),
        }
    }

    pub fn icon(self) -> &'static str {
        match self {
            ListKind::Unassigned => "inbox",
            ListKind::Mine => "user",
            ListKind::Team => "team",
            ListKind::Waiting => "hourglass",
            ListKind::BackOffice => "office",
            ListKind::Overdue => "alert",
            ListKind::Solved => "check",
        }
    }

    pub fn is_overdue(self) -> bool {
        self == ListKind::Overdue
    }

    /// The letter that goes there after `g`.
    pub fn letter(self) -> char {
        match self {
            ListKind::Unassigned => 'd',
            ListKind::Mine => 'm',
            ListKind::Team => 's',
            ListKind::Waiting => 'a',
            ListKind::BackOffice => 'b',
            ListKind::Overdue => 'x',
            ListKind::Solved => 'r',
        }
    }
}

impl List {
    fn plain(kind: ListKind, query: &str) -> List {
        let word = centre::desk::List::from(kind).as_str();
        List { kind, href: format!("/desk/list/{word}{query}"), count: None, current: false }
    }

    pub(crate) fn shown(&self, tr: &Tr) -> Option<String> {
        self.count.map(|count| counted(*tr, count))
    }

    pub(crate) fn is_late(&self) -> bool {
        self.kind.is_overdue() && self.count.is_some_and(|count| count > 0)
    }
}

impl From<ListKind> for centre::desk::List {
    fn from(kind: ListKind) -> Self {
        match kind {
            ListKind::Unassigned => Self::Unassigned,
            ListKind::Mine => Self::Mine,
            ListKind::Team => Self::Team,
            ListKind::Waiting => Self::Waiting,
            ListKind::BackOffice => Self::BackOffice,
            ListKind::Overdue => Self::Overdue,
            ListKind::Solved => Self::Solved,
        }
    }
}

impl NavLink {
    pub(crate) fn shown(&self, tr: &Tr) -> Option<String> {
        self.count.filter(|count| *count > 0).map(|count| counted(*tr, count))
    }
}

impl ServiceLink {
    pub(crate) fn shown(&self, tr: &Tr) -> Option<String> {
        self.count.map(|count| counted(*tr, count))
    }
}

impl Today {
    pub(crate) fn wait(&self, tr: &Tr) -> Option<String> {
        self.mean_wait.map(|wait| tr.duration_short(wait))
    }
}

/// A count as it is shown: past the bound up to which is counted, only that it is more.
pub(crate) fn counted(tr: Tr, count: i64) -> String {
    if count >= MOST { tr.with("desk-count-more", &[("count", MOST - 1)]).into_owned() } else { tr.number(count) }
}

const MOST: i64 = 1_000;

impl DeskFrame {
    /// A frame for a page that something went wrong with: nothing is counted.
    pub fn bare(operator: Operator) -> DeskFrame {
        DeskFrame {
            operator,
            takes_calls: false,
            has_telephone: false,
            state: None,
            calls: None,
            lists: ListKind::ALL.into_iter().map(|kind| List::plain(kind, "")).collect(),
            nav: None,
            administers: false,
            reports: false,
            services: Vec::new(),
            oversight: None,
            closings: None,
            today: None,
            alerts: 0,
            panes: Panes::Two,
            open: Open::Case,
            part: String::new(),
            seen: None,
        }
    }

    /// With what is open to this member of the staff.
    pub(crate) fn of(self, staff: &Staff) -> DeskFrame {
        DeskFrame {
            administers: access::admin(staff).is_ok(),
            reports: access::report(staff).is_ok(),
            takes_calls: access::takes_calls(staff),
            has_telephone: access::has_telephone(staff),
            ..self
        }
    }

    /// With other links in the place of the lists.
    pub fn led_by(self, nav: Nav) -> DeskFrame {
        DeskFrame { nav: Some(nav), ..self }
    }

    /// The frame as it now stands, at the place in `place` where it is one of a list.
    pub(super) async fn read(
        seat: &Seat,
        place: Option<&Place>,
        panes: Panes,
        open: Open,
    ) -> centre::Result<DeskFrame> {
        let counts = centre::desk::counts(&seat.gate.centre, &seat.me).await?;
        let current = place.map(Place::list);
        let service = place.and_then(Place::service);
        let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let mut frame = DeskFrame { panes, open, ..DeskFrame::bare(Operator::new(&seat.me.name)).of(&seat.me) };
        for list in &mut frame.lists {
            let own = centre::desk::List::from(list.kind);
            list.count = counts.lists.iter().find(|(other, _)| *other == own).map(|(_, count)| number(*count));
            list.current = service.is_none() && current == Some(own);
        }
        let catalogue = seat.gate.centre.catalogue();
        // With one service there is nothing to choose.
        if catalogue.services.len() > 1 {
            for one in &catalogue.services {
                let list = if service.is_some() {
                    current.unwrap_or(centre::desk::List::Team)
                } else {
                    centre::desk::List::Team
                };
                let count = counts.services.iter().find(|(id, _)| *id == one.id).map(|(_, count)| number(*count));
                frame.services.push(ServiceLink {
                    name: one.name.clone(),
                    href: Place::new(list, Some(&one.id)).list_href(),
                    count,
                    current: service.as_ref() == Some(&one.id),
                });
            }
        }
        frame.oversight = Oversight::read(seat).await?;
        frame.closings = Some(super::closings::read(seat));
        frame.state = State::read(seat).await?;
        frame.calls = Calls::read(seat).await?;
        frame.today = Some(Today { solved: number(counts.solved_today), mean_wait: None });
        frame.part = match place {
            Some(place) => format!("/part/desk/lists?{}", place.query()),
            None => "/part/desk/lists".to_owned(),
        };
        frame.seen = Some(seat.seen);
        Ok(frame)
    }
}

impl fmt::Display for Panes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Panes::Two => "two",
            Panes::Three => "three",
            Panes::Four => "four",
        })
    }
}

impl fmt::Display for Open {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Open::List => "list",
            Open::Case => "case",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Operator;

    #[test]
    fn initials_are_of_the_first_and_the_last_name() {
        assert_eq!(Operator::new("Sara Campione").initials(), "SC");
        assert_eq!(Operator::new("ada de la prova").initials(), "AP");
        assert_eq!(Operator::new("Noor").initials(), "N");
        assert_eq!(Operator::new("").initials(), "");
    }
}
