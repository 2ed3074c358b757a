// When holdings are requested, and what stays after a failure.
import { expect, test } from 'vitest';
import { readHoldings } from '../../../../src/storage/holdings-store.ts';
import { makeKey } from '../../../exchange/keys.ts';
import { type BackgroundHarness, saving, withBackground } from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

const connected = () => harness.connect(save);

test('requests holdings often while the popup is open, seldom otherwise, and once a day when they are refused', async () => {
  const accountId = await connected();
  await harness.passMinutes(1);
  expect(harness.listRequests).toHaveLength(1);
  await harness.passMinutes(60);
  await harness.command('account/poll-if-due', { accountId });
  expect(harness.listRequests).toHaveLength(1); // denied: not again for a day
  harness.list = () => new Response('{"cursor":""}');
  await harness.passMinutes(24 * 60);
  expect(harness.listRequests.length).toBe(1 + 5);
  harness.now += 61_000;
  await harness.command('account/poll-if-due', { accountId });
  expect(harness.listRequests.length).toBe(1 + 10);
  harness.now += 15_000;
  await harness.command('account/poll-if-due', { accountId });
  expect(harness.listRequests.length).toBe(1 + 10);
});

test('keeps the known holdings when a request fails', async () => {
  const accountId = await connected();
  const holdings = () => harness.data(accountId).holdings;
  harness.list = () => new Response('{"cursor":""}');
  await harness.passMinutes(1);
  const before = holdings();
  harness.list = () => new Response('', { status: 500 });
  harness.now += 61_000;
  expect(await harness.command('account/poll-if-due', { accountId })).toEqual({ ok: true, value: null });
  expect(holdings()).toEqual({ ...before, at: harness.now });
  expect(await readHoldings(accountId)).toMatchObject({ positions: [] });
  expect(harness.browser.toolbar.icon).toBe('/icons/live-16.png');
});
