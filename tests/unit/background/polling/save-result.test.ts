// What a good poll stores.
import { expect, test, vi } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import { Member } from '../../../exchange/member.ts';
import { type BackgroundHarness, balance, START, saving, withBackground } from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);

let harness: BackgroundHarness;
let accountId: string;
withBackground(async (entered) => {
  harness = entered;
  harness.answer = balance('100', 0);
  accountId = await harness.connect(save);
});

test('exactly half of the cash is spent: positions that are worth as much as the cash are no error', async () => {
  harness.list = () => new Response('{"cursor":""}'); // as read before the purchase: nothing is held
  await harness.passMinutes(1);
  harness.answer = balance('50', 5000);
  await harness.passMinutes(1);
  expect(harness.browser.toolbar.title).toContain('Positions $50.00\nTotal $100.00\nToday $0.00');
  expect((await harness.samples()).at(-1)).toMatchObject({ cash: 50_000_000, positions: 50_000_000 });
  expect(harness.data(accountId).day?.points.at(-1)).toMatchObject({ positions: 50_000_000 });
});

test('the time of a balance is the time of the response', async () => {
  expect(harness.data().snapshot).toMatchObject({ figures: { at: START } });
});

test('a history that cannot be written is reported and delays nothing', async () => {
  const real = indexedDB;
  vi.stubGlobal('indexedDB', {
    open: (name: string, version: number) => {
      if (name === 'records') throw new DOMException('full', 'QuotaExceededError');
      return real.open(name, version);
    },
  });
  harness.answer = balance('97');
  await harness.passMinutes(1);
  expect(harness.browser.toolbar).toMatchObject({ text: '97', icon: '/icons/live-16.png' });
  expect(harness.browser.session.failing).toEqual({ local: false, history: true });
  vi.stubGlobal('indexedDB', real);
  await harness.passMinutes(1);
  expect(harness.browser.session.failing).toEqual({ local: false, history: false });
  expect(await harness.samples(accountId)).toHaveLength(2);
});

test('the log: lifetimes of the background in which it polled, and durations', async () => {
  await harness.passMinutes(1);
  await harness.passMinutes(1);
  expect(harness.data().pollLog).toMatchObject({ lifetimes: 1, entries: [{ kind: 'ok', times: 2 }] });
  const [{ slowest } = { slowest: -1 }] = harness.data().pollLog.entries;
  expect(slowest).toBeGreaterThanOrEqual(0);
  expect(slowest).toBeLessThan(60_000);
  await harness.wake();
  await harness.passMinutes(1);
  expect(harness.data().pollLog.lifetimes).toBe(2);
});

test('the first poll after midnight within a period makes the day whole', async () => {
  harness.now = new Date(START).setHours(24, 0, 30, 0);
  await harness.passMinutes(0);
  expect(harness.data().day).toMatchObject({ began: new Date(START).setHours(24, 0, 0, 0), whole: true });
});

test('a longer period is no gap in the history', async () => {
  await harness.command('settings/change', { periodSeconds: 1800 });
  await harness.passMinutes(45);
  await harness.passMinutes(45);
  expect((await harness.samples()).map(({ gap }) => gap)).toEqual([true, false, false]);
  await harness.passMinutes(62);
  expect((await harness.samples()).at(-1)?.gap).toBe(true);
});

test('storage that takes nothing is noted for the popup, and that it takes something again', async () => {
  harness.browser.writeError = new Error('QuotaExceededError');
  await harness.passMinutes(1);
  expect(harness.browser.session.failing).toMatchObject({ local: true });
  harness.browser.writeError = undefined;
  await harness.passMinutes(1);
  expect(harness.browser.session.failing).toMatchObject({ local: false });
});

test('an account without alerts gets none with a poll', async () => {
  await harness.passMinutes(1);
  expect(harness.data()).not.toHaveProperty('alerts');
});

test('alerts are decided on the figures of the same poll, and on the markets that are read after it', async () => {
  const held = new Member({ cash: '98', positions: [{ ticker: 'A', contracts: 10, price: 50 }] });
  harness.answerAs(held);
  await harness.command('alerts/change', {
    accountId,
    rules: { cashBelow: 50_000_000, marketMove: 100_000 },
  });
  vi.spyOn(Math, 'random').mockReturnValue(0);
  for (let minute = 0; minute < 30; minute++) await harness.passMinutes(1);
  held.setCash('40');
  held.movePrice('A', 30);
  for (let minute = 0; minute < 30; minute++) await harness.passMinutes(1);
  const kinds = harness.data().alerts?.recent.map(({ event }) => event.kind);
  expect(kinds).toContain('threshold');
  expect(kinds).toContain('move');
});
