/** @module-tag slow */
// Budgets on what a poll, an opening of the popup and an hour cost, in counts: they do not depend on the machine. Measured in Chromium with
// the shipped build, before whose background a few lines count the calls.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inChromium } from './harness/chromium-harness.ts';
import { type Scene, SOON } from './harness/chromium-scene.ts';

/** Counts calls of a page or the background, and the bytes that it writes to `storage.local`. */
const COUNTING = `
  const counts = (self.counts = {});
  const count = (name, by = 1) => { counts[name] = (counts[name] ?? 0) + by; };
  const wrap = (object, method, name, also = () => undefined) => {
    const original = object[method];
    object[method] = function (...args) { count(name); also(args); return original.apply(this, args); };
  };
  wrap(self, 'fetch', 'requests');
  wrap(IDBFactory.prototype, 'open', 'database openings');
  wrap(IDBDatabase.prototype, 'transaction', 'transactions');
  for (const area of ['local', 'session']) {
    wrap(chrome.storage[area], 'get', area + ' reads');
    wrap(chrome.storage[area], 'set', area + ' writes', ([items]) => count(area + ' bytes', JSON.stringify(items).length));
  }
  for (const method of ['setBadgeText', 'setTitle', 'setIcon']) wrap(chrome.action, method, method);
  wrap(chrome.runtime, 'sendMessage', 'messages');
`;

/**
 * The same in the background, whose clock can be moved, and whose alarm can be fired: a real one takes a second each time, and
 * comes in between unless it is held back.
 */
const COUNTING_BACKGROUND = `
  ${COUNTING}
  const now = Date.now.bind(Date);
  let ahead = 0;
  Date.now = () => now() + ahead;
  const { onAlarm } = chrome.alarms;
  const listeners = [];
  const add = onAlarm.addListener;
  onAlarm.addListener = (listener) => {
    listeners.push(listener);
    add.call(onAlarm, (alarm) => {
      if (self.holdAlarms) return;
      count('wakes');
      return listener(alarm);
    });
  };
  self.fireAfter = async (ms) => {
    ahead += ms;
    await Promise.all(listeners.map((listener) => listener({ name: 'poll' })));
  };
`;

type Counts = Record<string, number>;

const runningWorker = ({ chromium }: Scene) => chromium.context.serviceWorkers().at(-1);

/** What the running background has done since it started. */
async function counts(scene: Scene): Promise<Counts> {
  const all = await runningWorker(scene)?.evaluate(() => ({
    ...(self as unknown as { counts: Counts }).counts,
  }));
  return all ?? {};
}

/** What was done between two counts. */
function between(before: Counts, after: Counts): Counts {
  return Object.fromEntries(
    Object.entries(after).map(([name, times]) => [name, times - (before[name] ?? 0)]),
  );
}

/** An hour of polls, one a minute, by a clock that is moved. */
async function passHour(scene: Scene): Promise<Counts> {
  const MINUTE = 60_000;
  const began = await counts(scene);
  for (let minute = 0; minute < 60; minute++) {
    scene.exchange.clockAhead += MINUTE;
    type Background = { fireAfter(ms: number): Promise<void> };
    await runningWorker(scene)?.evaluate((ms) => (self as unknown as Background).fireAfter(ms), MINUTE);
  }
  return between(began, await counts(scene));
}

/** Expects that no count exceeds its budget, and that nothing is counted that has none. */
function expectWithin(found: Counts, budget: Counts): void {
  const over = Object.entries(found).filter(([name, times]) => times > (budget[name] ?? 0));
  expect(Object.fromEntries(over)).toEqual({});
}

test('a poll with nothing new, an opening of the popup, and an hour', async () => {
  const extension = mkdtempSync(join(tmpdir(), 'counting-'));
  cpSync('dist/chrome', extension, { recursive: true });
  const background = join(extension, 'background.js');
  writeFileSync(background, `{${COUNTING_BACKGROUND}}\n${readFileSync(background, 'utf8')}`);
  try {
    await inChromium(
      async (scene) => {
        const { key, keyId } = scene.newMember('Ed25519', {
          cash: '765.4025',
          positions: [
            { ticker: 'A', contracts: 100, price: 50 },
            { ticker: 'B', contracts: 10, price: 20 },
          ],
        });
        await scene.connect(keyId, key.pem);
        await scene.badgeBecomes('765');
        // Everything is read once: results, holdings, transfers.
        const done = () =>
          scene.page.evaluate(async () => {
            const items = await chrome.storage.local.get(null);
            const [, record] = Object.entries(items).find(([name]) => name.startsWith('account/')) ?? [];
            const { results } = (record as { data: { results: { kind: string } | null } }).data;
            return results?.kind === 'done';
          });
        for (let polls = 0; polls < 10 && !(await done()); polls++) await scene.passPeriod();
        expect(await done()).toBe(true);

        await scene.chromium.stopWorker(scene.page); // what it does is counted from its start
        await scene.passPeriod();
        const poll = () =>
          counts(scene).then(({ requests = 0, setTitle = 0 }) => requests > 0 && setTitle > 1);
        await expect.poll(poll, SOON).toBe(true);
        // The history is read and then written: what is encrypted in between cannot be awaited within a transaction.
        expectWithin(await counts(scene), {
          wakes: 1,
          requests: 1,
          'local reads': 1,
          'local writes': 1,
          'local bytes': 1_200,
          'session reads': 3,
          'session writes': 3,
          'session bytes': 400,
          'database openings': 3,
          transactions: 3,
          setBadgeText: 2,
          setTitle: 2,
        });

        // From here on, no real alarm comes in between.
        await runningWorker(scene)?.evaluate(() => Object.assign(self, { holdAlarms: true }));
        // The popup right after it: the balance is recent, so at most the holdings are read again.
        const before = await counts(scene);
        await scene.chromium.context.addInitScript(`if (self.chrome?.storage) {${COUNTING}}`);
        const popup = await scene.chromium.open('popup');
        await popup.getByText('As of').waitFor();
        await popup.locator('li.position').first().waitFor();
        await popup.evaluate(async () => {
          const { accounts } = (await chrome.storage.local.get('accounts')) as {
            accounts: { data: { id: string }[] };
          };
          for (const { id: accountId } of accounts.data) {
            await chrome.runtime.sendMessage({ command: 'account/poll-if-due', params: { accountId } });
          }
        });
        // Two requests for a poll, the popup's own and that of this test: neither is due.
        expectWithin(between(before, await counts(scene)), {
          'session reads': 2,
          'session writes': 2,
          'session bytes': 300,
          setBadgeText: 2,
          setTitle: 2,
        });
        // The page reads the state when it starts and when it begins to follow it; holdings and results read it before and after
        // what they read, in case the account was locked meanwhile. One read and one message are this test's. Of the database:
        // the holdings, the results for their row and for the chart, and in two steps the oldest sample, which decides the ranges.
        expectWithin(await popup.evaluate(() => ({ ...(self as unknown as { counts: Counts }).counts })), {
          'local reads': 7,
          'session reads': 7,
          'database openings': 5,
          transactions: 5,
          messages: 2,
        });
        await popup.close();

        // An hour at the default period, nobody looking: it wakes once a minute, for one request, the key, and the history twice; the
        // holdings are read again about every quarter of an hour.
        const alarm = await scene.page.evaluate(() => chrome.alarms.get('poll'));
        expect(alarm?.periodInMinutes).toBe(1);
        expectWithin(await passHour(scene), {
          requests: 90,
          'local writes': 75,
          'local bytes': 100_000,
          'session reads': 65,
          'session writes': 130,
          'session bytes': 13_000,
          'database openings': 220,
          transactions: 220,
          setBadgeText: 65,
          setTitle: 65,
        });
      },
      { extension },
    );
  } finally {
    rmSync(extension, { recursive: true });
  }
});
