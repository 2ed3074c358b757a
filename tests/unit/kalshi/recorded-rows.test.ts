// Rows that others recorded, or that follow from the documentation, with the figure that somebody computed or Kalshi showed
// (tests/exchange/recorded/rows.json). Trades, settlements, markets.

import { describe, expect, test } from 'vitest';
import { multiply } from '../../../src/domain/contracts.ts';
import { positionOf } from '../../../src/domain/holdings/position.ts';
import { latestSettlements, netOf } from '../../../src/domain/holdings/settlement.ts';
import { parseDollars } from '../../../src/domain/money.ts';
import { marketResult } from '../../../src/domain/pnl/compute-result.ts';
import { resultOf } from '../../../src/domain/pnl/market-result.ts';
import { fetchMarkets } from '../../../src/kalshi/holdings/fetch-markets.ts';
import { fetchPositions } from '../../../src/kalshi/holdings/fetch-positions.ts';
import { fetchSettlements } from '../../../src/kalshi/holdings/fetch-settlements.ts';
import { fetchFills } from '../../../src/kalshi/trades/fetch-fills.ts';
import { Member } from '../../exchange/member.ts';
import recorded from '../../exchange/recorded/rows.json' with { type: 'json' };
import { contextOf, json } from '../../fakes/request-context.ts';

const NOW = Date.UTC(2026, 10, 28);
const responses = async (body: object) =>
  (
    await contextOf(
      new Member(),
      () => NOW,
      () => json(body),
    )
  ).context;

interface Row {
  id: string;
  what: string;
  row?: object;
  fills?: object[];
  position?: object;
  expected: Record<string, unknown>;
  contradicts?: boolean;
}
const ROWS = recorded.rows as Row[];
const rowOf = (id: string): Row => {
  const found = ROWS.find((row) => row.id === id);
  if (!found) throw new Error(`no row ${id}`);
  return found;
};
const expectedOf = ({ expected }: Row, name: string) => parseDollars(String(expected[name]));

async function settlementOf(row: object) {
  const reply = await fetchSettlements(await responses({ settlements: [row] }));
  const [settled] = reply.ok ? reply.settled : [];
  if (!settled) throw new Error('not decoded');
  return settled;
}

async function fillsOf(rows: readonly object[]) {
  const reply = await fetchFills(await responses({ fills: rows }), { cursor: '', from: 0 });
  if (!reply.ok || reply.unreadable > 0) throw new Error('not decoded');
  return reply.rows;
}

describe('settlements', () => {
  const all = ROWS.filter(({ id }) => /^S/.test(id));

  test.each(all.filter(({ contradicts }) => !contradicts))('$id: $what', async (each) => {
    const settled = await settlementOf(each.row ?? {});
    const net = expectedOf(each, 'net');
    expect(netOf(settled)).toBe(net);
    // The results page says the same, with the fills or without them.
    const fills = await fillsOf(each.fills ?? []);
    for (const known of [fills, []]) {
      const result = marketResult(settled.ticker, known, { settled, ending: null, books: null });
      expect(result?.parts.reduce((sum, part) => sum + resultOf(part), 0)).toBe(net);
    }
  });

  test('S05: the parts in whole cents, as their owner saw them', async () => {
    const { row, expected } = rowOf('S05');
    const { revenue, yesCost, noCost, fees } = await settlementOf(row ?? {});
    const cents = (amount: number) => Math.round(amount / 10_000);
    const pairs = 200;
    expect(cents(revenue) + pairs - cents(yesCost) - cents(noCost) - cents(fees)).toBe(
      expected.net_cents_rounded_parts,
    );
  });

  test('S01: a tie shows what each contract was paid', async () => {
    const [shown] = latestSettlements([await settlementOf(rowOf('S01').row ?? {})], {}, 1);
    expect(shown).toMatchObject({ result: null, value: 500_000 });
  });

  test('S12: the position before, at its average price', async () => {
    const { position, expected } = rowOf('S12');
    const reply = await fetchPositions(
      await responses({ market_positions: [position], event_positions: [] }),
    );
    const [held] = reply.ok ? reply.held : [];
    expect(held && positionOf(held, undefined, NOW)).toMatchObject({
      side: expected.side,
      average: parseDollars(String(expected.average)),
    });
  });

  // The one witness against paying each pair one dollar: its NO contracts cost more than a dollar each, which no trade does.
  test('S15: the row that contradicts is not possible', async () => {
    const settled = await settlementOf(rowOf('S15').row ?? {});
    expect(Number(settled.noCost)).toBeGreaterThan(Number(settled.noCount));
    expect(netOf(settled)).not.toBe(expectedOf(rowOf('S15'), 'net'));
  });

  // Recorded 15 August 2026: one NO, bought at 75¢ for a fee of 1.32¢, paid 82¢; `value` says 82 as well.
  test('a scalar value that is that of NO is turned to YES by the revenue', async () => {
    const row = {
      ticker: 'KXNPBTOTAL-26AUG130500HIRYAK-12',
      market_result: 'scalar',
      revenue: 82,
      value: 82,
      yes_count_fp: '0.00',
      yes_total_cost_dollars: '0.000000',
      no_count_fp: '1.00',
      no_total_cost_dollars: '0.750000',
      fee_cost: '0.013200',
      settled_time: '2026-08-15T15:00:00Z',
    };
    const settled = await settlementOf(row);
    expect([settled.value, netOf(settled)]).toEqual([180_000, 56_800]);
    expect((await settlementOf({ ...row, value: 18 })).value).toBe(180_000);
    expect((await settlementOf({ ...row, value: null })).value).toBeNull();
  });
});

test.each(ROWS.filter(({ id }) => /^F/.test(id)))('$id: $what', async (each) => {
  const [fill] = await fillsOf(each.fills ?? []);
  if (!fill) throw new Error('no fill');
  expect(-(multiply(fill.price, fill.count) ?? Number.NaN) - fill.fee).toBe(expectedOf(each, 'cash_delta'));
});

test('M01: the pending payout of a scalar market', async () => {
  const { row, position, expected } = rowOf('M01');
  const { markets } = await fetchMarkets(await responses({ markets: [row] }), ['T']);
  const reply = await fetchPositions(await responses({ market_positions: [position], event_positions: [] }));
  const [held] = reply.ok ? reply.held : [];
  if (!held) throw new Error('not decoded');
  expect(positionOf(held, markets[held.ticker], NOW)?.payout).toBe(parseDollars(`${expected.payout}`));
});
