//! What stands around every page of the desk: top bar, lists, and which panes there are.

use std::fmt;

use chrono::TimeDelta;

/// What the layout of a page is told.
#[derive(Clone, Debug)]
pub struct DeskFrame {
    pub operator: Operator,
    /// Whether the operator takes contacts now; None for roles that take none.
    pub state: Option<State>,
    pub lists: Vec<List>,
    pub services: Vec<ServiceLink>,
    pub today: Option<Today>,
    /// New alerts.
    pub alerts: i64,
    pub panes: Panes,
    pub open: Open,
}

/// Who is at the desk.
#[derive(Clone, Debug)]
pub struct Operator {
    name: String,
    initials: String,
}

/// An operator's state, in words of the reader's language.
#[derive(Clone, Debug)]
pub struct State {
    pub word: String,
    pub icon: &'static str,
    pub busy: bool,
    /// How long it has been so, already said shortly.
    pub since: String,
}

/// A list of cases with its live counter.
#[derive(Clone, Debug)]
pub struct List {
    pub kind: ListKind,
    pub href: String,
    pub count: i64,
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
}

/// The cases of one service.
#[derive(Clone, Debug)]
pub struct ServiceLink {
    pub name: String,
    pub href: String,
    pub count: i64,
    pub current: bool,
}

/// The day so far, under the lists.
#[derive(Clone, Debug)]
pub struct Today {
    pub solved: i64,
    pub mean_wait: TimeDelta,
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
    pub const ALL: [ListKind; 6] = [
        ListKind::Unassigned,
        ListKind::Mine,
        ListKind::Team,
        ListKind::Waiting,
        ListKind::BackOffice,
        ListKind::Overdue,
    ];

    pub fn key(self) -> &'static str {
        match self {
            ListKind::Unassigned => language::key!("desk-list-unassigned"),
            ListKind::Mine => language::key!("desk-list-mine"),
            ListKind::Team => language::key!("desk-list-team"),
            ListKind::Waiting => language::key!("desk-list-waiting"),
            ListKind::BackOffice => language::key!("desk-list-back-office"),
            ListKind::Overdue => language::key!("desk-list-overdue"),
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
        }
    }

    pub fn is_overdue(self) -> bool {
        self == ListKind::Overdue
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
