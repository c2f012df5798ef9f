// Prints bytes and processor time of formats at equal score, for each folder. Called by benches/tune with FORMATS=1.
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { at, exact, geometric, mean, pictures, score, targets, trial, widths, work } from './measure.mjs';

sharp.cache(false);
sharp.concurrency(1);
const ours = { jpeg: [40, 62, 76, 88, 95], webp: [30, 58, 78, 92] };
/** Format, ending, numbers, and sharp's settings for one. */
const theirs = [
  ['JPEG, trellis (mozjpeg)', 'jpg', [40, 62, 76, 88, 95], (quality) => ['jpeg', { quality, mozjpeg: true }]],
  ['JPEG, libjpeg-turbo', 'jpg', [40, 62, 76, 88, 95], (quality) => ['jpeg', { quality, optimiseCoding: true }]],
  ['WebP, method 4', 'webp', [30, 58, 78, 92], (quality) => ['webp', { quality, effort: 4 }]],
  ['AVIF, effort 0', 'avif', [35, 50, 62, 75], (quality) => ['avif', { quality, effort: 0 }]],
  ['AVIF, effort 2', 'avif', [35, 50, 62, 75], (quality) => ['avif', { quality, effort: 2 }]],
  ['WebP, lossless', 'webp', [100], () => ['webp', { lossless: true, effort: 2 }]],
  ['PNG', 'png', [100], () => ['png', { compressionLevel: 9 }]],
  ['PNG, palette', 'png', [100], () => ['png', { palette: true, quality: 100, effort: 4 }]],
].filter(([name]) => new RegExp(process.env.ONLY ?? '.').test(name));

async function sharps() {
  const raw = await sharp(exact()).raw().toBuffer({ resolveWithObject: true });
  const files = [];
  for (const [format, ending, numbers, settings] of theirs) {
    for (const number of numbers) {
      const path = join(work, 'trial', `${format.replace(/\W+/g, '-')}-${number}.${ending}`);
      const [method, options] = settings(number);
      const before = process.cpuUsage();
      const made = await sharp(raw.data, { raw: raw.info })[method](options).toBuffer();
      const { user, system } = process.cpuUsage(before);
      writeFileSync(path, made);
      // The score's reader knows no AVIF: it gets the same pixels as PNG.
      if (ending === 'avif') await sharp(made).png({ compressionLevel: 1 }).toFile(`${path}.png`);
      files.push({ format, number, bytes: made.length, ms: (user + system) / 1000, path: ending === 'avif' ? `${path}.png` : path });
    }
  }
  return files;
}

const lossless = (format) => /lossless|PNG/.test(format);
for (const folder of process.argv.slice(2)) {
  const all = pictures(folder);
  const measured = [];
  for (const picture of all) {
    for (const width of widths) {
      const own = trial(picture, width, ours);
      const { width: across, height } = await sharp(exact()).metadata();
      const files = score([...own, ...(await sharps())]);
      const reached = (format, target, y) => {
        const points = files.filter((file) => file.format === format);
        return lossless(format) ? y(points[0]) : at(points, target, (p) => p.score, y);
      };
      const formats = [...new Set(files.map((file) => file.format))];
      for (const [name, target] of targets) {
        for (const format of formats) {
          const bytes = lossless(format) ? reached(format, 0, (p) => p.bytes) : Math.exp(reached(format, Number(target), (p) => Math.log(p.bytes)));
          const number = reached(format, Number(target), (p) => p.number);
          measured.push({ picture: basename(picture), width, name, format, bytes, number, ms: mean(files.filter((f) => f.format === format).map((f) => f.ms)), megapixels: (across * height) / 1e6 });
        }
      }
    }
    process.stderr.write('.');
  }
  process.stderr.write('\n');
  console.log(`\n${folder}: ${all.length} pictures at ${widths.join(', ')}; bytes at equal score, JPEG is 1\n`);
  console.log(`| | ${targets.map(([name, target]) => `${name}, ${target}`).join(' | ')} | ms of processor a megapixel |`);
  console.log(`| --- | ${targets.map(() => '---').join(' | ')} | --- |`);
  const base = (one) => measured.find((other) => other.format === 'jpeg' && ['picture', 'width', 'name'].every((key) => other[key] === one[key]));
  for (const format of [...new Set(measured.map((one) => one.format))]) {
    const cells = targets.map(([name]) => {
      const own = measured.filter((one) => one.format === format && one.name === name);
      const least = own.map((one) => one.bytes / base(one).bytes);
      const number = lossless(format) ? '' : ` (${Math.round(mean(own.map((one) => one.number)))})`;
      return `${geometric(least).toFixed(2)}${number}`;
    });
    const own = measured.filter((one) => one.format === format);
    console.log(`| ${format} | ${cells.join(' | ')} | ${mean(own.map((one) => one.ms / one.megapixels)).toFixed(0)} |`);
  }
  if (process.env.EACH) {
    for (const one of measured.filter((m) => m.name === 'high')) console.log(`${one.picture} ${one.width} ${one.format}: ${Math.round(one.bytes)} (${(one.bytes / base(one).bytes).toFixed(2)}), number ${one.number.toFixed(0)}`);
  }
}
