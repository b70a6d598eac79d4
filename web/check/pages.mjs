// Looks at pages as people with different screens and abilities would: pictures at several widths, sideways
// scrolling on the narrowest telephone, the rules of WCAG 2.2 AA, and whatever the browser itself complains of.

import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
let axeSource;

export const widths = [375, 768, 1440];
const heights = { 375: 812, 768: 1024, 1440: 900 };
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// Checks one page after another and returns what is wrong, as [{ page, width, rule, text }].
//   browser   from launch()
//   pages     [{ name, url }]
//   pictures  a folder for `name-width.png`, or nothing
//   prepare   async (page) => void, run before each look: to sign in, to open a menu
export async function check(browser, pages, { pictures, prepare, full = true, only = widths } = {}) {
  if (pictures) await mkdir(pictures, { recursive: true });
  const findings = [];
  const context = await browser.newContext({ locale: "it-IT", timezoneId: "Europe/Rome", reducedMotion: "reduce" });
  const waiting = [...pages];
  const look = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      findings.push(...(await lookAt(context, next, { pictures, prepare, full, only })));
    }
  };
  try {
    await Promise.all([look(), look()]);
  } finally {
    await context.close();
  }
  return once(findings);
}

async function lookAt(context, { name, url }, { pictures, prepare, full, only }) {
  const findings = [];
  const add = (width, rule, text) => findings.push({ page: name, width, rule, text });
  const page = await context.newPage();
  let width = only[0];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) add(width, "console", message.text());
  });
  page.on("pageerror", (error) => add(width, "script", error.message));
  for (width of only) {
    await page.setViewportSize({ width, height: heights[width] ?? 900 });
    if (width === only[0]) {
      await page.goto(url, { waitUntil: "load" });
      await prepare?.(page);
    }
    await page.evaluate(() => document.fonts.ready);
    if (pictures) {
      await page.screenshot({ path: path.join(pictures, `${name}-${width}.png`), fullPage: full });
    }
    for (const { rule, text } of await violations(page)) add(width, rule, text);
  }
  width = 320;
  await page.setViewportSize({ width, height: 640 });
  const wide = await page.evaluate(tooWide);
  if (wide) add(width, "sideways", wide);
  await page.close();
  return findings;
}

// What axe finds on a page as it stands now.
export async function violations(page) {
  // Evaluated over the debugging protocol, the source needs no permission from the page's policy.
  axeSource ??= await readFile(axe, "utf8");
  await page.evaluate(axeSource);
  const found = await page.evaluate(
    (values) => globalThis.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] }),
    rules,
  );
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => ({
      rule: id,
      text: `${help}\n      ${target.join(" ")}\n      ${failureSummary.split("\n").slice(1).join(" ").trim()}`,
    })),
  );
}

// WCAG 1.4.10: at 320 pixels nothing needs scrolling sideways but what is a table, a picture or code by nature.
function tooWide() {
  const width = document.scrollingElement.scrollWidth;
  if (width <= 320) return null;
  const culprits = [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > 321 || element.getBoundingClientRect().left < -1)
    .filter((element) => getComputedStyle(element).position !== "fixed" && element.getClientRects().length > 0)
    .slice(0, 5)
    .map((element) => `${element.tagName.toLowerCase()}.${[...element.classList].join(".")}`);
  return `the page is ${width} pixels wide on a screen of 320: ${culprits.join(", ")}`;
}

// The same finding at several widths is one finding.
function once(findings) {
  const known = new Map();
  for (const finding of findings) {
    const key = `${finding.page}\0${finding.rule}\0${finding.text}`;
    const before = known.get(key);
    if (before) before.widths.add(finding.width);
    else known.set(key, { ...finding, widths: new Set([finding.width]) });
  }
  return [...known.values()].map(({ widths, ...finding }) => ({ ...finding, widths: [...widths] }));
}

// Findings as lines for people.
export function told(findings) {
  return findings.map(({ page, widths, rule, text }) => `  ${page} at ${widths.join(", ")}: ${rule}\n      ${text}`).join("\n");
}
