//! One of the staff: what is known of them, how they come in, where they are in, which cases they have.

use super::{State, numbered, roles_in_words};
use crate::admin::nav;
use crate::desk::DeskFrame;
use crate::desk::me::sessions::{self, SessionRow};
use crate::office::fault::Answer;
use crate::office::flash::Toast;
use crate::office::seat::Seat;
use crate::{html, samples};
use askama::Template;
use axum::extract::Path;
use centre::Catalogue;
use centre::sip_account::Given;
use centre::staff::{Held, Listed};
use db::invitation::Invitation;
use http::StatusCode;
use language::Tr;
use model::UserId;
use model::access;
use model::number::CaseNumber;
use model::user::{Skill, Standing};

#[derive(Debug, Template)]
#[template(path = "admin/staff-card.html")]
pub struct CardPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub id: UserId,
    pub name: String,
    pub state: State,
    /// May no longer sign in.
    pub disabled: bool,
    pub has_password: bool,
    pub facts: Vec<Fact>,
    pub email: Option<String>,
    /// The link that opens, in a sentence.
    pub invitation: Option<String>,
    /// Since when they have a second factor.
    pub factor: Option<String>,
    /// A role of theirs wants one.
    pub factor_wanted: bool,
    pub sessions: Vec<SessionRow>,
    /// Tokens in force, of which programs have the words.
    pub tokens: Vec<TokenRow>,
    pub held: i64,
    pub cases: Vec<CaseLink>,
    /// A link that was just made, which is shown once.
    pub link: Option<NewLink>,
    /// Whether they may have a SIP telephone, or have one.
    pub telephone: bool,
    /// The name that theirs registers by, where there is one.
    pub telephone_name: Option<String>,
    /// What was just made for it, which is shown once.
    pub telephone_new: Option<Given>,
    pub toast: Option<Toast>,
}

#[derive(Debug, Clone)]
pub struct Fact {
    pub word: String,
    pub text: String,
}

#[derive(Debug, Clone)]
pub struct TokenRow {
    pub id: i64,
    pub since: String,
}

#[derive(Debug, Clone)]
pub struct CaseLink {
    pub href: String,
    pub number: String,
    pub title: String,
}

/// A link to hand over.
#[derive(Debug, Clone)]
pub struct NewLink {
    pub url: String,
    pub until: String,
}

/// `GET /admin/staff/{id}`
pub(in crate::admin) async fn show(seat: Seat, Path(id): Path<String>) -> Answer {
    let id = numbered(&id)?;
    shown(&seat, id, Once::default()).await
}

/// What was just made, and is shown once.
#[derive(Debug, Default)]
pub(super) struct Once {
    pub link: Option<NewLink>,
    pub telephone: Option<Given>,
}

impl Once {
    pub(super) fn of(link: NewLink) -> Self {
        Self { link: Some(link), telephone: None }
    }
}

pub(super) async fn shown(seat: &Seat, id: UserId, once: Once) -> Answer {
    let centre = &seat.gate.centre;
    let tr = seat.tr;
    let listed = centre::staff::listed(centre, id).await?;
    let held = centre::staff::held(centre, id).await?;
    let open = centre::session::of(centre, id).await?;
    let tokens = centre::token::in_force(centre, Some(id)).await?;
    let standing = centre::totp::standing(centre, &listed.member.staff).await?;
    let invitation = centre::invitation::open_of(centre, id).await?.into_iter().next();
    let telephone_name = centre::sip_account::of(centre, id).await?.map(|account| account.name);
    let this = seat.session.id().map(|id| centre::session::row(&id.to_string()));
    let view = CardPage {
        facts: facts(tr, &centre.catalogue(), &listed),
        factor: standing.since.map(|at| tr.day(at, seat.now)),
        factor_wanted: standing.wanted,
        sessions: sessions::rows(tr, seat.now, &open, this.as_deref(), None),
        tokens: tokens
            .iter()
            .map(|(token, since)| TokenRow { id: token.id.0, since: tr.day(*since, seat.now) })
            .collect(),
        cases: cases(tr, &held),
        invitation: invitation.map(|invitation| said(tr, &invitation)),
        link: once.link,
        telephone: telephone_name.is_some() || access::has_telephone(&listed.member.staff),
        telephone_name,
        telephone_new: once.telephone,
        toast: Toast::take(&seat.session, tr).await,
        ..CardPage::of(tr, nav::frame(seat, "staff"), listed, held.count)
    };
    Ok(html::page(StatusCode::OK, &view))
}

fn said(tr: Tr, invitation: &Invitation) -> String {
    let way = if invitation.by_letter { "letter" } else { "hand" };
    let key = format!("staff-invitation-{}-{way}", invitation.kind);
    tr.with(&key, &[("when", tr.date_time_full(invitation.expires_at))]).into_owned()
}

fn cases(tr: Tr, held: &Held) -> Vec<CaseLink> {
    let link = |stored: &db::case::Stored| {
        let number = CaseNumber::new(stored.case.id, stored.case.opened_at);
        CaseLink {
            href: format!("/desk/case/{number}"),
            number: number.to_string(),
            title: crate::desk::title_of(tr, stored),
        }
    };
    held.cases.iter().map(link).collect()
}

/// `bonus (esperto)`
fn skill(tr: Tr, skill: &Skill) -> String {
    match skill.level {
        Some(level) => {
            let level = tr.text(&format!("skill-level-{level}"));
            tr.with("staff-skill-and-level", &[("skill", skill.name.as_str()), ("level", &level)]).into_owned()
        }
        None => skill.name.clone(),
    }
}

/// A language by its name, or its code where it has none here.
pub(crate) fn language_name(tr: Tr, code: &str) -> String {
    let key = format!("spoken-{}", code.to_lowercase());
    if tr.has(&key) { tr.text(&key).into_owned() } else { code.to_owned() }
}

fn facts(tr: Tr, catalogue: &Catalogue, listed: &Listed) -> Vec<Fact> {
    let (member, staff) = (&listed.member, &listed.member.staff);
    let structure = staff
        .scope
        .as_ref()
        .map(|id| catalogue.structure(id).map_or_else(|| id.to_string(), |structure| structure.name.clone()));
    let queues: Vec<String> = staff
        .queues
        .iter()
        .map(|id| catalogue.queue(id).map_or_else(|| id.to_string(), |queue| queue.name.clone()))
        .collect();
    let languages: Vec<String> = staff.languages.iter().map(|code| language_name(tr, code)).collect();
    let skills: Vec<String> = staff.skills.iter().map(|one| skill(tr, one)).collect();
    let fact = |key: &str, text: String| (!text.is_empty()).then(|| Fact { word: tr.text(key).into_owned(), text });
    let everywhere = || tr.text("staff-everywhere").into_owned();
    let every_queue = || tr.text("staff-every-queue").into_owned();
    [
        fact(language::key!("desk-sign-in-login"), staff.login.clone()),
        fact(language::key!("staff-email"), member.email.clone().unwrap_or_default()),
        fact(language::key!("desk-me-roles"), roles_in_words(tr, staff.roles.iter())),
        fact(language::key!("desk-me-structure"), structure.unwrap_or_else(everywhere)),
        fact(language::key!("desk-me-queues"), if queues.is_empty() { every_queue() } else { queues.join(", ") }),
        fact(language::key!("staff-languages"), languages.join(", ")),
        fact(language::key!("staff-skills"), skills.join(", ")),
        fact(language::key!("staff-external"), member.external.clone().unwrap_or_default()),
        fact(language::key!("staff-added"), tr.date(member.created_at)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

impl CardPage {
    fn of(tr: Tr, frame: DeskFrame, listed: Listed, held: u64) -> Self {
        let member = listed.member;
        Self {
            tr,
            frame,
            id: member.staff.id,
            name: member.staff.name,
            state: State::of(tr, listed.standing),
            disabled: listed.standing == Standing::Disabled,
            has_password: member.has_password,
            facts: Vec::new(),
            email: member.email,
            invitation: None,
            factor: None,
            factor_wanted: false,
            sessions: Vec::new(),
            tokens: Vec::new(),
            held: i64::try_from(held).unwrap_or(i64::MAX),
            cases: Vec::new(),
            link: None,
            telephone: false,
            telephone_name: None,
            telephone_new: None,
            toast: None,
        }
    }
}

impl samples::Samples for CardPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let page = |standing: Standing| {
            let listed = Listed { member: super::edit::sample(), standing, second_factor: false };
            let services = vec![model::service::Service::built_in()];
            let facts = facts(tr, &Catalogue { services, ..Catalogue::default() }, &listed);
            CardPage { facts, ..CardPage::of(tr, nav::sample_frame(tr, "staff"), listed, 0) }
        };
        let sample = |kind| Invitation {
            id: model::InvitationId(1),
            staff: UserId(1),
            kind,
            by_letter: true,
            created_at: samples::now(),
            expires_at: samples::now() + chrono::TimeDelta::days(7),
        };
        let able = CardPage {
            factor: Some(tr.day(samples::now(), samples::now())),
            factor_wanted: true,
            sessions: sessions::sample(tr, None),
            tokens: vec![TokenRow { id: 7, since: tr.day(samples::now(), samples::now()) }],
            telephone: true,
            telephone_name: Some("karim".to_owned()),
            held: 1,
            cases: vec![CaseLink {
                href: "/desk/case/LA-2026-004512".to_owned(),
                number: "LA-2026-004512".to_owned(),
                title: "Bonus sociale".to_owned(),
            }],
            toast: Some(Toast { text: tr.text("admin-done-staff-changed").into_owned(), undo: None }),
            ..page(Standing::Able)
        };
        let invited = CardPage {
            has_password: false,
            invitation: Some(said(tr, &sample(model::invitation::Kind::Welcome))),
            telephone: true,
            link: Some(NewLink {
                url: "https://lineaamica.example/login/invite/4f2a".to_owned(),
                until: tr.date_time_full(samples::now()),
            }),
            ..page(Standing::Invited)
        };
        let telephone = CardPage {
            telephone: true,
            telephone_name: Some("karim".to_owned()),
            telephone_new: Some(Given { name: "karim".to_owned(), password: "m4kq7wznc2rtb9hxpa3f".to_owned() }),
            ..page(Standing::Able)
        };
        let disabled = CardPage { held: 3, ..page(Standing::Disabled) };
        let outside = CardPage { has_password: false, email: None, ..page(Standing::Outside) };
        vec![
            ("able", able),
            ("invited", invited),
            ("telephone", telephone),
            ("disabled", disabled),
            ("outside", outside),
        ]
    }
}
