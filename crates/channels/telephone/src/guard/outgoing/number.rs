//! A number as dialled, in the one form that rules are written for: `+` and all digits (ITU-T E.164), or a short code as
//! it is. Full Italian numbers are those of [`model::address::Address`]; what that does not take because it reaches no
//! person (199, 4xxxx) is read here, so that the refusal can say what it is.

use model::address::Address;

/// What a number is, for the reason of a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Emergency,
    /// A few digits without a prefix: helplines, services of carriers.
    Short,
    Geographic,
    Mobile,
    /// Free for the caller: 800, 803.
    Free,
    /// The cost is shared: 84x, 199, 178 and others that a carrier bills by its own list.
    SharedCost,
    /// Billed for what is said: 89x, 14x, 16x, 4xxxx, and their like abroad.
    Premium,
    Satellite,
    International,
}

/// A number that can be dialled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    dialled: String,
    kind: Kind,
}

/// Italian emergency numbers (national numbering plan, AGCOM resolution 8/15/CIR): the single number, police, children in
/// danger, fire brigade, Guardia di Finanza, ambulance, forest fires, coast guard.
const EMERGENCY: [&str; 8] = ["112", "113", "114", "115", "117", "118", "1515", "1530"];
/// Country codes without a country: Inmarsat, the mobile satellite systems, international networks, shared cost and
/// premium rate (ITU-T E.164.1 and the list of assigned codes).
const SATELLITE: [&str; 4] = ["870", "881", "882", "883"];
const PREMIUM_ABROAD: [&str; 5] = ["979", "808", "888", "1900", "1976"];

impl Number {
    /// Reads what was typed or dialled. Codes of telephone systems (`*21*`), commas and the like are no numbers: on some
    /// trunks they would switch a diversion.
    #[must_use]
    pub fn read(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        let ok = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '.' | '-' | '(' | ')' | '/' | '\u{a0}');
        if typed.is_empty() || !typed.chars().all(ok) || typed.rfind('+').is_some_and(|at| at > 0) {
            return None;
        }
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        if let Some(code) = emergency(&digits) {
            return Some(Self { dialled: code.to_owned(), kind: Kind::Emergency });
        }
        let abroad = typed.starts_with('+') || digits.starts_with("00");
        if !abroad && short(&digits) {
            let kind = if digits.starts_with('4') { Kind::Premium } else { Kind::Short };
            return Some(Self { dialled: digits, kind });
        }
        if let Ok(address) = Address::phone("number", typed) {
            let kind = kind(&address.value);
            return Some(Self { dialled: address.value, kind });
        }
        let full = if typed.starts_with('+') { &digits } else { digits.strip_prefix("00").unwrap_or(&digits) };
        let national = if abroad { full.strip_prefix("39")? } else { full };
        let special = (5..=12).contains(&national.len()) && national.starts_with(['1', '4']);
        let dialled = format!("+39{national}");
        special.then(|| Self { kind: kind(&dialled), dialled })
    }

    /// The form for rules, and for the trunk: `+39…`, or a short code without `+`.
    #[must_use]
    pub fn dialled(&self) -> &str {
        &self.dialled
    }

    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }
}

/// The emergency number that is meant: as it is, with the country's prefix that mobile telephones put there, or with the 0
/// that reaches an outside line in many offices; nobody should have to think of it then. No other number has these forms.
fn emergency(digits: &str) -> Option<&'static str> {
    EMERGENCY
        .into_iter()
        .find(|code| ["", "0", "39", "0039"].into_iter().any(|before| digits.strip_prefix(before) == Some(*code)))
}

/// Numbers that are dialled without any prefix: three to six digits from 1, and five from 4.
fn short(digits: &str) -> bool {
    match digits.as_bytes().first() {
        Some(b'1') => (3..=6).contains(&digits.len()),
        Some(b'4') => digits.len() == 5,
        _ => false,
    }
}

fn kind(dialled: &str) -> Kind {
    let Some(national) = dialled.strip_prefix("+39") else {
        let code = dialled.trim_start_matches('+');
        let one_of = |codes: &[&str]| codes.iter().any(|c| code.starts_with(c));
        return if one_of(&SATELLITE) {
            Kind::Satellite
        } else if one_of(&PREMIUM_ABROAD) {
            Kind::Premium
        } else {
            Kind::International
        };
    };
    match national.as_bytes() {
        [b'0', ..] => Kind::Geographic,
        [b'3', ..] => Kind::Mobile,
        [b'8', b'0', b'0' | b'3', ..] => Kind::Free,
        [b'8', b'9', ..] | [b'1', b'4' | b'6', ..] | [b'4', ..] => Kind::Premium,
        _ => Kind::SharedCost,
    }
}
