// The work of benches/lighthouse; see there.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const { PROJECT: project, THEMES: themes, OUT: out } = process.env;
const binary = process.env.BACKLOT ?? join(project, "target/release/backlot");
const example = join(project, "example-site");
const cache = join(project, "target/lighthouse/cache");
const work = mkdtempSync(join(tmpdir(), "backlot-lighthouse-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));

const pages = { home: "", story: "stories/rain-on-cue/", "60 stills": "galleries/sixty/" };
const largest = 350_000;

/** The example site with a gallery of 60 stills: those of the storm and the set, each with a comment that makes it another file. */
function site() {
  const folder = join(work, "site");
  cpSync(example, folder, { recursive: true, filter: (path) => !/(\.backlot|public)$/.test(path) });
  mkdirSync(cache, { recursive: true });
  symlinkSync(cache, join(folder, ".backlot"), "dir");
  const sources = ["01-set-build", "02-puppets", "03-storm", "04-light-camera"].flatMap((name) => {
    const media = join(example, "media", name);
    return readdirSync(media).filter((file) => file.endsWith(".jpg")).map((file) => join(media, file));
  });
  const gallery = join(folder, "media/sixty");
  mkdirSync(gallery);
  let fields = 'title = "Sixty stills"\n[defaults]\ncredit = "Photo: Leila Farrokh"\n';
  for (let number = 1; number <= 60; number += 1) {
    const file = `still-${String(number).padStart(2, "0")}.jpg`;
    const bytes = readFileSync(sources[number % sources.length]);
    const comment = Buffer.from(`still ${number}`);
    const marker = Buffer.from([0xff, 0xfe, 0, comment.length + 2]);
    writeFileSync(join(gallery, file), Buffer.concat([bytes.subarray(0, 2), marker, comment, bytes.subarray(2)]));
    fields += `[still."${file}"]\nalt = "Still ${number}"\ncaption = "A caption that says what still ${number} of this gallery shows."\npeople = []\n`;
  }
  writeFileSync(join(gallery, "gallery.toml"), fields);
  return folder;
}

const types = { ".css": "text/css", ".html": "text/html; charset=utf-8", ".jpg": "image/jpeg", ".js": "text/javascript", ".png": "image/png", ".txt": "text/plain", ".webmanifest": "application/manifest+json", ".webp": "image/webp", ".woff2": "font/woff2", ".xml": "application/xml", ".mp4": "video/mp4" };

/** A static host: index files, gzip for text, and files that are named by their content may be kept. */
async function serve(folder) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname).replace(/\/$/, "/index.html");
    const file = join(folder, path);
    if (!existsSync(file)) return response.writeHead(404).end();
    const type = types[extname(file)] ?? "application/octet-stream";
    const head = { "Content-Type": type, "Cache-Control": /\/(media|assets)\//.test(path) ? "max-age=31536000, immutable" : "no-cache" };
    const bytes = readFileSync(file);
    const isText = /text|json|xml/.test(type);
    response.writeHead(200, isText ? { ...head, "Content-Encoding": "gzip" } : head).end(isText ? gzipSync(bytes) : bytes);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => (server.closeAllConnections(), server.close()) };
}

const folder = site();
mkdirSync(join(work, "profile"));
const browser = await launch({ chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update"], userDataDir: join(work, "profile") });
const reasons = [];
let bad = false;
console.log("theme          page        perf  a11y  best  seo    cls   bytes");
for (const theme of themes.trim().split(/\s+/)) {
  const settings = readFileSync(join(example, "site.toml"), "utf8");
  writeFileSync(join(folder, "site.toml"), settings.replace(/^theme = .*$/m, `theme = "${theme}"`));
  const output = join(work, theme);
  const server = await serve(output);
  execFileSync(binary, ["build", folder, "--output", output, "--base-url", server.address, "--as-of", "2026-11-22T12:00:00Z", "--quiet"], { stdio: ["ignore", "inherit", "inherit"] });
  for (const [name, path] of Object.entries(pages)) {
    const { lhr, report } = await lighthouse(server.address + path, { port: browser.port, output: "html", logLevel: "error" });
    const score = (key) => Math.round(lhr.categories[key].score * 100);
    const shift = lhr.audits["cumulative-layout-shift"].numericValue;
    const bytes = lhr.audits["network-requests"].details.items.reduce((sum, { transferSize }) => sum + transferSize, 0);
    const row = ["performance", "accessibility", "best-practices", "seo"].map((key) => String(score(key)).padStart(4));
    console.log(`${theme.padEnd(14)} ${name.padEnd(10)}  ${row.join("  ")}  ${shift.toFixed(4)}  ${bytes}`);
    bad ||= row.slice(1).some((one) => Number(one) < 100) || shift > 0.0005 || (name === "60 stills" && bytes > largest);
    for (const [category, { auditRefs }] of Object.entries(lhr.categories)) {
      for (const { id, weight } of auditRefs) {
        const audit = lhr.audits[id];
        if (weight > 0 && audit.score !== null && audit.score < 1) reasons.push(`${theme}, ${name}: ${category}: ${audit.title}${audit.displayValue ? ` (${audit.displayValue})` : ""}`);
      }
    }
    if (out) {
      mkdirSync(out, { recursive: true });
      writeFileSync(join(out, `${theme}-${name.replace(" ", "-")}.html`), report);
    }
  }
  server.close();
}
await browser.kill();
if (reasons.length) console.log(`\nMissing points:\n  ${reasons.join("\n  ")}`);
process.exit(bad ? 1 : 0);
