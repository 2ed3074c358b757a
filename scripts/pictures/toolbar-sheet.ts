// `npm run toolbar-sheet`: every icon with its badge in the real toolbars of both browsers, light and dark, at one and two
// pixels per point, into pictures/toolbar/sheet-*.png: as it is seen, and enlarged.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { type BadgeAppearance, badgeColour, iconPath } from '../../src/view/badge/badge-look.ts';
import { Chromium } from '../../tests/browser/drivers/chromium.ts';
import { Firefox } from '../../tests/browser/drivers/firefox.ts';
import { crop, Screen } from '../../tests/browser/drivers/screen.ts';
import { Exchange } from '../../tests/exchange/exchange.ts';

const VIEWS = (
  [
    ['98', 'live', null, false],
    ['1.2k', 'live', null, false],
    ['1.2k', 'stale', null, false],
    ['1.2k', 'attention', null, false],
    ['!', 'attention', null, false],
    ['•••', 'locked', null, false],
    ['•••', 'hidden', null, false],
    ['1.2k', 'live', null, true],
    ['1.2k', 'live', 'up', false],
    ['1.2k', 'live', 'down', false],
    ['0', 'live', 'flat', false],
    ['1.2k', 'live', 'up', true],
    ['1.2k', 'stale', 'up', false],
    ['1.2k', 'stale', 'down', false],
    ['1.2k', 'attention', 'up', false],
    ['1.2k', 'attention', 'down', false],
    ['…', 'idle', null, false],
    ['', 'idle', null, false],
    ['', 'stale', null, false],
    ['', 'attention', null, false],
  ] as const
).map(([text, look, direction, demo]): BadgeAppearance => ({ text, look, direction, demo }));

interface Toolbar {
  show(script: string): Promise<unknown>;
  picture(): Promise<PNG>;
  end(): Promise<void>;
}

/** An icon as the file of the browser, or Chromium's where Firefox has none of its own. */
function pixels(path: string, folder: string) {
  const file = (root: string) => PNG.sync.read(readFileSync(`${root}${path}`));
  let png: PNG;
  try {
    png = file(folder);
  } catch {
    png = file('public');
  }
  return { width: png.width, data: [...png.data] };
}

/** The body of a script of an extension's page that shows a view. */
function scriptFor(view: BadgeAppearance, folder: string): string {
  const icons = ([16, 32] as const).map((size) => pixels(iconPath(view, size), folder));
  return `
    const imageData = {};
    for (const { width, data } of ${JSON.stringify(icons)})
      imageData[width] = new ImageData(new Uint8ClampedArray(data), width, width);
    const { action } = globalThis.browser ?? chrome;
    await action.setIcon({ imageData });
    await action.setBadgeTextColor({ color: '#ffffff' });
    await action.setBadgeBackgroundColor({ color: ${JSON.stringify(badgeColour(view))} });
    await action.setBadgeText({ text: ${JSON.stringify(view.text)} });`;
}

const MARK: [number, number, number] = [255, 0, 255];
const MARKING = `
  const { action } = globalThis.browser ?? chrome;
  const data = new Uint8ClampedArray(32 * 32 * 4).map((_, i) => [255, 0, 255, 255][i % 4]);
  await action.setBadgeText({ text: '' });
  await action.setIcon({ imageData: { 32: new ImageData(data, 32, 32) } });`;

/** Where the marked icon is in a picture, pixels. */
function findMark(png: PNG): { x: number; y: number; size: number } | undefined {
  let [x0, y0, x1] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1];
  for (let y = 0; y < Math.min(png.height, 260); y++)
    for (let x = 0; x < png.width; x++)
      if (MARK.every((value, i) => Math.abs((png.data[(y * png.width + x) * 4 + i] ?? 0) - value) < 8))
        [x0, y0, x1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x)];
  return x1 < 0 ? undefined : { x: x0, y: y0, size: x1 - x0 + 1 };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The picture once two in a row are the same. */
async function atRest(picture: () => Promise<PNG>): Promise<PNG> {
  await sleep(150);
  for (let before = await picture(), tries = 0; tries < 40; tries++) {
    await sleep(100);
    const now = await picture();
    if (now.data.equals(before.data)) return now;
    before = now;
  }
  throw new Error('the toolbar does not come to rest');
}

async function openChromium(exchange: Exchange, dark: boolean, scale: number): Promise<Toolbar> {
  const screen = await Screen.open(1000 * scale, 300 * scale);
  if (!screen) throw new Error('Xvfb is missing');
  const chromium = await Chromium.launch({
    exchange,
    display: screen.display,
    args: [
      '--window-size=1000,300',
      `--force-device-scale-factor=${scale}`,
      ...(dark ? ['--force-dark-mode'] : []),
    ],
  });
  const page = await chromium.welcome();
  await chromium.pin();
  await page.bringToFront();
  return {
    show: (script) => page.evaluate(`(async () => { ${script} })()`),
    picture: async () => crop(screen.picture(), 0, 0, 1000 * scale, 130 * scale),
    end: () => chromium.dispose().finally(() => screen.close()),
  };
}

async function openFirefox(exchange: Exchange, dark: boolean, scale: number): Promise<Toolbar> {
  const firefox = await Firefox.launch({
    exchange,
    prefs: { 'layout.css.devPixelsPerPx': String(scale), 'ui.systemUsesDarkTheme': dark ? 1 : 0 },
  });
  return {
    show: (script) => firefox.run(script),
    picture: async () => {
      const data = await firefox.inWindow<string>(`
        const rect = new DOMRect(0, 0, innerWidth, 90);
        const bitmap = await window.browsingContext.currentWindowGlobal.drawSnapshot(rect, devicePixelRatio, 'white');
        const canvas = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas');
        Object.assign(canvas, { width: bitmap.width, height: bitmap.height });
        canvas.getContext('2d').drawImage(bitmap, 0, 0);
        return canvas.toDataURL('image/png').split(',')[1];`);
      return PNG.sync.read(Buffer.from(data, 'base64'));
    },
    end: () => firefox.dispose(),
  };
}

/** All views: a row as they are seen, and one enlarged. */
async function sheetOf(toolbar: Toolbar, folder: string, scale: number): Promise<PNG> {
  await toolbar.show(MARKING);
  const mark = findMark(await atRest(toolbar.picture));
  if (!mark) throw new Error('the icon is not on the toolbar');
  process.stdout.write(`${folder} at ${scale}: the icon is ${JSON.stringify(mark)}\n`);
  const [margin, zoom] = [8 * scale, 6 / scale];
  const cell = mark.size + 2 * margin;
  const out = new PNG({ width: VIEWS.length * cell * zoom, height: cell * (zoom + 1) });
  for (const [index, view] of VIEWS.entries()) {
    await toolbar.show(scriptFor(view, folder));
    const picture = await atRest(toolbar.picture);
    const at = [mark.x - margin, mark.y - margin, cell, cell] as const;
    PNG.bitblt(crop(picture, ...at), out, 0, 0, cell, cell, index * cell, 0);
    PNG.bitblt(crop(picture, ...at, zoom), out, 0, 0, cell * zoom, cell * zoom, index * cell * zoom, cell);
  }
  return out;
}

mkdirSync('pictures/toolbar', { recursive: true });
const exchange = await Exchange.start();
for (const [name, open, folder] of [
  ['chromium', openChromium, 'public'],
  ['firefox', openFirefox, 'public-firefox'],
] as const) {
  if (process.argv[2] && process.argv[2] !== name) continue;
  for (const [dark, scale] of [
    [false, 1],
    [true, 1],
    [false, 2],
    [true, 2],
  ] as const) {
    const toolbar = await open(exchange, dark, scale);
    try {
      const path = `pictures/toolbar/sheet-${name}-${dark ? 'dark' : 'light'}-${scale}x.png`;
      writeFileSync(path, PNG.sync.write(await sheetOf(toolbar, folder, scale)));
      process.stdout.write(`${path}\n`);
    } finally {
      await toolbar.end();
    }
  }
}
await exchange.stop();
