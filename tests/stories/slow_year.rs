//! The invented year, brought in and reported: every figure equals a plain reckoning of the same records, also after
//! somebody was erased. `STORIES_YEAR=1` tells it with all of the first year, else with a part of it.

use crate::report::plain::{self, Asked};
use crate::report::same;
use serde_json::Value;
use sim::year::{self, Sizes};
use stories::served_on_both;

served_on_both! {
    async fn the_first_year_is_reported_as_a_plain_reckoning_says(server) {
        let whole = std::env::var("STORIES_YEAR").is_ok_and(|part| part == "1");
        let part = if whole { 1 } else { 60 };
        let all = Sizes::years(1);
        let sizes = Sizes { contacts: all.contacts / part, cases: all.cases / part, structures: all.structures / part, trained: all.trained / part };
        let mut year = Vec::new();
        year::write(&mut year, sizes).unwrap();
        let file = server.data().join("anno.ndjson");
        std::fs::write(&file, &year).unwrap();
        server.try_command(&["import", file.to_str().unwrap()], "").unwrap();
        let lines: Vec<String> = String::from_utf8(year).unwrap().lines().map(str::to_owned).collect();
        let asked = ["report", "--from", "2009-01-29", "--to", "2010-01-29", "--as-of", "2011-01-01T00:00:00Z"];
        let plainly = plain::reckon(&lines, &Asked {
            from: "2009-01-29".parse().unwrap(),
            to: "2010-01-29".parse().unwrap(),
            service: None,
            as_of: "2011-01-01T00:00:00Z".parse().unwrap(),
        });
        let said: Value = serde_json::from_str(&server.try_command(&asked, "").unwrap()).unwrap();
        same(&said, &plainly, "the year");
        if whole {
            println!("{:#}", serde_json::json!({ "reported": said["cases"], "plainly": plainly["cases"], "phone": [&said["phone"], &plainly["phone"]] }));
        }
        // Whoever is erased takes along no figure.
        server.try_command(&["person", "show", "1"], "").unwrap();
        server.try_command(&["person", "erase", "1", "--yes"], "").unwrap();
        assert_eq!(serde_json::from_str::<Value>(&server.try_command(&asked, "").unwrap()).unwrap(), said);
    }
}
