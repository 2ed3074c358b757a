// The commands that pages send to the background: their types, sending, and listening.

import type { Environment, KeyFileError, KeyIdError, KeyType } from '../portfolio/account.ts';
import type { AlertRules } from '../portfolio/alerts/rules.ts';
import type { BackupError, Restored } from '../portfolio/backup.ts';
import type { Scopes } from '../portfolio/key-scopes.ts';
import type { Failure, Outcome } from '../portfolio/outcome.ts';
import type { PassphraseError } from '../portfolio/passphrase.ts';
import type { Settings } from '../portfolio/settings.ts';
import type { Figures } from '../portfolio/snapshot.ts';
import { browser, type Runtime } from './browser.ts';

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
  /** Save it although it can do more than read, or its scopes are unknown. */
  acceptPower: boolean;
  /** Protects the key on disk; without one it is stored unencrypted. */
  passphrase?: string | undefined;
  /**
   * Whether a key that replaces another one is of the same Kalshi account, as the user says: `keep` its history, or start a
   * `new` one. Needed only if Kalshi does not list the two keys together.
   */
  history?: 'keep' | 'new' | undefined;
  /** Keep it in memory only, until the browser closes: if its key store does not work. */
  sessionOnly?: boolean | undefined;
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
  /** The browser's key store does not return what was stored. The key can be kept in memory instead. */
  | { kind: 'no-store' }
  /** The backup cannot be made or restored. */
  | { kind: 'backup'; fault: BackupError }
  | { kind: 'storage' }
  /** The stored state cannot be read, so nothing may be overwritten. */
  | { kind: 'unreadable' }
  /** The same for the settings alone. */
  | { kind: 'settings-unreadable' }
  /** The account was locked or forgotten meanwhile, so the command had no effect. */
  | { kind: 'interrupted' }
  /** Too many key checks in the last minute. `waitMs`: until the next is allowed. */
  | { kind: 'too-often'; waitMs: number }
  | { kind: 'internal' };

/** A value, or a problem. */
export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem };

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
  'pair/connect': { params: { keyId: string; acceptPower: boolean }; result: { accountId: string } };
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
  /** The user accepts that the key may do more than when it was connected. */
  'account/accept-scopes': { params: { accountId: string }; result: null };
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

/**
 * What both browsers say if nobody received a message. Firefox says so while it suspends an idle background (seen with
 * Firefox 140 on a busy machine): the message was not delivered, so it can be sent again, which wakes the background.
 */
const NOT_RECEIVED = /receiving end does not exist/i;
/** How often a message that nobody received is sent again, and after how long. */
const [RETRIES, RETRY_MS] = [10, 200];

/** Sends a command to the background. Never throws: a background that cannot be reached is a problem too. */
export async function sendCommand<Name extends CommandName>(
  name: Name,
  params: Commands[Name]['params'],
): Promise<Result<Commands[Name]['result']>> {
  for (let retry = 0; ; retry++) {
    try {
      const result: unknown = await browser.runtime.sendMessage({ command: name, params });
      return (result as Result<Commands[Name]['result']> | undefined) ?? INTERNAL;
    } catch (error) {
      if (retry === RETRIES || !NOT_RECEIVED.test(String(error))) return INTERNAL;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

const INTERNAL = { ok: false, problem: { kind: 'internal' } } as const;

/**
 * Whether a message comes from a page of this extension, in the top frame of its tab or popup.
 * @param self this extension's id and origin, e.g. `chrome-extension://id/`
 */
export function isOwnPage(sender: Runtime.MessageSender, self: { id: string; origin: string }): boolean {
  return sender.id === self.id && (sender.url ?? '').startsWith(self.origin) && (sender.frameId ?? 0) === 0;
}

/**
 * Responds to commands. Messages of any other sender or shape get no response.
 * @param run runs a command; the response to what it throws is `internal`
 */
export function listenForCommands(run: (name: unknown, params: unknown) => Promise<Result<unknown>>): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
    const self = { id: browser.runtime.id, origin: browser.runtime.getURL('') };
    if (!isOwnPage(sender, self) || !isCommand(message)) return undefined;
    return run(message.command, message.params).catch(() => INTERNAL);
  });
}

function isCommand(message: unknown): message is { command: unknown; params: unknown } {
  return typeof message === 'object' && message !== null && 'command' in message && 'params' in message;
}
