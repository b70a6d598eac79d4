//! Rules for numbers by prefix, of which the one with the longest prefix decides.

/// A rule for all numbers that begin with a prefix: `+39`, `+3906`, `1500`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub prefix: String,
    pub allow: bool,
    /// Whether the administration made it; the others are always there.
    pub(super) own: bool,
}

impl Rule {
    /// A rule of the administration. The prefix is `+` and digits, or the digits of a short code; empty stands for all.
    #[must_use]
    pub fn new(prefix: impl Into<String>, allow: bool) -> Self {
        Self { prefix: prefix.into(), allow, own: true }
    }
}

/// Two rules of the administration contradict each other.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there are two rules for numbers that begin with {0}")]
pub struct Twice(pub String);

/// All rules. What none of them speaks of may not be called.
#[derive(Debug, Clone)]
pub struct Rules {
    rules: Vec<Rule>,
}

/// Without any rule of the administration: geographic, mobile and free numbers, the violence helpline, the ministry of
/// health's line and the European numbers of social value (116xxx, decision 2007/116/EC).
const ALLOWED: [&str; 7] = ["+390", "+393", "+39800", "+39803", "1522", "1500", "116"];
/// What stays shut although a shorter rule opens a country: premium and shared-cost numbers, satellites, and the islands
/// that look like the United States and are billed unlike them, which is where stolen telephones call.
const DENIED: [&str; 43] = [
    "+391", "+394", "+3984", "+3989", "+870", "+881", "+882", "+883", "+888", "+979", "+808", "+1900", "+1976",
    "+1242", "+1246", "+1264", "+1268", "+1284", "+1340", "+1345", "+1441", "+1473", "+1649", "+1658", "+1664",
    "+1670", "+1671", "+1684", "+1721", "+1758", "+1767", "+1784", "+1787", "+1809", "+1829", "+1849", "+1868",
    "+1869", "+1876", "+1939", "+4487", "+449", "+33899",
];

impl Rules {
    /// The rules of the administration on top of those that are always there: of two with the same prefix, its own counts.
    ///
    /// # Errors
    /// The prefix for which it has two.
    pub fn new(own: Vec<Rule>) -> Result<Self, Twice> {
        let mut rules: Vec<Rule> = Vec::with_capacity(own.len() + ALLOWED.len() + DENIED.len());
        for rule in own {
            if rules.iter().any(|other| other.prefix == rule.prefix) {
                return Err(Twice(rule.prefix));
            }
            rules.push(Rule { own: true, ..rule });
        }
        let always = ALLOWED.iter().map(|p| (p, true)).chain(DENIED.iter().map(|p| (p, false)));
        for (prefix, allow) in always {
            if !rules.iter().any(|other| other.prefix == *prefix) {
                rules.push(Rule { prefix: (*prefix).to_owned(), allow, own: false });
            }
        }
        Ok(Self { rules })
    }

    /// The rule that decides on a number in the form of [`super::Number::dialled`].
    #[must_use]
    pub fn decide(&self, dialled: &str) -> Option<&Rule> {
        self.rules.iter().filter(|rule| dialled.starts_with(&rule.prefix)).max_by_key(|rule| rule.prefix.len())
    }
}
