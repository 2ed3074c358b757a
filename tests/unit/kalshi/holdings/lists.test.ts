// Each list of the holdings by itself: its query, its pages, and rows at the limits.
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { RequestContext } from '../../../../src/kalshi/client.ts';
import { PATHS } from '../../../../src/kalshi/endpoints.ts';
import { fetchEvents } from '../../../../src/kalshi/holdings/fetch-events.ts';
import { fetchMarkets } from '../../../../src/kalshi/holdings/fetch-markets.ts';
import { fetchOrders } from '../../../../src/kalshi/holdings/fetch-orders.ts';
import { fetchPositions } from '../../../../src/kalshi/holdings/fetch-positions.ts';
import { fetchSettlements } from '../../../../src/kalshi/holdings/fetch-settlements.ts';
import { fetchList, fetchLists } from '../../../../src/kalshi/holdings/pagination.ts';
import { Member } from '../../../exchange/member.ts';
import { contextOf, json, type Spoil } from '../../../fakes/request-context.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const DAY = 24 * 3_600_000;

async function requestsOf(
  use: (context: RequestContext) => Promise<unknown>,
  answer: Spoil,
  clockOffset = 0,
) {
  const { context, requests } = await contextOf(new Member(), () => NOW, answer);
  const reply = await use({ ...context, clockOffset });
  return { reply, requests, queries: requests.map(({ searchParams }) => Object.fromEntries(searchParams)) };
}
const unreachable = () => {
  throw new TypeError('network');
};

describe('pages', () => {
  const row = v.object({ id: v.number() });
  const list = (answer: Spoil) =>
    requestsOf(
      (context) => fetchList(context, { path: PATHS.orders, query: { limit: '2' } }, 'rows', row),
      answer,
    );

  test('are fetched until there is no cursor', async () => {
    const pages: object[] = [
      { rows: [{ id: 1 }, { id: 'two' }], cursor: 'second' },
      { rows: [{ id: 3 }], cursor: '' },
    ];
    const { reply, queries } = await list(() => json(pages.shift() ?? {}));
    expect(reply).toEqual({ ok: true, rows: [{ id: 1 }, { id: 3 }], unreadable: 1 });
    expect(queries).toEqual([{ limit: '2' }, { limit: '2', cursor: 'second' }]);
  });

  test('a list that does not end within ten pages is incomplete', async () => {
    const { reply, requests } = await list(() => json({ rows: [{ id: 1 }], cursor: 'again' }));
    expect(requests).toHaveLength(10);
    expect(reply).toEqual({ ok: false, reason: 'incomplete' });
  });

  test('a missing list is empty, a cursor of another type is none', async () => {
    const { reply, requests } = await list(() => json({ cursor: 7 }));
    expect(reply).toEqual({ ok: true, rows: [], unreadable: 0 });
    expect(requests).toHaveLength(1);
  });

  test('several lists of one response', async () => {
    const both = (context: RequestContext) =>
      fetchLists(context, { path: PATHS.positions, query: {} }, { first: row, second: row });
    const { reply } = await requestsOf(both, () => json({ first: [{ id: 1 }], second: [{}] }));
    const lists = { first: { rows: [{ id: 1 }], unreadable: 0 }, second: { rows: [], unreadable: 1 } };
    expect(reply).toEqual({ ok: true, lists });
  });

  test.each<[what: string, answer: () => Response, reason: string]>([
    ['400', () => json({}, 400), 'bad-request'],
    ['401', () => json({}, 401), 'denied'],
    ...[400, 401, 403, 404].map((status): [string, () => Response, string] => [
      `a firewall's ${status}`,
      () => new Response('<html>Access denied</html>', { status }),
      'failed',
    ]),
    ['403', () => json({}, 403), 'denied'],
    ['404', () => json({}, 404), 'not-found'],
    ['500', () => json({ rows: [] }, 500), 'failed'],
    ['no JSON', () => new Response('<html>'), 'failed'],
    ['null', () => new Response('null'), 'failed'],
    ['a number', () => new Response('7'), 'failed'],
    ['rows that are no list', () => json({ rows: {} }), 'failed'],
    ['no network', unreachable, 'failed'],
  ])('%s', async (_, answer, reason) => {
    expect((await list(answer)).reply).toEqual({ ok: false, reason });
  });
});

describe('events', () => {
  const event = (path: string) => json({ event: { title: `The event **${path.split('/').at(-1)}**` } });
  const events = (tickers: string[], answer: Spoil) =>
    requestsOf(async (context) => Object.fromEntries(await fetchEvents(context, tickers)), answer);

  test('one request each, at most five; none for a ticker that is no path', async () => {
    const { reply, requests } = await events(['A', '../B', 'C', 'D', 'E', 'F'], event);
    expect(requests.map(({ pathname }) => pathname.split('/').at(-1))).toEqual(['A', 'C', 'D', 'E']);
    expect(reply).toMatchObject({ A: { title: 'The event A', exclusive: null, isLadder: false } });
  });

  test('exclusive, not exclusive, unknown', async () => {
    const known = { A: true, B: false };
    const { reply } = await events(['A', 'B', 'C'], (path) => {
      const ticker = path.slice(-1) as 'A';
      return json({ event: { title: ticker, mutually_exclusive: known[ticker] } });
    });
    expect(reply).toEqual({
      A: { title: 'A', exclusive: true, isLadder: false },
      B: { title: 'B', exclusive: false, isLadder: false },
      C: { title: 'C', exclusive: null, isLadder: false },
    });
  });

  test('DIRECNET: a ladder', async () => {
    const { reply } = await events(['A'], () => json({ event: { collateral_return_type: 'DIRECNET' } }));
    expect(reply).toMatchObject({ A: { isLadder: true } });
  });

  test('one that fails is left for the next time; without a network, no other is asked for', async () => {
    const failing = (path: string) => {
      if (path.endsWith('A')) return json({ event: { title: 'A' } }, 500);
      return path.endsWith('B') ? new Response('<html>') : event(path);
    };
    expect((await events(['A', 'B', 'C'], failing)).reply).toEqual({
      C: { title: 'The event C', exclusive: null, isLadder: false },
    });
    expect((await events(['A', 'B'], unreachable)).requests).toHaveLength(1);
  });
});

describe('markets', () => {
  test.each([
    [
      { strike_type: 'greater', floor_strike: 3.1 },
      { strike: 3.1, way: 'above', orEqual: false },
    ],
    [
      { strike_type: 'less_or_equal', cap_strike: 3 },
      { strike: 3, way: 'below', orEqual: true },
    ],
    [{ strike_type: 'greater', floor_strike: 3.5, custom_strike: { team: 'A' } }, undefined],
    [{ strike_type: 'between', floor_strike: 1, cap_strike: 2 }, undefined],
    [{ strike_type: 'greater', floor_strike: '3' }, undefined],
  ])('the threshold of %j', async (row, threshold) => {
    const answer = () => json({ markets: [{ ticker: 'A', ...row }] });
    const { reply } = await requestsOf((context) => fetchMarkets(context, ['A']), answer);
    const { markets } = reply as Awaited<ReturnType<typeof fetchMarkets>>;
    expect(markets.A?.threshold).toEqual(threshold);
  });

  const row = { ticker: 'A', title: '**High** temp', last_price_dollars: '0.0000' };
  const markets = (tickers: string[], answer: Spoil = () => json({ markets: [row] })) =>
    requestsOf((context) => fetchMarkets(context, tickers), answer);
  const settles = async (more: object) => {
    const { reply } = await markets(['A'], () => json({ markets: [{ ...row, ...more }] }));
    return (reply as Awaited<ReturnType<typeof fetchMarkets>>).markets.A?.settles;
  };

  test('each ticker once', async () => {
    const { queries, reply } = await markets(['A', 'B', 'A']);
    expect(queries).toEqual([{ tickers: 'A,B', limit: '1000' }]);
    expect(reply).toMatchObject({
      ok: true,
      markets: { A: { title: 'High temp', last: null, closesAt: null } },
    });
    expect((await markets([])).requests).toEqual([]);
  });

  test('in one request as long as its query has 3 500 characters, a comma counting three', async () => {
    const tickers = (count: number) =>
      Array.from({ length: count }, (_, index) => `${index}`.padStart(97, 'X'));
    expect((await markets(tickers(35))).requests).toHaveLength(1);
    expect((await markets([...tickers(34), 'Y'.repeat(98)])).requests).toHaveLength(2);
    const { queries } = await markets(tickers(71));
    expect(queries.map(({ tickers }) => tickers?.split(',').length)).toEqual([35, 35, 1]);
    expect(queries.map(({ tickers }) => tickers).join(',')).toBe(tickers(71).join(','));
  });

  test.each([
    [{ status: 'determined', result: 'yes' }, 1_000_000],
    [{ status: 'amended', result: 'no' }, 0],
    [{ status: 'determined', result: 'scalar' }, null],
    [{ status: 'determined', result: 'scalar', settlement_value_dollars: '0.2500' }, 250_000],
    [{ status: 'determined', result: 'yes', settlement_value_dollars: null }, 1_000_000],
    [{ status: 'active', result: 'yes' }, null],
    [{ result: 'yes' }, null],
  ])('%j settles at %s', async (more, value) => {
    expect(await settles(more)).toBe(value);
  });

  test('texts are cut to 300 characters', async () => {
    const { reply } = await markets(['A'], () => json({ markets: [{ ...row, title: 'x'.repeat(301) }] }));
    expect(reply).toMatchObject({ markets: { A: { title: 'x'.repeat(300) } } });
  });

  test('a request that fails', async () => {
    expect((await markets(['A'], () => json({}, 500))).reply).toEqual({ ok: false, markets: {} });
  });
});

test('orders: resting ones with a remainder, of the primary account', async () => {
  const order = {
    order_id: '1',
    ticker: 'A',
    status: 'resting',
    outcome_side: 'no',
    yes_price_dollars: '0.4',
    no_price_dollars: '0.6',
    remaining_count_fp: '2.5',
  };
  const orders = [
    order,
    { ...order, order_id: '2', outcome_side: 'yes' },
    { ...order, remaining_count_fp: '0.00' },
    { ...order, status: 'executed' },
  ];
  const { reply, queries } = await requestsOf(fetchOrders, () => json({ orders }));
  expect(queries).toEqual([{ status: 'resting', subaccount: '0', limit: '1000' }]);
  const resting = { ticker: 'A', count: 2_500_000 };
  expect(reply).toEqual({
    ok: true,
    resting: [
      { ...resting, id: '1', side: 'no', price: 600_000 },
      { ...resting, id: '2', side: 'yes', price: 400_000 },
    ],
    unreadable: 0,
  });
});

test('positions: those that are not zero, a thousand a page', async () => {
  const { queries } = await requestsOf(fetchPositions, () => json({}));
  expect(queries).toEqual([{ count_filter: 'position', limit: '1000' }]);
});

test("settlements: of the last seven days by the exchange's clock", async () => {
  const { queries } = await requestsOf(fetchSettlements, () => json({}), 60_000);
  expect(queries).toEqual([
    { min_ts: String((NOW + 60_000 - 7 * DAY) / 1000), subaccount: '0', limit: '1000' },
  ]);
});

test.each([
  ['newest first: one page', [2, 5], 1, { ok: true }],
  [
    'another order: all pages, and never as if they were all',
    [5, 2],
    10,
    { ok: false, reason: 'incomplete' },
  ],
])('thousands of settlements, %s', async (_, hoursAgo, pages, result) => {
  const rows = hoursAgo.map((hours) => ({
    ticker: `M${hours}`,
    market_result: 'yes',
    yes_count_fp: '1.00',
    yes_total_cost_dollars: '0.5',
    no_count_fp: '0.00',
    no_total_cost_dollars: '0',
    revenue: 100,
    fee_cost: '0',
    settled_time: new Date(NOW - hours * 3_600_000).toISOString(),
  }));
  const answer = () => json({ settlements: rows, cursor: 'more' });
  const { reply, requests } = await requestsOf(fetchSettlements, answer);
  expect(requests).toHaveLength(pages);
  expect(reply).toMatchObject(result);
});
