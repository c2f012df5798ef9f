// Every address that a page, the style sheet or the structured data writes down leads to a file that is there.
// Read from the file system, as a browser does from file://: a link to a folder is an error.

import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { before, test } from "node:test";
import { parse } from "parse5";
import { build, files, pages, publicAddress, report } from "./site.mjs";

/** Attributes that hold one address, and those that hold a list of pictures. */
const single = ["href", "src", "poster", "data", "action", "formaction", "cite", "xlink:href"];
const lists = ["srcset", "imagesrcset"];
/** Elements whose outside addresses are asked for only after a click, or never. */
const readers = new Set(["a", "area", "blockquote", "q", "cite"]);

/** Files that nothing has to link to. */
const aloof = [/^\.backlot-output\.json$/, /^404\.html$/, /^robots\.txt$/, /^sitemap\.xml$/, /^humans\.txt$/, /LICENCE\.txt$/];

let folder;
let documents;
before(() => {
  folder = build();
  documents = new Map(pages(folder).map((path) => [path, elements(readFileSync(join(folder, path), "utf8"))]));
});

/** All elements of a page: name, attributes as an object, and their text for <style>. */
function elements(html) {
  const found = [];
  const walk = (node) => {
    if (node.tagName) {
      const attributes = Object.fromEntries(node.attrs.map(({ prefix, name, value }) => [prefix ? `${prefix}:${name}` : name, value]));
      const text = ["style", "script"].includes(node.tagName) ? node.childNodes.map((child) => child.value).join("") : "";
      found.push({ name: node.tagName, attributes, text });
    }
    for (const child of node.childNodes ?? []) walk(child);
    if (node.content) walk(node.content);
  };
  walk(parse(html));
  return found;
}

function cssAddresses(css) {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, "");
  const found = [...plain.matchAll(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)|@import\s+["']([^"']+)/g)];
  return found.map(([, double, single, bare, imported]) => double ?? single ?? bare ?? imported);
}

/** What an element points at: address, and whether the page asks for it by itself. A canonical address has a test of its own. */
function addresses({ name, attributes, text }) {
  if (name === "link" && attributes.rel === "canonical") return [];
  const loads = !readers.has(name);
  const found = [];
  for (const key of single) if (key in attributes) found.push({ address: attributes[key], loads });
  for (const key of lists) {
    for (const candidate of (attributes[key] ?? "").split(/,\s+/).filter(Boolean)) {
      found.push({ address: candidate.trim().split(/\s+/)[0], loads: true });
    }
  }
  for (const css of [attributes.style ?? "", name === "style" ? text : ""]) {
    for (const address of cssAddresses(css)) found.push({ address, loads: true });
  }
  return found;
}

/** What is wrong with one address on one page, or nothing. */
function fault(page, { address, loads }) {
  if (/^data:/i.test(address)) return undefined;
  if (/^(mailto|tel):/i.test(address)) return loads ? "cannot be loaded" : undefined;
  if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(address)) {
    return loads ? "is outside the site and is asked for without a click" : address.startsWith(publicAddress) ? "should be relative" : undefined;
  }
  const [rest, fragment] = address.split("#");
  const path = decodeURIComponent(rest.split("?")[0]);
  if (path.startsWith("/") && page !== "404.html") return "begins with a slash";
  const base = new URL(publicAddress).pathname;
  if (path.startsWith("/") && !path.startsWith(base)) return `does not begin with ${base}`;
  const target = path === "" ? page : path.startsWith("/") ? path.slice(base.length) : posix.join(dirname(page), path);
  if (address === "") return "is empty";
  if (target.startsWith("..")) return "leaves the site";
  const file = join(folder, target);
  if (!existsSync(file)) return "leads nowhere";
  if (!statSync(file).isFile()) return "is a folder, which file:// cannot open";
  if (fragment && documents.has(target)) {
    const id = decodeURIComponent(fragment);
    if (!documents.get(target).some(({ attributes }) => attributes.id === id)) return "names a place that is not on that page";
  }
  return undefined;
}

test("every address on every page leads somewhere", () => {
  const findings = [];
  let seen = 0;
  for (const [page, list] of documents) {
    for (const element of list) {
      for (const found of addresses(element)) {
        seen += 1;
        const why = fault(page, found);
        if (why) findings.push(`${page}: <${element.name}> ${found.address} ${why}`);
      }
    }
  }
  assert.ok(seen > 1000, `only ${seen} addresses were found`);
  assert.equal(findings.length, 0, report(findings));
});

test("every address in the style sheets leads somewhere", () => {
  const findings = [];
  let seen = 0;
  for (const sheet of files(folder).filter((path) => path.endsWith(".css"))) {
    for (const address of cssAddresses(readFileSync(join(folder, sheet), "utf8"))) {
      seen += 1;
      const why = fault(sheet, { address, loads: true });
      if (why) findings.push(`${sheet}: ${address} ${why}`);
    }
  }
  assert.ok(seen > 2, "the style sheets name no fonts");
  assert.equal(findings.length, 0, report(findings));
});

test("ids on a page are unique, and labels, controls and popovers point at them", () => {
  const findings = [];
  for (const [page, list] of documents) {
    const ids = list.map(({ attributes }) => attributes.id).filter(Boolean);
    const known = new Set(ids);
    for (const id of known) if (ids.indexOf(id) !== ids.lastIndexOf(id)) findings.push(`${page}: id ${id} occurs twice`);
    for (const { name, attributes } of list) {
      for (const key of ["for", "popovertarget", "aria-labelledby", "aria-describedby", "aria-controls"]) {
        for (const id of (attributes[key] ?? "").split(/\s+/).filter(Boolean)) {
          if (!known.has(id)) findings.push(`${page}: <${name} ${key}="${id}"> points at nothing`);
        }
      }
    }
  }
  assert.equal(findings.length, 0, report(findings));
});

/** Every address below the site's own, in text that is not a link: social tags, JSON-LD, feed, sitemap, robots. */
function ownAddresses(text) {
  const stop = /["'<>\s\\)]/;
  const found = [];
  for (let at = text.indexOf(publicAddress); at >= 0; at = text.indexOf(publicAddress, at + 1)) {
    const rest = text.slice(at + publicAddress.length);
    const end = rest.search(stop);
    found.push(end < 0 ? rest : rest.slice(0, end));
  }
  return found;
}

test("every absolute address below the site's own leads to a page or a file", () => {
  const findings = [];
  for (const path of files(folder).filter((path) => /\.(html|xml|txt|webmanifest)$/.test(path))) {
    for (const address of new Set(ownAddresses(readFileSync(join(folder, path), "utf8")))) {
      const [rest] = decodeURIComponent(address).split(/[#?]/);
      const target = rest === "" || rest.endsWith("/") ? `${rest}index.html` : rest;
      if (!existsSync(join(folder, target)) || !statSync(join(folder, target)).isFile()) findings.push(`${path}: ${publicAddress}${address} leads nowhere`);
    }
  }
  assert.equal(findings.length, 0, report(findings));
});

test("every canonical address is the page's own, and every page can be reached from the home page", () => {
  const findings = [];
  for (const [page, list] of documents) {
    const canonical = list.find(({ name, attributes }) => name === "link" && attributes.rel === "canonical")?.attributes.href;
    const own = publicAddress + page.replace(/(^|\/)index\.html$/, "$1");
    if (page !== "404.html" && canonical !== own) findings.push(`${page}: its canonical address is ${canonical}`);
  }
  const reached = new Set(["index.html"]);
  for (const page of reached) {
    for (const element of documents.get(page)) {
      if (element.name !== "a") continue;
      const path = decodeURIComponent((element.attributes.href ?? "").split(/[#?]/)[0]);
      const target = posix.join(dirname(page), path);
      if (path && documents.has(target)) reached.add(target);
    }
  }
  for (const page of documents.keys()) if (!reached.has(page) && page !== "404.html") findings.push(`${page}: no link leads to it`);
  assert.equal(findings.length, 0, report(findings));
});

test("no file is left over: each is used by a page, the style sheet, the manifest or the feed", () => {
  const all = files(folder);
  const texts = all.filter((path) => /\.(html|css|js|xml|webmanifest)$/.test(path));
  const whole = texts.map((path) => readFileSync(join(folder, path), "utf8")).join("\n");
  const unused = all.filter((path) => {
    const name = path.split("/").at(-1);
    return name !== "index.html" && !aloof.some((pattern) => pattern.test(path)) && !whole.includes(encodeURI(name));
  });
  assert.equal(unused.length, 0, report(unused));
});
