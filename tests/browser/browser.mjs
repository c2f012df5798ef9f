// Chromium, and what is looked for on a page of it. Used by the tests of the site and of the themes.
//
// CHROMIUM=path   another browser than the one that is installed

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";
import { pages } from "./site.mjs";

export const phone = { width: 390, height: 844 };
export const desk = { width: 1440, height: 900 };
export const narrow = { width: 320, height: 640 };
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

function chromiumPath() {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = process.env.CHROMIUM ?? names.flatMap((name) => folders.map((one) => join(one, name))).find(existsSync);
  if (!found) throw new Error("There is no Chromium. Install it, or say where it is: CHROMIUM=path");
  return found;
}

/** Starts a Chromium that asks nobody for anything; its home is a folder that goes away with the process. */
export function launch(...more) {
  const profile = mkdtempSync(join(tmpdir(), "backlot-browser-"));
  process.on("exit", () => rmSync(profile, { recursive: true, force: true }));
  return chromium.launch({ executablePath: chromiumPath(), args: [...flags, ...more], env: { ...process.env, HOME: profile } });
}

/** Elements that stick out of the window to the side, outside of a box that scrolls by itself. */
export function overflowing(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const found = [];
    if (document.documentElement.scrollWidth > width) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
    const clipped = (element) => {
      for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
        if (getComputedStyle(box).overflowX !== "visible") return true;
      }
      return false;
    };
    for (const element of document.body.querySelectorAll("*")) {
      const box = element.getBoundingClientRect();
      const hidden = box.width <= 1 || box.height <= 1 || !element.checkVisibility({ checkVisibilityCSS: true });
      if (!hidden && (box.right > width + 1 || box.left < -1) && !clipped(element)) {
        found.push(`<${element.tagName.toLowerCase()} class="${element.className}"> from ${Math.round(box.left)} to ${Math.round(box.right)}`);
      }
    }
    return found.slice(0, 5);
  });
}

/** Pictures of the main part that take no room. */
export function flatPictures(page) {
  return page.evaluate(() => {
    const flat = [...document.querySelectorAll("main img")].filter((image) => image.checkVisibility() && (image.clientWidth < 8 || image.clientHeight < 8));
    return flat.map((image) => image.alt || image.src);
  });
}

export async function checkAccessibility(page, where, findings) {
  // Colours that are still changing are no colours to judge.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))));
  // "Legacy" only means: within the page itself. The pages hold no frames, and it takes half the time.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] }).analyze();
  for (const { id, help, nodes } of violations) {
    const first = nodes[0];
    const why = [...first.any, ...first.all, ...first.none].map(({ message }) => message)[0] ?? "";
    findings.push(`${where}: ${id} (${help}), ${nodes.length} times: ${first.html.slice(0, 160)} | ${why}`);
  }
}

/** One page of each kind. */
export function kinds(folder) {
  const list = pages(folder);
  const one = (pattern) => list.find((path) => pattern.test(path));
  const patterns = [/^index/, /^stories\/index/, /^stories\/kind\//, /^stories\/a-harbour/, /^timeline/, /^crew\/index/, /^crew\/[^/]+\/index/, /^galleries\/index/, /^galleries\/[^/]+\/index/, /^galleries\/[^/]+\/[^/]+\/index/, /^about/];
  return patterns.map((pattern) => one(pattern) ?? assert.fail(`no page is like ${pattern}`));
}
