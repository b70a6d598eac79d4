//! Forms with lists in them: fields whose names are made as they are needed, in groups, each with what is wrong with it.
//! What was typed stays as it was typed until it can be taken.

use crate::desk::field::Choice;
use gate::Form;
use language::Tr;

/// Rows of a list at the most: more than anybody types, and few enough for one form.
pub const ROWS_MAX: usize = 500;

/// What stands in the fields.
#[derive(Debug, Clone, Default)]
pub struct Typed(Vec<(String, String)>);

impl Typed {
    pub fn of(form: &Form) -> Self {
        Self(form.words().to_vec())
    }

    pub fn put(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }

    /// What was typed, without blanks around it; nothing where nothing was.
    pub fn some(&self, name: &str) -> Option<String> {
        Some(self.text(name).trim()).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(n, _)| n == name)
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The fields whose names begin so: the rest of each name, with what was typed.
    pub fn beginning<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
    }

    /// How many rows a list has, of which some may be empty; no more than [`ROWS_MAX`], so that a number that somebody
    /// made up makes no page of a million rows.
    pub fn rows(&self, list: &str) -> usize {
        self.said_rows(list).min(ROWS_MAX)
    }

    fn said_rows(&self, list: &str) -> usize {
        self.text(&format!("{list}-rows")).parse().unwrap_or_default()
    }

    /// How many it has with the empty one at its end.
    pub fn next_rows(&self, list: &str) -> usize {
        self.said_rows(list).saturating_add(1)
    }

    /// Whether a list has more rows than are shown: saved as it is shown, it would lose them.
    pub fn overflows(&self, list: &str) -> bool {
        self.said_rows(list) > ROWS_MAX
    }

    /// Everything but these, to be carried along unseen.
    pub fn carried(&self, but: &[&str]) -> Vec<(String, String)> {
        self.0.iter().filter(|(name, _)| !but.contains(&name.as_str())).cloned().collect()
    }
}

/// What is wrong with a field, by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    pub field: String,
    pub sentence: String,
}

#[derive(Debug, Clone)]
pub struct Group {
    pub title: String,
    pub hint: Option<String>,
    /// Its fields stand beside one another where there is room.
    pub row: bool,
    /// Open only when somebody wants it.
    pub folded: bool,
    pub inputs: Vec<Input>,
}

impl Group {
    pub fn new(title: impl Into<String>, inputs: Vec<Input>) -> Self {
        Self { title: title.into(), hint: None, row: false, folded: false, inputs }
    }

    pub fn row(self) -> Self {
        Self { row: true, ..self }
    }

    pub fn hinted(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

#[derive(Debug, Clone)]
pub struct Input {
    pub name: String,
    pub label: String,
    pub hint: Option<String>,
    pub kind: InputKind,
    pub value: String,
    pub problem: Option<String>,
}

#[derive(Debug, Clone)]
pub enum InputKind {
    Line,
    Number,
    Date,
    Text,
    Code,
    Select(Vec<Choice>),
    Ticks(Vec<Choice>),
    Tick,
    /// A date with a time of the reader's clock.
    Moment,
    /// A file of one of these kinds, as browsers take it in `accept`.
    File(&'static str),
    /// Shown, and sent as it is.
    Fixed,
}

impl Input {
    /// A field with what was typed into it.
    pub fn new(typed: &Typed, name: impl Into<String>, label: impl Into<String>, kind: InputKind) -> Self {
        let name = name.into();
        let value = typed.text(&name).to_owned();
        Self { name, label: label.into(), hint: None, kind, value, problem: None }
    }

    pub fn hinted(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// Chooses of these words, each with its message.
    pub fn select(typed: &Typed, name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        let mut input = Self::new(typed, name, label, InputKind::Line);
        let value = input.value.clone();
        let choices = choices.into_iter().map(|choice| {
            let chosen = choice.value == value;
            choice.chosen_if(chosen)
        });
        input.kind = InputKind::Select(choices.collect());
        input
    }

    pub fn ticks(typed: &Typed, name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        let mut input = Self::new(typed, name, label, InputKind::Line);
        let ticked: Vec<&str> = typed.all(&input.name).collect();
        let choices = choices.into_iter().map(|choice| {
            let chosen = ticked.contains(&choice.value.as_str());
            choice.chosen_if(chosen)
        });
        input.kind = InputKind::Ticks(choices.collect());
        input
    }

    pub(crate) fn ticked(&self) -> bool {
        !self.value.is_empty()
    }

    pub(crate) fn described_by(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.name));
        let problem = self.problem.as_ref().map(|_| format!("{}-problem", self.name));
        let ids: Vec<String> = [hint, problem].into_iter().flatten().collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// Puts what is wrong beside its fields; what belongs to none comes back.
pub fn judge(groups: &mut [Group], wrongs: &[Wrong]) -> Vec<String> {
    let mut unseen = Vec::new();
    for wrong in wrongs {
        let input = groups.iter_mut().flat_map(|g| &mut g.inputs).find(|input| input.name == wrong.field);
        match input {
            Some(input) => drop(input.problem.get_or_insert_with(|| wrong.sentence.clone())),
            None => unseen.push(wrong.sentence.clone()),
        }
    }
    for group in groups.iter_mut() {
        group.folded &= group.inputs.iter().all(|input| input.problem.is_none());
    }
    unseen
}

/// The words of a fixed list as choices, with none first when `none` has a message.
pub fn words<T: std::fmt::Display>(tr: Tr, none: Option<&str>, all: &[T], key: &str) -> Vec<Choice> {
    let none = none.map(|none| Choice::new("", tr.text(none)));
    none.into_iter().chain(all.iter().map(|word| Choice::new(word, tr.text(&format!("{key}-{word}"))))).collect()
}
