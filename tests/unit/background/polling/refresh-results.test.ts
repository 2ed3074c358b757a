// Reading the results: a long history through kills, what is requested afterwards, and the steps of one reading.
//   RESULTS_FILLS=200000 for the long version, RESULTS_SEED=… to repeat one
import { describe, expect, test, vi } from 'vitest';
import type { AccountData } from '../../../../src/domain/accounts/account-data.ts';
import { RESULTS_COMPUTATION, resultOf } from '../../../../src/domain/pnl/market-result.ts';
import { writeRecords } from '../../../../src/storage/records/database.ts';
import {
  readFills,
  readMarketResults,
  readResultsProgress,
  recordOf,
  writeResultsProgress,
} from '../../../../src/storage/records/results.ts';
import { makeKey } from '../../../exchange/keys.ts';
import { Member } from '../../../exchange/member.ts';
import { traderLedger } from '../../../exchange/trader.ts';
import { seeded } from '../../../fakes/random.ts';
import { clearRecords } from '../../../fakes/records.ts';
import { type BackgroundHarness, START, saving, withBackground } from '../background-harness.ts';

const FILLS = Number(process.env.RESULTS_FILLS ?? 4_000);
const SEED = Number(process.env.RESULTS_SEED ?? Math.floor(Math.random() * 2 ** 31));
const DAY = 86_400_000;
const CASH = 1_000_000_000_000n;
const { pem } = makeKey('Ed25519');
const traderWith = (fills: number, seed: number) =>
  traderLedger({ fills, random: seeded(seed), end: START, days: 3 * 365, cash: CASH });

let harness: BackgroundHarness;
let accountId: string;
withBackground((entered) => {
  harness = entered;
});

type Answer = (url: string) => Response | Promise<Response>;
type Step = { path: RegExp; answer: (url: URL, usual: Answer) => Response | Promise<Response> };

/** Connects an account whose lists are those of a member, but for the paths that a test answers itself. */
async function connect(member: Member, ...own: Step[]): Promise<void> {
  harness.answerAs(member);
  answerAs(member, ...own);
  accountId = await harness.connect(saving(pem));
}

function answerAs(member: Member, ...own: Step[]): void {
  harness.listAs(member);
  const usual = harness.list;
  harness.list = (text) => {
    const url = new URL(text);
    const step = own.find(({ path }) => path.test(url.pathname));
    return step ? step.answer(url, usual) : usual(text);
  };
}

const inPagesOf =
  (size: number) =>
  (url: URL, usual: Answer): Response | Promise<Response> => {
    url.searchParams.set('limit', String(size));
    return usual(String(url));
  };
const status = (code: number) => () => new Response('{}', { status: code });
const progress = () => readResultsProgress(clearRecords(accountId));
const requested = (path: RegExp) =>
  harness.listRequests.map((url) => new URL(url)).filter((url) => path.test(url.pathname));
const pollUntilDone = async () => {
  for (let polls = 0; harness.data().results?.kind !== 'done'; polls++) {
    expect(polls).toBeLessThan(30);
    await harness.passMinutes(1);
  }
};
/** Everything was read, and once more after five minutes: nothing is due until something moves. */
const readToEndTwice = async () => {
  await pollUntilDone();
  for (let polls = 0; polls < 8; polls++) await harness.passMinutes(1);
};
const CURRENT = /portfolio\/fills$/;
const HISTORICAL = /historical\/fills$/;

const big = (amount: number) => BigInt(amount);
const lists = () => harness.listRequests.map((url) => new URL(url).pathname.replace('/trade-api/v2', ''));
const RESULT_LISTS = ['/portfolio/fills', '/historical/fills', '/historical/markets'];

const title = `${FILLS} fills of three years, read through kills, are the sums of the cash (RESULTS_SEED=${SEED})`;
test(title, { timeout: 1_800_000 }, async () => {
  const random = seeded(SEED);
  const member = new Member({
    ledger: traderLedger({ fills: FILLS, random, end: START, days: 3 * 365, cash: CASH }),
  });
  member.cutoff = START - 90 * DAY;
  await connect(member);

  let polls = 0;
  while (harness.data().results?.kind !== 'done') {
    if (++polls > 50 + FILLS / 50) throw new Error('it does not end');
    const before = harness.listRequests.length;
    if (random() < 0.6) await harness.passMinutesAndKill(1, 1 + Math.floor(random() * 120));
    else await harness.passMinutes(1);
    const requests = harness.listRequests.slice(before).filter((url) => /fills|historical/.test(url)).length;
    expect(requests).toBeLessThanOrEqual(20);
  }

  const reading = await progress();
  expect(reading).toMatchObject({ step: 'done', complete: true, missingBefore: null, unreadable: 0 });
  const { ledger } = member;
  const results = await readMarketResults(clearRecords(accountId));
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
  const stored = await readFills(clearRecords(accountId), [...tickers]);
  expect(stored).toHaveLength(ledger.fills.length);
  const days = reading.periods.reduce(
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
  expect(harness.data().results).toMatchObject({ kind: 'done' });
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
  const [market] = await readMarketResults(clearRecords(id));
  // 4 of 10 bought at 40¢ are sold at 50¢, for a fee of 0.7¢.
  expect(market?.parts.map(resultOf)).toEqual([0, 4 * 100_000 - 7_000]);
});

test('a position that settled without a payout moves no cash, and is read all the same', async () => {
  const member = new Member({
    cash: '100',
    positions: [{ ticker: 'RAIN-A', contracts: 10, price: 40, changedAt: START - DAY }],
  });
  await connect(member);
  for (let minute = 0; minute < 10; minute++) await harness.passMinutes(1);
  member.ledger.determine('RAIN', null);
  member.ledger.pay(harness.now);
  harness.now += 61_000;
  await harness.command('account/poll-if-due', { accountId }); // the popup reads the holdings
  await harness.passMinutes(1);
  const [market] = await readMarketResults(clearRecords(accountId));
  expect(market).toMatchObject({ outcome: 'no' });
  expect(market?.parts.map(resultOf)).toEqual([0, -4_000_000]);
});

test('fills that the historical list refuses: results from the settlements, and since when they are known', async () => {
  const member = new Member({ ledger: traderWith(200, 7) });
  member.cutoff = START - 90 * DAY;
  await connect(member, { path: HISTORICAL, answer: status(403) });
  for (let minute = 0; minute < 5; minute++) await harness.passMinutes(1);
  const reading = await progress();
  expect(reading).toMatchObject({ step: 'done', missingBefore: member.cutoff });
  for (const { ticker, outcome, partial, parts } of await readMarketResults(clearRecords(accountId))) {
    if (outcome === null) continue;
    expect(partial).toBe(true);
    expect(parts.reduce((all, part) => all + big(resultOf(part)), 0n)).toBe(member.ledger.resultOf(ticker));
  }
});

test('a cursor that is no longer accepted starts its list again, and a refused list is asked once a day', async () => {
  const member = new Member({ ledger: traderWith(200, 8) });
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
  accountId = await harness.connect(saving(pem));
  for (let minute = 0; minute < 6; minute++) await harness.passMinutes(1);
  expect(generation).toBe(1);
  expect(await progress()).toMatchObject({ step: 'done', complete: true });
  const tickers = new Set(member.ledger.fills.map(({ ticker }) => ticker));
  expect(await readFills(clearRecords(accountId), [...tickers])).toHaveLength(200);

  harness.list = (url) => (url.includes('/fills') ? new Response('{}', { status: 403 }) : answer(url));
  member.setCash('5');
  await harness.passMinutes(1);
  expect(harness.data().results).toMatchObject({ kind: 'denied' });
  harness.listRequests.length = 0;
  member.setCash('6');
  await harness.passMinutes(1);
  expect(lists().filter((path) => RESULT_LISTS.includes(path))).toEqual([]);
});

test('an account without a trade: nothing to read, and no time of an oldest fill', async () => {
  const member = new Member({ cash: '5' });
  await connect(member, { path: /settlements$/, answer: status(500) });
  await harness.passMinutes(1);
  expect(await progress()).toMatchObject({ step: 'settlements', oldest: 0, read: 0 });
  answerAs(member);
  await harness.passMinutes(1);
  expect(await progress()).toMatchObject({ step: 'done', complete: true, periods: [] });
});

test('names that cannot be read hold up nothing else', async () => {
  const member = new Member({ ledger: traderWith(100, 11) });
  await connect(member, { path: /markets$/, answer: status(500) });
  for (let minute = 0; minute < 3; minute++) await harness.passMinutes(1);
  expect(await progress()).toMatchObject({ step: 'done', complete: true });
  expect((await readMarketResults(clearRecords(accountId))).every(({ names }) => names === null)).toBe(true);
  answerAs(member);
  await harness.passMinutes(6);
  expect((await readMarketResults(clearRecords(accountId))).every(({ names }) => names !== null)).toBe(true);
});

test('results that another version has computed are computed again, without reading anything anew', async () => {
  const member = new Member({ ledger: traderWith(100, 9) });
  await connect(member);
  for (let minute = 0; minute < 10; minute++) await harness.passMinutes(1);
  const [markets, reading] = [await readMarketResults(clearRecords(accountId)), await progress()];
  expect(markets.length).toBeGreaterThan(0);
  expect(reading.periods.length).toBeGreaterThan(0);
  expect(reading.step).toBe('done');
  await writeRecords(clearRecords(accountId), {
    put: markets.map((market) => recordOf('markets', market.ticker, { ...market, parts: [] })),
  });
  await writeResultsProgress(clearRecords(accountId), {
    ...reading,
    periods: [],
    computation: RESULTS_COMPUTATION - 1,
  });
  const record = harness.browser.local[`account/${accountId}`] as { data: AccountData };
  Object.assign(record.data.results ?? {}, { computation: RESULTS_COMPUTATION - 1 });
  await harness.wake();
  await harness.passMinutes(1);
  expect(await readMarketResults(clearRecords(accountId))).toEqual(markets);
  expect(await progress()).toEqual({ ...reading, from: expect.any(Number) });
});

test('forgetting the account deletes its results', async () => {
  const member = new Member({ ledger: traderWith(100, 9) });
  await connect(member);
  for (let minute = 0; minute < 3; minute++) await harness.passMinutes(1);
  expect((await readMarketResults(clearRecords(accountId))).length).toBeGreaterThan(0);
  await harness.command('account/forget', { accountId });
  expect(await readMarketResults(clearRecords(accountId))).toEqual([]);
  const db = await new Promise<IDBDatabase>((resolve) => {
    const open = indexedDB.open('records', 1);
    open.onsuccess = () => resolve(open.result);
  });
  const rows = db.transaction('records').objectStore('records').getAllKeys();
  await new Promise((resolve) => {
    rows.onsuccess = resolve;
  });
  expect(rows.result).toEqual([]);
  db.close();
});

test('counts what was read, and knows the oldest and the latest; a later reading counts nothing', async () => {
  const member = new Member({ ledger: traderWith(120, 3) });
  const { fills } = member.ledger;
  await connect(member, { path: CURRENT, answer: inPagesOf(50) });
  await pollUntilDone();
  const times = fills.map(({ at }) => at);
  const first = await progress();
  expect(first).toMatchObject({ oldest: Math.min(...times), unreadable: 0, step: 'done', complete: true });
  expect(first.latest).toBeGreaterThanOrEqual(Math.max(...times));
  expect(first.read).toBeGreaterThanOrEqual(fills.length);
  member.ledger.addMarket({ ticker: 'NEW', event: 'NEW', last: 500_000n });
  member.ledger.buy('NEW', 'yes', 100n, 500_000n, 0n, harness.now);
  await harness.passMinutes(1);
  const second = await progress();
  expect(second.read).toBe(first.read);
  expect(second.oldest).toBe(first.oldest);
  expect(second.latest).toBeGreaterThan(first.latest);
});

test('rows that cannot be decoded are counted, and the others are stored', async () => {
  const member = new Member({ ledger: traderWith(10, 3) });
  const broken = async (url: URL, usual: Answer) => {
    const body = await (await usual(String(url))).json();
    return new Response(JSON.stringify({ ...body, fills: [{ ticker: 7 }, ...body.fills, {}] }));
  };
  await connect(member, { path: CURRENT, answer: broken });
  await pollUntilDone();
  expect(await progress()).toMatchObject({ unreadable: 2, step: 'done' });
  expect((await readMarketResults(clearRecords(accountId))).length).toBeGreaterThan(0);
});

test('a poll makes ten steps at most; the next goes on where it ended', async () => {
  const member = new Member({ ledger: traderWith(160, 5) });
  await connect(member, { path: CURRENT, answer: inPagesOf(10) });
  await harness.passMinutes(1);
  expect(requested(CURRENT)).toHaveLength(10);
  const { step, cursor } = await progress();
  expect(step).toBe('fills');
  expect(cursor).not.toBe('');
  expect(harness.data().results).toMatchObject({ kind: 'reading' });
  await harness.passMinutes(1);
  expect(requested(CURRENT)[10]?.searchParams.get('cursor')).toBe(cursor);
  await pollUntilDone();
  expect(requested(CURRENT)).toHaveLength(16);
});

test.each([500, 429])('a page that fails with %i is requested again, with its cursor', async (code) => {
  const member = new Member({ ledger: traderWith(40, 5) });
  let fails = true;
  const answer = (url: URL, usual: Answer) =>
    fails && url.searchParams.has('cursor') ? status(code)() : inPagesOf(10)(url, usual);
  await connect(member, { path: CURRENT, answer });
  await harness.passMinutes(1);
  expect(requested(CURRENT)).toHaveLength(2);
  expect(harness.data().results).toMatchObject({ kind: 'reading' });
  const { cursor } = await progress();
  expect(cursor).not.toBe('');
  fails = false;
  harness.listRequests.length = 0;
  await pollUntilDone();
  expect(requested(CURRENT).map((url) => url.searchParams.get('cursor'))).toEqual([
    ...[cursor, expect.any(String), expect.any(String)],
  ]);
});

test.each([
  ['fails', 500, 'historical', null],
  ['is refused', 403, 'done', 'cutoff'],
  ['is not there', 404, 'done', 'cutoff'],
])('the historical list %s at its first page', async (_, code, step, missing) => {
  const member = new Member({ ledger: traderWith(60, 5) });
  member.cutoff = START - 90 * DAY;
  await connect(member, { path: HISTORICAL, answer: status(code) });
  for (let polls = 0; polls < 4; polls++) await harness.passMinutes(1);
  expect(await progress()).toMatchObject({ step, missingBefore: missing && member.cutoff });
});

test('the historical list is refused at a later page: nothing is left out silently', async () => {
  const member = new Member({ ledger: traderWith(200, 5) });
  member.cutoff = START - 90 * DAY;
  const answer = (url: URL, usual: Answer) =>
    url.searchParams.has('cursor') ? status(403)() : inPagesOf(20)(url, usual);
  await connect(member, { path: HISTORICAL, answer });
  for (let polls = 0; polls < 4; polls++) await harness.passMinutes(1);
  expect(await progress()).toMatchObject({ step: 'historical', missingBefore: null });
  expect(harness.data().results).toMatchObject({ kind: 'denied' });
});

test('transfers: all of them at first, then those that the polls have read, each once', async () => {
  const member = new Member({
    cash: '100',
    positions: [{ ticker: 'RAIN-A', contracts: 10, price: 40, changedAt: START - DAY }],
  });
  member.pay({ cents: 5_000, at: START - 300 * DAY });
  member.pay({ cents: -2_000, at: START - 200 * DAY });
  await connect(member);
  await pollUntilDone();
  expect((await progress()).transfers?.map(({ amount }) => amount).sort()).toEqual(
    [-20_000_000, 50_000_000].sort(),
  );
  member.pay({ cents: 700, at: harness.now });
  for (let polls = 0; polls < 8; polls++) await harness.passMinutes(1);
  member.ledger.buy('RAIN-A', 'yes', 100n, 500_000n, 0n, harness.now);
  for (let polls = 0; polls < 8; polls++) await harness.passMinutes(1);
  const { transfers } = await progress();
  expect(transfers?.map(({ amount }) => amount).sort()).toEqual([-20_000_000, 50_000_000, 7_000_000].sort());
  expect(new Set(transfers?.map(({ id }) => id)).size).toBe(3);
});

test.each([
  ['is refused', status(403), 'done', null],
  ['does not end', () => Response.json({ cursor: 'more' }), 'done', []],
  ['has a row that cannot be decoded', () => Response.json({ deposits: [{}] }), 'done', []],
  ['fails', status(500), 'transfers', []],
])('the list of transfers %s', async (_, answer, step, transfers) => {
  const member = new Member({ cash: '100' });
  await connect(member, { path: /deposits|withdrawals|intra_exchange/, answer });
  for (let polls = 0; polls < 3; polls++) await harness.passMinutes(1);
  expect(await progress()).toMatchObject({ step, transfers });
});

const MARKETS = /v2\/markets$/;
const OLD_MARKETS = /historical\/markets$/;
const tickersOf = (url: URL) => (url.searchParams.get('tickers') ?? '').split(',').sort();
const bought = (...tickers: string[]) =>
  new Member({
    cash: '1000',
    positions: tickers.map((ticker) => ({ ticker, contracts: 1, price: 50, changedAt: START - DAY })),
  });
const namesOfResults = async () =>
  Object.fromEntries(
    (await readMarketResults(clearRecords(accountId))).map(({ ticker, names }) => [ticker, names]),
  );
const without =
  (...missing: string[]) =>
  async (url: URL, usual: Answer) => {
    const { markets, ...body } = await (await usual(String(url))).json();
    const kept = markets.filter(({ ticker }: { ticker: string }) => !missing.includes(ticker));
    return new Response(JSON.stringify({ ...body, markets: kept }));
  };

test('names: the historical list is asked for what the current one lacks, and for nothing else', async () => {
  await connect(
    bought('A', 'B', 'C'),
    { path: MARKETS, answer: without('B') },
    { path: OLD_MARKETS, answer: (url, usual) => usual(String(url).replace('historical/', '')) },
  );
  await pollUntilDone();
  expect(requested(OLD_MARKETS).map(tickersOf)).toEqual([['B'], ['B']]); // how it ended, and its names
  const names = await namesOfResults();
  for (const ticker of ['A', 'B', 'C']) expect(names[ticker]?.title).toBe(`Market ${ticker}`);
});

test('names: a market without a title has that of its event, however many events there are', async () => {
  const tickers = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
  const member = bought(...tickers);
  for (const each of tickers) member.ledger.addEvent(`EVENT-${each}`, `Title ${each}`, false);
  await connect(member, {
    path: MARKETS,
    answer: async (url, usual) => {
      const { markets, ...body } = await (await usual(String(url))).json();
      const untitled = markets.map((market: { ticker: string }) => ({
        ...market,
        title: '',
        event_ticker: `EVENT-${market.ticker}`,
      }));
      return Response.json({ ...body, markets: untitled });
    },
  });
  await pollUntilDone();
  const names = await namesOfResults();
  expect(tickers.map((each) => names[each]?.title)).toEqual(tickers.map((each) => `Title ${each}`));
});

test('names: a market that no list has is named by its ticker, once and for all', async () => {
  const lacksB = { path: /markets$/, answer: without('B') };
  await connect(bought('A', 'B'), lacksB);
  await pollUntilDone();
  expect((await namesOfResults()).B).toEqual({ event: 'B', title: '', yes: '', no: '' });
  const before = requested(OLD_MARKETS).length;
  for (let polls = 0; polls < 8; polls++) await harness.passMinutes(1);
  expect(requested(OLD_MARKETS)).toHaveLength(before);
});

test('more markets than are computed or named at once: each has its result and its name', async () => {
  const tickers = Array.from({ length: 230 }, (_, index) => `M${index}`);
  await connect(bought(...tickers));
  await pollUntilDone();
  const results = await readMarketResults(clearRecords(accountId));
  expect(requested(OLD_MARKETS)).toEqual([]); // the current list has them all
  expect(results.map(({ ticker }) => ticker).sort()).toEqual(tickers.sort());
  expect(results.every(({ ticker, names }) => names?.title === `Market ${ticker}`)).toBe(true);
});

test('a lock while a page is requested: nothing of it is stored', async () => {
  const member = new Member({ ledger: traderWith(40, 5) });
  harness.answerAs(member);
  accountId = await harness.connect({ ...saving(pem), passphrase: 'four words or more' });
  answerAs(member, {
    path: CURRENT,
    answer: async (url, usual) => {
      await harness.command('account/lock', { accountId });
      return usual(String(url));
    },
  });
  await harness.passMinutes(1);
  expect(await progress()).toMatchObject({ step: 'fills', read: 0 });
  expect(requested(CURRENT)).toHaveLength(1);
  const settlements = requested(/settlements$/).filter((url) => !url.searchParams.has('min_ts'));
  expect(settlements).toEqual([]);
});

test('a store that does not open: nothing of the results is requested, and they stay due', async () => {
  const { indexedDB } = globalThis;
  vi.stubGlobal('indexedDB', {
    open: (name: string, version: number) => {
      if (name === 'records') throw new DOMException('closed', 'InvalidStateError');
      return indexedDB.open(name, version);
    },
  });
  await connect(bought('A'));
  await harness.passMinutes(1);
  expect(requested(CURRENT)).toEqual([]);
  expect(harness.data().results).toMatchObject({ kind: 'reading' });
});

test('a later reading requests no transfers by itself: it takes those that the poll has read', async () => {
  const member = bought('A');
  await connect(member);
  await readToEndTwice();
  harness.listRequests.length = 0;
  member.ledger.buy('A', 'yes', 100n, 500_000n, 0n, harness.now);
  await harness.passMinutes(1);
  expect(requested(CURRENT)).toHaveLength(1);
  expect(requested(/deposits$/)).toEqual([]);
});

describe('alerts of fills', () => {
  const newTrades = async () => (await progress()).newTrades;
  const recent = () => harness.data().alerts?.recent.map(({ event }) => event.kind);

  test('decided once everything was read, each once; what is new is forgotten with that', async () => {
    const member = bought('A');
    await connect(member);
    await harness.command('alerts/change', { accountId, rules: { fill: true } });
    await readToEndTwice();
    expect(recent()).toEqual([]);
    expect(await newTrades()).toEqual([]);
    member.ledger.buy('A', 'yes', 100n, 500_000n, 0n, harness.now);
    await harness.passMinutes(1);
    expect(recent()).toEqual(['fill']);
    expect(await newTrades()).toEqual([]);
    for (let polls = 0; polls < 8; polls++) await harness.passMinutes(1);
    expect(recent()).toEqual(['fill']);
  });

  test('a reading that is not finished decides nothing, and keeps what is new', async () => {
    const member = bought('A');
    await connect(member);
    await harness.command('alerts/change', { accountId, rules: { fill: true } });
    await readToEndTwice();
    answerAs(member, { path: /settlements$/, answer: status(500) });
    member.ledger.buy('A', 'yes', 100n, 500_000n, 0n, harness.now);
    await harness.passMinutes(1);
    expect(recent()).toEqual([]);
    expect(await newTrades()).toHaveLength(1);
    answerAs(member);
    await harness.passMinutes(1);
    expect(recent()).toEqual(['fill']);
  });

  test('a decision that cannot be stored is made with the next poll: what is new is kept until then', async () => {
    const member = bought('A');
    await connect(member);
    await harness.command('alerts/change', { accountId, rules: { fill: true } });
    await readToEndTwice();
    const { local } = harness.browser.api.storage;
    const { set } = local;
    local.set = async (items) => {
      if (JSON.stringify(items).includes('"kind":"fill"')) throw new Error('the disk is full');
      return set(items);
    };
    member.ledger.buy('A', 'yes', 100n, 500_000n, 0n, harness.now);
    await harness.passMinutes(1);
    expect(recent()).toEqual([]);
    expect(await newTrades()).toHaveLength(1);
    local.set = set;
    await harness.passMinutes(1);
    expect(recent()).toEqual(['fill']);
    expect(await newTrades()).toEqual([]);
  });

  test('a reading that takes several polls decides nothing until the last of them', async () => {
    const member = bought('A');
    await connect(member);
    await harness.command('alerts/change', { accountId, rules: { fill: true } });
    await readToEndTwice();
    answerAs(member, { path: CURRENT, answer: inPagesOf(1) });
    for (let fills = 0; fills < 15; fills++) member.ledger.buy('A', 'yes', 100n, 500_000n, 0n, harness.now);
    await harness.passMinutes(1);
    expect((await newTrades()).length).toBeGreaterThan(5);
    expect(recent()).toEqual([]);
    await pollUntilDone();
    expect(recent()).toEqual(['fill']);
    expect(await newTrades()).toEqual([]);
  });

  test('an account without alerts gets none, and what is new is forgotten too', async () => {
    const member = bought('A');
    await connect(member);
    await pollUntilDone();
    member.ledger.buy('A', 'yes', 100n, 500_000n, 0n, harness.now);
    await harness.passMinutes(1);
    expect(harness.data()).not.toHaveProperty('alerts');
    expect(await newTrades()).toEqual([]);
  });
});
