// feed.xml against RFC 4287, sitemap.xml against sitemaps.org, robots.txt, and the web manifest with its icons.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { parse } from "parse5";
import { SaxesParser } from "saxes";
import { build, pages, publicAddress, report } from "./site.mjs";

const ATOM = "http://www.w3.org/2005/Atom";
const SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9";

let folder;
before(() => (folder = build()));

const read = (path) => readFileSync(join(folder, path), "utf8");

/** A well-formed document as a tree of { name, space, attributes, children, text }; throws where it is not. */
function tree(xml) {
  const root = { children: [], text: "" };
  const open = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ local, uri, attributes }) => {
    const values = Object.fromEntries(Object.values(attributes).map(({ name, value }) => [name, value]));
    const node = { name: local, space: uri, attributes: values, children: [], text: "" };
    open.at(-1).children.push(node);
    open.push(node);
  });
  parser.on("closetag", () => open.pop());
  parser.on("text", (text) => (open.at(-1).text += text));
  parser.on("cdata", (text) => (open.at(-1).text += text));
  parser.write(xml).close();
  assert.equal(root.children.length, 1);
  return root.children[0];
}

const all = (node, name) => node.children.filter((child) => child.name === name && child.space === node.space);

/** RFC 4287, 3.3: an RFC 3339 date-time with capital T and Z. The calendar is checked too. */
function isInstant(text) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (!parts) return false;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second <= 60;
}

function isAbsolute(text) {
  return /^[a-z][a-z0-9+.-]*:\S+$/i.test(text) && URL.canParse(text);
}

/** How often each element may occur: [at least, at most]. RFC 4287, 4.1.1 and 4.1.2. */
const inFeed = { id: [1, 1], title: [1, 1], updated: [1, 1], subtitle: [0, 1], generator: [0, 1], icon: [0, 1], logo: [0, 1], rights: [0, 1] };
const inEntry = { id: [1, 1], title: [1, 1], updated: [1, 1], published: [0, 1], summary: [0, 1], content: [0, 1], rights: [0, 1], source: [0, 1] };
const repeated = ["author", "category", "contributor", "link"];

function checkCounts(node, where, counts, more, findings) {
  for (const [name, [least, most]] of Object.entries(counts)) {
    const count = all(node, name).length;
    if (count < least || count > most) findings.push(`${where}: ${count} of <${name}>, should be ${least} to ${most}`);
  }
  for (const child of node.children) {
    const known = child.name in counts || repeated.includes(child.name) || more.includes(child.name);
    if (child.space !== ATOM || !known) findings.push(`${where}: <${child.name}> does not belong here`);
  }
}

function checkParts(node, where, findings) {
  for (const name of ["updated", "published"]) {
    for (const { text } of all(node, name)) if (!isInstant(text)) findings.push(`${where}: <${name}> ${text} is not an RFC 3339 date`);
  }
  for (const { text } of all(node, "id")) if (!isAbsolute(text)) findings.push(`${where}: <id> ${text} is not absolute`);
  for (const name of ["title", "subtitle", "summary", "rights"]) {
    for (const one of all(node, name)) {
      if (!["text", "html", "xhtml", undefined].includes(one.attributes.type)) findings.push(`${where}: <${name}> has type ${one.attributes.type}`);
      if (one.attributes.type !== "xhtml" && one.children.length) findings.push(`${where}: <${name}> holds elements`);
      if (!one.text.trim() && !one.children.length) findings.push(`${where}: <${name}> is empty`);
    }
  }
  for (const person of [...all(node, "author"), ...all(node, "contributor")]) {
    if (all(person, "name").length !== 1 || !all(person, "name")[0].text.trim()) findings.push(`${where}: an author without one name`);
  }
  for (const { attributes } of all(node, "category")) if (!attributes.term) findings.push(`${where}: a category without a term`);
  const alternates = new Set();
  for (const { attributes } of all(node, "link")) {
    if (!isAbsolute(attributes.href ?? "")) findings.push(`${where}: a link to ${attributes.href}`);
    if ((attributes.rel ?? "alternate") !== "alternate") continue;
    const pair = `${attributes.type} ${attributes.hreflang}`;
    if (alternates.has(pair)) findings.push(`${where}: two alternate links of one type`);
    alternates.add(pair);
  }
  return alternates.size;
}

test("feed.xml is an Atom feed", () => {
  const feed = tree(read("feed.xml"));
  const findings = [];
  assert.deepEqual([feed.name, feed.space], ["feed", ATOM]);
  checkCounts(feed, "feed", inFeed, ["entry"], findings);
  checkParts(feed, "feed", findings);
  const own = all(feed, "link").filter(({ attributes }) => attributes.rel === "self").map(({ attributes }) => attributes.href);
  assert.deepEqual(own, [`${publicAddress}feed.xml`]);
  const entries = all(feed, "entry");
  assert.ok(entries.length >= 8, `only ${entries.length} entries`);
  const ids = new Set([all(feed, "id")[0]?.text]);
  for (const entry of entries) {
    const id = all(entry, "id")[0]?.text;
    if (ids.has(id)) findings.push(`${id}: occurs twice`);
    ids.add(id);
    checkCounts(entry, id, inEntry, [], findings);
    const alternates = checkParts(entry, id, findings);
    if (!all(entry, "content").length && !alternates) findings.push(`${id}: neither content nor a link to the page`);
    if (!all(entry, "author").length && !all(feed, "author").length) findings.push(`${id}: no author`);
  }
  const latest = entries.map((entry) => Date.parse(all(entry, "updated")[0].text)).sort((a, b) => a - b).at(-1);
  if (Date.parse(all(feed, "updated")[0].text) < latest) findings.push("feed: <updated> is older than its latest entry");
  assert.equal(findings.length, 0, report(findings));
});

test("the feed lists every story", () => {
  const stories = pages(folder).filter((path) => /^stories\/[^/]+\/index\.html$/.test(path));
  const links = all(tree(read("feed.xml")), "entry").map((entry) => all(entry, "link")[0].attributes.href);
  assert.deepEqual(links.sort(), stories.map((path) => publicAddress + path.replace("index.html", "")).sort());
});

/** Whether a page asks search engines to leave it out. */
function isHidden(page) {
  let hidden = false;
  const walk = (node) => {
    const value = (name) => node.attrs?.find((attribute) => attribute.name === name)?.value;
    hidden ||= node.tagName === "meta" && value("name") === "robots" && /noindex/.test(value("content") ?? "");
    for (const child of node.childNodes ?? []) walk(child);
  };
  walk(parse(read(page)));
  return hidden;
}

test("sitemap.xml lists exactly the pages that search engines may list", () => {
  const map = tree(read("sitemap.xml"));
  assert.deepEqual([map.name, map.space], ["urlset", SITEMAP]);
  const findings = [];
  const listed = map.children.map((url) => {
    if (all(url, "loc").length !== 1) findings.push("an entry without one address");
    for (const { text } of all(url, "lastmod")) {
      if (!isInstant(text) && !isInstant(`${text}T00:00:00Z`)) findings.push(`lastmod ${text} is not a date`);
    }
    for (const child of url.children) if (!["loc", "lastmod"].includes(child.name)) findings.push(`<${child.name}> in an entry`);
    return all(url, "loc")[0]?.text;
  });
  const wanted = pages(folder).filter((page) => !isHidden(page));
  assert.ok(!wanted.includes("404.html"), "404.html should say noindex");
  const addresses = wanted.map((page) => publicAddress + encodeURI(page.replace(/(^|\/)index\.html$/, "$1")));
  assert.deepEqual(listed.sort(), addresses.sort());
  assert.equal(findings.length, 0, report(findings));
});

test("robots.txt allows the site and names the sitemap", () => {
  const lines = read("robots.txt").split("\n").filter((line) => line.trim() && !line.startsWith("#"));
  for (const line of lines) assert.match(line, /^(User-agent|Allow|Disallow|Sitemap): ?\S*$/i);
  assert.ok(lines.some((line) => /^User-agent: \*$/i.test(line)));
  assert.ok(!lines.some((line) => /^Disallow: \/$/i.test(line)), "robots.txt shuts the site");
  assert.deepEqual(lines.filter((line) => /^Sitemap:/i.test(line)), [`Sitemap: ${publicAddress}sitemap.xml`]);
});

/** Width and height of a PNG file, from its first chunk (PNG specification, 11.2.2). */
function pngSize(path) {
  const bytes = readFileSync(path);
  assert.equal(bytes.toString("latin1", 1, 4), "PNG", `${path} is not a PNG file`);
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
}

test("the web manifest names the film, and its icons are as large as it says", () => {
  const manifest = JSON.parse(read("site.webmanifest"));
  for (const key of ["name", "short_name", "start_url", "display", "icons"]) assert.ok(manifest[key], `no ${key}`);
  assert.ok(existsSync(join(folder, manifest.start_url)), `start_url ${manifest.start_url} is not there`);
  const sizes = manifest.icons.map((icon) => {
    assert.equal(icon.type, "image/png");
    assert.equal(pngSize(join(folder, icon.src)), icon.sizes);
    return icon.sizes;
  });
  for (const size of ["192x192", "512x512"]) assert.ok(sizes.includes(size), `no icon of ${size}`);
});

test("the icons that pages name are as large as they say", () => {
  const home = read("index.html");
  const icon = /<link rel="icon" href="([^"]+)" sizes="([^"]+)"/.exec(home);
  assert.ok(icon, "the home page names no icon");
  assert.equal(pngSize(join(folder, icon[1])), icon[2]);
  const touch = /<link rel="apple-touch-icon" href="([^"]+)"/.exec(home);
  assert.ok(touch, "the home page names no icon for a telephone's home screen");
  assert.equal(pngSize(join(folder, touch[1])), "180x180");
});
