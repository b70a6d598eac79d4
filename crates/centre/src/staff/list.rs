//! The staff as the administration lists it. A centre has some thousand people at the most, so that they are looked
//! through here, by words without accents, and no engine's own comparing decides who is found.

use crate::{Centre, Error, Result};
use db::staff::Member;
use model::UserId;
use model::text;
use model::user::{Role, Standing};
use std::collections::HashSet;

/// Which of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Which {
    /// All who may sign in, or could.
    #[default]
    Here,
    All,
    These(Standing),
}

impl Which {
    /// The word in an address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::All => "all",
            Self::These(standing) => standing.as_str(),
        }
    }

    /// An unknown word is the usual list.
    #[must_use]
    pub fn of(word: &str) -> Self {
        match word {
            "all" => Self::All,
            word => word.parse().map_or(Self::Here, Self::These),
        }
    }
}

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Beginnings of words of the name, the login or the address.
    pub text: String,
    pub role: Option<Role>,
    pub which: Which,
    pub after: Option<UserId>,
}

/// Somebody on the list.
#[derive(Debug, Clone)]
pub struct Listed {
    pub member: Member,
    pub standing: Standing,
    pub second_factor: bool,
}

/// A page of the list.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub people: Vec<Listed>,
    /// How many were found in all.
    pub found: usize,
    /// From where it goes on.
    pub next: Option<UserId>,
}

fn standing(member: &Member, invited: &HashSet<UserId>) -> Standing {
    match member {
        m if m.disabled_at.is_some() => Standing::Disabled,
        m if m.has_password => Standing::Able,
        m if invited.contains(&m.staff.id) => Standing::Invited,
        _ => Standing::Outside,
    }
}

/// Those who are looked for, by name, at most `limit`.
///
/// # Errors
/// Only those of the database.
pub async fn page(centre: &Centre, asked: &Asked, limit: usize) -> Result<Page> {
    let db = centre.db().read();
    let invited = db::invitation::all_open(db, centre.now()).await?.into_iter().map(|i| i.staff).collect();
    let factors = db::totp::all(db).await?;
    let words = text::words(&asked.text, 8);
    let fits = |listed: &Listed| {
        let member = &listed.member;
        let of_role = asked.role.is_none_or(|role| member.staff.roles.has(role));
        let of_which = match asked.which {
            Which::Here => listed.standing != Standing::Disabled,
            Which::All => true,
            Which::These(standing) => listed.standing == standing,
        };
        of_role && of_which && is_named(member, &words)
    };
    let listed = |member: Member| Listed {
        standing: standing(&member, &invited),
        second_factor: factors.contains(&member.staff.id),
        member,
    };
    let found: Vec<Listed> = db::staff::members(db).await?.into_iter().map(listed).filter(fits).collect();
    let begin = asked.after.and_then(|id| found.iter().position(|l| l.member.staff.id == id)).map_or(0, |at| at + 1);
    let count = found.len();
    let people: Vec<Listed> = found.into_iter().skip(begin).take(limit).collect();
    let next = people.last().filter(|_| begin + people.len() < count).map(|l| l.member.staff.id);
    Ok(Page { people, found: count, next })
}

/// Does every word begin a word of theirs?
fn is_named(member: &Member, words: &[String]) -> bool {
    let all = format!("{} {} {}", member.staff.name, member.staff.login, member.email.as_deref().unwrap_or_default());
    let theirs = text::words(&all, 100);
    words.iter().all(|word| theirs.iter().any(|own| own.starts_with(word.as_str())))
}

/// What of the staff wants an administrator's attention.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Watch {
    /// Who can administer.
    pub administrators: usize,
    /// Disabled people who have active cases.
    pub gone_with_cases: usize,
}

/// What wants attention.
///
/// # Errors
/// Only those of the database.
pub async fn watch(centre: &Centre) -> Result<Watch> {
    let db = centre.db().read();
    let all = db::staff::members(db).await?;
    let can = |m: &&Member| m.disabled_at.is_none() && m.has_password && model::access::admin(&m.staff).is_ok();
    let busy = db::case::assignees_of_active(db).await?;
    let gone = |m: &&Member| m.disabled_at.is_some() && busy.contains(&m.staff.id);
    Ok(Watch { administrators: all.iter().filter(can).count(), gone_with_cases: all.iter().filter(gone).count() })
}

/// Names of skills that somebody has, in their order: one skill is written in one way.
///
/// # Errors
/// Only those of the database.
pub async fn known_skills(centre: &Centre) -> Result<Vec<String>> {
    let all = db::staff::members(centre.db().read()).await?;
    let names: std::collections::BTreeSet<String> =
        all.into_iter().flat_map(|member| member.staff.skills).map(|skill| skill.name).collect();
    Ok(names.into_iter().collect())
}

/// One of them.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn listed(centre: &Centre, id: UserId) -> Result<Listed> {
    let db = centre.db().read();
    let member = db::staff::member(db, id).await?.ok_or(Error::NotFound("user"))?;
    let invited = db::invitation::open_of(db, id, centre.now()).await?.into_iter().map(|i| i.staff).collect();
    let second_factor = db::totp::load(db, id).await?.is_some();
    Ok(Listed { standing: standing(&member, &invited), second_factor, member })
}
