// Money in other subaccounts: when it is requested, and what stays known.
import { expect, test } from 'vitest';
import {
  areOtherSubaccountsDue,
  otherSubaccountsAfter,
} from '../../../../src/domain/balance/other-subaccounts.ts';
import { NO_TRANSFERS, type TransferList } from '../../../../src/domain/balance/transfer-list.ts';
import type { Transfer } from '../../../../src/domain/balance/transfers.ts';
import type { Micros } from '../../../../src/domain/money.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;
const cash = 600_000_000 as Micros;
const moved = (at: number, kind: Transfer['kind'] = 'subaccount'): TransferList => ({
  ...NO_TRANSFERS,
  rows: [{ kind, requestedAt: at } as Transfer],
});

test.each<[what: string, ...Parameters<typeof areOtherSubaccountsDue>, due: boolean]>([
  ['never requested', null, null, NOW, true],
  ['requested an hour ago', { cash, checkedAt: NOW - HOUR }, null, NOW, false],
  ['requested yesterday', { cash, checkedAt: NOW - 24 * HOUR }, null, NOW, true],
  ['money was moved since', { cash, checkedAt: NOW - HOUR }, moved(NOW - 1), NOW, true],
  ['money was moved before', { cash, checkedAt: NOW - 1 }, moved(NOW - HOUR), NOW, false],
  ['a deposit since', { cash, checkedAt: NOW - HOUR }, moved(NOW - 1, 'deposit'), NOW, false],
  ['not readable', { cash: null, checkedAt: NOW - HOUR }, moved(NOW - 1), NOW, false],
])('%s: %#', (_, known, transfers, now, due) => {
  expect(areOtherSubaccountsDue(known, transfers, now)).toBe(due);
});

test('a failed answer keeps the last cash, a refusal does not', () => {
  const known = { cash, checkedAt: 1 };
  expect(otherSubaccountsAfter(known, { kind: 'failed' }, NOW)).toEqual({ cash, checkedAt: NOW });
  expect(otherSubaccountsAfter(null, { kind: 'failed' }, NOW)).toEqual({ cash: null, checkedAt: NOW });
  expect(otherSubaccountsAfter(known, { kind: 'denied' }, NOW)).toEqual({ cash: null, checkedAt: NOW });
});
