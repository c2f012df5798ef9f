// Prints which number of each encoder reaches which target. Called by benches/tune.
import { at, mean, pictures, score, targets, tenth, trial, widths } from './measure.mjs';

const numbers = { webp: [30, 45, 58, 70, 78, 85, 92], jpeg: [40, 52, 62, 70, 76, 82, 88, 93] };
// A quantiser: the larger, the worse.
if (process.env.AVIF) numbers.avif = [175, 150, 125, 105, 85, 60];
const all = process.argv.slice(2).flatMap(pictures);
const files = [];
for (const picture of all) {
  for (const width of widths) files.push(...score(trial(picture, width, numbers)).map((file) => ({ ...file, width })));
  process.stderr.write('.');
}
process.stderr.write('\n');

for (const [format, tried] of Object.entries(numbers)) {
  const table = (chosen) => tried.map((number) => {
    const own = files.filter((file) => file.format === format && file.number === number && chosen.includes(file.width));
    const scores = own.map((file) => file.score);
    return { number, mean: mean(scores), tenth: tenth(scores), bytes: mean(own.map((file) => file.bytes)), ms: mean(own.map((file) => file.ms)) };
  });
  const row = (name, cells) => console.log(`| ${[name, ...cells].join(' | ')} |`);
  console.log(`\n${format}: ${all.length} pictures at ${widths.join(', ')}\n`);
  row('number', ['mean', '10th %', 'bytes, mean', 'ms, mean']);
  row('---', ['---', '---', '---', '---']);
  const points = table(widths);
  for (const point of points) row(point.number, [point.mean.toFixed(2), point.tenth.toFixed(2), Math.round(point.bytes), Math.round(point.ms)]);
  const alone = widths.map((width) => [width, table([width])]);
  for (const [name, target] of targets) {
    const exact = at(points, Number(target), (p) => p.mean, (p) => p.number);
    const number = format === 'avif' ? Math.floor(exact + 0.05) : Math.ceil(exact - 0.05);
    const there = (y) => at(points, number, (p) => p.number, y);
    const each = alone.map(([width, own]) => `${width}: ${at(own, Number(target), (p) => p.mean, (p) => p.number).toFixed(1)}`);
    row(`**${number}** for ${name}, ${target}`, [there((p) => p.mean).toFixed(2), there((p) => p.tenth).toFixed(2), `${Math.round(there((p) => p.bytes))} (alone ${each.join(', ')})`]);
  }
}
