// Which balances a period compares, and several accounts together.
import { expect, test } from 'vitest';
import type { Micros } from '../../../../src/domain/money.ts';
import { addReconciliations, reconcilePeriod } from '../../../../src/domain/pnl/period-balance.ts';

const balance = (at: number, cash: number, positions = 0) => ({
  at,
  cash: cash as Micros,
  positions: positions as Micros,
});
/** A part that cost 4 and brought 9. */
const part = (at: number, basis: number) => ({
  at,
  sold: 1,
  settled: 0,
  cost: 4,
  proceeds: 9,
  fees: 0,
  basis,
});
const markets = (...parts: ReturnType<typeof part>[]) => [{ parts }] as never;

test('from the last balance before the time, or the first one after it', () => {
  const samples = [balance(10, 100), balance(20, 200), balance(30, 300)];
  const latest = balance(40, 450);
  const from = (at: number) => reconcilePeriod(samples, latest, at, markets(), []);
  expect(from(25)).toMatchObject({ from: 20, to: 40, change: 250, startsWithRecording: false });
  expect(from(20)).toMatchObject({ from: 20, startsWithRecording: false });
  expect(from(5)).toMatchObject({ from: 10, change: 350, startsWithRecording: true });
});

test('no two balances: nothing to compare', () => {
  expect(reconcilePeriod([], balance(40, 1), 0, markets(), [])).toBeUndefined();
  expect(reconcilePeriod([balance(40, 1)], balance(40, 1), 0, markets(), [])).toBeUndefined();
  expect(reconcilePeriod([balance(41, 1)], balance(40, 1), 0, markets(), [])).toBeUndefined();
});

test('results are those after the first balance; a part at its very time was before', () => {
  const samples = [balance(10, 100)];
  const of = (at: number) => reconcilePeriod(samples, balance(40, 105), 0, markets(part(at, 0)), []);
  expect(of(11)).toMatchObject({ results: 5, marks: 0, remainder: 0 });
  expect(of(10)).toMatchObject({ results: 0, remainder: 5 });
});

test('what is held at cost, before and after, is no change of marks', () => {
  const samples = [balance(10, 100, 7)];
  const latest = balance(40, 97, 12);
  const result = reconcilePeriod(samples, latest, 0, markets(part(5, 7), part(20, -2)), []);
  // Marks: (12 − 5) − (7 − 7).
  expect(result).toMatchObject({ change: 2, results: 5, marks: 7 });
});

test('transfers between the two balances, those to perps only where a total is without them', () => {
  const moved = (at: number, amount: number, kind = 'deposit') =>
    ({
      id: `${at}`,
      kind,
      status: 'applied',
      amount,
      requestedAt: at,
      finishedAt: at,
      appliedAt: null,
      neverApplied: false,
    }) as never;
  const of = (before: object, after: object, ...transfers: never[]) =>
    reconcilePeriod(
      [{ ...balance(10, 100), ...before }],
      { ...balance(40, 130), ...after },
      0,
      markets(),
      transfers,
    );
  const perps = (amount: number) => ({ perps: amount as Micros });
  expect(of({}, {}, moved(10, 1), moved(11, 20), moved(40, 5), moved(41, 7))).toMatchObject({
    change: 30,
    transfers: 25,
    remainder: 5,
  });
  const toPerps = moved(20, -8, 'perps');
  expect(of(perps(3), perps(11), toPerps)).toMatchObject({ change: 38, transfers: 0 });
  for (const [before, after] of [
    [{}, {}],
    [perps(3), {}],
    [{}, perps(11)],
  ] as const) {
    expect(of(before, after, toPerps)).toMatchObject({ change: 30, transfers: -8 });
  }
  expect(reconcilePeriod([balance(10, 100)], balance(40, 130), 0, markets(), null)).toMatchObject({
    transfers: 0,
    remainder: 30,
  });
});

test('several accounts are added, from the latest beginning on', () => {
  const one = { from: 1, to: 9, change: 10, results: 20, marks: 30, transfers: 40, remainder: 50 } as never;
  const two = { from: 3, to: 7, change: 1, results: 2, marks: 3, transfers: 4, remainder: 5 } as never;
  const sum = { from: 3, to: 9, change: 11, results: 22, marks: 33, transfers: 44, remainder: 55 };
  expect(addReconciliations([one, two])).toEqual(sum);
  expect(addReconciliations([two, one])).toEqual(sum);
  expect(addReconciliations([one])).toBe(one);
  const later = { ...(two as object), startsWithRecording: true } as never;
  expect(addReconciliations([one, later])).toMatchObject({ startsWithRecording: true });
  expect(addReconciliations([one, undefined])).toBeUndefined();
  expect(addReconciliations([])).toBeUndefined();
});
