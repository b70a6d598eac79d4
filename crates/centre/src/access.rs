//! The one place where use cases ask whether they may.

use crate::{By, Result, Work};
use db::case::Stored;
use model::access::{self, Action, Denied};
use model::case::Case;
use model::user::{Role, Staff};

impl Work<'_> {
    /// May whoever wants this do `action` to `case`? The centre itself may; a citizen was let in by the case's code.
    ///
    /// # Errors
    /// [`Denied`], as the model says.
    pub fn may(&self, action: Action, case: &Case) -> Result<()> {
        match &self.by {
            By::System | By::Citizen => Ok(()),
            By::Staff(staff) => Ok(access::case(staff, action, case)?),
        }
    }

    /// Is whoever wants this one of these?
    ///
    /// # Errors
    /// [`Denied::Place`] for staff in other roles and for citizens.
    pub fn must_be(&self, roles: &[Role]) -> Result<()> {
        match &self.by {
            By::System => Ok(()),
            By::Staff(staff) if staff.roles.any_of(roles) => Ok(()),
            By::Staff(_) | By::Citizen => Err(Denied::Place.into()),
        }
    }

    /// Does whoever wants this administer the centre?
    ///
    /// # Errors
    /// [`Denied::Place`] for all who do not.
    pub fn must_administer(&self) -> Result<()> {
        match &self.by {
            By::System => Ok(()),
            By::Staff(staff) => Ok(access::admin(staff)?),
            By::Citizen => Err(Denied::Place.into()),
        }
    }

    /// The member of the staff at work.
    ///
    /// # Errors
    /// [`Denied::Place`] when it is nobody of the staff.
    pub fn staff(&self) -> Result<&Staff> {
        self.by.staff().ok_or(crate::Error::Denied(Denied::Place))
    }
}

/// May `staff` see this case? A case outside their scope is told as if it were not there.
///
/// # Errors
/// [`crate::Error::NotFound`] when not.
pub fn visible(staff: &Staff, stored: &Stored) -> Result<()> {
    access::case(staff, Action::See, &stored.case).map_err(|denied| match denied {
        Denied::Scope => crate::Error::NotFound("case"),
        other => other.into(),
    })
}
