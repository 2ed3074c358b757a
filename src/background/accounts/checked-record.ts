// The record of an account whose key was just checked at the exchange, whether the key was entered or generated.

import type { AccountData } from '../../domain/accounts/account-data.ts';
import { perpsAfter, withPerps } from '../../domain/balance/perps.ts';
import { snapshotWithBalance, snapshotWithFailure } from '../../domain/balance/snapshot.ts';
import { INITIAL_BACKOFF } from '../../domain/polling/backoff.ts';
import { nextDay } from '../polling/save-result.ts';
import type { CheckedDraft } from './check-key.ts';

/**
 * @param before the record of the replaced key if its history stays, otherwise the empty one
 * @param now unix milliseconds
 */
export function checkedRecord(
  before: AccountData,
  { reply, perps: perpsReply }: Pick<CheckedDraft, 'reply' | 'perps'>,
  periodMs: number,
  now: number,
): AccountData {
  const perps = perpsAfter(before.perps, perpsReply, now);
  return {
    ...before,
    perps,
    snapshot: reply.ok
      ? snapshotWithBalance(withPerps(reply.figures, perps))
      : snapshotWithFailure(before.snapshot, reply.failure, now),
    backoff: { ...INITIAL_BACKOFF, clockOffset: reply.clockOffset },
    ...(reply.ok && { day: nextDay(before.day, reply, periodMs) }),
  };
}
