//! Fields of forms of the desk and of the administration, and what is wrong with what was typed into them.

use language::Tr;
use model::problem::FieldProblem;

#[derive(Debug, Clone)]
pub struct Field {
    pub name: &'static str,
    pub label: String,
    pub hint: Option<String>,
    pub kind: Kind,
    pub value: String,
    pub problem: Option<String>,
    pub optional: bool,
}

#[derive(Debug, Clone)]
pub enum Kind {
    Line,
    /// A line that browsers know to be a telephone number or an e-mail address.
    Phone,
    Email,
    Text,
    Date,
    /// A sign-in name that is shown and not changed.
    Fixed,
    /// A password that one has, or is about to have: programs that keep them tell the two apart.
    Password,
    NewPassword,
    /// A code that somebody reads off their telephone.
    Code,
    Select(Vec<Choice>),
    Radio(Vec<Choice>),
    Ticks(Vec<Choice>),
    /// One of a tree, each choice as deep as it lies.
    Tree(Vec<Choice>),
    Tick,
}

#[derive(Debug, Clone)]
pub struct Choice {
    pub value: String,
    pub word: String,
    pub chosen: bool,
    /// How deep it lies, where choices are a tree.
    pub depth: usize,
}

impl Choice {
    pub fn new(value: impl ToString, word: impl Into<String>) -> Self {
        Self { value: value.to_string(), word: word.into(), chosen: false, depth: 0 }
    }

    pub fn chosen_if(self, chosen: bool) -> Self {
        Self { chosen, ..self }
    }

    pub fn deep(self, depth: usize) -> Self {
        Self { depth, ..self }
    }

    /// The word in a list that has no levels of its own: set in by spaces that browsers keep.
    pub fn indented(self) -> Self {
        Self { word: format!("{}{}", "\u{2003}".repeat(self.depth), self.word), ..self }
    }
}

impl Field {
    pub fn new(name: &'static str, label: impl Into<String>, kind: Kind) -> Self {
        Self { name, label: label.into(), hint: None, kind, value: String::new(), problem: None, optional: false }
    }

    pub fn with(self, value: impl Into<String>) -> Self {
        Self { value: value.into(), ..self }
    }

    pub fn hinted(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    pub fn optional(self) -> Self {
        Self { optional: true, ..self }
    }

    pub(crate) fn ticked(&self) -> bool {
        !self.value.is_empty()
    }

    /// Keeps the first problem that is this field's.
    pub fn judged(&mut self, tr: Tr, problems: &[FieldProblem]) {
        self.problem = problems.iter().find(|p| p.field == self.name).map(|p| sentence(tr, p));
    }

    pub(crate) fn described_by(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.name));
        let problem = self.problem.as_ref().map(|_| format!("{}-problem", self.name));
        let ids: Vec<String> = [hint, problem].into_iter().flatten().collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// The sentence for a problem: of its own field where the desk has a better one.
pub fn sentence(tr: Tr, problem: &FieldProblem) -> String {
    let limit = i64::try_from(problem.limit.unwrap_or_default()).unwrap_or(i64::MAX);
    let own = format!("problem-desk-{}-{}", problem.field, problem.problem);
    let key = if tr.has(&own) { own } else { format!("problem-{}", problem.problem) };
    tr.with(&key, &[("limit", limit)]).into_owned()
}
