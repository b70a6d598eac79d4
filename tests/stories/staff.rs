//! The staff: taken on, changed, disabled; who can administer is never nobody.

use centre::staff::{self, Asked, Profile, Which};
use centre::{By, Error, case};
use db::Engine;
use model::problem::Problem;
use model::user::{Skill, SkillLevel, Staff, Standing};
use stories::{Office, Server, on_both, work};

/// What is kept of somebody, to be changed.
fn profile(staff: &Staff) -> Profile {
    Profile {
        name: staff.name.clone(),
        email: None,
        roles: staff.roles.clone(),
        scope: staff.scope.clone(),
        queues: staff.queues.clone(),
        languages: staff.languages.clone(),
        skills: staff.skills.clone(),
    }
}

fn problems<T: std::fmt::Debug>(outcome: Result<T, Error>) -> Vec<(&'static str, Problem)> {
    match outcome {
        Err(Error::Invalid(all)) => all.into_iter().map(|p| (p.field, p.problem)).collect(),
        other => panic!("not refused: {other:?}"),
    }
}

async fn names(office: &Office, asked: Asked) -> Vec<String> {
    let page = staff::page(&office.centre, &asked, 50).await.unwrap();
    page.people.into_iter().map(|l| l.member.staff.login).collect()
}

on_both! {
    async fn what_is_said_of_somebody_is_changed_all_at_once_or_not_at_all(office) {
        let ada = office.hire("ada", "admin").await;
        let sara = office.hire("sara", "front").await;
        let id = sara.id;
        let wrong = Profile { name: " ".to_owned(), email: Some("sara@".to_owned()), roles: "".parse().unwrap(), ..profile(&sara) };
        let found = problems(office.by(&ada, work!(|w| staff::change(w, id, wrong, None))).await);
        assert!(["name", "email", "roles"].iter().all(|field| found.iter().any(|(f, _)| f == field)), "all that is wrong is told: {found:?}");
        let skill = |name: &str, level| Skill { name: name.to_owned(), level };
        let better = Profile {
            name: "Sara Campione".to_owned(), email: Some("Sara@Posta.example".to_owned()), roles: "front,supervisor".parse().unwrap(),
            languages: vec!["it".to_owned(), "ar".to_owned()],
            skills: vec![skill(" Bonus  sociale", Some(SkillLevel::Expert)), skill("bonus sociale", None), skill("", None)],
            ..profile(&sara)
        };
        office.by(&ada, work!(|w| staff::change(w, id, better, None))).await.unwrap();
        let kept = staff::listed(&office.centre, id).await.unwrap().member;
        assert_eq!((kept.staff.name.as_str(), kept.email.as_deref()), ("Sara Campione", Some("sara@posta.example")));
        assert_eq!(kept.staff.skills, [skill("Bonus sociale", Some(SkillLevel::Expert))], "each skill once");
        assert_eq!((kept.staff.languages, kept.staff.login.as_str()), (vec!["it".to_owned(), "ar".to_owned()], "sara"));
        let mine = profile(&sara);
        let by_herself = office.by(&sara, work!(|w| staff::change(w, id, mine, None))).await;
        assert!(matches!(by_herself, Err(Error::Denied(_))), "by administrators alone");
    }

    async fn whoever_saw_somebody_as_they_no_longer_are_gives_no_role_back(office) {
        let (ada, sara) = (office.hire("ada", "admin").await, office.hire("sara", "front,supervisor").await);
        let id = sara.id;
        let seen = staff::revision(&staff::listed(&office.centre, id).await.unwrap().member);
        let without = Profile { roles: "front".parse().unwrap(), ..profile(&sara) };
        let (first, second) = (seen.clone(), seen);
        office.by(&ada, work!(|w| staff::change(w, id, without, Some(first)))).await.unwrap();
        let slower = Profile { name: "Sara Campione".to_owned(), ..profile(&sara) };
        let refused = office.by(&ada, work!(|w| staff::change(w, id, slower, Some(second)))).await;
        assert!(matches!(refused, Err(Error::ChangedMeanwhile)), "{refused:?}");
        let now = staff::listed(&office.centre, id).await.unwrap().member.staff;
        assert_eq!((now.name.as_str(), now.roles.to_string().as_str()), ("sara Prova", "front"));
    }

    async fn people_are_found_by_name_role_and_state(office) {
        let ada = office.hire("ada", "admin").await;
        office.hire("sara", "front").await;
        let luca = office.hire("niccolò", "back").await.id;
        assert_eq!(names(&office, Asked { text: "NICCOLO".to_owned(), ..Asked::default() }).await, ["niccolò"], "accents hide nobody");
        assert_eq!(names(&office, Asked { role: Some(model::user::Role::Front), ..Asked::default() }).await, ["sara"]);
        office.by(&ada, work!(|w| staff::disable(w, luca))).await.unwrap();
        assert_eq!(names(&office, Asked::default()).await, ["ada", "sara"]);
        assert_eq!(names(&office, Asked { which: Which::These(Standing::Disabled), ..Asked::default() }).await, ["niccolò"]);
        let first = staff::page(&office.centre, &Asked { which: Which::All, ..Asked::default() }, 2).await.unwrap();
        assert_eq!((first.people.len(), first.found), (2, 3));
        let rest = Asked { which: Which::All, after: first.next, ..Asked::default() };
        assert_eq!(names(&office, rest).await, ["sara"]);
    }

    async fn the_last_who_can_administer_stays(office) {
        let ada = office.hire("ada", "admin").await;
        let id = ada.id;
        // One without a password and one who may not sign in are nobody who could.
        let guest = db::staff::NewStaff { login: "ospite".to_owned(), name: "Ospite".to_owned(), roles: "admin".parse().unwrap(), language: "it".to_owned(), ..Default::default() };
        staff::add(&office.centre, By::System, guest).await.unwrap();
        let bea = office.hire("bea", "admin").await;
        let other = bea.id;
        office.by(&ada, work!(|w| staff::disable(w, other))).await.unwrap();
        assert_eq!(problems(office.by(&ada, work!(|w| staff::disable(w, id))).await), [("person", Problem::LastAdmin)]);
        let without = Profile { roles: "front".parse().unwrap(), ..profile(&ada) };
        assert_eq!(problems(office.by(&ada, work!(|w| staff::change(w, id, without, None))).await), [("roles", Problem::LastAdmin)]);
        office.by(&ada, work!(|w| staff::enable(w, other))).await.unwrap();
        office.by(&ada, work!(|w| staff::disable(w, id))).await.unwrap();
    }

    async fn two_administrators_who_disable_each_other_at_once_leave_one(office) {
        for round in 0..5 {
            let (ada, bea) = (office.hire(&format!("ada{round}"), "admin").await, office.hire(&format!("bea{round}"), "admin").await);
            let (a, b) = (ada.id, bea.id);
            let (one, two) = tokio::join!(
                office.by(&ada, work!(|w| staff::disable(w, b))),
                office.by(&bea, work!(|w| staff::disable(w, a))),
            );
            assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
            let left = if one.is_ok() { a } else { b };
            // So that they are the only two of the next round.
            db_take_role(&office, left).await;
        }
    }

    async fn whoever_is_disabled_is_out_at_once_and_their_cases_are_put_back(office) {
        let ada = office.hire("ada", "admin").await;
        let sara = office.hire("sara", "front").await;
        let (id, mut cases) = (sara.id, Vec::new());
        for n in 0..3 {
            let one = office.letter(&format!("g{n}@posta.example"), "Una domanda").await;
            office.by(&sara, work!(|w| case::take(w, one))).await.unwrap();
            cases.push(one);
        }
        let done = cases[2];
        office.by(&sara, work!(|w| case::solve(w, done, model::case::Outcome::Solved, None))).await.unwrap();
        let kept = centre::session::Kept { staff: Some(id), inside: true, device: None, data: "{}".to_owned(), expires_at: office.now() + chrono::TimeDelta::hours(1) };
        centre::session::begin(&office.centre, "biscotto", kept).await.unwrap();
        office.by(&ada, work!(|w| staff::disable(w, id))).await.unwrap();
        assert!(centre::session::load(&office.centre, "biscotto").await.unwrap().is_none());
        assert!(office.sign_in("sara", None, "192.0.2.1").await.unwrap().is_none());
        let held = staff::held(&office.centre, id).await.unwrap();
        assert_eq!((held.count, held.cases.len()), (2, 2), "what she has is shown");
        let (front, boss) = (office.hire("luca", "front").await, office.hire("sofia", "supervisor").await);
        assert!(matches!(staff::put_back_cases(&office.centre, By::Staff(front), id).await, Err(Error::Denied(_))));
        assert_eq!(staff::put_back_cases(&office.centre, By::Staff(boss), id).await.unwrap(), 2);
        assert_eq!(staff::held(&office.centre, id).await.unwrap().count, 0);
        let back = office.case(cases[0]).await;
        assert_eq!((back.assignee, back.state), (None, model::case::State::New));
        assert_eq!(office.case(done).await.assignee, Some(id), "what is solved stays hers");
    }

    async fn what_happens_to_the_staff_leaves_its_trace_and_no_words(office) {
        let ada = office.hire("ada", "admin").await;
        let sara = office.hire("sara", "front").await;
        let (id, said) = (sara.id, Profile { name: "Parolasegreta".to_owned(), email: Some("segreta@posta.example".to_owned()), ..profile(&sara) });
        office.by(&ada, work!(|w| staff::change(w, id, said, None))).await.unwrap();
        office.by(&ada, work!(|w| centre::invitation::invite(w, id, centre::invitation::Way::Letter))).await.unwrap();
        office.by(&ada, work!(|w| centre::invitation::withdraw(w, id))).await.unwrap();
        office.by(&ada, work!(|w| staff::disable(w, id))).await.unwrap();
        office.by(&ada, work!(|w| staff::enable(w, id))).await.unwrap();
        let wanted = ["added", "added", "changed", "invited", "invitation-withdrawn", "disabled", "enabled"];
        let log = stories::eventually("the whole log", async || {
            let all = db::event::after(office.centre.db().read(), Default::default(), 500).await.unwrap();
            let of_users: Vec<_> = all.into_iter().filter(|r| r.subject == model::event::Subject::User).collect();
            (of_users.len() >= wanted.len()).then_some(of_users)
        }).await;
        let kinds: Vec<&str> = log.iter().map(|r| r.kind.as_str()).collect();
        assert_eq!(kinds, wanted);
        assert!(log[2..].iter().all(|r| r.actor == model::event::Actor::Staff(ada.id) && r.subject_id == id.to_string()));
        assert_eq!(log[2].data["fields"], serde_json::json!(["name", "email"]));
        let all = format!("{log:?}");
        assert!(!all.contains("Parolasegreta") && !all.contains("posta.example"));
    }

    async fn records_of_operators_come_out_as_they_came_in(office) {
        let lines = [
            r#"{"type":"operator","id":"a","name":"Anna Prova","level":"front","languages":["it","ar"],"skills":["bonus","bonus","LIS"]}"#,
            r#"{"type":"operator","id":"b","name":"Bice Prova","level":"back","languages":[],"skills":[],"shift":{"a" : 1}}"#,
            r#"{"type":"operator","id":"c","name":"Carla Prova","level":"front","skills":["bonus","LIS"],"skill_levels":{"LIS":"expert"}}"#,
            r#"{"type":"operator","id":"d","name":"Dora Prova","level":"front","skills":["bonus"],"skill_levels":{"bonus" : "expert"}}"#,
            r#"{"type":"operator","id":"e","name":"Elsa Prova","level":"front","skill_levels":{"nessuna":"expert"}}"#,
        ];
        for round in 0..2 {
            let read: Vec<_> = lines.iter().enumerate().map(|(n, line)| centre::record::Line { place: n as u64, record: model::record::read(line).unwrap() }).collect();
            let taken = office.centre.work(By::System, work!(|w| centre::record::take(w, read, false))).await.unwrap();
            assert!(taken.refused.is_empty());
            assert_eq!(if round == 0 { taken.new } else { taken.same }, 5);
        }
        let view = office.centre.db().view().await.unwrap();
        let page = centre::record::page(&office.centre, &view, model::record::Kind::Operator, None).await.unwrap();
        let written: Vec<String> = page.records.iter().map(model::record::Record::line).collect();
        assert_eq!(written, lines);
        let all = staff::page(&office.centre, &Asked { text: "carla".to_owned(), which: Which::All, ..Asked::default() }, 9).await.unwrap();
        let skills = &all.people[0].member.staff.skills;
        assert_eq!((skills[0].level, skills[1].level), (None, Some(SkillLevel::Expert)));
    }
}

/// Somebody is no administrator any more, whoever else is.
async fn db_take_role(office: &Office, id: model::UserId) {
    let mut staff = staff::listed(&office.centre, id).await.unwrap().member.staff;
    staff.roles = "front".parse().unwrap();
    office
        .centre
        .work(By::System, move |w| Box::pin(async move { Ok(db::staff::change(w.tx, &staff, None).await?) }))
        .await
        .unwrap();
}

/// Of a page, what stands between two marks.
fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    page.split_once(before).and_then(|(_, rest)| rest.split_once(after)).map_or("", |(found, _)| found)
}

#[tokio::test]
async fn an_administrator_takes_somebody_on_who_comes_in_by_the_link() {
    let server = Server::start(Engine::Sqlite).await;
    server.hire("ada", "admin");
    let ada = server.signed_in("ada").await;
    let post = async |path: &str, form: &[(&str, &str)]| {
        let answer = ada.post(server.url(path)).form(form).send().await.unwrap();
        (
            answer.status().as_u16(),
            answer.headers().get("location").map(|l| l.to_str().unwrap().to_owned()),
            answer.text().await.unwrap(),
        )
    };
    let form = [
        ("name", "Karim Esempio"),
        ("login", "karim esempio"),
        ("roles", "front"),
        ("skill", "LIS"),
        ("skill-level", "good"),
        ("way", "letter"),
        ("email", "karim@posta"),
    ];
    let (status, _, page) = post("/admin/staff/new", &form).await;
    assert_eq!(status, 422);
    assert!(
        page.contains("value=\"Karim Esempio\"")
            && page.contains("value=\"LIS\"")
            && page.contains("#login")
            && page.contains("#email"),
        "nothing typed is lost, and all that is wrong is told"
    );
    let form = [
        ("name", "Karim Esempio"),
        ("login", "karim"),
        ("roles", "front"),
        ("skill", "LIS"),
        ("skill-level", "good"),
        ("way", "hand"),
    ];
    let (status, _, page) = post("/admin/staff/new", &form).await;
    assert_eq!(status, 200);
    let link = between(&page, "/login/invite/", "\"").to_owned();
    let id = between(&page, "/admin/staff/", "/edit").to_owned();
    assert!(!link.is_empty() && !id.is_empty());
    let card = ada.get(server.url(&format!("/admin/staff/{id}"))).send().await.unwrap().text().await.unwrap();
    assert!(!card.contains(&link), "the link is shown once");
    let list = ada.get(server.url("/admin/staff?state=invited")).send().await.unwrap().text().await.unwrap();
    assert!(list.contains("Karim Esempio"));

    let karim = server.browser();
    let open = async || karim.get(server.url(&format!("/login/invite/{link}"))).send().await.unwrap();
    for _ in 0..2 {
        assert_eq!(open().await.status(), 200, "opening it does not use it up");
    }
    let choose = async |password: &str| {
        karim.post(server.url(&format!("/login/invite/{link}"))).form(&[("password", password)]).send().await.unwrap()
    };
    let short = choose("troppo corta").await;
    assert_eq!(short.status(), 303, "twelve characters are enough");
    assert_eq!(choose("un’altra parola lunga").await.status(), 410);
    assert_eq!(open().await.status(), 410);
    let enter = karim
        .post(server.url("/login"))
        .form(&[("login", "karim"), ("password", "troppo corta")])
        .send()
        .await
        .unwrap();
    assert_eq!(enter.status(), 303);
    assert_eq!(karim.get(server.url("/desk/me")).send().await.unwrap().status(), 200);

    let (status, to, _) = post(&format!("/admin/staff/{id}/disable"), &[]).await;
    assert_eq!((status, to), (303, Some(format!("/admin/staff/{id}"))));
    assert_eq!(karim.get(server.url("/desk/me")).send().await.unwrap().status(), 303, "out at the next request");
    let list = server.try_command(&["user", "list"], "").unwrap();
    assert!(list.contains("karim") && list.contains("(may not sign in)"), "{list}");
    let me = between(
        &ada.get(server.url("/admin/staff?q=ada")).send().await.unwrap().text().await.unwrap(),
        "<tbody>",
        "</tbody>",
    )
    .to_owned();
    let me = between(&me, "/admin/staff/", "\"").to_owned();
    let (status, _, page) = post(&format!("/admin/staff/{me}/disable"), &[]).await;
    assert_eq!(status, 422);
    assert!(page.contains("role=\"alert\""), "why the last administrator stays is told");
}

#[tokio::test]
async fn the_command_line_invites_and_disables() {
    let server = Server::start(Engine::Sqlite).await;
    server.hire("ada", "admin");
    server.try_command(&["user", "add", "karim", "--role", "front"], "").unwrap();
    let link = server.try_command(&["user", "invite", "karim"], "").unwrap();
    let link = link.lines().last().unwrap().split_once("/login/").unwrap().1.to_owned();
    assert!(
        server.try_command(&["user", "invite", "karim", "--letter"], "").unwrap_err().contains("no e-mail address")
    );
    assert!(server.try_command(&["user", "list"], "").unwrap().contains("(invited)"));
    assert_eq!(server.browser().get(server.url(&format!("/login/{link}"))).send().await.unwrap().status(), 200);
    assert!(server.try_command(&["user", "disable", "ada"], "").unwrap_err().contains("last"));
    server.try_command(&["user", "disable", "karim"], "").unwrap();
    assert_eq!(
        server.browser().get(server.url(&format!("/login/{link}"))).send().await.unwrap().status(),
        410,
        "links stop too"
    );
    assert!(server.try_command(&["user", "invite", "karim"], "").unwrap_err().contains("enable"));
    server.try_command(&["user", "enable", "karim"], "").unwrap();
    assert!(server.try_command(&["user", "list"], "").unwrap().contains("(no password)"));
    assert!(server.try_command(&["user", "disable", "nessuno"], "").unwrap_err().contains("there is no user"));
}

#[tokio::test]
async fn of_two_forms_about_somebody_the_slower_is_told_and_keeps_what_was_typed() {
    let server = Server::start(Engine::Sqlite).await;
    server.hire("ada", "admin");
    server.hire("sara", "front,supervisor");
    let ada = server.signed_in("ada").await;
    let get = async |path: &str| ada.get(server.url(path)).send().await.unwrap().text().await.unwrap();
    let post = async |path: &str, form: &[(&str, &str)]| {
        let answer = ada.post(server.url(path)).form(form).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let list = get("/admin/staff?q=sara").await;
    let path = format!(
        "/admin/staff/{}/edit",
        between(&list, "<tbody>", "</tbody>").split("/admin/staff/").nth(1).unwrap().split('"').next().unwrap()
    );
    let page = get(&path).await;
    let seen = between(&page, "name=\"seen\" value=\"", "\"").to_owned();
    let form = |seen: &str, name: &str, role: &str| {
        [("seen", seen), ("name", name), ("roles", "front"), ("roles", role)].map(|(k, v)| (k.to_owned(), v.to_owned()))
    };
    let send = async |form: [(String, String); 4]| {
        let form: Vec<(&str, &str)> = form.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        post(&path, &form).await
    };
    assert_eq!(send(form(&seen, "Sara", "front")).await.0, 303);
    let (status, page) = send(form(&seen, "Sara Lenta", "supervisor")).await;
    assert!(status == 409 && page.contains("role=\"alert\"") && page.contains("value=\"Sara Lenta\""), "{page}");
    let seen = between(&page, "name=\"seen\" value=\"", "\"").to_owned();
    assert_eq!(send(form(&seen, "Sara Lenta", "supervisor")).await.0, 303, "knowing it, they may have it");

    // What is asked of everybody who signs in is no different.
    let page = get("/admin/sign-in").await;
    let seen = between(&page, "name=\"seen\" value=\"", "\"").to_owned();
    assert_eq!(post("/admin/sign-in", &[("seen", &seen), ("roles", "back")]).await.0, 303);
    let (status, page) = post("/admin/sign-in", &[("seen", &seen), ("roles", "front")]).await;
    assert!(status == 409 && page.contains("role=\"alert\""), "{page}");
    let page = get("/admin/sign-in").await;
    let ticked: Vec<&str> =
        page.split('<').filter(|tag| tag.contains("name=\"roles\"") && tag.contains(" checked")).collect();
    assert!(ticked.len() == 1 && ticked[0].contains("value=\"back\""), "what was asked is asked on: {ticked:?}");
}
