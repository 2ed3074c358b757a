// The tiers of the history: the key of a sample in each, and gaps. And the log of polls.
import { describe, expect, test } from 'vitest';
import { DAILY, isGap, slotOf, TIERS } from '../../../../src/domain/balance/history.ts';
import type { Outcome } from '../../../../src/domain/polling/outcome.ts';
import { addToPollLog, EMPTY_POLL_LOG, MAX_ENTRIES } from '../../../../src/domain/polling/poll-log.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOON = Date.UTC(2026, 10, 22, 12);

test('four tiers, from every poll to calendar days', () => {
  expect(TIERS).toEqual([
    { step: 0, keep: 2 * DAY },
    { step: 5 * MINUTE, keep: 60 * DAY },
    { step: HOUR, keep: Number.POSITIVE_INFINITY },
    { step: DAY, keep: Number.POSITIVE_INFINITY },
  ]);
  expect(DAILY).toBe(DAY);
});

test.each([
  ['every poll has its own', NOON + 1, 0, 0, NOON + 1],
  ['the start of five minutes', NOON + 5 * MINUTE - 1, 5 * MINUTE, 0, NOON],
  ['the next five minutes', NOON + 5 * MINUTE, 5 * MINUTE, 0, NOON + 5 * MINUTE],
  ['an hour, wherever the user is', NOON + 59 * MINUTE, HOUR, -5 * HOUR, NOON],
  ['a day in UTC', NOON, DAY, 0, Date.UTC(2026, 10, 22)],
  ['an evening in New York', Date.UTC(2026, 10, 23, 3), DAY, -5 * HOUR, Date.UTC(2026, 10, 22)],
  ['a morning in Tokyo', Date.UTC(2026, 10, 22, 16), DAY, 9 * HOUR, Date.UTC(2026, 10, 23)],
])('%s', (_, at, step, zone, slot) => {
  expect(slotOf(at, step, zone)).toBe(slot);
});

test('a gap: nothing before, or more than two periods and a minute', () => {
  expect(isGap(undefined, NOON, MINUTE)).toBe(true);
  // At least two of the periods that are used while the user is away, a quarter of an hour.
  expect(isGap(NOON, NOON + 31 * MINUTE, MINUTE)).toBe(false);
  expect(isGap(NOON, NOON + 31 * MINUTE + 1, MINUTE)).toBe(true);
  expect(isGap(NOON, NOON + 121 * MINUTE, HOUR)).toBe(false);
  expect(isGap(NOON, NOON + 121 * MINUTE + 1, HOUR)).toBe(true);
});

describe('the log of polls', () => {
  const add = (outcomes: [Outcome, took: number, first?: boolean][]) =>
    outcomes.reduce(
      (log, [outcome, took, first = false], index) => addToPollLog(log, outcome, index, took, first),
      EMPTY_POLL_LOG,
    );

  test('equal outcomes in a row are one entry, with the slowest poll', () => {
    const ok: Outcome = { kind: 'ok' };
    expect(
      add([
        [ok, 5, true],
        [ok, 9],
        [ok, 7, true],
      ]),
    ).toEqual({
      lifetimes: 2,
      entries: [{ kind: 'ok', detail: '', first: 0, last: 2, times: 3, slowest: 9 }],
    });
  });

  test('another status or reason is another entry', () => {
    const { entries } = add([
      [{ kind: 'exchange-error', status: 500 }, 1],
      [{ kind: 'exchange-error', status: 502 }, 1],
      [{ kind: 'bad-reply', reason: 'status', status: 404 }, 1],
      [{ kind: 'signature-refused', reason: 'headers' }, 1],
      [{ kind: 'exchange-error', status: 500 }, 1],
    ]);
    expect(entries.map(({ kind, detail }) => [kind, detail])).toEqual([
      ['exchange-error', '500'],
      ['exchange-error', '502'],
      ['bad-reply', '404 status'],
      ['signature-refused', 'headers'],
      ['exchange-error', '500'],
    ]);
  });

  test('the oldest entries go', () => {
    const outcomes = Array.from({ length: MAX_ENTRIES + 3 }, (_, index): [Outcome, number] => [
      { kind: 'exchange-error', status: index },
      1,
    ]);
    const { entries } = add(outcomes);
    expect(entries).toHaveLength(MAX_ENTRIES);
    expect(entries[0]?.detail).toBe('3');
  });
});
