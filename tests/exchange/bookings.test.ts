// Random histories with every kind of booking: what the API lists adds up to the cash.  LEDGER_SEED=… repeats them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { micros } from './answers/format.ts';
import { DOLLAR, Ledger, type MarketResult, type Side } from './ledger.ts';
import { Member } from './member.ts';

const RUNS = Number(process.env.LEDGER_RUNS ?? 400);
const SEED = Number(process.env.LEDGER_SEED ?? Math.floor(Math.random() * 2 ** 31));
const NOW = Date.UTC(2026, 10, 28);

const TICKERS = ['UP-1', 'UP-2', 'UP-3', 'DOWN-1', 'DOWN-2', 'ONE-A', 'ONE-B', 'ONE-C', 'ANY-A'];
const cents = fc.integer({ min: 100, max: 500_000 });
const booking = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('buy' as const),
      ticker: fc.constantFrom(...TICKERS),
      side: fc.constantFrom<Side>('yes', 'no'),
      count: fc.integer({ min: 1, max: 20_000 }).map(BigInt),
      price: fc.integer({ min: 1, max: 9_999 }).map((each) => BigInt(each) * 100n),
      fee: fc.integer({ min: 0, max: 20_000 }).map((each) => BigInt(each) * 100n),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('result' as const),
      event: fc.constantFrom('UP', 'DOWN', 'ONE', 'ANY'),
      winners: fc.nat(3),
      value: fc.option(fc.integer({ min: 1, max: 99 }).map((each) => BigInt(each) * 10_000n)),
      isPaid: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('deposit' as const, 'withdrawal' as const),
      status: fc.constantFrom('pending', 'applied', 'failed', 'returned', 'cancelled' as const),
      cents,
      feeCents: fc.integer({ min: 0, max: 99 }),
      isInstant: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('interest', 'subaccount', 'shard' as const), cents }),
  },
);
type Booking = typeof booking extends fc.Arbitrary<infer T> ? T : never;

function newMember(returnsCollateral: boolean, withdrawalFeeOnTop: boolean): Member {
  const ledger = new Ledger();
  Object.assign(ledger, { returnsCollateral, withdrawalFeeOnTop });
  ledger.addEvent('UP', 'Above', false, { ladder: 'above' });
  ledger.addEvent('DOWN', 'Below', false, { ladder: 'below' });
  ledger.addEvent('ONE', 'One of three', true);
  for (const ticker of TICKERS) {
    const [event = '', code] = ticker.split('-');
    const strike = Number(code);
    const market = { ticker, event, last: DOLLAR / 2n };
    ledger.addMarket(Number.isNaN(strike) ? market : { ...market, strike });
  }
  return new Member({ ledger });
}

function book(member: Member, each: Booking, at: number): void {
  const { ledger } = member;
  switch (each.kind) {
    case 'buy': {
      const market = ledger.markets.get(each.ticker);
      if (market && !market.result) ledger.buy(each.ticker, each.side, each.count, each.price, each.fee, at);
      return;
    }
    case 'result': {
      const markets = ledger.marketsOf(each.event);
      const nested = each.event === 'DOWN' ? markets.toReversed() : markets;
      for (const [index, { ticker }] of nested.entries()) {
        const wins =
          each.event === 'UP' || each.event === 'DOWN' ? index < each.winners : index === each.winners;
        // A part of a dollar only where nothing was returned on the strength of another result.
        const isScalar = each.value !== null && each.event === 'ANY';
        const result: MarketResult = isScalar ? 'scalar' : wins ? 'yes' : 'no';
        if (isScalar) ledger.resolve(ticker, result, each.value ?? 0n);
        else ledger.resolve(ticker, result);
      }
      if (each.isPaid) ledger.pay(at);
      return;
    }
    case 'deposit':
    case 'withdrawal': {
      const { kind, status, cents, feeCents, isInstant: instant } = each;
      const finishedAt = status === 'pending' ? null : at;
      const id = `t${ledger.transfers.length}`;
      ledger.transfer({ id, kind, status, cents, feeCents, instant, requestedAt: at, finishedAt });
      return;
    }
    case 'interest':
      ledger.credit(BigInt(each.cents) * 10_000n, at);
      return;
    case 'subaccount':
      member.moveBetweenSubaccounts(0, 1, each.cents, at);
      return;
    case 'shard':
      ledger.moveBetweenShards(BigInt(each.cents) * 10_000n, 0, 1, at);
      return;
  }
}

test(`${RUNS} histories (LEDGER_SEED=${SEED}): what the API lists adds up to the cash`, () => {
  const history = fc.array(booking, { maxLength: 25 });
  const property = fc.property(history, fc.boolean(), fc.boolean(), (bookings, returns, onTop) => {
    const member = newMember(returns, onTop);
    const { ledger } = member;
    for (const [index, each] of bookings.entries()) book(member, each, NOW + index * 1_000);
    const rows = (path: string, name: string) => {
      const url = new URL(`https://x/trade-api/v2/portfolio/${path}`);
      const { body } = member.answer(url.pathname, url.searchParams, NOW);
      return (body as Record<string, Record<string, string>[]>)[name] ?? [];
    };
    const sum = (list: Record<string, string>[], of: (row: Record<string, string>) => bigint) =>
      list.reduce((all, row) => all + of(row), 0n);
    const dollars = (text: string | undefined) => micros(text ?? '');
    const inCents = (value: unknown) => BigInt(Number(value)) * 10_000n;
    // Realized profit minus fees, and what is still held at its cost.
    const settled = rows('positions?settlement_status=all&limit=1000', 'market_positions');
    const trades = sum(
      settled,
      (row) =>
        dollars(row.realized_pnl_dollars) -
        dollars(row.fees_paid_dollars) -
        dollars(row.market_exposure_dollars),
    );
    const applied = ({ status }: Record<string, string>) => status === 'applied';
    const deposits = sum(
      rows('deposits?limit=500', 'deposits').filter(applied),
      (row) => inCents(row.amount_cents) - inCents(row.fee_cents),
    );
    const withdrawals = sum(
      rows('withdrawals?limit=500', 'withdrawals').filter(applied),
      (row) => inCents(row.amount_cents) + (onTop ? inCents(row.fee_cents) : 0n),
    );
    const moved = sum(rows('subaccounts/transfers?limit=1000', 'transfers'), (row) =>
      inCents(row.amount_cents),
    );
    const unlisted = ledger.entries
      .filter(({ cause }) => cause === 'credit')
      .reduce((all, { amount }) => all + amount, 0n);
    const instant = ledger.transfers
      .filter(({ status, kind, instant }) => status === 'pending' && kind === 'deposit' && instant)
      .reduce((all, row) => all + BigInt(row.cents - (row.feeCents ?? 0)) * 10_000n, 0n);
    const returned = [...ledger.events.values()].reduce((all, event) => all + event.returned, 0n);
    expect(ledger.cash).toBe(trades + deposits - withdrawals - moved + unlisted + instant + returned);
    if (!returns) expect(returned).toBe(0n);
    expect(returned).toBeGreaterThanOrEqual(0n);
    // What was returned early was less than what was paid in the end, whichever way a ladder points.
    for (const [name, event] of ledger.events) {
      if (ledger.marketsOf(name).length === 0) expect(event.returned).toBe(0n);
    }
    const shards = member.balance(NOW).balance_breakdown ?? [];
    expect(shards.reduce((all, { balance }) => all + micros(balance), 0n)).toBe(ledger.cash);
    expect(sum(rows('subaccounts/balances', 'subaccount_balances'), (row) => dollars(row.balance))).toBe(
      ledger.cash + moved,
    );
  });
  fc.assert(property, { numRuns: RUNS, seed: SEED });
});
