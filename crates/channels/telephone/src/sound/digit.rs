//! A key of the telephone: 0 to 9, the star, the hash, and A to D.

use std::fmt;

/// A key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digit(u8);

const KEYS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#', 'A', 'B', 'C', 'D'];

/// The four lower frequencies in Hz, from the top row of keys down (ITU-T Q.23).
pub const ROWS: [f32; 4] = [697.0, 770.0, 852.0, 941.0];

/// The four upper frequencies in Hz, from the left column of keys to the right (ITU-T Q.23).
pub const COLUMNS: [f32; 4] = [1_209.0, 1_336.0, 1_477.0, 1_633.0];

const GRID: [[char; 4]; 4] = [['1', '2', '3', 'A'], ['4', '5', '6', 'B'], ['7', '8', '9', 'C'], ['*', '0', '#', 'D']];

impl Digit {
    /// All sixteen.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..16).map(Self)
    }

    /// The key of an event code of RFC 4733 section 3.2, 0 to 15; others are not keys.
    pub const fn of_event(event: u8) -> Option<Self> {
        if event < 16 { Some(Self(event)) } else { None }
    }

    /// Its event code of RFC 4733 section 3.2.
    pub const fn event(self) -> u8 {
        self.0
    }

    /// The key with a character on it; letters in either case.
    pub fn of_char(key: char) -> Option<Self> {
        let key = key.to_ascii_uppercase();
        Self::all().find(|digit| digit.as_char() == key)
    }

    /// The character on it.
    pub fn as_char(self) -> char {
        KEYS.get(usize::from(self.0)).copied().unwrap_or('0')
    }

    /// The key of a row and a column, each counted from 0.
    pub fn of_grid(row: usize, column: usize) -> Option<Self> {
        GRID.get(row).and_then(|keys| keys.get(column)).copied().and_then(Self::of_char)
    }

    /// Its two frequencies in Hz, the lower first.
    pub fn frequencies(self) -> (f32, f32) {
        let key = self.as_char();
        let place = GRID.iter().zip(ROWS).find_map(|(keys, row)| {
            let (_, column) = keys.iter().zip(COLUMNS).find(|(other, _)| **other == key)?;
            Some((row, column))
        });
        place.unwrap_or((941.0, 1_336.0))
    }
}

impl fmt::Display for Digit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.as_char())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_is_one_of_three_things_alike() {
        for digit in Digit::all() {
            assert_eq!(Digit::of_char(digit.as_char()), Some(digit));
            assert_eq!(Digit::of_event(digit.event()), Some(digit));
            let (low, high) = digit.frequencies();
            let row = ROWS.iter().position(|f| *f == low).unwrap();
            let column = COLUMNS.iter().position(|f| *f == high).unwrap();
            assert_eq!(Digit::of_grid(row, column), Some(digit));
        }
        assert_eq!(Digit::of_char('d').map(Digit::event), Some(15));
        assert_eq!((Digit::of_char('x'), Digit::of_event(16)), (None, None));
        assert_eq!(Digit::of_char('#').map(Digit::frequencies), Some((941.0, 1_477.0)));
    }
}
