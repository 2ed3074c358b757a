// One append to a history of ten samples and of a million, and what a year takes on disk.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { Exchange } from '../exchange/exchange.ts';
import { Chromium } from '../tools/chromium.ts';
import { filling } from './filling.ts';
import { interleave, type Row, rowsAgainst } from './measure.ts';
import { evaluateIn } from './popup.ts';

const SIZES: [name: string, id: string, samples: number][] = [
  ['10 samples', 'ten', 10],
  ['10 000 samples', 'thousands', 10_000],
  ['1 000 000 samples', 'million', 1_000_000],
];
const YEAR = 1_051_200;

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

/** Measures appending, and the bytes of a year at a sample every 30 seconds. */
export async function measureHistory(times: number): Promise<{ appends: Row[]; yearBytes: number }> {
  const exchange = await Exchange.start();
  const chromium = await Chromium.launch({ exchange });
  const options = await chromium.welcome();
  const used = () => evaluateIn<number>(options, 'navigator.storage.estimate().then(({ usage }) => usage)');
  const empty = await used();
  await evaluateIn(options, filling('year', YEAR));
  const yearBytes = (await used()) - empty;
  await evaluateIn(options, await appender());
  for (const [, id, samples] of SIZES) await evaluateIn(options, filling(id, samples));
  let clock = Date.now();
  const append = (id: string) => async () => {
    clock += 30_000;
    const sample = `{ at: ${clock}, cash: 765402500, positions: 469160000 }`;
    return evaluateIn<number>(
      options,
      `(async () => {
        const began = performance.now();
        await appendSample('${id}', ${sample}, 30000);
        await chrome.action.setBadgeText({ text: String(${clock} % 1000) });
        return performance.now() - began;
      })()`,
    );
  };
  const appends = await interleave(Object.fromEntries(SIZES.map(([name, id]) => [name, append(id)])), times);
  await chromium.dispose();
  await exchange.stop();
  return { appends: rowsAgainst('10 samples', appends, 'ms'), yearBytes };
}
