//! The pages of those who oversee: queues and people, the telephone as it stands, cases to give to somebody else, what is due, the half-hours of the
//! day, alarms and thresholds.

mod ability;
mod alarm;
mod cases;
mod chart;
mod closing;
mod day;
mod filter;
mod floor;
mod now;
mod overhear;
mod steering;
mod threshold;

pub use ability::AbilityPage;
pub use alarm::AlarmsPage;
pub use cases::TeamCasesPage;
pub use closing::ClosingPage;
pub use day::DayPage;
pub use floor::FloorPage;
pub use now::TeamPage;
pub(crate) use steering::samples as steering_sample;
pub use threshold::ThresholdPage;

use super::oversight;
use axum::routing::{MethodRouter, get, post};
use gate::Gate;

/// The routes of those who oversee.
pub(super) fn table() -> Vec<(&'static str, MethodRouter<Gate>)> {
    vec![
        ("/desk/squadra", get(now::show)),
        ("/part/desk/squadra", get(now::part)),
        ("/desk/squadra/telefono", get(floor::show)),
        ("/part/desk/squadra/telefono", get(floor::part)),
        ("/desk/squadra/telefono/code/{queue}/chiudi", get(closing::show).post(closing::close)),
        ("/desk/squadra/telefono/code/{queue}/riapri", get(closing::show_open).post(closing::open)),
        ("/desk/squadra/telefono/code/{queue}/servizio", get(steering::show).post(steering::send)),
        ("/desk/squadra/telefono/persone/{id}", get(ability::show).post(ability::send)),
        ("/desk/squadra/telefono/chiamate/{contact}/{how}", post(overhear::send)),
        ("/desk/squadra/casi", get(cases::show).post(cases::send)),
        ("/desk/squadra/scadenze", get(cases::due)),
        ("/desk/squadra/giornata", get(day::show)),
        ("/desk/squadra/giornata.csv", get(day::csv)),
        ("/desk/squadra/allarmi", get(alarm::show)),
        ("/desk/squadra/allarmi/{id}/visto", post(alarm::see)),
        ("/desk/squadra/soglie/nuova", get(threshold::show_new).post(threshold::add)),
        ("/desk/squadra/soglie/{id}", get(threshold::show).post(threshold::change)),
        ("/desk/squadra/soglie/{id}/togli", post(threshold::remove)),
        ("/part/desk/allarmi", get(oversight::part)),
    ]
}

pub(super) fn add_samples(tr: language::Tr, pages: &mut Vec<crate::samples::SamplePage>) -> Result<(), askama::Error> {
    use crate::samples::add;
    add::<TeamPage>("desk-team", tr, pages)?;
    add::<TeamCasesPage>("desk-team-cases", tr, pages)?;
    add::<FloorPage>("desk-team-floor", tr, pages)?;
    add::<AbilityPage>("desk-team-ability", tr, pages)?;
    add::<ClosingPage>("desk-team-closing", tr, pages)?;
    add::<DayPage>("desk-team-day", tr, pages)?;
    add::<AlarmsPage>("desk-team-alarms", tr, pages)?;
    add::<ThresholdPage>("desk-team-threshold", tr, pages)
}
