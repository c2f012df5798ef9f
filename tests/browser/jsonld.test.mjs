// Structured data: it parses, and each type, each property and each kind of value is one that schema.org knows.
// The vocabulary is the one that the package schema-dts is generated from, read from its declarations.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { before, test } from "node:test";
import { parse } from "parse5";
import { build, pages, report } from "./site.mjs";

/** Types that search engines make something of; the site is meant to have each at least once. */
const expected = ["Movie", "Person", "Article", "ImageGallery", "ImageObject", "VideoObject", "BreadcrumbList", "ListItem"];
const dataTypes = ["Text", "URL", "Number", "Integer", "Float", "Boolean", "Date", "DateTime", "Time"];

/** The vocabulary: `parents` of each declaration, `properties` of each with the types they take, and type names. */
function vocabulary() {
  const entry = createRequire(import.meta.url).resolve("schema-dts");
  const text = readFileSync(join(entry, "../schema.d.ts"), "utf8");
  const parents = new Map();
  const properties = new Map();
  const types = new Map();
  let current;
  for (const line of text.split("\n")) {
    const opened = /^(?:export )?interface (\w+)(?: extends ([^{]+))? \{$/.exec(line);
    if (opened) {
      current = opened[1];
      parents.set(current, (opened[2] ?? "").split(",").map((name) => name.trim()).filter(Boolean));
      properties.set(current, new Map());
    }
    const property = /^ {4}"(\w+)"\??: (?:SchemaValue<(.*), "\w+">|(.*));$/.exec(line);
    if (property) properties.get(current).set(property[1], (property[2] ?? "").split("|").map((name) => name.trim()));
    const type = /^ {4}"@type": "(\w+)";$/.exec(line);
    if (type) types.set(type[1], current);
  }
  return { parents, properties, types };
}

/** A declaration and all that it inherits from. */
function* lineage({ parents }, declaration) {
  yield declaration;
  for (const parent of parents.get(declaration) ?? []) yield* lineage({ parents }, parent);
}

/** The types that values of a property may have, or undefined when the type has no such property. */
function range(words, type, property) {
  for (const declaration of lineage(words, words.types.get(type))) {
    const found = words.properties.get(declaration)?.get(property);
    if (found) return found;
  }
  return undefined;
}

/** Whether a type is another or a kind of it. */
function isKindOf(words, type, other) {
  return type === other || [...lineage(words, words.types.get(type))].includes(`${other}Base`);
}

function checkValue(words, value, types, where, findings) {
  if (value === null || value === "") return findings.push(`${where}: is empty`);
  if (Array.isArray(value)) {
    if (!value.length) findings.push(`${where}: is an empty list`);
    return value.forEach((one, i) => checkValue(words, one, types, `${where}[${i}]`, findings));
  }
  if (typeof value === "object") {
    checkObject(words, value, where, findings);
    const fits = types.some((type) => words.types.has(value["@type"]) && isKindOf(words, value["@type"], type));
    if (!fits) findings.push(`${where}: ${value["@type"]} where schema.org wants ${types.join(" or ")}`);
    return;
  }
  const plain = types.filter((type) => dataTypes.includes(type));
  if (typeof value === "string" && plain.length && plain.every((type) => type === "Number" || type === "Boolean")) findings.push(`${where}: a text where schema.org wants ${plain}`);
  if (plain.includes("Date") && !plain.includes("Text") && !/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?$/.test(value)) findings.push(`${where}: ${value} is not an ISO 8601 date`);
  if (plain.length === 1 && plain[0] === "URL" && !URL.canParse(value)) findings.push(`${where}: ${value} is not an absolute address`);
  if (types.includes("Duration") && !/^P(\d+D)?(T(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/.test(value)) findings.push(`${where}: ${value} is not an ISO 8601 duration`);
}

function checkObject(words, object, where, findings) {
  const type = object["@type"];
  if (!words.types.has(type)) return findings.push(`${where}: schema.org has no type ${type}`);
  for (const [key, value] of Object.entries(object)) {
    if (key === "@type" || key === "@id") continue;
    const types = range(words, type, key);
    if (!types) findings.push(`${where}: ${type} has no property ${key}`);
    else checkValue(words, value, types, `${where}.${key}`, findings);
  }
}

/** The texts of a page's JSON-LD scripts. */
function scripts(html) {
  const found = [];
  const walk = (node) => {
    const type = node.attrs?.find(({ name }) => name === "type")?.value;
    if (node.tagName === "script" && type === "application/ld+json") found.push(node.childNodes[0]?.value ?? "");
    for (const child of node.childNodes ?? []) walk(child);
  };
  walk(parse(html));
  return found;
}

let folder;
let words;
before(() => {
  folder = build();
  words = vocabulary();
});

test("the vocabulary was read", () => {
  assert.ok(words.types.size > 800, `${words.types.size} types`);
  assert.ok(range(words, "ImageObject", "creditText"), "ImageObject inherits creditText from CreativeWork");
  assert.ok(isKindOf(words, "Movie", "Thing"));
  assert.equal(range(words, "Person", "director"), undefined);
});

test("every page's structured data is schema.org's", () => {
  const findings = [];
  const seen = new Set();
  const note = (value) => {
    if (value?.["@type"]) seen.add(value["@type"]);
    if (value && typeof value === "object") Object.values(value).forEach(note);
  };
  for (const page of pages(folder)) {
    for (const text of scripts(readFileSync(join(folder, page), "utf8"))) {
      let data;
      try {
        data = JSON.parse(text);
      } catch (error) {
        findings.push(`${page}: ${error.message}`);
        continue;
      }
      note(data);
      if (!/^https:\/\/schema\.org\/?$/.test(data["@context"])) findings.push(`${page}: @context is ${data["@context"]}`);
      const graph = data["@graph"] ?? [data];
      graph.forEach((object, i) => checkObject(words, object, `${page} ${object["@type"]}#${i}`, findings));
    }
  }
  for (const type of expected) if (!seen.has(type)) findings.push(`no page has a ${type}`);
  assert.equal(findings.length, 0, report(findings));
});
