// eleventy-img as its documentation shows it, with the same widths, formats and qualities.
//
// node eleventy.mjs PHOTOGRAPHS TARGET PARALLEL THREADS WEBP-QUALITY JPEG-QUALITY WIDTH...
import { readdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import Image from '@11ty/eleventy-img';

const [folder, target, parallel, , webp, jpeg, ...widths] = process.argv.slice(2);
Image.concurrency = Number(parallel);
await Promise.all(readdirSync(folder).map((name) => Image(join(folder, name), {
  widths: widths.map(Number),
  formats: ['webp', 'jpeg'],
  outputDir: target,
  useCache: false,
  sharpWebpOptions: { quality: Number(webp) },
  sharpJpegOptions: { quality: Number(jpeg) },
  filenameFormat: (id, source, width, format) => `${parse(source).name}-${width}.${format === 'jpeg' ? 'jpg' : format}`,
})));
