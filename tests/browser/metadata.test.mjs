// What published pictures and clips say of themselves, as exiftool reads them: the words of their sources and an embargo for
// the press; and nothing of where and with what they were made. That no other tag is in them is looked for in private.test.mjs.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build, files, isStill, report, source } from "./site.mjs";

const project = fileURLToPath(new URL("../../", import.meta.url));
const binary = resolve(process.env.BACKLOT ?? join(project, "target/release/backlot"));

/** Tags of all files below a folder, or of one file. */
function tags(path, more = []) {
  const run = spawnSync("exiftool", ["-json", "-G1", "-a", "-u", "-ee", "-q", "-r", ...more, path], { encoding: "utf8", maxBuffer: 1 << 28 });
  assert.ok(run.stdout, `exiftool did not run: ${run.error ?? run.stderr}`);
  return JSON.parse(run.stdout);
}

/** A folder that goes away with the process. */
function desk() {
  const folder = mkdtempSync(join(tmpdir(), "backlot-metadata-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Texts of a gallery.toml, one line each: the defaults and those of each still. */
function fields(path) {
  const all = { defaults: {}, stills: {} };
  let table = {};
  if (!existsSync(path)) return all;
  for (const line of readFileSync(path, "utf8").split("\n")) {
    const still = /^\[still\."(.+)"\]/.exec(line);
    if (still) table = all.stills[still[1]] = {};
    else if (/^\[defaults\]/.test(line)) table = all.defaults;
    else if (line.startsWith("[")) table = {};
    const text = /^(credit|copyright|caption) = "((?:[^"\\]|\\.)*)"/.exec(line);
    if (text) table[text[1]] = JSON.parse(`"${text[2]}"`);
  }
  return all;
}

test("credit, rights and caption of every picture are those of its source", () => {
  const folder = build();
  const published = new Map(tags(join(folder, "media")).map((file) => [file.SourceFile.slice(folder.length + 1), file]));
  const originals = new Map(tags(join(source, "media"), ["-ext", "jpg", "-ext", "png", "-ext", "tif", "-ext", "webp"]).map((file) => [file.SourceFile, file]));
  const slug = (name) => name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  const byPage = new Map();
  for (const path of originals.keys()) {
    byPage.set(`galleries/${slug(dirname(path).slice(join(source, "media").length + 1))}/${slug(path.split("/").pop().replace(/\.[^.]+$/, ""))}/index.html`, path);
  }
  const findings = [];
  let compared = 0;
  for (const page of files(folder).filter(isStill)) {
    const original = byPage.get(page);
    assert.ok(original, `the source of ${page} was not found`);
    const embedded = originals.get(original);
    const { defaults, stills } = fields(join(dirname(original), "gallery.toml"));
    const own = stills[original.split("/").pop()] ?? {};
    const creator = [embedded["XMP-dc:Creator"] ?? embedded["IPTC:By-line"] ?? embedded["IFD0:Artist"] ?? []].flat().join(", ");
    const expected = {
      credit: own.credit ?? defaults.credit ?? embedded["XMP-photoshop:Credit"] ?? embedded["IPTC:Credit"] ?? (creator || undefined),
      copyright: own.copyright ?? defaults.copyright ?? embedded["XMP-dc:Rights"] ?? embedded["IPTC:CopyrightNotice"] ?? embedded["IFD0:Copyright"],
      caption: own.caption ?? embedded["XMP-dc:Description"] ?? embedded["IPTC:Caption-Abstract"] ?? embedded["IFD0:ImageDescription"],
    };
    const stage = /class="stage-picture".*?<\/picture>/s.exec(readFileSync(join(folder, page), "utf8"))[0];
    for (const [, path] of new Set(stage.matchAll(/(media\/[0-9a-f]+\.\w+)/g))) {
      const file = published.get(path);
      const full = file["File:ImageWidth"] >= 640 || file["RIFF:ImageWidth"] >= 640;
      const said = { credit: "XMP-photoshop:Credit", copyright: "XMP-dc:Rights", ...(full ? { caption: "XMP-dc:Description" } : {}) };
      const inside = path.endsWith(".jpg") ? { credit: "IPTC:Credit", copyright: "IPTC:CopyrightNotice", ...(full ? { caption: "IPTC:Caption-Abstract" } : {}) } : {};
      for (const [what, tag] of [...Object.entries(said), ...Object.entries(inside)]) {
        compared += 1;
        if (String(file[tag] ?? "") !== String(expected[what] ?? "")) findings.push(`${path} of ${page}: ${tag} = ${file[tag]}, and its source says ${expected[what]}`);
      }
    }
  }
  assert.ok(compared > 200, `only ${compared} were compared`);
  assert.equal(findings.length, 0, report(findings));
});

test("pictures for the press say until when they are under embargo, and those for everybody do not", () => {
  const site = desk();
  const folder = join(site, "media/day-1");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(site, "site.toml"), '[production]\ntitle = "Rain"\n[site]\ntimezone = "Europe/London"\n');
  copyFileSync(join(source, "media/03-storm/rain-rig.jpg"), join(folder, "early.jpg"));
  copyFileSync(join(source, "media/03-storm/looking-up.jpg"), join(folder, "open.jpg"));
  writeFileSync(join(folder, "gallery.toml"), 'title = "Day 1"\n[still."early.jpg"]\nalt = "Rain"\nembargo = 2026-12-01T00:01:00\npress_embargo = 2026-05-01\n[still."open.jpg"]\nalt = "Up"\n');
  const run = (audience) => execFileSync(binary, ["build", site, "--audience", audience, "--as-of", "2026-06-01", "--quiet"]);
  run("press");
  run("public");
  const expected = "EMBARGOED UNTIL 2026-12-01 00:01 Europe/London (2026-12-01 00:01 UTC)";
  const press = tags(join(site, "press/media"));
  const of = (page, folder) => new Set(/class="stage-picture".*?<\/picture>/s.exec(readFileSync(join(site, folder, page), "utf8"))[0].match(/[0-9a-f]{20}\.\w+/g));
  for (const [still, wanted] of [["early", expected], ["open", undefined]]) {
    const names = of(`galleries/day-1/${still}/index.html`, "press");
    assert.ok(names.size > 2);
    for (const file of press.filter((one) => names.has(one.SourceFile.split("/").pop()))) {
      assert.equal(file["XMP-photoshop:Instructions"], wanted, file.SourceFile);
      if (file.SourceFile.endsWith(".jpg")) assert.equal(file["IPTC:SpecialInstructions"], wanted, file.SourceFile);
    }
  }
  assert.ok(tags(join(site, "public/media")).every((file) => !file["XMP-photoshop:Instructions"]));
});

test("a clip goes out without its place, and is said to hold what was cut out of it", () => {
  const site = desk();
  const folder = join(site, "media/clips");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(site, "site.toml"), '[production]\ntitle = "Rain"\n');
  mkdirSync(join(site, "stories"));
  writeFileSync(join(site, "stories/rain.md"), '+++\ntitle = "Rain"\n+++\n\n```video\nclip = "placed.mp4"\n```\n');
  const original = join(source, "media/clips/lamp-turning.mp4");
  const clip = join(folder, "placed.mp4");
  const place = ["-metadata", "location=+51.5007-000.1246/", "-metadata", "title=A secret stage", "-metadata", "comment=of Maren"];
  execFileSync("ffmpeg", ["-v", "error", "-i", original, "-c", "copy", ...place, clip]);
  execFileSync("exiftool", ["-q", "-overwrite_original", "-XMP-dc:Creator=Maren", "-XMP-exif:GPSLatitude=51.5", "-Keys:GPSCoordinates=51.5, -0.1, 10", "-ItemList:Artist=Maren", clip]);
  const telling = /GPS|Location|Latitude|Creator|Artist|Title|Comment/i;
  const named = (path) => tags(path).flatMap((file) => Object.keys(file).filter((tag) => telling.test(tag.split(":")[1] ?? "")));
  assert.ok(named(clip).length > 4, `the clip does not tell where it was made: ${named(clip)}`);
  execFileSync(binary, ["build", site, "--quiet"]);
  const published = files(join(site, "public")).filter((path) => path.endsWith(".mp4"));
  assert.equal(published.length, 1);
  const finished = join(site, "public", published[0]);
  assert.deepEqual(named(finished), []);
  for (const secret of ["51.5", "secret stage", "Maren", "<x:xmpmeta"]) assert.ok(!readFileSync(finished).includes(secret), secret);
  // Picture and sound are what they were, to the bit.
  const sound = (path) => execFileSync("ffmpeg", ["-v", "error", "-i", path, "-map", "0", "-c", "copy", "-f", "streamhash", "-"], { encoding: "utf8" });
  assert.equal(sound(finished), sound(clip));
  // Cut at the front without being encoded anew: what was cut is still in the file.
  execFileSync("ffmpeg", ["-v", "error", "-y", "-ss", "1.5", "-i", original, "-c", "copy", clip]);
  const run = spawnSync(binary, ["check", site, "--format", "json"], { encoding: "utf8" });
  const told = run.stdout.split("\n").filter((line) => line.includes('"clip-trimmed"'));
  assert.equal(told.length, 1, run.stdout + run.stderr);
  assert.match(told[0], /`placed.mp4` holds \d seconds that are cut out of it but still in the file/);
});
