// Jumps of the cash: what may be a transfer, and which transfer a jump belongs to.
import { describe, expect, test } from 'vitest';
import {
  type Jump,
  mayContainTransfer,
  unexplainedJumps,
  withBookings,
} from '../../../../src/domain/balance/cash-jumps.ts';
import type { Transfer } from '../../../../src/domain/balance/transfers.ts';
import type { Micros } from '../../../../src/domain/money.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const MINUTE = 60_000;
const money = (dollars: number) => (dollars * 1_000_000) as Micros;
const amounts = (cash: number, positions: number) => ({ cash: money(cash), positions: money(positions) });

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

describe('which transfer a jump belongs to', () => {
  const transfer = (more: Partial<Transfer> = {}): Transfer => ({
    id: 'a',
    kind: 'deposit',
    status: 'applied',
    amount: money(500),
    requestedAt: NOW,
    finishedAt: NOW,
    appliedAt: null,
    neverApplied: false,
    ...more,
  });
  const jump = (minute: number, dollars: number): Jump => ({
    from: NOW + (minute - 1) * MINUTE,
    at: NOW + minute * MINUTE,
    amount: money(dollars),
  });
  const bookedAt = (of: Partial<Transfer>, ...jumps: Jump[]) => {
    const [row] = withBookings([transfer(of)], jumps);
    return row?.booked && [(row.booked.at - NOW) / MINUTE, row.booked.amount / 1e6];
  };

  test.each<[what: string, Partial<Transfer>, jumps: Jump[], booked: [number, number] | undefined]>([
    ['exactly what it brought', {}, [jump(1, 500)], [1, 500]],
    ['instant credit, still pending', { status: 'pending', finishedAt: null }, [jump(1, 500)], [1, 500]],
    ['finished days after the credit', { finishedAt: NOW + 5000 * MINUTE }, [jump(1, 500)], [1, 500]],
    ['another amount: trades in the same minute', {}, [jump(1, 499)], undefined],
    ['the first of two that fit', {}, [jump(1, 500), jump(3, 500)], [1, 500]],
    ['long after it was finished', {}, [jump(60, 500)], undefined],
    ['long before it was requested', {}, [jump(-60, 500)], undefined],
    ['listed a little later than it was booked', {}, [jump(-5, 500)], [-5, 500]],
    ['a withdrawal', { kind: 'withdrawal', amount: money(-500) }, [jump(1, -500)], [1, -500]],
    [
      'a withdrawal with its fee on top',
      { kind: 'withdrawal', amount: money(-500), fee: money(2) },
      [jump(1, -502)],
      [1, -502],
    ],
    [
      'a withdrawal that includes its fee',
      { kind: 'withdrawal', amount: money(-500), fee: money(2) },
      [jump(1, -500)],
      [1, -500],
    ],
    ['a deposit never brings its fee', { fee: money(5) }, [jump(1, 495)], undefined],
  ])('%s', (_, of, jumps, booked) => {
    expect(bookedAt(of, ...jumps)).toEqual(booked);
  });

  test('a returned deposit: in and out again', () => {
    const returned = transfer({ status: 'returned', finishedAt: NOW + 30 * MINUTE });
    const [row] = withBookings([returned], [jump(1, 500), jump(31, -500)]);
    expect(row).toMatchObject({ booked: { at: NOW + MINUTE }, reversedAt: NOW + 31 * MINUTE });
    expect(unexplainedJumps([row as Transfer], [jump(1, 500), jump(31, -500)])).toEqual([]);
  });

  test('two of the same amount: a jump for each', () => {
    const rows = [transfer({ id: 'b', requestedAt: NOW + 1 }), transfer()];
    const [b, a] = withBookings(rows, [jump(1, 500), jump(2, 500)]);
    expect([a?.booked?.at, b?.booked?.at]).toEqual([NOW + MINUTE, NOW + 2 * MINUTE]);
    const [second, first] = withBookings(rows, [jump(1, 500)]);
    expect([first?.booked?.at, second?.booked]).toEqual([NOW + MINUTE, undefined]);
  });

  test('what is booked stays, and its jump is not given twice', () => {
    const booked = transfer({ booked: { at: NOW + MINUTE, amount: money(500) } });
    const other = transfer({ id: 'b' });
    expect(withBookings([booked, other], [jump(1, 500)])).toEqual([booked, other]);
  });
});
