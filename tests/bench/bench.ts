// `npm run bench`: what matters, measured in the real browser on the shipped build, each beside a floor of the same run.
// The exchange is the simulated one; while the popup is measured it does not answer.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { enter, popupStates, type State } from '../browser/states.ts';
import { Exchange } from '../exchange/exchange.ts';
import { Chromium, ORIGIN } from '../tools/chromium.ts';
import { interleave, type Row, rowsAgainst, table } from './measure.ts';

const TIMES = Number(process.env.BENCH_TIMES ?? 30);
const say = (text: string) => process.stdout.write(`${text}\n`);

/** The shipped build, with one page more: the amount written in plain HTML. */
function withFloor(): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'bench-')), 'extension');
  cpSync('dist/chrome', folder, { recursive: true });
  const head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Floor</title>';
  writeFileSync(join(folder, 'floor.html'), `${head}<main><p>Total</p><p>$1,234.56</p></main></html>`);
  return folder;
}

/** From the beginning of the navigation to the first frame with content, milliseconds. */
async function firstFrame(page: Page, path: string): Promise<number> {
  await page.goto('about:blank');
  await page.goto(`${ORIGIN}/${path}`);
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const observer = new PerformanceObserver((list) => {
          const [entry] = list.getEntriesByName('first-contentful-paint');
          if (entry) resolve(entry.startTime);
        });
        observer.observe({ type: 'paint', buffered: true });
      }),
  );
}

/** The extension's own way to append, to be injected into one of its pages. */
async function appender(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'bench-'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: true,
      lib: { entry: 'tests/bench/append-entry.ts', formats: ['iife'], name: 'bench', fileName: 'append' },
    },
  });
  const text = readFileSync(join(outDir, 'append.iife.js'), 'utf8');
  rmSync(outDir, { recursive: true });
  return text;
}

async function evaluate<T>(page: Page, expression: string): Promise<T> {
  const session = await page.context().newCDPSession(page);
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value as T;
}

/** Fills history with so many samples, a period apart, straight into the database, in the tiers that would be left. */
function filling(id: string, samples: number): string {
  return `(async () => {
    const db = await new Promise((resolve) => {
      const open = indexedDB.open('history', 1);
      open.onupgradeneeded = () => open.result.createObjectStore('samples');
      open.onsuccess = () => resolve(open.result);
    });
    const end = Date.now() - 60000;
    const tiers = [[30000, 2 * 864e5], [300000, 60 * 864e5], [3600000, Infinity], [864e5, Infinity]];
    for (const [tier, [step, keep]] of tiers.entries()) {
      const write = db.transaction('samples', 'readwrite');
      const store = write.objectStore('samples');
      const span = Math.min(keep, ${samples} * 30000);
      for (let at = end - span; at <= end; at += step) {
        const slot = tier === 0 ? at : Math.floor(at / step) * step;
        store.put({ at, cash: 765402500, positions: 469160000, gap: false }, ['${id}', tier, slot]);
      }
      await new Promise((resolve) => { write.oncomplete = resolve; });
    }
    db.close();
  })()`;
}

const exchange = await Exchange.start();
const extension = withFloor();
const chromium = await Chromium.launch({ exchange, extension });
const options = await chromium.welcome();
exchange.misbehave({ kind: 'hang' });
const rows: Record<string, Row[]> = {};

say('Filling a year of history…');
await evaluate(options, filling('a', 1_051_200));

const now = Date.now();
const { good, 'first poll under way': waiting, ...states } = popupStates(now);
if (!good || !waiting) throw new Error('the states have changed their names');
const empty = states['empty account'] as State;
const [position] = good.holdings?.positions ?? [];
if (!position) throw new Error('no position to multiply');
const many: State = {
  ...good,
  holdings: {
    ...(good.holdings as NonNullable<State['holdings']>),
    positions: Array.from({ length: 500 }, (_, index) => ({
      ...position,
      ticker: `T${index}`,
      event: `E${index}`,
    })),
  },
};
const page = await chromium.context.newPage();
await page.setViewportSize({ width: 360, height: 600 });
const popup = (state: State) => async () => {
  await enter(options, state);
  return firstFrame(page, 'src/popup/index.html');
};
say('Popup…');
const frames = await interleave(
  {
    'static HTML': () => firstFrame(page, 'floor.html'),
    'popup, nothing recorded yet': popup(empty),
    'popup, a year of history': popup(good),
    'popup, 500 positions': popup(many),
  },
  TIMES,
);
rows['popup, beginning of navigation → first frame with content'] = rowsAgainst('static HTML', frames, 'ms');
const { 'static HTML': _, ...ours } = frames;
rows['the same, against ours when empty'] = rowsAgainst('popup, nothing recorded yet', ours, 'ms');

say('Appending…');
await evaluate(options, await appender());
const sizes: [name: string, id: string, samples: number][] = [
  ['10 samples', 'ten', 10],
  ['10 000 samples', 'thousands', 10_000],
  ['1 000 000 samples', 'million', 1_000_000],
];
for (const [, id, samples] of sizes) await evaluate(options, filling(id, samples));
let clock = Date.now();
const append = (id: string) => async () => {
  clock += 30_000;
  const sample = `{ at: ${clock}, cash: 765402500, positions: 469160000 }`;
  return evaluate<number>(
    options,
    `(async () => { const began = performance.now(); await appendSample('${id}', ${sample}, 30000); return performance.now() - began; })()`,
  );
};
const appends = await interleave(
  Object.fromEntries(sizes.map(([name, id]) => [name, append(id)])),
  TIMES * 3,
);
rows['one append to history'] = rowsAgainst('10 samples', appends, 'ms');

const bytes = await evaluate<number>(options, 'navigator.storage.estimate().then(({ usage }) => usage)');
await chromium.dispose();
await exchange.stop();
rmSync(join(extension, '..'), { recursive: true });

const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}`;
say(`\n${machine}; the exchange is the simulated one, in this process.`);
for (const [name, all] of Object.entries(rows)) say(`\n**${name}**\n\n${table(all)}`);
say(
  `\nAll databases together after those fillings (two years and more of samples): ${(bytes / 1e6).toFixed(1)} MB`,
);
mkdirSync('dist', { recursive: true });
writeFileSync('dist/bench.json', JSON.stringify({ machine, rows, bytes }, null, 2));
say('dist/bench.json');
