// What a backup of one browser means in another: which account is which, and which settings are taken over.

import type { Account } from './account.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';

/** Why a file cannot be restored, or a backup not be made. Each has its own message. */
export type BackupError =
  | 'not-a-backup'
  | 'newer'
  | 'damaged'
  | 'passphrase-needed'
  | 'passphrase-wrong'
  /** A locked account: a backup contains its balances. */
  | 'locked';

/** What a restore has added. */
export interface Restored {
  /** Accounts that were not there. Their keys have to be entered. */
  accounts: number;
  /** Balances that the history did not have. */
  balances: number;
}

/**
 * The account that an account of a backup is here: the same one, or one with the same key; undefined if there is none.
 */
export function accountHere(restored: Account, here: readonly Account[]): Account | undefined {
  return (
    here.find(({ id }) => id === restored.id) ??
    here.find(
      ({ environment, keyId, keyHash }) =>
        environment === restored.environment &&
        (keyId === restored.keyId || (keyHash !== undefined && keyHash === restored.keyHash)),
    )
  );
}

/**
 * The settings after a restore: what the user has changed here stays; the rest is taken from the backup.
 * @param idHere the id here of an account of the backup
 * @param mayDetectIdle whether the permission is granted without which locking and resting while away have no effect
 */
export function restoredSettings(
  here: Settings,
  backup: Settings,
  idHere: (id: string) => string,
  mayDetectIdle: boolean,
): Settings {
  const { shownAccount, lockAfterMinutes, restWhenAway, ...rest } = backup;
  const taken: Partial<Settings> = {
    ...rest,
    shownAccount: shownAccount === null ? null : idHere(shownAccount),
    ...(mayDetectIdle && { lockAfterMinutes, restWhenAway }),
  };
  const changedHere = Object.entries(here).filter(
    ([name, value]) => value !== DEFAULT_SETTINGS[name as keyof Settings],
  );
  return { ...here, ...taken, ...Object.fromEntries(changedHere) };
}
