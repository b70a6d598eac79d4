//! Calls: how many can be set up, answered and ended in a second and what each costs, and what callers cost who wait and
//! hear music. The load is Debian's sipp; beside it, what the same packets cost that nobody does anything with.

use crate::{Plan, fill};
use anyhow::{Context, Result, ensure};
use sim::figure;
use sim::postgres::Postgres;
use sim::server::{Place, Server};
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::process::Command;

/// Calls in a second that are to be set up, and how many in all.
const RATE: u32 = 600;
const CALLS: u32 = 9_000;
/// The rate at which answers are timed.
const TIMED_RATE: u32 = 100;
const TIMED: u32 = 2_000;
/// Callers who wait at the same time, and for how long they are watched.
const WAITING: u32 = 400;
const WATCHED: Duration = Duration::from_secs(15);

/// A service that is always open, with this of its telephone and of its queue.
pub fn service(telephone: &str, queue: &str) -> String {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map(|day| format!("{day} = [\"0-24\"]\n")).concat();
    format!(
        "id = \"linea-amica\"\nname = \"Linea Amica\"\nlanguages = [\"it\"]\n\n[calendar]\nzone = \"Europe/Rome\"\n\
         holidays = \"none\"\n[calendar.week]\n{days}\n[telephone]\nmax_waiting = 5000\nannounce_every_s = 600\n{telephone}\n\
         [[entry_points]]\nkind = \"phone\"\nvalue = \"803001\"\n\n\
         [[queues]]\nid = \"linea-amica\"\nname = \"Linea Amica\"\nlevel = \"front\"\n{queue}"
    )
}

const TRUNK: &str = "[[trunks]]\nid = \"load\"\nname = \"Load\"\nfrom = [\"127.0.0.1\"]\n";

/// A call that is set up, held for so many milliseconds, and ended; with sound when there is any.
fn scenario(holds_ms: u64, sound: &str) -> String {
    let head = "Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]\nFrom: <sip:+39061234567@[local_ip]>;tag=[pid]t[call_number]\n";
    let to = "To: <sip:803001@[remote_ip]:[remote_port]>";
    let end = "Call-ID: [call_id]\nMax-Forwards: 70\n";
    let port = if sound.is_empty() { "[auto_media_port]" } else { "[rtpstream_audio_port]" };
    format!(
        "<?xml version=\"1.0\"?><!DOCTYPE scenario SYSTEM \"sipp.dtd\"><scenario name=\"load\">\n\
         <send retrans=\"500\" start_rtd=\"1\"><![CDATA[\nINVITE sip:803001@[remote_ip]:[remote_port] SIP/2.0\n{head}{to}\nCSeq: 1 INVITE\n{end}\
         Contact: <sip:load@[local_ip]:[local_port]>\nContent-Type: application/sdp\nContent-Length: [len]\n\n\
         v=0\no=- 1 1 IN IP4 [local_ip]\ns=-\nc=IN IP4 [media_ip]\nt=0 0\nm=audio {port} RTP/AVP 8\na=rtpmap:8 PCMA/8000\n]]></send>\n\
         <recv response=\"100\" optional=\"true\"/><recv response=\"200\" rtd=\"1\" rrs=\"true\"/>\n\
         <send><![CDATA[\nACK [next_url] SIP/2.0\n{head}{to}[peer_tag_param]\nCSeq: 1 ACK\n{end}Content-Length: 0\n\n]]></send>\n\
         {sound}<pause milliseconds=\"{holds_ms}\"/>\n\
         <send retrans=\"500\"><![CDATA[\nBYE [next_url] SIP/2.0\n{head}{to}[peer_tag_param]\nCSeq: 2 BYE\n{end}Content-Length: 0\n\n]]></send>\n\
         <recv response=\"200\"/></scenario>\n"
    )
}

fn port() -> Result<u16> {
    Ok(std::net::UdpSocket::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// A centre with this service and a trunk from this machine, and the port of its telephone.
pub async fn place(plan: &Plan, name: &str, postgres: Option<&Postgres>, service: &str) -> Result<(Place, u16)> {
    let sip = port()?;
    let settings = vec![("LINEA_TELEPHONE__LISTEN", format!("127.0.0.1:{sip}"))];
    let place = Place { settings, ..fill::empty(plan, postgres, name)? };
    for (noun, text) in [("service", service), ("telephone", TRUNK)] {
        let file = plan.folder.join(format!("{noun}.toml"));
        std::fs::write(&file, text)?;
        place.run(&[noun, "apply", file.to_str().context("the folder has no name")?], "").await?;
    }
    Ok((place, sip))
}

/// Runs sipp; the calls that failed, and the times to the answer in milliseconds where they were asked for.
async fn load(folder: &Path, sip: u16, scenario: &str, words: &[String]) -> Result<(u64, Vec<Duration>)> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("s.xml"), scenario)?;
    let done = Command::new("sipp")
        .current_dir(folder)
        .args([&format!("127.0.0.1:{sip}"), "-sf", "s.xml", "-i", "127.0.0.1", "-mi", "127.0.0.1", "-nostdin"])
        .args([
            "-p",
            &port()?.to_string(),
            "-trace_stat",
            "-stf",
            "stat.csv",
            "-fd",
            "1",
            "-trace_rtt",
            "-rtt_freq",
            "1",
        ])
        .args(words)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status()
        .await
        .context("sipp cannot be run: apt-get install sip-tester")?;
    let stat = std::fs::read_to_string(folder.join("stat.csv"))?;
    let mut lines = stat.lines();
    let head: Vec<&str> = lines.next().unwrap_or_default().split(';').collect();
    let last: Vec<&str> = lines.next_back().unwrap_or_default().split(';').collect();
    let column = |name: &str| {
        let place = head.iter().position(|title| *title == name)?;
        last.get(place)?.parse::<u64>().ok()
    };
    let failed = column("FailedCall(C)").context("sipp told nothing of its calls")?;
    ensure!(done.success() || failed > 0, "sipp failed, and told of no call that did");
    let mut times = Vec::new();
    for file in std::fs::read_dir(folder)?.flatten().filter(|f| f.file_name().to_string_lossy().contains("_rtt")) {
        for line in std::fs::read_to_string(file.path())?.lines().skip(1) {
            let ms = line.split(';').nth(1).and_then(|ms| ms.parse::<f64>().ok());
            times.extend(ms.map(|ms| Duration::from_secs_f64(ms / 1_000.0)));
        }
    }
    Ok((failed, times))
}

/// Calls set up, answered, ended.
pub async fn calls(plan: &Plan) -> Result<()> {
    for engine in plan.engines.clone() {
        let postgres = if engine == "postgres" { Some(Postgres::start(plan.folder.join("postgres"))?) } else { None };
        let (mut failed, mut rate, mut cost, mut p50, mut p99) = (vec![], vec![], vec![], vec![], vec![]);
        for run in 0..plan.runs {
            let (place, sip) =
                place(plan, &format!("{engine}_calls_{run}"), postgres.as_ref(), &service("", "")).await?;
            let server = Server::start(&place).await?;
            let folder = plan.folder.join(format!("load_{engine}_{run}"));
            let text = scenario(200, "");
            let words = |rate: u32, calls: u32| {
                ["-r", &rate.to_string(), "-m", &calls.to_string(), "-l", "4000"].map(str::to_owned).to_vec()
            };
            // The first calls have the greeting read and encoded.
            load(&folder.join("warm"), sip, &text, &words(20, 40)).await?;
            let (_, times) = load(&folder.join("timed"), sip, &text, &words(TIMED_RATE, TIMED)).await?;
            p50.push(figure::quantile_ms(&times, 0.5));
            p99.push(figure::quantile_ms(&times, 0.99));
            let (before, began) = (server.processor_s()?, Instant::now());
            let (lost, _) = load(&folder.join("full"), sip, &text, &words(RATE, CALLS)).await?;
            rate.push(f64::from(CALLS) / began.elapsed().as_secs_f64());
            cost.push((server.processor_s()? - before) * 1_000.0 / f64::from(CALLS));
            #[expect(clippy::cast_precision_loss, reason = "of nine thousand calls")]
            failed.push(lost as f64);
            server.stop().await?;
        }
        figure::print(&format!("{engine}_calls_failed"), &failed, "calls");
        figure::print(&format!("{engine}_calls_ended"), &rate, "calls/s");
        figure::print(&format!("{engine}_calls_cost"), &cost, "ms of a processor a call");
        figure::print(&format!("{engine}_calls_answered_p50"), &p50, "ms");
        figure::print(&format!("{engine}_calls_answered_p99"), &p99, "ms");
    }
    Ok(())
}

/// Callers who wait and hear music, with sound both ways.
pub async fn queue(plan: &Plan) -> Result<()> {
    let (mut busy, mut memory, mut failed) = (vec![], vec![], vec![]);
    for run in 0..plan.runs {
        let (place, sip) = place(plan, &format!("queue_{run}"), None, &service("", "")).await?;
        let server = Server::start(&place).await?;
        let folder = plan.folder.join(format!("queue_load_{run}"));
        std::fs::create_dir_all(&folder)?;
        // Two seconds of a faint noise, as a caller who says nothing.
        let noise: Vec<u8> = (0..16_000_u32).map(|n| if n.is_multiple_of(7) { 0xd4 } else { 0xd5 }).collect();
        std::fs::write(folder.join("noise.al"), noise)?;
        let text = scenario(45_000, "<nop><action><exec rtp_stream=\"noise.al,-1,8\"/></action></nop>\n");
        let words = ["-r", "40", "-m", &WAITING.to_string(), "-l", &WAITING.to_string()].map(str::to_owned).to_vec();
        let loading = tokio::spawn({
            let folder = folder.clone();
            async move { load(&folder, sip, &text, &words).await }
        });
        // All are there after ten seconds, and have heard the greeting after ten more.
        tokio::time::sleep(Duration::from_secs(22)).await;
        let (before, began) = (server.processor_s()?, Instant::now());
        tokio::time::sleep(WATCHED).await;
        busy.push((server.processor_s()? - before) * 100.0 / began.elapsed().as_secs_f64());
        memory.push(server.memory()?);
        let (lost, _) = loading.await??;
        #[expect(clippy::cast_precision_loss, reason = "of four hundred calls")]
        failed.push(lost as f64);
        server.stop().await?;
    }
    figure::print("queue_callers", &[f64::from(WAITING)], "callers");
    figure::print("queue_failed", &failed, "calls");
    figure::print("queue_processor", &busy, "% of a core");
    figure::print("queue_memory", &memory, "MiB");
    Ok(())
}
