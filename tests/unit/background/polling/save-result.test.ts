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

test('treats a portfolio value equal to the cash as the total, in the figures, the day and the history', async () => {
  const accountId = await connected();
  harness.list = () => new Response('{"cursor":""}'); // nothing is held
  await harness.passMinutes(1);
  harness.answer = balance('98.0186', 9801);
  await harness.passMinutes(1);
  expect(harness.browser.toolbar.title).toContain('Total $98.0186');
  expect((await harness.samples()).at(-1)).toMatchObject({ positions: 0 });
  expect(harness.data(accountId).day?.points.at(-1)).toMatchObject({ positions: 0 });
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
