// One page of each kind in each theme, and its search, in Chromium: no axe violation in the dark and in the light,
// nothing too wide on a screen of 320 pixels, no picture without room. The theme premiere is what browser.test.mjs looks at in full.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { checkAccessibility, desk, flatPictures, kinds, launch, narrow, overflowing, phone } from "./browser.mjs";
import { buildIn, report, serve } from "./site.mjs";

const folders = readdirSync(fileURLToPath(new URL("../../themes", import.meta.url)), { withFileTypes: true });
const themes = folders.filter((entry) => entry.isDirectory() && entry.name !== "premiere").map((entry) => entry.name);

/** The search with something found. */
async function openSearch(page, inMenu) {
  if (inMenu) await page.click(".menu-button");
  await page.click(".search-button");
  await page.keyboard.type("lamp");
  await page.waitForSelector(".search-result");
}

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

assert.ok(themes.length > 0, "there is no theme to look at");
for (const theme of themes) {
  test(`${theme}: one page of each kind`, async () => {
    const findings = [];
    const folder = buildIn(theme, "http://localhost/");
    const server = await serve(folder);
    const page = await browser.newPage({ viewport: desk, reducedMotion: "reduce" });
    page.on("pageerror", (error) => findings.push(`${page.url()}: ${error.message}`));
    for (const path of [...kinds(folder), "404.html"]) {
      await page.setViewportSize(desk);
      await page.goto(server.address + path);
      for (const colorScheme of ["dark", "light"]) {
        await page.emulateMedia({ colorScheme });
        await checkAccessibility(page, `${path} (${colorScheme})`, findings);
      }
      for (const viewport of [desk, narrow]) {
        await page.setViewportSize(viewport);
        for (const line of await overflowing(page)) findings.push(`${path} at ${viewport.width}: ${line}`);
        for (const picture of await flatPictures(page)) findings.push(`${path} at ${viewport.width}: takes no room: ${picture}`);
      }
    }
    for (const viewport of [desk, phone]) {
      await page.setViewportSize(viewport);
      await page.goto(server.address);
      await openSearch(page, viewport === phone);
      for (const colorScheme of ["dark", "light"]) {
        await page.emulateMedia({ colorScheme });
        await checkAccessibility(page, `search at ${viewport.width} (${colorScheme})`, findings);
      }
      for (const line of await overflowing(page)) findings.push(`search at ${viewport.width}: ${line}`);
    }
    await page.close();
    await server.close();
    assert.equal(findings.length, 0, report(findings));
  });
}
