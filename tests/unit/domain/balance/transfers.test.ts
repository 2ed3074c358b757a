// Deposits, withdrawals and transfers to perps: when the list is read, and what moved the balance.
import { describe, expect, test } from 'vitest';
import {
  areTransfersDue,
  isDoubtful,
  mayContainTransfer,
  mergeTransfers,
  NO_TRANSFERS,
  netTransfers,
  type ReportedTransfer,
  type Transfer,
  type TransferList,
  transfersAfter,
} from '../../../../src/domain/balance/transfers.ts';
import type { Micros } from '../../../../src/domain/money.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const money = (dollars: number) => (dollars * 1_000_000) as Micros;
const amounts = (cash: number, positions: number) => ({ cash: money(cash), positions: money(positions) });
const READ: TransferList = { ...NO_TRANSFERS, readAt: NOW - MINUTE, current: true };

const row = (more: Partial<ReportedTransfer> = {}): ReportedTransfer => ({
  id: 'a',
  kind: 'deposit',
  status: 'applied',
  amount: money(500),
  requestedAt: NOW - 2 * MINUTE,
  finishedAt: NOW - MINUTE,
  ...more,
});

describe('areTransfersDue', () => {
  const before = amounts(100, 50);
  test.each([
    ['never read', null, before, true],
    ['nothing moved', READ, before, false],
    ['a deposit', READ, amounts(600, 50), true],
    ['a withdrawal', READ, amounts(70, 50), true],
    ['a purchase: the total stays', READ, amounts(60, 90), false],
    ['prices moved: the cash stays', READ, amounts(100, 53), false],
    ['a deposit that was invested at once', READ, amounts(100, 550), true],
    ['a fee of some cents', READ, amounts(99.9, 50), false],
    ['the last answer failed', { ...READ, current: false }, before, true],
    ['shortly after a jump', { ...READ, recheckUntil: NOW + 1 }, before, true],
    ['some time after a jump', { ...READ, recheckUntil: NOW }, before, false],
    ['refused an hour ago', { ...READ, readable: false, readAt: NOW - 60 * MINUTE }, amounts(600, 50), false],
    ['refused yesterday', { ...READ, readable: false, readAt: NOW - DAY }, before, true],
  ] as const)('%s', (_, known, now, due) => {
    expect(areTransfersDue(known, before, now, NOW)).toBe(due);
  });
});

describe('transfersAfter', () => {
  test('one failed answer keeps the last known list, and says that it is not current', () => {
    const known = transfersAfter(READ, [row()], true, NOW);
    expect(known).toMatchObject({ current: true, readAt: NOW, recheckUntil: NOW + 5 * MINUTE });
    const failed = transfersAfter(known, null, true, NOW + MINUTE);
    expect(failed).toEqual({ ...known, current: false, recheckUntil: NOW + 6 * MINUTE });
  });

  test('a refusal: not readable, and no rows', () => {
    expect(transfersAfter(READ, 'denied', true, NOW)).toMatchObject({ readable: false, rows: [] });
  });
});

describe('whether a balance may contain a transfer, at the limits', () => {
  const moved = (cash: number, positions: number, before = amounts(100, 100)) => {
    return mayContainTransfer(before, amounts(100 + cash, 100 + positions));
  };

  test('cash and total together by a dollar', () => {
    expect([moved(1, 0), moved(0.999999, 0), moved(-1, 0), moved(-0.999999, 0)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(moved(3, -2)).toBe(true);
    expect(moved(3, -2.000001)).toBe(false);
    expect(moved(-3, 4)).toBe(false); // against each other
  });

  test('the total alone by a twentieth, and by five dollars', () => {
    expect([moved(0, 10), moved(0, 9.999999), moved(0, -10)]).toEqual([true, false, true]);
    const small = (positions: number) => mayContainTransfer(amounts(2, 2), amounts(2, 2 + positions));
    expect([small(5), small(4.999999)]).toEqual([true, false]);
  });

  test('an unknown or inexact total may', () => {
    const most = { cash: Number.MAX_SAFE_INTEGER as Micros, positions: money(1) };
    expect(mayContainTransfer(null, amounts(1, 1))).toBe(true);
    expect(mayContainTransfer(most, most)).toBe(true);
    expect(mayContainTransfer(amounts(1, 1), most)).toBe(true);
  });
});

describe('what earlier responses said is kept', () => {
  const transfer = (more: Partial<Transfer>): Transfer => ({
    ...row(),
    appliedAt: null,
    neverApplied: false,
    ...more,
  });
  const merged = (before: Partial<Transfer> | null, now: Partial<ReportedTransfer>) =>
    mergeTransfers(before ? [transfer(before)] : [], [row(now)], NOW)[0];

  test.each<
    [Partial<Transfer> | null, Partial<ReportedTransfer>, appliedAt: number | null, neverApplied: boolean]
  >([
    [null, { status: 'pending' }, null, false],
    [{ status: 'pending' }, { status: 'pending' }, null, true],
    [{ status: 'pending' }, { status: 'returned' }, null, true],
    [{ status: 'returned', neverApplied: true }, { status: 'returned' }, null, true],
    [{ status: 'applied', finishedAt: 5 }, { status: 'returned' }, 5, false],
    [{ status: 'applied', finishedAt: null, requestedAt: 3 }, { status: 'returned' }, 3, false],
    [{ status: 'applied', finishedAt: 5, neverApplied: true }, { status: 'returned' }, 5, false],
    [{ status: 'returned', appliedAt: 5 }, { status: 'returned' }, 5, false],
    [{ id: 'another', status: 'applied' }, { status: 'returned' }, null, false],
  ])('%j, then %j', (before, now, appliedAt, neverApplied) => {
    expect(merged(before, now)).toEqual({ ...row(now), appliedAt, neverApplied });
  });

  test('finished ones are kept for a week, pending ones always', () => {
    const week = NOW - 7 * DAY;
    const kept = (more: Partial<ReportedTransfer>) => mergeTransfers([], [row(more)], NOW).length;
    expect(kept({ requestedAt: 1, finishedAt: week })).toBe(0);
    expect(kept({ requestedAt: 1, finishedAt: week + 1 })).toBe(1);
    expect(kept({ requestedAt: week, finishedAt: null })).toBe(0);
    expect(kept({ requestedAt: week + 1, finishedAt: null })).toBe(1);
    expect(kept({ requestedAt: week + 1, finishedAt: 1 })).toBe(1);
    expect(kept({ requestedAt: 1, finishedAt: 1, status: 'pending' })).toBe(1);
  });
});

describe('what a transfer moved since a time', () => {
  const SINCE = NOW - DAY;
  const transfer = (more: Partial<Transfer>): Transfer => ({
    ...row(),
    appliedAt: null,
    neverApplied: false,
    ...more,
  });
  const [before, after] = [SINCE - MINUTE, SINCE + MINUTE];

  test.each<[Partial<Transfer>, moved: number]>([
    [{ status: 'applied', finishedAt: after }, 500],
    [{ status: 'applied', finishedAt: SINCE }, 0],
    [{ status: 'applied', finishedAt: null, requestedAt: after }, 500],
    [{ status: 'applied', finishedAt: null, requestedAt: before }, 0],
    [{ status: 'pending', requestedAt: after }, 0],
    [{ status: 'failed', finishedAt: after }, 0],
    [{ status: 'returned', requestedAt: before, finishedAt: after }, -500],
    [{ status: 'returned', requestedAt: after, finishedAt: after }, 0],
    [{ status: 'returned', requestedAt: before, appliedAt: after, finishedAt: after }, 0],
    [{ status: 'returned', requestedAt: after, appliedAt: before, finishedAt: after }, -500],
    [{ status: 'returned', requestedAt: before, finishedAt: after, neverApplied: true }, 0],
  ])('%j: %i dollars', (more, moved) => {
    expect(netTransfers([transfer(more)], SINCE)).toBe(money(moved));
  });

  test('several are added; a sum that is not exact is unknown', () => {
    expect(netTransfers([], SINCE)).toBe(0);
    const one = transfer({ finishedAt: after });
    expect(netTransfers([one, { ...one, amount: money(-20) }], SINCE)).toBe(money(480));
    const most = { ...one, amount: Number.MAX_SAFE_INTEGER as Micros };
    expect(netTransfers([most, most], SINCE)).toBeUndefined();
  });

  test.each<[Partial<Transfer>, doubtful: boolean]>([
    [{ status: 'pending', requestedAt: after }, true],
    [{ kind: 'deposit', status: 'applied', requestedAt: before, finishedAt: after }, false],
    [{ kind: 'withdrawal', status: 'applied', requestedAt: before, finishedAt: after }, true],
    [{ kind: 'withdrawal', status: 'applied', requestedAt: SINCE, finishedAt: after }, true],
    [{ kind: 'withdrawal', status: 'applied', requestedAt: before, finishedAt: SINCE }, false],
    [{ kind: 'withdrawal', status: 'applied', requestedAt: after, finishedAt: after }, false],
    [{ kind: 'withdrawal', status: 'applied', requestedAt: before, finishedAt: null }, false],
    [{ kind: 'withdrawal', status: 'failed', requestedAt: before, finishedAt: after }, true],
    [{ kind: 'withdrawal', status: 'failed', requestedAt: after, finishedAt: after }, false],
    [{ kind: 'deposit', status: 'failed', requestedAt: before, finishedAt: after }, false],
    [{ status: 'returned', requestedAt: before, finishedAt: after }, true],
    [{ status: 'returned', requestedAt: before, finishedAt: after, appliedAt: before }, false],
    [{ status: 'returned', requestedAt: before, finishedAt: after, neverApplied: true }, false],
    [{ status: 'returned', requestedAt: after, finishedAt: after }, false],
  ])('%j is doubtful: %s', (more, doubtful) => {
    expect(isDoubtful(transfer(more), SINCE)).toBe(doubtful);
  });
});
