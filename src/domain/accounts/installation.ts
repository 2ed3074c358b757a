// What is remembered about this installation of the extension, besides its settings.

import * as v from 'valibot';
import { DAY_MS } from '../durations.ts';

export const installationSchema = v.object({
  /** When the last backup was made, unix milliseconds; null if none was. */
  backupAt: v.nullable(v.number()),
  /** The version that this browser was updated to, until the user has seen it once; null otherwise. */
  updatedTo: v.nullable(v.string()),
});
export type Installation = v.InferOutput<typeof installationSchema>;

export const NEW_INSTALLATION: Installation = { backupAt: null, updatedTo: null };

/** A history that is older is worth a backup. Days. */
const BACKUP_AFTER = 30;
/** A version that is older is probably not the newest. Days. */
const OLD_AFTER = 90;

/**
 * Whether the history is long enough to be worth a backup: Kalshi has no balance history.
 * @param oldest the oldest sample; both unix milliseconds
 */
export function isWorthBackup(oldest: number | undefined, now: number): boolean {
  return oldest !== undefined && now - oldest >= BACKUP_AFTER * DAY_MS;
}

/**
 * The age of a version in days; undefined if it was not released, or lies in the future by this clock.
 * @param released unix milliseconds
 */
export function versionAge(released: number | undefined, now: number): number | undefined {
  return released === undefined || now < released ? undefined : Math.floor((now - released) / DAY_MS);
}

/** Whether the user should look for a newer version. @param age days */
export function isOldVersion(age: number | undefined): boolean {
  return age !== undefined && age > OLD_AFTER;
}
