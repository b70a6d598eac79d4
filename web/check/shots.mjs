// Takes pictures of pages and checks them; ends with 1 when something is wrong.
//
//   node web/check/shots.mjs DIR OUT          every page of a folder (cargo run -p pages --example samples -- DIR)
//   node web/check/shots.mjs URL… OUT         pages of a running server
//   --only TEXT   pages whose name has TEXT;  --no-pictures   only the checks;  --fold   only what is above the fold

import path from "node:path";
import { parseArgs } from "node:util";

import { htmlFiles, launch, serve } from "./browser.mjs";
import { check, told } from "./pages.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string" }, "no-pictures": { type: "boolean" }, fold: { type: "boolean" } },
});
const out = values["no-pictures"] ? undefined : positionals.pop();
if (positionals.length === 0) {
  console.error("usage: node web/check/shots.mjs DIR|URL… OUT");
  process.exit(2);
}

const isUrl = (text) => /^https?:/.test(text);
const folder = isUrl(positionals[0]) ? undefined : positionals[0];
const server = folder && (await serve(folder));
const pages = folder
  ? (await htmlFiles(folder)).map((file) => ({
      name: file.replace(/\.html$/, "").replaceAll(path.sep, "-"),
      url: `${server.url}/${file.split(path.sep).join("/")}`,
    }))
  : positionals.map((url) => ({
      name: new URL(url).pathname.replace(/^\/|\/$/g, "").replaceAll("/", "-") || "home",
      url,
    }));
const wanted = pages.filter(({ name }) => !values.only || name.includes(values.only));

const browser = await launch();
try {
  const findings = await check(browser, wanted, { pictures: out, full: !values.fold });
  if (findings.length > 0) console.error(`${findings.length} findings:\n${told(findings)}`);
  console.log(`${wanted.length} pages looked at, ${findings.length} findings`);
  process.exitCode = findings.length > 0 || wanted.length === 0 ? 1 : 0;
} finally {
  await browser.close();
  server?.close();
}
