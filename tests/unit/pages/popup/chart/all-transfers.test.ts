// The deposits and withdrawals of a range: from polls, or from the results too.
import { expect, test } from 'vitest';
import type { Transfer } from '../../../../../src/domain/balance/transfers.ts';
import { allTransfers } from '../../../../../src/pages/popup/chart/all-transfers.ts';
import type { DisplayedAccount } from '../../../../../src/view/displayed-account.ts';

const NOW = Date.UTC(2026, 10, 22);
const DAY = 86_400_000;
const transfer = (id: string) => ({ id }) as Transfer;
const [recent, old] = [transfer('recent'), transfer('old')];
const shown = (recentTransfers: readonly Transfer[] | null, resultsReadable = true) =>
  ({
    recentTransfers: [recentTransfers],
    resultsReadable,
    snapshot: { figures: { at: NOW } },
  }) as unknown as DisplayedAccount;
const read = { complete: true, transfers: [old, { ...recent, amount: 0 } as Transfer] };

test.each([
  ['a range of the last days: those of the polls', shown([recent]), NOW - 6 * DAY, read, [recent]],
  [
    'a longer one: those of the results too, each once, as last read',
    shown([recent]),
    NOW - 30 * DAY,
    read,
    [recent, old],
  ],
  [
    'the results are still being read',
    shown([recent]),
    NOW - 30 * DAY,
    { ...read, complete: false },
    undefined,
  ],
  ['the results cannot be read', shown([recent], false), NOW - 30 * DAY, read, null],
  ['too many to read', shown([recent]), NOW - 30 * DAY, { complete: true, transfers: null }, null],
  ['the key may not read them', shown(null), NOW - 6 * DAY, read, null],
] as const)('%s', (_, account, from, progress, expected) => {
  const { transfers, ...rest } = progress;
  expect(allTransfers(account, 0, { ...rest, transfers: transfers && [...transfers] }, from)).toEqual(
    expected,
  );
});
