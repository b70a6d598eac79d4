//! A form of the administration, or of one's own page: a page of its own that says what will happen, and comes back with what is wrong.

use crate::desk::DeskFrame;
use crate::office::field::{self, Field};
use crate::{html, samples};
use askama::Template;
use axum::response::Response;
use http::StatusCode;
use language::Tr;
use model::problem::FieldProblem;

#[derive(Debug, Template)]
#[template(path = "admin/form.html")]
pub struct FormPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    /// Its messages are `{keys}-{word}-title`, `-lead` where there is something to say, and `-submit`. All are told
    /// `$name`. In the administration `keys` is `admin`.
    pub keys: &'static str,
    pub word: &'static str,
    /// Whom or what it is about.
    pub name: String,
    /// The page it was reached from, and that page's name.
    pub back: (String, String),
    pub action: String,
    /// Fields that are not shown.
    pub hidden: Vec<(&'static str, String)>,
    pub fields: Vec<Field>,
    /// A problem of the whole, or of a field that is not shown.
    pub problem: Option<String>,
    /// What is done cannot be taken back: the button looks like it.
    pub stop: bool,
}

impl FormPage {
    #[must_use]
    pub fn new(
        tr: Tr,
        frame: DeskFrame,
        word: &'static str,
        name: impl Into<String>,
        back: (String, String),
        action: impl Into<String>,
    ) -> Self {
        Self {
            tr,
            frame,
            keys: "admin",
            word,
            name: name.into(),
            back,
            action: action.into(),
            hidden: Vec::new(),
            fields: Vec::new(),
            problem: None,
            stop: false,
        }
    }

    /// As an answer; with `problems`, as it comes back.
    #[must_use]
    pub fn answer(mut self, problems: &[FieldProblem]) -> Response {
        for field in &mut self.fields {
            field.judged(self.tr, problems);
        }
        let unseen = problems.iter().find(|p| !self.fields.iter().any(|f| f.name == p.field));
        if let Some(unseen) = unseen {
            self.problem = Some(field::sentence(self.tr, unseen));
        }
        let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        html::page(status, &self)
    }

    /// As an answer, with what is said of its fields already.
    #[must_use]
    pub fn refused(self) -> Response {
        html::page(StatusCode::UNPROCESSABLE_ENTITY, &self)
    }

    pub(crate) fn wrong(&self) -> impl Iterator<Item = (&Field, &String)> {
        self.fields.iter().filter_map(|f| Some((f, f.problem.as_ref()?)))
    }

    pub(crate) fn said(&self, what: &str) -> String {
        self.tr.with(&format!("{}-{}-{what}", self.keys, self.word), &[("name", self.name.as_str())]).into_owned()
    }

    pub(crate) fn lead(&self) -> Option<String> {
        self.tr.has(&format!("{}-{}-lead", self.keys, self.word)).then(|| self.said("lead"))
    }
}

impl samples::Samples for FormPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let back = || ("/admin/staff/3".to_owned(), "Karim Esempio".to_owned());
        let page = |word: &'static str| {
            let frame = super::nav::sample_frame(tr, "staff");
            FormPage { stop: true, ..FormPage::new(tr, frame, word, "Karim Esempio", back(), "/admin/staff/3") }
        };
        let label = tr.with("staff-put-back-too", &[("count", 3)]);
        let mut disable = page("staff-disable");
        disable.fields = vec![Field::new("put-back", label, field::Kind::Tick).with("1")];
        disable.problem = Some(tr.text("problem-last-admin").into_owned());
        let choice =
            |role: &model::user::Role| field::Choice::new(role, tr.text(&format!("staff-role-{role}")).into_owned());
        let ticks = field::Kind::Ticks(model::user::Role::ALL.iter().map(choice).collect());
        let roles = Field::new("roles", tr.text("sign-in-roles"), ticks).hinted(tr.text("sign-in-roles-hint"));
        let sign_in = FormPage { stop: false, fields: vec![roles], ..page("sign-in") };
        let floor = ("/desk/squadra/telefono".to_owned(), tr.text("floor-title").into_owned());
        let opening =
            FormPage::new(tr, crate::samples::desk_frame(tr), "open", "Linea Amica", floor, "/desk/squadra/telefono");
        let opened = FormPage { keys: "closing", ..opening };
        let mut own = FormPage { keys: "desk-me", stop: false, ..page("password") };
        own.fields = vec![Field::new("old", tr.text("desk-me-password-old"), field::Kind::Password)];
        vec![
            ("disable", disable),
            ("put-back", page("staff-put-back")),
            ("reset-factor", page("staff-reset-factor")),
            ("telephone", FormPage { stop: false, ..page("staff-telephone") }),
            ("telephone-remove", page("staff-telephone-remove")),
            ("sign-in", sign_in),
            ("password", own),
            ("trunk", super::trunk::form_sample(tr)),
            ("trunk-remove", page("trunk-remove")),
            ("sound-remove", page("sound-remove")),
            ("steering", crate::desk::steering_sample(tr, crate::samples::desk_frame(tr))),
            ("open-queue", opened),
        ]
    }
}
