//! Stories of outgoing numbers: what may be called.

use super::*;
use proptest::prelude::*;

fn policy(own: &[(&str, bool)]) -> Policy {
    let own = own.iter().map(|(prefix, allow)| Rule::new(*prefix, *allow)).collect();
    Policy::new(Rules::new(own).unwrap())
}

fn dialled(policy: &Policy, typed: &str) -> Result<String, NotAllowed> {
    policy.judge(typed).map(|d| d.number.dialled().to_owned())
}

#[test]
fn ordinary_numbers_are_called_in_one_form() {
    let policy = policy(&[]);
    for (typed, number) in [
        ("06 82 888 1", "+3906828881"),
        ("0039 333 5550117", "+393335550117"),
        ("(333) 555-0117", "+393335550117"),
        ("800 155 300", "+39800155300"),
        ("0549 882 000", "+390549882000"),
        ("1522", "1522"),
        ("116 117", "116117"),
    ] {
        assert_eq!(dialled(&policy, typed).as_deref(), Ok(number));
    }
}

#[test]
fn what_costs_is_refused_and_says_what_it_is() {
    let policy = policy(&[]);
    for (typed, kind) in [
        ("899 123456", Kind::Premium),
        ("892424", Kind::Premium),
        ("+39 895 123456", Kind::Premium),
        ("48 482", Kind::Premium),
        ("144 123456", Kind::Premium),
        ("199 123 123", Kind::SharedCost),
        ("+39199123123", Kind::SharedCost),
        ("178 1234567", Kind::SharedCost),
        ("848 800 123", Kind::SharedCost),
        ("+870 773 111 222", Kind::Satellite),
        ("00 8816 2345 6789", Kind::Satellite),
        ("+1 900 555 0123", Kind::Premium),
        ("+40 721 555 012", Kind::International),
        ("+1 876 555 0123", Kind::International),
        ("1234", Kind::Short),
        ("190", Kind::Short),
    ] {
        assert_eq!(dialled(&policy, typed), Err(NotAllowed::Kind(kind)), "{typed}");
    }
}

#[test]
fn the_longest_prefix_decides_and_what_is_always_shut_needs_its_own_rule() {
    let policy =
        policy(&[("+1", true), ("+40", true), ("+4070", false), ("+39333", false), ("+39848", true), ("190", true)]);
    assert!(dialled(&policy, "+1 212 555 0123").is_ok());
    assert_eq!(dialled(&policy, "+1 876 555 0123"), Err(NotAllowed::Kind(Kind::International)));
    assert!(dialled(&policy, "+40 721 555 012").is_ok());
    assert_eq!(dialled(&policy, "+40 700 555 012"), Err(NotAllowed::Rule));
    assert_eq!(dialled(&policy, "333 5550117"), Err(NotAllowed::Rule));
    assert!(dialled(&policy, "848 800 123").is_ok());
    assert!(dialled(&policy, "190").is_ok());
    assert_eq!(dialled(&policy, "847 800 123"), Err(NotAllowed::Kind(Kind::SharedCost)));
    let all_shut = self::policy(&[("", false), ("+390", false), ("+393", false)]);
    assert_eq!(dialled(&all_shut, "+49 30 1234567"), Err(NotAllowed::Rule));
    let same = Rules::new(vec![Rule::new("+49", true), Rule::new("+49", false)]);
    assert_eq!(same.unwrap_err(), Twice("+49".into()));
}

#[test]
fn help_is_reached_whatever_the_rules_say() {
    let shut = policy(&[("", false), ("1", false), ("112", false), ("+390", false)]);
    for typed in ["112", "113", "115", "118", "1 1 2", "0112", "+39 112", "0039112", "1530"] {
        let answer = shut.judge(typed).unwrap();
        assert_eq!((answer.counts, answer.number.kind()), (false, Kind::Emergency), "{typed}");
    }
    assert_eq!(shut.judge("+39 118").unwrap().number.dialled(), "118");
    assert_eq!(dialled(&shut.without_emergency(), "112"), Err(NotAllowed::NoEmergency));
}

#[test]
fn codes_of_telephone_systems_are_no_numbers() {
    let policy = policy(&[("", true)]);
    for typed in
        ["*21*3335550117#", "#31#3335550117", "3335550117,1", "3335550117;ext=1", "", "+", "abc", "33+3", "٣٣٣"]
    {
        assert_eq!(dialled(&policy, typed), Err(NotAllowed::NotANumber), "{typed}");
    }
}

proptest! {
    #[test]
    fn whatever_is_dialled_is_judged_and_a_number_stays_what_it_is(typed in "\\PC{0,20}|[+0-9 ().-]{0,20}") {
        let policy = policy(&[("", true)]);
        if let Ok(answer) = policy.judge(&typed) {
            let number = answer.number.dialled();
            let again = Number::read(number);
            prop_assert_eq!(again.as_ref(), Some(&answer.number), "{}", number);
            prop_assert!(number.trim_start_matches('+').bytes().all(|b| b.is_ascii_digit()));
        }
    }

    #[test]
    fn nothing_premium_is_reached_by_another_spelling(
        code in "(89[0-9]|199|144|166)[0-9]{6}", before in "(\\+39|0039|)", blanks in prop::collection::vec(0usize..12, 0..4)
    ) {
        let mut typed = format!("{before}{code}");
        for at in blanks {
            if at > 0 && at < typed.len() {
                typed.insert(at, ' ');
            }
        }
        prop_assert!(policy(&[]).judge(&typed).is_err(), "{}", typed);
    }
}
