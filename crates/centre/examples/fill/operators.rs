//! Those who work there.

use centre::sip_account::secrets;
use centre::{By, Centre, Error, availability};
use db::staff::NewStaff;
use model::availability::{Wish, Wished};
use model::user::{Role, Roles, Staff};
use std::sync::Arc;

pub async fn hire(centre: &Centre, login: &str) -> Result<Arc<Staff>, Error> {
    let new = NewStaff {
        login: login.to_owned(),
        name: format!("{login} Campione"),
        roles: Roles::new([Role::Front]),
        language: "it".to_owned(),
        ..NewStaff::default()
    };
    let id = centre::staff::add(centre, By::System, new).await?;
    centre::staff::load(centre, id).await?.ok_or(Error::NotFound("user"))
}

/// So many who say that they take calls; the name and the password of each one's telephone are their sign-in name.
pub async fn take_on(centre: &Centre, count: u64) -> Result<(), Error> {
    for n in 0..count {
        let login = format!("operator{n}");
        let staff = hire(centre, &login).await?;
        let id = staff.id;
        centre
            .work(By::Staff(staff), move |w| {
                Box::pin(async move {
                    centre::sip_account::set(w, id, &login, secrets(&login, &login)).await?;
                    availability::wish(w, Wished { wish: Wish::Ready, reason: None }).await
                })
            })
            .await?;
    }
    Ok(())
}
