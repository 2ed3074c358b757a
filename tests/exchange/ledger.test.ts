// Random histories of an account: what the extension shows is compared with the ledger's movements of cash.
//   LEDGER_RUNS=… for more histories, LEDGER_SEED=… to repeat them.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { addSampleToDay, dailyChangeOf } from '../../src/domain/balance/daily-change.ts';
import { type Perps, perpsAfter, UNKNOWN_PERPS, withPerps } from '../../src/domain/balance/perps.ts';
import { total } from '../../src/domain/balance/snapshot.ts';
import { NO_TRANSFERS, type TransferList, transfersAfter } from '../../src/domain/balance/transfer-list.ts';
import { groupsOf, pendingPayouts } from '../../src/domain/holdings/event-group.ts';
import { EMPTY_HOLDINGS } from '../../src/domain/holdings/holdings.ts';
import { unrealizedOf } from '../../src/domain/holdings/position.ts';
import { netOf, type SettledMarket } from '../../src/domain/holdings/settlement.ts';
import { marketResult } from '../../src/domain/pnl/compute-result.ts';
import type { Fill } from '../../src/domain/pnl/fill.ts';
import { type MarketResult, resultOf } from '../../src/domain/pnl/market-result.ts';
import { reconcile } from '../../src/domain/pnl/reconciliation.ts';
import { basisBefore, resultPeriods, sumSince } from '../../src/domain/pnl/result-periods.ts';
import { fetchBalance } from '../../src/kalshi/fetch-balance.ts';
import { fetchPerps } from '../../src/kalshi/fetch-perps.ts';
import { fetchTransfers } from '../../src/kalshi/fetch-transfers.ts';
import { fetchHoldings } from '../../src/kalshi/holdings/fetch-holdings.ts';
import { fetchSettlements } from '../../src/kalshi/holdings/fetch-settlements.ts';
import { fetchFills } from '../../src/kalshi/trades/fetch-fills.ts';
import { contextOf, type Requests } from '../fakes/request-context.ts';
import { Ledger, type Side, worth } from './ledger.ts';
import { Member } from './member.ts';

const RUNS = Number(process.env.LEDGER_RUNS ?? 1_500);
const SEED = Number(process.env.LEDGER_SEED ?? Math.floor(Math.random() * 2 ** 31));
const MIDNIGHT = new Date(2026, 10, 22).getTime();
const MINUTE = 60_000;
const DOLLAR = 1_000_000n;

// Signing is no part of what is compared, and would take most of the time.
beforeAll(() => {
  vi.spyOn(crypto.subtle, 'sign').mockResolvedValue(new ArrayBuffer(64));
});
afterAll(() => vi.restoreAllMocks());

const EVENTS = [
  { event: 'HIGH', exclusive: true, markets: ['HIGH-A', 'HIGH-B', 'HIGH-C'] },
  { event: 'CUP', exclusive: true, markets: ['CUP-A', 'CUP-B'] },
  { event: 'MLB', exclusive: false, markets: ['MLB-A', 'MLB-B'] },
] as const;
const TICKERS = EVENTS.flatMap(({ markets }) => [...markets]);

// Prices in hundredths of a cent, as Kalshi has them; counts in hundredths of contracts: every product is whole.
const price = fc.integer({ min: 1, max: 9_999 }).map((each) => BigInt(each) * 100n);
const count = fc.oneof(fc.integer({ min: 1, max: 50_000 }), fc.constantFrom(100, 10_000)).map(BigInt);
const ticker = fc.constantFrom(...TICKERS);
const side = fc.constantFrom<Side>('yes', 'no');
const event = fc.constantFrom(...EVENTS);
const cents = fc.integer({ min: 100, max: 500_000 });

const action = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('buy' as const),
      ticker,
      side,
      count,
      price,
      fee: fc.integer({ min: 0, max: 20_000 }).map((each) => BigInt(each) * 100n),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('close' as const), ticker, price }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('price' as const), ticker, price }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('transfer' as const),
      way: fc.constantFrom('deposit' as const, 'withdrawal' as const),
      status: fc.constantFrom('applied' as const, 'applied' as const, 'pending' as const, 'failed' as const),
      cents,
      feeCents: fc.nat(99),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('determine' as const), event, winner: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pay' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('interest' as const), cents }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('perps' as const), cents, back: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('perps price' as const),
      by: fc.integer({ min: -50_000, max: 50_000 }),
    }),
  },
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

const order = fc.record({
  ticker,
  side,
  contracts: fc.integer({ min: 1, max: 300 }),
  price: fc.integer({ min: 1, max: 99 }),
});
const history = fc.record({
  before: fc.array(action, { maxLength: 8 }),
  today: fc.array(action, { maxLength: 12 }),
  orders: fc.array(order, { maxLength: 4 }),
  withPerps: fc.boolean(),
});

function newLedger(): Ledger {
  const ledger = new Ledger();
  ledger.cash = 5_000n * DOLLAR;
  for (const { event, exclusive, markets } of EVENTS) {
    ledger.addEvent(event, `Event ${event}`, exclusive);
    for (const each of markets) ledger.addMarket({ ticker: each, event, last: 500_000n });
  }
  return ledger;
}

/** What contracts of a market are worth, positive for YES: worth of YES at the price, or of NO at its complement. */
const worthAt = (held: bigint, last: bigint) =>
  held >= 0n ? worth(held, last) : worth(-held, DOLLAR - last);

/**
 * Does something with the account.
 * @returns by how much its worth changes because of it, and what was paid in, from the terms of the action alone
 */
function perform(ledger: Ledger, act: Action, at: number): { result: bigint; paid: bigint } {
  const none = { result: 0n, paid: 0n };
  switch (act.kind) {
    case 'buy':
    case 'close': {
      const market = ledger.markets.get(act.ticker);
      if (!market || market.result) return none;
      if (act.kind === 'close' && market.held === 0n) return none;
      const { held, last } = market;
      const closing = {
        side: held > 0n ? ('no' as const) : ('yes' as const),
        count: held < 0n ? -held : held,
        fee: 0n,
      };
      const { side, count, fee } = act.kind === 'buy' ? act : closing;
      ledger.buy(act.ticker, side, count, act.price, fee, at);
      // Bought at a price, worth the last price: the rest is the result of the trade.
      const worthNow = side === 'yes' ? worth(count, last) : worth(count, DOLLAR - last);
      return { result: worthNow - worth(count, act.price) - fee, paid: 0n };
    }
    case 'price': {
      const market = ledger.markets.get(act.ticker);
      if (!market || market.result) return none;
      const result = worthAt(market.held, act.price) - worthAt(market.held, market.last);
      market.last = act.price;
      return { result, paid: 0n };
    }
    case 'transfer': {
      const { way: kind, status, cents } = act;
      const finishedAt = status === 'pending' ? null : at;
      // Whether the fee of a withdrawal is part of its amount is not known.
      const feeCents = kind === 'deposit' ? act.feeCents : 0;
      ledger.transfer({
        id: `t${ledger.transfers.length}`,
        kind,
        status,
        cents,
        feeCents,
        requestedAt: at,
        finishedAt,
      });
      const amount = BigInt(cents - feeCents) * 10_000n * (kind === 'deposit' ? 1n : -1n);
      return { result: 0n, paid: status === 'applied' ? amount : 0n };
    }
    case 'determine':
      ledger.determine(act.event.event, act.event.markets[act.winner] ?? null);
      return none;
    case 'pay': {
      // A contract that won is worth a dollar instead of its last price, one that lost nothing.
      let result = 0n;
      for (const { held, last, result: known } of ledger.markets.values()) {
        if (known) result += worthAt(held, known === 'yes' ? DOLLAR : 0n) - worthAt(held, last);
      }
      ledger.pay(at);
      return { result, paid: 0n };
    }
    case 'interest':
      // No list of the API contains it, so it counts as a result.
      ledger.credit(BigInt(act.cents) * 10_000n, at);
      return { result: BigInt(act.cents) * 10_000n, paid: 0n };
    case 'perps':
      ledger.moveToPerps(BigInt(act.cents) * (act.back ? -10_000n : 10_000n), at);
      return none;
    case 'perps price':
      if (ledger.perps === undefined) return none;
      ledger.perps += BigInt(act.by) * 100n;
      return { result: BigInt(act.by) * 100n, paid: 0n };
  }
}

/** What a poll knows. */
async function poll({ context }: Requests, before: { perps: Perps; transfers: TransferList | null }) {
  const reply = await fetchBalance(context);
  if (!reply.ok) throw new Error(reply.failure.kind);
  const perpsReply = await fetchPerps(context);
  const perps = perpsAfter(before.perps, perpsReply, context.transport.now());
  const transfersReply = await fetchTransfers(context, { withPerps: true });
  if (transfersReply.kind !== 'read') throw new Error(transfersReply.kind);
  const transfers = transfersAfter(before.transfers ?? NO_TRANSFERS, transfersReply, context.transport.now());
  if (!transfers || transfers.status === 'unreadable') throw new Error('not read');
  return { figures: withPerps(reply.figures, perps), perps, transfers };
}

const big = (amount: number | null | undefined) => BigInt(amount ?? Number.NaN);

// The name prints the seed in every run.
const name = `${RUNS} histories (LEDGER_SEED=${SEED}): what is shown follows from the movements of cash`;

test(name, { timeout: 600_000 }, async () => {
  const member = new Member({ ledger: newLedger() });
  let now = MIDNIGHT;
  const next = () => {
    now += MINUTE;
    return now;
  };
  const requests = await contextOf(member, () => now);
  const property = fc.asyncProperty(history, async ({ before, today, orders, withPerps: hasPerps }) => {
    const ledger = newLedger();
    if (hasPerps) ledger.perps = 0n;
    const allowed = (act: Action) => hasPerps || !act.kind.startsWith('perps');
    Object.assign(member, { ledger, orders: [] });
    now = MIDNIGHT - 60 * MINUTE;
    for (const act of before.filter(allowed)) perform(ledger, act, next());
    now = MIDNIGHT;
    const start = await poll(requests, { perps: UNKNOWN_PERPS, transfers: null });
    const { at: _, ...startAmounts } = start.figures;
    const day = addSampleToDay(null, { at: now, ...startAmounts }, MIDNIGHT, MINUTE);
    const startTotal = ledger.total;
    const startCents = centsOfPositions(ledger);

    let [results, paid] = [0n, 0n];
    for (const act of today.filter(allowed)) {
      const done = perform(ledger, act, next());
      results += done.result;
      paid += done.paid;
    }
    // The identity: the total changed by results, marks and transfers, to the micro-dollar.
    expect(ledger.total - startTotal).toBe(results + paid);

    // Cash is exact; positions are whole cents in the response; perps are exact.
    const { figures, transfers } = await poll(requests, start);
    expect(big(figures.cash)).toBe(ledger.cash);
    expect(big(figures.positions)).toBe(centsOfPositions(ledger));
    expect(figures.perps === undefined ? undefined : big(figures.perps)).toBe(ledger.perps);
    expect(big(total(figures))).toBe(ledger.cash + centsOfPositions(ledger) + (ledger.perps ?? 0n));

    // Today's change is the results without what was paid in; it differs by what the cents leave out.
    const change = dailyChangeOf(day, figures, transfers, MIDNIGHT);
    if (!change || change === 'unconfirmed') throw new Error('no change');
    const cut =
      centsOfPositions(ledger) -
      ledger.positionsValue -
      (startCents - (startTotal - startCash(startAmounts)));
    expect(big(change.amount)).toBe(results + cut);
    const isPending = ledger.transfers.some(({ status }) => status === 'pending');
    expect(change.transfers).toBe(isPending ? 'doubtful' : 'excluded');

    // A settlement is the sum of the movements of its market.
    const settlements = await fetchSettlements(requests.context);
    if (!settlements.ok) throw new Error(settlements.reason);
    expect(settlements.settled).toHaveLength(ledger.settled.length);
    for (const row of settlements.settled) expect(big(netOf(row))).toBe(ledger.resultOf(row.ticker));

    // Results: each market's is the sum of its movements of cash, plus what is still held at its cost.
    const fills = await fetchFills(requests.context, { cursor: '', from: 0 });
    if (!fills.ok) throw new Error(fills.reason);
    const marketResults = resultsOf(fills.rows.toReversed(), settlements.settled);
    for (const result of marketResults) {
      const sum = result.parts.reduce((all, part) => all + BigInt(resultOf(part)), 0n);
      const basis = result.parts.reduce((all, part) => all + BigInt(part.basis), 0n);
      expect(result.partial).toBe(false);
      expect(sum - basis).toBe(ledger.resultOf(result.ticker));
      const held = ledger.markets.get(result.ticker);
      if (!held?.held) expect(basis).toBe(0n);
      // Kalshi's own figures of the market say the same; what is held counts at its cost without fees there.
      const { realized, fees } = ledger.booksOf(result.ticker);
      expect(realized - fees).toBe(sum - basis + (held?.cost ?? 0n));
    }

    // The change of the total: results, marks and transfers of today. What is left is collateral that was returned, perps,
    // and what the cents leave out.
    const days = resultPeriods(marketResults, (at) => (at < MIDNIGHT ? MIDNIGHT - 86_400_000 : MIDNIGHT));
    const made = sumSince(days, MIDNIGHT);
    const explained = reconcile(
      { sample: { at: MIDNIGHT, ...startAmounts }, basis: basisBefore(days, MIDNIGHT) },
      { sample: { ...figures, at: now + 1 }, basis: basisBefore(days, now + 1) },
      resultOf(made),
      transfers.rows,
    );
    expect(explained.change).toBe(
      explained.results + explained.marks + explained.transfers + explained.remainder,
    );
    const returned =
      movedToday(ledger, ['collateral', 'credit']) + (hasPerps ? perpsMoved(ledger, startAmounts) : 0n);
    expect(big(explained.remainder)).toBe(returned);
    expect(big(explained.transfers)).toBe(paid);

    Object.assign(member, { orders: orders.filter((each) => ledger.markets.has(each.ticker)) });
    const holdings = await fetchHoldings(requests.context, EMPTY_HOLDINGS);
    if (holdings.kind !== 'read') throw new Error(holdings.kind);
    const { positions, events, orders: orderRows } = holdings.holdings;
    for (const position of positions) {
      const market = ledger.markets.get(position.ticker);
      if (!market) throw new Error('not held');
      expect(big(position.value)).toBe(ledger.valueOf(market));
      expect(big(unrealizedOf(position)?.amount)).toBe(ledger.valueOf(market) - market.cost);
    }
    expect(positions).toHaveLength([...ledger.markets.values()].filter(({ held }) => held !== 0n).length);

    // Orders: filling them on a copy moves the cash by what they bring minus what they take. Each side by itself: an order is
    // offset against what is held now, not against what another order may open.
    const copies = { yes: ledger.clone(), no: ledger.clone() };
    for (const each of orderRows) {
      const copy = copies[each.side];
      const own = copy.entries.length;
      copy.buy(each.ticker, each.side, big(each.count) / 10_000n, big(each.price), 0n, now);
      const moved = copy.entries.slice(own).filter(({ cause }) => cause !== 'collateral');
      expect(big(each.brings) - big(each.committed)).toBe(
        moved.reduce((sum, { amount }) => sum + amount, 0n),
      );
    }

    for (const group of groupsOf(positions, events)) {
      const all = positions.filter((each) => each.event === group.event);
      if (all.some(({ payout }) => payout !== null)) continue; // results of an event are known together
      expect(big(group.cost)).toBe(ledger.exposureOf(group.event));
      const values = all.reduce((sum, { value }) => sum + big(value), 0n);
      expect(big(group.value)).toBe(values - (ledger.events.get(group.event)?.returned ?? 0n));
      if (group.maxPayout !== null)
        expect(big(group.maxPayout)).toBe(highestPayout(ledger, group.event, now));
    }

    // Pending payouts: paying on a copy moves the cash by exactly that.
    const later = ledger.clone();
    later.pay(now);
    const pending = pendingPayouts(positions, events).reduce((sum, { amount }) => sum + big(amount), 0n);
    expect(pending).toBe(later.cash - ledger.cash);
  });
  await fc.assert(property, { numRuns: RUNS, seed: SEED, endOnFailure: false });
});

/** The results of all markets, each from its own fills. */
function resultsOf(fills: readonly Fill[], settled: readonly SettledMarket[]): MarketResult[] {
  const tickers = [...new Set([...fills, ...settled].map((each) => each.ticker))];
  return tickers.flatMap(
    (ticker) =>
      marketResult(
        ticker,
        fills.filter((each) => each.ticker === ticker),
        { settled: settled.find((each) => each.ticker === ticker) ?? null, ending: null, books: null },
      ) ?? [],
  );
}

/** The movements of cash of today with these causes. */
function movedToday({ entries }: Ledger, causes: readonly string[]): bigint {
  return entries
    .filter(({ cause, at }) => at > MIDNIGHT && causes.includes(cause))
    .reduce((sum, { amount }) => sum + amount, 0n);
}

/** How the equity of perps moved by itself, without what was transferred. */
function perpsMoved(ledger: Ledger, start: { perps?: number | undefined }): bigint {
  return (ledger.perps ?? 0n) - BigInt(start.perps ?? 0) + movedToday(ledger, ['perps']);
}

const startCash = ({ cash, perps }: { cash: number; perps?: number | undefined }) =>
  BigInt(cash) + BigInt(perps ?? 0);

/** The value of the positions as the response has it: whole cents, in micro-dollars. */
const centsOfPositions = (ledger: Ledger) => (ledger.positionsValue / 10_000n) * 10_000n;

/** The most that an event can pay, found by paying every possible outcome on a copy. */
function highestPayout(ledger: Ledger, event: string, at: number): bigint {
  const markets = EVENTS.find((each) => each.event === event)?.markets ?? [];
  const { exclusive } = EVENTS.find((each) => each.event === event) ?? {};
  const outcomes: Side[][] = exclusive
    ? [null, ...markets].map((winner) => markets.map((each) => (each === winner ? 'yes' : 'no')))
    : markets.reduce<Side[][]>(
        (all, _) =>
          all.flatMap((some) => [
            [...some, 'yes'],
            [...some, 'no'],
          ]),
        [[]],
      );
  const payouts = outcomes.map((results) => {
    const copy = ledger.clone();
    for (const each of copy.markets.values()) delete each.result;
    for (const [index, each] of markets.entries()) {
      const market = copy.markets.get(each);
      if (market) market.result = results[index] as Side;
    }
    copy.pay(at);
    return copy.cash - ledger.cash;
  });
  return payouts.reduce((most, each) => (each > most ? each : most), 0n);
}
