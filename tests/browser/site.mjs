// What every check here stands on: the example site, built by the release binary into a folder of its own,
// the list of its files, and a small server that behaves as any static host does.
//
// BACKLOT=path   another binary than target/release/backlot
// SITE=folder    check this finished folder and build nothing (what the links of the 404 page are
//                worth then depends on the address it was built for)

import { execFileSync } from "node:child_process";
import { cpSync, createReadStream, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, posix, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../../", import.meta.url));

/** The folder that the site is built from. */
export const source = join(project, "example-site");

/** The instant that the site is built for: before the embargo in the example ends, and the same every year. */
const asOf = "2026-11-22T12:00:00Z";

/** The address in example-site/site.toml. */
export const publicAddress = "https://example.com/saltlight/";

/** Builds the example site for an address and gives the folder, which is removed when the process ends. */
export function build(baseUrl = publicAddress) {
  return process.env.SITE ? resolve(process.env.SITE) : run(source, baseUrl);
}

/** Builds the example site in a theme. */
export function buildIn(theme, baseUrl = publicAddress) {
  return buildChanged(baseUrl, "site.toml", (settings) => settings.replace(/^theme = .*$/m, `theme = "${theme}"`));
}

/** Builds the example site with one file changed. What has been developed for the site itself serves here too. */
export function buildChanged(baseUrl, path, change) {
  const site = mkdtempSync(join(tmpdir(), "backlot-theme-"));
  process.on("exit", () => rmSync(site, { recursive: true, force: true }));
  const cache = join(source, ".backlot");
  mkdirSync(cache, { recursive: true });
  cpSync(source, site, { recursive: true, filter: (path) => ![cache, join(source, "public")].includes(path) });
  symlinkSync(cache, join(site, ".backlot"), "dir");
  writeFileSync(join(site, path), change(readFileSync(join(source, path), "utf8")));
  return run(site, baseUrl);
}

function run(site, baseUrl) {
  const binary = resolve(process.env.BACKLOT ?? join(project, "target/release/backlot"));
  if (!existsSync(binary)) throw new Error(`There is no ${binary}. Make it with: cargo build --release`);
  const folder = mkdtempSync(join(tmpdir(), "backlot-site-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const output = join(folder, "public");
  execFileSync(binary, ["build", site, "--output", output, "--base-url", baseUrl, "--as-of", asOf, "--quiet"], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  return output;
}

/** Paths of all files below a folder, relative to it, with forward slashes, in order. */
export function files(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return paths.map((path) => path.slice(folder.length + 1).replaceAll("\\", "/")).sort();
}

/** Paths of all pages of a built site. */
export function pages(folder) {
  return files(folder).filter((path) => path.endsWith(".html"));
}

/** Whether a page is the page of one still. */
export function isStill(path) {
  return /^galleries\/[^/]+\/[^/]+\/index\.html$/.test(path);
}

/** All pages, but of the many pages of single stills only a few, spread over the galleries. */
export function sample(folder, stills = 6) {
  const all = pages(folder);
  const ofStills = all.filter(isStill);
  const step = Math.max(1, ofStills.length / stills);
  const chosen = new Set(Array.from({ length: Math.min(stills, ofStills.length) }, (_, i) => ofStills[Math.floor(i * step)]));
  return all.filter((path) => !isStill(path) || chosen.has(path));
}

const types = {
  ".css": "text/css; charset=utf-8",
  ".gif": "image/gif",
  ".html": "text/html; charset=utf-8",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".mp4": "video/mp4",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".vtt": "text/vtt; charset=utf-8",
  ".webm": "video/webm",
  ".webmanifest": "application/manifest+json",
  ".avif": "image/avif",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".xml": "application/xml; charset=utf-8",
};

/**
 * Serves a folder below `prefix` ("/" or "/a/b/") on a loopback port of the system's choice.
 * Gives the address with the prefix, the origin, and `close`.
 */
export async function serve(folder, prefix = "/") {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const found = path.startsWith(prefix) ? lookUp(folder, posix.normalize(path.slice(prefix.length))) : undefined;
    if (found?.redirect) return response.writeHead(301, { Location: `${path}/` }).end();
    send(request, response, found?.file ?? join(folder, "404.html"), found ? 200 : 404);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  // A test that fails does not close it, and must not keep the others waiting for ever.
  server.unref();
  const origin = `http://127.0.0.1:${server.address().port}`;
  const close = () => new Promise((done) => (server.close(done), server.closeAllConnections()));
  return { origin, address: origin + prefix, close };
}

function lookUp(folder, path) {
  if (path.startsWith("..")) return undefined;
  const file = join(folder, path);
  if (!existsSync(file)) return undefined;
  if (!statSync(file).isDirectory()) return { file };
  if (path !== "." && !path.endsWith("/")) return { redirect: true };
  return existsSync(join(file, "index.html")) ? { file: join(file, "index.html") } : undefined;
}

function send(request, response, file, status) {
  const size = statSync(file).size;
  const head = { "Content-Type": types[extname(file)] ?? "application/octet-stream", "Accept-Ranges": "bytes" };
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? "");
  if (status !== 200 || !range || (!range[1] && !range[2])) {
    response.writeHead(status, { ...head, "Content-Length": size });
    return createReadStream(file).pipe(response);
  }
  const start = range[1] ? Number(range[1]) : Math.max(0, size - Number(range[2]));
  const end = range[1] && range[2] ? Math.min(Number(range[2]), size - 1) : size - 1;
  if (start > end) return response.writeHead(416, { "Content-Range": `bytes */${size}` }).end();
  response.writeHead(206, { ...head, "Content-Length": end - start + 1, "Content-Range": `bytes ${start}-${end}/${size}` });
  createReadStream(file, { start, end }).pipe(response);
}

/** One line a finding; the message of a failed assertion. */
export function report(findings) {
  const lines = findings.slice(0, 40).join("\n");
  return `${findings.length} found:\n${lines}${findings.length > 40 ? "\n…" : ""}`;
}
