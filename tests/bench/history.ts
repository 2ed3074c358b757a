// One append to a history of ten samples and of a million, and what a year takes on disk.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chromium } from '../browser/drivers/chromium.ts';
import { Exchange } from '../exchange/exchange.ts';
import { bundled } from './bundle.ts';
import { evaluateIn } from './cdp.ts';
import { filling } from './fill-history.ts';
import { interleave, type Row, rowsAgainst } from './measure.ts';

const SIZES: [name: string, id: string, samples: number][] = [
  ['10 samples', 'ten', 10],
  ['10 000 samples', 'thousands', 10_000],
  ['1 000 000 samples', 'million', 1_000_000],
];
const YEAR = 1_051_200;

/** The extension's own way to append, to be injected into one of its pages. */
function appender(): Promise<string> {
  return bundled('append-entry.ts', (folder, file) => readFileSync(join(folder, file), 'utf8'));
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
