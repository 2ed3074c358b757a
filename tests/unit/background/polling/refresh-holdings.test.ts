// When holdings are requested, and what stays after a failure.
import { describe, expect, test, vi } from 'vitest';
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
/** Deposits, withdrawals, and transfers between subaccounts. */
const TRANSFERS = ['deposits', 'withdrawals', 'transfers'];
/** The first reading of the results: fills, settlements, books and transfers; fills and books also from the archive. */
const RESULTS = ['fills', 'fills', 'settlements', 'positions', 'positions', ...TRANSFERS];

test('requests holdings often while the popup is open, seldom otherwise, and once a day when they are refused', async () => {
  const accountId = await connected();
  await harness.passMinutes(1);
  // Fills are requested again without a subaccount: the key may be restricted to one.
  expect(listsSince().toSorted()).toEqual(
    ['balances', ...TRANSFERS, 'positions', 'fills', 'fills'].toSorted(),
  );
  await harness.passMinutes(60);
  await harness.command('account/poll-if-due', { accountId });
  expect(listsSince()).toEqual([]); // denied: not again for a day
  harness.list = () => new Response('{"cursor":""}');
  await harness.passMinutes(24 * 60);
  expect(listsSince().toSorted()).toEqual(['balances', ...TRANSFERS, ...ALL, ...RESULTS].toSorted());
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

describe('prices between two readings of the lists', () => {
  const HELD = JSON.stringify({
    market_positions: [{ ticker: 'A-1', position_fp: '1.00', market_exposure_dollars: '0.50' }],
  });
  const MARKETS = JSON.stringify({
    markets: [{ ticker: 'A-1', status: 'active', last_price_dollars: '0.60' }],
  });
  const respond = (url: string) => {
    if (url.includes('/positions')) return new Response(HELD);
    return new Response(url.includes('/markets') ? MARKETS : '{"cursor":""}');
  };
  const connectedWithPosition = async () => {
    const accountId = await connected();
    harness.list = (url) => respond(String(url));
    harness.now += 24 * 3_600_000;
    await harness.command('account/poll-if-due', { accountId });
    listsSince();
    return accountId;
  };
  const later = async (seconds: number, run: () => Promise<unknown>) => {
    harness.now += seconds * 1_000;
    await run();
    return listsSince();
  };

  test('with each poll of a visible page, one request; none in the background', async () => {
    const accountId = await connectedWithPosition();
    const popup = () => harness.command('account/poll-if-due', { accountId });
    expect(await later(11, popup)).toEqual(['markets']);
    expect(harness.data(accountId).holdings?.pricesAt).toBe(harness.now);
    expect(await later(5, popup)).toEqual([]);
    expect(await later(60, () => harness.passMinutes(1))).not.toContain('markets');
  });

  test('in the background where an alert depends on them', async () => {
    const accountId = await connectedWithPosition();
    await harness.command('alerts/change', { accountId, rules: { watched: ['A-1'] } });
    expect(await later(0, () => harness.passMinutes(1))).toContain('markets');
  });

  test('the lists again at once when the cash has moved', async () => {
    const accountId = await connectedWithPosition();
    harness.answer = balance('161');
    expect(await later(11, () => harness.command('account/poll-if-due', { accountId }))).toEqual(
      expect.arrayContaining(ALL),
    );
  });
});
