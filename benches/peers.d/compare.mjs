// Runs the tools in turns, scores what they made, and prints the table. Called by benches/peers.
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, mkdirSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { promisify } from 'node:util';

const [photographs, hugoSite, derivatives, score] = process.argv.slice(2);
const { TOOLS, ONLY, ROUNDS = '1', WIDTHS = '1920 1440 960 480', WEBP = '80', JPEG = '80' } = process.env;
const jobs = process.env.JOBS ?? String(availableParallelism());
const widths = WIDTHS.split(' ');
const work = mkdtempSync(join(process.env.TMPDIR ?? tmpdir(), 'peers-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

const script = (name, parallel, threads) => (from, to) =>
  ['node', join(TOOLS, `${name}.mjs`), from, to, parallel, threads, WEBP, JPEG, ...widths];
const tools = {
  backlot: (from, to) => [derivatives, from, to, jobs, ...widths],
  sharp: script('sharp', jobs, '1'),
  eleventy: script('eleventy', jobs, '1'),
  hugo: (from, to) => [hugoSite, join(TOOLS, 'venv/bin/hugo'), from, to, WEBP, JPEG, ...widths],
};

// Seconds of processor and of the clock, and mebibytes of the largest process.
function run(command) {
  const [from, to] = command;
  rmSync(to, { recursive: true, force: true });
  const log = join(work, 'time');
  const [program, ...rest] = command.slice(2);
  execFileSync('/usr/bin/time', ['-o', log, '-f', '%U %S %e %M', program, ...rest], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [user, system, wall, memory] = readFileSync(log, 'utf8').trim().split('\n').pop().split(' ').map(Number);
  return { from, cpu: user + system, wall, memory: memory / 1024 };
}
const turn = (tool, from, to) => run([from, to, ...tool(from, to)]);
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

// sharp's best: several photographs at once or several threads for one, whichever takes the least processor time.
function bestSharp() {
  const few = join(work, 'few');
  mkdirSync(few);
  const names = readdirSync(photographs);
  const step = Math.max(1, Math.floor(names.length / 6));
  names.filter((_, index) => index % step === 0).slice(0, 6).forEach((name) => execFileSync('cp', [join(photographs, name), few]));
  // Both at once is left out: sharp 0.35.5 stood still for good there, after six photographs had gone well.
  const settings = [[jobs, '1'], ['1', jobs]];
  const tried = settings.map(([parallel, threads]) => {
    const taken = turn(script('sharp', parallel, threads), few, join(work, 'tried'));
    console.log(`sharp, ${parallel} at once with ${threads} threads: ${taken.cpu.toFixed(1)} s of CPU, ${taken.wall.toFixed(1)} s`);
    return { parallel, threads, cpu: taken.cpu };
  });
  const best = tried.toSorted((a, b) => a.cpu - b.cpu)[0];
  return script('sharp', best.parallel, best.threads);
}

async function scores(names) {
  const found = new Map();
  const waiting = readdirSync(photographs);
  const worker = async () => {
    for (let photo; (photo = waiting.shift()); ) {
      const stem = parse(photo).name;
      const files = names.flatMap((name) => readdirSync(join(work, name))
        .filter((file) => /^(.*)-\d+\.(webp|jpg)$/.exec(file)?.[1] === stem).map((file) => join(work, name, file)));
      const { stdout } = await promisify(execFile)(score, [join(photographs, photo), ...files], { maxBuffer: 1 << 26 });
      for (const line of stdout.trim().split('\n')) {
        const [value, bytes, path] = line.split('\t');
        found.set(path, { value: Number(value), bytes: Number(bytes) });
      }
    }
  };
  await Promise.all(Array.from({ length: Number(jobs) }, worker));
  return found;
}

const names = ONLY.split(' ').filter((name) => tools[name]);
if (names.includes('sharp')) tools.sharp = bestSharp();
const taken = Object.fromEntries(names.map((name) => [name, []]));
for (let round = 0; round < Number(ROUNDS); round += 1) {
  for (const name of round % 2 ? names.toReversed() : names) {
    const result = turn(tools[name], photographs, join(work, name));
    taken[name].push(result);
    console.log(`${name}: ${result.cpu.toFixed(1)} s of CPU, ${result.wall.toFixed(1)} s, ${result.memory.toFixed(0)} MiB`);
  }
}
const scored = await scores(names);
const base = names.includes('sharp') ? 'sharp' : names[0];
// Only what everybody made is compared.
const common = readdirSync(join(work, base)).filter((file) => names.every((name) => scored.has(join(work, name, file))));
const of = (name, pattern) => common.filter((file) => pattern.test(file)).map((file) => scored.get(join(work, name, file)));
const sum = (list) => list.reduce((a, b) => a + b, 0);
const mean = (list) => sum(list) / list.length;
const tenth = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 10)];
const middle = (name, field) => median(taken[name].map((result) => result[field]));

console.log(`\n${readdirSync(photographs).length} photographs, ${common.length} pictures each; CPU, wall and bytes as ratios to ${base}\n`);
console.log('| | CPU | wall | peak MiB | WebP bytes | mean | 10th % | JPEG bytes | mean | 10th % |');
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |');
const row = (label, name, webp, jpeg, shown) => {
  const cells = [webp, jpeg].flatMap((pattern) => {
    const own = of(name, pattern);
    const ratio = sum(own.map((x) => x.bytes)) / sum(of(base, pattern).map((x) => x.bytes));
    const values = own.map((x) => x.value);
    return [ratio.toFixed(3), mean(values).toFixed(2), tenth(values).toFixed(2)];
  });
  console.log(`| ${[label, ...shown, ...cells].join(' | ')} |`);
};
for (const name of names) {
  row(name, name, /\.webp$/, /\.jpg$/, [
    (middle(name, 'cpu') / middle(base, 'cpu')).toFixed(3),
    (middle(name, 'wall') / middle(base, 'wall')).toFixed(2),
    middle(name, 'memory').toFixed(0),
  ]);
}
for (const width of widths) {
  const pattern = (ending) => new RegExp(`-${width}\\.${ending}$`);
  for (const name of names) row(`${name}, ${width}`, name, pattern('webp'), pattern('jpg'), ['', '', '']);
}
