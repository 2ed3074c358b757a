// What a good poll stores.
import { expect, test, vi } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import { type BackgroundHarness, balance, START, saving, withBackground } from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);

let world: BackgroundHarness;
withBackground((entered) => {
  world = entered;
});

const connected = () => world.connect(save);

test('treats a portfolio value equal to the cash as the total, in the figures, the day and the history', async () => {
  const accountId = await connected();
  world.list = () => new Response('{"cursor":""}'); // nothing is held
  await world.passMinutes(1);
  world.answer = balance('98.0186', 9801);
  await world.passMinutes(1);
  expect(world.browser.toolbar.title).toContain('Total $98.0186');
  expect((await world.samples()).at(-1)).toMatchObject({ positions: 0 });
  expect(world.data(accountId).day?.points.at(-1)).toMatchObject({ positions: 0 });
});

test('the time of a balance is the time of the response', async () => {
  await connected();
  expect(world.data().snapshot).toMatchObject({ figures: { at: START } });
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
  world.answer = balance('97');
  await world.passMinutes(1);
  expect(world.browser.toolbar).toMatchObject({ text: '97', icon: '/icons/live-16.png' });
  expect(world.browser.session.failing).toEqual({ local: false, history: true });
  vi.stubGlobal('indexedDB', real);
  await world.passMinutes(1);
  expect(world.browser.session.failing).toEqual({ local: false, history: false });
  expect(await world.samples(accountId)).toHaveLength(2);
});
