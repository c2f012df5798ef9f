// Nothing private is published: no place, serial number or edit history in any file, no original, and no byte of what is held.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { build, files, report, source } from "./site.mjs";

/** What a published file may say of itself, as exiftool names it: rights and words for readers, the two IIM fields that say
 *  how those are encoded, and what every file of its format has (size, compression, colour profile, the times of a clip). */
const rights = /^(XMP-dc:(Creator|Rights|Title|Description)|XMP-photoshop:Credit|XMP-xmpRights:(UsageTerms|WebStatement|Marked)|XMP-plus:Licensor.*|XMP-iptcCore:(AltTextAccessibility|ExtDescrAccessibility)|XMP-iptcExt:DigitalSourceType|IPTC:(By-line|Credit|CopyrightNotice|Caption-Abstract|ApplicationRecordVersion|CodedCharacterSet))$/;
const format = /^(SourceFile|(System|File|ExifTool|Composite|PNG|RIFF|JFIF|APP14|ICC[-_]\w+|ICC_Profile.*|QuickTime|Track\d+|HTML.*|XML|JSON|Font):.*)$/;
/** … and what none may, wherever it stands. */
const never = /GPS|Serial|MakerNote|Thumbnail|PreviewImage|OwnerName|History|Latitude|Longitude|Location|Software|CreatorTool|ContentCreateDate|:(Make|Model|Comment)$/i;
/** An MP4 file's times, which exist in every one: they have to be empty. */
const times = /^(QuickTime|Track\d+):.*(Create|Modify)Date$/;

/** What example-site/ holds back: the killed, the embargoed, the withdrawn and the draft, by name, address and words. */
const held = {
  "the person who has withdrawn": ["Rowan", "Castellane"],
  "the still that names them": ["costume-rack", "costume rack", "coats for the Keeper, Nell", "doll-sized coats hang"],
  "the killed still": ["monitor-check", "monitor check", "Camera monitor showing a frame of the film"],
  "the embargoed story": ["the-last-frame", "The last frame", "with one match, on the last afternoon", "There were three endings"],
  "the embargoed still": ["lamp-room", "Glowing lamp room"],
  "the draft": ["packing-list", "Packing list for a harbour", "who travels in hand luggage", "revolving door"],
};

let folder;
before(() => (folder = build()));

test("no file tells where, with what or by which steps it was made", () => {
  const run = spawnSync("exiftool", ["-json", "-G1", "-a", "-u", "-ee", "-q", "-r", "-api", "RequestAll=2", folder], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  assert.ok(run.stdout, `exiftool did not run: ${run.error ?? run.stderr}`);
  const list = JSON.parse(run.stdout);
  const pictures = files(folder).filter((path) => /\.(jpg|webp|png|mp4)$/.test(path));
  const seen = new Set(list.map(({ SourceFile }) => SourceFile.slice(folder.length + 1)));
  assert.ok(pictures.length > 100, `only ${pictures.length} pictures`);
  assert.deepEqual(pictures.filter((path) => !seen.has(path)), [], "exiftool did not read these");
  const findings = [];
  for (const { SourceFile, ...tags } of list) {
    for (const [name, value] of Object.entries(tags)) {
      const dated = times.test(name) && !/^0000:00:00/.test(value);
      if (never.test(name) || dated || !(rights.test(name) || format.test(name))) {
        findings.push(`${SourceFile.slice(folder.length + 1)}: ${name} = ${String(value).slice(0, 60)}`);
      }
    }
  }
  assert.equal(findings.length, 0, report(findings));
});

test("no original is published", () => {
  const digest = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");
  const originals = files(source).filter((path) => !/^(static|public|\.backlot)\//.test(path) && !path.endsWith(".vtt"));
  assert.ok(originals.filter((path) => path.endsWith(".jpg")).length > 30, "the originals were not found");
  const known = new Map(originals.map((path) => [digest(join(source, path)), path]));
  const findings = [];
  for (const path of files(folder)) {
    const original = known.get(digest(join(folder, path)));
    if (original) findings.push(`${path} is ${original}`);
  }
  assert.equal(findings.length, 0, report(findings));
});

test("what is held occurs in no file name and in no byte", () => {
  const findings = [];
  const paths = files(folder);
  assert.ok(paths.length > 100);
  for (const path of paths) {
    // As single bytes, so that words in a picture's metadata and in a clip are found as well.
    const bytes = readFileSync(join(folder, path)).toString("latin1").toLowerCase();
    for (const [what, words] of Object.entries(held)) {
      for (const word of words) {
        const bare = word.toLowerCase();
        if (bytes.includes(bare) || path.toLowerCase().includes(bare)) findings.push(`${path}: "${word}", ${what}`);
      }
    }
  }
  assert.equal(findings.length, 0, report(findings));
});

test("the words that are looked for are the words that are held", () => {
  const text = files(source).filter((path) => /\.(md|toml)$/.test(path) && !path.startsWith(".backlot/")).map((path) => `${path}\n${readFileSync(join(source, path), "utf8")}`).join("\n");
  for (const words of Object.values(held)) {
    assert.ok(words.some((word) => text.includes(word)), `the example site has changed: none of ${words.join(", ")} is in it`);
  }
});
