//! The telephone in figures, for whoever watches over the program: read when they are asked for, counted where they happen.

use super::Exchange;
use metrics::{Unit, counter, describe_counter, describe_gauge, gauge};
use model::availability::Standing;
use model::call::{CallState, Device};
use model::event::Record;
use std::time::Instant;

/// Begins with what every figure of a telephone is called by.
pub const PREFIX: &str = "telephone_";
/// Whether this process answers the telephone, or stands by.
pub const ANSWERED_HERE: &str = "telephone_answered_here";

/// Says what each figure is.
pub fn describe() {
    describe_gauge!(ANSWERED_HERE, "1 where this process answers the telephone, 0 where it stands by");
    describe_gauge!("telephone_calls", "Calls by where they stand");
    describe_gauge!("telephone_waiting", "Callers waiting, by queue");
    describe_gauge!("telephone_longest_wait_seconds", Unit::Seconds, "How long the first of them waits, by queue");
    describe_gauge!("telephone_operators", "Operators by how they stand");
    describe_gauge!("telephone_registrations", "Devices of operators that are registered");
    describe_gauge!(
        "telephone_trunk_up",
        "1 where the carrier answers, 0 where it has stopped to; of those that ever did"
    );
    describe_gauge!("telephone_recordings_waiting", "Recordings that are made or wait to be turned into what is kept");
    describe_gauge!("telephone_banned_sources", "Network addresses that are shut out at the moment");
    describe_counter!("telephone_offers_total", "Calls that were offered to operators");
    describe_counter!("telephone_offers_unanswered_total", "Offers that were declined or that an operator let pass");
    describe_counter!("telephone_rtp_packets_total", "Packets of sound, by direction");
    describe_counter!(
        "telephone_rtp_packets_lost_total",
        "Packets that were sent to us, by their numbers, and had not come in their turn"
    );
    describe_counter!("telephone_rtp_packets_late_total", "Packets that came after their turn");
    describe_counter!(
        "telephone_rtp_packets_refused_total",
        "Packets from elsewhere than the peer, or that could not be read"
    );
}

impl Exchange {
    /// Sets the figures that are read rather than counted.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn measure(&self) -> centre::Result<()> {
        let now = self.centre.now();
        let calls = centre::call::live(&self.centre).await?;
        for state in CallState::ALL {
            let count = calls.iter().filter(|call| call.state == Some(*state)).count();
            gauge!("telephone_calls", "state" => state.as_str()).set(whole(count));
        }
        let operators = centre::availability::all(&self.centre).await?;
        for standing in Standing::ALL {
            let count = operators.iter().filter(|one| one.standing == *standing).count();
            gauge!("telephone_operators", "standing" => standing.as_str()).set(whole(count));
        }
        let catalogue = self.centre.catalogue();
        for queue in catalogue.active().flat_map(|service| &service.queues).map(|queue| &queue.id) {
            let (waiting, since) = self.switchboard.waiting(queue);
            let longest = since.map_or(0, |since| (now - since).num_milliseconds().max(0));
            gauge!("telephone_waiting", "queue" => queue.to_string()).set(whole(waiting));
            gauge!("telephone_longest_wait_seconds", "queue" => queue.to_string()).set(seconds(longest));
        }
        for device in Device::ALL {
            let count = self.registrar.count(*device, Instant::now());
            gauge!("telephone_registrations", "device" => device.as_str()).set(whole(count));
        }
        for (trunk, answers) in self.pulses.known() {
            gauge!("telephone_trunk_up", "trunk" => trunk.to_string()).set(whole(usize::from(answers)));
        }
        let waiting = centre::recording::waiting(&self.centre).await?;
        gauge!("telephone_recordings_waiting").set(whole(usize::try_from(waiting).unwrap_or(usize::MAX)));
        gauge!("telephone_banned_sources").set(whole(self.door.banned()));
        Ok(())
    }
}

/// Counts what became of a call.
pub(super) fn count(record: &Record) {
    match record.kind.as_str() {
        "offered" => counter!("telephone_offers_total").increment(1),
        "unanswered" => counter!("telephone_offers_unanswered_total").increment(1),
        _ => {}
    }
}

#[expect(clippy::cast_precision_loss, reason = "far fewer than a float counts exactly")]
fn whole(count: usize) -> f64 {
    count as f64
}

#[expect(clippy::cast_precision_loss, reason = "a wait is far shorter than a float counts exactly")]
fn seconds(ms: i64) -> f64 {
    ms as f64 / 1_000.0
}
