// Why the total changed: the parts add up, and nothing is hidden in them. Random histories are in tests/exchange/ledger.test.ts.
import { expect, test } from 'vitest';
import type { Transfer } from '../../../../src/domain/balance/transfers.ts';
import { type Contracts, NO_CONTRACTS } from '../../../../src/domain/contracts.ts';
import { type Micros, ZERO } from '../../../../src/domain/money.ts';
import { addReconciliations, reconcilePeriod } from '../../../../src/domain/pnl/period-balance.ts';
import { as } from '../../../fakes/plain.ts';

const HOUR = 3_600_000;
const balance = (hour: number, cash: number, positions: number, perps?: number) => ({
  at: hour * HOUR,
  cash: cash as Micros,
  positions: positions as Micros,
  ...(perps !== undefined && { perps: perps as Micros }),
});
const transfer = (hour: number, amount: number, kind: Transfer['kind'] = 'deposit'): Transfer => ({
  id: `${kind} ${hour}`,
  kind,
  status: 'applied',
  amount: amount as Micros,
  requestedAt: hour * HOUR,
  finishedAt: hour * HOUR,
  appliedAt: null,
  neverApplied: false,
});
const none = { side: 'yes', outcome: null, partial: false, booked: null } as const;
const part = {
  sold: NO_CONTRACTS,
  settled: NO_CONTRACTS,
  cost: ZERO,
  proceeds: ZERO,
  fees: ZERO,
  basis: ZERO,
};

/** Bought for 400 before, 200 of it sold for 260 with a fee of 10 after hour 10. */
const MARKETS = [
  {
    ...none,
    ticker: 'A',
    parts: [
      { ...part, at: 5 * HOUR, basis: as(400) },
      {
        ...part,
        at: 12 * HOUR,
        sold: as<Contracts>(1),
        cost: as(200),
        proceeds: as(260),
        fees: as(10),
        basis: as(-200),
      },
    ],
  },
];

test('results, marks, transfers and what is left', () => {
  // Cash: 250 from the sale, 1000 paid in, 7 of interest. The rest of the position, which had cost 200, is worth 230.
  const explained = reconcilePeriod(
    [balance(1, 0, 0), balance(9, 600, 420)],
    balance(20, 600 + 250 + 1000 + 7, 230),
    10 * HOUR,
    MARKETS,
    [transfer(8, 500), transfer(15, 1000)],
  );
  expect(explained).toEqual({
    from: 9 * HOUR,
    to: 20 * HOUR,
    startsWithRecording: false,
    change: 1257 - 190,
    results: 50,
    marks: 30 - 20,
    transfers: 1000,
    remainder: 7,
  });
});

test('without a balance before the period, it begins at the first one; without two balances, nothing is said', () => {
  expect(reconcilePeriod([balance(9, 1, 1)], balance(20, 1, 1), 2 * HOUR, [], [])?.from).toBe(9 * HOUR);
  expect(reconcilePeriod([], balance(20, 1, 1), 2 * HOUR, [], [])).toBeUndefined();
  expect(reconcilePeriod([balance(20, 1, 1)], balance(20, 1, 1), 2 * HOUR, [], [])).toBeUndefined();
});

test('transfers that could not be read stay in the remainder', () => {
  expect(reconcilePeriod([balance(1, 0, 0)], balance(9, 500, 0), 0, [], null)).toMatchObject({
    transfers: 0,
    remainder: 500,
  });
});

test('what moves to perps is a transfer only where their equity is not part of both totals', () => {
  const moved = [transfer(5, -300, 'perps')];
  const without = reconcilePeriod([balance(1, 1000, 0)], balance(9, 700, 0), 0, [], moved);
  expect(without).toMatchObject({ change: -300, transfers: -300, remainder: 0 });
  const within = reconcilePeriod([balance(1, 1000, 0, 0)], balance(9, 700, 0, 320), 0, [], moved);
  expect(within).toMatchObject({ change: 20, transfers: 0, remainder: 20 });
});

test('several accounts together; one without balances leaves all unexplained', () => {
  const one = reconcilePeriod([balance(1, 0, 0)], balance(9, 500, 0), 0, [], []);
  expect(addReconciliations([one, one])).toMatchObject({ change: 1000, remainder: 1000, from: HOUR });
  expect(addReconciliations([one, undefined])).toBeUndefined();
});
