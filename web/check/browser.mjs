// One browser and a small server for the checks: Debian's Chromium, and a folder served under the same security
// policy as the real pages, so that what the policy forbids is found here.

import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";

import { chromium } from "playwright-core";

export const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; " +
  "base-uri 'none'";

const options = (more) => ({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    ...more,
  ],
});

export const launch = (more = []) => chromium.launch(options(more));

// One that can be ended from one moment to the next, with all that belongs to it.
export async function launchApart(more = []) {
  const server = await chromium.launchServer(options(more));
  return { browser: await chromium.connect(server.wsEndpoint()), kill: () => server.kill() };
}

const types = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

// Serves a folder on a free port of this machine.
export async function serve(folder) {
  const root = path.resolve(folder);
  const server = createServer(async (request, answer) => {
    const wanted = path.join(root, decodeURIComponent(new URL(request.url, "http://x").pathname));
    const found = wanted.startsWith(root) && (await stat(wanted).catch(() => null))?.isFile();
    answer.setHeader("Content-Security-Policy", policy);
    // Parts are had from a live server: here there is nothing new, and nothing to come back for.
    if (request.url.startsWith("/part/")) {
      answer.writeHead(204).end();
      return;
    }
    if (!found) {
      answer.writeHead(404).end();
      return;
    }
    answer.setHeader("Content-Type", types[path.extname(wanted)] ?? "application/octet-stream");
    createReadStream(wanted).pipe(answer);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

// The pages of a folder, as paths from its root.
export async function htmlFiles(folder) {
  const entries = await readdir(folder, { recursive: true });
  return entries.filter((name) => name.endsWith(".html")).sort();
}
