//! Recording of talks, and of messages that callers leave.

use super::Call;
use crate::media::{LegId, Tape};
use crate::menu::Heard;
use centre::By;
use model::call::EndCause;
use model::contact::Outcome;
use model::recording::RecordingKind;
use model::service::Recording;
use std::time::{Duration, Instant};

/// What is shorter than this is no message: somebody who hung up at the tone.
const SHORTEST: Duration = Duration::from_secs(2);

/// A message that is being left.
pub(super) struct Message {
    began: Instant,
    ends: Instant,
}

impl Message {
    pub(super) fn due(&self) -> Instant {
        self.ends
    }
}

impl Call {
    /// Whether this talk is recorded: where the service does so, and the caller has not refused.
    pub(super) fn is_recorded(&self) -> bool {
        self.service.telephone.recording != Recording::Off && !self.refused_recording
    }

    /// Records the talk from now on.
    pub(super) async fn record_talk(&mut self) {
        let Some(operator) = self.operator.as_ref().map(|operator| operator.far.side.media) else { return };
        self.start_recording(RecordingKind::Talk, operator).await;
    }

    async fn start_recording(&mut self, kind: RecordingKind, operator: LegId) {
        let contact = self.contact;
        let begun =
            self.exchange.centre.work(By::System, move |w| Box::pin(centre::recording::begin(w, contact, kind))).await;
        let id = match begun {
            Ok(id) => id,
            Err(error) => return tracing::error!(%error, contact.id = %contact, "a call is not recorded"),
        };
        match self.exchange.recorder.begin(id) {
            Ok(pen) => self.room.record(Some(Tape { caller: self.caller.media, operator, pen })),
            Err(error) => tracing::error!(%error, contact.id = %contact, "a call is not recorded"),
        }
    }

    pub(super) fn stop_recording(&self) {
        self.room.record(None);
    }

    /// The caller leaves a message after the tone, for so many seconds at the most.
    pub(super) async fn take_message(&mut self, most_seconds: u32) {
        let beep = self.exchange.voice.beep();
        self.speech.set_music(&self.room, self.caller.media, false);
        self.speech.say(&self.room, self.caller.media, vec![beep], false);
        self.announce_at = None;
        let id = self.contact;
        self.note(move |w| Box::pin(centre::call::take_message(w, id))).await;
        self.start_recording(RecordingKind::Message, LegId(u32::MAX)).await;
        let began = Instant::now();
        self.message = Some(Message { began, ends: began + Duration::from_secs(u64::from(most_seconds)) });
    }

    /// The message is over; whether there is one.
    pub(super) fn end_message(&mut self) -> bool {
        let Some(message) = self.message.take() else { return false };
        self.stop_recording();
        let kept = message.began.elapsed() >= SHORTEST;
        self.left_message |= kept;
        kept
    }

    /// The time for a message is over.
    pub(super) async fn message_due(&mut self, now: Instant) {
        if self.message.as_ref().is_some_and(|message| message.due() <= now) {
            let kept = self.end_message();
            self.step(Heard::Recorded { kept }).await;
        }
    }

    /// A call that left a message opens a case, which waits like any other.
    pub(super) async fn file_message(&self, cause: EndCause) {
        let id = self.contact;
        self.note(move |w| {
            Box::pin(async move {
                centre::call::end(w, id, Some(Outcome::Voicemail), cause, None).await?;
                centre::call::take_up(w, id, None).await.map(drop)
            })
        })
        .await;
    }
}
