// Draws public/icons: `npm run icons`. Four shapes that differ in grey and at 16 px, with the badge over
// their lower half: a full disc (live), an empty ring (outdated), a triangle (the user has to act), a
// padlock.
import { mkdirSync, writeFileSync } from 'node:fs';
import { PNG } from 'pngjs';

type Point = [x: number, y: number];
/** A shape in the unit square: the colour at a point, or null outside. */
type Shape = (at: Point) => Colour | null;
type Colour = [red: number, green: number, blue: number];

const GREEN: Colour = [11, 122, 95];
const PALE: Colour = [190, 236, 221];
const WHITE: Colour = [255, 255, 255];
const GREY: Colour = [120, 130, 143];
const RED: Colour = [199, 58, 35];

const radius = ([x, y]: Point) => Math.hypot(x - 0.5, y - 0.5);
const within = ([x, y]: Point, x0: number, x1: number, y0: number, y1: number) =>
  x >= x0 && x <= x1 && y >= y0 && y <= y1;

/** A coin with its two parts: what is cash and what is in positions. */
const live: Shape = (at) => {
  if (radius(at) > 0.48) return null;
  if (within(at, 0.24, 0.76, 0.27, 0.43)) return at[0] < 0.56 ? WHITE : at[0] > 0.6 ? PALE : GREEN;
  if (within(at, 0.24, 0.76, 0.57, 0.73)) return at[0] < 0.4 ? WHITE : at[0] > 0.44 ? PALE : GREEN;
  return GREEN;
};

const stale: Shape = (at) => {
  const r = radius(at);
  return r <= 0.48 && r >= 0.33 ? GREY : null;
};

const attention: Shape = (at) => {
  const [x, y] = at;
  const half = (y - 0.04) * 0.56;
  if (y < 0.04 || y > 0.92 || Math.abs(x - 0.5) > half) return null;
  const mark = within(at, 0.45, 0.55, 0.32, 0.62) || within(at, 0.45, 0.55, 0.7, 0.8);
  return mark ? WHITE : RED;
};

/** A padlock, its shackle above what the badge covers. */
const locked: Shape = (at) => {
  const ring = Math.hypot(at[0] - 0.5, at[1] - 0.3);
  if (
    at[1] < 0.46 &&
    (at[1] > 0.3 ? Math.abs(Math.abs(at[0] - 0.5) - 0.215) < 0.055 : Math.abs(ring - 0.215) < 0.055)
  )
    return GREY;
  return within(at, 0.16, 0.84, 0.46, 0.94) ? GREY : null;
};

const SAMPLES = 8;

function draw(shape: Shape, size: number): Buffer {
  const png = new PNG({ width: size, height: size });
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const sum = [0, 0, 0];
      let hits = 0;
      for (let i = 0; i < SAMPLES * SAMPLES; i++) {
        const at: Point = [
          (x + ((i % SAMPLES) + 0.5) / SAMPLES) / size,
          (y + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES) / size,
        ];
        const colour = shape(at);
        if (!colour) continue;
        hits++;
        colour.forEach((value, channel) => {
          sum[channel] = (sum[channel] ?? 0) + value;
        });
      }
      const pixel = sum.map((value) => (hits ? Math.round(value / hits) : 0));
      png.data.set([...pixel, Math.round((255 * hits) / SAMPLES ** 2)], (y * size + x) * 4);
    }
  }
  return PNG.sync.write(png);
}

mkdirSync('public/icons', { recursive: true });
for (const [name, shape] of Object.entries({ live, stale, attention, locked })) {
  for (const size of name === 'live' ? [16, 32, 48, 128] : [16, 32, 48]) {
    writeFileSync(`public/icons/${name}-${size}.png`, draw(shape, size));
  }
}
