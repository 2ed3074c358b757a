// How often accounts are polled at the moment.

import { isAway } from '../../browser/idle.ts';
import type { Settings } from '../../domain/accounts/settings.ts';
import { AWAY_PERIOD } from '../../domain/polling/backoff.ts';

/** The polling period now, milliseconds: longer while the user is away, if they chose that. */
export async function pollingPeriod({ periodSeconds, restWhenAway }: Settings): Promise<number> {
  const periodMs = periodSeconds * 1000;
  return restWhenAway && (await isAway()) ? Math.max(periodMs, AWAY_PERIOD) : periodMs;
}
