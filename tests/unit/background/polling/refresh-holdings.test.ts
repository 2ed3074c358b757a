// When holdings are requested, and what a failure leaves.
import { expect, test } from 'vitest';
import { readHoldings } from '../../../../src/storage/holdings-store.ts';
import { makeKey } from '../../../exchange/keys.ts';
import { type BackgroundHarness, saving, withBackground } from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);

let world: BackgroundHarness;
withBackground((entered) => {
  world = entered;
});

const connected = () => world.connect(save);

test('requests holdings often while the popup is open, seldom otherwise, and once a day when they are refused', async () => {
  const accountId = await connected();
  await world.passMinutes(1);
  expect(world.listRequests).toHaveLength(1);
  await world.passMinutes(60);
  await world.command('account/poll-if-due', { accountId });
  expect(world.listRequests).toHaveLength(1); // denied: a day long
  world.list = () => new Response('{"cursor":""}');
  await world.passMinutes(24 * 60);
  expect(world.listRequests.length).toBe(1 + 5);
  world.now += 61_000;
  await world.command('account/poll-if-due', { accountId });
  expect(world.listRequests.length).toBe(1 + 10);
  world.now += 15_000;
  await world.command('account/poll-if-due', { accountId });
  expect(world.listRequests.length).toBe(1 + 10);
});

test('keeps the known holdings when a request fails', async () => {
  const accountId = await connected();
  const holdings = () => world.data(accountId).holdings;
  world.list = () => new Response('{"cursor":""}');
  await world.passMinutes(1);
  const before = holdings();
  world.list = () => new Response('', { status: 500 });
  world.now += 61_000;
  expect(await world.command('account/poll-if-due', { accountId })).toEqual({ ok: true, value: null });
  expect(holdings()).toEqual({ ...before, at: world.now });
  expect(await readHoldings(accountId)).toMatchObject({ positions: [] });
  expect(world.browser.toolbar.icon).toBe('/icons/live-16.png');
});
