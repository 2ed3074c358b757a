// When an account may be polled again.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  areHoldingsDue,
  INITIAL_BACKOFF,
  isPollAllowed,
  isStatusCheckAllowed,
  MAX_BACKOFF,
  MIN_GAP,
  NO_ATTEMPT,
  nextBackoff,
  type PollState,
  STATUS_GAP,
} from '../../../../src/domain/polling/backoff.ts';
import type { Outcome } from '../../../../src/domain/polling/outcome.ts';

const NOW = 1_781_159_348_000;
const MINUTE = 60_000;
const OK: Outcome = { kind: 'ok' };
const OFFLINE: Outcome = { kind: 'offline' };
const INITIAL: PollState = { ...INITIAL_BACKOFF, ...NO_ATTEMPT };
const attempted = (ago: number) => ({ ...INITIAL, attemptedAt: NOW - ago });

describe('isPollAllowed', () => {
  test.each([
    ['never polled', INITIAL, null, 'alarm', true],
    ['polled a period ago', attempted(MINUTE), OK, 'alarm', true],
    ['alarm slightly early', attempted(MINUTE - 4_000), OK, 'alarm', true],
    ['polled half a period ago', attempted(MINUTE / 2), OK, 'alarm', false],
    ['manual, half a period later', attempted(MINUTE / 2), OK, 'manual', true],
    ['manual again at once', attempted(MIN_GAP - 1), OK, 'manual', false],
    ['before retryAt', { ...attempted(MINUTE), retryAt: NOW + 1 }, OFFLINE, 'alarm', false],
    ['at retryAt', { ...attempted(MINUTE), retryAt: NOW }, OFFLINE, 'alarm', true],
    ['manual before retryAt', { ...attempted(MINUTE), retryAt: NOW + 1_000 }, OFFLINE, 'manual', true],
    ['resume, half a period later', attempted(MINUTE / 2), OK, 'resume', true],
    ['resume at once', attempted(MIN_GAP - 1), OK, 'resume', false],
    [
      'the user is back while it holds back',
      { ...attempted(MINUTE), retryAt: NOW + 1 },
      OFFLINE,
      'resume',
      false,
    ],
    ['resume after a refusal', attempted(MINUTE), { kind: 'key-unknown' }, 'resume', false],
    ['refused', attempted(MINUTE), { kind: 'key-unknown' }, 'alarm', false],
    ['manual after a refusal', attempted(MINUTE), { kind: 'key-unknown' }, 'manual', true],
    ['clock set back before the last attempt', attempted(-3_600_000), OK, 'alarm', true],
    [
      'the clock was set back far before the end of the wait',
      { ...attempted(MINUTE), retryAt: NOW + MAX_BACKOFF + 1 },
      OFFLINE,
      'alarm',
      true,
    ],
  ] as const)('%s', (_, pace, outcome, why, may) => {
    expect(isPollAllowed(pace, outcome, { periodMs: MINUTE, trigger: why, now: NOW })).toBe(may);
  });
});

describe('isStatusCheckAllowed', () => {
  test.each([
    ['a first failure may be a hiccup', INITIAL, 'alarm', false],
    ['manual', INITIAL, 'manual', true],
    ['a second failure in a row', { ...INITIAL, failures: 1 }, 'alarm', true],
    [
      'requested a moment ago',
      { ...INITIAL, failures: 1, statusCheckedAt: NOW - STATUS_GAP + 1 },
      'manual',
      false,
    ],
    ['requested long ago', { ...INITIAL, failures: 1, statusCheckedAt: NOW - STATUS_GAP }, 'alarm', true],
    ['requested in the future', { ...INITIAL, failures: 1, statusCheckedAt: NOW + 1 }, 'alarm', true],
  ] as const)('%s', (_, pace, why, may) =>
    expect(isStatusCheckAllowed(pace, { trigger: why, now: NOW })).toBe(may),
  );
});

describe('nextBackoff', () => {
  const paced = (outcome: Outcome, random: number, before = INITIAL) =>
    nextBackoff(before, outcome, 0, { periodMs: MINUTE, trigger: 'alarm', now: NOW, random });

  test('success resets it, and so does a response that stops polling', () => {
    const before = { ...INITIAL, failures: 5, retryAt: NOW + 1 };
    expect(paced(OK, 0.5, before)).toMatchObject({ failures: 0, retryAt: 0 });
    expect(paced({ kind: 'key-unknown' }, 0.5, before)).toMatchObject({ failures: 0, retryAt: 0 });
  });

  /** The longest waits after so many failures in a row, seconds. */
  const spans = (outcome: Outcome, times: number, period = MINUTE) => {
    let pace = INITIAL;
    return Array.from({ length: times }, () => {
      pace = {
        ...pace,
        ...nextBackoff(pace, outcome, 0, { periodMs: period, trigger: 'alarm', now: NOW, random: 0.999999 }),
      };
      return Math.ceil((pace.retryAt - NOW) / 1000);
    });
  };

  test('the next retry is within two periods, however long the outage lasts', () => {
    expect(spans(OFFLINE, 30)).toEqual(Array.from({ length: 30 }, () => 110));
    expect(spans({ kind: 'maintenance' }, 3, 30_000)).toEqual([50, 50, 50]);
    expect(spans({ kind: 'timeout' }, 1, 3_600_000)).toEqual([7190]);
  });

  test('only repeated rate limiting increases the wait', () => {
    const busy: Outcome = { kind: 'rate-limited' };
    expect(spans(busy, 12)).toEqual([110, 110, 110, 110, 110, 220, 440, 880, 1760, 1800, 1800, 1800]);
    expect(spans(busy, 12, 3_600_000).at(-1)).toBe(7190); // never shorter than for other failures of that period
  });

  test('a poll between two alarms waits half as long', () => {
    const { retryAt } = nextBackoff(INITIAL, OFFLINE, 0, {
      periodMs: MINUTE,
      trigger: 'manual',
      now: NOW,
      random: 0.999999,
    });
    expect(Math.ceil((retryAt - NOW) / 1000)).toBe(55);
  });

  test('the wait counts from the start of the poll, not from its timeout', () => {
    const tried = { ...INITIAL, attemptedAt: NOW - 10_000 };
    expect(paced(OFFLINE, 0.999999, tried).retryAt).toBeLessThanOrEqual(NOW + 100_000);
    const long = { ...INITIAL, attemptedAt: NOW - 86_400_000 };
    expect(paced(OFFLINE, 0, long).retryAt).toBe(NOW);
  });

  test('full jitter: from zero to the whole span', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999999, noNaN: true }), fc.nat(100), (random, failures) => {
        const { retryAt } = paced(OFFLINE, random, { ...INITIAL, failures });
        expect(retryAt - NOW).toBeGreaterThanOrEqual(0);
        expect(retryAt - NOW).toBeLessThanOrEqual(MAX_BACKOFF);
      }),
    );
    expect(paced(OFFLINE, 0).retryAt).toBe(NOW);
  });

  test('Retry-After is followed up to a limit', () => {
    const wait = (retryAfterMs: number) => paced({ kind: 'rate-limited', retryAfterMs }, 0).retryAt - NOW;
    expect(wait(90_000)).toBe(90_000);
    expect(wait(86_400_000)).toBe(MAX_BACKOFF);
  });
});

describe('holdings', () => {
  const HOUR = 60 * MINUTE;
  const due = (
    ago: number | null,
    trigger: 'alarm' | 'popup' | 'manual',
    { readable = true, random = 0, periodMs = MINUTE } = {},
  ) =>
    areHoldingsDue(ago === null ? null : { at: NOW - ago, readable }, {
      periodMs,
      trigger,
      now: NOW,
      random,
    });

  test('are read at once if they never were', () => {
    expect(due(null, 'alarm', { random: 0.999 })).toBe(true);
  });

  test.each(['popup', 'manual'] as const)('%s: once a minute', (trigger) => {
    expect([due(MINUTE - 1, trigger), due(MINUTE, trigger), due(-1, trigger)]).toEqual([false, true, true]);
  });

  test('in the background: after a quarter of an hour, by chance spread over as long again', () => {
    expect(due(15 * MINUTE - 1, 'alarm')).toBe(false);
    expect(due(15 * MINUTE, 'alarm')).toBe(true);
    expect(due(15 * MINUTE, 'alarm', { random: 1 / 15 - 0.001 })).toBe(true);
    expect(due(15 * MINUTE, 'alarm', { random: 1 / 15 })).toBe(false);
    expect(due(HOUR, 'alarm', { random: 0.999, periodMs: HOUR })).toBe(true);
  });

  test('that the key may not read: once a day, whoever asks', () => {
    const refused = { readable: false };
    expect([due(24 * HOUR - 1, 'manual', refused), due(24 * HOUR, 'alarm', refused)]).toEqual([false, true]);
    expect(due(24 * HOUR, 'alarm', { ...refused, random: 0.999 })).toBe(true);
  });
});
