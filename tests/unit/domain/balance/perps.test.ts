// Perps: when their equity is requested, and what stays known.
import { describe, expect, test } from 'vitest';
import {
  arePerpsDue,
  type Perps,
  perpsAfter,
  UNKNOWN_PERPS,
  withPerps,
} from '../../../../src/domain/balance/perps.ts';
import type { Micros } from '../../../../src/domain/money.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;
const money = (dollars: number) => (dollars * 1_000_000) as Micros;
const perps = (status: Perps['status'], ago: number): Perps => ({
  ...UNKNOWN_PERPS,
  status,
  checkedAt: NOW - ago,
});

test.each([
  ['unknown', 0, true],
  ['readable', 0, true],
  ['none', HOUR, false],
  ['none', 24 * HOUR, true],
  ['unreadable', HOUR, false],
  ['unreadable', 24 * HOUR, true],
] as const)('%s, checked %i ms ago: due %s', (status, ago, due) => {
  expect(arePerpsDue(perps(status, ago), NOW)).toBe(due);
});

describe('after an answer', () => {
  const readable = perpsAfter(UNKNOWN_PERPS, { kind: 'read', equity: money(50) }, NOW);
  test('the equity is part of the total', () => {
    expect(readable).toEqual({ status: 'readable', checkedAt: NOW, equity: money(50), equityAt: NOW });
    expect(withPerps({ cash: money(1), positions: money(2) }, readable)).toMatchObject({ perps: money(50) });
  });
  test('a failed one keeps the last equity with its time', () => {
    expect(perpsAfter(readable, { kind: 'failed' }, NOW + HOUR)).toEqual(readable);
  });
  test.each(['none', 'unreadable'] as const)('%s: no equity, and the total is without it', (kind) => {
    const after = perpsAfter(readable, { kind }, NOW + HOUR);
    expect(after).toMatchObject({ status: kind, equity: null });
    const figures = { cash: money(1), positions: money(2) };
    expect(withPerps(figures, after)).toEqual(figures);
  });
  test('an equity that would make the total inexact is left out', () => {
    const huge = { ...readable, equity: Number.MAX_SAFE_INTEGER as Micros };
    expect(withPerps({ cash: money(1), positions: money(2) }, huge)).toEqual({
      cash: money(1),
      positions: money(2),
    });
  });
});
