// Deposits, withdrawals and transfers to perps: when the list is read, and what moved the balance.
import { describe, expect, test } from 'vitest';
import type { Micros } from '../../../src/portfolio/money.ts';
import {
  areTransfersDue,
  isDoubtful,
  mergeTransfers,
  NO_TRANSFERS,
  netTransfers,
  type ReportedTransfer,
  type TransferList,
  transfersAfter,
} from '../../../src/portfolio/transfers.ts';

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

  test('finished transfers are kept for days, pending ones as long as they are listed', () => {
    const old = { requestedAt: NOW - 30 * DAY, finishedAt: NOW - 30 * DAY };
    const rows = [
      row(),
      row({ id: 'b', ...old }),
      row({ id: 'c', ...old, finishedAt: null, status: 'pending' }),
    ];
    expect(mergeTransfers([], rows, NOW).map(({ id }) => id)).toEqual(['a', 'c']);
  });
});

describe('what moved the balance', () => {
  const since = NOW - 10 * MINUTE;
  const seen = (...states: Partial<ReportedTransfer>[]) =>
    states.reduce<ReturnType<typeof mergeTransfers>>(
      (known, state) => mergeTransfers(known, [row(state)], NOW),
      [],
    );

  test.each([
    ['applied', [{}], 500],
    ['applied before', [{ finishedAt: since - 1, requestedAt: since - 1 }], 0],
    ['pending', [{ status: 'pending', finishedAt: null }], 0],
    ['failed', [{ status: 'failed' }], 0],
    ['returned, never applied', [{ status: 'pending', finishedAt: null }, { status: 'returned' }], 0],
    ['applied and returned since', [{}, { status: 'returned', finishedAt: NOW }], 0],
    [
      'applied before, returned since',
      [
        { requestedAt: since - 2, finishedAt: since - 1 },
        { requestedAt: since - 2, status: 'returned', finishedAt: NOW },
      ],
      -500,
    ],
    ['a withdrawal', [{ kind: 'withdrawal', amount: money(-70) }], -70],
  ] as const)('%s', (_, states, net) => {
    expect(netTransfers(seen(...(states as unknown as Partial<ReportedTransfer>[])), since)).toBe(money(net));
  });

  test.each([
    ['applied', {}, false],
    ['pending', { status: 'pending', finishedAt: null }, true],
    ['a withdrawal requested before and applied since', { kind: 'withdrawal', requestedAt: since - 1 }, true],
    ['a deposit requested before and applied since', { requestedAt: since - 1 }, false],
    ['returned, with a request before', { status: 'returned', requestedAt: since - 1 }, true],
    ['returned, requested and returned since', { status: 'returned' }, false],
  ] as const)('%s: doubtful %s', (_, state, doubtful) => {
    const [transfer] = seen(state as Partial<ReportedTransfer>);
    if (!transfer) throw new Error('no row');
    expect(isDoubtful(transfer, since)).toBe(doubtful);
  });
});
