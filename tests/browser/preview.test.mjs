// The live preview in Chromium: what a writer sees between saving a file and looking up.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { after, before, beforeEach, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { launch } from "./browser.mjs";

const project = fileURLToPath(new URL("../../", import.meta.url));
const binary = resolve(process.env.BACKLOT ?? join(project, "target/release/backlot"));
// Nothing is asserted about time: this is only how long a broken preview keeps a test waiting.
const patience = 180_000;

let folder;
let site;
let preview;
let browser;
let context;

/** Starts the preview and gives its address and how to stop it. */
async function serve(...more) {
  const child = spawn(binary, ["serve", site, "--format", "json", "--as-of", "2026-11-22T12:00:00Z", "--editor", "code", ...more], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const address = await new Promise((found, failed) => {
    child.on("exit", (code) => failed(new Error(`the preview ended with ${code}`)));
    lines.on("line", (line) => JSON.parse(line).open && found(JSON.parse(line).open));
  });
  const stop = () => new Promise((done) => (child.on("exit", done), child.kill()));
  return { address, port: new URL(address).port, stop };
}

/** Waits until the loop has nothing to do. */
async function idle() {
  const end = Date.now() + patience;
  for (;;) {
    const state = await (await fetch(`${preview.address}_backlot/state`)).json();
    if (state.idle && state.awaited === 0) return state;
    if (Date.now() > end) throw new Error(`the loop does not come to rest: ${JSON.stringify(state)}`);
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

const path = (name) => join(site, name);
const read = (name) => readFileSync(path(name), "utf8");
const write = (name, text) => writeFileSync(path(name), text);

/** A story, with enough words to scroll. */
function story(word) {
  const lines = Array.from({ length: 60 }, (_, i) => `Paragraph ${i} of many.`).join("\n\n");
  write("stories/live.md", `+++\ntitle = "Live"\nkind = "diary"\ndate = 2026-01-13\ncover = "slate.jpg"\n+++\n\nThe word is ${word}.\n\n${lines}\n`);
}

/** A mark on the window that a reload wipes away. */
const mark = (page) => page.evaluate(() => (window.stillHere = true));
const isMarked = (page) => page.evaluate(() => window.stillHere === true);

async function open(where = "stories/live/") {
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  await page.goto(preview.address + where);
  await page.locator("backlot-tool .bar").waitFor({ state: "attached" });
  return page;
}

before(async () => {
  if (!existsSync(binary)) throw new Error(`There is no ${binary}. Make it with: cargo build --release`);
  folder = mkdtempSync(join(tmpdir(), "backlot-preview-"));
  site = join(folder, "site");
  cpSync(join(project, "src/cli/scaffold"), site, { recursive: true });
  // Pixels are not what is tried here.
  write("site.toml", read("site.toml").replace(/^quality = .*$/m, 'quality = "draft"'));
  mkdirSync(path("theme/templates"), { recursive: true });
  write("theme/templates/body-end.html", '<details id="ours"><summary>More</summary>Inside.</details>\n');
  story("begun");
  preview = await serve("--port", "0");
  browser = await launch();
  await idle();
});

beforeEach(async () => {
  await context?.close();
  context = await browser.newContext({ viewport: { width: 1200, height: 800 } });
});

after(async () => {
  await browser?.close();
  await preview?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

describe("a page", () => {
  test("shows what was saved", async () => {
    const page = await open();
    const started = Date.now();
    story("saved");
    await page.getByText("The word is saved.").waitFor();
    console.log(`from save to visible text: ${Date.now() - started} ms`);
  });

  test("is not reloaded by changes elsewhere", async () => {
    const page = await open();
    await mark(page);
    const other = await open("crew/your-name/");
    write("crew/your-name.md", read("crew/your-name.md").replace(/Two or three[^]*$/, "Somebody who writes.\n"));
    await other.getByText("Somebody who writes.").waitFor();
    await idle();
    assert.ok(await isMarked(page), "a page was reloaded though nothing on it changed");
  });

  test("keeps its place and what was opened", async () => {
    story("place");
    const page = await open();
    await page.locator("#ours summary").click();
    await page.evaluate(() => scrollTo({ top: 900, behavior: "instant" }));
    await page.waitForFunction(() => scrollY === 900);
    await mark(page);
    story("moved");
    await page.getByText("The word is moved.").waitFor({ state: "attached" });
    await page.waitForFunction(() => scrollY > 850 && scrollY < 950);
    assert.ok(!(await isMarked(page)), "the page was not loaded again");
    assert.ok(await page.evaluate(() => document.getElementById("ours").open), "what was open is closed");
  });

  test("takes a new style sheet without a reload", async () => {
    const page = await open();
    await mark(page);
    await page.evaluate(() => scrollTo({ top: 500, behavior: "instant" }));
    write("site.toml", read("site.toml").includes("accent") ? read("site.toml").replace(/^#? ?accent = .*$/m, 'accent = "#11aa33"') : `${read("site.toml")}\n[theme]\naccent = "#11aa33"\n`);
    const before = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--accent"));
    await page.waitForFunction((old) => getComputedStyle(document.documentElement).getPropertyValue("--accent") !== old, before);
    assert.ok(await isMarked(page), "the page was loaded again");
    assert.ok(await page.evaluate(() => scrollY === 500));
  });

  test("takes a new picture without a reload", async () => {
    const page = await open();
    const picture = () => page.evaluate(() => document.querySelector("main img").currentSrc);
    await page.waitForFunction(() => document.querySelector("main img").currentSrc);
    const before = await picture();
    await mark(page);
    const old = readFileSync(path("media/day-01/slate.jpg"));
    cpSync(path("media/day-01/lens.jpg"), path("media/day-01/slate.jpg"));
    await page.waitForFunction((old) => document.querySelector("main img").currentSrc !== old, before);
    await page.waitForFunction(() => document.querySelector("main img").complete && document.querySelector("main img").naturalWidth > 0);
    assert.ok(await isMarked(page), "the page was loaded again");
    writeFileSync(path("media/day-01/slate.jpg"), old);
    await idle();
  });

  test("that is not there yet comes by itself", async () => {
    const page = await open("stories/later/");
    await page.locator("h1").first().waitFor();
    write("stories/later.md", '+++\ntitle = "Later than that"\ndate = 2026-01-14\n+++\n\nIt came.\n');
    await page.getByText("It came.").waitFor();
    rmSync(path("stories/later.md"));
    await page.getByText("It came.").waitFor({ state: "detached" });
  });
});

describe("mistakes", () => {
  test("stand over the last good page, and go when they are mended", async () => {
    story("good");
    const page = await open();
    await page.getByText("The word is good.").waitFor();
    const panel = page.locator("backlot-tool .panel");
    assert.ok(await panel.isHidden());
    const wrong = 'titel = "<img src=x onerror=window.hacked=1>"\nkind = "dairy"\n';
    write("stories/live.md", `+++\n${wrong}+++\n\nBroken.\n`);
    await panel.waitFor({ state: "visible" });
    assert.ok((await panel.locator(".problem").count()) >= 2, "all mistakes are shown");
    assert.match(await panel.innerText(), /stories\/live\.md, line 2/);
    assert.match(await panel.innerText(), /<img src=x onerror/, "what was typed is shown as words");
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    const link = await panel.locator("a.place").first().getAttribute("href");
    assert.equal(link, `vscode://file${path("stories/live.md")}:2:1`);
    await page.getByText("The word is good.").waitFor({ state: "attached" });
    const { violations } = await new AxeBuilder({ page }).include("backlot-tool").analyze();
    assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`), []);
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "hidden" });
    await page.locator("backlot-tool .problems").click();
    await panel.waitFor({ state: "visible" });
    story("mended");
    await panel.waitFor({ state: "hidden" });
    await page.getByText("The word is mended.").waitFor();
  });

  test("are there at once for a page that is opened meanwhile", async () => {
    write("stories/live.md", "no front matter\n");
    await idle();
    const page = await open();
    await page.locator("backlot-tool .panel").waitFor({ state: "visible" });
    story("mended");
    await page.locator("backlot-tool .panel").waitFor({ state: "hidden" });
  });
});

describe("the bar", () => {
  test("says what is shown, covers nothing, and can be closed", async () => {
    write("stories/secret.md", '+++\ntitle = "Secret"\ndate = 2026-01-14\ndraft = true\n+++\n\nHush.\n');
    await idle();
    const page = await open();
    const bar = page.locator("backlot-tool .bar");
    await bar.getByText("1 held: draft").waitFor();
    assert.match(await bar.innerText(), /As of 2026-11-22/);
    const overlap = await page.evaluate(() => {
      const tool = document.querySelector("backlot-tool").getBoundingClientRect();
      return tool.bottom - document.body.getBoundingClientRect().top;
    });
    assert.ok(overlap <= 0.5, `the bar covers ${overlap} pixels of the page`);
    await bar.getByRole("button", { name: "Close" }).click();
    assert.ok(await bar.isHidden());
    await page.reload();
    await page.waitForFunction(() => document.querySelector("backlot-tool"));
    assert.ok(await bar.isHidden(), "it stays closed");
  });

  test("leads to a page that lists what is held", async () => {
    const page = await context.newPage();
    await page.goto(`${preview.address}_backlot/`);
    await page.getByRole("rowheader", { name: "Secret" }).waitFor();
    await page.getByRole("cell", { name: /draft/ }).first().waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`), []);
    rmSync(path("stories/secret.md"));
    await page.getByRole("rowheader", { name: "Secret" }).waitFor({ state: "detached" });
  });
});

describe("many and long", () => {
  test("twelve tabs are all live", async () => {
    story("one of twelve");
    await idle();
    const tabs = await Promise.all(Array.from({ length: 12 }, () => open()));
    await Promise.all(tabs.map((page) => page.getByText("The word is one of twelve.").waitFor()));
    for (const word of ["shared", "shared again"]) {
      story(word);
      await Promise.all(tabs.map((page) => page.getByText(`The word is ${word}.`).waitFor()));
    }
    const another = await open("crew/your-name/");
    await another.locator("h1").waitFor();
  });

  test("a preview that comes back is found again", async () => {
    const page = await open();
    const { port } = preview;
    await preview.stop();
    await page.getByText("This page waits for it to come back.").waitFor();
    story("back");
    preview = await serve("--port", port);
    await page.getByText("The word is back.").waitFor();
    story("back and live");
    await page.getByText("The word is back and live.").waitFor();
  });

  test("a story that is added opens in the preview's own tab", async () => {
    const index = await context.newPage();
    await index.goto(`${preview.address}_backlot/`);
    await index.getByRole("link", { name: "/stories/live/" }).waitFor();
    const page = await open();
    const added = spawn(binary, ["add", "story", "Fresh from the set", "--site", site], { stdio: "ignore" });
    assert.equal(await new Promise((done) => added.on("exit", done)), 0);
    await index.waitForURL("**/stories/fresh-from-the-set/");
    await page.locator("backlot-tool .note").getByRole("link", { name: "Fresh from the set" }).waitFor();
    assert.equal(page.url(), `${preview.address}stories/live/`, "another tab was taken away from its reader");
  });
});
