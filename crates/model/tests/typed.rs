//! Whatever is typed: nothing panics, and what is taken keeps its promises.

use model::address::Address;
use model::attachment::safe_name;
use model::code::Code;
use model::number::CaseNumber;
use model::text;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn text_is_cleaned_once_and_for_all(typed in any::<String>()) {
        let clean = text::clean(&typed);
        prop_assert_eq!(&text::clean(&clean), &clean);
        let unseen = clean.contains(['\0', '\r', '\x1b']);
        prop_assert!(!unseen);
        prop_assert!(!text::clean_line(&typed).contains('\n'));
        for word in text::words(&typed, 20) {
            prop_assert!(word.chars().all(char::is_alphanumeric));
        }
    }

    #[test]
    fn a_bound_is_kept(typed in any::<String>(), max in 0usize..30) {
        if let Ok(Some(taken)) = text::optional("name", &typed, max) {
            prop_assert!((1..=max).contains(&taken.chars().count()));
        }
        prop_assert!(text::first_line(&typed, max).chars().count() <= max + 1);
    }

    #[test]
    fn an_address_that_is_taken_is_taken_again(typed in "\\PC{0,40}|[a-z.@+<> -]{0,30}|[+0-9 ()./-]{0,20}") {
        if let Ok(address) = Address::any("from", &typed) {
            prop_assert_eq!(Address::any("from", &address.value), Ok(address.clone()));
            prop_assert!(!address.value.chars().any(|c| c.is_whitespace() || c.is_control()));
            prop_assert!(address.hinted().chars().count() <= address.value.chars().count() + 1);
        }
    }

    #[test]
    fn a_file_name_leads_nowhere(typed in any::<String>()) {
        let name = safe_name(&typed);
        prop_assert!(!name.is_empty() && name.chars().count() <= 120);
        let leads = name.contains(['/', '\\', '\0', '\n', '"', '\u{202e}']) || name.starts_with('.');
        prop_assert!(!leads, "{}", name);
    }

    #[test]
    fn codes_and_numbers_are_read_back(bytes in any::<[u8; 16]>(), year in 1000i32..9999, id in 1i64..i64::MAX, typed in any::<String>()) {
        let code = Code::from_bytes(bytes);
        prop_assert_eq!(Code::parse(&code.to_string().to_lowercase()), Some(code));
        let number = CaseNumber { year, id: model::CaseId(id) };
        prop_assert_eq!(number.to_string().parse::<CaseNumber>().unwrap(), number);
        let _ = (Code::parse(&typed), typed.parse::<CaseNumber>());
    }
}
