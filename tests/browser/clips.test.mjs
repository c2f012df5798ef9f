// Clips made ready by the ffmpeg that is installed: a frame and smaller sizes that Chromium plays, the same in every
// build, without what a camera says of itself. How ffmpeg is asked is tested in tests/suite/reels.rs.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { desk, launch, phone } from "./browser.mjs";
import { files, serve } from "./site.mjs";

const binary = resolve(process.env.BACKLOT ?? fileURLToPath(new URL("../../target/release/backlot", import.meta.url)));
const work = mkdtempSync(join(tmpdir(), "backlot-clips-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));
let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** A site with one clip of three seconds, with sound and with a place and a device in its metadata. */
function site() {
  const folder = join(work, "site");
  mkdirSync(join(folder, "media/day"), { recursive: true });
  const noise = ["-f", "lavfi", "-i", "testsrc2=size=640x360:rate=24:duration=3", "-f", "lavfi", "-i", "sine=frequency=330:duration=3"];
  const secrets = ["-metadata", "location=+51.5007-000.1246/", "-metadata", "com.apple.quicktime.model=Secret Camera", "-metadata", "comment=Secret Words"];
  execFileSync("ffmpeg", ["-v", "error", ...noise, ...secrets, "-c:v", "libx264", "-c:a", "aac", "-movflags", "use_metadata_tags", join(folder, "media/day/clip.mp4")]);
  writeFileSync(join(folder, "site.toml"), '[production]\ntitle = "Clips"\n[clips]\nposter = "ffmpeg"\nrenditions = [240, 144]\n');
  writeFileSync(join(folder, "media/day/gallery.toml"), 'title = "Day"\n[clip."clip.mp4"]\ntitle = "A clip"\nalt = "Colours"\npeople = []\n');
  return folder;
}

function build(folder, output) {
  assert.ok(existsSync(binary), `There is no ${binary}. Make it with: cargo build --release`);
  execFileSync(binary, ["build", folder, "--output", output, "--quiet"], { stdio: ["ignore", "inherit", "inherit"] });
  return output;
}

test("a clip in two sizes and two codecs, with a frame as its poster", async () => {
  const folder = site();
  const output = build(folder, join(work, "public"));
  const films = files(output).filter((path) => path.endsWith(".mp4"));
  assert.equal(films.length, 4, films.join(" "));
  for (const path of films) {
    const text = readFileSync(join(output, path)).toString("latin1");
    for (const secret of ["Secret", "+51.5", "Lavf", "encoder"]) assert.ok(!text.includes(secret), `${path} says ${secret}`);
  }
  const server = await serve(output);
  for (const [viewport, height] of [[phone, 240], [desk, 240], [{ width: 250, height: 500 }, 144]]) {
    const page = await browser.newPage({ viewport });
    await page.goto(server.address + "galleries/day/");
    const seen = await page.evaluate(async () => {
      const video = document.querySelector("video");
      const poster = new Image();
      poster.src = video.poster;
      await poster.decode();
      video.muted = true;
      video.preload = "auto";
      video.load();
      await new Promise((ready, failed) => ((video.onloadeddata = ready), (video.querySelector("source:last-of-type").onerror = failed)));
      return { height: video.videoHeight, ratio: video.videoWidth / video.videoHeight, poster: poster.naturalWidth, seconds: video.duration };
    });
    assert.equal(seen.height, height, `on ${viewport.width} pixels`);
    assert.ok(Math.abs(seen.ratio - 16 / 9) < 0.02 && seen.poster === 640 && Math.abs(seen.seconds - 3) < 0.2, JSON.stringify(seen));
    await page.close();
  }
  await server.close();
  rmSync(join(folder, ".backlot"), { recursive: true });
  const again = build(folder, join(work, "again"));
  for (const path of files(output)) assert.ok(readFileSync(join(output, path)).equals(readFileSync(join(again, path))), `${path} differs`);
});
