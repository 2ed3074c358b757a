// What the simulated exchange answers, by what is documented or was recorded of Kalshi: pages, archives, subaccounts, public
// endpoints, answers of the edge.
import { request } from 'node:https';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Exchange } from '../exchange.ts';
import { DOLLAR, Ledger } from '../ledger.ts';
import { type Key, Member } from '../member.ts';
import { profile } from '../profiles/index.ts';

const NOW = Date.UTC(2026, 10, 28, 20, 0);
const DAY = 86_400_000;

// biome-ignore lint/suspicious/noExplicitAny: answers of any shape
type Body = any;
function get(member: Member, path: string, key?: Pick<Key, 'subaccount'>): { status: number; body: Body } {
  const url = new URL(`https://x/trade-api/v2/${path}`);
  return member.answer(url.pathname, url.searchParams, NOW, key);
}

/** All rows of a list, page by page. */
function all(member: Member, path: string, name: string): Body[] {
  const rows: Body[] = [];
  for (let cursor = ''; ; ) {
    const { status, body } = get(member, `${path}${cursor && `&cursor=${cursor}`}`);
    expect(status).toBe(200);
    rows.push(...body[name]);
    if (!body.cursor) return rows;
    cursor = body.cursor;
  }
}

const sports = profile('sports-trader', NOW).member;
const veteran = profile('veteran', NOW).member;

test.each([
  ['portfolio/fills', 1000],
  ['portfolio/settlements', 1000],
  ['portfolio/orders', 1000],
  ['portfolio/positions', 1000],
  ['historical/fills', 1000],
  ['historical/positions', 1000],
  ['portfolio/deposits', 500],
  ['portfolio/withdrawals', 500],
  ['portfolio/intra_exchange_instance_transfers', 500],
  ['portfolio/subaccounts/transfers', 1000],
  ['markets', 1000],
  ['historical/markets', 1000],
  ['milestones', 500],
])('%s: limits up to %i; others and foreign cursors are refused', (path, most) => {
  expect(get(sports, `${path}?limit=${most}`).status).toBe(200);
  const refused = { status: 400, body: { error: { code: 'bad_request', message: 'bad request' } } };
  for (const limit of [0, -1, most + 1, '1.5', 'x']) {
    expect(get(sports, `${path}?limit=${limit}`)).toEqual(refused);
  }
  expect(get(sports, `${path}?cursor=nonsense`)).toEqual(refused);
  const foreign = get(sports, 'portfolio/fills?limit=1').body.cursor;
  if (path !== 'portfolio/fills') expect(get(sports, `${path}?cursor=${foreign}`)).toEqual(refused);
});

test('pages contain each row once', () => {
  const fills = all(veteran, 'historical/fills?limit=77', 'fills');
  expect(new Set(fills.map(({ fill_id }) => fill_id)).size).toBe(fills.length);
  const live = all(veteran, 'portfolio/fills?limit=9', 'fills');
  expect(fills.length + live.length).toBe(veteran.ledger.fills.length);
  const transfers = all(sports, 'portfolio/intra_exchange_instance_transfers?limit=500', 'transfers');
  expect(transfers).toHaveLength(sports.ledger.perpsTransfers.length);
});

test('archived settlements are in no list; historical and settled positions have all of them, by whole events', () => {
  const { settled } = veteran.ledger;
  const listed = all(veteran, 'portfolio/settlements?limit=1000', 'settlements');
  expect(listed.length).toBeLessThan(settled.length / 10);
  const archived = all(veteran, 'historical/positions?limit=20', 'market_positions');
  const live = all(veteran, 'portfolio/positions?settlement_status=settled&limit=20', 'market_positions');
  const tickers = [...archived, ...live].map(({ ticker }) => ticker);
  expect(tickers.toSorted()).toEqual(settled.map(({ ticker }) => ticker).toSorted());
  const latest = Math.max(...archived.map(({ last_updated_ts }) => Date.parse(last_updated_ts)));
  expect(latest).toBeLessThan(veteran.cutoffs.positions);
  const eventOf = ({ ticker }: Body) => settled.find((row) => row.ticker === ticker)?.event;
  const events = new Set(archived.map(eventOf));
  expect(live.some((row) => events.has(eventOf(row)))).toBe(false);
});

test('an event of which one market settled after the cutoff is not archived', () => {
  const ledger = new Ledger();
  const member = new Member({ ledger });
  for (const ticker of ['E-1', 'E-2', 'F-1'])
    ledger.addMarket({ ticker, event: ticker.slice(0, 1), last: DOLLAR / 2n });
  for (const ticker of ['E-1', 'E-2', 'F-1'])
    ledger.buy(ticker, 'yes', 100n, DOLLAR / 2n, 0n, NOW - 90 * DAY);
  for (const [ticker, at] of [
    ['E-1', 80],
    ['F-1', 80],
    ['E-2', 2],
  ] as const) {
    ledger.resolve(ticker, 'yes');
    ledger.pay(NOW - at * DAY);
  }
  member.archive(NOW);
  expect(all(member, 'historical/positions?limit=9', 'market_positions')).toMatchObject([{ ticker: 'F-1' }]);
  const live = all(member, 'portfolio/positions?settlement_status=settled&limit=9', 'market_positions');
  expect(live.map(({ ticker }) => ticker)).toEqual(['E-1', 'E-2']);
});

test('fills of before 28 January 2026 have no fee in the list', () => {
  const fills = all(veteran, 'historical/fills?limit=1000', 'fills');
  const first = Date.UTC(2026, 0, 28);
  for (const row of fills) expect('fee_cost' in row).toBe(Date.parse(row.created_time) >= first);
});

test('executed orders are archived after two weeks', () => {
  const live = all(sports, 'portfolio/orders?limit=1000', 'orders');
  const archived = all(sports, 'historical/orders?limit=1000', 'orders');
  expect(archived.length).toBeGreaterThan(live.length);
  const executed = live.filter(({ status }) => status === 'executed');
  for (const { created_time } of executed)
    expect(Date.parse(created_time)).toBeGreaterThanOrEqual(NOW - 15 * DAY);
});

test('a key of one subaccount reads that subaccount alone', () => {
  const { member, subaccount = 0, ledger } = profile('bot', NOW);
  const key = { subaccount };
  const refused = {
    error: {
      code: 'forbidden',
      message: 'this API key is restricted to a single sub-account and cannot access this endpoint',
    },
  };
  const { body } = get(member, 'portfolio/balance', key);
  expect(body.balance).toBe(Number(ledger.cash / 10_000n));
  expect(body.balance_breakdown).toBeUndefined();
  expect(get(member, 'portfolio/fills', key).body.fills[0].subaccount_number).toBe(subaccount);
  expect(get(member, `portfolio/fills?subaccount=${subaccount}`, key).status).toBe(200);
  for (const path of [
    'portfolio/balance?subaccount=0',
    'portfolio/orders?subaccount=0',
    'portfolio/deposits',
    'portfolio/withdrawals',
    'portfolio/subaccounts/balances',
    'margin/balance',
    'api_keys',
  ]) {
    expect(get(member, path, key), path).toEqual({ status: 403, body: refused });
  }
  // Without a restriction, the balance is the primary one's and the fills are all of them.
  expect(get(member, 'portfolio/balance', {}).body.balance).not.toBe(body.balance);
  expect(get(member, 'portfolio/fills?subaccount=0', {}).body.fills).toHaveLength(0);
  expect(get(member, 'portfolio/subaccounts/transfers', {}).body.transfers).toMatchObject([
    { from_subaccount: 0, to_subaccount: subaccount, amount_cents: 60_000 },
  ]);
  expect(get(member, 'portfolio/subaccounts/balances', {}).body.subaccount_balances).toHaveLength(2);
});

test('a combo has its legs; the value of each is there as soon as it is known', () => {
  const combo = sports.ledger.settled.find(({ ticker }) => ticker.startsWith('KXMVE'))?.ticker;
  const [row] = get(sports, `markets?tickers=${combo}`).body.markets;
  expect(row).toMatchObject({ status: 'finalized', mve_collection_ticker: 'KXMVESPORTSMULTIGAMEEXTENDED-R' });
  const product = row.mve_selected_legs.reduce((all: number, leg: Body) => {
    const value = Number(leg.yes_settlement_value_dollars);
    return all * (leg.side === 'yes' ? value : 1 - value);
  }, 1);
  expect(Number(row.settlement_value_dollars)).toBeCloseTo(product, 3);
  const held = sports.tickers.find((each) => each.startsWith('KXMVE'));
  const [open] = get(sports, `markets?tickers=${held}`).body.markets;
  expect(open.mve_selected_legs[0].yes_settlement_value_dollars).toBeUndefined();
});

test('unknown tickers are left out; an unknown event, series or path is not found', () => {
  const [ticker = ''] = sports.tickers;
  expect(get(sports, `markets?tickers=NOPE,${ticker}`).body.markets).toHaveLength(1);
  for (const path of ['events/NOPE', 'series/NOPE', 'portfolio/nope']) {
    expect(get(sports, path)).toEqual({
      status: 404,
      body: { error: { code: 'not_found', message: 'not found' } },
    });
  }
  expect(get(profile('newcomer', NOW).member, 'portfolio/withdrawals').status).toBe(404);
});

test('events have a milestone and a series; ladders and exclusive events say how collateral is returned', () => {
  const market = [...sports.ledger.markets.values()].find(({ event }) => event.includes('TOTAL'));
  const { body } = get(sports, `milestones?related_event_ticker=${market?.event}`);
  expect(body.milestones).toMatchObject([{ related_event_tickers: [market?.event], category: 'Sports' }]);
  expect(get(sports, 'milestones?related_event_ticker=NOPE').body.milestones).toEqual([]);
  const series = market?.event.replace(/-.*/, '') ?? '';
  expect(get(sports, `series/${series}`).body.series).toMatchObject({ ticker: series, category: 'Sports' });
  expect(get(sports, `events/${market?.event}`).body.event.collateral_return_type).toBe('DIRECNET');
  const [row] = get(sports, `markets?tickers=${market?.ticker}`).body.markets;
  expect(row).toMatchObject({ strike_type: 'greater', floor_strike: market?.strike });
});

test('a debit-card deposit adds its amount minus the fee (recorded); one that can be used at once is pending', () => {
  const ledger = new Ledger();
  const row = { kind: 'deposit', cents: 37_800, requestedAt: NOW, finishedAt: NOW } as const;
  ledger.transfer({ ...row, id: 'd1', status: 'applied', type: 'debit', feeCents: 756 });
  expect(ledger.cash).toBe(370_440_000n);
  ledger.transfer({ ...row, id: 'd2', status: 'pending', instant: true, finishedAt: null });
  expect(ledger.cash).toBe(748_440_000n);
  ledger.finish('d2', 'applied', NOW);
  expect(ledger.cash).toBe(748_440_000n);
  ledger.finish('d2', 'returned', NOW);
  expect(ledger.cash).toBe(370_440_000n);
  ledger.transfer({ ...row, id: 'w', kind: 'withdrawal', status: 'cancelled' });
  expect(ledger.cash).toBe(370_440_000n);
  const { deposits } = get(new Member({ ledger }), 'portfolio/deposits').body;
  expect(deposits.find(({ id }: Body) => id === 'd1')).toMatchObject({
    amount_cents: 37_800,
    fee_cents: 756,
    type: 'debit',
  });
});

test.each([
  ['above', 'L-1', 'L-2'],
  ['below', 'L-2', 'L-1'],
] as const)(
  'a ladder "%s": what pays a dollar in any case is returned, and is missing from the payout',
  (ladder, wide, narrow) => {
    const ledger = new Ledger();
    ledger.addEvent('L', 'Ladder', false, { ladder });
    for (const strike of [1, 2])
      ledger.addMarket({ ticker: `L-${strike}`, event: 'L', last: DOLLAR / 2n, strike });
    ledger.buy(narrow, 'yes', 10_000n, DOLLAR / 2n, 0n, NOW);
    ledger.buy(wide, 'no', 10_000n, DOLLAR / 2n, 0n, NOW);
    expect(ledger.cash).toBe(-100n * DOLLAR); // at most one of both pays, or none
    ledger.buy(wide, 'yes', 20_000n, DOLLAR / 2n, 0n, NOW); // 100 are left
    ledger.buy(narrow, 'no', 20_000n, DOLLAR / 2n, 0n, NOW); // 100 are left: at least one of both pays
    expect(ledger.cash).toBe(0n); // 300 paid, 200 for pairs, 100 returned
    ledger.resolve(wide, 'yes');
    ledger.resolve(narrow, 'no');
    ledger.pay(NOW);
    expect(ledger.cash).toBe(100n * DOLLAR); // both won 100, of which 100 were paid before
  },
);

let exchange: Exchange;
beforeAll(async () => {
  exchange = await Exchange.start();
});
afterAll(() => exchange.stop());

/** A request without a signature. */
function unsigned(path: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port: exchange.port,
      path: `/trade-api/v2/${path}`,
      servername: 'external-api.kalshi.com',
      headers: { host: 'external-api.kalshi.com' },
      ca: exchange.certificate.cert,
    };
    request(options, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, text });
    })
      .on('error', reject)
      .end();
  });
}

test('public endpoints need no signature, others do', async () => {
  exchange.addMember({ positions: [{ ticker: 'A-1', contracts: 3, price: 50 }] });
  expect(JSON.parse((await unsigned('markets?tickers=A-1')).text).markets).toHaveLength(1);
  expect((await unsigned('events/A')).status).toBe(200);
  expect((await unsigned('historical/cutoff')).status).toBe(200);
  expect((await unsigned('portfolio/balance')).status).toBe(401);
  expect((await unsigned('nope')).status).toBe(401);
});

test('the edge answers some paths in HTML', async () => {
  exchange.setFault({ kind: 'edge', status: 403 }, null, /markets$/);
  expect(await unsigned('markets?tickers=A-1')).toEqual({
    status: 403,
    text: expect.stringContaining('<!doctype html>'),
  });
  expect((await unsigned('events/A')).status).toBe(200);
  exchange.setFault();
});
