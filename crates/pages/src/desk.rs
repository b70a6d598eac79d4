//! The desk: where operators work. Dense and quiet; every action is a plain form too.

mod act;
mod action;
mod assign;
pub(crate) mod availability;
mod beside;
mod call;
mod case;
mod channel;
mod classify;
mod clock;
mod closings;
pub mod composer;
mod contact;
mod door;
mod due;
pub mod entry;
mod error;
mod escalate;
mod forgotten;
mod frame;
mod invited;
mod link;
mod list;
mod live;
pub(crate) mod me;
mod merge;
mod oversight;
mod person;
mod place;
mod recording;
mod remind;
mod reply;
mod report;
mod seat;
mod second_factor;
mod sent_from;
mod shortcuts;
mod sign_in;
mod softphone;
mod solve;
mod team;
mod template;

pub use action::ActionPage;
pub use assign::TakenPage;
pub use availability::State;
pub use call::{CallPage, Calls, HandPage};
pub use case::CasePage;
pub use clock::Clock;
pub use contact::ContactPage;
pub use door::DoorPage;
pub(crate) use entry::Entry;
pub use error::ErrorPage;
pub use frame::{DeskFrame, List, ListKind, Nav, NavLink, Open, Operator, Panes, ServiceLink, Today};
pub(crate) use list::title as title_of;
pub use list::{ListPage, SearchPage};
pub use me::MePage;
pub use me::factor::{CodesPage, FactorPage};
pub use oversight::Oversight;
pub use recording::Recording;
pub use reply::ChangedPage;
pub use report::{FigurePage, OperatorsPage, ReportPage};
pub use second_factor::DoorCodesPage;
pub(crate) use shortcuts::KEYS;
pub use shortcuts::ShortcutsPage;
pub use sign_in::SignInPage;
pub use softphone::{MyTelephonePage, SoftphonePage};
pub(crate) use team::steering_sample;
pub(crate) use template::{Spoken, template_words};

pub use crate::office::fault::RefusalPage;
pub use crate::office::field;
pub(crate) use crate::office::field::Kind as FieldKind;
use crate::office::{fault, flash};
use axum::routing::{MethodRouter, get, post};
use gate::{Access, Gate, Routes};

/// The routes of the desk and of signing in, each with who may use it.
#[must_use]
pub fn routes() -> Routes {
    let desk = |routes: Routes, path: &'static str, methods: MethodRouter<Gate>| {
        routes.at(Access::Desk, path, fault::told(methods))
    };
    let table: Vec<(&'static str, MethodRouter<Gate>)> = vec![
        ("/desk", get(list::home)),
        ("/desk/list/{list}", get(list::show)),
        ("/desk/search", get(list::search)),
        ("/desk/new", get(contact::show).post(contact::send)),
        ("/desk/me", get(me::show).post(me::send)),
        ("/desk/me/password", get(me::password::show).post(me::password::send)),
        ("/desk/me/second-factor", get(me::factor::show).post(me::factor::send)),
        ("/desk/me/second-factor/off", get(me::factor::show_off).post(me::factor::send_off)),
        ("/desk/me/recovery-codes", get(me::factor::show_codes).post(me::factor::send_codes)),
        ("/desk/me/sessions", post(me::sessions::end)),
        ("/desk/me/telefono", get(softphone::devices)),
        ("/desk/softfono", get(softphone::show)),
        ("/desk/stato", post(availability::send)),
        ("/part/desk/stato", get(availability::part)),
        ("/desk/chiamata/{contact}", get(call::page)),
        ("/desk/chiamata/{contact}/caso", post(call::put_on_case)),
        ("/desk/chiamata/{contact}/esito", post(call::write_up)),
        ("/desk/chiamata/{contact}/passa", get(call::hand).post(call::hand_on)),
        ("/desk/chiamata/{contact}/{order}", post(call::order)),
        ("/part/desk/chiamata", get(call::part)),
        ("/desk/shortcuts", get(shortcuts::show)),
        ("/desk/rapporti", get(report::show)),
        ("/desk/rapporti.csv", get(report::csv)),
        ("/desk/rapporti.json", get(report::json)),
        ("/desk/rapporti.html", get(report::file)),
        ("/desk/rapporti.pdf", get(report::paper)),
        ("/desk/rapporti/operatori", get(report::show_operators)),
        ("/desk/rapporti/{figure}", get(report::show_figure)),
        ("/desk/case/{number}", get(case::show)),
        ("/desk/case/{number}/file/{id}", get(case::file)),
        ("/desk/registrazione/{id}", get(recording::sound)),
        ("/desk/registrazione/{id}/file", get(recording::file)),
        ("/desk/case/{number}/reply", post(reply::send)),
        ("/desk/case/{number}/note", post(reply::note)),
        ("/desk/case/{number}/template", post(template::put_in)),
        ("/desk/case/{number}/wait", post(reply::wait)),
        ("/desk/case/{number}/resume", post(reply::resume)),
        ("/desk/case/{number}/take", post(assign::take)),
        ("/desk/case/{number}/put-back", post(assign::put_back)),
        ("/desk/case/{number}/assign", get(assign::show).post(assign::send)),
        ("/desk/case/{number}/escalate", get(escalate::show).post(escalate::send)),
        ("/desk/case/{number}/recall", post(escalate::recall)),
        ("/desk/case/{number}/give-back", get(escalate::show_give_back).post(escalate::give_back)),
        ("/desk/case/{number}/transfer", get(escalate::show_transfer).post(escalate::transfer)),
        ("/desk/case/{number}/solve", get(solve::show).post(solve::send)),
        ("/desk/case/{number}/reopen", post(solve::reopen)),
        ("/desk/case/{number}/classify", get(classify::show).post(classify::send)),
        ("/desk/case/{number}/rename", get(classify::show_rename).post(classify::rename)),
        ("/desk/case/{number}/remind", get(remind::show).post(remind::send)),
        ("/desk/case/{number}/merge", get(merge::show).post(merge::send)),
        ("/desk/case/{number}/unmerge", post(merge::unmerge)),
        ("/desk/case/{number}/chiama", post(call::call_out)),
        ("/desk/case/{number}/unmerge-other", post(merge::unmerge_other)),
        ("/desk/case/{number}/split", get(merge::show_split).post(merge::split)),
        ("/desk/case/{number}/link", get(link::show).post(link::send)),
        ("/desk/case/{number}/unlink", post(link::unlink)),
        ("/desk/case/{number}/merge-person", get(person::show).post(person::send)),
        ("/desk/case/{number}/unmerge-person", post(person::unmerge)),
        ("/part/desk/events", get(live::events)),
        ("/part/desk/chiusure", get(closings::part)),
        ("/part/desk/lists", get(list::lists_part)),
        ("/part/desk/cases", get(list::part)),
        ("/part/desk/known", get(person::known_part)),
        ("/part/desk/case/{number}", get(case::part)),
        ("/part/desk/case/{number}/draft", post(live::draft)),
        ("/part/desk/case/{number}/here", post(live::here)),
    ];
    let overseeing = team::table()
        .into_iter()
        .fold(Routes::new(), |routes, (path, methods)| routes.at(Access::Supervisor, path, fault::told(methods)));
    let signing_in = Routes::new()
        .at(Access::Staff, "/logout", fault::told(post(sign_in::sign_out)))
        .at(Access::Public, "/login", get(sign_in::show).post(sign_in::send))
        .at(Access::Public, "/login/code", get(second_factor::show_code).post(second_factor::send_code))
        .at(Access::Public, "/login/second-factor", get(second_factor::show_enrol).post(second_factor::send_enrol))
        .at(Access::Public, "/login/invite/{token}", get(invited::show).post(invited::send))
        .at(Access::Public, "/login/forgotten", get(forgotten::show).post(forgotten::send));
    table.into_iter().fold(signing_in.with(overseeing), |routes, (path, methods)| desk(routes, path, methods))
}

pub(crate) fn add_samples(tr: language::Tr, pages: &mut Vec<crate::samples::SamplePage>) -> Result<(), askama::Error> {
    use crate::samples::add;
    add::<ErrorPage>("desk-error", tr, pages)?;
    add::<RefusalPage>("desk-refusal", tr, pages)?;
    add::<SignInPage>("desk-sign-in", tr, pages)?;
    add::<ListPage>("desk-list", tr, pages)?;
    add::<SearchPage>("desk-search", tr, pages)?;
    add::<CasePage>("desk-case", tr, pages)?;
    add::<CallPage>("desk-call", tr, pages)?;
    add::<HandPage>("desk-call-hand", tr, pages)?;
    add::<ActionPage>("desk-action", tr, pages)?;
    add::<ChangedPage>("desk-changed", tr, pages)?;
    add::<TakenPage>("desk-taken", tr, pages)?;
    add::<ContactPage>("desk-contact", tr, pages)?;
    add::<DoorPage>("desk-door", tr, pages)?;
    add::<DoorCodesPage>("desk-door-codes", tr, pages)?;
    add::<MePage>("desk-me", tr, pages)?;
    add::<ReportPage>("desk-report", tr, pages)?;
    add::<FigurePage>("desk-figure", tr, pages)?;
    add::<OperatorsPage>("desk-operators", tr, pages)?;
    add::<FactorPage>("desk-me-factor", tr, pages)?;
    add::<CodesPage>("desk-me-codes", tr, pages)?;
    add::<ShortcutsPage>("desk-shortcuts", tr, pages)?;
    add::<SoftphonePage>("desk-softphone", tr, pages)?;
    add::<MyTelephonePage>("desk-my-telephone", tr, pages)?;
    team::add_samples(tr, pages)
}
