// Responses that others recorded: decoded, shown, and compared with what their source says, or with its fills.
// The expected values are computed here in whole micro-dollars (BigInt), not with the extension's own arithmetic.

import { describe, expect, test } from 'vitest';
import type { Contracts } from '../../../src/domain/contracts.ts';
import { groupsOf } from '../../../src/domain/holdings/event-group.ts';
import { ordersOf } from '../../../src/domain/holdings/order.ts';
import { positionOf } from '../../../src/domain/holdings/position.ts';
import { latestSettlements, netOf } from '../../../src/domain/holdings/settlement.ts';
import type { Micros } from '../../../src/domain/money.ts';
import { decodeBalance } from '../../../src/kalshi/decode-balance.ts';
import { failureOf } from '../../../src/kalshi/errors.ts';
import { fetchPerps } from '../../../src/kalshi/fetch-perps.ts';
import { fetchTransfers } from '../../../src/kalshi/fetch-transfers.ts';
import { fetchMarkets } from '../../../src/kalshi/holdings/fetch-markets.ts';
import { fetchOrders } from '../../../src/kalshi/holdings/fetch-orders.ts';
import { fetchPositions } from '../../../src/kalshi/holdings/fetch-positions.ts';
import { fetchSettlements } from '../../../src/kalshi/holdings/fetch-settlements.ts';
import {
  formatCents,
  formatChange,
  formatCount,
  formatDollars,
} from '../../../src/view/texts/format-money.ts';
import { Member } from '../../exchange/member.ts';
import { BALANCES } from '../../exchange/recorded/balance.ts';
import { ERRORS } from '../../exchange/recorded/errors.ts';
import { MARKETS } from '../../exchange/recorded/markets.ts';
import { ORDERS, RESTING } from '../../exchange/recorded/orders.ts';
import { MARGIN } from '../../exchange/recorded/perps.ts';
import { EVENTS, POSITIONS } from '../../exchange/recorded/positions.ts';
import { BOTH_SIDES, type Fill, SETTLEMENTS } from '../../exchange/recorded/settlements.ts';
import { NEVER_WITHDREW, PERPS_TRANSFERS } from '../../exchange/recorded/transfers.ts';
import { as } from '../../fakes/plain.ts';
import { contextOf, json } from '../../fakes/request-context.ts';

const NOW = Date.UTC(2026, 8, 22, 12);

/** Decimal text in whole micro-units. */
function exact(text: string): bigint {
  const [whole = '', part = ''] = text.replace('-', '').split('.');
  const magnitude = BigInt(whole) * 1_000_000n + BigInt(part.padEnd(6, '0'));
  return text.startsWith('-') ? -magnitude : magnitude;
}
const product = (count: string, price: string) => (exact(count) * exact(price)) / 1_000_000n;

const responses = async (body: object, status = 200) =>
  (
    await contextOf(
      new Member(),
      () => NOW,
      () => json(body, status),
    )
  ).context;

test('there are at least thirty recorded values', () => {
  const all = [BALANCES, POSITIONS, EVENTS, SETTLEMENTS, ORDERS, MARKETS, PERPS_TRANSFERS, MARGIN, ERRORS];
  expect(all.flat().length).toBeGreaterThanOrEqual(30);
});

describe('balances', () => {
  test.each(BALANCES)('$body.balance_dollars', ({ body, trades }) => {
    const balance = decodeBalance(JSON.stringify(body));
    if (typeof balance === 'string') throw new Error(balance);
    const { balance: cents } = body as { balance: number };
    // The whole cents of the older field are the exact amount rounded down.
    expect(BigInt(balance.cash) / 10_000n).toBe(BigInt(cents));
    if (!trades) return;
    const spent = trades.bought.reduce(
      (sum, [count, price, fee]) => sum + product(count, price) + exact(fee),
      0n,
    );
    expect(BigInt(balance.cash)).toBe(exact(trades.deposit) - spent);
    const held = trades.bought.reduce((sum, [count]) => sum + product(count, trades.lastPrice), 0n);
    expect(BigInt(balance.positions)).toBe(held); // without cash
    expect(formatDollars(balance.cash, 'en-US', 'exact')).toBe('$98.0186');
  });
});

describe('positions', () => {
  test.each(POSITIONS)('$row.ticker', async ({ row, fills }) => {
    const reply = await fetchPositions(await responses({ market_positions: [row], event_positions: [] }));
    if (!reply.ok) throw new Error(reply.reason);
    expect(reply.unreadable).toBe(0);
    const [held] = reply.held;
    if (!held) throw new Error('no row');
    const position = positionOf(held, undefined, NOW);
    if (exact(row.position_fp) === 0n) {
      expect(position).toBeNull();
      expect(fills?.reduce((sum, [count]) => sum + exact(count), 0n)).toBe(0n);
      return;
    }
    expect(position?.side).toBe(row.position_fp.startsWith('-') ? 'no' : 'yes');
    if (fills) {
      // Selling reduces the cost in proportion.
      let [count, cost] = [0n, 0n];
      for (const [change, price] of fills) {
        const contracts = exact(change);
        cost += contracts > 0n ? product(change, price) : (cost * contracts) / count;
        count += contracts;
      }
      expect([BigInt(position?.count ?? -1), BigInt(position?.cost ?? -1)]).toEqual([count, cost]);
    }
    // The average price times the contracts is the cost, but for less than a micro-dollar per contract.
    const average = BigInt(position?.average ?? -1);
    const rest = exact(row.market_exposure_dollars) * 1_000_000n - average * BigInt(position?.count ?? 0);
    expect(rest >= 0n && rest < BigInt(position?.count ?? 0)).toBe(true);
  });

  test('are shown with count and average price', async () => {
    const reply = await fetchPositions(
      await responses({ market_positions: POSITIONS.map(({ row }) => row), event_positions: [] }),
    );
    if (!reply.ok) throw new Error(reply.reason);
    const shown = reply.held.flatMap((each) => {
      const position = positionOf(each, undefined, NOW);
      return position
        ? [
            `${position.side} ${formatCount(position.count, 'en-US')} at ${formatCents(position.average as Micros, 'en-US')}`,
          ]
        : [];
    });
    expect(shown).toEqual([
      'yes 3 at 83.33¢',
      'yes 32 at 74¢',
      'yes 84 at 49¢',
      'yes 48 at 52¢',
      'yes 4 at 46.25¢',
      'yes 25.69 at 18.4¢',
      'no 6.12 at 50¢',
    ]);
  });

  test.each(EVENTS)('event $row.event_ticker', async ({ row }) => {
    const reply = await fetchPositions(await responses({ market_positions: [], event_positions: [row] }));
    if (!reply.ok) throw new Error(reply.reason);
    expect(BigInt(reply.exposures.get(row.event_ticker) ?? -1)).toBe(exact(row.event_exposure_dollars));
  });

  test('where nothing was returned, the exposure of the event is the sum of its markets', async () => {
    const [market, event] = [POSITIONS[0]?.row, EVENTS[0]?.row];
    const reply = await fetchPositions(
      await responses({ market_positions: [market], event_positions: [event] }),
    );
    if (!reply.ok || !event) throw new Error('not read');
    const positions = reply.held.flatMap((each) => positionOf(each, undefined, NOW) ?? []);
    const exposure = reply.exposures.get(event.event_ticker) ?? null;
    const ticker = positions[0]?.event ?? '';
    expect(groupsOf(positions, { [ticker]: { title: '', exclusive: false, exposure } })).toMatchObject([
      { returned: 0 },
    ]);
  });
});

describe('settlements', () => {
  const decode = async (row: object) => {
    const reply = await fetchSettlements(await responses({ settlements: [row] }));
    const [settled] = reply.ok ? reply.settled : [];
    if (!settled) throw new Error('not decoded');
    return settled;
  };

  test.each(SETTLEMENTS)('$row.ticker: $stated', async ({ row, stated = '', fills }) => {
    const settled = await decode(row);
    const net = BigInt(netOf(settled) ?? Number.NaN);
    const decimals = 10n ** BigInt(6 - (stated.split('.')[1] ?? '').length);
    expect(net / decimals).toBe(exact(stated) / decimals); // as many decimals as the source states
    if (fills) {
      // The fills are another account of the same money: what was paid and received at each of them.
      const cash = ([kind, count, price, fee]: Fill) =>
        (kind === 'sold' ? product(count, price) : -product(count, price)) - exact(fee);
      expect(net).toBe(fills.reduce((sum, fill) => sum + cash(fill), 0n));
    }
  });

  test('are shown with sign and whole cents, rounded down', async () => {
    const rows = await Promise.all(SETTLEMENTS.map(({ row }) => decode(row)));
    expect(
      latestSettlements(rows, {}, 9).map(({ ticker, net }) => [ticker, formatChange(net, 'en-US')]),
    ).toEqual([
      ['KXBTC15M-26SEP220630-30', '−$0.81'],
      ['KXBTC15M-26SEP220615-15', '+$0.36'],
      ['KXBTC15M-26SEP220415-15', '+$0.20'],
      ['KXWTAMATCH-26AUG30PODWAL-POD', '+$71.11'],
      ['T-O25', '+$38.78'],
      ['KXWTAMATCH-26AUG30GOLPAR-PAR', '+$36.96'],
      ['KXMLSTEAMTOTAL-26JUL22SJORL-ORL3', '+$2.05'],
      ['KXMLBGAME-26JUL221910BALBOS-BOS', '−$0.27'],
    ]);
  });

  test('the revenue has only what was held to the end', () => {
    const { yes, no, revenue } = BOTH_SIDES;
    expect(revenue).toBe((yes - Math.min(yes, no)) * 100);
  });
});

describe('orders', () => {
  test('selling YES is decoded as buying NO at the complement', async () => {
    const resting = ORDERS.map(({ row }) => ({ ...row, status: 'resting', remaining_count_fp: '1.00' }));
    const reply = await fetchOrders(await responses({ orders: resting }));
    if (!reply.ok) throw new Error(reply.reason);
    expect(reply.unreadable).toBe(0);
    expect(reply.resting.map(({ side, price }) => [side, formatCents(price, 'en-US')])).toEqual([
      ['yes', '99¢'],
      ['yes', '1¢'],
      ['no', '98¢'],
      ['yes', '2¢'],
      ['yes', '99¢'],
      ['yes', '58¢'],
    ]);
    for (const { row } of ORDERS)
      expect(exact(row.yes_price_dollars) + exact(row.no_price_dollars)).toBe(1_000_000n);
    // With one YES held, the sale at 2¢ takes nothing and brings 2¢.
    const sale = reply.resting.filter(({ side }) => side === 'no');
    const held = new Map(sale.map(({ ticker }) => [ticker, as<Contracts>(1_000_000)]));
    expect(ordersOf(sale, held, {})).toMatchObject([{ committed: 0, brings: 20_000 }]);
  });

  test('none that was executed or canceled is shown, although the response has them', async () => {
    const reply = await fetchOrders(await responses({ orders: [...ORDERS, RESTING].map(({ row }) => row) }));
    if (!reply.ok) throw new Error(reply.reason);
    expect(reply.resting.map(({ id }) => id)).toEqual([RESTING.row.order_id]);
    // One contract at 1¢ takes one cent.
    expect(ordersOf(reply.resting, new Map(), {})).toMatchObject([{ committed: 10_000, brings: 0 }]);
  });
});

describe('markets', () => {
  test.each(MARKETS)('$row.ticker', async ({ row }) => {
    const reply = await fetchMarkets(await responses({ markets: [row] }), [row.ticker]);
    const market = reply.markets[row.ticker];
    expect(market?.title).not.toContain('*');
    expect(market?.settles).toBeNull(); // active, or finalized: nothing is pending
    expect(market?.closesAt).toBe(Date.parse(row.close_time));
    const last = exact(row.last_price_dollars);
    expect(market?.last).toBe(last === 0n ? null : Number(last)); // a market without a trade has no price
    if ('no_bid_dollars' in row) {
      expect(market?.noBid).toBe(Number(exact(row.no_bid_dollars)));
      expect(market?.yesBid).toBeNull();
    }
  });
});

describe('transfers', () => {
  const depositRow = (index: number) => ({
    id: `d${index}`,
    status: 'applied',
    type: 'ach',
    amount_cents: (NEVER_WITHDREW.dollars * 100) / NEVER_WITHDREW.deposits,
    fee_cents: 0,
    created_ts: 1_716_300_000 + index,
    finalized_ts: 1_716_300_000 + index,
  });

  test('an account that never withdrew: 404 means none', async () => {
    const { context } = await contextOf(
      new Member(),
      () => NOW,
      (path) => {
        if (path.endsWith('withdrawals')) return json({}, NEVER_WITHDREW.withdrawals);
        const deposits = Array.from({ length: NEVER_WITHDREW.deposits }, (_, index) => depositRow(index));
        return json({ deposits, cursor: '' });
      },
    );
    const reply = await fetchTransfers(context, { withPerps: false });
    if (reply.kind !== 'read') throw new Error(reply.kind);
    expect(reply.rows.reduce((sum, { amount }) => sum + amount, 0)).toBe(2_600_000_000);
  });

  test.each(PERPS_TRANSFERS)('to perps: $row.transfer_id', async ({ row }) => {
    const { context } = await contextOf(
      new Member(),
      () => NOW,
      (path) =>
        path.includes('intra') ? json({ transfers: [row] }) : json({ deposits: [], withdrawals: [] }),
    );
    expect(await fetchTransfers(context, { withPerps: true })).toMatchObject({
      kind: 'read',
      rows: [{ kind: 'perps', status: 'pending', amount: -10_000_000, requestedAt: 1_716_300_000_000 }],
    });
  });
});

describe('perps', () => {
  test.each(MARGIN)('$status $equity', async ({ status, body, equity }) => {
    const reply = await fetchPerps(await responses(body, status));
    expect(reply).toEqual(
      equity === null ? { kind: 'none' } : { kind: 'read', equity: Number(exact(equity)) },
    );
  });
});

describe('errors', () => {
  test.each(ERRORS)('$status $kind', ({ status, body, kind }) => {
    const reply = {
      kind: 'answer',
      status,
      body: JSON.stringify(body),
      date: undefined,
      retryAfter: undefined,
    };
    expect(failureOf(reply as Parameters<typeof failureOf>[0], NOW).kind).toBe(kind);
  });
});
