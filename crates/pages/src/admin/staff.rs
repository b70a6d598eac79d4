//! The staff: who there is, in which roles, and how each comes in.

pub(super) mod act;
pub(super) mod card;
pub(super) mod edit;
pub(super) mod telephone;

use super::nav;
use crate::desk::DeskFrame;
use crate::office::fault::Answer;
use crate::office::flash::Toast;
use crate::office::seat::Seat;
use crate::{html, samples};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use centre::staff::{Asked, Listed, Which};
use centre::{Catalogue, Error};
use http::StatusCode;
use language::Tr;
use model::UserId;
use model::user::{Role, Standing};
use serde::Deserialize;

/// People on one page of the list.
const SHOWN: usize = 50;

#[derive(Debug, Template)]
#[template(path = "admin/staff.html")]
pub struct StaffPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub text: String,
    pub roles: Vec<Picked>,
    pub states: Vec<Picked>,
    pub people: Vec<Row>,
    pub found: i64,
    /// Something narrows the list.
    pub narrowed: bool,
    pub next: Option<String>,
    pub toast: Option<Toast>,
}

/// Something to choose from.
#[derive(Debug, Clone)]
pub struct Picked {
    pub value: String,
    pub word: String,
    pub chosen: bool,
}

/// Somebody on the list.
#[derive(Debug, Clone)]
pub struct Row {
    pub href: String,
    pub name: String,
    pub login: String,
    pub email: Option<String>,
    pub roles: String,
    pub structure: Option<String>,
    pub state: State,
    pub second_factor: bool,
}

/// Whether somebody comes in, as a chip.
#[derive(Debug, Clone)]
pub struct State {
    pub word: String,
    pub icon: &'static str,
    pub class: &'static str,
}

impl State {
    pub(super) fn of(tr: Tr, standing: Standing) -> Self {
        let (icon, class) = match standing {
            Standing::Able => ("check", "tag-ok"),
            Standing::Invited => ("mail", "tag-line"),
            Standing::Outside => ("alert", "tag-warn"),
            Standing::Disabled => ("x", "tag-line"),
        };
        Self { word: tr.text(&format!("staff-state-{standing}")).into_owned(), icon, class }
    }
}

/// As it stands in the address.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Narrow {
    q: Option<String>,
    role: Option<String>,
    state: Option<String>,
    after: Option<String>,
}

pub(super) fn roles_in_words(tr: Tr, roles: impl Iterator<Item = Role>) -> String {
    roles.map(|role| tr.text(&format!("desk-role-{role}")).into_owned()).collect::<Vec<_>>().join(", ")
}

fn row(tr: Tr, catalogue: &Catalogue, listed: &Listed) -> Row {
    let staff = &listed.member.staff;
    let structure = |id: &model::StructureId| {
        catalogue.structure(id).map_or_else(|| id.to_string(), |structure| structure.name.clone())
    };
    Row {
        href: format!("/admin/staff/{}", staff.id),
        name: staff.name.clone(),
        login: staff.login.clone(),
        email: listed.member.email.clone(),
        roles: roles_in_words(tr, staff.roles.iter()),
        structure: staff.scope.as_ref().map(structure),
        state: State::of(tr, listed.standing),
        second_factor: listed.second_factor,
    }
}

/// Whose page it is, by the number in its address.
pub(super) fn numbered(id: &str) -> Result<UserId, Error> {
    id.parse().map_err(|_| Error::NotFound("user"))
}

/// `GET /admin/staff`
pub(super) async fn show(seat: Seat, Query(narrow): Query<Narrow>) -> Answer {
    let asked = Asked {
        text: narrow.q.clone().unwrap_or_default().chars().take(200).collect(),
        role: narrow.role.as_deref().and_then(|word| word.parse().ok()),
        which: Which::of(narrow.state.as_deref().unwrap_or_default()),
        after: narrow.after.as_deref().and_then(|id| id.parse().ok()),
    };
    let page = centre::staff::page(&seat.gate.centre, &asked, SHOWN).await?;
    let catalogue = seat.gate.centre.catalogue();
    let tr = seat.tr;
    let next = page.next.map(|after| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("q", &asked.text).append_pair("state", asked.which.as_str());
        if let Some(role) = asked.role {
            query.append_pair("role", role.as_str());
        }
        format!("/admin/staff?{}", query.append_pair("after", &after.to_string()).finish())
    });
    let view = StaffPage {
        tr,
        frame: nav::frame(&seat, "staff"),
        roles: roles(tr, asked.role),
        states: states(tr, asked.which),
        people: page.people.iter().map(|listed| row(tr, &catalogue, listed)).collect(),
        found: i64::try_from(page.found).unwrap_or(i64::MAX),
        narrowed: !asked.text.trim().is_empty() || asked.role.is_some() || asked.which != Which::Here,
        text: asked.text,
        next,
        toast: Toast::take(&seat.session, tr).await,
    };
    let response: Response = html::page(StatusCode::OK, &view);
    Ok(response)
}

fn roles(tr: Tr, chosen: Option<Role>) -> Vec<Picked> {
    let all = Picked { value: String::new(), word: tr.text("staff-any-role").into_owned(), chosen: chosen.is_none() };
    let role = |role: &Role| Picked {
        value: role.to_string(),
        word: tr.text(&format!("desk-role-{role}")).into_owned(),
        chosen: chosen == Some(*role),
    };
    std::iter::once(all).chain(Role::ALL.iter().map(role)).collect()
}

fn states(tr: Tr, chosen: Which) -> Vec<Picked> {
    let which = |which: Which| Picked {
        value: which.as_str().to_owned(),
        word: tr.text(&format!("staff-which-{}", which.as_str())).into_owned(),
        chosen: chosen == which,
    };
    [Which::Here, Which::All].into_iter().chain(Standing::ALL.iter().copied().map(Which::These)).map(which).collect()
}

impl samples::Samples for StaffPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let row = |n: i64, name: &str, roles: &[Role], structure: Option<&str>, standing, second_factor| Row {
            href: format!("/admin/staff/{n}"),
            name: name.to_owned(),
            login: name.to_lowercase().replace(' ', "."),
            email: (n % 2 == 1).then(|| format!("{}@posta.example", name.to_lowercase().replace(' ', "."))),
            roles: roles_in_words(tr, roles.iter().copied()),
            structure: structure.map(str::to_owned),
            state: State::of(tr, standing),
            second_factor,
        };
        let people = vec![
            row(1, "Ada Campione", &[Role::Admin, Role::Supervisor], None, Standing::Able, true),
            row(2, "Ines Prova", &[Role::Back], Some("URP del Comune di Prova"), Standing::Outside, false),
            row(3, "Karim Esempio", &[Role::Front], None, Standing::Invited, false),
            row(4, "Luca Modello", &[Role::Front, Role::Editor], None, Standing::Disabled, false),
        ];
        let page = |people: Vec<Row>, text: &str| StaffPage {
            tr,
            frame: nav::sample_frame(tr, "staff"),
            text: text.to_owned(),
            roles: roles(tr, None),
            states: states(tr, Which::Here),
            found: i64::try_from(people.len()).unwrap_or_default(),
            people,
            narrowed: !text.is_empty(),
            next: text.is_empty().then(|| "/admin/staff?after=4".to_owned()),
            toast: None,
        };
        vec![("list", page(people, "")), ("none", page(Vec::new(), "rossi"))]
    }
}
