// Builds web/dist: styles, scripts, fonts and the sprite of icons, which the `pages` crate embeds.

import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";
import * as sass from "sass";

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(here, "dist");
const italia = path.dirname(createRequire(import.meta.url).resolve("bootstrap-italia/package.json"));

// Icons of bootstrap-italia in use; those drawn for the project are in icons/.
const italiaIcons = ["bookmark", "external-link", "file"];

const fonts = {
  "titillium-web-400": "Titillium_Web/titillium-web-v10-latin-ext_latin-regular",
  "titillium-web-600": "Titillium_Web/titillium-web-v10-latin-ext_latin-600",
  "titillium-web-700": "Titillium_Web/titillium-web-v10-latin-ext_latin-700",
  "roboto-mono-400": "Roboto_Mono/roboto-mono-v13-latin-ext_latin-regular",
};

// Browsers of the last three years: what they understand need not be rewritten.
const target = ["chrome115", "firefox115", "safari16.4"];

// The same digest that the server puts in its addresses, so that a font named by the styles is the one preloaded.
const digest = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 12);

const scss = {
  name: "scss",
  setup(build) {
    build.onLoad({ filter: /\.scss$/ }, ({ path: file }) => ({
      contents: sass.compile(file, {
        loadPaths: [path.join(here, "node_modules")],
        logger: sass.Logger.silent,
        style: "expanded",
      }).css.replace(/\/\*[^]*?\*\//g, ""),
      loader: "css",
    }));
  },
};

async function copyFonts() {
  await mkdir(path.join(dist, "fonts"), { recursive: true });
  const digests = new Map();
  for (const [name, source] of Object.entries(fonts)) {
    const bytes = await readFile(path.join(italia, "dist/fonts", `${source}.woff2`));
    await writeFile(path.join(dist, "fonts", `${name}.woff2`), bytes);
    digests.set(`fonts/${name}.woff2`, digest(bytes));
  }
  // The typesetter reads letters as they are drawn, not as they travel.
  await mkdir(path.join(dist, "print"), { recursive: true });
  for (const name of ["titillium-web-400", "titillium-web-600", "titillium-web-700"]) {
    await cp(path.join(italia, "src/fonts", `${fonts[name]}.ttf`), path.join(dist, "print", `${name}.ttf`));
  }
  await cp(path.join(italia, "dist/fonts/Titillium_Web/OFL.txt"), path.join(dist, "fonts/titillium-web-licence.txt"));
  await cp(path.join(italia, "dist/fonts/Roboto_Mono/LICENSE.txt"), path.join(dist, "fonts/roboto-mono-licence.txt"));
  return digests;
}

async function writeSprite() {
  const symbols = [];
  const add = (id, source) => {
    const [, viewBox] = /viewBox="([^"]+)"/.exec(source) ?? [, "0 0 24 24"];
    const body = source.replace(/<\?xml[^>]*>/, "").replace(/^\s*<svg[^>]*>|<\/svg>\s*$/g, "");
    symbols.push(`<symbol id="${id}" viewBox="${viewBox}">${body.replace(/\s*\n\s*/g, "")}</symbol>`);
  };
  for (const file of (await readdir(path.join(here, "icons"))).sort()) {
    if (file.endsWith(".svg")) {
      add(`la-${path.basename(file, ".svg")}`, await readFile(path.join(here, "icons", file), "utf8"));
    }
  }
  for (const name of italiaIcons) {
    add(`it-${name}`, await readFile(path.join(italia, "src/svg", `it-${name}.svg`), "utf8"));
  }
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
  await writeFile(path.join(dist, "icons.svg"), sprite);
}

async function buildStyles(fontDigests) {
  const { outputFiles } = await esbuild.build({
    entryPoints: ["portal", "desk", "report-alone"].map((name) => path.join(here, "styles", `${name}.css`)),
    bundle: true,
    minify: true,
    write: false,
    outdir: dist,
    target,
    external: ["fonts/*"],
    plugins: [scss],
  });
  for (const file of outputFiles) {
    const text = file.text.replace(/fonts\/[\w-]+\.woff2/g, (font) => {
      if (!fontDigests.has(font)) throw new Error(`${path.basename(file.path)} names ${font}, which is not copied`);
      return `${font}?v=${fontDigests.get(font)}`;
    });
    await writeFile(file.path, text);
  }
}

async function buildScripts() {
  await esbuild.build({
    entryPoints: ["portal", "desk", "htmx", "softphone", "telephone"].map((name) => path.join(here, "src", `${name}.ts`)),
    bundle: true,
    minify: true,
    outdir: dist,
    target,
    format: "iife",
    legalComments: "none",
  });
}

await rm(dist, { recursive: true, force: true });
await cp(path.join(here, "public"), dist, { recursive: true });
const fontDigests = await copyFonts();
await Promise.all([writeSprite(), buildStyles(fontDigests), buildScripts()]);
