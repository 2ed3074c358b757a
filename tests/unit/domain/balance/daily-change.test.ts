// Today's change: its start, deposits and withdrawals, and the points of the small chart.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addSampleToDay,
  combineChanges,
  type DailyChange,
  type Day,
  dailyChangeOf,
} from '../../../../src/domain/balance/daily-change.ts';
import { NO_TRANSFERS, type TransferList } from '../../../../src/domain/balance/transfer-list.ts';
import type { Transfer } from '../../../../src/domain/balance/transfers.ts';
import type { Micros } from '../../../../src/domain/money.ts';
import { shareOf } from '../../../../src/domain/share.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MIDNIGHT = Date.UTC(2026, 10, 22);
const money = (dollars: number) => (dollars * 1_000_000) as Micros;
const sample = (at: number, dollars: number, cash = dollars) => ({
  at,
  cash: money(cash),
  positions: money(dollars - cash),
});
/** The day after samples with these times and totals. */
const dayWith = (samples: [at: number, total: number][], midnight = (_: number) => MIDNIGHT) =>
  samples.reduce<Day | null>(
    (day, [at, total]) => addSampleToDay(day, sample(at, total), midnight(at), MINUTE),
    null,
  );
const calendar = (at: number) => Math.floor(at / (24 * HOUR)) * 24 * HOUR;
/** A list that was read after the last movement of the cash. */
const listOf = (...rows: Transfer[]) => ({ ...NO_TRANSFERS, readAt: 1, status: 'current', rows }) as const;
/** A transfer that is applied at a time. */
const applied = (at: number, dollars: number, more: Partial<Transfer> = {}): Transfer => ({
  id: `${at} ${dollars}`,
  kind: dollars > 0 ? 'deposit' : 'withdrawal',
  status: 'applied',
  amount: money(dollars),
  requestedAt: at,
  finishedAt: at,
  appliedAt: null,
  neverApplied: false,
  ...more,
});
const change = (day: Day | null, total: number, transfers: TransferList | null = listOf()) =>
  dailyChangeOf(day, sample(0, total), transfers, MIDNIGHT);

describe('start of the day', () => {
  test.each([
    ['a minute before', -1, 1],
    ['a minute after, with a gap before', -600, 1],
  ])('at midnight, if there was a sample %s', (_, before, after) => {
    const day = dayWith(
      [
        [MIDNIGHT + before * MINUTE, 100],
        [MIDNIGHT + after * MINUTE, 100],
      ],
      calendar,
    );
    expect(change(day, 110)).toEqual({
      amount: money(10),
      from: money(100),
      paid: 0,
      since: ['midnight'],
      transfers: 'excluded',
    });
  });

  test('not at midnight, if the sample is more than a period away from it', () => {
    const at = MIDNIGHT - 5 * MINUTE;
    const day = dayWith(
      [
        [at, 100],
        [MIDNIGHT + 5 * MINUTE, 103],
      ],
      calendar,
    );
    expect(change(day, 110)).toMatchObject({ amount: money(10), since: [at] });
  });

  test('at the first sample after midnight if there is none before, and marked as such', () => {
    const first = MIDNIGHT + 9 * HOUR;
    expect(
      change(
        dayWith([
          [first, 100],
          [first + MINUTE, 120],
        ]),
        110,
      ),
    ).toMatchObject({ amount: money(10), since: [first], transfers: 'excluded' });
    const slept = dayWith(
      [
        [MIDNIGHT - 8 * HOUR, 90],
        [first, 100],
      ],
      calendar,
    );
    expect(change(slept, 110)).toMatchObject({ amount: money(10), since: [first] });
  });

  test('a day that started yesterday gives no change', () => {
    const day = dayWith([[MIDNIGHT - HOUR, 100]], calendar);
    expect(change(day, 110)).toBeNull();
    expect(change(null, 110)).toBeNull();
  });

  test('after a flight west, samples count from the midnight of their time zone', () => {
    const samples: [number, number][] = [-40, -20, 0, 20, 40, 60, 80].map((minute) => [
      MIDNIGHT + minute * MINUTE,
      minute,
    ]);
    const moved = dayWith(samples, (at) => (at > MIDNIGHT + HOUR ? MIDNIGHT + HOUR : calendar(at)));
    expect(moved).toMatchObject({ began: MIDNIGHT + HOUR, whole: true, base: { at: MIDNIGHT + HOUR } });
  });
});

describe('deposits and withdrawals', () => {
  const day = dayWith(
    [
      [MIDNIGHT - MINUTE, 100],
      [MIDNIGHT + MINUTE, 100],
    ],
    calendar,
  );
  test.each([
    ['a deposit', 150, [applied(MIDNIGHT + HOUR, 50)], 0],
    ['a withdrawal', 80, [applied(MIDNIGHT + HOUR, -30)], 10],
    ['both', 130, [applied(MIDNIGHT + HOUR, 50), applied(MIDNIGHT + HOUR, -30)], 10],
    ['a deposit of yesterday', 110, [applied(MIDNIGHT - HOUR, 50)], 10],
    [
      'requested yesterday, applied today, as the cash showed',
      150,
      [applied(MIDNIGHT + HOUR, 50, { requestedAt: 0, booked: { at: MIDNIGHT + HOUR, amount: money(50) } })],
      0,
    ],
    [
      'finished before midnight by its own time, and in the cash after it',
      150,
      [applied(MIDNIGHT - 1, 50, { booked: { at: MIDNIGHT + HOUR, amount: money(50) } })],
      0,
    ],
    ['a deposit that failed', 110, [applied(MIDNIGHT + HOUR, 50, { status: 'failed' })], 10],
  ])('%s', (_, total, transfers, amount) => {
    expect(change(day, total, listOf(...transfers))).toMatchObject({
      amount: money(amount),
      transfers: 'excluded',
    });
  });

  test('what was deposited counts as invested: the change is a share of both', () => {
    const change = dailyChangeOf(day, sample(0, 303), listOf(applied(MIDNIGHT + HOUR, 200)), MIDNIGHT);
    if (!change || change === 'unconfirmed') throw new Error('unknown');
    expect(change).toMatchObject({ amount: money(3), from: money(300), paid: money(200) });
    expect(shareOf(change)).toBe(10_000); // 1%
  });

  test('cash that moved and transfers that were not read since: not confirmed', () => {
    expect(change(day, 600, { ...listOf(), status: 'unconfirmed' })).toBe('unconfirmed');
  });

  test('finished today and in the cash yesterday, as instant credit: the jumps of the cash show it', () => {
    const row = applied(MIDNIGHT + HOUR, 50, { requestedAt: MIDNIGHT - HOUR });
    const list = { ...listOf(row), jumpsSince: MIDNIGHT - 2 * HOUR };
    expect(change(day, 110, list)).toMatchObject({ amount: money(10), transfers: 'doubtful' });
    const jumped = { from: MIDNIGHT, at: MIDNIGHT + HOUR, amount: money(55) };
    expect(change(day, 160, { ...list, jumps: [jumped] })).toMatchObject({
      amount: money(10),
      transfers: 'doubtful',
    });
  });

  test('a list without some rows makes the change doubtful', () => {
    expect(change(day, 110, { ...listOf(), status: 'partial' })).toMatchObject({ transfers: 'doubtful' });
  });

  test.each([
    ['pending', { status: 'pending', finishedAt: null }],
    ['requested yesterday, applied today, and no jump of the cash is known', { requestedAt: 0 }],
    [
      'returned after midnight, and whether it was applied before is unknown',
      { status: 'returned', requestedAt: MIDNIGHT - HOUR },
    ],
  ] as const)('a transfer that is %s makes the change doubtful', (_, more) => {
    expect(change(day, 100, listOf(applied(MIDNIGHT + HOUR, 50, more)))).toMatchObject({
      transfers: 'doubtful',
    });
  });

  test('unreadable transfers are marked', () => {
    expect(change(day, 150, null)).toMatchObject({ amount: money(50), transfers: 'included' });
    const denied = { status: 'unreadable', checkedAt: 1 } as const;
    expect(change(day, 150, denied)).toMatchObject({ amount: money(50), transfers: 'included' });
  });
});

describe('the points of the last day', () => {
  test('the latest sample of each step, one day at most, in order', () => {
    const samples = Array.from({ length: 3 * 24 * 60 }, (_, minute): [number, number] => [
      MIDNIGHT + minute * MINUTE,
      minute,
    ]);
    const day = dayWith(samples, calendar);
    expect(day?.points.length).toBeGreaterThan(140);
    expect(day?.points.length).toBeLessThanOrEqual(145);
    expect(day?.points.at(-1)).toMatchObject({ at: samples.at(-1)?.[0], cash: money(3 * 24 * 60 - 1) });
    const last = samples.at(-1)?.[0] ?? 0;
    expect(addSampleToDay(day, sample(last - MINUTE, 5), calendar(last), MINUTE)).toBe(day);
  });

  test('a sample of a time far ahead does not keep out what is recorded now', () => {
    const wrong = dayWith([
      [MIDNIGHT, 100],
      [MIDNIGHT + 90 * 24 * HOUR, 100],
    ]);
    const after = addSampleToDay(wrong, sample(MIDNIGHT + MINUTE, 101), MIDNIGHT, MINUTE);
    expect(after.points).toMatchObject([{ at: MIDNIGHT + MINUTE }]);
  });

  test('gaps are marked', () => {
    const day = dayWith([0, 10, 20, 80, 90].map((minute) => [MIDNIGHT + minute * MINUTE, minute]));
    expect(day?.points.map(({ gap }) => gap)).toEqual([true, false, false, true, false]);
  });

  test('constant size, however many samples came before', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { maxLength: 500 }), (minutes) => {
        let at = MIDNIGHT;
        const samples = minutes.map((minute): [number, number] => {
          at += (minute + 1) * MINUTE;
          return [at, minute];
        });
        const day = dayWith(samples, calendar);
        expect(day?.points.length ?? 0).toBeLessThanOrEqual(145);
      }),
    );
  });
});

describe('exact, or absent', () => {
  const MOST = Number.MAX_SAFE_INTEGER;
  const point = (cash: number, positions: number, perps?: number) => ({
    at: MIDNIGHT,
    cash: cash as Micros,
    positions: positions as Micros,
    ...(perps !== undefined && { perps: perps as Micros }),
    gap: false,
  });
  const of = (
    base: ReturnType<typeof point>,
    now: ReturnType<typeof point>,
    transfers: TransferList | null,
  ) => dailyChangeOf({ began: MIDNIGHT, base, whole: true, points: [base] }, now, transfers, MIDNIGHT);

  test('a total, a difference or a start that is not exact gives no change', () => {
    expect(of(point(MOST, 1), point(1, 1), listOf())).toBeNull();
    expect(of(point(1, 1), point(MOST, 1), listOf())).toBeNull();
    expect(of(point(-MOST, 0), point(MOST, 0), listOf())).toBeNull();
    const after = MIDNIGHT + MINUTE;
    const most = { amount: MOST as Micros };
    expect(of(point(1, 1), point(1, 1), listOf(applied(after, 1, most), applied(after, 2, most)))).toBeNull();
    expect(of(point(5, 1), point(5, 1), listOf(applied(after, 1, most)))).toBeNull();
    expect(of(point(1, 1), point(MOST, 0), listOf(applied(after, -1, { amount: -5 as Micros })))).toBeNull();
  });

  test('perps count where both totals have them; otherwise transfers to them count', () => {
    const toPerps = listOf(applied(MIDNIGHT + MINUTE, -30, { kind: 'perps' }));
    const amount = (base: ReturnType<typeof point>, now: ReturnType<typeof point>) => {
      const found = of(base, now, toPerps);
      return found && found !== 'unconfirmed' && found.amount;
    };
    const [without, withPerps] = [point(100e6, 0), point(100e6, 0, 5e6)];
    expect(amount(withPerps, point(70e6, 0, 36e6))).toBe(1e6);
    expect(amount(without, point(70e6, 0, 36e6))).toBe(0);
    expect(amount(withPerps, point(70e6, 0))).toBe(0);
    expect(amount(without, point(70e6, 0))).toBe(0);
  });

  test('the combined change: exact, in order, and as certain as the least certain', () => {
    const one = (more: object): DailyChange =>
      ({
        amount: 1,
        from: 10,
        paid: 2,
        since: ['midnight'],
        transfers: 'excluded',
        ...more,
      }) as unknown as DailyChange;
    expect(combineChanges([])).toBeNull();
    expect(combineChanges([one({}), null])).toBeNull();
    expect(combineChanges(['unconfirmed', null])).toBeNull();
    expect(combineChanges(['unconfirmed', one({}), one({})])).toBe('unconfirmed');
    expect(combineChanges([one({}), 'unconfirmed', one({})])).toBe('unconfirmed');
    expect(combineChanges([one({ amount: MOST }), one({})])).toBeNull();
    expect(combineChanges([one({ from: MOST }), one({})])).toBeNull();
    expect(combineChanges([one({ paid: MOST }), one({})])).toBeNull();
    const three = [one({ since: [50] }), one({ transfers: 'doubtful' }), one({ since: [20, 50] })];
    const sum = { amount: 3, from: 30, paid: 6, since: ['midnight', 20, 50] };
    expect(combineChanges(three)).toEqual({ ...sum, transfers: 'doubtful' });
    expect(combineChanges([...three, one({ transfers: 'included' })])).toMatchObject({
      transfers: 'included',
    });
  });

  test.each([
    [1, 3, 333_333],
    [-1, 3, -333_334],
    [-1, 4, -250_000],
    [0, 3, 0],
    [5, 0, null],
    [5, -1, null],
    [MOST, 1, null],
  ])('%i of %i is %s millionths', (amount, from, share) => {
    expect(shareOf({ amount: amount as Micros, from: from as Micros })).toBe(share);
  });
});

describe('the points of a day, at the limits', () => {
  const at = (...times: number[]) => dayWith(times.map((time) => [time, 100])) as Day;
  const times = (day: Day) => day.points.map((point) => point.at - MIDNIGHT);

  test('a sample at the same time, or before, changes nothing', () => {
    const day = at(MIDNIGHT + HOUR);
    expect(addSampleToDay(day, sample(MIDNIGHT + HOUR, 7), MIDNIGHT, MINUTE)).toBe(day);
    expect(addSampleToDay(day, sample(MIDNIGHT + 1, 7), MIDNIGHT, MINUTE)).toBe(day);
    expect(times(addSampleToDay(day, sample(MIDNIGHT + 2 * HOUR, 7), MIDNIGHT, MINUTE))).toEqual([
      HOUR,
      2 * HOUR,
    ]);
  });

  test('points of a day ago go; a point of more than a day to come is not believed', () => {
    const day = at(MIDNIGHT, MIDNIGHT + 1);
    expect(times(addSampleToDay(at(MIDNIGHT), sample(MIDNIGHT + 24 * HOUR, 7), MIDNIGHT, MINUTE))).toEqual([
      24 * HOUR,
    ]);
    expect(times(addSampleToDay(day, sample(MIDNIGHT + 24 * HOUR, 7), MIDNIGHT, MINUTE))).toEqual([
      1,
      24 * HOUR,
    ]);
    const ahead = at(MIDNIGHT + 25 * HOUR);
    expect(addSampleToDay(ahead, sample(MIDNIGHT + HOUR, 7), MIDNIGHT, MINUTE)).toBe(ahead);
    expect(times(addSampleToDay(ahead, sample(MIDNIGHT + HOUR - 1, 7), MIDNIGHT, MINUTE))).toEqual([
      HOUR - 1,
    ]);
  });

  test('a point within a step replaces the last one, and keeps its gap', () => {
    const first = at(MIDNIGHT + HOUR);
    const second = addSampleToDay(first, sample(MIDNIGHT + HOUR + MINUTE, 7), MIDNIGHT, MINUTE);
    expect(second.points.map(({ gap }) => gap)).toEqual([true]);
    const third = addSampleToDay(second, sample(MIDNIGHT + HOUR + 10 * MINUTE, 7), MIDNIGHT, MINUTE);
    expect(third.points.map(({ gap }) => gap)).toEqual([true, false]);
    const fourth = addSampleToDay(third, sample(MIDNIGHT + HOUR + 11 * MINUTE, 7), MIDNIGHT, MINUTE);
    expect(fourth.points.map(({ gap }) => gap)).toEqual([true, false]);
  });
});
