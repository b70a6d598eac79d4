//! One leg of a call over SIP: what happens on it, and what can be done with it. Its dialog is taken off the list when it
//! is over, however it ended.

use super::request::{every, header, other};
use super::{Result, failed};
use crate::timer::{Asked, Bad};
use rsipstack::dialog::dialog::{DialogState, DialogStateReceiver, TerminatedReason, TransactionHandle};
use rsipstack::dialog::dialog_layer::DialogLayer;
use rsipstack::dialog::invite_dialog::InviteDialog;
use rsipstack::sip::{Header, Response, StatusCode, StatusCodeKind};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// How long the answer to a farewell is waited for: long enough that it is on its way when the program ends.
const PARTING: Duration = Duration::from_millis(200);

/// One leg.
#[derive(Clone)]
pub struct Leg {
    dialog: InviteDialog,
    layer: Arc<DialogLayer>,
}

/// What happens on a leg.
#[derive(Debug)]
pub enum Happening {
    /// The other side rings, with sound before the answer where it sends some.
    Ringing { early: Option<Vec<u8>> },
    /// The other side has answered our call, with this description.
    Answered { sdp: Vec<u8>, session_expires: Option<String> },
    /// The other side does not take our call with so short a session interval; it may be asked again with this one.
    TooBrief { min_se: Option<u32> },
    /// Both sides know that the call stands.
    Standing { sdp: Option<Vec<u8>> },
    /// The other side wants to change the session, or only to hear that it goes on.
    Changed(Proposal),
    /// Digits or other information in the signalling.
    Info { content_type: String, body: Vec<u8> },
    /// The other side wants the call to go elsewhere.
    Refer { to: String, referred_by: Option<String> },
    /// It is over; nothing follows.
    Over(Ending),
}

/// How a leg ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The other side hung up.
    HungUp,
    /// Whoever called gave up before an answer.
    Cancelled,
    /// The other side did not take the call, with this status.
    Refused(u16),
    /// Nothing came from the other side for too long.
    TimedOut,
    /// We ended it.
    Ours,
}

/// A change that the other side proposes: it is answered by one of these.
#[derive(Debug)]
pub struct Proposal {
    /// The new description; None where there is none, so that we propose one in our answer.
    pub sdp: Option<Vec<u8>>,
    /// It is an INVITE: without a description it wants one of ours, and answers it with its acknowledgement.
    pub invites: bool,
    pub timer: std::result::Result<Asked, Bad>,
    handle: TransactionHandle,
}

impl Proposal {
    /// Agrees, with our own description.
    pub async fn agree(self, sdp: Option<Vec<u8>>, mut headers: Vec<(&'static str, String)>) {
        if sdp.is_some() {
            headers.push(("Content-Type", "application/sdp".to_owned()));
        }
        let headers = headers.into_iter().map(|(name, value)| named(name, value)).collect();
        let _ = self.handle.respond(StatusCode::OK, Some(headers), sdp).await;
    }

    /// Refuses; the session stays as it was.
    pub async fn refuse(self, status: u16, headers: Vec<(&'static str, String)>) {
        let headers = headers.into_iter().map(|(name, value)| named(name, value)).collect();
        let _ = self.handle.respond(StatusCode::from(status), Some(headers), None).await;
    }
}

impl Leg {
    pub(super) fn new(
        dialog: InviteDialog,
        layer: Arc<DialogLayer>,
        states: DialogStateReceiver,
    ) -> (Self, mpsc::UnboundedReceiver<Happening>) {
        let (tell, told) = mpsc::unbounded_channel();
        let leg = Self { dialog, layer };
        tokio::spawn(leg.clone().follow(states, tell));
        (leg, told)
    }

    /// A leg that we call on.
    pub(super) fn calling(
        dialog: InviteDialog,
        layer: Arc<DialogLayer>,
        states: DialogStateReceiver,
        answered: tokio::task::JoinHandle<rsipstack::Result<(rsipstack::dialog::DialogId, Option<Response>)>>,
    ) -> (Self, mpsc::UnboundedReceiver<Happening>) {
        let (tell, told) = mpsc::unbounded_channel();
        let leg = Self { dialog, layer };
        let on_answer = tell.clone();
        tokio::spawn(async move {
            let outcome = answered.await;
            let happening = match outcome {
                Ok(Ok((_, Some(response)))) if response.status_code.kind() == StatusCodeKind::Successful => {
                    let session_expires = header(&response.headers, "Session-Expires");
                    Happening::Answered { sdp: response.body, session_expires }
                }
                Ok(Ok((_, Some(response)))) if u16::from(response.status_code.clone()) == 422 => {
                    let min_se = header(&response.headers, "Min-SE");
                    Happening::TooBrief { min_se: min_se.and_then(|value| crate::timer::min_se(&value).ok()) }
                }
                Ok(Ok((_, Some(response)))) => Happening::Over(Ending::Refused(u16::from(response.status_code))),
                _ => Happening::Over(Ending::TimedOut),
            };
            let _ = on_answer.send(happening);
        });
        tokio::spawn(leg.clone().follow(states, tell));
        (leg, told)
    }

    async fn follow(self, mut states: DialogStateReceiver, tell: mpsc::UnboundedSender<Happening>) {
        // How a call of ours that nobody took has ended is told with the answer.
        let mut stands = !self.is_calling();
        while let Some(state) = states.recv().await {
            stands |= state.is_confirmed();
            let happening = match state {
                DialogState::Early(_, response) if self.is_calling() => {
                    let early = (!response.body.is_empty()).then(|| response.body.clone());
                    Happening::Ringing { early }
                }
                DialogState::Confirmed(..) => {
                    // Where our answer held the offer, theirs comes with the acknowledgement.
                    let sdp = self.dialog.last_remote_ack().map(|ack| ack.body).filter(|body| !body.is_empty());
                    // What we called is said to stand by its answer.
                    if self.is_calling() && sdp.is_none() {
                        continue;
                    }
                    Happening::Standing { sdp }
                }
                DialogState::Updated(_, request, handle) => Happening::Changed(Proposal {
                    timer: Asked::read(|name| every(&request.headers, name).collect()),
                    invites: request.method == rsipstack::sip::Method::Invite,
                    sdp: (!request.body.is_empty()).then_some(request.body),
                    handle,
                }),
                DialogState::Info(_, request, handle) => {
                    let _ = handle.reply(StatusCode::OK).await;
                    let content_type = header(&request.headers, "Content-Type").unwrap_or_default();
                    Happening::Info { content_type, body: request.body }
                }
                DialogState::Refer(_, request, handle) => {
                    let Some(to) = header(&request.headers, "Refer-To") else {
                        let _ = handle.reply(StatusCode::BadRequest).await;
                        continue;
                    };
                    let _ = handle.reply(StatusCode::Accepted).await;
                    Happening::Refer { to, referred_by: header(&request.headers, "Referred-By") }
                }
                DialogState::Options(_, _, handle)
                | DialogState::Message(_, _, handle)
                | DialogState::Notify(_, _, handle)
                | DialogState::Publish(_, _, handle) => {
                    let _ = handle.reply(StatusCode::OK).await;
                    continue;
                }
                DialogState::Terminated(id, reason) => {
                    self.layer.remove_dialog(&id);
                    if stands {
                        let _ = tell.send(Happening::Over(self.ending(reason)));
                    }
                    return;
                }
                _ => continue,
            };
            let _ = tell.send(happening);
        }
    }

    fn is_calling(&self) -> bool {
        self.dialog.role() == rsipstack::transaction::key::TransactionRole::Client
    }

    fn ending(&self, reason: TerminatedReason) -> Ending {
        let calling = self.is_calling();
        match reason {
            TerminatedReason::Timeout => Ending::TimedOut,
            TerminatedReason::UacCancel if calling => Ending::Ours,
            TerminatedReason::UacCancel => Ending::Cancelled,
            TerminatedReason::UacBye if calling => Ending::Ours,
            TerminatedReason::UasBye if !calling => Ending::Ours,
            TerminatedReason::UacBye | TerminatedReason::UasBye => Ending::HungUp,
            TerminatedReason::UasDecline if !calling => Ending::Ours,
            TerminatedReason::UacBusy | TerminatedReason::UasBusy => Ending::Refused(486),
            TerminatedReason::UasDecline => Ending::Refused(603),
            TerminatedReason::ProxyAuthRequired => Ending::Refused(407),
            TerminatedReason::ProxyError(status)
            | TerminatedReason::UacOther(status)
            | TerminatedReason::UasOther(status) => Ending::Refused(status.into()),
        }
    }

    /// Says that it rings; with a description, sound goes before the answer.
    ///
    /// # Errors
    /// A call that is over by now.
    pub fn ring(&self, early: Option<Vec<u8>>) -> Result<()> {
        let headers = early.is_some().then(|| vec![content_is_sdp()]);
        self.dialog.ringing(headers, early).map_err(failed("ring"))
    }

    /// Answers the call.
    ///
    /// # Errors
    /// A call that is over by now.
    pub fn answer(&self, sdp: Vec<u8>, headers: Vec<(&'static str, String)>) -> Result<()> {
        let mut all = vec![content_is_sdp()];
        all.extend(headers.into_iter().map(|(name, value)| named(name, value)));
        self.dialog.accept(Some(all), Some(sdp)).map_err(failed("answer a call"))
    }

    /// Does not take the call.
    pub fn refuse(&self, status: u16) {
        let _ = self.dialog.reject(Some(StatusCode::from(status)), None);
    }

    /// Ends it, as far as it has come. Whether the other side says that it heard so is waited for by nobody: one that is
    /// dead would keep a caller in silence.
    pub async fn end(&self) {
        let leg = self.clone();
        let ending = tokio::spawn(async move {
            let state = leg.dialog.state();
            let ended = match &state {
                DialogState::Terminated(..) => Ok(()),
                _ if !leg.is_calling() && state.can_cancel() => {
                    leg.dialog.reject(Some(StatusCode::TemporarilyUnavailable), None)
                }
                _ => leg.dialog.hangup().await,
            };
            if let Err(error) = ended {
                tracing::debug!(%error, "a leg was over before it was ended");
            }
        });
        let _ = tokio::time::timeout(PARTING, ending).await;
    }

    /// Proposes another description by a new INVITE; what the other side answers.
    ///
    /// # Errors
    /// A refusal, or no answer.
    pub async fn propose(&self, sdp: Vec<u8>, headers: Vec<(&'static str, String)>) -> Result<Vec<u8>> {
        let mut all = vec![content_is_sdp()];
        all.extend(headers.into_iter().map(|(name, value)| named(name, value)));
        let answered = self.dialog.reinvite_with_glare_retry(Some(all), Some(sdp), 3).await;
        let answered = answered.map_err(failed("change a session"))?;
        agreed(answered).map(|response| response.body)
    }

    /// Says by an UPDATE without a description that the session goes on (RFC 4028 section 7.4), or by a new INVITE with the
    /// same as before where the other side knows no UPDATE.
    ///
    /// # Errors
    /// A refusal, or no answer.
    pub async fn refresh(&self, headers: Vec<(&'static str, String)>, same: Option<String>) -> Result<()> {
        let all: Vec<Header> = headers.iter().map(|(name, value)| named(name, value.clone())).collect();
        let answered = self.dialog.update(Some(all), None).await.map_err(failed("refresh a session"))?;
        let knows_none = answered.as_ref().is_some_and(|a| matches!(u16::from(a.status_code.clone()), 405 | 501));
        match same.filter(|_| knows_none) {
            Some(same) => self.propose(same.into_bytes(), headers).await.map(drop),
            None => agreed(answered).map(drop),
        }
    }

    /// Asks the other side to call somebody else (RFC 3515).
    ///
    /// # Errors
    /// A refusal, or no answer.
    pub async fn refer(&self, to: &str) -> Result<()> {
        let answered = self.dialog.refer(rsipstack::sip::ReferTo::from(to.to_owned()), None, None).await;
        agreed(answered.map_err(failed("transfer a call"))?).map(drop)
    }

    /// Tells whoever asked for a transfer what became of it.
    pub async fn tell_referrer(&self, status: u16, over: bool) {
        let state = if over { "terminated;reason=noresource" } else { "active;expires=60" };
        if let Err(error) = self.dialog.notify_refer(StatusCode::from(status), state).await {
            tracing::debug!(%error, "cannot tell what became of a transfer");
        }
    }

    #[must_use]
    pub fn id(&self) -> String {
        self.dialog.id().to_string()
    }
}

fn agreed(answered: Option<Response>) -> Result<Response> {
    let refused = |why: String| super::Error::Exchange { what: "change a session", why };
    match answered {
        Some(response) if response.status_code.kind() == StatusCodeKind::Successful => Ok(response),
        Some(response) => Err(refused(response.status_code.to_string())),
        None => Err(refused("the call does not stand".to_owned())),
    }
}

fn content_is_sdp() -> Header {
    Header::ContentType("application/sdp".into())
}

fn named(name: &str, value: String) -> Header {
    match name {
        "Content-Type" => Header::ContentType(value.into()),
        _ => other(name, value),
    }
}
