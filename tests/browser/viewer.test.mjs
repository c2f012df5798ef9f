// The viewer in Chromium and Firefox, on a telephone, a tablet and a desk: what it shows, its address, its keys, its
// gestures, where the focus is, what a screen reader is told, and how much of a script it is.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { checkAccessibility } from "./browser.mjs";
import { all, drivers, screens } from "./drivers.mjs";
import { build, buildIn, files, pages, report, serve } from "./site.mjs";

const gallery = "galleries/01-set-build/";
const clips = "galleries/04-light-camera/";
const story = "stories/one-lamp/";

let folder;
let server;
before(async () => {
  folder = build("http://localhost/");
  server = await serve(folder);
});
after(() => server?.close());

/** What there is to see and to hear. */
const state = (page) =>
  page.evaluate(() => {
    const dialog = document.getElementById("viewer");
    const image = dialog.querySelector(".viewer-slide:last-child img");
    const shown = dialog.querySelector(".viewer-slide:last-child picture");
    return {
      open: dialog.open,
      modal: dialog.matches(":modal"),
      path: location.pathname + location.hash,
      position: dialog.querySelector(".viewer-position").textContent,
      said: dialog.querySelector(".viewer-said").textContent,
      alt: image?.alt,
      loaded: Number(/ (\d+)w/.exec(image?.srcset ?? "")?.[1] ?? 0) && image.currentSrc,
      scale: shown ? new DOMMatrix(getComputedStyle(shown).transform).a : 0,
      x: shown ? new DOMMatrix(getComputedStyle(shown).transform).e : 0,
      detailed: dialog.classList.contains("is-detailed"),
      inside: dialog.contains(document.activeElement),
      focus: document.activeElement.getAttribute?.("href"),
    };
  });

/** Waits until something is so; the name says what, if it never is. */
async function until(page, name, so) {
  let last;
  for (let i = 0; i < 100; i += 1) {
    last = await state(page).catch(() => undefined);
    if (last && so(last)) return last;
    await new Promise((done) => setTimeout(done, 50));
  }
  return assert.fail(`${name}: ${JSON.stringify(last)}`);
}

/** What moves has come to rest. */
const rest = (page) => page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {}))).then(() => {}));

const links = (page) => page.evaluate(() => [...document.querySelectorAll(".still-grid a:has(img)")].map((link) => link.getAttribute("href")));

const pathOf = (from, href) => new URL(href, server.address + from).pathname.replace(/index\.html$/, "");

/** Opens the gallery and its picture number `at`. */
async function opened(page, at = 0, from = gallery) {
  // A step back of the test before may still be under way, and breaks this one off.
  await page.goto(server.address + from).catch((error) => {
    if (!/ERR_ABORTED/.test(error.message)) throw error;
    return page.goto(server.address + from);
  });
  const all = await links(page);
  await page.evaluate((index) => {
    const link = document.querySelectorAll(".still-grid a:has(img)")[index];
    link.focus();
    link.click();
  }, at);
  await until(page, "the viewer opens", (now) => now.open);
  await rest(page);
  return all;
}

for (const [browserName, start] of Object.entries(drivers)) {
  describe(browserName, () => {
    let browser;
    before(async () => (browser = await start()));
    after(() => browser?.close());

    for (const [screenName, screen] of Object.entries(screens)) {
      describe(screenName, () => {
        let page;
        before(async () => (page = await browser.page(screen)));
        after(() => page?.done());

        test("a picture opens over the page under its own address; back closes, forward opens, loading again stays", async () => {
          const [first, second] = await opened(page);
          let now = await state(page);
          assert.ok(now.modal && now.inside, "the page behind can be used, or the focus is there");
          assert.equal(now.path, pathOf(gallery, first));
          await page.keyboard.press("ArrowRight");
          now = await until(page, "the address follows", (now) => now.path === pathOf(gallery, second));
          await page.goBack();
          now = await until(page, "back closes", (now) => !now.open && now.path === `/${gallery}`);
          assert.equal(now.focus, first, "the focus is not on the picture that it came from");
          await page.goForward();
          now = await until(page, "forward opens", (now) => now.open && now.path === pathOf(gallery, second));
          await page.reload();
          const page2 = await page.evaluate(() => [location.pathname, document.querySelector(".stage-picture img").alt]);
          assert.deepEqual(page2, [pathOf(gallery, second), now.alt]);
        });

        test("Escape closes, the focus is where it was, and the address is the page's again", async () => {
          const all = await opened(page, 1);
          await page.keyboard.press("Escape");
          const now = await until(page, "Escape closes", (now) => !now.open && now.path === `/${gallery}`);
          assert.equal(now.focus, all[1]);
          assert.equal(await page.title(), await page.evaluate(() => document.querySelector("meta[property='og:title']").content));
        });

        test("arrows, Home and End go through the pictures and stop at the ends", async () => {
          const all = await opened(page);
          const at = (n) => until(page, `number ${n}`, (now) => now.position === `${n} of ${all.length}` && now.path === pathOf(gallery, all[n - 1]));
          await at(1);
          await page.keyboard.press("ArrowLeft");
          await at(1);
          await page.keyboard.press("ArrowRight");
          await at(2);
          await page.keyboard.press("End");
          await at(all.length);
          await page.keyboard.press("ArrowRight");
          await at(all.length);
          await page.keyboard.press("ArrowLeft");
          await at(all.length - 1);
          await page.keyboard.press("Home");
          await at(1);
        });

        test("the buttons say what they are and do what they say; at an end one of them is off", async () => {
          const all = await opened(page);
          const label = (act) => page.evaluate((act) => document.querySelector(`[data-act=${act}]`).getAttribute("aria-label"), act);
          assert.deepEqual([await label("back"), await label("next"), await label("close")], ["Previous picture", "Next picture", "Close"]);
          assert.equal(await page.evaluate(() => document.querySelector("[data-act=back]").getAttribute("aria-disabled")), "true");
          await page.click("[data-act=next]");
          await until(page, "the next one", (now) => now.position === `2 of ${all.length}`);
          await page.click("[data-act=back]");
          await until(page, "the one before", (now) => now.position === `1 of ${all.length}`);
          await page.click("[data-act=close]");
          await until(page, "closed", (now) => !now.open && now.path === `/${gallery}`);
        });

        test("the focus stays inside, however often Tab is pressed", async () => {
          await opened(page);
          const stops = new Set();
          for (let i = 0; i < 24; i += 1) {
            await page.keyboard.press("Tab");
            const stop = await page.evaluate(() => {
              const one = document.activeElement;
              // Between the last stop and the first lies the browser's own bar.
              if (one === document.body || one === document.documentElement) return "browser";
              return document.getElementById("viewer").contains(one) ? (one.dataset.act ?? one.textContent) : `outside: ${one.outerHTML.slice(0, 80)}`;
            });
            assert.ok(!stop.startsWith("outside"), stop);
            stops.add(stop);
          }
          for (const act of ["close", "next", "details", "copy"]) assert.ok(stops.has(act), `no stop at ${act}: ${[...stops]}`);
        });

        test("a screen reader is told the position, what is to be seen and the caption", async () => {
          await opened(page);
          const caption = await page.evaluate(() => document.querySelector(".viewer-note .caption-text").textContent);
          const now = await state(page);
          assert.equal(now.said, [now.position, now.alt, caption].join(". "));
          const names = await page.evaluate(() => {
            const dialog = document.getElementById("viewer");
            return [dialog.getAttribute("aria-label"), document.getElementById(dialog.getAttribute("aria-describedby")).getAttribute("aria-live")];
          });
          assert.deepEqual(names, ["Pictures, large", "polite"]);
        });

        test("caption, credit and people are below the picture; the people lead to their pages, whatever the address is", async () => {
          await opened(page);
          const found = await page.evaluate(() => {
            const note = document.querySelector(".viewer-note");
            return { text: note.innerText, people: [...note.querySelectorAll(".viewer-people a")].map((link) => new URL(link.href).pathname) };
          });
          assert.match(found.text, /Leila Farrokh/);
          assert.ok(found.people.length > 0, "nobody is named");
          for (const path of found.people) assert.ok(pages(folder).includes(path.slice(1)), `${path} is no page`);
        });

        test("i shows what is known of the picture, and hides it", async () => {
          await opened(page);
          const shown = () => page.evaluate(() => document.querySelector(".viewer-more").checkVisibility());
          assert.equal(await shown(), false);
          await page.keyboard.press("i");
          assert.equal(await shown(), true);
          assert.equal(await page.evaluate(() => document.querySelector("[data-act=details]").getAttribute("aria-expanded")), "true");
          await page.keyboard.press("i");
          assert.equal(await shown(), false);
        });

        test("+ and - make it larger and smaller, arrows move it then, and the largest print is loaded", async () => {
          await opened(page);
          for (let i = 0; i < 8; i += 1) await page.keyboard.press("+");
          await rest(page);
          const large = await state(page);
          assert.ok(large.scale >= 2, `scale ${large.scale}`);
          const widest = await page.evaluate(() => Math.max(...[...document.querySelector(".viewer-slide source").srcset.matchAll(/(\S+) (\d+)w/g)].map(([, , width]) => Number(width))));
          const loads = await page.evaluate(async () => {
            const image = document.querySelector(".viewer-slide img");
            for (let i = 0; i < 100 && !image.complete; i += 1) await new Promise((done) => setTimeout(done, 50));
            const set = [...document.querySelector(".viewer-slide source").srcset.matchAll(/(\S+) (\d+)w/g)];
            return Number(set.find(([, address]) => image.currentSrc.endsWith(address.replace(/^[./]+/, "")))?.[2]);
          });
          assert.equal(loads, widest);
          await page.keyboard.press("ArrowRight");
          await rest(page);
          const moved = await state(page);
          assert.ok(moved.x < large.x && moved.position === large.position, "the arrow does not move the picture");
          for (let i = 0; i < 9; i += 1) await page.keyboard.press("-");
          await rest(page);
          assert.equal((await state(page)).scale, 1);
        });

        test("two taps make it large around that point, a drag moves it, two taps more make it whole", async () => {
          await opened(page);
          const { width, height } = screen.viewport;
          const [x, y] = [Math.round(width * 0.6), Math.round(height * 0.45)];
          const twice = async () => {
            for (let i = 0; i < 2; i += 1) {
              if (screen.touch) await page.fingers([[[x, y]]]);
              else await page.mouse.click(x, y);
            }
            await rest(page);
          };
          await twice();
          const large = await until(page, "large", (now) => now.scale >= 1.9);
          const path = [0, 20, 40, 60].map((far) => [x - far, y]);
          if (screen.touch) await page.fingers([path]);
          else {
            await page.mouse.move(x, y);
            await page.mouse.down();
            for (const [px, py] of path) await page.mouse.move(px, py);
            await page.mouse.up();
          }
          await rest(page);
          const moved = await state(page);
          assert.ok(Math.abs(large.x - 60 - moved.x) < 3, `moved from ${large.x} to ${moved.x}`);
          assert.equal(moved.position, large.position, "the drag turned the leaf");
          await new Promise((done) => setTimeout(done, 400));
          await twice();
          await until(page, "whole", (now) => now.scale === 1);
        });

        test("the neighbours are loaded before they are asked for", async () => {
          await opened(page, 1);
          const known = await page.evaluate(async () => {
            const image = document.querySelector(".viewer-slide img");
            for (let i = 0; i < 100 && !image.complete; i += 1) await new Promise((done) => setTimeout(done, 50));
            await new Promise((done) => setTimeout(done, 500));
            return performance.getEntriesByType("resource").map(({ name }) => name);
          });
          for (const key of ["ArrowRight", "ArrowLeft", "ArrowLeft"]) {
            await page.keyboard.press(key);
            await rest(page);
            const now = await state(page);
            assert.ok(known.includes(now.loaded), `${now.loaded} was not there yet`);
          }
        });

        if (screen.touch) {
          test("a swipe turns the leaf, one down closes, two fingers make it large and small", async () => {
            const all = await opened(page);
            const { width, height } = screen.viewport;
            const [x, y] = [width / 2, height * 0.45];
            await page.fingers([[0, 40, 80, 120].map((far) => [x + 60 - far, y])]);
            await until(page, "the next one", (now) => now.position === `2 of ${all.length}`);
            await rest(page);
            await page.fingers([[0, 40, 80, 120].map((far) => [x - 60 + far, y])]);
            await until(page, "the one before", (now) => now.position === `1 of ${all.length}`);
            await rest(page);
            await page.fingers([[20, 40, 60, 80].map((far) => [x - far, y]), [20, 40, 60, 80].map((far) => [x + far, y])]);
            await rest(page);
            const large = await until(page, "large", (now) => now.scale > 1.5);
            assert.equal(large.position, `1 of ${all.length}`);
            await page.fingers([[80, 60, 40, 20].map((far) => [x - far, y]), [80, 60, 40, 20].map((far) => [x + far, y])]);
            await rest(page);
            await until(page, "whole", (now) => now.scale === 1);
            await page.fingers([[0, 50, 100, 150].map((far) => [x, y - 40 + far])]);
            await until(page, "closed", (now) => !now.open && now.path === `/${gallery}`);
          });
        }

        test("clips are part of the sequence: with captions, chapters and transcript, silent when they are left", async () => {
          await opened(page, 0, clips);
          await page.keyboard.press("End");
          const clip = await page.evaluate(() => {
            const player = document.querySelector(".viewer-slide:last-child video");
            return { there: Boolean(player), preload: player?.preload, poster: Boolean(player?.poster) };
          });
          assert.deepEqual(clip, { there: true, preload: "none", poster: true });
          await page.keyboard.press("ArrowLeft");
          await page.keyboard.press("i");
          const about = await page.evaluate(() => [document.querySelectorAll(".viewer-slide:last-child track").length, document.querySelectorAll(".viewer-note [data-seek]").length, document.querySelector(".viewer-note .disclosure")?.checkVisibility()]);
          const [tracks, chapters, transcript] = about;
          assert.ok(tracks === 0 || (chapters > 0 && transcript), JSON.stringify(about));
          await page.keyboard.press("ArrowLeft");
          assert.equal(await page.evaluate(() => [...document.querySelectorAll("video")].every((one) => one.paused)), true);
        });

        test("on the still's own page the picture opens as large as the screen, and its neighbours are a key away", async () => {
          await page.goto(server.address + gallery);
          const [first, second] = await links(page);
          await page.goto(new URL(first, server.address + gallery).href);
          await page.click(".stage-picture");
          let now = await until(page, "open", (now) => now.open);
          assert.match(now.position, /^1 of \d+$/);
          await rest(page);
          await page.keyboard.press("ArrowRight");
          now = await until(page, "the next page's viewer", (now) => now.open && now.path === pathOf(gallery, second));
          await page.keyboard.press("Escape");
          await until(page, "closed on its page", (now) => !now.open && now.path === pathOf(gallery, second));
          await page.keyboard.press("ArrowLeft");
          await page.waitForFunction((path) => location.pathname === path, ...(browserName === "Firefox" ? [{}, pathOf(gallery, first)] : [pathOf(gallery, first)]));
        });
      });
    }

    test("the slideshow goes on by itself, ends with any key, and tells a screen reader nothing meanwhile", async () => {
      const page = await browser.page(screens["on a desk"]);
      await opened(page);
      const live = () => page.evaluate(() => [document.querySelector("[data-act=slideshow]").getAttribute("aria-pressed"), document.querySelector(".viewer-said").getAttribute("aria-live")]);
      // Five seconds are a second here.
      await page.evaluate(() => {
        const often = window.setInterval.bind(window);
        window.setInterval = (work, time) => often(work, time / 5);
      });
      await page.click("[data-act=slideshow]");
      assert.deepEqual(await live(), ["true", "off"]);
      await until(page, "it goes on", (now) => now.position.startsWith("2 "));
      await until(page, "and on", (now) => now.position.startsWith("3 "));
      await page.keyboard.press("ArrowLeft");
      assert.deepEqual(await live(), ["false", "polite"]);
      await page.done();
    });

    test("who wants no motion gets none: nothing moves when pictures open, change and come by themselves", async () => {
      const page = await browser.page({ ...screens["on a desk"], calm: true });
      await page.goto(server.address + gallery);
      const moving = () => page.evaluate(() => document.getAnimations().filter((one) => one.effect.target.closest("#viewer") && one.effect.getComputedTiming().duration > 1).length);
      await page.evaluate(() => document.querySelector(".still-grid a").click());
      assert.equal(await moving(), 0);
      for (const key of ["ArrowRight", "+", "-", "s"]) {
        await page.keyboard.press(key);
        assert.equal(await moving(), 0, key);
      }
      await page.done();
    });

    test("the whole screen can be used, and given back", async () => {
      const page = await browser.page(screens["on a desk"]);
      await opened(page);
      await page.click("[data-act=full]");
      await page.waitForFunction(() => document.fullscreenElement?.matches(".viewer-frame"));
      await page.click("[data-act=full]");
      await page.waitForFunction(() => !document.fullscreenElement);
      assert.ok((await state(page)).open);
      await page.done();
    });

    test("the link to a picture can be copied, and shared where the system can", async () => {
      const page = await browser.page({ ...screens["on a desk"], clipboard: true });
      await page.goto(server.address + gallery);
      await page.evaluate(() => {
        navigator.clipboard.writeText = async (text) => void (window.copied = text);
      });
      await page.evaluate(() => document.querySelector(".still-grid a").click());
      await until(page, "open", (now) => now.open);
      await page.click("[data-act=copy]");
      await page.waitForFunction(() => window.copied && document.querySelector(".viewer-status").textContent);
      assert.equal(await page.evaluate(() => window.copied), await page.evaluate(() => location.href));
      const status = await page.evaluate(() => [document.querySelector(".viewer-status").textContent, document.querySelector("[data-act=share]").hidden === !navigator.share]);
      assert.deepEqual(status, ["The link is copied.", true]);
      await page.done();
    });

    test("opened again before the browser has gone back from the last one, it is there, and back closes it", async () => {
      const page = await browser.page(screens["on a desk"]);
      await opened(page);
      const before = await page.evaluate(() => history.length);
      const again = [
        // Before "close" is told, and when it has been.
        (dialog, open) => open(dialog.close()),
        (dialog, open) => dialog.close(dialog.addEventListener("close", open, { once: true })),
      ];
      for (const way of again) {
        await page.evaluate(`(${way})(document.getElementById("viewer"), () => document.querySelectorAll(".still-grid a:has(img)")[1].click())`);
        await until(page, "it stays", (now) => now.open && now.position.startsWith("2 "));
        await new Promise((done) => setTimeout(done, 100));
        await page.keyboard.press("ArrowRight");
        await until(page, "the next one", (now) => now.open && now.position.startsWith("3 "));
        assert.equal(await page.evaluate(() => history.length), before);
      }
      await page.goBack();
      await until(page, "closed", (now) => !now.open && now.path === `/${gallery}`);
      await page.done();
    });

    test("from a disk it opens and closes too, with Escape and with back", async () => {
      const page = await browser.page(screens["on a desk"]);
      await page.goto(pathToFileURL(join(folder, gallery, "index.html")).href);
      for (const leave of [() => page.keyboard.press("Escape"), () => page.goBack()]) {
        await page.evaluate(() => document.querySelector(".still-grid a").click());
        await until(page, "open", (now) => now.open && now.position.startsWith("1 "));
        await page.keyboard.press("ArrowRight");
        await until(page, "the next one", (now) => now.position.startsWith("2 "));
        await leave();
        await until(page, "closed", (now) => !now.open && now.path.endsWith(`${gallery}index.html`));
      }
      assert.ok(page.url().endsWith(`${gallery}index.html`), page.url());
      await page.done();
    });
  });
}

test("no axe violation with the viewer open, in any theme, on a telephone and a desk", async () => {
  const browser = await all.Chromium();
  const findings = [];
  for (const theme of ["premiere", "broadsheet", "contact-sheet", "callsheet"]) {
    const themed = await serve(buildIn(theme, "http://localhost/"));
    for (const screen of [screens["on a telephone"], screens["on a desk"]]) {
      const page = await browser.page({ ...screen, calm: true });
      for (const scheme of ["dark", "light"]) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.goto(themed.address + gallery);
        await page.evaluate(() => document.querySelector(".still-grid a").click());
        await until(page, "open", (now) => now.open);
        await checkAccessibility(page, `${theme}, ${scheme}, ${screen.viewport.width}`, findings);
        await page.keyboard.press("i");
        await checkAccessibility(page, `${theme}, ${scheme}, ${screen.viewport.width}, details`, findings);
      }
      await page.done();
    }
    await themed.close();
  }
  await browser.close();
  assert.equal(findings.length, 0, report(findings));
});

test("all scripts of the site together are below 8 kB as they are sent, and a page without a use for them loads one", () => {
  // What can be found is no script, but is handed over as one.
  const scripts = files(folder).filter((path) => path.endsWith(".js") && !path.endsWith("search-index.js"));
  const sizes = scripts.map((path) => [path, gzipSync(readFileSync(join(folder, path)), { level: 9 }).length]);
  const sum = sizes.reduce((total, [, size]) => total + size, 0);
  assert.ok(sum < 8000, `${sum} bytes: ${sizes.join("; ")}`);
  const loaded = (path) => readFileSync(join(folder, path), "utf8").match(/<script src/g).length;
  for (const path of ["crew/index.html", "stories/index.html", "galleries/index.html", "timeline/index.html"]) assert.equal(loaded(path), 1, path);
  assert.ok(loaded(`${gallery}index.html`) === 2 && loaded(`${story}index.html`) > 1);
});
