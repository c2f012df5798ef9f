// Makes the pictures of the themes that the READMEs show, in .github/looks/: node tests/browser/looks.mjs [FOLDER]
// For each theme its home page on a desk and a telephone; for each of four pages the four themes side by side, at three
// widths. Look at them before they are committed: they are there to be criticised.

import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { desk, launch, phone } from "./browser.mjs";
import { buildIn, serve } from "./site.mjs";

const project = fileURLToPath(new URL("../../", import.meta.url));
const target = process.argv[2] ?? join(project, ".github", "looks");
const tablet = { width: 820, height: 1180 };
const pages = {
  home: "index.html",
  story: "stories/rain-on-cue/index.html",
  gallery: "galleries/03-storm/index.html",
  person: "crew/maren-okonjo-lindqvist/index.html",
};
const scheme = { premiere: "dark", broadsheet: "light", "contact-sheet": "dark", callsheet: "light" };
const order = ["premiere", "broadsheet", "contact-sheet", "callsheet"];
const known = readdirSync(join(project, "themes"), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
const themes = [...order, ...known.filter((name) => !order.includes(name))];

/** The beginning of a page as it is seen, as a data: address. */
async function shot(browser, address, viewport, colorScheme) {
  const page = await browser.newPage({ viewport, colorScheme: colorScheme ?? "dark", reducedMotion: "reduce" });
  await page.goto(address, { waitUntil: "load" });
  await page.evaluate(async () => {
    await document.fonts.ready;
    const seen = [...document.images].filter((image) => image.getBoundingClientRect().top < innerHeight);
    await Promise.all(seen.map((image) => ((image.loading = "eager"), image.decode().catch(() => {}))));
  });
  const bytes = await page.screenshot();
  await page.close();
  return `data:image/png;base64,${bytes.toString("base64")}`;
}

/** A page of pictures as JPEG. */
async function sheet(browser, width, height, html, file) {
  const page = await browser.newPage({ viewport: { width, height } });
  await page.setContent(`<style>
    body { margin: 0; display: flex; align-items: start; font: 500 15px Inter, sans-serif; background: #d8d6d2; color: #222; }
    img { display: block; box-shadow: 0 1px 6px #0004; }
    figure { margin: 0; display: grid; gap: 10px; } figcaption { padding-top: 2px; }
    .small { display: flex; gap: 10px; align-items: start; }
  </style>${html}`);
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
  for (let quality = 82; quality >= 40; quality -= 6) {
    const bytes = await page.screenshot({ type: "jpeg", quality });
    if (bytes.length > 145_000 && quality > 46) continue;
    writeFileSync(join(target, file), bytes);
    console.log(`${file}: ${bytes.length} bytes`);
    break;
  }
  await page.close();
}

mkdirSync(target, { recursive: true });
const browser = await launch();
const shots = {};
for (const theme of themes) {
  const server = await serve(buildIn(theme, "http://localhost/"));
  shots[theme] = {};
  for (const [name, path] of Object.entries(pages)) {
    const of = (viewport) => shot(browser, server.address + path, viewport, scheme[theme]);
    shots[theme][name] = { desk: await of(desk), tablet: await of(tablet), phone: await of(phone) };
  }
  await server.close();
  const { desk: wide, phone: narrow } = shots[theme].home;
  await sheet(browser, 1280, 660, `<img src="${wide}" width="1056" style="height:660px"><img src="${narrow}" width="305" style="position:absolute;right:0;height:660px">`, `${theme}.jpg`);
}
for (const name of Object.keys(pages)) {
  const figures = themes.map((theme) => {
    const { desk: wide, tablet: middle, phone: narrow } = shots[theme][name];
    return `<figure><img src="${wide}" width="370" height="231"><div class="small"><img src="${middle}" width="216" height="311"><img src="${narrow}" width="144" height="311"></div><figcaption>${theme}</figcaption></figure>`;
  });
  await sheet(browser, 1568, 606, `<div style="display:flex;gap:16px;padding:16px">${figures.join("")}</div>`, `${name}.jpg`);
}
await browser.close();
process.exit(0);
