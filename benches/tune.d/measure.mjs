// What tune.mjs and formats.mjs share: pictures of folders, trials of one, scores.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const { MOST = '12', WIDTHS = '480 960 1440', TRIAL, SCORE } = process.env;
export const widths = WIDTHS.split(' ').map(Number);
export const targets = (process.env.TARGETS ?? 'draft:62 standard:70 high:75').split(' ').map((one) => one.split(':'));
export const work = mkdtempSync(join(process.env.TMPDIR ?? tmpdir(), 'tune-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

const sum = (list) => list.reduce((a, b) => a + b, 0);
export const mean = (list) => sum(list) / list.length;
export const tenth = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 10)];
export const geometric = (list) => Math.exp(mean(list.map(Math.log)));

/** Pictures of a folder and the folders in it, evenly spread. */
export function pictures(folder) {
  const all = readdirSync(folder, { recursive: true }).filter((name) => /\.(jpe?g|png|webp|tiff?)$/i.test(name)).sort();
  const step = Math.max(1, all.length / Number(MOST));
  return Array.from({ length: Math.min(all.length, Number(MOST)) }, (_, index) => join(folder, all[Math.floor(index * step)]));
}

/** Files of one picture at a width with our encoders: format, number, bytes, milliseconds, path. */
export function trial(picture, width, formats) {
  const target = join(work, 'trial');
  rmSync(target, { recursive: true, force: true });
  const asked = Object.entries(formats).map(([name, numbers]) => `${name}:${numbers.join(',')}`);
  const lines = execFileSync(TRIAL, [picture, target, String(width), ...asked], { encoding: 'utf8' }).trim().split('\n');
  const ending = { avif: 'avif', jpeg: 'jpg', webp: 'webp', png: 'png' };
  return lines.filter(Boolean).map((line) => {
    const [format, number, bytes, ms] = line.split('\t');
    const path = join(target, `${format}-${number}.${ending[format]}`);
    return { format, number: Number(number), bytes: Number(bytes), ms: Number(ms), path: format === 'avif' ? decoded(path) : path };
  });
}

/** The score's reader knows no AVIF: it gets the same pixels as PNG. */
function decoded(path) {
  execFileSync('ffmpeg', ['-y', '-loglevel', 'error', '-i', path, '-pix_fmt', 'rgb24', `${path}.png`]);
  return `${path}.png`;
}

/** The pixels that the files of the last trial were made of. */
export const exact = () => join(work, 'trial', 'exact.png');

/** Adds to each file its score against the exact pixels. */
export function score(files) {
  const lines = execFileSync(SCORE, [exact(), ...files.map((file) => file.path)], { encoding: 'utf8', maxBuffer: 1 << 26 }).trim().split('\n');
  const values = new Map(lines.map((line) => line.split('\t')).map(([value, , path]) => [path, Number(value)]));
  return files.map((file) => ({ ...file, score: values.get(file.path) }));
}

/** Where `x` is reached between points that rise with it, what `y` is; beyond the last two their line goes on. */
export function at(points, wanted, x, y) {
  const sorted = points.toSorted((a, b) => x(a) - x(b));
  const next = Math.min(Math.max(1, sorted.findIndex((point) => x(point) >= wanted) === -1 ? sorted.length - 1 : sorted.findIndex((point) => x(point) >= wanted)), sorted.length - 1);
  const [a, b] = [sorted[next - 1], sorted[next]];
  return y(a) + ((y(b) - y(a)) * (wanted - x(a))) / (x(b) - x(a));
}
