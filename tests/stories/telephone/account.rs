//! The account of an operator's telephone, as an administrator makes it and takes it away.

use crate::called_on_both;
use stories::{Answers, eventually};

called_on_both! {
    async fn a_telephone_registers_by_the_account_that_an_administrator_makes(exchange, "") {
        exchange.server.hire("rita", "admin");
        exchange.server.hire("ada", "front");
        let rita = exchange.server.signed_in("rita").await;
        let all = centre::staff::all(&exchange.centre).await.unwrap();
        let ada = all.into_iter().find(|(staff, _)| staff.login == "ada").unwrap().0.id;
        let card = exchange.server.url(&format!("/admin/staff/{ada}"));
        let of = |page: &str| {
            let made = page.split_once("id=\"sip-password\"").and_then(|(_, rest)| rest.split_once("value=\""));
            made.map(|(_, value)| value.split('"').next().unwrap().to_owned())
        };
        let made = rita.post(format!("{card}/telephone")).send().await.unwrap().text().await.unwrap();
        let password = of(&made).expect("the password is shown");
        let again = rita.get(&card).send().await.unwrap().text().await.unwrap();
        assert!(of(&again).is_none() && !again.contains(&password), "it is shown once");
        let _telephone = exchange.telephone_with("ada", &password, 440, Answers::AtOnce).await;
        eventually("a telephone reaches her", async || {
            centre::availability::of(&exchange.centre, ada).await.unwrap().device
        })
        .await;
        let asked = rita.get(format!("{card}/telephone")).send().await.unwrap();
        assert!(asked.text().await.unwrap().contains("nuova password"), "what cannot be undone is asked first");
        let other = rita.post(format!("{card}/telephone")).send().await.unwrap().text().await.unwrap();
        assert_ne!(of(&other), Some(password));
        eventually("what had the old password reaches her no more", async || {
            centre::availability::of(&exchange.centre, ada).await.unwrap().device.is_none().then_some(())
        })
        .await;
        assert_eq!(rita.post(format!("{card}/telephone/remove")).send().await.unwrap().status(), 303);
        assert!(centre::sip_account::of(&exchange.centre, ada).await.unwrap().is_none());
    }
}
