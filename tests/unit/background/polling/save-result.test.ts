// What a good poll stores.
import { expect, test, vi } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import { type BackgroundHarness, balance, START, saving, withBackground } from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

const connected = () => harness.connect(save);

test('exactly half of the cash is spent: positions that are worth as much as the cash are no error', async () => {
  harness.answer = balance('100', 0);
  const accountId = await connected();
  harness.list = () => new Response('{"cursor":""}'); // as read before the purchase: nothing is held
  await harness.passMinutes(1);
  harness.answer = balance('50', 5000);
  await harness.passMinutes(1);
  expect(harness.browser.toolbar.title).toContain('Positions $50.00\nTotal $100.00\nToday $0.00');
  expect((await harness.samples()).at(-1)).toMatchObject({ cash: 50_000_000, positions: 50_000_000 });
  expect(harness.data(accountId).day?.points.at(-1)).toMatchObject({ positions: 50_000_000 });
});

test('the time of a balance is the time of the response', async () => {
  await connected();
  expect(harness.data().snapshot).toMatchObject({ figures: { at: START } });
});

test('a history that cannot be written is reported and delays nothing', async () => {
  const accountId = await connected();
  const real = indexedDB;
  vi.stubGlobal('indexedDB', {
    open: (name: string, version: number) => {
      if (name === 'history') throw new DOMException('full', 'QuotaExceededError');
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
