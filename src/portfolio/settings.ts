// What the user chose: what the badge shows and how often to ask.

import * as v from 'valibot';

/** What the badge can show. */
export const BADGE_FIGURES = ['cash', 'positions', 'total', 'nothing'] as const;
export type BadgeFigure = (typeof BADGE_FIGURES)[number];

/** How often the balance can be asked for, in seconds. Alarms go no lower than 30 (Chrome 120, developer.chrome.com/docs/extensions/reference/api/alarms). */
export const PERIODS = [30, 60, 120, 300, 600, 900, 1800, 3600] as const;

/** After how long away protected accounts lock, in minutes; 0: not for being away. */
export const LOCK_AFTER = [0, 5, 15, 60] as const;

export const settingsSchema = v.object({
  badgeFigure: v.picklist(BADGE_FIGURES),
  periodSeconds: v.picklist(PERIODS),
  /** The account on the badge, or `ALL` (shown.ts); null: the first. */
  shownAccount: v.optional(v.nullable(v.string()), null),
  lockAfterMinutes: v.optional(v.picklist(LOCK_AFTER), 0),
});
export type Settings = v.InferOutput<typeof settingsSchema>;

export const DEFAULT_SETTINGS: Settings = {
  badgeFigure: 'cash',
  periodSeconds: 60,
  shownAccount: null,
  lockAfterMinutes: 0,
};
