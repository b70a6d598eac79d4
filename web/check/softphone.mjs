// A call from a trunk to an operator's browser, as the operator lives it: on a running server with the sample content, a
// trunk from this machine, and sipp as the caller. Ends with 1 when something is not as it should be.
//
//   node web/check/softphone.mjs http://127.0.0.1:8080 127.0.0.1:5060 NUMBER SCENARIO [PICTURES]
//
// SCENARIO is a sipp scenario that calls and sends a tone of 600 Hz for longer than this takes, as
// rtp_stream="tone.al" beside it.

import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import path from "node:path";

import { launch } from "./browser.mjs";
import { violations } from "./pages.mjs";
import { tally } from "./tally.mjs";

const [base, sip, number, scenario, pictures] = process.argv.slice(2);
if (!scenario) {
  console.error("usage: node web/check/softphone.mjs URL SIP NUMBER SCENARIO [PICTURES]");
  process.exit(2);
}
const password = process.env.DESK_PASSWORD ?? "prova-linea-amica";
if (pictures) await mkdir(pictures, { recursive: true });
const browser = await launch(["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]);
const { wrong, expect, end } = tally();
const callers = [];

function call() {
  const args = ["-sf", path.basename(scenario), "-s", number, "-m", "1", "-i", "127.0.0.1", "-mi", "127.0.0.1", "-nostdin"];
  const caller = spawn("sipp", [sip, ...args], { cwd: path.dirname(path.resolve(scenario)), stdio: "ignore" });
  callers.push(caller);
  return caller;
}

async function signIn(context, user, next) {
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on("pageerror", (error) => wrong.push(`${user}: ${error.message}`));
  await page.goto(`${base}/login?next=${next}`);
  await page.fill("#login", user);
  await page.fill("#password", password);
  await page.click("main form button");
  await page.waitForURL((url) => url.pathname.startsWith("/desk"));
  return page;
}

async function look(page, name) {
  if (pictures) await page.screenshot({ path: path.join(pictures, `${name}.png`) });
  for (const { rule, text } of await violations(page)) expect(`${name}: ${rule} ${text}`, false);
}

const state = (page) => page.innerText("#state summary");
const stands = (page, word) =>
  page.waitForFunction((wanted) => document.querySelector("#state summary")?.textContent.includes(wanted), word);

// The loudest frequency that the softphone plays.
const heard = (phone) =>
  phone.evaluate(async () => {
    const stream = document.getElementById("far").srcObject;
    if (!stream) return 0;
    const context = new AudioContext();
    await context.resume();
    const analyser = context.createAnalyser();
    analyser.fftSize = 4096;
    context.createMediaStreamSource(stream).connect(analyser);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const loud = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(loud);
    const best = loud.reduce((found, one, at) => (one > loud[found] ? at : found), 1);
    const hertz = loud[best] > -70 ? (best * context.sampleRate) / analyser.fftSize : 0;
    await context.close();
    return hertz;
  });
const isTone = (hertz) => Math.abs(hertz - 600) < 20;

try {
  const locale = { locale: "it-IT", timezoneId: "Europe/Rome", viewport: { width: 1440, height: 900 } };
  const context = await browser.newContext({ ...locale, permissions: ["microphone"] });
  const desk = await signIn(context, "sara", "/desk/list/team");

  await desk.keyboard.press("p");
  expect("the state menu opens by its key", await desk.isVisible("#state .choices-of-state"));
  await look(desk, "menu");
  const [phone] = await Promise.all([context.waitForEvent("page"), desk.click("a[data-softphone]")]);
  await phone.waitForSelector('[data-connection="ready"]:not([hidden])');
  await look(phone, "softphone");
  if (!(await desk.isVisible('#state button[value="ready"]'))) await desk.click("#state summary");
  await desk.click('#state button[value="ready"]');
  await stands(desk, "Disponibile");

  const caller = call();
  await desk.waitForSelector("#call-card .incoming.rings", { timeout: 40_000 });
  expect("what comes in is said", (await desk.innerText("#call-said")).startsWith("Chiamata in arrivo"));
  expect("nothing takes the focus", !(await desk.evaluate(() => document.activeElement?.closest("#call-card"))));
  await desk.waitForSelector('[data-soft="answer"]', { state: "visible" });
  await look(desk, "incoming");
  await desk.keyboard.press("i");
  expect("the card is gone to by its key", await desk.evaluate(() => document.activeElement?.matches(".incoming")));
  await desk.click('[data-soft="answer"]');
  await desk.waitForSelector("#call .callbar");
  expect("the caller is heard", isTone(await heard(phone)));
  await look(desk, "talking");
  await look(phone, "softphone-talking");

  await desk.goto(`${base}/desk/list/mine`);
  await desk.waitForSelector("#call .callbar");
  expect("the call outlives a page", isTone(await heard(phone)));
  await desk.click("form[data-soft=mute] button");
  await desk.waitForSelector("form[data-soft=mute] button[aria-pressed=true]");
  await desk.click("form[data-soft=mute] button");
  await desk.waitForSelector("form[data-soft=mute] button[aria-pressed=false]");
  await desk.click("form[action$='/hold'] button");
  await desk.waitForSelector("form[action$='/resume']");
  expect("on hold nothing of the caller is heard", !isTone(await heard(phone)));
  await desk.click("form[action$='/resume'] button");
  await desk.waitForSelector("form[action$='/hold']");
  expect("the talk goes on", isTone(await heard(phone)));
  await desk.click(".keypad summary");
  await desk.click('[data-digit="5"]');
  await desk.keyboard.press("Escape");

  const overseer = await signIn(await browser.newContext(locale), "elena", "/desk/squadra/telefono");
  await overseer.waitForSelector("#floor");
  expect("the floor shows who talks", (await overseer.innerText(".floor-people")).includes("In chiamata"));
  await look(overseer, "floor");

  await desk.click("#call-card button[value=new]");
  await desk.waitForURL((url) => url.pathname.startsWith("/desk/case/"));
  await desk.click("form[action$='/hang-up'] button");
  await desk.waitForSelector("#call-card form[data-writes-up]");
  await look(desk, "wrap-up");
  await overseer.waitForFunction(() => document.querySelector(".floor-people")?.textContent.includes("Conclude"));
  await desk.fill("#call-note", "Richiama domani mattina.");
  await desk.click("#call-card form[data-writes-up] button");
  await desk.waitForFunction(() => !document.querySelector("#call-card .incoming"));
  await stands(desk, "Disponibile");
  await desk.waitForFunction(() => document.getElementById("timeline")?.textContent.includes("Richiama domani mattina."));
  caller.kill();

  const plain = await browser.newContext({ ...locale, javaScriptEnabled: false, storageState: await context.storageState() });
  const bare = await plain.newPage();
  await bare.goto(`${base}/desk/list/mine`);
  await bare.click("#state summary");
  await bare.click('#state button[value="meal"]');
  expect("a state is said without scripts", bare.url().endsWith("/desk/list/mine") && (await state(bare)).includes("pasto"));
  await stands(desk, "pasto");

  const leaving = await context.newPage();
  await leaving.goto(`${base}/desk/me`);
  await leaving.click('form[action="/logout"] button');
  await phone.waitForSelector('[data-connection="signed-out"]:not([hidden])', { timeout: 20_000 });
} catch (error) {
  wrong.push(error.message);
} finally {
  for (const caller of callers) caller.kill();
  await browser.close();
}
end();
