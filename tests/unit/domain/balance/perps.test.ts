// Perps: when their equity is requested, and what stays known.
import { describe, expect, test } from 'vitest';
import {
  arePerpsDue,
  doPerpsMoveTotal,
  equityReadAt,
  type Perps,
  perpsAfter,
  UNKNOWN_PERPS,
  withPerps,
} from '../../../../src/domain/balance/perps.ts';
import type { Micros } from '../../../../src/domain/money.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;
const money = (dollars: number) => (dollars * 1_000_000) as Micros;
const readable = perpsAfter(UNKNOWN_PERPS, { kind: 'read', equity: money(50) }, NOW);
const WITHOUT_EQUITY = ['none', 'unreadable', 'elsewhere', 'unstated'] as const;

test.each<[Perps, due: boolean]>([
  [UNKNOWN_PERPS, true],
  [readable, true],
  ...WITHOUT_EQUITY.flatMap((status): [Perps, boolean][] => [
    [{ status, checkedAt: NOW - HOUR }, false],
    [{ status, checkedAt: NOW - 24 * HOUR }, true],
  ]),
])('%j: due %s', (perps, due) => {
  expect(arePerpsDue(perps, NOW)).toBe(due);
});

test('money that moves to perps leaves the total, unless their equity is in it or there are none', () => {
  const moves = (status: 'none' | 'unreadable' | 'elsewhere' | 'unstated') =>
    doPerpsMoveTotal({ status, checkedAt: NOW });
  expect([doPerpsMoveTotal(UNKNOWN_PERPS), doPerpsMoveTotal(readable)]).toEqual([true, false]);
  expect(WITHOUT_EQUITY.map(moves)).toEqual([false, true, true, true]);
});

describe('after an answer', () => {
  test('the equity is part of the total', () => {
    expect(readable).toEqual({ status: 'readable', equity: money(50), equityAt: NOW });
    expect(equityReadAt(readable)).toBe(NOW);
    expect(withPerps({ cash: money(1), positions: money(2) }, readable)).toMatchObject({ perps: money(50) });
  });
  test('a failed one keeps the last equity with its time', () => {
    expect(perpsAfter(readable, { kind: 'failed' }, NOW + HOUR)).toEqual(readable);
  });
  test.each(WITHOUT_EQUITY)('%s: no equity, and the total is without it', (kind) => {
    const after = perpsAfter(readable, { kind }, NOW + HOUR);
    expect(after).toEqual({ status: kind, checkedAt: NOW + HOUR });
    expect(equityReadAt(after)).toBeNull();
    const figures = { cash: money(1), positions: money(2) };
    expect(withPerps(figures, after)).toEqual(figures);
  });
  test('an equity that would make the total inexact is left out', () => {
    const huge = { status: 'readable', equity: Number.MAX_SAFE_INTEGER as Micros, equityAt: NOW } as const;
    expect(withPerps({ cash: money(1), positions: money(2) }, huge)).toEqual({
      cash: money(1),
      positions: money(2),
    });
  });
});
