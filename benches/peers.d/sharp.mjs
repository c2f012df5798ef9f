// The best script for sharp that we know: one decode to raw pixels of the largest width, each width from the one
// above, nothing cached, several photographs at once.
//
// node sharp.mjs PHOTOGRAPHS TARGET PARALLEL THREADS WEBP-QUALITY JPEG-QUALITY WIDTH...
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join, parse } from 'node:path';
import sharp from 'sharp';

const [folder, target, parallel, threads, webp, jpeg, ...widths] = process.argv.slice(2);
sharp.cache(false);
sharp.concurrency(Number(threads));
mkdirSync(target, { recursive: true });
const waiting = readdirSync(folder).map((name) => join(folder, name));
waiting.sort((a, b) => statSync(b).size - statSync(a).size);

async function make(path) {
  let pixels;
  for (const width of widths.map(Number).sort((a, b) => b - a)) {
    const source = pixels ? sharp(pixels.data, { raw: pixels.info }) : sharp(path).rotate();
    pixels = await source.resize({ width, withoutEnlargement: true }).raw().toBuffer({ resolveWithObject: true });
    const base = join(target, `${parse(path).name}-${width}`);
    const one = () => sharp(pixels.data, { raw: pixels.info });
    await one().webp({ quality: Number(webp), effort: 4 }).toFile(`${base}.webp`);
    await one().jpeg({ quality: Number(jpeg), optimiseCoding: true }).toFile(`${base}.jpg`);
  }
}

async function worker() {
  for (let path; (path = waiting.shift()); ) await make(path);
}
await Promise.all(Array.from({ length: Number(parallel) }, worker));
