// How often accounts are to be polled now.

import { isAway } from '../../platform/idle.ts';
import { AWAY_PERIOD } from '../../portfolio/backoff.ts';
import type { Settings } from '../../portfolio/settings.ts';

/** As often as the settings say; seldom while nobody is at the computer, if the user wants that. Milliseconds. */
export async function pollingPeriod({ periodSeconds, restWhenAway }: Settings): Promise<number> {
  const periodMs = periodSeconds * 1000;
  return restWhenAway && (await isAway()) ? Math.max(periodMs, AWAY_PERIOD) : periodMs;
}
