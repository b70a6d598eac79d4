// Calls from a trunk to operators' browsers, as the operators live them: on a running server with the sample content, a
// trunk from this machine, and sipp as the caller. Ends with 1 when something is not as it should be.
//
//   node web/check/softphone.mjs http://127.0.0.1:8080 127.0.0.1:5060 NUMBER [PICTURES]

import { mkdir } from "node:fs/promises";
import path from "node:path";

import { launch, launchApart } from "./browser.mjs";
import { citizens } from "./caller.mjs";
import { locale, operators } from "./operator.mjs";
import { violations } from "./pages.mjs";
import { tally } from "./tally.mjs";

const [base, sip, number, pictures] = process.argv.slice(2);
if (!number) {
  console.error("usage: node web/check/softphone.mjs URL SIP NUMBER [PICTURES]");
  process.exit(2);
}
if (pictures) await mkdir(pictures, { recursive: true });
// The microphone is Chromium's own: a beep every second.
const sound = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
const browser = await launch(sound);
const { wrong, expect, end } = tally();
const callers = citizens(sip, number);

const { signIn, openSoftphone, takeCalls, stands, state, answer, answerTimed, hearsTone } = operators(base, wrong);

async function look(page, name) {
  if (pictures) await page.screenshot({ path: path.join(pictures, `${name}.png`) });
  for (const { rule, text } of await violations(page)) expect(`${name}: ${rule} ${text}`, false);
}

let apart;
try {
  const context = await browser.newContext({ ...locale, permissions: ["microphone"] });
  const desk = await signIn(context, "sara", "/desk/list/team");

  await desk.keyboard.press("p");
  expect("the state menu opens by its key", await desk.isVisible("#state .choices-of-state"));
  await look(desk, "menu");
  const phone = await openSoftphone(context, desk);
  await look(phone, "softphone");
  await takeCalls(desk);

  callers.call();
  await desk.waitForSelector("#call-card .incoming.rings", { timeout: 40_000 });
  await desk.waitForFunction(() => document.getElementById("call-said")?.textContent.startsWith("Chiamata in arrivo"));
  expect("nothing takes the focus", !(await desk.evaluate(() => document.activeElement?.closest("#call-card"))));
  await desk.waitForSelector('[data-soft="answer"]', { state: "visible" });
  await look(desk, "incoming");
  await desk.keyboard.press("i");
  expect("the card is gone to by its key", await desk.evaluate(() => document.activeElement?.matches(".incoming")));
  console.log(`  sound went both ways ${await answerTimed(desk, phone)} ms after the press`);
  await desk.waitForSelector("#call .callbar");
  expect("the caller is heard", await hearsTone(phone));
  await look(desk, "talking");
  await look(phone, "softphone-talking");

  await desk.goto(`${base}/desk/list/mine`);
  await desk.waitForSelector("#call .callbar");
  expect("the call outlives a page", await hearsTone(phone));
  await desk.click("form[data-soft=mute] button");
  await desk.waitForSelector("form[data-soft=mute] button[aria-pressed=true]");
  await desk.click("form[data-soft=mute] button");
  await desk.waitForSelector("form[data-soft=mute] button[aria-pressed=false]");
  await desk.click("form[action$='/hold'] button");
  await desk.waitForSelector("form[action$='/resume']");
  expect("on hold nothing of the caller is heard", !(await hearsTone(phone)));
  await desk.click("form[action$='/resume'] button");
  await desk.waitForSelector("form[action$='/hold']");
  expect("the talk goes on", await hearsTone(phone));
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

  // A colleague is asked, takes over, and is gone in mid-sentence: the caller comes back to whoever is free.
  callers.call();
  await answer(desk);
  apart = await launchApart(sound);
  const luca = await apart.browser.newContext({ ...locale, permissions: ["microphone"] });
  const colleague = await signIn(luca, "luca", "/desk/list/team");
  const other = await openSoftphone(luca, colleague);
  await takeCalls(colleague);
  await desk.click(".callbar a[href$='/passa']");
  await desk.check('label:has-text("Luca Modello")');
  await look(desk, "hand");
  await desk.click("button[name=how][value=ask]");
  await answer(colleague);
  await desk.waitForSelector("form[action$='/hand-over']");
  expect("who is asked hears nothing of the caller yet", !(await hearsTone(other)));
  await look(desk, "consulting");
  await look(colleague, "consulted");
  await desk.click("form[action$='/conference'] button");
  await desk.waitForSelector("form[action$='/conference']", { state: "detached" });
  expect("all three hear each other", (await hearsTone(other)) && (await hearsTone(phone)));
  await desk.click("form[action$='/hand-over'] button");
  expect("the colleague has the caller", await hearsTone(other));
  await look(colleague, "handed-over");
  await stands(desk, "Conclude");
  await apart.kill();
  // Whoever handed a caller on and has nothing more to write is ready as soon as they say so.
  await desk.click("#state summary");
  await look(desk, "done");
  await desk.click('#state button[value="ready"]');
  await answer(desk);
  expect("the caller came back", await hearsTone(phone));
  await desk.click("form[action$='/hang-up'] button");

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
  const left = [browser, apart?.browser].flatMap((one) => one?.contexts() ?? []).flatMap((context) => context.pages());
  for (const [at, page] of left.entries()) {
    if (pictures) await page.screenshot({ path: path.join(pictures, `failed-${at}.png`) }).catch(() => {});
  }
} finally {
  callers.end();
  await apart?.kill();
  await browser.close();
}
end();
