//! Numbers, shares, sizes and lengths of time.

use std::{borrow::Borrow, str::FromStr};

use chrono::TimeDelta;
use fixed_decimal::Decimal;

use crate::{Language, Tr, voice::voice};

impl Tr {
    /// 1.234.567
    pub fn number(self, number: impl Borrow<i64>) -> String {
        match &voice(self.language).numbers {
            Some(formatter) => formatter.format(&(*number.borrow()).into()).to_string(),
            None => number.borrow().to_string(),
        }
    }

    /// A number with so many decimals: 8,6.
    pub fn decimal(self, number: impl Borrow<f64>, decimals: usize) -> String {
        decimal_text(self.language, &format!("{:.decimals$}", number.borrow()))
    }

    /// A share of one as a percentage: 0.717 with one decimal is 71,7%.
    pub fn percent(self, share: impl Borrow<f64>, decimals: usize) -> String {
        self.with("percent", &[("value", self.decimal(share.borrow() * 100.0, decimals))]).into_owned()
    }

    /// A file's size in decimal units: 214 kB.
    pub fn file_size(self, bytes: impl Borrow<u64>) -> String {
        let bytes = *bytes.borrow();
        #[expect(clippy::cast_precision_loss, reason = "a size is shown with three figures")]
        let size = bytes as f64;
        let (key, size) = match bytes {
            0..1_000 => (crate::key!("size-bytes"), size),
            1_000..1_000_000 => (crate::key!("size-kilobytes"), size / 1e3),
            1_000_000..1_000_000_000 => (crate::key!("size-megabytes"), size / 1e6),
            _ => (crate::key!("size-gigabytes"), size / 1e9),
        };
        let decimals = usize::from(bytes >= 1_000 && size < 9.95);
        self.with(key, &[("size", self.decimal(size, decimals))]).into_owned()
    }

    /// A length of time in its largest unit, rounded down: 38 min, 2 h, 3 g.
    pub fn duration_short(self, length: impl Borrow<TimeDelta>) -> String {
        let seconds = length.borrow().num_seconds().abs();
        let (key, count) = match seconds {
            0..60 => (crate::key!("duration-seconds"), seconds),
            60..3_600 => (crate::key!("duration-minutes"), seconds / 60),
            3_600..172_800 => (crate::key!("duration-hours"), seconds / 3_600),
            _ => (crate::key!("duration-days"), seconds / 86_400),
        };
        self.with(key, &[("count", count)]).into_owned()
    }

    /// A length of time in its two largest units: 4 min 12 s, 8 h 37 min.
    pub fn duration(self, length: impl Borrow<TimeDelta>) -> String {
        let seconds = length.borrow().num_seconds().abs();
        let smaller = match seconds {
            0..60 => 0,
            60..3_600 => seconds % 60,
            3_600..172_800 => seconds % 3_600 / 60 * 60,
            _ => seconds % 86_400 / 3_600 * 3_600,
        };
        let larger = self.duration_short(length.borrow());
        if smaller == 0 {
            return larger;
        }
        let smaller = self.duration_short(TimeDelta::seconds(smaller));
        self.with("duration-two", &[("larger", larger), ("smaller", smaller)]).into_owned()
    }

    /// A length of time as a running clock shows it: 02:41, 1:02:41.
    pub fn stopwatch(self, length: impl Borrow<TimeDelta>) -> String {
        let seconds = length.borrow().num_seconds().max(0);
        let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
        match hours {
            0 => format!("{minutes:02}:{seconds:02}"),
            _ => format!("{hours}:{minutes:02}:{seconds:02}"),
        }
    }
}

/// A number written with a point, as the language writes it.
pub(crate) fn decimal_text(language: Language, number: &str) -> String {
    match (Decimal::from_str(number), &voice(language).numbers) {
        (Ok(decimal), Some(formatter)) => formatter.format(&decimal).to_string(),
        _ => number.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use crate::{Language, Tr};

    const IT: Tr = Tr::new(Language::Italian);
    const EN: Tr = Tr::new(Language::English);

    #[test]
    fn numbers_are_written_as_the_reader_writes_them() {
        assert_eq!(IT.number(1_234_567), "1.234.567");
        assert_eq!(EN.number(1_234_567), "1,234,567");
        assert_eq!(IT.percent(0.717, 1), "71,7%");
        assert_eq!(EN.percent(0.92, 0), "92%");
    }

    #[test]
    fn sizes_have_the_unit_that_keeps_them_short() {
        assert_eq!(IT.file_size(999), "999 byte");
        assert_eq!(IT.file_size(214_300), "214 kB");
        assert_eq!(IT.file_size(1_400_000), "1,4 MB");
        assert_eq!(EN.file_size(10_000_000), "10 MB");
    }

    #[test]
    fn lengths_of_time_are_short_or_exact() {
        assert_eq!(IT.duration_short(TimeDelta::seconds(31)), "31 s");
        assert_eq!(IT.duration_short(TimeDelta::minutes(38)), "38 min");
        assert_eq!(IT.duration_short(TimeDelta::minutes(150)), "2 h");
        assert_eq!(IT.duration_short(TimeDelta::days(3)), "3 g");
        assert_eq!(IT.duration(TimeDelta::seconds(252)), "4 min 12 s");
        assert_eq!(IT.duration(TimeDelta::seconds(31_020)), "8 h 37 min");
        assert_eq!(EN.duration(TimeDelta::hours(2)), "2 h");
        assert_eq!(IT.stopwatch(TimeDelta::seconds(161)), "02:41");
        assert_eq!(IT.stopwatch(TimeDelta::seconds(3_761)), "1:02:41");
    }
}
