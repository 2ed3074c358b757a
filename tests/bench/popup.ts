// The real popup, opened as a click opens it: how long until the figure is painted, and how smooth long lists are.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chromium, ORIGIN } from '../browser/drivers/chromium.ts';
import { enter, popupStates, type State } from '../browser/harness/popup-states.ts';
import { Exchange } from '../exchange/exchange.ts';
import { Cdp, evaluateIn } from './cdp.ts';
import { filling } from './fill-history.ts';
import { interleave, type Row, rowsAgainst } from './measure.ts';

const POPUP = 'src/pages/popup/index.html';

/** From timeOrigin to the first frame with content, milliseconds. */
const POPUP_PREVIEW = `new Promise((resolve) => {
  new PerformanceObserver((list) => {
    const [entry] = list.getEntriesByName('first-contentful-paint');
    if (entry) resolve(entry.startTime);
  }).observe({ type: 'paint', buffered: true });
})`;

/** Every frame between the first and the end of a scroll through the whole list: the longest, milliseconds. */
const SCROLL = `(async () => {
  while (document.querySelectorAll('.holdings li').length < 500) await new Promise(requestAnimationFrame);
  const box = document.scrollingElement;
  let longest = 0;
  let before = performance.now();
  for (let top = 0; top < box.scrollHeight; top += 400) {
    box.scrollTop = top;
    const now = await new Promise(requestAnimationFrame);
    longest = Math.max(longest, performance.now() - before);
    before = performance.now();
  }
  return longest;
})()`;

/** The shipped build, with one page more: the amount written in plain HTML. */
function withFloor(): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'bench-')), 'extension');
  cpSync('dist/chrome', folder, { recursive: true });
  const head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Floor</title>';
  writeFileSync(join(folder, 'floor.html'), `${head}<main><p>Total</p><p>$1,234.56</p></main></html>`);
  return folder;
}

/** The state in which nothing has been recorded, a usual one, and one with 500 positions. */
function states(now: number): Record<'empty' | 'good' | 'many', State> {
  const { good, 'empty account': empty } = popupStates(now);
  const [position] = good?.holdings?.positions ?? [];
  if (!good?.holdings || !empty || !position) throw new Error('the states have changed their names');
  const positions = Array.from({ length: 500 }, (_, index) => ({
    ...position,
    ticker: `T${index}`,
    event: `E${index}`,
  }));
  return { empty, good, many: { ...good, holdings: { ...good.holdings, positions } } };
}

export interface PopupRows {
  frames: Row[];
  sizes: Row[];
  heap: Record<string, number>;
  /** Longest frame of a scroll through 500 positions, milliseconds; median and worst of all scrolls. */
  scroll: { median: number; worst: number; runs: number };
}

/** Measures all that is about the popup. */
export async function measurePopup(times: number): Promise<PopupRows> {
  const exchange = await Exchange.start();
  const extension = withFloor();
  const chromium = await Chromium.launch({ exchange, extension });
  const options = await chromium.welcome();
  exchange.setFault({ kind: 'hang' }); // no response arrives during the measurement
  await evaluateIn(options, filling('a', 1_051_200));
  const heap: Record<string, number> = {};

  const open = async (path: string) => {
    await options.bringToFront();
    await options.evaluate((popup) => chrome.action.setPopup({ popup }), path);
    await options.evaluate(() => chrome.action.openPopup());
    return Cdp.ofTarget(chromium.profile, ({ url }) => url === `${ORIGIN}/${path}`);
  };
  const firstFrame = async (name: string, path: string) => {
    const popup = await open(path);
    const ms = await popup.evaluate<number>(POPUP_PREVIEW);
    await popup.send('HeapProfiler.collectGarbage');
    heap[name] = (await popup.send<{ usedSize: number }>('Runtime.getHeapUsage')).usedSize;
    await popup.closePage();
    return ms;
  };
  const put = async (state: State) => {
    await enter(options, state);
    // A background that starts reads the state, renders the toolbar and stores the popup preview, as after every poll.
    await chromium.stopWorker(options);
    await options.evaluate(() => chrome.runtime.sendMessage({ command: 'settings/change', params: {} }));
  };
  const shipped = (name: string, which: 'empty' | 'good' | 'many') => async () => {
    await put(states(Date.now())[which]);
    return firstFrame(name, POPUP);
  };
  const names = ['popup, nothing recorded yet', 'popup, a year of history', 'popup, 500 positions'] as const;
  const frames = await interleave(
    {
      'static HTML': () => firstFrame('static HTML', 'floor.html'),
      [names[0]]: shipped(names[0], 'empty'),
      [names[1]]: shipped(names[1], 'good'),
      [names[2]]: shipped(names[2], 'many'),
    },
    times,
  );
  const { 'static HTML': _, ...ours } = frames;

  const scrolls: number[] = [];
  await put(states(Date.now()).many);
  for (let turn = 0; turn < Math.min(times, 10); turn++) {
    const popup = await open(POPUP);
    scrolls.push(await popup.evaluate<number>(SCROLL));
    await popup.closePage();
  }
  scrolls.sort((a, b) => a - b);

  await chromium.dispose();
  await exchange.stop();
  rmSync(join(extension, '..'), { recursive: true });
  return {
    frames: rowsAgainst('static HTML', frames, 'ms'),
    sizes: rowsAgainst(names[0], ours, 'ms'),
    heap,
    scroll: {
      median: scrolls[scrolls.length >> 1] ?? Number.NaN,
      worst: scrolls.at(-1) ?? Number.NaN,
      runs: scrolls.length,
    },
  };
}
