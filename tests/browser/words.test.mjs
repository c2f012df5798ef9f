// Words on pictures, in Chromium: a small site is built in each theme with a picture that is white, black, a
// checkerboard, bright above or below, or an evening. Each line of words is compared with what the screen shows below
// it: the page without its words is photographed, and at every point the mean of five by five pixels has to differ from
// the colour of the words by 4.5 to 1, or by 3 to 1 where they are large (WCAG 2.2, 1.4.3).
//
// KEEP=folder   keeps photographs of the pages
// THEME=name    only that theme; PICTURE=name only that picture

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { crc32, deflateSync } from "node:zlib";
import { desk, launch, phone } from "./browser.mjs";
import { report, serve, source } from "./site.mjs";

const project = fileURLToPath(new URL("../../", import.meta.url));
const themes = readdirSync(join(project, "themes"), { withFileTypes: true }).filter((entry) => entry.isDirectory());

/** Grey by place, both 0 to 1. The evening is the example's own hero. */
const pictures = {
  white: () => 255,
  black: () => 0,
  checkerboard: (x, y) => ((Math.floor(x * 40) + Math.floor(y * 22.5)) % 2 ? 255 : 0),
  "bright-above": (x, y) => (y < 0.48 ? 255 : 12),
  "bright-below": (x, y) => (y < 0.48 ? 12 : 255),
  evening: null,
};

/** A grey PNG of 1600 by 900 pixels. */
function png(grey) {
  const [width, height] = [1600, 900];
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = grey((x + 0.5) / width, (y + 0.5) / height);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

/** A site whose one picture is everywhere that words can be. */
function built(theme, name) {
  const folder = mkdtempSync(join(tmpdir(), "backlot-words-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  for (const part of ["stories", "media/day-1"]) mkdirSync(join(folder, part), { recursive: true });
  const file = pictures[name] ? "still.png" : "still.jpg";
  if (pictures[name]) writeFileSync(join(folder, "media/day-1", file), png(pictures[name]));
  else cpSync(join(source, "media/key-art/hero.jpg"), join(folder, "media/day-1", file));
  writeFileSync(
    join(folder, "site.toml"),
    `[production]
title = "Saltlight"
kind = "short"
tagline = "Somebody has to keep it burning, and it has to be somebody who likes stairs and does not mind the gulls."
release = 2099-03-19
hero = "${file}"

[site]
base_url = "https://www.example.com/"
language = "en"
timezone = "Europe/London"
theme = "${theme}"
`,
  );
  const summary = "Thirty nozzles, one lever, and a man who looks at the ceiling. It rains when somebody says so, and not a moment before.";
  writeFileSync(
    join(folder, "stories/rain.md"),
    `+++
title = "Rain on cue, and how long it takes to dry a harbour"
kind = "making-of"
date = 2026-03-12
summary = "${summary}"
cover = "${file}"
+++

Words.

\`\`\`video
url = "https://www.youtube.com/watch?v=abcdefghijk"
title = "How the rain was made, in eleven takes and one very long night at the harbour"
poster = "${file}"
\`\`\`

\`\`\`gallery
stills = ["${file}"]
title = "Day 1"
\`\`\`
`,
  );
  writeFileSync(
    join(folder, "media/day-1/gallery.toml"),
    `title = "Day 1"
[still."${file}"]
alt = "A picture to put words on"
caption = "A caption that takes more than one line where there is little room: eleven seconds of weather, and everybody under it."
`,
  );
  const binary = resolve(process.env.BACKLOT ?? join(project, "target/release/backlot"));
  execFileSync(binary, ["build", folder, "--quiet"], { stdio: ["ignore", "inherit", "inherit"] });
  return join(folder, "public");
}

/** Everything that stands on a picture in one theme or another. */
const places = ".site-header, .hero-text, .story-card-lead .card-text, .story-heading, .embed-play, .still-caption, .compare-label";

/** Runs in the page: lines of words in these places, with their colour as sRGB and whether they are large. */
function linesOfWords(places) {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const srgb = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const lines = [];
  for (const place of document.querySelectorAll(places)) {
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const parent = node.parentElement;
      if (!node.textContent.trim() || !parent.checkVisibility({ checkVisibilityCSS: true })) continue;
      const style = getComputedStyle(parent);
      const size = parseFloat(style.fontSize);
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width < 2 || box.height < 2) continue;
        const rect = [box.left + scrollX, box.top + scrollY, box.width, box.height];
        const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
        lines.push({ words: node.textContent.trim().slice(0, 30), place: place.className, color: srgb(style.color), large, rect });
      }
    }
  }
  return lines;
}

/** Runs in a page: the least contrast of each line with what a photograph of the page without words shows below it. */
async function contrasts([photograph, lines]) {
  const bytes = Uint8Array.from(atob(photograph), (letter) => letter.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d", { willReadFrequently: true });
  canvas.drawImage(image, 0, 0);
  const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const luminance = (r, g, b) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  const reach = 2;
  return lines.map(({ rect: [left, top, width, height], color }) => {
    const [x, y] = [Math.max(0, Math.floor(left) - reach), Math.max(0, Math.floor(top) - reach)];
    const [w, h] = [Math.min(image.width - x, Math.ceil(width) + 2 * reach), Math.min(image.height - y, Math.ceil(height) + 2 * reach)];
    if (w < 5 || h < 5) return 21;
    const { data } = canvas.getImageData(x, y, w, h);
    // Sums over everything above and to the left, for means of any box.
    const sums = new Float64Array((w + 1) * (h + 1));
    for (let row = 0; row < h; row += 1) {
      let line = 0;
      for (let column = 0; column < w; column += 1) {
        const at = (row * w + column) * 4;
        line += luminance(data[at], data[at + 1], data[at + 2]);
        sums[(row + 1) * (w + 1) + column + 1] = sums[row * (w + 1) + column + 1] + line;
      }
    }
    const text = luminance(...color);
    const size = 2 * reach + 1;
    let least = 21;
    for (let row = 0; row + size <= h; row += 1) {
      for (let column = 0; column + size <= w; column += 1) {
        const at = (r, c) => sums[(row + r) * (w + 1) + column + c];
        const mean = (at(size, size) - at(0, size) - at(size, 0) + at(0, 0)) / size ** 2;
        const [bright, dark] = [Math.max(mean, text), Math.min(mean, text)];
        least = Math.min(least, (bright + 0.05) / (dark + 0.05));
      }
    }
    return least;
  });
}

let browser;
let blank;
before(async () => {
  browser = await launch();
  blank = await browser.newPage();
});
after(() => browser?.close());

/** Everything is there and still: pictures, fonts, captions that come when they are pointed at. */
async function settle(page) {
  await page.addStyleTag({ content: ".still-caption { opacity: 1 !important; } *, ::before, ::after { transition: none !important; animation: none !important; }" });
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (const image of document.images) image.loading = "eager";
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
  });
}

for (const { name: theme } of themes.filter((entry) => !process.env.THEME || entry.name === process.env.THEME)) {
  test(`${theme}: words on pictures can be read on any picture`, async () => {
    const findings = [];
    let looked = 0;
    for (const name of Object.keys(pictures).filter((one) => !process.env.PICTURE || one === process.env.PICTURE)) {
      // Where a theme lays titles on pictures, they may stand on either half.
      if (name.startsWith("bright-") && theme !== "premiere") continue;
      const server = await serve(built(theme, name));
      const page = await browser.newPage({ viewport: desk, reducedMotion: "reduce" });
      // Pages as long as these take long to photograph where other work is done at the same time.
      page.setDefaultTimeout(300_000);
      for (const path of ["index.html", "stories/rain/index.html"]) {
        for (const [viewport, colorScheme] of [[desk, "dark"], [phone, "light"]]) {
          await page.setViewportSize(viewport);
          await page.emulateMedia({ colorScheme });
          await page.goto(server.address + path);
          await settle(page);
          const where = `${theme}-${name}-${path.split("/").at(-2) ?? "home"}-${viewport.width}`;
          if (process.env.KEEP) await page.screenshot({ fullPage: true, path: join(process.env.KEEP, `${where}.png`) });
          const lines = await page.evaluate(linesOfWords, places);
          await page.addStyleTag({ content: "body * { color: transparent !important; text-decoration-color: transparent !important; text-shadow: none !important; }" });
          const photograph = await page.screenshot({ fullPage: true });
          const found = await blank.evaluate(contrasts, [photograph.toString("base64"), lines]);
          looked += lines.length;
          lines.forEach(({ words, place, large }, index) => {
            if (found[index] < (large ? 3 : 4.5)) findings.push(`${where}: ${found[index].toFixed(2)} to 1: "${words}" in .${place}`);
          });
        }
      }
      await page.close();
      await server.close();
    }
    assert.ok(looked > 20, `only ${looked} lines of words were found`);
    assert.equal(findings.length, 0, report(findings));
  });
}
