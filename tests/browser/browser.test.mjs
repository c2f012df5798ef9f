// The site in Chromium: accessibility, errors, outside requests, narrow screens, sub-folders, file://, no JavaScript,
// keyboard, layout shift.
//
// CHROMIUM=path   another browser than the one that is installed

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { checkAccessibility, desk, flatPictures, kinds, launch, narrow, overflowing, phone } from "./browser.mjs";
import { build, isStill, pages, report, sample, serve } from "./site.mjs";

let folder;
let server;
let browser;

before(async () => {
  folder = build("http://localhost/");
  server = await serve(folder);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** A page that notes what goes wrong on it in `findings`: console errors, exceptions, failed and outside requests. */
async function open(options, origin, findings) {
  const context = await browser.newContext({ viewport: phone, colorScheme: "dark", ...options });
  const page = await context.newPage();
  const where = () => page.url().replace(origin, "");
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") findings.push(`${where()}: console: ${message.text()}`);
  });
  page.on("pageerror", (error) => {
    // Chromium breaks a passage between pages off when one of them is left too soon, before any script could be told.
    if (!/^Transition was (aborted|skipped)/.test(error.message)) findings.push(`${where()}: exception: ${error.message}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) findings.push(`${where()}: asks for ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) findings.push(`${where()}: ${response.status()} for ${response.url()}`);
  });
  page.on("requestfailed", (request) => {
    // A film that is not played, or a page that is left, stops its own loading.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") findings.push(`${where()}: ${request.failure()?.errorText} for ${request.url()}`);
  });
  return page;
}

/** Brings every picture onto the screen once and gives the addresses of those that did not load. */
async function brokenPictures(page) {
  return page.evaluate(async () => {
    const pictures = [...document.images].filter((image) => image.checkVisibility());
    const broken = [];
    for (const image of pictures) {
      image.loading = "eager";
      image.scrollIntoView({ block: "center" });
      const arrived = new Promise((done) => ["load", "error"].forEach((kind) => image.addEventListener(kind, done, { once: true })));
      const tooLong = new Promise((done) => setTimeout(done, 20_000));
      if (!image.complete) await Promise.race([arrived, tooLong]);
      if (!image.naturalWidth) broken.push(image.currentSrc || image.src);
    }
    return broken;
  });
}

describe("every page, dark and light: no axe violation, no error, nothing from outside, nothing too wide", { concurrency: 2 }, () => {
  for (const [name, viewport] of [["on a telephone", phone], ["on a desk", desk]]) {
    test(name, async () => {
      const findings = [];
      const page = await open({ viewport, reducedMotion: "reduce" }, server.origin, findings);
      for (const path of sample(folder)) {
        await page.emulateMedia({ colorScheme: "dark" });
        const answer = await page.goto(server.address + path, { waitUntil: "load" });
        assert.equal(answer.status(), 200);
        for (const colorScheme of ["dark", "light"]) {
          await page.emulateMedia({ colorScheme });
          await checkAccessibility(page, `${path} (${colorScheme})`, findings);
        }
        for (const line of await overflowing(page)) findings.push(`${path}: ${line}`);
        for (const picture of await flatPictures(page)) findings.push(`${path}: takes no room: ${picture}`);
      }
      await page.context().close();
      assert.equal(findings.length, 0, report(findings));
    });
  }
});

test("nothing is too wide on a screen of 320 pixels, and every picture loads", async () => {
  const findings = [];
  const page = await open({ viewport: narrow }, server.origin, findings);
  for (const path of pages(folder)) {
    await page.goto(server.address + path);
    for (const line of await overflowing(page)) findings.push(`${path}: ${line}`);
    for (const picture of await brokenPictures(page)) findings.push(`${path}: ${picture} does not load`);
  }
  await page.context().close();
  assert.equal(findings.length, 0, report(findings));
});

test("the site works in the folder /a/b/, its 404 page too", async () => {
  const findings = [];
  const below = build("http://localhost/a/b/");
  const site = await serve(below, "/a/b/");
  const page = await open({ viewport: desk }, `${site.origin}/a/b/`, findings);
  for (const path of sample(below, 2)) {
    await page.goto(site.address + path);
    for (const picture of await brokenPictures(page)) findings.push(`${path}: ${picture} does not load`);
  }
  await page.context().close();
  await checkMissing(site, findings);
  await site.close();
  assert.equal(findings.length, 0, report(findings));
});

/** An address that is not there, two folders deep: the 404 page has its style and pictures, and leads back into the site. */
async function checkMissing(site, findings) {
  const said = [];
  const page = await open({ viewport: desk }, site.address, said);
  const answer = await page.goto(`${site.address}no/such/page/`);
  assert.equal(answer.status(), 404);
  assert.ok(await page.evaluate(() => document.styleSheets.length > 0), "the 404 page has no style");
  for (const picture of await brokenPictures(page)) findings.push(`404: ${picture} does not load`);
  await page.locator("main a").first().click();
  await page.waitForLoadState();
  assert.ok(page.url().startsWith(site.address) && !page.url().includes("no/such"), page.url());
  await page.context().close();
  // The page itself is missing, and the browser says so: once as an answer, once in the console.
  findings.push(...said.filter((line) => !/: 404 for \S+no\/such\/page\/$|console: Failed to load resource: .* 404 /.test(line)));
  assert.equal(said.filter((line) => / 404 /.test(line)).length, 2, report(said));
}

test("from file://, links lead from home to a story to a still, and the pictures are there", async () => {
  const findings = [];
  const origin = pathToFileURL(folder).href + "/";
  const page = await open({ viewport: desk }, origin, findings);
  const broken = async () => {
    for (const picture of await brokenPictures(page)) findings.push(`${page.url()}: ${picture} does not load`);
    const count = await page.evaluate(() => [...document.images].filter((image) => image.naturalWidth > 0).length);
    assert.ok(count > 0, `${page.url()} shows no picture`);
  };
  await page.goto(`${origin}index.html`);
  await broken();
  await page.locator('main a[href^="stories/"]:not([href*="/kind/"]):not([href="stories/index.html"])').first().click();
  await page.waitForURL(/stories\/[^/]+\/index\.html$/);
  await broken();
  // A click opens the viewer, which viewer.test.mjs is about; this is where the link leads.
  await page.goto(await page.locator("main figure a:has(img)").first().evaluate((link) => link.href));
  await page.waitForURL(/galleries\/[^/]+\/[^/]+\/index\.html$/);
  await broken();
  assert.ok(isStill(page.url().replace(origin, "")));
  await page.context().close();
  // What Chromium refuses to any page from a disk, and says so: a film's captions, fetching a font before it is needed
  // (it is fetched later all the same), and the passage from one page into the next.
  const refused = /text track|\.vtt|\.woff2|console: Failed to load resource: net::ERR_FAILED$|ViewTransition/i;
  const held = findings.filter((line) => !refused.test(line));
  assert.equal(held.length, 0, report(held));
});

/** The words of the page's main part, without what a script may add. */
function words(page) {
  return page.evaluate(() => {
    const main = document.querySelector("main").cloneNode(true);
    for (const added of main.querySelectorAll(".countdown")) added.remove();
    return main.textContent.replace(/\s+/g, " ").trim();
  });
}

test("without JavaScript every kind of page has the same words, its pictures and its menu", async () => {
  const findings = [];
  const scripted = await open({ viewport: desk }, server.origin, findings);
  const plain = await open({ viewport: phone, javaScriptEnabled: false }, server.origin, findings);
  for (const path of kinds(folder)) {
    await scripted.goto(server.address + path);
    await plain.goto(server.address + path);
    const text = await words(plain);
    assert.ok(text.length > 40, `${path} says only: ${text}`);
    assert.equal(text, await words(scripted), path);
    for (const picture of await brokenPictures(plain)) findings.push(`${path}: ${picture} does not load`);
    const hidden = await plain.evaluate(() => [...document.querySelectorAll("main :is(h1, h2, p, img, li)")].filter((one) => one.closest("details:not([open])") === null && !one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })).map((one) => one.outerHTML.slice(0, 100)));
    for (const one of hidden) findings.push(`${path}: hidden without JavaScript: ${one}`);
    await plain.locator(".site-header .menu-button").first().click();
    assert.ok(await plain.locator(".site-nav a").first().isVisible(), `${path}: the menu does not open`);
  }
  await scripted.context().close();
  await plain.context().close();
  assert.equal(findings.length, 0, report(findings));
});

test("with the keyboard, the first stop is the skip link, and it leads to the content", async () => {
  const page = await open({ viewport: desk }, server.origin, []);
  for (const path of kinds(folder)) {
    await page.goto(server.address + path);
    await page.keyboard.press("Tab");
    const first = await page.evaluate(() => {
      const box = document.activeElement.getBoundingClientRect();
      return { name: document.activeElement.className, href: document.activeElement.getAttribute("href"), shown: box.top >= 0 && box.left >= 0 && box.width > 20 && box.height > 10 };
    });
    assert.deepEqual(first, { name: "skip-link", href: "#main", shown: true }, path);
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main", path);
    await page.keyboard.press("Tab");
    const inside = await page.evaluate(() => document.activeElement.closest("main, footer") !== null);
    assert.ok(inside, `${path}: after the skip link, Tab leads back above the content`);
  }
  await page.context().close();
});

test("with the keyboard, every stop on a page can be seen and has a name", async () => {
  const findings = [];
  const page = await open({ viewport: desk }, server.origin, []);
  for (const path of kinds(folder)) {
    await page.goto(server.address + path);
    const stops = await page.evaluate(() => document.querySelectorAll("a[href], button, input, video[controls], summary, [tabindex='0']").length);
    for (let i = 0; i < Math.min(stops, 40); i += 1) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate(() => {
        const one = document.activeElement;
        if (one === document.body) return undefined;
        // The ring may be the element's own, that of the whole card, or that of the slider's handle.
        const styles = [getComputedStyle(one), getComputedStyle(one, "::after"), one.nextElementSibling && getComputedStyle(one.nextElementSibling)];
        const ringed = one.matches("video") || styles.some((style) => style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
        return { html: one.outerHTML.slice(0, 100), ringed, named: one.matches("video") || Boolean(one.innerText?.trim() || one.getAttribute("aria-label") || one.getAttribute("aria-labelledby") || one.querySelector("img[alt]:not([alt=''])") || one.labels?.length) };
      });
      if (!stop) break;
      if (!stop.ringed) findings.push(`${path}: no focus ring: ${stop.html}`);
      if (!stop.named) findings.push(`${path}: no name: ${stop.html}`);
    }
  }
  await page.context().close();
  assert.equal(findings.length, 0, report(findings));
});

/** How far things moved on each gallery's page, loaded and scrolled to its end: one line for each that moved more than `limit`. */
async function moved(page, limit) {
  const findings = [];
  for (const path of pages(folder).filter((path) => /^galleries\/[^/]+\/index\.html$/.test(path))) {
    for (const viewport of [phone, desk]) {
      await page.setViewportSize(viewport);
      await page.goto(server.address + path);
      await brokenPictures(page);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const shifts = await page.evaluate(() => window.shifts);
      const sum = shifts.reduce((total, { value }) => total + value, 0);
      if (sum > limit) findings.push(`${path} at ${viewport.width}: ${sum}: ${shifts.map(({ names }) => names).join("; ")}`);
    }
  }
  return findings;
}

async function watched() {
  const page = await open({ viewport: phone }, server.origin, []);
  await page.addInitScript(() => {
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        window.shifts.push({ value: entry.value, names: entry.sources.map(({ node }) => `${node?.nodeName}.${node?.className}`).join(", ") });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  return page;
}

test("nothing moves while a gallery's pictures arrive", async () => {
  const page = await watched();
  await page.route("**/*.woff2", (route) => route.abort());
  const findings = await moved(page, 0);
  await page.context().close();
  assert.equal(findings.length, 0, report(findings));
});

test("nothing moves to speak of while a gallery's fonts arrive", async () => {
  const page = await watched();
  await page.route("**/*.woff2", (route) => setTimeout(() => route.continue().catch(() => {}), 300));
  // The stand-in has the font's measures, so at most a caption breaks elsewhere; search engines mind from 0.1 on.
  const findings = await moved(page, 0.02);
  await page.context().close();
  assert.equal(findings.length, 0, report(findings));
});
