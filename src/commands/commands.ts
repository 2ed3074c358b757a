// The commands that pages send to the background: their parameters and results.

import type { Environment, KeyType } from '../domain/accounts/account.ts';
import type { Restored } from '../domain/accounts/backup.ts';
import type { Scopes } from '../domain/accounts/key-scopes.ts';
import type { Settings } from '../domain/accounts/settings.ts';
import type { AlertRules } from '../domain/alerts/rules.ts';
import type { Figures } from '../domain/balance/snapshot.ts';
import type { Outcome } from '../domain/polling/outcome.ts';

/** A key as it was entered, chosen or dropped. It is sent from the options page to the background, in memory only. */
export interface KeyDraft {
  environment: Environment;
  /** May be empty if the text of the key contains one. */
  keyId: string;
  /** The text that contains the private key. */
  privateKey: string;
}

/** How a key is to be saved. */
export interface SaveChoices {
  /** The id of the account whose key is replaced. */
  replaces?: string | undefined;
  /** Save it although the exchange could not be reached. A rejected key is never saved. */
  allowUnchecked: boolean;
  /** What the user agreed to, where the key can do more than read: the scopes on the screen, null for unknown ones. */
  acceptScopes?: Scopes | undefined;
  /** Protects the key on disk; without one it is stored unencrypted. */
  passphrase?: string | undefined;
  /**
   * Whether a key that replaces another one is of the same Kalshi account, as the user says: `keep` its history, or start a
   * `new` one. Needed only if Kalshi does not list the two keys together.
   */
  history?: 'keep' | 'new' | undefined;
}

/** A key that the exchange has accepted. */
export interface CheckedKey {
  environment: Environment;
  keyId: string;
  keyType: KeyType;
  /** What the key may do; null if that is unknown. */
  scopes: Scopes;
  figures: Figures;
}

/** Every command with its parameters and its result. */
export interface Commands {
  /** Checks a key, in memory only. */
  'key/check': { params: KeyDraft; result: CheckedKey };
  /** Checks a key and saves it: as a new account, or in place of an account's key. */
  'key/save': {
    params: KeyDraft & SaveChoices;
    result: { accountId: string };
  };
  /** Generates a key pair, in place of a pending one. Its public key is then in the stored state. */
  'pair/create': {
    params: { environment: Environment; keyType: KeyType; passphrase?: string | undefined };
    result: null;
  };
  /** Checks the pending key pair with its key ID, and saves it as an account. */
  'pair/connect': {
    params: { keyId: string; acceptScopes?: Scopes | undefined };
    result: { accountId: string };
  };
  /** Deletes the pending key pair. */
  'pair/discard': { params: Record<never, never>; result: null };
  /** Removes an account with its key and everything stored under it. */
  'account/forget': { params: { accountId: string }; result: null };
  /** Changes the name of an account. */
  'account/rename': { params: { accountId: string; label: string }; result: null };
  /** Polls an account now, if the rate limit allows it. Returns the latest outcome. */
  'account/refresh': { params: { accountId: string }; result: Outcome | null };
  /** The popup shows an account: polls it if that is due. Overrides neither a rejection nor a backoff. */
  'account/poll-if-due': { params: { accountId: string }; result: null };
  /** Deletes the history of an account. */
  'history/delete': { params: { accountId: string }; result: null };
  /** Locks a protected account. */
  'account/lock': { params: { accountId: string }; result: null };
  /** Unlocks it, and polls. */
  'account/unlock': { params: { accountId: string; passphrase: string }; result: null };
  /** Changes the passphrase of a protected key; null removes it, and the key is stored unencrypted. */
  'account/protect': {
    params: { accountId: string; passphrase: string; next: string | null };
    result: null;
  };
  /** The user accepts that the key may do more than when it was connected: the scopes that the screen showed. */
  'account/accept-scopes': { params: { accountId: string; scopes: Scopes }; result: null };
  /** Deletes everything, keys included. Only if the stored state cannot be read. */
  'storage/reset': { params: Record<never, never>; result: null };
  /** Changes some rules of an account's alerts. */
  'alerts/change': { params: { accountId: string; rules: Partial<AlertRules> }; result: null };
  /** All alerts of an account were seen. */
  'alerts/seen': { params: { accountId: string }; result: null };
  /** Makes a backup: the text of its file. It contains no key. */
  'backup/create': { params: { passphrase?: string | undefined }; result: { text: string } };
  /** Adds what a backup has and this browser does not. */
  'backup/restore': { params: { text: string; passphrase?: string | undefined }; result: Restored };
  /** The user has seen that the extension was updated. */
  'update/seen': { params: Record<never, never>; result: null };
  'settings/change': { params: Partial<Settings>; result: null };
  /** Replaces settings that cannot be read by the defaults. */
  'settings/reset': { params: Record<never, never>; result: null };
}

export type CommandName = keyof Commands;
