// The steps of one reading of the results: pages, refusals, transfers and names, each at its limits.
import { describe, expect, test, vi } from 'vitest';
import { readMarketResults, readResultsProgress } from '../../../../src/storage/results-store.ts';
import { makeKey } from '../../../exchange/keys.ts';
import { Member } from '../../../exchange/member.ts';
import { traderLedger } from '../../../exchange/trader.ts';
import { seeded } from '../../../fakes/random.ts';
import { type BackgroundHarness, START, saving, withBackground } from '../background-harness.ts';

const DAY = 86_400_000;
const { pem } = makeKey('Ed25519');
const traderWith = (fills: number, seed: number) =>
  traderLedger({ fills, random: seeded(seed), end: START, days: 3 * 365, cash: 1_000_000_000_000n });

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
const progress = () => readResultsProgress(accountId);
const requested = (path: RegExp) =>
  harness.listRequests.map((url) => new URL(url)).filter((url) => path.test(url.pathname));
const pollUntilDone = async () => {
  for (let polls = 0; harness.data().results?.due !== false; polls++) {
    expect(polls).toBeLessThan(30);
    await harness.passMinutes(1);
  }
};
/** Everything was read, and once more after five minutes: nothing is due until something moves. */
const readToEndTwice = async () => {
  await pollUntilDone();
  for (let polls = 0; polls < 8; polls++) await harness.passMinutes(1);
};
const FILLS = /portfolio\/fills$/;
const HISTORICAL = /historical\/fills$/;

test('counts what was read, and knows the oldest and the latest; a later reading counts nothing', async () => {
  const member = new Member({ ledger: traderWith(120, 3) });
  const { fills } = member.ledger;
  await connect(member, { path: FILLS, answer: inPagesOf(50) });
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
  await connect(member, { path: FILLS, answer: broken });
  await pollUntilDone();
  expect(await progress()).toMatchObject({ unreadable: 2, step: 'done' });
  expect((await readMarketResults(accountId)).length).toBeGreaterThan(0);
});

test('a poll makes ten steps at most; the next goes on where it ended', async () => {
  const member = new Member({ ledger: traderWith(160, 5) });
  await connect(member, { path: FILLS, answer: inPagesOf(10) });
  await harness.passMinutes(1);
  expect(requested(FILLS)).toHaveLength(10);
  const { step, cursor } = await progress();
  expect(step).toBe('fills');
  expect(cursor).not.toBe('');
  expect(harness.data().results).toMatchObject({ due: true });
  await harness.passMinutes(1);
  expect(requested(FILLS)[10]?.searchParams.get('cursor')).toBe(cursor);
  await pollUntilDone();
  expect(requested(FILLS)).toHaveLength(16);
});

test.each([500, 429])('a page that fails with %i is requested again, with its cursor', async (code) => {
  const member = new Member({ ledger: traderWith(40, 5) });
  let fails = true;
  const answer = (url: URL, usual: Answer) =>
    fails && url.searchParams.has('cursor') ? status(code)() : inPagesOf(10)(url, usual);
  await connect(member, { path: FILLS, answer });
  await harness.passMinutes(1);
  expect(requested(FILLS)).toHaveLength(2);
  expect(harness.data().results).toMatchObject({ due: true, readable: true });
  const { cursor } = await progress();
  expect(cursor).not.toBe('');
  fails = false;
  harness.listRequests.length = 0;
  await pollUntilDone();
  expect(requested(FILLS).map((url) => url.searchParams.get('cursor'))).toEqual([
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
  expect(harness.data().results).toMatchObject({ readable: false });
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
  ['does not end', () => Response.json({ cursor: 'more' }), 'done', null],
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
  Object.fromEntries((await readMarketResults(accountId)).map(({ ticker, names }) => [ticker, names]));
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
  expect(requested(OLD_MARKETS).map(tickersOf)).toEqual([['B']]);
  const names = await namesOfResults();
  for (const ticker of ['A', 'B', 'C']) expect(names[ticker]?.title).toBe(`Market ${ticker}`);
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
  const results = await readMarketResults(accountId);
  expect(requested(OLD_MARKETS)).toEqual([]); // the current list has them all
  expect(results.map(({ ticker }) => ticker).sort()).toEqual(tickers.sort());
  expect(results.every(({ ticker, names }) => names?.title === `Market ${ticker}`)).toBe(true);
});

test('a lock while a page is requested: nothing of it is stored', async () => {
  const member = new Member({ ledger: traderWith(40, 5) });
  harness.answerAs(member);
  accountId = await harness.connect({ ...saving(pem), passphrase: 'four words or more' });
  answerAs(member, {
    path: FILLS,
    answer: async (url, usual) => {
      await harness.command('account/lock', { accountId });
      return usual(String(url));
    },
  });
  await harness.passMinutes(1);
  expect(await progress()).toMatchObject({ step: 'fills', read: 0 });
  expect(requested(FILLS)).toHaveLength(1);
  const settlements = requested(/settlements$/).filter((url) => !url.searchParams.has('min_ts'));
  expect(settlements).toEqual([]);
});

test('a store that does not open: nothing of the results is requested, and they stay due', async () => {
  const { indexedDB } = globalThis;
  vi.stubGlobal('indexedDB', {
    open: (name: string, version: number) => {
      if (name === 'results') throw new DOMException('closed', 'InvalidStateError');
      return indexedDB.open(name, version);
    },
  });
  await connect(bought('A'));
  await harness.passMinutes(1);
  expect(requested(FILLS)).toEqual([]);
  expect(harness.data().results).toMatchObject({ due: true, readable: true });
});

test('a later reading requests no transfers by itself: it takes those that the poll has read', async () => {
  const member = bought('A');
  await connect(member);
  await readToEndTwice();
  harness.listRequests.length = 0;
  member.ledger.buy('A', 'yes', 100n, 500_000n, 0n, harness.now);
  await harness.passMinutes(1);
  expect(requested(FILLS)).toHaveLength(1);
  expect(requested(/deposits$/)).toEqual([]);
});

describe('alerts of fills', () => {
  const news = async () => (await progress()).news;
  const recent = () => harness.data().alerts?.recent.map(({ event }) => event.kind);

  test('decided once everything was read, each once; what is new is forgotten with that', async () => {
    const member = bought('A');
    await connect(member);
    await harness.command('alerts/change', { accountId, rules: { fill: true } });
    await readToEndTwice();
    expect(recent()).toEqual([]);
    expect(await news()).toEqual([]);
    member.ledger.buy('A', 'yes', 100n, 500_000n, 0n, harness.now);
    await harness.passMinutes(1);
    expect(recent()).toEqual(['fill']);
    expect(await news()).toEqual([]);
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
    expect(await news()).toHaveLength(1);
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
    expect(await news()).toHaveLength(1);
    local.set = set;
    await harness.passMinutes(1);
    expect(recent()).toEqual(['fill']);
    expect(await news()).toEqual([]);
  });

  test('a reading that takes several polls decides nothing until the last of them', async () => {
    const member = bought('A');
    await connect(member);
    await harness.command('alerts/change', { accountId, rules: { fill: true } });
    await readToEndTwice();
    answerAs(member, { path: FILLS, answer: inPagesOf(1) });
    for (let fills = 0; fills < 15; fills++) member.ledger.buy('A', 'yes', 100n, 500_000n, 0n, harness.now);
    await harness.passMinutes(1);
    expect((await news()).length).toBeGreaterThan(5);
    expect(recent()).toEqual([]);
    await pollUntilDone();
    expect(recent()).toEqual(['fill']);
    expect(await news()).toEqual([]);
  });

  test('an account without alerts gets none, and what is new is forgotten too', async () => {
    const member = bought('A');
    await connect(member);
    await pollUntilDone();
    member.ledger.buy('A', 'yes', 100n, 500_000n, 0n, harness.now);
    await harness.passMinutes(1);
    expect(harness.data()).not.toHaveProperty('alerts');
    expect(await news()).toEqual([]);
  });
});
