// `npm run icons`: renders scripts/pictures/icons/*.svg for the half of the icon that the badge leaves visible: the upper one
// in Chromium (public/icons), the lower one in Firefox (public-firefox/icons, which its build adds). Measured at 16 pixels
// (`npm run toolbar-sheet`): Chromium leaves seven rows of pixels and a part of the eighth, Firefox eight.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { findChromium } from '../setup.js';

const GREY = '#76818f';
const DIRECTIONS = { up: '#169a62', down: '#d9482f', flat: GREY } as const;
const SIZES = [16, 32];

/** A drawing: its file, and where it is in a box of 16 × 8. */
interface Part {
  file: string;
  x: number;
  width: number;
  colour?: string;
}

const whole = (file: string): Part[] => [{ file, x: 0, width: 16 }];
const centred = (file: string): Part[] => [{ file, x: 4, width: 8 }];
/** A direction alone, which is wider. */
const wide = (file: string, colour: string): Part[] => [{ file, x: 2, width: 12, colour }];
/** A state beside a direction. */
const pair = (file: string, direction: string): Part[] => [
  { file, x: 0, width: 8 },
  { file: direction, x: 9, width: 7, colour: GREY },
];

const ICONS: Record<string, Part[]> = {
  live: whole('live'),
  stale: centred('stale'),
  attention: whole('attention'),
  locked: centred('locked'),
  hidden: whole('hidden'),
  demo: whole('demo'),
  ...Object.fromEntries(
    Object.entries(DIRECTIONS).flatMap(([direction, colour]) => [
      [direction, wide(direction, colour)],
      [`stale-${direction}`, pair('stale', direction)],
      [`attention-${direction}`, pair('mark', direction)],
    ]),
  ),
};
/** Without a badge: in the middle. */
const ALONE: Record<string, Part[]> = {
  'stale-alone': centred('stale'),
  'attention-alone': whole('attention'),
};

/** The parts in a square, `top` below its upper edge. */
function square(parts: Part[], top: number, height = 8): string {
  const drawn = parts.map(({ file, x, width, colour }) => {
    const svg = readFileSync(`scripts/pictures/icons/${file}.svg`, 'utf8');
    return svg.replace(
      '<svg ',
      `<svg x="${x}" y="${top}" width="${width}" height="${height}" preserveAspectRatio="none" color="${colour ?? ''}" `,
    );
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${drawn.join('')}</svg>`;
}

const browser = await chromium.launch({ executablePath: findChromium() ?? '' });
const page = await browser.newPage();

async function render(svg: string, path: string, sizes: number[]): Promise<void> {
  for (const size of sizes) {
    const sized = svg.replace('<svg ', `<svg width="${size}" height="${size}" `);
    await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${sized}`);
    const clip = { x: 0, y: 0, width: size, height: size };
    writeFileSync(`${path}-${size}.png`, await page.screenshot({ clip, omitBackground: true }));
  }
}

for (const [folder, top] of [
  ['public/icons', 0],
  ['public-firefox/icons', 8],
] as const) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, parts] of Object.entries(ICONS))
    await render(square(parts, top), `${folder}/${name}`, SIZES);
}
for (const [name, parts] of Object.entries(ALONE))
  await render(square(parts, 4), `public/icons/${name}`, SIZES);
await render(square(whole('brand'), 0, 16), 'public/icons/brand', [...SIZES, 48, 128]);
await browser.close();
