// Draws flat graphics as SVG and writes them as PNG. Called by benches/flat.
import { join } from 'node:path';
import sharp from 'sharp';

const [target] = process.argv.slice(2);
// A plain generator, so that the drawings are the same every time.
let state = 7;
const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
const between = (low, high) => low + random() * (high - low);
const words = 'rain lamp harbour stairs tide keeper rope salt match door night wind boat girl storm glass brass oil wick bell'.split(' ');
const sentence = (count) => Array.from({ length: count }, () => words[Math.floor(random() * words.length)]).join(' ');
const text = (x, y, size, fill, content, more = '') =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}" ${more.includes('font-family') ? '' : 'font-family="DejaVu Sans"'} ${more}>${content}</text>`;
const path = (points, width, stroke = '#222') =>
  `<path d="M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round"/>`;
const many = (count, draw) => Array.from({ length: count }, (_, index) => draw(index)).join('');
const scribble = (x, y, reach, steps) => Array.from({ length: steps }, () => [x + between(-reach, reach), y + between(-reach, reach)]);

const drawings = {
  poster: [1800, 2700, '#e9a84c', () =>
    text(120, 2300, 300, '#14110e', 'SALT', 'font-weight="bold"') + text(120, 2570, 300, '#14110e', 'LIGHT', 'font-weight="bold"') +
    '<circle cx="1180" cy="860" r="520" fill="#f6f3ee"/><path d="M1040 1900L1120 700h120l80 1200z" fill="#b3231b"/><rect x="1096" y="560" width="168" height="150" fill="#14110e"/>' +
    text(130, 240, 52, '#14110e', 'A short film about people who leave a light on', 'letter-spacing="4"')],
  'title-card': [1920, 1080, '#050506', () =>
    text(960, 560, 190, '#ece8e1', 'Saltlight', 'text-anchor="middle" font-family="DejaVu Serif"') + text(960, 690, 40, '#e9a84c', 'SOMEBODY HAS TO KEEP IT BURNING', 'text-anchor="middle" letter-spacing="10"')],
  storyboard: [2400, 1600, '#fbf9f4', () => many(6, (index) => {
    const [x, y] = [90 + (index % 3) * 760, 90 + Math.floor(index / 3) * 760];
    return `<rect x="${x}" y="${y}" width="700" height="420" fill="#fff" stroke="#222" stroke-width="5"/>` +
      many(18, () => path(scribble(x + between(120, 580), y + between(90, 330), 80, 9), between(1.5, 5))) +
      many(3, (line) => text(x, y + 490 + line * 50, 32, '#333', sentence(7)));
  })],
  'script-page': [1700, 2200, '#ffffff', () => many(46, (line) =>
    text(line % 5 ? 260 : 560, 180 + line * 42, 28, '#111', line % 5 ? sentence(12) : sentence(2).toUpperCase(), 'font-family="DejaVu Sans Mono"'))],
  'call-sheet': [2000, 1500, '#ffffff', () => many(20, (row) =>
    `<rect x="80" y="${80 + row * 66}" width="1840" height="66" fill="${row % 4 ? '#ffffff' : '#f2c500'}" stroke="#0c0d0c" stroke-width="2"/>` +
    many(4, (column) => text(100 + column * 460, 124 + row * 66, 28, '#0c0d0c', sentence(3))))],
  'floor-plan': [2200, 1500, '#f4f6f8', () =>
    many(40, (line) => path([[line * 56, 0], [line * 56, 1500]], 1, '#c8d4de')) + many(28, (line) => path([[0, line * 56], [2200, line * 56]], 1, '#c8d4de')) +
    many(14, () => { const [x, y] = [between(100, 1700), between(100, 1100)]; return `<rect x="${x.toFixed(0)}" y="${y.toFixed(0)}" width="${between(150, 420).toFixed(0)}" height="${between(110, 300).toFixed(0)}" fill="none" stroke="#1f4e79" stroke-width="7"/>` + text(x.toFixed(0), (y - 12).toFixed(0), 26, '#1f4e79', sentence(2)); })],
  'evening-poster': [1600, 2000, '#101522', () =>
    '<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#101522"/><stop offset="0.7" stop-color="#48406a"/><stop offset="1" stop-color="#e08a4c"/></linearGradient></defs><rect width="1600" height="1500" fill="url(#sky)"/>' +
    many(90, () => `<circle cx="${between(0, 1600).toFixed(0)}" cy="${between(0, 900).toFixed(0)}" r="${between(1, 4).toFixed(1)}" fill="#fff"/>`) +
    '<path d="M0 1500L300 1320 520 1400 900 1250 1250 1420 1600 1330V2000H0z" fill="#07080c"/>' + text(800, 1750, 150, '#ece8e1', 'NINE MINUTES', 'text-anchor="middle" font-weight="bold"')],
  editing: [1920, 1200, '#1e1e22', () =>
    many(5, (track) => many(14, (clip) => `<rect x="${20 + clip * 136}" y="${640 + track * 104}" width="${between(60, 130).toFixed(0)}" height="92" rx="6" fill="hsl(${(track * 67 + 200) % 360} 45% 45%)"/>`)) +
    many(24, (line) => text(30, 70 + line * 23, 17, '#c8c8cc', sentence(5))) + '<rect x="640" y="40" width="1240" height="560" fill="#2c2c33"/>' +
    many(60, (bar) => `<rect x="${660 + bar * 20}" y="${(560 - between(20, 460)).toFixed(0)}" width="12" height="${between(20, 460).toFixed(0)}" fill="#5aa469"/>`)],
};

for (const [name, [width, height, paper, draw]] of Object.entries(drawings)) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${paper}"/>${draw()}</svg>`;
  await sharp(Buffer.from(svg)).removeAlpha().png().toFile(join(target, `${name}.png`));
}
console.log(`${Object.keys(drawings).length} drawings in ${target}`);
