// When the exchange may be asked again.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../src/portfolio/outcome.ts';
import { FRESH_PACE, MAX_BACKOFF, MIN_GAP, mayPoll, paceAfter } from '../../../src/portfolio/pace.ts';

const NOW = 1_781_159_348_000;
const MINUTE = 60_000;
const OK: Outcome = { kind: 'ok' };
const OFFLINE: Outcome = { kind: 'offline' };
const asked = (ago: number) => ({ ...FRESH_PACE, attemptedAt: NOW - ago });

describe('mayPoll', () => {
  test.each([
    ['never asked', FRESH_PACE, null, 'due', true],
    ['asked a period ago', asked(MINUTE), OK, 'due', true],
    ['the alarm rings a little early', asked(MINUTE - 4_000), OK, 'due', true],
    ['asked half a period ago', asked(MINUTE / 2), OK, 'due', false],
    ['someone asks for it half a period later', asked(MINUTE / 2), OK, 'user', true],
    ['someone clicks again at once', asked(MIN_GAP - 1), OK, 'user', false],
    ['holding back', { ...asked(MINUTE), notBefore: NOW + 1 }, OFFLINE, 'due', false],
    ['held back long enough', { ...asked(MINUTE), notBefore: NOW }, OFFLINE, 'due', true],
    ['someone does not want to wait', { ...asked(MINUTE), notBefore: NOW + 1_000 }, OFFLINE, 'user', true],
    ['refused', asked(MINUTE), { kind: 'key-unknown' }, 'due', false],
    ['refused, and someone tries again', asked(MINUTE), { kind: 'key-unknown' }, 'user', true],
    ['the clock was set back behind the last request', asked(-3_600_000), OK, 'due', true],
    [
      'the clock was set back far before the end of the wait',
      { ...asked(MINUTE), notBefore: NOW + MAX_BACKOFF + 1 },
      OFFLINE,
      'due',
      true,
    ],
  ] as const)('%s', (_, pace, outcome, why, may) => {
    expect(mayPoll(pace, outcome, MINUTE, why, NOW)).toBe(may);
  });
});

describe('paceAfter', () => {
  const paced = (outcome: Outcome, random: number, before = FRESH_PACE) =>
    paceAfter(before, outcome, 0, MINUTE, NOW, random);

  test('success resets, and so does an answer that stops the polling', () => {
    const before = { ...FRESH_PACE, failures: 5, notBefore: NOW + 1 };
    expect(paced(OK, 0.5, before)).toMatchObject({ failures: 0, notBefore: 0 });
    expect(paced({ kind: 'key-unknown' }, 0.5, before)).toMatchObject({ failures: 0, notBefore: 0 });
  });

  test('each failure doubles the span in which the next try falls', () => {
    let pace = FRESH_PACE;
    const spans = Array.from({ length: 8 }, () => {
      pace = paced(OFFLINE, 0.999999, pace);
      return Math.round((pace.notBefore - NOW) / MINUTE);
    });
    expect(spans).toEqual([2, 4, 8, 16, 30, 30, 30, 30]);
  });

  test('full jitter: anything from nothing to the span', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999999, noNaN: true }), fc.nat(100), (random, failures) => {
        const { notBefore } = paced(OFFLINE, random, { ...FRESH_PACE, failures });
        expect(notBefore - NOW).toBeGreaterThanOrEqual(0);
        expect(notBefore - NOW).toBeLessThanOrEqual(MAX_BACKOFF);
      }),
    );
    expect(paced(OFFLINE, 0).notBefore).toBe(NOW);
  });

  test('a Retry-After is kept to, within reason', () => {
    const wait = (retryAfterMs: number) => paced({ kind: 'rate-limited', retryAfterMs }, 0).notBefore - NOW;
    expect(wait(90_000)).toBe(90_000);
    expect(wait(86_400_000)).toBe(MAX_BACKOFF);
  });
});
