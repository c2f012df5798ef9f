// The search in Chromium: asked for when it is opened, by keyboard alone, read out, in a sub-folder and from a disk, and
// not there without scripts. What it finds is tested in tests/suite/search.rs.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { desk, launch, phone } from "./browser.mjs";
import { build, serve } from "./site.mjs";

let folder;
let browser;
before(async () => {
  folder = build("http://localhost/");
  browser = await launch();
});
after(() => browser?.close());

/** A page with what it asked for, and its mistakes. */
async function open(address, options = {}) {
  const context = await browser.newContext({ viewport: desk, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  page.on("pageerror", (error) => assert.fail(error.message));
  await page.goto(address, { waitUntil: "load" });
  return { page, asked, close: () => context.close() };
}

/** Opens the search with the keyboard, from the link before it in the menu, and types. */
async function look(page, words) {
  await page.focus(".site-nav li:nth-last-child(2) a");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.type(words);
}

const titles = (page) => page.locator(".search-title").allTextContents();
const focused = (page) => page.evaluate(() => document.activeElement.className || document.activeElement.localName);

test("its files are asked for when it is first opened, and once", async () => {
  const server = await serve(folder);
  const { page, asked, close } = await open(server.address + "crew/");
  assert.ok(!asked.some((path) => path.includes("/search")), `a page asks for the search at once: ${asked}`);
  await look(page, "storm");
  await page.waitForSelector(".search-result");
  const files = () => asked.filter((path) => /\/assets\/search-/.test(path));
  assert.equal(files().length, 2, files().join(" "));
  await page.keyboard.press("Escape");
  await look(page, "");
  assert.equal(files().length, 2, "it is loaded again");
  await close();
  await server.close();
});

test("by keyboard: in, through the results and out again", async () => {
  const server = await serve(folder);
  const { page, close } = await open(server.address);
  await look(page, "rain nozz");
  await page.waitForSelector(".search-result");
  assert.ok((await titles(page)).includes("Rain on cue"), await titles(page));
  await page.waitForFunction(() => /^Found: \d+$/.test(document.querySelector(".search-status").textContent));
  assert.ok((await page.locator(".search-excerpt mark").count()) > 0, "nothing is marked");
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(page), "search-result");
  await page.keyboard.press("ArrowUp");
  assert.equal(await focused(page), "search-field");
  // Focus stays within the sheet.
  for (let presses = 0; presses < 12; presses += 1) {
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement === document.body || document.querySelector(".search").contains(document.activeElement)));
  }
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".search[open]").count(), 0);
  assert.equal(await focused(page), "search-button");
  await page.keyboard.press("Enter");
  await page.focus(".search-field");
  await page.keyboard.press("Enter");
  await page.waitForURL(/stories\/rain-on-cue\//);
  await close();
  await server.close();
});

test("accents and case do not matter, every word has to be there, and nothing found is said", async () => {
  const server = await serve(folder);
  const { page, close } = await open(server.address);
  await look(page, "lamp");
  await page.waitForSelector(".search-result");
  const plain = await titles(page);
  for (const [words, count] of [["LÂMP", plain.length], ["lamp zzzz", 0], ["\u{1f6df}", 0]]) {
    await page.fill(".search-field", words);
    await page.waitForFunction((count) => document.querySelectorAll(".search-result").length === count, count);
  }
  await page.fill(".search-field", "zzzz");
  await page.waitForFunction(() => document.querySelector(".search-status").textContent.startsWith("Nothing is found"));
  await close();
  await server.close();
});

test("in a sub-folder, from a disk, and on the page for what is not there", async () => {
  const server = await serve(folder, "/a/b/");
  for (const address of [server.address + "stories/rain-on-cue/", pathToFileURL(`${folder}/stories/rain-on-cue/index.html`).href]) {
    const { page, close } = await open(address);
    await look(page, "declan");
    await page.waitForSelector(".search-result img");
    await page.waitForFunction(() => document.querySelector(".search-result img").naturalWidth > 0);
    await page.click(".search-result");
    assert.match(await page.textContent("h1"), /Declan/);
    await close();
  }
  await server.close();
  const top = await serve(folder);
  const { page, close } = await open(top.address + "galleries/nowhere/at/all");
  await look(page, "declan");
  await page.click(".search-result");
  assert.match(await page.textContent("h1"), /Declan/);
  await close();
  await top.close();
});

test("on a telephone it is in the menu, and the menu's button has the focus afterwards", async () => {
  const server = await serve(folder);
  const { page, close } = await open(server.address, { viewport: phone, hasTouch: true, isMobile: true });
  await page.tap(".menu-button");
  // A tap is answered a moment after the finger is gone.
  await page.tap(".search-button");
  await page.waitForFunction(() => document.activeElement.className === "search-field");
  await page.keyboard.type("puppet");
  await page.waitForSelector(".search-result");
  await page.tap(".search-close");
  await page.waitForFunction(() => document.activeElement.className === "menu-button");
  await close();
  await server.close();
});

test("without scripts it is not there", async () => {
  const server = await serve(folder);
  const { page, close } = await open(server.address, { javaScriptEnabled: false });
  assert.equal(await page.locator(".search-button").isVisible(), false);
  assert.equal(await page.locator(".search").isVisible(), false);
  await close();
  await server.close();
});

test("when it cannot be loaded, it says so", async () => {
  const server = await serve(folder);
  const { page, close } = await open(server.address);
  await page.route("**/search-index.js", (route) => route.abort());
  await look(page, "rain");
  await page.waitForFunction(() => document.querySelector(".search-status").textContent.includes("cannot be loaded"));
  await close();
  await server.close();
});
