// Deposits, withdrawals and other transfers: what moved the balance, and when.
import { describe, expect, test } from 'vitest';
import type { Jump } from '../../../../src/domain/balance/cash-jumps.ts';
import {
  isDoubtful,
  movedBefore,
  netTransfers,
  type ReportedTransfer,
  type Transfer,
} from '../../../../src/domain/balance/transfers.ts';
import type { Micros } from '../../../../src/domain/money.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const money = (dollars: number) => (dollars * 1_000_000) as Micros;

const row = (more: Partial<ReportedTransfer> = {}): ReportedTransfer => ({
  id: 'a',
  kind: 'deposit',
  status: 'applied',
  amount: money(500),
  requestedAt: NOW - 2 * MINUTE,
  finishedAt: NOW - MINUTE,
  ...more,
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
    // What the cash showed, whatever times and status say.
    [{ status: 'pending', booked: { at: after, amount: money(500) } }, 500],
    [{ finishedAt: before, booked: { at: after, amount: money(500) } }, 500],
    [{ finishedAt: after, booked: { at: before, amount: money(500) } }, 0],
    [{ kind: 'withdrawal', finishedAt: after, booked: { at: after, amount: money(-502) } }, -502],
    [{ status: 'returned', booked: { at: after, amount: money(500) }, reversedAt: after }, 0],
    [{ status: 'returned', booked: { at: before, amount: money(500) }, reversedAt: after }, -500],
    [{ status: 'failed', booked: { at: before, amount: money(-500) }, finishedAt: after }, 500],
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

  const jump = (at: number, from = at - MINUTE): Jump => ({ from, at, amount: money(7) });
  const unknown = undefined;

  test.each<[Partial<Transfer>, unexplained: Jump[] | undefined, doubtful: boolean]>([
    [{ status: 'pending', requestedAt: after }, unknown, true],
    [{ status: 'pending', requestedAt: after }, [], false],
    [{ status: 'pending', requestedAt: before }, [jump(before)], false],
    [{ status: 'pending', requestedAt: before }, [jump(after)], true],
    [{ status: 'pending', requestedAt: after + 60 * MINUTE }, [jump(after)], false],
    [{ kind: 'deposit', status: 'applied', requestedAt: before, finishedAt: after }, unknown, true],
    [{ kind: 'deposit', status: 'applied', requestedAt: after, finishedAt: after }, unknown, false],
    [{ kind: 'withdrawal', status: 'applied', requestedAt: before, finishedAt: after }, unknown, true],
    [{ kind: 'withdrawal', status: 'applied', requestedAt: SINCE, finishedAt: after }, unknown, true],
    [{ kind: 'withdrawal', status: 'applied', requestedAt: before, finishedAt: SINCE }, unknown, false],
    [{ kind: 'withdrawal', status: 'applied', requestedAt: after, finishedAt: after }, unknown, false],
    [{ kind: 'withdrawal', requestedAt: after, finishedAt: after, fee: money(2) }, unknown, true],
    [{ kind: 'withdrawal', status: 'applied', requestedAt: before, finishedAt: null }, unknown, false],
    // Finished right before that time, and the cash jumped right after it, by trades too.
    [{ requestedAt: before, finishedAt: before }, [jump(after, SINCE)], true],
    [{ requestedAt: before, finishedAt: before }, [jump(after + DAY / 2)], false],
    [{ requestedAt: before, finishedAt: before }, [], false],
    [{ kind: 'withdrawal', status: 'failed', requestedAt: before, finishedAt: after }, unknown, true],
    [{ kind: 'withdrawal', status: 'failed', requestedAt: after, finishedAt: after }, unknown, false],
    [{ kind: 'deposit', status: 'failed', requestedAt: before, finishedAt: after }, unknown, false],
    [{ status: 'returned', requestedAt: before, finishedAt: after }, unknown, true],
    [{ status: 'returned', requestedAt: before, finishedAt: after, appliedAt: before }, unknown, false],
    [{ status: 'returned', requestedAt: before, finishedAt: after, neverApplied: true }, unknown, false],
    [{ status: 'returned', requestedAt: after, finishedAt: after }, unknown, false],
    // What the cash showed is certain.
    [{ status: 'pending', booked: { at: after, amount: money(500) } }, unknown, false],
    [{ requestedAt: before, finishedAt: after, booked: { at: after, amount: money(500) } }, unknown, false],
    [{ status: 'returned', requestedAt: before, booked: { at: before, amount: money(500) } }, unknown, true],
  ])('%j with the jumps %j is doubtful: %s', (more, unexplained, doubtful) => {
    const given = transfer({ finishedAt: after, ...more });
    expect(isDoubtful(given, SINCE, unexplained)).toBe(doubtful);
  });

  test.each<[Partial<Transfer>, unexplained: Jump[], is: boolean]>([
    [{ requestedAt: before, finishedAt: after }, [], true],
    [{ requestedAt: before, finishedAt: after }, [jump(before)], true],
    [{ requestedAt: before, finishedAt: after }, [jump(after)], false],
    [{ requestedAt: after, finishedAt: after }, [], false],
    [{ requestedAt: before, finishedAt: before }, [], false],
    [{ requestedAt: before, finishedAt: after, status: 'returned' }, [], false],
    [{ requestedAt: before, finishedAt: after, booked: { at: after, amount: money(1) } }, [], false],
  ])('%j with the jumps %j moved the cash before: %s', (more, unexplained, is) => {
    expect(movedBefore(transfer(more), SINCE, unexplained)).toBe(is);
  });
});
