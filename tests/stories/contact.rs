//! Contacts become cases.

use stories::{letter, on_both};

on_both! {
    async fn a_letter_becomes_one_case_with_number_and_code(office) {
        let accepted = office.receive(letter("giulia@posta.example", "Il bonus sociale non compare in bolletta")).await;
        assert_eq!(accepted.number.to_string(), format!("LA-2026-{:06}", accepted.case.0));
        assert_eq!(accepted.code.to_string().len(), 9);
        let stored = office.stored(accepted.case).await;
        assert_eq!(stored.content.subject.as_deref(), Some("Il bonus sociale non compare in bolletta"));
    }
}
