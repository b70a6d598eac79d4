//! The figures that matter most, as sentences.

use super::period;
use super::value::{Way, difference, shown};
use centre::report::Report;
use language::{Fraction, Tr};
use model::report::Period;

/// A sentence (HTML), and how the figure differs from the period it is compared with.
#[derive(Debug, Clone)]
pub struct Said {
    pub html: String,
    pub compared: Option<Compared>,
}

#[derive(Debug, Clone)]
pub struct Compared {
    pub icon: &'static str,
    pub words: String,
}

/// The sentences of a report; a figure of which nothing is known has none.
pub(super) fn sentences(tr: Tr, report: &Report, before: Option<&Report>) -> Vec<Said> {
    let value = |key: &str| report.figures.get(key, None).and_then(|figure| figure.value);
    let mut said = Vec::new();
    let mut say = |key: &str, html: Option<String>| {
        if let Some(html) = html {
            said.push(Said { html, compared: compared(tr, key, report, before) });
        }
    };
    say("contacts.total", contacts(tr, report));
    say("phone.service_level_30", value("phone.service_level_30").and_then(|share| level(tr, share)));
    say(
        "phone.mean_wait_s",
        value("phone.mean_wait_s").map(|_| {
            let times = [("mean", "phone.mean_wait_s"), ("half", "phone.wait_p50_s")];
            tr.rich("report-say-wait", &times.map(|(name, key)| (name, shown(tr, key, value(key))))).into_owned()
        }),
    );
    say("cases.front_office_share", value("cases.front_office_share").and_then(|share| front(tr, share)));
    say(
        "cases.mean_resolution_s",
        value("cases.mean_resolution_s").map(|_| {
            let times = [("mean", "cases.mean_resolution_s"), ("half", "cases.resolution_p50_s")];
            tr.rich("report-say-resolution", &times.map(|(name, key)| (name, shown(tr, key, value(key))))).into_owned()
        }),
    );
    say("survey.effective_share", value("survey.effective_share").and_then(|share| effective(tr, report, share)));
    said
}

/// `4% più di settembre`
pub(super) fn compared(tr: Tr, key: &str, report: &Report, before: Option<&Report>) -> Option<Compared> {
    let before = before?;
    let value = |report: &Report| report.figures.get(key, None).and_then(|figure| figure.value);
    let (way, by) = difference(tr, key, value(report), value(before))?;
    Some(Compared { icon: way.icon(), words: words(tr, way, by, before.period) })
}

fn words(tr: Tr, way: Way, by: String, before: Period) -> String {
    let than = period::than(tr, before);
    let key = match way {
        Way::Up => language::key!("report-more-than"),
        Way::Down => language::key!("report-less-than"),
        Way::Same => {
            let name = period::name(tr, before);
            return tr.with("report-same-as", &[("period", name)]).into_owned();
        }
    };
    tr.with(key, &[("by", by), ("than", than)]).into_owned()
}

fn contacts(tr: Tr, report: &Report) -> Option<String> {
    let total = report.figures.get("contacts.total", None)?.value?;
    let count = super::value::whole(total);
    if count == 0 {
        return Some(tr.text("report-say-no-contacts").into_owned());
    }
    let most = report.figures.map("contacts.by_channel").max_by_key(|(_, count)| *count);
    let part = most.and_then(|(channel, count)| {
        let via = format!("report-via-{channel}");
        let share = model::report::share(count, super::value::whole(total))?;
        let fraction = Fraction::of(share).filter(|_| tr.has(&via))?;
        Some((fraction_words(tr, fraction, "report-fraction"), tr.text(&via).into_owned()))
    });
    let shown = tr.number(count);
    Some(match part {
        Some((share, via)) => {
            let parts =
                [("count", tr.arg(count)), ("shown", tr.arg(&shown)), ("share", tr.arg(&share)), ("via", tr.arg(&via))];
            tr.rich("report-say-contacts-most", &parts).into_owned()
        }
        None => {
            let parts = [("count", tr.arg(count)), ("shown", tr.arg(&shown))];
            tr.rich("report-say-contacts", &parts).into_owned()
        }
    })
}

/// A share in words where it has any, else as a percentage.
fn shared(tr: Tr, share: f64, fraction: &str, worded: &str, plain: &str) -> String {
    match Fraction::of(share) {
        Some(said) => {
            let words = capital(&fraction_words(tr, said, fraction));
            let parts = [("share", tr.arg(&words)), ("part", tr.arg(said.part))];
            tr.rich(worded, &parts).into_owned()
        }
        None => tr.rich(plain, &[("percent", tr.percent(share, 1))]).into_owned(),
    }
}

fn level(tr: Tr, share: f64) -> Option<String> {
    let (fraction, worded) = (language::key!("report-fraction-calls"), language::key!("report-say-level"));
    Some(shared(tr, share, fraction, worded, language::key!("report-say-level-percent")))
}

fn front(tr: Tr, share: f64) -> Option<String> {
    let (fraction, worded) = (language::key!("report-fraction-cases"), language::key!("report-say-front"));
    Some(shared(tr, share, fraction, worded, language::key!("report-say-front-percent")))
}

fn effective(tr: Tr, report: &Report, share: f64) -> Option<String> {
    let bound = |key: &str| report.figures.get(key, None).and_then(|figure| figure.value);
    let (low, high) = (bound("survey.effective_share_low")?, bound("survey.effective_share_high")?);
    let (fraction, worded) = (language::key!("report-fraction-people"), language::key!("report-say-effective"));
    let sentence = shared(tr, share, fraction, worded, language::key!("report-say-effective-percent"));
    let interval = [("low", tr.percent(low, 0)), ("high", tr.percent(high, 0))];
    Some(format!("{sentence} {}", tr.rich("report-say-interval", &interval)))
}

fn fraction_words(tr: Tr, fraction: Fraction, key: &str) -> String {
    let parts =
        [("near", tr.arg(fraction.near.word())), ("part", tr.arg(fraction.part)), ("whole", tr.arg(fraction.whole))];
    tr.with(key, &parts).trim().to_owned()
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
