// Which of an environment's two hosts is used: the recommended one; where only the other one answers, that one for a day.

import * as v from 'valibot';
import { ENVIRONMENTS, type Environment } from '../accounts/account.ts';
import { DAY_MS } from '../durations.ts';

/** The hosts of an environment by name; which they are is in kalshi/endpoints.ts. */
export const HOST_NAMES = ['recommended', 'alternative'] as const;
export type HostName = (typeof HOST_NAMES)[number];

/** By environment: until when the alternative host is used first, unix milliseconds; absent for the recommended one. */
export const hostChoiceSchema = v.record(v.picklist(ENVIRONMENTS), v.optional(v.number()));
export type HostChoice = v.InferOutput<typeof hostChoiceSchema>;

/** How long the alternative host is used before the recommended one is tried again. Milliseconds. */
export const HOST_CHOICE_MS = DAY_MS;

/** The host that is used first. A choice that ends later than it can is from a clock that was set back, and is ignored. */
export function preferredHost(choice: HostChoice, environment: Environment, now: number): HostName {
  const left = (choice[environment] ?? 0) - now;
  return left > 0 && left <= HOST_CHOICE_MS ? 'alternative' : 'recommended';
}

/**
 * The hosts that a poll tries, in this order. The second one is tried at the first failure only; while both fail, polls
 * alternate between them, so that a missing network causes no additional requests.
 * @param granted the hosts whose permission is granted
 * @param failures consecutive failures before this poll
 */
export function hostsToTry(
  granted: readonly HostName[],
  preferred: HostName,
  failures: number,
): readonly HostName[] {
  const ordered = granted.toSorted((a, b) => Number(b === preferred) - Number(a === preferred));
  return failures === 0
    ? ordered
    : ordered
        .slice(failures % 2)
        .concat(ordered)
        .slice(0, 1);
}

/** The choice after `host` has answered and the other one has not. */
export function chooseHost(
  choice: HostChoice,
  environment: Environment,
  host: HostName,
  now: number,
): HostChoice {
  return { ...choice, [environment]: host === 'alternative' ? now + HOST_CHOICE_MS : undefined };
}
