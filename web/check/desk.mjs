// The desk as operators use it, with scripts and without, on a running server with the sample content. Ends with 1 when
// something is not as it should be.
//
//   node web/check/desk.mjs http://127.0.0.1:8080 [PICTURES]

import { mkdir } from "node:fs/promises";
import path from "node:path";

import { launch } from "./browser.mjs";
import { violations } from "./pages.mjs";
import { tally } from "./tally.mjs";

const [base, pictures] = process.argv.slice(2);
if (!base) {
  console.error("usage: node web/check/desk.mjs URL [PICTURES]");
  process.exit(2);
}
const password = process.env.DESK_PASSWORD ?? "prova-linea-amica";
if (pictures) await mkdir(pictures, { recursive: true });

const browser = await launch();
const { wrong, expect, end } = tally();

// Somebody at the desk, by what they do there.
class Desk {
  static async of(user, scripts = true) {
    const locale = { locale: "it-IT", timezoneId: "Europe/Rome" };
    const context = await browser.newContext({ ...locale, viewport: { width: 1440, height: 900 }, javaScriptEnabled: scripts });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.on("pageerror", (error) => wrong.push(`${user}: ${error.message}`));
    await page.goto(`${base}/login?next=/desk/list/team`);
    await page.fill("#login", user);
    await page.fill("#password", password);
    await page.click("main form button");
    await page.waitForURL((url) => url.pathname.startsWith("/desk"));
    return Object.assign(new Desk(), { user, scripts, context, page });
  }

  get number() {
    return /LA-\d+-\d+/.exec(this.page.url())?.[0];
  }

  open(number) {
    return this.page.goto(`${base}/desk/case/${number}?list=team`);
  }

  async look(name) {
    if (!this.scripts) return;
    if (pictures) await this.page.screenshot({ path: path.join(pictures, `${name}.png`) });
    for (const { rule, text } of await violations(this.page)) expect(`${name}: ${rule} ${text}`, false);
  }

  // Presses what has this name among the case's actions, and fills in what it asks.
  async act(name, fill) {
    const control = this.page.locator(`#case-head :is(a, button):has-text("${name}")`).first();
    if (!(await control.isVisible())) await this.page.click("#case-head .menu summary");
    const before = this.page.url();
    await control.click();
    if (fill) {
      const place = this.scripts ? "#dialog" : "main";
      await this.page.waitForSelector(`${place} form`);
      await this.look(`dialog-${name.split(" ")[0].toLowerCase()}`);
      await fill(place);
      await this.page.click(`${place} form .b-1`);
    }
    await this.page.waitForLoadState();
    await this.page.waitForSelector("#toast", { state: "attached" });
    return before;
  }

  async said() {
    return (await this.page.textContent("#toast span")).trim();
  }

  async undo() {
    await this.page.click("#toast button");
    await this.page.waitForLoadState();
    await this.page.waitForTimeout(100);
  }

  text(place) {
    return this.page.textContent(place);
  }
}

async function oneCase(scripts) {
  console.log(scripts ? "One case, from its contact to its solution" : "The same without scripts");
  const sara = await Desk.of("sara", scripts);
  const { page } = sara;
  await page.goto(`${base}/desk/new`);
  if (scripts) {
    expect("the first field is ready to be typed into", (await page.evaluate(() => document.activeElement?.id)) === "phone");
    await page.fill("#phone", "3335550142");
    await page.waitForSelector(".known");
    await sara.look("contact");
  }
  const tail = String(Date.now()).slice(-7);
  await page.fill("#phone", `333${tail}`);
  await page.fill("#name", "Prova <b>Uno</b>");
  await page.fill("#text", "Chiede <script>alert(1)</script>\nseconda riga");
  await page.click("#contact .b-1");
  await page.waitForURL(/case\/LA/);
  const number = sara.number;
  expect("a contact is recorded and its number said", (await sara.said()).includes(number));
  expect("what was typed is text", (await sara.text("#timeline")).includes("<script>alert(1)</script>"));

  await sara.act("Rimetti fra");
  expect("a case is put back", (await sara.text("#case-head .tag")).includes("Da prendere"));
  await sara.undo();
  expect("and taken again by undoing it", (await sara.text("#case-head .tag")).includes("In carico a lei"));
  await sara.act("Assegna", (at) => page.selectOption(`${at} select`, { index: 0 }));
  expect("a case is given to a colleague", (await sara.said()).startsWith("Assegnato a"));
  await sara.undo();
  await sara.act("promemoria", (at) => page.check(`${at} input[value=monday]`));
  expect("a reminder stands beside the case", (await sara.text("#beside")).includes("Promemoria"));
  await sara.undo();
  await sara.act("Cambia argomento", (at) => page.selectOption(`${at} #kind`, "complaint"));
  expect("a kind stands beside the case", (await sara.text("#beside")).includes("Reclamo"));
  await sara.act("Cambia titolo", (at) => page.fill(`${at} #subject`, "Titolo <i>nuovo</i>"));
  expect("a title is what was typed", (await sara.text("h1")) === "Titolo <i>nuovo</i>");
  await sara.act("Collega un altro", (at) => page.fill(`${at} #other`, "1"));
  expect("another case is linked", (await page.locator("#beside .oth form").count()) === 1);
  await sara.undo();

  await page.fill("#reply-text", "   ");
  await page.click("#write-reply .b-1");
  await page.waitForLoadState();
  expect("an empty reply is not sent", (await sara.text("#write-reply .errs")).trim() !== "");
  await page.fill("#reply-text", "Buongiorno,\nla risposta è questa.");
  const file = { name: "nota.txt", mimeType: "text/plain", buffer: Buffer.from("ciao") };
  await page.setInputFiles("#write-reply input[type=file]", file);
  await page.check("#write-reply input[name=wait]");
  await page.click("#write-reply .b-1");
  await page.waitForSelector("#toast", { state: "attached" });
  expect("a reply stands on the timeline", (await sara.text("#timeline")).includes("la risposta è questa."));
  const href = await page.locator("#timeline a[download]").last().getAttribute("href");
  const answer = await page.request.get(base + href);
  expect("its file comes as a download", (await answer.text()) === "ciao" && answer.headers()["content-disposition"].startsWith("attachment"));

  await page.click("a[data-write=note]");
  await page.fill("#note-text", "Nota per i colleghi");
  await sara.look("note");
  await page.click("#write-note .b-note");
  await page.waitForSelector(".e.note");
  await sara.act("Dividi", async (at) => {
    await page.locator(`${at} input[type=checkbox]`).last().check();
    await page.fill(`${at} #subject`, "Seconda cosa");
  });
  expect("a second matter has a case of its own", sara.number !== number);
  await sara.act("Unisci a un altro", (at) => page.fill(`${at} #into`, number));
  expect("a merged case's entries are marked", (await page.locator(".from-merged").count()) > 0);
  await sara.undo();
  expect("a merge is undone", (await sara.said()).includes("di nuovo un caso a sé"));

  await sara.open(number);
  await sara.act("Back office", (at) => page.fill(`${at} #reason`, "Per sbaglio"));
  await sara.undo();
  expect("what was sent by mistake is taken back", (await sara.said()) === "Ripreso dal back office");
  await sara.act("Aspetta il cittadino");
  await sara.act("Riprendi");
  expect("a case waits no longer", (await sara.text("#case-head .tag")).includes("In carico"));
  await sara.act("Back office", (at) => page.fill(`${at} #reason`, "Serve una verifica"));
  expect("the front office replies no more", (await page.locator("#write-reply").count()) === 0);
  const karim = await Desk.of("karim", scripts);
  await karim.open(number);
  await karim.act("Restituisci", async (at) => {
    await karim.page.fill(`${at} #text`, "Ecco la soluzione");
    await karim.page.check(`${at} #solution`);
  });
  await karim.context.close();
  await sara.open(number);
  expect("the solution came back", (await sara.text("#timeline")).includes("Ecco la soluzione"));
  await sara.act("Risolvi", (at) => page.check(`${at} input[value=referred]`));
  expect("the outcome stands in the head", (await sara.text("#case-head .tag")).includes("Indirizzato"));
  await sara.undo();
  expect("a solved case is reopened", (await sara.said()) === "Caso riaperto");
  await sara.look("case");

  for (const address of ["/desk/search?q=esempio", "/desk/me", "/desk/shortcuts", "/desk/list/solved", "/desk/case/LA-2026-999999"]) {
    await page.goto(base + address);
    await sara.look(address.replace(/\W+/g, "-").slice(1));
  }
  await sara.context.close();
}

async function twoOperators() {
  console.log("Two operators on one case");
  const sara = await Desk.of("sara");
  const luca = await Desk.of("luca");
  const written = "Sto scrivendo una risposta lunga";
  await sara.page.goto(`${base}/desk/new`);
  await sara.page.fill("#text", "Caso per due");
  await sara.page.click("#contact .b-1");
  await sara.page.waitForURL(/case\/LA/);
  await luca.open(sara.number);
  await sara.page.fill("#reply-text", written);
  const shows = (desk, place, words, timeout) =>
    desk.page.waitForFunction(([at, text]) => document.querySelector(at)?.textContent.includes(text), [place, words], { timeout }).then(
      () => true,
      () => false,
    );
  expect("a draft is saved as it is typed", await shows(sara, "#write-reply [data-saved]", "Bozza salvata", 5_000));
  expect("who writes is seen by who reads", await shows(luca, "#presence", "sta scrivendo", 15_000));
  await luca.page.click("a[data-write=note]");
  await luca.page.fill("#note-text", "Nota di Luca");
  await luca.page.click("#write-note .b-note");
  expect("a note comes by itself", await shows(sara, "#timeline", "Nota di Luca", 6_000));
  expect("and is announced", await shows(sara, "#announcer", "nuovo", 2_000));
  expect("what is being typed is not touched", (await sara.page.inputValue("#reply-text")) === written);
  await sara.page.click("#write-reply .b-1");
  await sara.page.waitForLoadState();
  expect("a reply to a changed case asks first", (await sara.text("h1")).includes("cambiato"));
  await sara.look("changed");
  await sara.page.click("main a.b-1");
  await sara.page.waitForURL(/write=reply/);
  expect("nothing typed is lost", (await sara.page.inputValue("#reply-text")) === written);

  await sara.page.goto(`${base}/desk/list/mine`);
  const lists = await sara.text("#lists");
  await luca.page.goto(`${base}/desk/new`);
  await luca.page.fill("#text", "Un altro caso");
  await luca.page.click("#contact .b-1");
  const counted = sara.page.waitForFunction((before) => document.querySelector("#lists").textContent !== before, lists);
  expect("counters are live", await counted.then(() => true, () => false));
  await sara.context.setOffline(true);
  const offline = (state) => sara.page.waitForSelector("#offline", { state, timeout: 20_000 }).then(() => true, () => false);
  expect("a lost connection is said", await offline("visible"));
  await sara.context.setOffline(false);
  expect("and heals by itself", await offline("hidden"));
  await sara.page.keyboard.press("?");
  await sara.page.waitForSelector("#dialog[open]");
  await sara.look("keys");
  await sara.page.keyboard.press("Escape");
  await sara.page.keyboard.press("g");
  await sara.page.keyboard.press("s");
  await sara.page.waitForURL(/list\/team/);
  await sara.page.keyboard.press("j");
  await sara.page.keyboard.press("Enter");
  await sara.page.waitForURL(/desk\/case/);
  expect("a list is walked and a case opened by keyboard", true);
  await sara.context.close();
  await luca.context.close();
}

// One contact from being written down to its solution, and no mouse.
async function byKeyboard() {
  console.log("By keyboard alone");
  const sara = await Desk.of("sara");
  const { page } = sara;
  const press = (...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const focused = () => page.evaluate(() => document.activeElement?.id);
  const dialog = async (key, field) => {
    await press(key);
    await page.waitForSelector(`#dialog[open] ${field}`);
  };
  const began = Date.now();
  await press("c");
  await page.waitForURL(/desk\/new/);
  await page.waitForFunction(() => document.activeElement?.id === "phone");
  await page.keyboard.type("3335550190");
  await page.focus("#text");
  await page.keyboard.type("Chiede del bollo auto");
  await press("Control+Enter");
  await page.waitForURL(/case\/LA/);
  console.log(`  a contact was written down in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  expect("a contact is written down by keyboard", (await sara.text("#timeline")).includes("bollo auto"));

  await press("n");
  expect("n goes to the note", (await focused()) === "note-text");
  await page.keyboard.type("nota");
  await press("Control+Enter");
  await page.waitForSelector(".e.note");
  await press("r");
  expect("r goes to the reply", (await focused()) === "reply-text");
  await page.keyboard.type("Ecco come si fa.");
  await press("Escape");
  expect("Escape leaves the field", (await focused()) !== "reply-text");
  await dialog("e", "#reason");
  await press("Escape");
  await page.waitForSelector("#dialog:not([open])", { state: "attached" });
  await press("r", "Control+Enter");
  await page.waitForSelector("#toast", { state: "attached" });
  expect("the reply went", (await sara.text("#timeline")).includes("Ecco come si fa."));
  await dialog("s", "input[name=outcome]");
  await press("Tab");
  await page.focus("#dialog form .b-1");
  await press("Enter");
  await page.waitForFunction(() => document.querySelector("#case-head .tag")?.textContent.includes("Risolto"));
  expect("the case is solved", true);
  await press("/");
  expect("/ goes to the search", (await focused()) === "search");
  await page.keyboard.type("bollo");
  await press("Enter");
  await page.waitForURL(/search/);
  expect("and what is searched for is found", (await page.textContent("main, #cases")).includes("bollo"));
  await sara.context.close();
}

try {
  await oneCase(true);
  await oneCase(false);
  await twoOperators();
  await byKeyboard();
} finally {
  await browser.close();
}
end();
