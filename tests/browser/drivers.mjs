// Two browsers that are driven in the same way: Chromium by Playwright, and the Firefox that is installed by Puppeteer over
// WebDriver BiDi, because Playwright wants a Firefox of its own. What the tests use of a page is the same in both.
//
// CHROMIUM=path, FIREFOX=path   other browsers than those that are installed
// BROWSER=Firefox                only this one

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import puppeteer from "puppeteer-core";
import { launch } from "./browser.mjs";

export const screens = {
  "on a telephone": { viewport: { width: 390, height: 844 }, touch: true },
  "on a tablet": { viewport: { width: 820, height: 1180 }, touch: true },
  "on a desk": { viewport: { width: 1440, height: 900 }, touch: false },
};

function firefoxPath() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = process.env.FIREFOX ?? ["firefox-esr", "firefox"].flatMap((name) => folders.map((one) => join(one, name))).find(existsSync);
  if (!found) throw new Error("There is no Firefox. Install it (firefox-esr), or say where it is: FIREFOX=path");
  return found;
}

/** A page of Chromium with `fingers(paths)`, which draws with as many fingers as there are paths of points. */
async function chromiumPage(browser, { viewport, touch = false, calm = false, clipboard = false }) {
  const context = await browser.newContext({ viewport, hasTouch: touch, isMobile: touch, deviceScaleFactor: touch ? 2 : 1, colorScheme: "dark", reducedMotion: calm ? "reduce" : "no-preference", permissions: clipboard ? ["clipboard-read", "clipboard-write"] : [] });
  const page = await context.newPage();
  const session = touch && (await context.newCDPSession(page));
  page.fingers = async (paths) => {
    const send = (type, points) => session.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
    const steps = Math.max(...paths.map((path) => path.length));
    for (let i = 0; i < steps; i += 1) await send(i ? "touchMove" : "touchStart", paths.map((path) => path[Math.min(i, path.length - 1)]));
    await send("touchEnd", []);
  };
  page.done = () => context.close();
  return page;
}

async function firefoxPage(browser, { viewport, touch = false }) {
  const page = await browser.newPage();
  await page.setViewport({ ...viewport, hasTouch: touch });
  page.fingers = async (paths) => {
    const hands = [];
    for (const [[x, y]] of paths) hands.push(await page.touchscreen.touchStart(x, y));
    for (let i = 1; i < Math.max(...paths.map((path) => path.length)); i += 1) {
      for (const [at, hand] of hands.entries()) await hand.move(...paths[at][Math.min(i, paths[at].length - 1)]);
    }
    for (const hand of hands) await hand.end();
  };
  page.done = () => page.close();
  return page;
}

export const all = {
  Chromium: async () => {
    const browser = await launch();
    return { page: (options) => chromiumPage(browser, options), close: () => browser.close() };
  },
  Firefox: async () => {
    const start = (calm) => puppeteer.launch({ browser: "firefox", executablePath: firefoxPath(), extraPrefsFirefox: { "ui.prefersReducedMotion": calm ? 1 : 0, "dom.w3c_touch_events.enabled": 1, "media.volume_scale": "0.0" } });
    const browsers = [await start(false)];
    const page = async (options) => {
      // Firefox is told of its visitor's wish for calm when it starts.
      if (options.calm && !browsers[1]) browsers[1] = await start(true);
      return firefoxPage(browsers[options.calm ? 1 : 0], options);
    };
    return { page, close: () => Promise.all(browsers.map((browser) => browser.close())) };
  },
};

export const drivers = Object.fromEntries(Object.entries(all).filter(([name]) => [undefined, name].includes(process.env.BROWSER)));
