// The list of transfers: when it is read, and what is known after a response.
import { describe, expect, test } from 'vitest';
import {
  areTransfersDue,
  mergeTransfers,
  NO_TRANSFERS,
  type TransferList,
  transfersAfter,
  transfersAfterBalance,
  transfersSince,
  unexplainedSince,
} from '../../../../src/domain/balance/transfer-list.ts';
import type { ReportedTransfer, Transfer } from '../../../../src/domain/balance/transfers.ts';
import type { Micros } from '../../../../src/domain/money.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const money = (dollars: number) => (dollars * 1_000_000) as Micros;
const amounts = (cash: number, positions: number) => ({ cash: money(cash), positions: money(positions) });
const READ = {
  ...NO_TRANSFERS,
  status: 'current',
  readAt: NOW - MINUTE,
  jumpsSince: NOW - DAY,
} as const satisfies TransferList;

const row = (more: Partial<ReportedTransfer> = {}): ReportedTransfer => ({
  id: 'a',
  kind: 'deposit',
  status: 'applied',
  amount: money(500),
  requestedAt: NOW - 2 * MINUTE,
  finishedAt: NOW - MINUTE,
  ...more,
});

/** The list after a balance that follows another one by a minute. */
const afterBalance = (known: TransferList | null, before: object | null, now: object) =>
  transfersAfterBalance(
    known,
    {
      before: before && { amounts: before as ReturnType<typeof amounts>, at: NOW - MINUTE },
      after: { amounts: now as ReturnType<typeof amounts>, at: NOW },
    },
    NOW,
  );

describe('when the list is read', () => {
  const before = amounts(100, 50);
  test.each<[string, TransferList | null, object, boolean]>([
    ['never read', null, before, true],
    ['nothing moved', READ, before, false],
    ['a deposit', READ, amounts(600, 50), true],
    ['a withdrawal', READ, amounts(70, 50), true],
    ['a purchase: the total stays', READ, amounts(60, 90), false],
    ['prices moved: the cash stays', READ, amounts(100, 53), false],
    ['a deposit that was invested at once', READ, amounts(100, 550), true],
    ['a fee of some cents', READ, amounts(99.9, 50), false],
    ['the last answer failed', { ...READ, status: 'unconfirmed' }, before, true],
    ['shortly after a jump', { ...READ, recheckUntil: NOW + 1 }, before, true],
    ['some time after a jump', { ...READ, recheckUntil: NOW }, before, false],
    ['refused an hour ago', { status: 'unreadable', checkedAt: NOW - 60 * MINUTE }, amounts(600, 50), false],
    ['refused yesterday', { status: 'unreadable', checkedAt: NOW - DAY }, before, true],
    ['partial, read a minute ago', { ...READ, status: 'partial' }, before, false],
    ['partial, read an hour ago', { ...READ, status: 'partial', readAt: NOW - 60 * MINUTE }, before, true],
  ])('%s', (_, known, now, due) => {
    expect(areTransfersDue(afterBalance(known, before, now), NOW)).toBe(due);
  });

  test('deposits of a month, transfers inside the account since yesterday', () => {
    expect(transfersSince(READ, NOW)).toEqual({ requests: NOW - 30 * DAY, internal: NOW - MINUTE - DAY });
    const first = { requests: NOW - 30 * DAY, internal: NOW - 7 * DAY };
    expect([transfersSince(null, NOW), transfersSince(NO_TRANSFERS, NOW)]).toEqual([first, first]);
  });
});

describe('after a balance', () => {
  test('a jump makes the change unconfirmed, and is noted with its times', () => {
    expect(afterBalance(READ, amounts(100, 50), amounts(600, 50))).toEqual({
      ...READ,
      status: 'unconfirmed',
      recheckUntil: NOW + 5 * MINUTE,
      jumps: [{ from: NOW - MINUTE, at: NOW, amount: money(500) }],
    });
  });

  test('the first balance: nothing is known before it', () => {
    expect(afterBalance(null, null, amounts(600, 50))).toMatchObject({ jumps: [], jumpsSince: NOW });
    const second = afterBalance(null, amounts(600, 50), amounts(600, 50));
    expect(second).toMatchObject({ status: 'unconfirmed', jumpsSince: NOW - MINUTE });
  });

  test('forty jumps are kept, and it is known since when', () => {
    let list: TransferList = READ;
    for (let minute = 1; minute <= 50; minute++) {
      const at = NOW + minute * MINUTE;
      const before = { amounts: amounts(100, 0), at: at - MINUTE };
      list = transfersAfterBalance(list, { before, after: { amounts: amounts(200, 0), at } }, at);
    }
    expect(list).toMatchObject({ jumpsSince: NOW + 10 * MINUTE });
    expect(unexplainedSince(list, NOW + 10 * MINUTE)).toHaveLength(40);
    expect(unexplainedSince(list, NOW + 9 * MINUTE)).toBeUndefined();
    expect(unexplainedSince({ status: 'unreadable', checkedAt: 1 }, NOW)).toBeUndefined();
    expect(unexplainedSince(NO_TRANSFERS, NOW)).toBeUndefined();
  });
});

describe('after a response', () => {
  const read = (...rows: ReportedTransfer[]) => ({ rows, isPartial: false });
  test('no usable response keeps what is known', () => {
    const unconfirmed = { ...READ, status: 'unconfirmed' } as const;
    expect(transfersAfter(unconfirmed, null, NOW)).toBe(unconfirmed);
  });

  test('the rows, with what the cash showed: $370.44 for a deposit of $378.00 with a fee of $7.56', () => {
    const jumped = afterBalance(READ, amounts(100, 50), amounts(470.44, 50));
    const deposit = row({ amount: money(370.44), fee: money(7.56), requestedAt: NOW - 20_000 });
    expect(transfersAfter(jumped, read(deposit), NOW)).toMatchObject({
      status: 'current',
      readAt: NOW,
      rows: [{ booked: { at: NOW, amount: money(370.44) } }],
    });
  });

  test('listed later than it was booked: the jump is remembered', () => {
    const jumped = afterBalance(READ, amounts(100, 50), amounts(600, 50));
    const later = transfersAfter(transfersAfter(jumped, read(), NOW), read(row()), NOW + MINUTE);
    expect(later).toMatchObject({ rows: [{ booked: { at: NOW } }] });
    expect(unexplainedSince(later, NOW - DAY)).toEqual([]);
  });

  test('some rows could not be read', () => {
    expect(transfersAfter(READ, { rows: [], isPartial: true }, NOW)).toMatchObject({ status: 'partial' });
  });

  test('a refusal: not readable, and no rows', () => {
    expect(transfersAfter(READ, 'denied', NOW)).toEqual({ status: 'unreadable', checkedAt: NOW });
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
    mergeTransfers(before ? [transfer(before)] : [], [row(now)], NOW - 7 * DAY).at(-1);

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

  test('finished ones are kept for a week, pending ones for a month', () => {
    const week = NOW - 7 * DAY;
    const kept = (more: Partial<ReportedTransfer>) => mergeTransfers([], [row(more)], week).length;
    expect(kept({ requestedAt: 1, finishedAt: week })).toBe(0);
    expect(kept({ requestedAt: 1, finishedAt: week + 1 })).toBe(1);
    expect(kept({ requestedAt: week, finishedAt: null })).toBe(0);
    expect(kept({ requestedAt: week + 1, finishedAt: null })).toBe(1);
    expect(kept({ requestedAt: week + 1, finishedAt: 1 })).toBe(1);
    const month = NOW - 30 * DAY;
    const pending = (requestedAt: number) => kept({ requestedAt, finishedAt: null, status: 'pending' });
    expect([pending(month), pending(month + 1)]).toEqual([0, 1]);
  });

  test('a row that is known and older than what was read stays', () => {
    const known = transfer({ id: 'known', requestedAt: NOW - 2 * DAY, finishedAt: NOW - 2 * DAY });
    expect(mergeTransfers([known], [row()], NOW - 7 * DAY).map(({ id }) => id)).toEqual(['known', 'a']);
    expect(mergeTransfers([known], [row()], NOW - DAY).map(({ id }) => id)).toEqual(['a']);
  });

  test('what the cash showed stays', () => {
    const shown = { booked: { at: NOW, amount: money(500) }, reversedAt: NOW + 1 };
    expect(merged({ ...shown, status: 'applied' }, { status: 'returned' })).toMatchObject(shown);
  });
});
