// The result of a command: a value, or the problem that prevented it.

import type { KeyFileError, KeyIdError } from '../domain/accounts/account.ts';
import type { BackupError } from '../domain/accounts/backup.ts';
import type { Scopes } from '../domain/accounts/key-scopes.ts';
import type { PassphraseError } from '../domain/accounts/passphrase.ts';
import type { Failure } from '../domain/polling/outcome.ts';

/** Why a command was not carried out. */
export type Problem =
  | { kind: 'key-id'; fault: KeyIdError }
  | { kind: 'key-file'; fault: KeyFileError }
  | { kind: 'exchange'; failure: Failure }
  /** The key can do more than read, or its scopes are unknown, and the user has not agreed to that. */
  | { kind: 'can-act'; scopes: Scopes }
  /** The key may be of another Kalshi account than the one that it replaces; the user has to say which. */
  | { kind: 'other-member' }
  /** The passphrase is too easy to guess. */
  | { kind: 'passphrase-refused'; fault: PassphraseError }
  /** The passphrase does not decrypt the key: it is wrong, or the stored key was changed. */
  | { kind: 'passphrase-wrong' }
  /** The browser's key store does not return what was stored. */
  | { kind: 'no-store' }
  /** The backup cannot be made or restored. */
  | { kind: 'backup'; fault: BackupError }
  | { kind: 'storage' }
  /** The account has left the list, but not everything stored under it could be deleted. */
  | { kind: 'not-deleted' }
  /** The account is locked: the command needs its passphrase. */
  | { kind: 'locked' }
  /** The stored state cannot be read, so nothing may be overwritten. */
  | { kind: 'unreadable' }
  /** The same for the settings alone. */
  | { kind: 'settings-unreadable' }
  /** The account was locked or forgotten meanwhile, so the command had no effect. */
  | { kind: 'interrupted' }
  | { kind: 'internal' };

/** A value, or a problem. */
export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** The result of a command that could not be delivered or run. */
export const INTERNAL = { ok: false, problem: { kind: 'internal' } } as const;
