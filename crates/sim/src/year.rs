//! A year of a contact centre that never was, as records: with the sizes of the first year of the service that this
//! program takes as its model, the same whenever it is made.

use anyhow::Result;
use std::io::Write;

/// How much of everything.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    pub contacts: u64,
    pub cases: u64,
    pub structures: u64,
    pub trained: u64,
}

impl Sizes {
    /// The first year, so many times over.
    #[must_use]
    pub const fn years(times: u64) -> Self {
        Self { contacts: 240_000 * times, cases: 110_000 * times, structures: 700, trained: 1_000 }
    }
}

/// 29 January 2009 in Italy, in seconds since 1970.
const BEGAN: u64 = 1_233_183_600;
const DAYS: u64 = 365;

/// Numbers at random, in the same order every time (Marsaglia's xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }

    /// True so many times in a thousand.
    fn chance(&mut self, permille: u64) -> bool {
        self.below(1000) < permille
    }
}

/// A moment in the hours of the service: a weekday between 9 and 18, nearly.
fn moment(dice: &mut Dice) -> u64 {
    BEGAN + dice.below(DAYS) * 86_400 + 9 * 3_600 + dice.below(9 * 3_600)
}

/// Seconds since 1970 as RFC 3339 (the days of the civil calendar: H. Hinnant, "chrono-Compatible Low-Level Date
/// Algorithms").
fn time(at: u64) -> String {
    let (days, seconds) = (at / 86_400 + 719_468, at % 86_400);
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Writes the year.
///
/// # Errors
/// When it cannot be written.
pub fn write(out: &mut impl Write, sizes: Sizes) -> Result<()> {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    writeln!(out, r#"{{"type":"service","id":"linea-amica","name":"Linea Amica"}}"#)?;
    writeln!(out, r#"{{"type":"service","id":"abruzzo","name":"Linea Amica Abruzzo"}}"#)?;
    for n in 0..sizes.structures {
        let kind = if n % 3 == 0 { "contact-centre" } else { "urp" };
        writeln!(out, r#"{{"type":"structure","id":"st{n}","name":"Struttura {n}","kind":"{kind}"}}"#)?;
        for month in [
            "2009-02", "2009-03", "2009-04", "2009-05", "2009-06", "2009-07", "2009-08", "2009-09", "2009-10",
            "2009-11", "2009-12",
        ] {
            let contacts = 3_000 + dice.below(9_000);
            let with_operator = contacts * 41 / 60;
            writeln!(
                out,
                r#"{{"type":"volume","structure":"st{n}","month":"{month}","channel":"phone","contacts":{contacts},"with_operator":{with_operator}}}"#
            )?;
        }
    }
    for n in 0..200 {
        let level = if n % 5 == 4 { "back" } else { "front" };
        writeln!(out, r#"{{"type":"operator","id":"op{n}","name":"Operatore {n}","level":"{level}"}}"#)?;
    }
    for n in 0..sizes.trained {
        let at = time(moment(&mut dice));
        writeln!(
            out,
            r#"{{"type":"training","id":"tr{n}","trainee":"corsista {n}","course":"Front office","completed_at":"{at}"}}"#
        )?;
    }
    for (kind, count) in [("radio", 74), ("news", 1_330), ("video", 365), ("feature", 9)] {
        for n in 0..count {
            let at = time(moment(&mut dice));
            writeln!(
                out,
                r#"{{"type":"media","id":"{kind}{n}","kind":"{kind}","title":"Titolo {n}","published_at":"{at}"}}"#
            )?;
        }
    }
    let mut contact = 0;
    for n in 0..sizes.cases {
        case(out, &mut dice, n)?;
        // Half of the cases are solved with one contact, and the others have those that are left.
        let single = n % 2 == 0 && n + 1 < sizes.cases;
        let until = if single { contact + 1 } else { sizes.contacts * (n + 1) / sizes.cases };
        while contact < until {
            one_contact(out, &mut dice, contact, n)?;
            contact += 1;
        }
    }
    Ok(())
}

fn service(n: u64) -> &'static str {
    if n % 4 == 3 { "abruzzo" } else { "linea-amica" }
}

fn case(out: &mut impl Write, dice: &mut Dice, n: u64) -> Result<()> {
    const KINDS: [&str; 4] = ["information", "complaint", "accompaniment", "census"];
    const REGIONS: [&str; 5] = ["Abruzzo", "Lazio", "Lombardia", "Sicilia", "Veneto"];
    let opened = moment(dice);
    let kind = KINDS.get(usize::try_from(dice.below(4))?).copied().unwrap_or_default();
    let region = REGIONS.get(usize::try_from(dice.below(5))?).copied().unwrap_or_default();
    let (topic, front) = (dice.below(30), dice.chance(717));
    let took = if front { 300 + dice.below(14_000) } else { 20_000 + dice.below(150_000) };
    let escalated = match front {
        true => String::new(),
        false => format!(r#","escalated_at":"{}""#, time(opened + 600)),
    };
    let solved =
        format!(r#","solved_at":"{}","solved_by":"{}""#, time(opened + took), if front { "front" } else { "back" });
    writeln!(
        out,
        r#"{{"type":"person","id":"p{n}","name":"Persona {n}","phones":["+39333{n:07}"],"language":"it","region":"{region}"}}"#
    )?;
    writeln!(
        out,
        r#"{{"type":"case","id":"k{n}","service":"{}","opened_at":"{}","topic":"argomento-{topic}","region":"{region}"{escalated}{solved},"kind":"{kind}"}}"#,
        service(n),
        time(opened),
    )?;
    if dice.chance(100) {
        let (answered, efficient, effective) = (dice.chance(640), dice.chance(920), dice.chance(833));
        let at = time(opened + 200_000);
        let answer = match answered {
            true => format!(r#","answered_at":"{at}","efficient":{efficient},"effective":{effective}"#),
            false => String::new(),
        };
        writeln!(out, r#"{{"type":"survey","id":"s{n}","case":"k{n}","channel":"phone","asked_at":"{at}"{answer}}}"#)?;
    }
    Ok(())
}

fn one_contact(out: &mut impl Write, dice: &mut Dice, n: u64, case: u64) -> Result<()> {
    let began = moment(dice);
    let of = format!(
        r#""service":"{}","case":"k{case}","person":"p{case}","subject":"Domanda sull’argomento","text":"Vorrei sapere a quale ufficio rivolgermi e quali documenti portare, grazie. Pratica {n}.""#,
        service(case)
    );
    if !dice.chance(750) {
        let channel = if dice.chance(600) { "web" } else { "sms" };
        writeln!(
            out,
            r#"{{"type":"contact","id":"c{n}","channel":"{channel}","direction":"inbound","started_at":"{}",{of}}}"#,
            time(began)
        )?;
        return Ok(());
    }
    let queued = began + 5;
    let waited = dice.below(78);
    let how = match dice.chance(45) {
        true => format!(r#""ended_at":"{}","outcome":"abandoned""#, time(queued + waited)),
        false => format!(
            r#""answered_at":"{}","ended_at":"{}","outcome":"answered","operator":"op{}""#,
            time(queued + waited),
            time(queued + waited + 60 + dice.below(400)),
            dice.below(200)
        ),
    };
    writeln!(
        out,
        r#"{{"type":"contact","id":"c{n}","channel":"phone","direction":"inbound","started_at":"{}","queued_at":"{}",{how},{of}}}"#,
        time(began),
        time(queued)
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_as_calendars_have_it() {
        assert_eq!(time(BEGAN), "2009-01-28T23:00:00Z");
        assert_eq!(time(1_267_401_599), "2010-02-28T23:59:59Z");
        assert_eq!(time(951_827_696), "2000-02-29T12:34:56Z");
    }

    #[test]
    fn a_year_is_the_same_every_time() {
        let year = || {
            let mut out = Vec::new();
            let sizes = Sizes { contacts: 24, cases: 11, structures: 2, trained: 3 };
            write(&mut out, sizes).unwrap();
            out
        };
        assert_eq!(year(), year());
        let text = String::from_utf8(year()).unwrap();
        assert_eq!(text.lines().filter(|line| line.contains(r#""type":"contact""#)).count(), 24);
    }
}
