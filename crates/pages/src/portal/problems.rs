//! What is wrong with a form, field by field: listed on top with links, and said beside each field.

use language::Tr;
use model::problem::FieldProblem;

/// The problems of one form, in the order of its fields.
#[derive(Debug, Clone, Default)]
pub struct Problems(Vec<Mistake>);

/// A field that cannot be taken as typed.
#[derive(Debug, Clone)]
pub struct Mistake {
    pub field: &'static str,
    /// What the form calls the field.
    pub label: String,
    pub sentence: String,
}

impl Problems {
    /// `fields` are the form's fields in their order, each with the key of its label. Of a field with several problems
    /// the first is told; a field that is not of this form is told as `otherwise`.
    pub fn of(tr: Tr, form: &str, fields: &[(&'static str, &str)], found: &[FieldProblem]) -> Self {
        let mut mistakes = Vec::new();
        for (field, label) in fields {
            if let Some(problem) = found.iter().find(|p| p.field == *field) {
                mistakes.push(Mistake {
                    field,
                    label: tr.text(label).into_owned(),
                    sentence: sentence(tr, form, problem),
                });
            }
        }
        let known = |problem: &FieldProblem| fields.iter().any(|(field, _)| *field == problem.field);
        if let (Some((field, label)), Some(problem)) = (fields.first(), found.iter().find(|p| !known(p)))
            && mistakes.is_empty()
        {
            mistakes.push(Mistake { field, label: tr.text(label).into_owned(), sentence: sentence(tr, form, problem) });
        }
        Self(mistakes)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn count(&self) -> usize {
        self.0.len()
    }

    pub fn all(&self) -> &[Mistake] {
        &self.0
    }

    /// What is wrong with this field.
    pub fn at(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|m| m.field == field).map(|m| m.sentence.as_str())
    }
}

/// The sentence for a problem: that of this form's field where there is one (`problem-write-text-missing`), else that
/// of the problem (`problem-missing`).
fn sentence(tr: Tr, form: &str, problem: &FieldProblem) -> String {
    let word = problem.problem;
    let own = format!("problem-{form}-{}-{word}", problem.field);
    let key = if tr.has(&own) { own } else { format!("problem-{word}") };
    let limit = i64::try_from(problem.limit.unwrap_or_default()).unwrap_or(i64::MAX);
    tr.with(&key, &[("limit", limit)]).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use language::Language;
    use model::problem::Problem;

    #[test]
    fn every_problem_has_its_sentence_in_every_language() {
        for language in Language::ALL {
            for problem in Problem::ALL {
                let key = format!("problem-{problem}");
                assert!(Tr::new(language).has(&key), "messages/{language} lacks {key}");
            }
        }
    }

    #[test]
    fn a_field_says_what_it_lacks_in_its_own_words() {
        let found = [FieldProblem::limited("name", Problem::TooLong, 200), FieldProblem::new("text", Problem::Missing)];
        let fields = [("text", "write-text"), ("name", "write-name")];
        let problems = Problems::of(Tr::default(), "write", &fields, &found);
        assert_eq!(problems.all().iter().map(|m| m.field).collect::<Vec<_>>(), ["text", "name"]);
        assert!(problems.at("name").unwrap().contains("200"));
        assert!(problems.at("email").is_none());
    }
}
