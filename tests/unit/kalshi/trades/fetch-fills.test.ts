// How fills are decoded, in the shape of today and in the one before outcome sides, and how pages are asked for.
import { expect, test } from 'vitest';
import {
  fetchFills,
  fetchFillsCutoff,
  fetchHistoricalFills,
  fetchSettlementsPage,
} from '../../../../src/kalshi/trades/fetch-fills.ts';
import { Member } from '../../../exchange/member.ts';
import { contextOf, json } from '../../../fakes/request-context.ts';

const NOW = Date.UTC(2026, 8, 22, 12);
const ALL = { cursor: '', from: 0 };

/** A row as an adapter of the exchange keeps it for its tests; found by the string `dhA-1` beside `FILL_ROW`. */
const ROW = {
  fill_id: 'f-1',
  trade_id: 'f-1',
  order_id: 'o-1',
  ticker: 'KXBTCD-25AUG0517-T113999.99',
  outcome_side: 'no',
  book_side: 'ask',
  count_fp: '2.00',
  yes_price_dollars: '0.4700',
  no_price_dollars: '0.5300',
  is_taker: false,
  created_time: '2025-08-05T20:40:00Z',
  fee_cost: '0.000000',
  ts: 1754426400,
};
const FILL = {
  id: 'f-1',
  ticker: ROW.ticker,
  side: 'no',
  count: 2_000_000,
  price: 530_000,
  fee: 0,
  at: Date.UTC(2025, 7, 5, 20, 40),
};

async function fillsOf(...rows: object[]) {
  const { context } = await contextOf(
    new Member(),
    () => NOW,
    () => json({ fills: rows, cursor: 'next' }),
  );
  const page = await fetchFills(context, ALL);
  if (!page.ok) throw new Error(page.reason);
  return page;
}

test('a fill as it is listed today', async () => {
  expect(await fillsOf(ROW)).toEqual({ ok: true, rows: [FILL], unreadable: 0, cursor: 'next' });
});

test.each([
  ['buy', 'yes', 'yes', 470_000],
  ['sell', 'no', 'yes', 470_000],
  ['buy', 'no', 'no', 530_000],
  ['sell', 'yes', 'no', 530_000],
])('%s %s, without an outcome side, bought %s', async (action, side, bought, price) => {
  const { outcome_side: _, ...older } = ROW;
  expect((await fillsOf({ ...older, action, side })).rows).toMatchObject([{ side: bought, price }]);
});

test('the older names of id and time', async () => {
  const { fill_id: _, created_time: __, ...older } = ROW;
  expect((await fillsOf(older)).rows).toEqual([FILL]);
});

test('rows without id, side or time are counted; those of other subaccounts are left out', async () => {
  const { fill_id: _, trade_id: __, ...nameless } = ROW;
  const { outcome_side: ___, ...sideless } = ROW;
  const [withoutAction, withoutSide] = [
    { ...sideless, side: 'yes' },
    { ...sideless, action: 'sell' },
  ];
  const { created_time: ____, ts: _____, ...timeless } = ROW;
  const page = await fillsOf(
    nameless,
    sideless,
    withoutAction,
    withoutSide,
    timeless,
    { ...ROW, subaccount_number: 3 },
    ROW,
  );
  expect(page).toMatchObject({ rows: [FILL], unreadable: 5 });
});

test('pages: the size that each list allows, from a time on, of the primary account', async () => {
  const { context, requests } = await contextOf(new Member(), () => NOW);
  await fetchFills(context, { cursor: 'c', from: NOW });
  await fetchHistoricalFills(context, ALL);
  await fetchSettlementsPage(context, { cursor: '', from: NOW });
  expect(requests.map(({ search }) => search)).toEqual([
    `?limit=1000&min_ts=${NOW / 1000}&cursor=c&subaccount=0`,
    '?limit=200',
    `?limit=1000&min_ts=${NOW / 1000}&subaccount=0`,
  ]);
});

test('the cutoff of fills; null if it is unknown', async () => {
  const member = new Member();
  member.cutoff = Date.UTC(2026, 5, 1);
  expect(await fetchFillsCutoff((await contextOf(member, () => NOW)).context)).toBe(member.cutoff);
  const cutoffFrom = async (answer: () => Response) => {
    return fetchFillsCutoff((await contextOf(member, () => NOW, answer)).context);
  };
  const known = { trades_created_ts: '2026-06-01T00:00:00Z' };
  expect(await cutoffFrom(() => json(known))).toBe(member.cutoff);
  expect(await cutoffFrom(() => json(known, 403))).toBeNull();
  expect(await cutoffFrom(() => json({}))).toBeNull();
  const unreachable = () => {
    throw new TypeError('network');
  };
  expect(await cutoffFrom(unreachable)).toBeNull();
});

test('a page of settlements, with the cursor of the next one', async () => {
  const row = {
    ticker: 'RAIN',
    market_result: 'yes',
    yes_count_fp: '10.00',
    yes_total_cost_dollars: '4.10',
    no_count_fp: '0.00',
    no_total_cost_dollars: '0.00',
    revenue: 1_000,
    fee_cost: '0.07',
    settled_time: '2026-09-21T10:00:00Z',
  };
  const settlements = [row, { ...row, settled_time: 'yesterday' }];
  const pageFrom = async (answer: () => Response) => {
    const { context } = await contextOf(new Member(), () => NOW, answer);
    return fetchSettlementsPage(context, ALL);
  };
  expect(await pageFrom(() => json({ settlements, cursor: 'next' }))).toEqual({
    ok: true,
    rows: [
      {
        ticker: 'RAIN',
        result: 'yes',
        yesCount: 10_000_000,
        yesCost: 4_100_000,
        noCount: 0,
        noCost: 0,
        revenue: 10_000_000,
        value: null,
        fees: 70_000,
        at: Date.UTC(2026, 8, 21, 10),
      },
    ],
    unreadable: 1,
    cursor: 'next',
  });
  expect(await pageFrom(() => json({}, 400))).toEqual({ ok: false, reason: 'bad-request' });
});

test('fills that are refused', async () => {
  const { context } = await contextOf(
    new Member(),
    () => NOW,
    () => json({}, 404),
  );
  expect(await fetchFills(context, ALL)).toEqual({ ok: false, reason: 'not-found' });
});
