// A visitor who has only a keyboard goes from the home page to a story, its slider and its clip, to a gallery, into the
// viewer and out again; and one without JavaScript sees every picture as large as it is.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { desk, launch } from "./browser.mjs";
import { build, serve } from "./site.mjs";

let server;
let browser;
before(async () => {
  server = await serve(build("http://localhost/"));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** Presses Tab until something of that kind has the focus, and makes sure that it can be seen. */
async function tabTo(page, selector) {
  for (let i = 0; i < 120; i += 1) {
    await page.keyboard.press("Tab");
    const there = await page.evaluate((selector) => document.activeElement.matches(selector), selector);
    if (!there) continue;
    assert.ok(await page.evaluate(() => {
      const box = document.activeElement.getBoundingClientRect();
      return box.bottom > 0 && box.top < innerHeight && document.activeElement.checkVisibility();
    }), `${selector} has the focus and cannot be seen`);
    return;
  }
  assert.fail(`Tab does not lead to ${selector} on ${page.url()}`);
}

const arrives = (page, path) => page.waitForURL(`${server.address}${path}`, { waitUntil: "load" });

test("with the keyboard alone: home, story, compare, clip, gallery, viewer and back", async () => {
  const page = await browser.newPage({ viewport: desk, reducedMotion: "reduce" });
  await page.goto(server.address);
  await tabTo(page, ".site-nav a[href='stories/index.html']");
  await page.keyboard.press("Enter");
  await arrives(page, "stories/");
  await tabTo(page, ".card-title a[href*='a-harbour']");
  await page.keyboard.press("Enter");
  await arrives(page, "stories/a-harbour-in-six-seconds/");

  await tabTo(page, "video");
  await page.keyboard.press("Space");
  await page.waitForFunction(() => !document.querySelector("video").paused);
  await page.keyboard.press("Space");
  await page.waitForFunction(() => document.querySelector("video").paused);
  await tabTo(page, ".chapters a[data-seek='3.0'], .chapters a[data-seek='3']");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("video").currentTime >= 3);
  await page.evaluate(() => document.querySelector("video").pause());

  await tabTo(page, ".compare-range");
  await page.keyboard.press("End");
  assert.equal(await page.evaluate(() => document.activeElement.value), "100");

  await tabTo(page, ".gallery-card a");
  await page.keyboard.press("Enter");
  await arrives(page, "galleries/01-set-build/");
  await tabTo(page, ".still-grid a");
  const picture = await page.evaluate(() => document.activeElement.href);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.getElementById("viewer").open);
  await tabTo(page, "[data-act=details]");
  await page.keyboard.press("Enter");
  assert.ok(await page.locator(".viewer-more").isVisible());
  await tabTo(page, ".viewer-people a");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Escape");
  await page.waitForURL(`${server.address}galleries/01-set-build/`);
  assert.equal(await page.evaluate(() => document.activeElement.href), picture);
  await page.close();
});

test("without JavaScript a picture leads to its own page, that to its neighbours, its people and the largest print", async () => {
  const page = await browser.newPage({ viewport: desk, javaScriptEnabled: false });
  await page.goto(`${server.address}galleries/01-set-build/`);
  assert.ok(!(await page.locator("#viewer").isVisible()));
  await page.locator(".still-grid a").first().click();
  await page.waitForURL(/galleries\/01-set-build\/[^/]+\//);
  const first = page.url();
  await page.locator(".stage-link[rel=next]").click();
  await page.waitForURL((url) => url.href !== first);
  assert.ok((await page.locator(".people-list a").count()) > 0);
  await page.locator(".stage-picture").click();
  await page.waitForURL(/\/media\/\w+\.jpg$/);
  await page.close();
});
