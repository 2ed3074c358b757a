// Snapshots: totals, how fresh they are, and what a failure leaves.
import * as v from 'valibot';
import { expect, test } from 'vitest';
import {
  exactTotal,
  figuresSchema,
  NO_SNAPSHOT,
  snapshotWithBalance,
  snapshotWithFailure,
  total,
} from '../../../../src/domain/balance/snapshot.ts';
import type { Micros } from '../../../../src/domain/money.ts';
import { freshness, isFromFuture, oldest } from '../../../../src/domain/polling/freshness.ts';
import {
  OUTCOMES,
  type Outcome,
  outcomeSchema,
  requiresAction,
} from '../../../../src/domain/polling/outcome.ts';
import { FAILURES } from '../../../fakes/failures.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const MINUTE = 60_000;
const of = (cash: number, positions: number, perps?: number) => ({
  cash: cash as Micros,
  positions: positions as Micros,
  ...(perps !== undefined && { perps: perps as Micros }),
});
const MOST = Number.MAX_SAFE_INTEGER;

test.each([
  [of(1, 2), 3],
  [of(1, 2, 4), 7],
  [of(-5, 2, 0), -3],
  [of(MOST, 1), undefined],
  [of(MOST, 0, 1), undefined],
  [of(MOST, 1, -1), undefined],
])('the total of %j is %s', (amounts, sum) => {
  expect(exactTotal(amounts)).toBe(sum);
  if (sum === undefined) expect(() => total(amounts)).toThrow(RangeError);
  else expect(total(amounts)).toBe(sum);
});

test('a good poll replaces everything, a failed one only the outcome', () => {
  const figures = { ...of(1, 2), at: NOW };
  const good = snapshotWithBalance(figures);
  expect(good).toEqual({ figures, outcome: { kind: 'ok' }, outcomeAt: NOW });
  const failed = snapshotWithFailure(good, { kind: 'offline' }, NOW + 5);
  expect(failed).toEqual({ figures, outcome: { kind: 'offline' }, outcomeAt: NOW + 5 });
});

test('how fresh figures are', () => {
  const good = snapshotWithBalance({ ...of(1, 2), at: NOW });
  const at = (ms: number) => freshness(good, MINUTE, NOW + ms);
  const limit = 2 * MINUTE + 10_000;
  expect([at(0), at(-MINUTE), at(limit), at(limit + 1)]).toEqual(['live', 'live', 'live', 'stale']);
  // The clock was set back.
  expect([at(-limit), at(-limit - 1)]).toEqual(['live', 'stale']);
  const isFuture = (ms: number) => isFromFuture(good.figures, MINUTE, NOW + ms);
  expect([isFuture(limit + 1), isFuture(-limit), isFuture(-limit - 1)]).toEqual([false, false, true]);
  expect(isFromFuture(null, MINUTE, NOW)).toBe(false);
  expect(freshness(NO_SNAPSHOT, MINUTE, NOW)).toBe('waiting');
  expect(freshness({ ...NO_SNAPSHOT, outcome: { kind: 'ok' } }, MINUTE, NOW)).toBe('waiting');
  expect(freshness(snapshotWithFailure(NO_SNAPSHOT, { kind: 'offline' }, NOW), MINUTE, NOW)).toBe('none');
  expect(freshness(snapshotWithFailure(good, { kind: 'offline' }, NOW), MINUTE, NOW)).toBe('stale');
  expect(freshness({ ...good, outcome: null }, MINUTE, NOW)).toBe('stale');
});

test('the oldest time that is known', () => {
  expect(oldest([7, null, 3, 5])).toBe(3);
  expect(oldest([null, null])).toBeNull();
  expect(oldest([])).toBeNull();
});

test.each([
  [{ cash: 1, positions: 2, at: 3 }, true],
  [{ cash: 1, positions: 2, perps: 3, at: 3 }, true],
  [{ cash: 1.5, positions: 2, at: 3 }, false],
  [{ cash: MOST + 1, positions: 2, at: 3 }, false],
  [{ cash: '1', positions: 2, at: 3 }, false],
  [{ cash: 1, positions: 2, perps: null, at: 3 }, false],
  [{ cash: 1, positions: 2 }, false],
])('stored figures %j are readable: %s', (stored, readable) => {
  expect(v.is(figuresSchema, stored)).toBe(readable);
});

test.each(FAILURES)('$kind is stored as it is, and without its facts it is not', (failure) => {
  expect(v.parse(outcomeSchema, failure)).toEqual(failure);
  const needed = 'status' in failure || 'reason' in failure;
  expect(v.is(outcomeSchema, { kind: failure.kind })).toBe(!needed);
});

test('an unknown outcome is not readable', () => {
  expect(v.is(outcomeSchema, { kind: 'lucky' })).toBe(false);
  expect(v.is(outcomeSchema, { kind: 'signature-refused', reason: 'mood' })).toBe(false);
  expect(v.is(outcomeSchema, { kind: 'bad-reply', reason: 'mood', status: 200 })).toBe(false);
});

/** The table in words: look, button, polling, and whether a key with this outcome may be saved. */
test.each<[Outcome['kind'], look: string, step: string | null, polling: string, savable: boolean]>([
  ['ok', 'live', null, 'on', true],
  ['offline', 'stale', 'refresh', 'backoff', true],
  ['timeout', 'stale', 'refresh', 'backoff', true],
  ['rate-limited', 'stale', 'refresh', 'backoff', true],
  ['exchange-error', 'stale', 'refresh', 'backoff', true],
  ['maintenance', 'stale', 'refresh', 'backoff', true],
  ['bad-reply', 'stale', 'refresh', 'backoff', true],
  ['clock-wrong', 'attention', 'refresh', 'backoff', false],
  ['signature-refused', 'attention', 'replace-key', 'stop', false],
  ['key-unknown', 'attention', 'replace-key', 'stop', false],
  ['scope-missing', 'attention', 'replace-key', 'stop', false],
  ['blocked', 'attention', 'refresh', 'backoff', false],
  ['key-missing', 'attention', 'replace-key', 'on', false],
  ['permission-missing', 'attention', 'grant-access', 'on', false],
  ['storage-failed', 'attention', 'refresh', 'on', false],
])('%s: %s, %s, polling %s', (kind, look, step, polling, savable) => {
  expect(OUTCOMES[kind]).toEqual({ look, step, polling, savable });
  expect(requiresAction({ kind } as Outcome)).toBe(look === 'attention');
});
