//! Events as they happen, to other systems and to pages.

use serde_json::{Value, json};
use stories::served_on_both;

served_on_both! {
    async fn another_system_is_told_of_events_and_goes_on_where_it_stopped(server) {
        let api = server.api("sara", "front");
        let mut live = api.follow(None).await;
        let (first, _) = api.contact("g@posta.example", "segretissimo").await;
        let opened = live.next().await.unwrap();
        let joined = live.next().await.unwrap();
        let body: Value = serde_json::from_str(&opened.data).unwrap();
        assert_eq!((opened.name.as_str(), &body["kind"], &body["actor"], &body["position"]), ("case", &json!("opened"), &json!("staff"), &json!(opened.id)));
        assert!(!opened.data.contains("segretissimo") && !joined.data.contains("segretissimo") && !opened.data.contains("posta.example"), "events hold no words of people");
        drop(live);

        let (second, _) = api.contact("g@posta.example", "altro").await;
        api.post(&format!("/cases/{first}/solve"), &json!({})).await.expect(200);
        let mut resumed = api.follow(Some(&opened.id)).await;
        assert_eq!(resumed.next().await.unwrap(), joined, "what was told last is not told again");
        let mut kinds = Vec::new();
        while kinds.last().is_none_or(|(kind, _)| kind != "solved") {
            let body: Value = serde_json::from_str(&resumed.next().await.unwrap().data).unwrap();
            if body["kind"] != "clocks-set" {
                kinds.push((body["kind"].as_str().unwrap().to_owned(), body["case"].as_i64().unwrap()));
            }
        }
        let id = |number: &str| number.rsplit('-').next().unwrap().parse::<i64>().unwrap();
        let told: Vec<_> = kinds.iter().map(|(kind, case)| (kind.as_str(), *case)).collect();
        assert_eq!(told, [("opened", id(&second)), ("contact-joined", id(&second)), ("assigned", id(&first)), ("solved", id(&first))]);

        // From the very beginning, another way.
        let mut all = stories::Live::open(api.to("GET", "/events?after=0-0")).await;
        assert_eq!(all.next().await.unwrap(), opened);
    }

    async fn what_happens_before_a_page_listens_is_told_to_it(server) {
        let api = server.api("sara", "front");
        let sara = server.signed_in("sara").await;
        let page = sara.get(server.url("/desk/list/team")).send().await.unwrap().text().await.unwrap();
        let listens = page.split_once("data-live=\"").unwrap().1.split('"').next().unwrap().to_owned();
        let (number, _) = api.contact("g@posta.example", "prima che ascolti").await;
        let id = number.rsplit('-').next().unwrap().trim_start_matches('0');
        let mut live = stories::Live::open(sara.get(server.url(&listens))).await;
        assert_eq!(live.next().await.unwrap().name, "ready");
        let told = live.next().await.unwrap();
        assert_eq!((told.name.as_str(), told.data.as_str()), ("case", id));
    }

    async fn a_server_that_stops_ends_its_streams_and_loses_nothing(server) {
        let api = server.api("sara", "front");
        let mut live = api.follow(None).await;
        api.contact("g@posta.example", "uno").await;
        let seen = live.next().await.unwrap();
        assert!(server.stop(), "it stops in good order: {}", server.log());
        while live.next().await.is_some() {}
        server.run().await;
        let mut live = api.follow(Some(&seen.id)).await;
        let body: Value = serde_json::from_str(&live.next().await.unwrap().data).unwrap();
        assert_eq!(body["kind"], "contact-joined");
    }
}
