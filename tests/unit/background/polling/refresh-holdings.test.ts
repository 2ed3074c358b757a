// When holdings are requested, and what stays after a failure.
import { expect, test, vi } from 'vitest';
import { readHoldings } from '../../../../src/storage/records/holdings.ts';
import { makeKey } from '../../../exchange/keys.ts';
import { clearRecords } from '../../../fakes/records.ts';
import { type BackgroundHarness, balance, saving, withBackground } from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

const connected = () => harness.connect(save);

/** The names of the lists that were requested since the last call. */
const listsSince = () =>
  harness.listRequests.splice(0).map((url) => new URL(url).pathname.replace(/^.*\//, ''));
const ALL = ['positions', 'orders', 'settlements'];
/** The first reading of the results: fills, historical fills, settlements and transfers. */
const RESULTS = [
  'fills',
  'fills',
  'settlements',
  'deposits',
  'withdrawals',
  'intra_exchange_instance_transfers',
];

test('requests holdings often while the popup is open, seldom otherwise, and once a day when they are refused', async () => {
  const accountId = await connected();
  await harness.passMinutes(1);
  expect(listsSince()).toEqual(['deposits', 'positions', 'fills']);
  await harness.passMinutes(60);
  await harness.command('account/poll-if-due', { accountId });
  expect(listsSince()).toEqual([]); // denied: not again for a day
  harness.list = () => new Response('{"cursor":""}');
  await harness.passMinutes(24 * 60);
  expect(listsSince()).toEqual(['deposits', 'withdrawals', ...ALL, ...RESULTS]);
  harness.now += 61_000;
  await harness.command('account/poll-if-due', { accountId });
  expect(listsSince()).toEqual(ALL); // the cash has not moved: no transfers
  harness.now += 15_000;
  await harness.command('account/poll-if-due', { accountId });
  expect(listsSince()).toEqual([]);
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
  if (!before) throw new Error('no holdings');
  expect(holdings()).toEqual({ ...before, at: harness.now });
  expect(await readHoldings(clearRecords(accountId))).toMatchObject({
    positions: [],
    readAt: { positions: before.readAt },
  });
  expect(harness.browser.toolbar.icon).toBe('/icons/live-16.png');
});

test('Refresh while the popup refreshes the holdings fetches the balance afterwards', async () => {
  const accountId = await connected();
  let respond = () => {};
  harness.list = () =>
    new Promise((resolve) => {
      respond = () => resolve(new Response('{}', { status: 403 }));
    });
  harness.now += 5_000; // too early for another balance: only the holdings are refreshed
  const opened = harness.command('account/poll-if-due', { accountId });
  await vi.waitFor(() => expect(harness.listRequests).toHaveLength(1));
  const before = harness.requests.length;
  harness.answer = balance('160');
  harness.now += 10_000;
  const refreshed = harness.command('account/refresh', { accountId });
  respond();
  harness.list = () => new Response('{}', { status: 403 });
  await Promise.all([opened, refreshed]);
  expect(harness.requests).toHaveLength(before + 1);
  expect(harness.browser.toolbar.text).toBe('160');
});
