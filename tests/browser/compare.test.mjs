// Before and after, in Chromium and Firefox, on a telephone, a tablet and a desk: by keyboard, mouse and finger, and
// without JavaScript; clips with their chapters; and outside videos, which nobody is asked for before a click.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch, phone } from "./browser.mjs";
import { drivers, screens } from "./drivers.mjs";
import { build, buildChanged, serve } from "./site.mjs";

const story = "stories/a-harbour-in-six-seconds/";

let server;
before(async () => (server = await serve(build("http://localhost/"))));
after(() => server?.close());

/** Where the slider stands, and where the second picture begins, in percent from the left. */
const slider = (page) =>
  page.evaluate(() => {
    const figure = document.querySelector(".compare");
    const range = figure.querySelector("input");
    figure.scrollIntoView({ block: "center", behavior: "instant" });
    const box = figure.querySelector(".compare-frame").getBoundingClientRect();
    return {
      value: Number(range.value),
      cut: parseFloat(/inset\(0(?:px)? 0(?:px)? 0(?:px)? ([\d.]+)%/.exec(getComputedStyle(figure.querySelectorAll(".compare-side")[1]).clipPath)?.[1]),
      handle: ((figure.querySelector(".compare-handle").getBoundingClientRect().left - box.left) / box.width) * 100,
      label: range.getAttribute("aria-label"),
      said: range.getAttribute("aria-valuetext"),
      labels: [...figure.querySelectorAll(".compare-label")].map((label) => label.checkVisibility() && label.textContent),
      box: { x: box.x, y: box.y, width: box.width, height: box.height },
    };
  });

for (const [browserName, start] of Object.entries(drivers)) {
  describe(browserName, () => {
    let browser;
    before(async () => (browser = await start()));
    after(() => browser?.close());

    for (const [screenName, screen] of Object.entries(screens)) {
      test(`${screenName}: keys, and the ${screen.touch ? "finger" : "mouse"}, move the slider; both sides keep their labels`, async () => {
        const page = await browser.page(screen);
        await page.goto(server.address + story);
        let now = await slider(page);
        assert.deepEqual([now.value, now.cut, now.labels], [50, 50, ["Clay", "Dusk"]]);
        assert.ok(Math.abs(now.handle - 50) < 0.5, `the handle is at ${now.handle} %`);
        assert.equal(now.label, "How much of the second picture is shown");
        assert.equal(now.said, "50 % Dusk");
        await page.evaluate(() => document.querySelector(".compare input").focus());
        for (let i = 0; i < 5; i += 1) await page.keyboard.press("ArrowRight");
        now = await slider(page);
        assert.deepEqual([now.value, now.cut], [45, 55], "the arrow to the right moves the handle to the right");
        for (let i = 0; i < 10; i += 1) await page.keyboard.press("ArrowLeft");
        now = await slider(page);
        assert.deepEqual([now.value, now.cut, now.said], [55, 45, "55 % Dusk"]);
        const [from, to] = [0.45, 0.8].map((part) => [Math.round(now.box.x + now.box.width * part), Math.round(now.box.y + now.box.height / 2)]);
        const path = [0, 0.25, 0.5, 0.75, 1].map((part) => [from[0] + (to[0] - from[0]) * part, from[1]]);
        if (screen.touch) await page.fingers([path]);
        else {
          await page.mouse.move(...from);
          await page.mouse.down();
          for (const point of path) await page.mouse.move(...point);
          await page.mouse.up();
        }
        now = await slider(page);
        assert.ok(Math.abs(now.cut - 80) < 6, `it was drawn to 80 % and stands at ${now.cut} %`);
        await page.done();
      });
    }
  });
}

describe("in Chromium", () => {
  let browser;
  before(async () => (browser = await launch()));
  after(() => browser?.close());

  test("without JavaScript both pictures are there with their labels: side by side, or one above the other", async () => {
    for (const [viewport, beside] of [[{ width: 1440, height: 900 }, true], [phone, false]]) {
      const page = await browser.newPage({ viewport, javaScriptEnabled: false });
      await page.goto(server.address + story);
      assert.equal(await page.locator(".compare input").count(), 0);
      const [first, second] = await Promise.all([0, 1].map((n) => page.locator(".compare-side").nth(n).boundingBox()));
      assert.ok(first.width > 200 && first.height > 100 && Math.abs(first.width - second.width) < 1);
      assert.ok(beside ? second.x >= first.x + first.width && first.y === second.y : second.y >= first.y + first.height, "they lie over each other");
      for (const n of [0, 1]) assert.ok(await page.locator(".compare-label").nth(n).isVisible());
      await page.close();
    }
  });

  test("a clip is a player with a poster, captions and a transcript; it loads nothing before it is played, and chapters jump", async () => {
    const page = await browser.newPage();
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(server.address + story, { waitUntil: "networkidle" });
    const clip = await page.evaluate(() => {
      const player = document.querySelector("video");
      const ratio = player.clientWidth / player.clientHeight;
      return { preload: player.preload, controls: player.controls, poster: Boolean(player.poster), tracks: player.querySelectorAll("track[kind=captions][srclang=en]").length, right: Math.abs(ratio - player.getAttribute("width") / player.getAttribute("height")) < 0.01 };
    });
    assert.deepEqual(clip, { preload: "none", controls: true, poster: true, tracks: 1, right: true });
    assert.deepEqual(asked.filter((url) => /\.mp4$/.test(url)), []);
    assert.match(await page.locator(".video .disclosure-body").textContent(), /We start with a bare table/);
    await page.locator(".chapters a").nth(1).click();
    await page.waitForFunction(() => document.querySelector("video").currentTime >= 3);
    await page.close();
  });

  test("slow motion is slow, and what ends in a reel hands over to the next clip", async () => {
    const page = await browser.newPage({ reducedMotion: "reduce" });
    await page.goto(`${server.address}stories/who-left-this-here/`);
    await page.evaluate(() => {
      const [first, second] = document.querySelectorAll(".reel video");
      second.addEventListener("play", () => (window.handedOver = true));
      first.play().catch(() => {});
    });
    await page.waitForFunction(() => document.querySelector(".reel video").playbackRate === 0.5);
    assert.match(await page.locator(".reel .caption").first().innerText(), /Slow motion/);
    await page.evaluate(() => {
      const [first] = document.querySelectorAll(".reel video");
      first.currentTime = first.duration - 0.05;
    });
    await page.waitForFunction(() => window.handedOver);
    await page.close();
  });

  test("nobody is asked for an outside video before a click, a privacy-friendly address is after it, and without JavaScript it is a link", async () => {
    const block = '\n\n```video\nurl = "https://www.youtube.com/watch?v=abc_DEF-123"\ntitle = "A made-up trailer"\nposter = "rain-rig.jpg"\n```\n';
    const site = await serve(buildChanged("http://localhost/", "stories/rain-on-cue.md", (text) => text + block));
    const page = await browser.newPage();
    const outside = [];
    await page.route((url) => url.origin !== site.origin, (route) => (outside.push(route.request().url()), route.fulfill({ contentType: "text/html", body: "<title>A player</title>" })));
    await page.goto(`${site.address}stories/rain-on-cue/`);
    await page.evaluate(() => document.querySelector(".embed").scrollIntoView());
    await page.waitForLoadState("networkidle");
    assert.deepEqual(outside, []);
    await page.locator(".embed-link").click();
    const frame = await page.locator(".embed iframe").getAttribute("src");
    assert.match(frame, /^https:\/\/www\.youtube-nocookie\.com\/embed\/abc_DEF-123/);
    assert.equal(await page.locator(".embed iframe").getAttribute("title"), "A made-up trailer");
    await page.close();
    const plain = await browser.newPage({ javaScriptEnabled: false });
    await plain.goto(`${site.address}stories/rain-on-cue/`);
    assert.equal(await plain.locator(".embed-link").getAttribute("href"), "https://www.youtube.com/watch?v=abc_DEF-123");
    await plain.close();
    await site.close();
  });
});
