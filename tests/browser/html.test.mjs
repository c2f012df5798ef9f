// Every page, through the Nu HTML checker: no error and no warning.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { build, pages, report } from "./site.mjs";

/** Messages that are not held against a page, each with the reason. */
const allowed = [];

test("every page is valid HTML", () => {
  const folder = build();
  const list = pages(folder);
  assert.ok(list.length > 20, `only ${list.length} pages were built`);
  const jar = String(createRequire(import.meta.url)("vnu-jar"));
  const paths = list.map((path) => join(folder, path));
  const run = spawnSync("java", ["-Xss4m", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", ...paths], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  assert.equal(run.status, 0, `the HTML checker did not run: ${run.error ?? run.stderr}`);
  const messages = JSON.parse(run.stdout).messages.filter((one) => one.type !== "info" || one.subType === "warning");
  const held = messages.filter((one) => !allowed.some((pattern) => pattern.test(one.message)));
  const lines = held.map((one) => {
    const page = decodeURIComponent(new URL(one.url).pathname).slice(folder.length + 1);
    return `${page}:${one.lastLine}: ${one.subType ?? one.type}: ${one.message} | ${(one.extract ?? "").trim().slice(0, 160)}`;
  });
  assert.equal(lines.length, 0, report(lines));
});
