//! The gate: who gets in, what every answer carries, what is not even read.

use db::Engine;
use gate::Access;
use reqwest::StatusCode;
use stories::{Answer, Server};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Every address of the table, with something in the place of what varies.
fn table() -> Vec<(String, Access)> {
    let routes = pages::routes().with(api::routes());
    let fill = |path: &str| {
        path.replace("{number}", "LA-2026-000001")
            .replace("{id}", "1")
            .replace("{list}", "mine")
            .replace("{token}", "nulla")
            .replace("{*path}", "nulla.css")
    };
    let own = ["/healthz", "/readyz", "/metrics"].map(|path| (path.to_owned(), Access::Public));
    routes.table().iter().map(|entry| (fill(&entry.path), entry.access)).chain(own).collect()
}

#[tokio::test]
async fn every_route_lets_in_only_whom_its_line_of_the_table_says() {
    let server = Server::start(Engine::Sqlite).await;
    server.hire("elena", "editor");
    let (anyone, editor) = (server.browser(), server.signed_in("elena").await);
    let token = server.token("elena");
    server.hire("sara", "front,back,supervisor,editor,trainer");
    let operator = server.signed_in("sara").await;
    let table = table();
    assert!(
        table.len() > 40
            && table.iter().any(|(path, _)| path == "/desk")
            && table.iter().any(|(path, access)| path == "/admin" && *access == Access::Admin)
            && table.iter().any(|(path, _)| path == "/api/v1/events")
    );
    for (path, access) in table {
        let url = server.url(&path);
        let read = anyone.get(&url).send().await.unwrap();
        let (status, leads_to) =
            (read.status(), read.headers().get("location").map(|l| l.to_str().unwrap().to_owned()).unwrap_or_default());
        let change = anyone.post(&url).send().await.unwrap().status();
        match access {
            Access::Public => {
                assert!(
                    !status.is_server_error()
                        && status != 401
                        && status != 403
                        && !leads_to.starts_with("/login?next="),
                    "GET {path}: {status} {leads_to}"
                );
                assert!(!change.is_server_error() && change != 401 && change != 403, "POST {path}: {change}");
            }
            Access::Staff | Access::Desk | Access::Supervisor | Access::Admin => {
                let sent_to_sign_in = status == 303 && leads_to.starts_with("/login?next=");
                assert!(sent_to_sign_in || status == 401, "GET {path}: {status} {leads_to}");
                assert_eq!(change, 401, "POST {path}");
                if access == Access::Staff {
                    // Whoever came in can go out again; not here, where more is to be tried.
                    assert_ne!(editor.get(&url).send().await.unwrap().status(), 403, "GET {path} as an editor");
                    continue;
                }
                assert_eq!(editor.get(&url).send().await.unwrap().status(), 403, "GET {path} as an editor");
                if access == Access::Admin {
                    for method in [operator.get(&url), operator.post(&url)] {
                        assert_eq!(method.send().await.unwrap().status(), 403, "{path} as all but an administrator");
                    }
                }
                assert_eq!(editor.post(&url).send().await.unwrap().status(), 403, "POST {path} as an editor");
            }
            Access::Token => {
                assert_eq!((status, change), (StatusCode::UNAUTHORIZED, StatusCode::UNAUTHORIZED), "{path}");
                let signed_in = Answer::read(editor.get(&url).send().await.unwrap()).await.unwrap();
                assert_eq!(signed_in.problem(401), "unauthorized", "{path}: a session is no token");
                assert_eq!(
                    anyone.get(&url).bearer_auth(&token).send().await.unwrap().status(),
                    403,
                    "{path} as an editor"
                );
            }
        }
    }
}

#[tokio::test]
async fn whoever_came_in_can_go_out_again() {
    let server = Server::start(Engine::Sqlite).await;
    server.hire("elena", "editor");
    let elena = server.signed_in("elena").await;
    assert_eq!(elena.get(server.url("/desk")).send().await.unwrap().status(), 403, "the desk is not hers");
    assert_eq!(elena.post(server.url("/logout")).send().await.unwrap().status(), 303);
    let after = elena.get(server.url("/desk")).send().await.unwrap();
    assert_eq!(after.status(), 303, "and she is out: to the sign-in");
}

#[tokio::test]
async fn every_answer_carries_what_keeps_browsers_safe() {
    let server = Server::start(Engine::Sqlite).await;
    let browser = server.browser();
    for path in [
        "/",
        "/scrivi",
        "/caso",
        "/login",
        "/desk",
        "/non-esiste",
        "/en/scrivi",
        "/api/v1/openapi.json",
        "/api/v1/cases",
        "/healthz",
    ] {
        let answer = browser.get(server.url(path)).send().await.unwrap();
        let header =
            |name: &str| answer.headers().get(name).map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default();
        let policy = header("content-security-policy");
        for directive in [
            "default-src 'none'",
            "script-src 'nonce-",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(directive), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(
            (header("x-content-type-options").as_str(), header("referrer-policy").as_str()),
            ("nosniff", "same-origin"),
            "{path}"
        );
        let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
        let page = answer.text().await.unwrap();
        for script in page.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap();
            assert!(
                tag.contains(&format!("nonce=\"{nonce}\"")) || tag.contains("application/json"),
                "{path}: <script{tag}>"
            );
        }
        let on = [" onclick=", " onload=", " onerror=", " style=", "javascript:"];
        assert!(on.iter().all(|bad| !page.contains(bad)), "{path} has what the policy refuses");
    }
    let (one, two) =
        (browser.get(server.url("/")).send().await.unwrap(), browser.get(server.url("/")).send().await.unwrap());
    assert_ne!(
        one.headers()["content-security-policy"],
        two.headers()["content-security-policy"],
        "each answer has a nonce of its own"
    );
}

#[tokio::test]
async fn a_change_that_another_site_asks_for_is_refused() {
    let server = Server::start(Engine::Sqlite).await;
    let api = server.api("sara", "front");
    let (number, _) = api.contact("g@posta.example", "Un caso").await;
    let cookie = server.sign_in(&server.browser(), "sara").await;
    let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let take = || {
        browser
            .post(server.url(&format!("/desk/case/{number}/take")))
            .header("cookie", cookie.split(';').next().unwrap())
    };
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://male.example"),
        ("origin", "null"),
        ("x-nothing", "said"),
    ] {
        assert_eq!(take().header(name, value).send().await.unwrap().status(), 403, "{name}: {value}");
    }
    assert_eq!(api.get(&format!("/cases/{number}")).await.expect(200)["state"], "new");
    assert_eq!(take().header("sec-fetch-site", "same-origin").send().await.unwrap().status(), 303);
    assert_eq!(api.get(&format!("/cases/{number}")).await.expect(200)["state"], "open");
}

#[tokio::test]
async fn the_session_is_a_cookie_that_only_we_read_and_ends_with_it() {
    let server = Server::start(Engine::Sqlite).await;
    server.hire("sara", "front");
    let browser = server.browser();
    let enter = async |password: &str| {
        browser.post(server.url("/login")).form(&[("login", "sara"), ("password", password)]).send().await.unwrap()
    };
    let wrong = enter("sbagliata sbagliata").await;
    assert_eq!(wrong.status(), 422);
    assert!(!wrong.text().await.unwrap().contains("sbagliata"), "a password is never shown again");
    let cookie = server.sign_in(&browser, "sara").await;
    assert!(
        cookie.starts_with("la_session=") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    assert_eq!(browser.get(server.url("/desk/me")).send().await.unwrap().status(), 200);
    assert_eq!(browser.post(server.url("/logout")).send().await.unwrap().status(), 303);
    let value = cookie.split(';').next().unwrap().to_owned();
    let stolen = server.browser().get(server.url("/desk/me")).header("cookie", value).send().await.unwrap();
    assert_eq!(stolen.status(), 303, "what has ended does not open again");

    let mut behind_tls = Server::new(Engine::Sqlite);
    behind_tls.set("LINEA_HTTP__PUBLIC_URL", "https://lineaamica.example").run().await;
    behind_tls.hire("sara", "front");
    let answer = behind_tls
        .browser()
        .post(behind_tls.url("/login"))
        .form(&[("login", "sara"), ("password", stories::PASSWORD)])
        .send()
        .await
        .unwrap();
    assert!(answer.headers()["set-cookie"].to_str().unwrap().contains("Secure"));
    assert!(answer.headers().contains_key("strict-transport-security"));
}

#[tokio::test]
async fn a_page_that_is_only_read_writes_no_session() {
    let server = Server::start(Engine::Sqlite).await;
    server.hire("sara", "front");
    let desk = server.signed_in("sara").await;
    for path in ["/desk/list/mine", "/desk/me", "/desk/new"] {
        let page = desk.get(server.url(path)).send().await.unwrap();
        assert_eq!(page.status(), 200, "{path}");
        // A session that is stored is sent anew.
        assert!(!page.headers().contains_key("set-cookie"), "{path} stores its session");
    }
}

#[tokio::test]
async fn forms_from_one_address_are_slowed_and_those_of_others_are_not() {
    let mut server = Server::new(Engine::Sqlite);
    server.set("LINEA_HTTP__BEHIND_PROXY", "true").run().await;
    let send = async |from: &str, key: usize| {
        let form = [
            ("key", format!("{from}-{key}")),
            ("text", format!("domanda {key}")),
            ("via", "none".to_owned()),
            ("consent", "1".to_owned()),
        ];
        let sent = server
            .browser()
            .post(server.url("/scrivi"))
            .header("x-forwarded-for", from)
            .form(&form)
            .send()
            .await
            .unwrap();
        (sent.status().as_u16(), sent.headers().contains_key("location"))
    };
    // What a visitor writes into the header before the proxy's own word makes nobody else of them.
    for key in 0..30 {
        assert_eq!(send(&format!("198.51.100.{key}, 192.0.2.7"), key).await, (303, true));
    }
    let (status, _) = send("203.0.113.9, 192.0.2.7", 30).await;
    assert_eq!(status, 429);
    assert_eq!(send("192.0.2.8", 31).await, (303, true), "somebody else is not held up");
}

#[tokio::test]
async fn wrong_passwords_lock_the_door_for_a_while() {
    let server = Server::start(Engine::Sqlite).await;
    server.hire("sara", "front");
    let browser = server.browser();
    let enter = async |password: &str| {
        browser
            .post(server.url("/login"))
            .form(&[("login", "sara"), ("password", password)])
            .send()
            .await
            .unwrap()
            .status()
            .as_u16()
    };
    for _ in 0..5 {
        assert_eq!(enter("sbagliata sbagliata").await, 422);
    }
    assert_eq!(enter(stories::PASSWORD).await, 429);
}

/// Sends `head` and then a gigabyte, as long as it is taken; the status, and how many bytes were taken.
async fn flood(server: &Server, head: &str, chunked: bool) -> (u16, u64) {
    let mut stream = TcpStream::connect(("127.0.0.1", server.port())).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let (mut from, mut to) = stream.into_split();
    let sending = tokio::spawn(async move {
        let block = vec![b'x'; 1 << 16];
        let mut sent = 0;
        while sent < 1 << 30 {
            let framed = if chunked { [b"10000\r\n", &block[..], b"\r\n"].concat() } else { block.clone() };
            if to.write_all(&framed).await.is_err() {
                break;
            }
            sent += 1 << 16;
        }
        sent
    });
    let mut answer = vec![0; 4096];
    let mut read = 0;
    while read < 12 {
        match from.read(&mut answer[read..]).await {
            Ok(n) if n > 0 => read += n,
            _ => break,
        }
    }
    drop(from);
    let sent = sending.await.unwrap();
    let text = String::from_utf8_lossy(&answer[..read]).into_owned();
    (text.get(9..12).and_then(|s| s.parse().ok()).unwrap_or_default(), sent)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gigabyte_is_refused_without_being_read() {
    let server = Server::start(Engine::Sqlite).await;
    let part = "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7\n";
    let head = |more: &str| {
        format!(
            "POST /scrivi HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: multipart/form-data; boundary=b\r\n{more}\r\n\r\n",
            server.port()
        )
    };
    let (status, sent) = flood(&server, &format!("{}{part}", head("Content-Length: 1073741824")), false).await;
    assert_eq!(status, 413);
    assert!(sent < 1 << 29, "{sent} bytes were taken");
    let framed = format!("{:x}\r\n{part}\r\n", part.len());
    let (status, sent) = flood(&server, &format!("{}{framed}", head("Transfer-Encoding: chunked")), true).await;
    assert!(matches!(status, 413 | 422), "{status}");
    assert!(sent < 1 << 29, "{sent} bytes were taken");
    let (status, sent) = flood(&server, &format!("POST /api/v1/contacts HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\nContent-Length: 1073741824\r\n\r\n", server.port()), false).await;
    assert_eq!(status, 401, "not even looked at without a token");
    assert!(sent < 1 << 29, "{sent} bytes were taken");
    assert_eq!(reqwest::get(server.url("/readyz")).await.unwrap().status(), 200);
}
