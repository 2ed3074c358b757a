// One poll of the worker, from the alarm to the badge, and what it costs, beside a bare worker that does only that.
import { createPrivateKey } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { Chromium, ORIGIN } from '../browser/drivers/chromium.ts';
import { Cdp } from './cdp.ts';
import { ExchangeProcess } from './exchange.ts';
import { interleave, type Row, rowsAgainst } from './measure.ts';

const PASSPHRASE = 'four words or more';
const AWAKE = 200;

/** One browser with one extension that polls one member. */
interface Side {
  exchange: ExchangeProcess;
  chromium: Chromium;
  /** A page of the extension, in which nothing runs but the measuring. */
  page: Page;
}

async function begin(extension: string, path: string): Promise<Side> {
  const exchange = await ExchangeProcess.start();
  const chromium = await Chromium.launch({ exchange, extension });
  const page = await chromium.context.newPage();
  const url = `${ORIGIN}/${path}`;
  await page.goto(url).catch(() => undefined); // the options page that opens by itself may take this tab
  await page.waitForURL(url);
  return { exchange, chromium, page };
}

/** Closes what opened by itself: a page that draws what a poll brings would be measured with it. */
async function closeOthers({ chromium, page }: Side): Promise<void> {
  for (const other of chromium.context.pages()) if (other !== page) await other.close();
}

/** The shipped build, with one page more, in which nothing of the extension runs. */
const withPage = join(mkdtempSync(join(tmpdir(), 'bench-')), 'extension');

async function shipped(passphrase: boolean): Promise<Side> {
  const side = await begin(withPage, 'page.html');
  const params = {
    environment: 'production',
    keyId: side.exchange.keyId,
    privateKey: side.exchange.pem,
    allowUnchecked: false,
    acceptScopes: null, // this exchange does not say what the key may do
    ...(passphrase && { passphrase: PASSPHRASE }),
  };
  const result = await side.page.evaluate(
    (params) => chrome.runtime.sendMessage({ command: 'key/save', params }),
    params,
  );
  if (!result?.ok) throw new Error(`the key was not saved: ${JSON.stringify(result)}`);
  return side;
}

async function bare({ wrapped = false, recording = false } = {}): Promise<Side> {
  const side = await begin('tests/bench/bare', 'page.html');
  const der = createPrivateKey(side.exchange.pem).export({ type: 'pkcs8', format: 'der' }).toString('base64');
  await side.page.evaluate(
    async ({ der, keyId, wrapped, recording }) => {
      const bytes = Uint8Array.from(atob(der), (letter) => letter.charCodeAt(0));
      const algorithm = { name: 'RSA-PSS', hash: 'SHA-256' };
      const record: Record<string, unknown> = { keyId, algorithm, recording };
      if (wrapped) {
        const secret = crypto.getRandomValues(new Uint8Array(32));
        const iv = crypto.getRandomValues(new Uint8Array(12));
        const closer = await crypto.subtle.importKey('raw', secret, 'AES-GCM', false, ['encrypt']);
        record.wrapped = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, closer, bytes);
        record.iv = iv;
        await chrome.storage.session.set({ secret: btoa(String.fromCharCode(...secret)) });
      } else {
        record.key = await crypto.subtle.importKey('pkcs8', bytes, algorithm, false, ['sign']);
      }
      const open = indexedDB.open('bare', 1);
      await new Promise<void>((resolve) => {
        open.onupgradeneeded = () => open.result.createObjectStore('keys');
        open.onsuccess = () => {
          const write = open.result.transaction('keys', 'readwrite');
          write.objectStore('keys').put(record, 'key');
          write.oncomplete = () => {
            open.result.close();
            resolve();
          };
        };
      });
    },
    { der, keyId: side.exchange.keyId, wrapped, recording },
  );
  return side;
}

/** As if no request had been sent before. The bare worker gets the same write, so that it costs both the same. */
async function forget(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const kept = globalThis as { attemptKey?: string };
    const keys = Object.keys(await chrome.storage.session.get(null));
    kept.attemptKey ??= keys.find((key) => key.startsWith('attempt/')) ?? 'attempt/none';
    await chrome.storage.session.set({
      [kept.attemptKey]: { attemptedAt: 0, statusCheckedAt: 0, at: Date.now() },
    });
  });
}

let cash = 1;

/** A balance that no poll before has brought. */
function next(): string {
  cash = (cash % 900) + 1;
  return String(cash);
}

/**
 * From waking the worker to the badge, less what the exchange itself took. Milliseconds. Woken by a message in the place
 * of the alarm: the code is the same from there on, while Chromium fires an alarm that is due now up to a second later.
 */
function asleep({ chromium, exchange, page }: Side): () => Promise<number> {
  return async () => {
    await exchange.setCash(next());
    await chromium.stopWorker(page);
    await forget(page);
    const ms = await page.evaluate(async (text) => {
      const stored = await chrome.storage.local.get('accounts');
      const [account] = (stored.accounts as { data: { id: string }[] } | undefined)?.data ?? [];
      const began = performance.now();
      void chrome.runtime.sendMessage({ command: 'account/refresh', params: { accountId: account?.id } });
      while ((await chrome.action.getBadgeText({})) !== text);
      return performance.now() - began;
    }, String(cash));
    return ms - (await exchange.setCash(String(cash)));
  };
}

/** Processor time of all page and worker processes for so many polls, worker awake. Milliseconds a poll. */
function awake({ chromium, exchange, page }: Side): () => Promise<number> {
  return async () => {
    const browser = await Cdp.ofBrowser(chromium.profile);
    const spent = async () => {
      const { processInfo } = await browser.send<{ processInfo: { type: string; cpuTime: number }[] }>(
        'SystemInfo.getProcessInfo',
      );
      return processInfo
        .filter(({ type }) => type === 'renderer')
        .reduce((sum, { cpuTime }) => sum + cpuTime, 0);
    };
    const before = await spent();
    for (let poll = 0; poll < AWAKE; poll++) {
      await exchange.setCash(next());
      await forget(page);
      await page.evaluate(async () => {
        const stored = await chrome.storage.local.get('accounts');
        const [account] = (stored.accounts as { data: { id: string }[] } | undefined)?.data ?? [];
        await chrome.runtime.sendMessage({ command: 'account/refresh', params: { accountId: account?.id } });
      });
    }
    const after = await spent();
    browser.close();
    return ((after - before) * 1000) / AWAKE;
  };
}

async function workerHeap({ chromium }: Side): Promise<number> {
  const worker = await Cdp.ofTarget(chromium.profile, ({ type }) => type === 'service_worker');
  await worker.send('HeapProfiler.collectGarbage');
  const { usedSize } = await worker.send<{ usedSize: number }>('Runtime.getHeapUsage');
  worker.close();
  return usedSize;
}

export interface WorkerRows {
  asleep: Row[];
  wrapped: Row[];
  awake: Row[];
  heap: Record<string, number>;
}

/** Measures all that is about the worker. */
export async function measureWorker(times: number): Promise<WorkerRows> {
  cpSync('dist/chrome', withPage, { recursive: true });
  cpSync('tests/bench/bare/page.html', join(withPage, 'page.html'));
  const sides = {
    bare: await bare(),
    recording: await bare({ recording: true }),
    shipped: await shipped(false),
    bareWrapped: await bare({ wrapped: true }),
    shippedWrapped: await shipped(true),
  };
  for (const side of Object.values(sides)) await closeOthers(side);
  const polls = await interleave(
    { 'bare worker': asleep(sides.bare), 'shipped worker': asleep(sides.shipped) },
    times,
  );
  const wrapped = await interleave(
    {
      'bare worker with unwrap': asleep(sides.bareWrapped),
      'shipped worker with a passphrase': asleep(sides.shippedWrapped),
    },
    times,
  );
  const busy = await interleave(
    {
      'bare worker': awake(sides.bare),
      'bare worker that writes down as much': awake(sides.recording),
      'shipped worker': awake(sides.shipped),
    },
    Math.max(3, Math.round(times / 10)),
  );
  const heap = {
    'bare worker': await workerHeap(sides.bare),
    'shipped worker': await workerHeap(sides.shipped),
  };
  for (const { chromium, exchange } of Object.values(sides)) {
    await chromium.dispose();
    await exchange.stop();
  }
  rmSync(join(withPage, '..'), { recursive: true });
  return {
    asleep: rowsAgainst('bare worker', polls, 'ms'),
    wrapped: rowsAgainst('bare worker with unwrap', wrapped, 'ms'),
    awake: rowsAgainst('bare worker', busy, 'ms'),
    heap,
  };
}
