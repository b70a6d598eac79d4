//! An invented report, for sample pages.

use centre::report::{Figure, Figures, HourOfDay, Month, Report, Trend};
use chrono::{DateTime, Months, Utc};
use model::report::Period;
use std::collections::BTreeMap;

/// Figures like those of a busy month; counts are `percent` of them.
pub(crate) fn report(period: Period, as_of: DateTime<Utc>, percent: i64) -> Report {
    const SECOND: i64 = 1_000_000;
    let n = |count: i64| count * percent / 100;
    let mut figures = Figures::default();
    let counts = [
        ("contacts.total", 21_480),
        ("phone.offered", 13_260),
        ("phone.answered", 12_703),
        ("phone.abandoned", 557),
        ("cases.handled", 9_870),
        ("cases.solved", 9_412),
        ("cases.backlog", 458),
        ("survey.asked", 900),
        ("survey.answered", 578),
        ("network.structures", 652),
        ("network.contacts", 1_204_311),
        ("network.contacts_with_operator", 903_112),
        ("training.trained", 54),
        ("media.radio", 31),
        ("media.news", 64),
        ("media.video", 12),
        ("media.feature", 4),
    ];
    for (key, count) in counts {
        figures.put(key, Figure::count(n(count)));
    }
    let shares = [
        ("phone.service_level_20", 8_120, 13_260),
        ("phone.service_level_30", 10_357, 13_260),
        ("phone.service_level_60", 11_900, 13_260),
        ("phone.abandonment", 557, 13_260),
        ("cases.front_office_share", 7_047, 9_870),
        ("cases.first_contact_share", 6_120, 9_870),
        ("survey.response_rate", 578, 900),
        ("survey.efficient_share", 498, 578),
        ("survey.effective_share", 486, 578),
    ];
    for (key, part, whole) in shares {
        figures.put(key, Figure::share(n(part) - (100 - percent) * 2, n(whole)));
    }
    for (key, bound) in [
        ("survey.efficient_share_low", 0.83),
        ("survey.efficient_share_high", 0.887),
        ("survey.effective_share_low", 0.809),
        ("survey.effective_share_high", 0.868),
    ] {
        figures.put(key, Figure::bound(Some(bound), n(578)));
    }
    let longer = 200 - percent;
    for (key, seconds, count) in [
        ("phone.mean_wait_s", 34, 12_703),
        ("phone.mean_talk_s", 252, 12_703),
        ("cases.mean_resolution_s", 29_520, 9_412),
        ("cases.mean_resolution_working_s", 12_400, 9_412),
    ] {
        figures.put(key, Figure::mean(seconds * SECOND * longer / 100 * n(count), n(count)));
    }
    for (key, seconds, count) in [
        ("phone.wait_p50_s", 19, 12_703),
        ("phone.wait_p90_s", 61, 12_703),
        ("phone.wait_p99_s", 170, 12_703),
        ("cases.resolution_p50_s", 6_900, 9_412),
        ("cases.resolution_p50_working_s", 5_100, 9_412),
        ("cases.resolution_p90_s", 88_000, 9_412),
        ("cases.resolution_p90_working_s", 31_000, 9_412),
    ] {
        figures.put(key, Figure::quantile(Some(seconds * SECOND), n(count)));
    }
    let map =
        |rows: &[(&str, i64)]| rows.iter().map(|(of, count)| ((*of).to_owned(), n(*count))).collect::<BTreeMap<_, _>>();
    figures.put_map("contacts.by_channel", map(&[("phone", 14_020), ("web", 4_620), ("sms", 1_600), ("chat", 1_240)]));
    figures.put_map("contacts.by_outcome", map(&[("answered", 12_703), ("abandoned", 557), ("closed-hours", 210)]));
    figures.put_map("cases.by_kind", map(&[("information", 7_010), ("complaint", 1_900), ("accompaniment", 960)]));
    let topics = [
        ("pensioni", 1_900),
        ("residenza", 1_420),
        ("bonus-famiglia", 1_204),
        ("permesso-di-soggiorno", 870),
        ("carta-d-identita", 640),
        ("tributi", 610),
        ("scuola", 480),
        ("sanita", 470),
        ("casa", 300),
        ("lavoro", 280),
        ("patente", 220),
        ("terremoto", 190),
        ("anagrafe-degli-animali", 41),
        ("servizio civile", 12),
    ];
    figures.put_map("cases.by_topic", map(&topics));
    figures.put_map("cases.by_region", map(&[("Lazio", 3_020), ("Abruzzo", 1_870), ("Lombardia", 1_440)]));
    Report { period, service: None, as_of, figures }
}

/// A year that ends with the period, and its hours of the day.
pub(crate) fn trend(period: Period) -> Trend {
    let months = [
        [12_480, 3_720, 1_810, 620],
        [10_120, 3_110, 1_530, 540],
        [13_350, 4_080, 1_760, 710],
        [12_960, 3_990, 1_720, 760],
        [13_110, 4_150, 1_690, 820],
        [12_240, 3_890, 1_640, 850],
        [12_700, 4_060, 1_650, 900],
        [11_860, 3_820, 1_580, 930],
        [10_940, 3_540, 1_490, 910],
        [8_420, 2_910, 1_220, 780],
        [13_520, 4_400, 1_580, 1_150],
        [14_020, 4_620, 1_600, 1_240],
    ];
    let channels = ["phone", "web", "sms", "chat"];
    let months = months.into_iter().zip((0..12).rev()).map(|(counts, ago)| Month {
        first: period.from.checked_sub_months(Months::new(ago)).unwrap_or(period.from),
        channels: channels.into_iter().map(str::to_owned).zip(counts).collect(),
    });
    let hours = [
        (9, 1_620, 1_150),
        (10, 1_980, 1_346),
        (11, 1_840, 1_362),
        (12, 1_310, 1_087),
        (13, 980, 862),
        (14, 1_240, 1_066),
        (15, 1_490, 1_207),
        (16, 1_510, 1_193),
        (17, 1_290, 1_084),
    ];
    let hours = hours.into_iter().map(|(hour, offered, within)| HourOfDay { hour, offered, within });
    Trend { months: months.collect(), hours: hours.collect() }
}
