// The settings: what the badge shows, how often to poll, when to lock.

import * as v from 'valibot';

/** What the badge can show. */
export const BADGE_FIGURES = [
  'cash',
  'positions',
  'total',
  'change',
  'change-percent',
  'settling',
  'nothing',
] as const;
export type BadgeFigure = (typeof BADGE_FIGURES)[number];

/** The polling periods, seconds. The shortest period of an alarm is 30 s (Chrome 120, developer.chrome.com/docs/extensions/reference/api/alarms). */
export const PERIODS = [30, 60, 120, 300, 600, 900, 1800, 3600] as const;

/** The idle time after which accounts lock, minutes; 0: none. */
export const LOCK_AFTER = [0, 5, 15, 60] as const;

/**
 * The idle time after which accounts lock while the idle permission is granted, minutes; 0: none. Whoever chose the screen lock
 * in a browser that does not report it is locked after the shortest time instead.
 */
export function lockMinutes(
  { lockAfterMinutes, restWhenAway }: Pick<Settings, 'lockAfterMinutes' | 'restWhenAway'>,
  reportsScreenLock: boolean,
): number {
  return lockAfterMinutes || (reportsScreenLock || restWhenAway ? 0 : SHORTEST_LOCK);
}

const SHORTEST_LOCK = 5;

export const DEFAULT_SETTINGS = {
  badgeFigure: 'cash',
  periodSeconds: 60,
  shownAccount: null,
  lockAfterMinutes: 0,
  restWhenAway: false,
  hideAmounts: false,
} as const;

/** The values that can be set. */
export const choicesSchema = v.strictObject({
  badgeFigure: v.picklist(BADGE_FIGURES),
  periodSeconds: v.picklist(PERIODS),
  /** The account on the badge, or `ALL` (view/displayed-account.ts); null: the first. */
  shownAccount: v.nullable(v.string()),
  lockAfterMinutes: v.picklist(LOCK_AFTER),
  /** Whether to poll less often while the user is away. */
  restWhenAway: v.boolean(),
  /** Whether amounts are hidden everywhere: popup, badge, tooltip, charts. */
  hideAmounts: v.boolean(),
});
export type Settings = v.InferOutput<typeof choicesSchema>;

const { entries } = choicesSchema;
/** As stored: a field that cannot be read gets its default, the others stay. */
export const settingsSchema: v.GenericSchema<unknown, Settings> = v.pipe(
  v.unknown(),
  v.check((value) => !Array.isArray(value), 'not a record'),
  v.object({
    badgeFigure: v.fallback(entries.badgeFigure, DEFAULT_SETTINGS.badgeFigure),
    periodSeconds: v.fallback(entries.periodSeconds, DEFAULT_SETTINGS.periodSeconds),
    shownAccount: v.fallback(entries.shownAccount, DEFAULT_SETTINGS.shownAccount),
    lockAfterMinutes: v.fallback(entries.lockAfterMinutes, DEFAULT_SETTINGS.lockAfterMinutes),
    restWhenAway: v.fallback(entries.restWhenAway, DEFAULT_SETTINGS.restWhenAway),
    hideAmounts: v.fallback(entries.hideAmounts, DEFAULT_SETTINGS.hideAmounts),
  }),
);
