// A citizen's way on the portal of a running server: with scripts, without them, and by keyboard alone on a telephone's
// screen. Ends with 1 when something is not as it should be.
//
//   node web/check/portal.mjs http://127.0.0.1:8080 [PICTURES]

import { mkdir } from "node:fs/promises";
import path from "node:path";

import { launch } from "./browser.mjs";
import { violations } from "./pages.mjs";
import { tally } from "./tally.mjs";

const [base, pictures] = process.argv.slice(2);
if (!base) {
  console.error("usage: node web/check/portal.mjs URL [PICTURES]");
  process.exit(2);
}
if (pictures) await mkdir(pictures, { recursive: true });

const browser = await launch();
const { wrong, expect, end } = tally();
const file = { name: "bolletta.txt", mimeType: "text/plain", buffer: Buffer.from("Bolletta di novembre") };

// A citizen with a screen of this width.
async function citizen({ scripts = true, width = 1440, locale = "it-IT" } = {}) {
  const context = await browser.newContext({
    locale,
    timezoneId: "Europe/Rome",
    viewport: { width, height: 900 },
    javaScriptEnabled: scripts,
    acceptDownloads: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("console", (message) => message.type() === "error" && /Content.Security/.test(message.text()) && wrong.push(message.text()));
  const look = async (name) => {
    if (!scripts) return;
    if (pictures) await page.screenshot({ path: path.join(pictures, `${name}-${width}.png`), fullPage: true });
    for (const { rule, text } of await violations(page)) expect(`${name}: ${rule} ${text}`, false);
  };
  return { context, page, look };
}

async function fromFirstWordToReopening(scripts) {
  console.log(scripts ? "A letter with a file, and the case it becomes" : "The same without scripts");
  const { context, page, look } = await citizen({ scripts });
  await page.goto(`${base}/`);
  await look("home");
  await page.goto(`${base}/scrivi`);
  await look("write");
  await page.setInputFiles("#files", file);
  await page.fill("#name", "Prova <b>Cittadina</b>");
  await page.fill("#email", "senza chiocciola");
  await page.click("form .b-1");
  await page.waitForSelector(".errs");
  const problems = await page.locator(".errs a").allTextContents();
  expect("every field that is wrong is named, with a link to it", problems.length === 3);
  for (const link of await page.locator(".errs a").all()) {
    const at = (await link.getAttribute("href")).slice(1);
    expect(`#${at} says beside itself what is wrong`, (await page.locator(`#${at}-e`).count()) === 1);
  }
  expect("what was typed is kept", (await page.inputValue("#name")) === "Prova <b>Cittadina</b>");
  expect("and the file too", (await page.textContent(".kept")).includes(file.name));
  await look("write-errors");
  await page.check("#via");
  await page.fill("#text", "Lo sconto non c’è.\n<script>alert(1)</script> 👩‍👩‍👧 مرحبا");
  await page.fill("#email", `prova${Date.now()}@posta.example`);
  await page.check("#consent");
  await page.click("form .b-1");
  await page.waitForSelector(".keys");
  const [number, code] = await page.locator(".keys dd").allTextContents();
  expect("number and code are given", /^LA-\d{4}-\d{6}$/.test(number) && code.length >= 8);
  await look("done");

  // Another browser: the case opens with number and code alone.
  const later = await citizen({ scripts });
  await later.page.goto(`${base}/caso`);
  await later.page.fill("#number", number);
  await later.page.fill("#code", "AAAA-AAAA");
  await later.page.click("form .b-1");
  await later.page.waitForSelector(".errs");
  await later.look("door-errors");
  expect("a wrong code opens nothing", (await later.page.locator(".talk").count()) === 0);
  await later.page.fill("#number", number.toLowerCase());
  await later.page.fill("#code", ` ${code.toLowerCase().replace("-", " ")} `);
  await later.page.click("form .b-1");
  await later.page.waitForSelector(".talk");
  const said = await later.page.textContent(".talk");
  expect("the letter stands there as it was written", said.includes("<script>alert(1)</script> 👩‍👩‍👧 مرحبا"));
  const [download] = await Promise.all([later.page.waitForEvent("download"), later.page.click(".talk a.file")]);
  expect("with its file", download.suggestedFilename() === file.name);
  await later.look("case");
  await later.page.fill("#text", "Aggiungo una cosa.");
  await later.page.click("#add .b-1");
  await later.page.waitForSelector(".said");
  expect("a word is added", (await later.page.textContent(".talk")).includes("Aggiungo una cosa."));
  await later.page.click(`form[action$="/risolto"] button`);
  await later.page.waitForSelector(".said");
  await later.look("case-settled");
  await later.page.fill("#text", "Invece no.");
  await later.page.click("#add .b-1");
  await later.page.waitForSelector(".said");
  expect("and what was settled is taken up again", (await later.page.textContent(".talk")).includes("Invece no."));
  await later.page.click(`form[action$="/esci"] button`);
  await later.page.waitForLoadState();
  await later.page.goto(`${base}/caso/${number}`);
  expect("who has left sees the case no more", (await later.page.locator(".talk").count()) === 0);

  await page.goto(`${base}/en/`);
  expect("the portal speaks English", (await page.getAttribute("html", "lang")) === "en");
  await look("home-en");
  for (const address of ["/caso/codice", "/privacy", "/accessibilita", "/no-such-page"]) {
    await page.goto(base + address);
    await look(address.replace(/\W+/g, "-").slice(1));
  }
  await later.context.close();
  await context.close();
}

// Tabs to what has the focus's selector; fails when it is not reached.
async function tabTo(page, selector) {
  for (let steps = 0; steps < 80; steps++) {
    if (await page.evaluate((at) => document.activeElement?.matches(at) ?? false, selector)) return true;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${selector} is not reached by keyboard`);
}

async function byKeyboardOnATelephone() {
  console.log("By keyboard alone, on a narrow screen");
  const { context, page } = await citizen({ width: 320 });
  await page.goto(`${base}/`);
  await page.keyboard.press("Tab");
  expect("the first stop skips to the content", await page.evaluate(() => document.activeElement?.getAttribute("href")?.startsWith("#")));
  await page.goto(`${base}/scrivi`);
  await tabTo(page, "#text");
  await page.keyboard.type("Scrivo senza toccare altro.");
  await tabTo(page, "input[name=via]");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await tabTo(page, "#consent");
  await page.keyboard.press("Space");
  await tabTo(page, "form .b-1");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".keys");
  expect("a case is opened", /LA-/.test(await page.textContent(".keys")));
  await context.close();
}

try {
  await fromFirstWordToReopening(true);
  await fromFirstWordToReopening(false);
  await byKeyboardOnATelephone();
} finally {
  await browser.close();
}
end();
