// Reading the results of a long history through kills, and what is requested afterwards.
//   RESULTS_FILLS=200000 for the long version, RESULTS_SEED=… to repeat one
import { expect, test } from 'vitest';
import type { AccountData } from '../../../../src/domain/accounts/account-data.ts';
import { RESULTS_COMPUTATION, resultOf } from '../../../../src/domain/pnl/market-result.ts';
import {
  readFills,
  readMarketResults,
  readResultsProgress,
  withResults,
  writeResultsProgress,
} from '../../../../src/storage/results-store.ts';
import { makeKey } from '../../../exchange/keys.ts';
import { Member } from '../../../exchange/member.ts';
import { traderLedger } from '../../../exchange/trader.ts';
import { seeded } from '../../../fakes/random.ts';
import { type BackgroundHarness, START, saving, withBackground } from '../background-harness.ts';

const FILLS = Number(process.env.RESULTS_FILLS ?? 4_000);
const SEED = Number(process.env.RESULTS_SEED ?? Math.floor(Math.random() * 2 ** 31));
const DAY = 86_400_000;

const { pem } = makeKey('Ed25519');
let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

const CASH = 1_000_000_000_000n;
const traderWith = (fills: number, random: () => number) =>
  traderLedger({ fills, random, end: START, days: 3 * 365, cash: CASH });

const big = (amount: number) => BigInt(amount);
const lists = () => harness.listRequests.map((url) => new URL(url).pathname.replace('/trade-api/v2', ''));
const RESULT_LISTS = ['/portfolio/fills', '/historical/fills', '/historical/markets'];

const title = `${FILLS} fills of three years, read through kills, are the sums of the cash (RESULTS_SEED=${SEED})`;
test(title, { timeout: 1_800_000 }, async () => {
  const random = seeded(SEED);
  const member = new Member({ ledger: traderWith(FILLS, random) });
  member.cutoff = START - 90 * DAY;
  harness.answerAs(member);
  const accountId = await harness.connect(saving(pem));

  let polls = 0;
  while (harness.data().results?.due !== false) {
    if (++polls > 50 + FILLS / 50) throw new Error('it does not end');
    const before = harness.listRequests.length;
    if (random() < 0.6) await harness.passMinutesAndKill(1, 1 + Math.floor(random() * 120));
    else await harness.passMinutes(1);
    const requests = harness.listRequests.slice(before).filter((url) => /fills|historical/.test(url)).length;
    expect(requests).toBeLessThanOrEqual(20);
  }

  const progress = await readResultsProgress(accountId);
  expect(progress).toMatchObject({ step: 'done', complete: true, missingBefore: null, unreadable: 0 });
  const { ledger } = member;
  const results = await readMarketResults(accountId);
  const tickers = new Set(ledger.fills.map(({ ticker }) => ticker));
  expect(results).toHaveLength(tickers.size);
  const byTicker = new Map<string, bigint>();
  for (const { ticker, amount } of ledger.entries) {
    if (ticker) byTicker.set(ticker, (byTicker.get(ticker) ?? 0n) + amount);
  }
  let sum = 0n;
  for (const { ticker, parts, names } of results) {
    const made = parts.reduce((all, part) => all + big(resultOf(part)) - big(part.basis), 0n);
    expect(made).toBe(byTicker.get(ticker));
    expect(names?.title).toBe(`Market ${ticker}`);
    sum += made;
  }
  expect(sum).toBe(ledger.cash - CASH);
  const stored = await readFills(accountId, [...tickers]);
  expect(stored).toHaveLength(ledger.fills.length);
  const days = progress.days.reduce(
    (all, day) => all + big(day.proceeds - day.cost - day.fees - day.basis),
    0n,
  );
  expect(days).toBe(sum);
});

test('nothing is requested while nothing moves; what is new is read once it does, and once more five minutes later', async () => {
  const member = new Member({
    cash: '100',
    positions: [{ ticker: 'RAIN-A', contracts: 10, price: 40, changedAt: START - DAY }],
  });
  harness.answerAs(member);
  await harness.connect(saving(pem));
  await harness.passMinutes(1);
  await harness.passMinutes(1);
  expect(harness.data().results).toMatchObject({ due: false, readable: true });
  await harness.passMinutes(6); // once more: the lists may have been late
  harness.listRequests.length = 0;
  const written = JSON.stringify(harness.data().results);
  for (let minute = 0; minute < 20; minute++) await harness.passMinutes(1);
  expect(lists().filter((path) => RESULT_LISTS.includes(path))).toEqual([]);
  expect(JSON.stringify(harness.data().results)).toBe(written);

  harness.listRequests.length = 0;
  member.ledger.buy('RAIN-A', 'no', 400n, 500_000n, 7_000n, harness.now);
  await harness.passMinutes(1);
  expect(lists().filter((path) => RESULT_LISTS.includes(path))).toEqual(['/portfolio/fills']);
  expect(harness.listRequests.find((url) => url.includes('/fills'))).toContain('min_ts=');
  const { id } = (harness.browser.local.accounts as { data: { id: string }[] }).data[0] ?? { id: '' };
  const [market] = await readMarketResults(id);
  // 4 of 10 bought at 40¢ are sold at 50¢, for a fee of 0.7¢.
  expect(market?.parts.map(resultOf)).toEqual([0, 4 * 100_000 - 7_000]);
});

test('a position that settled without a payout moves no cash, and is read all the same', async () => {
  const member = new Member({
    cash: '100',
    positions: [{ ticker: 'RAIN-A', contracts: 10, price: 40, changedAt: START - DAY }],
  });
  harness.answerAs(member);
  const accountId = await harness.connect(saving(pem));
  for (let minute = 0; minute < 10; minute++) await harness.passMinutes(1);
  member.ledger.determine('RAIN', null);
  member.ledger.pay(harness.now);
  harness.now += 61_000;
  await harness.command('account/poll-if-due', { accountId }); // the popup reads the holdings
  await harness.passMinutes(1);
  const [market] = await readMarketResults(accountId);
  expect(market).toMatchObject({ outcome: 'no' });
  expect(market?.parts.map(resultOf)).toEqual([0, -4_000_000]);
});

test('fills that the historical list refuses: results from the settlements, and since when they are known', async () => {
  const member = new Member({ ledger: traderWith(200, seeded(7)) });
  member.cutoff = START - 90 * DAY;
  harness.answerAs(member);
  const answer = harness.list;
  harness.list = (url) =>
    url.includes('/historical/fills') ? new Response('{}', { status: 403 }) : answer(url);
  const accountId = await harness.connect(saving(pem));
  for (let minute = 0; minute < 5; minute++) await harness.passMinutes(1);
  const progress = await readResultsProgress(accountId);
  expect(progress).toMatchObject({ step: 'done', missingBefore: member.cutoff });
  for (const { ticker, outcome, partial, parts } of await readMarketResults(accountId)) {
    if (outcome === null) continue;
    expect(partial).toBe(true);
    expect(parts.reduce((all, part) => all + big(resultOf(part)), 0n)).toBe(member.ledger.resultOf(ticker));
  }
});

test('a cursor that is no longer accepted starts its list again, and a refused list is asked once a day', async () => {
  const member = new Member({ ledger: traderWith(200, seeded(8)) });
  harness.answerAs(member);
  const answer = harness.list;
  // Cursors of the first generation are never accepted; the list then issues others.
  let generation = 0;
  harness.list = async (url) => {
    const page = new URL(url);
    if (!page.pathname.endsWith('/portfolio/fills')) return answer(url);
    const [cursor = '', issued] = page.searchParams.get('cursor')?.split('#') ?? [];
    if (issued === '0') {
      generation = 1;
      return new Response('{}', { status: 400 });
    }
    page.searchParams.set('cursor', cursor);
    page.searchParams.set('limit', '50');
    const body = await (await answer(String(page))).json();
    return new Response(JSON.stringify({ ...body, cursor: body.cursor && `${body.cursor}#${generation}` }));
  };
  const accountId = await harness.connect(saving(pem));
  for (let minute = 0; minute < 6; minute++) await harness.passMinutes(1);
  expect(generation).toBe(1);
  expect(await readResultsProgress(accountId)).toMatchObject({ step: 'done', complete: true });
  const tickers = new Set(member.ledger.fills.map(({ ticker }) => ticker));
  expect(await readFills(accountId, [...tickers])).toHaveLength(200);

  harness.list = (url) => (url.includes('/fills') ? new Response('{}', { status: 403 }) : answer(url));
  member.setCash('5');
  await harness.passMinutes(1);
  expect(harness.data().results).toMatchObject({ readable: false });
  harness.listRequests.length = 0;
  member.setCash('6');
  await harness.passMinutes(1);
  expect(lists().filter((path) => RESULT_LISTS.includes(path))).toEqual([]);
});

test('an account without a trade: nothing to read, and no time of an oldest fill', async () => {
  const member = new Member({ cash: '5' });
  harness.answerAs(member);
  const answer = harness.list;
  harness.list = (url) => (url.includes('/settlements') ? new Response('', { status: 500 }) : answer(url));
  const accountId = await harness.connect(saving(pem));
  await harness.passMinutes(1);
  expect(await readResultsProgress(accountId)).toMatchObject({ step: 'settlements', oldest: 0, read: 0 });
  harness.list = answer;
  await harness.passMinutes(1);
  expect(await readResultsProgress(accountId)).toMatchObject({ step: 'done', complete: true, days: [] });
});

test('names that cannot be read hold up nothing else', async () => {
  const member = new Member({ ledger: traderWith(100, seeded(11)) });
  harness.answerAs(member);
  const answer = harness.list;
  harness.list = (url) =>
    /\/v2\/(historical\/)?markets/.test(url) ? new Response('', { status: 500 }) : answer(url);
  const accountId = await harness.connect(saving(pem));
  for (let minute = 0; minute < 3; minute++) await harness.passMinutes(1);
  expect(await readResultsProgress(accountId)).toMatchObject({ step: 'done', complete: true });
  expect((await readMarketResults(accountId)).every(({ names }) => names === null)).toBe(true);
  harness.list = answer;
  await harness.passMinutes(6);
  expect((await readMarketResults(accountId)).every(({ names }) => names !== null)).toBe(true);
});

test('results that another version has computed are computed again, without reading anything anew', async () => {
  const member = new Member({ ledger: traderWith(100, seeded(9)) });
  harness.answerAs(member);
  const accountId = await harness.connect(saving(pem));
  for (let minute = 0; minute < 10; minute++) await harness.passMinutes(1);
  const [markets, progress] = [await readMarketResults(accountId), await readResultsProgress(accountId)];
  expect(markets.length).toBeGreaterThan(0);
  expect(progress.days.length).toBeGreaterThan(0);
  expect(progress.step).toBe('done');
  await withResults(async (db) => {
    for (const market of markets)
      await db.put('markets', { ...market, parts: [] }, [accountId, market.ticker]);
  });
  await writeResultsProgress(accountId, { ...progress, days: [], computation: RESULTS_COMPUTATION - 1 });
  const record = harness.browser.local[`account/${accountId}`] as { data: AccountData };
  Object.assign(record.data.results ?? {}, { computation: RESULTS_COMPUTATION - 1 });
  await harness.wake();
  await harness.passMinutes(1);
  expect(await readMarketResults(accountId)).toEqual(markets);
  expect(await readResultsProgress(accountId)).toEqual({ ...progress, from: expect.any(Number) });
});

test('forgetting the account deletes its results', async () => {
  const member = new Member({ ledger: traderWith(100, seeded(9)) });
  harness.answerAs(member);
  const accountId = await harness.connect(saving(pem));
  for (let minute = 0; minute < 3; minute++) await harness.passMinutes(1);
  expect((await readMarketResults(accountId)).length).toBeGreaterThan(0);
  await harness.command('account/forget', { accountId });
  expect(await readMarketResults(accountId)).toEqual([]);
  const names = ['fills', 'settlements', 'markets', 'changed', 'unnamed', 'accounts'];
  const db = await new Promise<IDBDatabase>((resolve) => {
    const open = indexedDB.open('results', 1);
    open.onsuccess = () => resolve(open.result);
  });
  for (const name of names) {
    const rows = db.transaction(name).objectStore(name).getAllKeys();
    await new Promise((resolve) => {
      rows.onsuccess = resolve;
    });
    expect(rows.result).toEqual([]);
  }
  db.close();
});
