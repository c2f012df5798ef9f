// AVIF, which Backlot makes when it is built with that feature and a site lists it: pictures that every reader reads, with the
// words of their sources in them, and that a browser takes. A Backlot without the feature says what to do.
//
// BACKLOT_AVIF=path   another binary than target/avif/backlot, which tests/run makes

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "./browser.mjs";
import { files, serve, source } from "./site.mjs";

const project = fileURLToPath(new URL("../../", import.meta.url));
const binary = resolve(process.env.BACKLOT_AVIF ?? join(project, "target/avif/backlot"));
const without = resolve(process.env.BACKLOT ?? join(project, "target/release/backlot"));
const ffmpeg = (...more) => execFileSync("ffmpeg", ["-v", "error", "-y", ...more]);

/** A site whose pictures have every shape and kind of pixels. */
function site() {
  const root = mkdtempSync(join(tmpdir(), "backlot-avif-"));
  process.on("exit", () => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, "media/day-1");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(root, "site.toml"), '[production]\ntitle = "Rain"\n[site]\ntimezone = "Europe/London"\n[photos]\nformats = ["avif", "webp", "jpeg"]\nquality = "high"\n');
  writeFileSync(join(folder, "gallery.toml"), 'title = "Day 1"\n[defaults]\ncredit = "Ada Marsh / Tidewater"\ncopyright = "© 2026 Tidewater"\n');
  const still = join(source, "media/03-storm/rain-rig.jpg");
  for (const [name, filter] of [["whole.jpg", "scale=900:-1"], ["grey.jpg", "scale=333:-1,format=gray"], ["odd.jpg", "scale=497:331"], ["strip.png", "scale=400:8"], ["clear.png", "scale=200:-1,format=rgba,colorchannelmixer=aa=0.5"]]) {
    ffmpeg("-i", still, "-vf", filter, "-map_metadata", "-1", join(folder, name));
  }
  return root;
}

const build = (root, ...more) => spawnSync(binary, ["build", root, "--as-of", "2026-06-01", "--quiet", ...more], { encoding: "utf8" });
const pictures = (root) => files(join(root, "public")).filter((path) => /^media\/\w+\.avif$/.test(path));
const page = (root, name) => readFileSync(join(root, "public/galleries/day-1", name, "index.html"), "utf8");
const stage = (root, name) => /class="stage-picture".*?<\/picture>/s.exec(page(root, name))[0];
const offered = (root, name, ending) => [...new Set(stage(root, name).match(new RegExp(`[0-9a-f]{20}\\.${ending}`, "g")))];

let root;
before(() => {
  assert.ok(existsSync(binary), `There is no ${binary}. tests/run makes it`);
  root = site();
  const run = build(root);
  assert.equal(run.status, 0, run.stderr);
});

test("every opaque still that is not tiny has it first, and others have what they had", () => {
  for (const name of ["whole", "grey", "odd"]) {
    assert.match(stage(root, name), /^[^]*?<source[^>]*type="image\/avif"[^]*?<img/, name);
    assert.ok(offered(root, name, "avif").length > 0 && offered(root, name, "jpg").length > 0, name);
  }
  for (const name of ["strip", "clear"]) assert.deepEqual(offered(root, name, "avif"), [], name);
});

test("readers of AVIF see the same picture as in the JPEG", () => {
  for (const name of ["whole", "grey", "odd"]) {
    const [avif, jpeg] = ["avif", "jpg"].map((ending) => join(root, "public/media", offered(root, name, ending).at(-1)));
    const grey = (path) => execFileSync("ffmpeg", ["-v", "error", "-i", path, "-vf", "scale=60:40", "-pix_fmt", "rgb24", "-f", "rawvideo", "-"], { maxBuffer: 1 << 26 });
    const [a, b] = [grey(avif), grey(jpeg)];
    assert.equal(a.length, b.length);
    const difference = a.reduce((sum, value, at) => sum + Math.abs(value - b[at]), 0) / a.length;
    assert.ok(difference < 3, `${name}: ${difference.toFixed(2)} of 255 apart`);
  }
});

test("credit and copyright are in every one, and nothing else is", () => {
  const all = JSON.parse(execFileSync("exiftool", ["-json", "-G1", "-a", "-u", "-q", ...pictures(root).map((path) => join(root, "public", path))], { encoding: "utf8" }));
  assert.ok(all.length > 5);
  for (const file of all) {
    assert.equal(file["XMP-photoshop:Credit"], "Ada Marsh / Tidewater", file.SourceFile);
    assert.equal(file["XMP-dc:Rights"], "© 2026 Tidewater", file.SourceFile);
    const others = Object.keys(file).filter((tag) => !/^(SourceFile|ExifTool|System|File|Meta|QuickTime|Composite|ItemList|XMP-(dc|photoshop|x|xmpRights):)/.test(tag));
    assert.deepEqual(others, [], file.SourceFile);
    assert.equal(file["File:Warning"] ?? file["ExifTool:Warning"], undefined);
  }
});

test("a second build into another cache gives the same bytes", () => {
  const folder = join(root, "again");
  const again = site();
  assert.equal(build(again, "--output", folder).status, 0);
  for (const path of pictures(root)) assert.ok(readFileSync(join(root, "public", path)).equals(readFileSync(join(folder, path))), path);
});

test("Chromium takes it", async () => {
  const [browser, server] = [await launch(), await serve(join(root, "public"))];
  after(() => Promise.all([browser.close(), server.close()]));
  const tab = await browser.newPage();
  await tab.goto(`${server.address}galleries/day-1/whole/`);
  const shown = await tab.evaluate(async () => {
    const image = document.querySelector(".stage-picture img");
    await image.decode();
    return { address: image.currentSrc, width: image.naturalWidth };
  });
  assert.match(shown.address, /\.avif$/);
  assert.ok(shown.width > 300);
});

test("a Backlot without AVIF says what to do", () => {
  const run = spawnSync(without, ["check", root], { encoding: "utf8" });
  assert.equal(run.status, 1);
  assert.match(run.stderr, /this Backlot cannot make pictures as `avif`/);
  assert.match(run.stderr, /--features avif/);
});
