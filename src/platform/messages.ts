// What pages may ask the background for: the one typed map, and the way there and back.

import type { Environment, KeyFileError, KeyIdError, KeyType } from '../portfolio/account.ts';
import type { Scopes } from '../portfolio/key-scopes.ts';
import type { Failure, Outcome } from '../portfolio/outcome.ts';
import type { PassphraseError } from '../portfolio/passphrase.ts';
import type { Settings } from '../portfolio/settings.ts';
import type { Figures } from '../portfolio/snapshot.ts';
import { browser, type Runtime } from './browser.ts';

/** A key as it was typed, pasted or dropped. Travels in memory, from the options page to the background. */
export interface KeyDraft {
  environment: Environment;
  /** May be empty if the text beside the key holds one. */
  keyId: string;
  /** The text that holds the private key. */
  privateKey: string;
}

/** How a key is to be kept. */
export interface SaveChoices {
  /** The id of the account whose key it takes over. */
  replaces?: string | undefined;
  /** Although nobody could be asked. A key that was refused is not kept in any case. */
  allowUnchecked: boolean;
  /** Although it can do more than look, or nobody said what it can do. */
  acceptPower: boolean;
  /** What is to protect the key on disk; without one it lies there in the clear. */
  passphrase?: string | undefined;
  /** In memory alone, until the browser ends: where its key store does not work. */
  sessionOnly?: boolean | undefined;
}

/** What a check found: a key the exchange accepts. */
export interface CheckedKey {
  environment: Environment;
  keyId: string;
  keyType: KeyType;
  /** What the key may do; null if Kalshi did not tell. */
  scopes: Scopes;
  figures: Figures;
}

/** Why a key was not accepted, or a thing not done. */
export type Problem =
  | { kind: 'key-id'; fault: KeyIdError }
  | { kind: 'key-file'; fault: KeyFileError }
  | { kind: 'exchange'; failure: Failure }
  /** The key can do more than look, or nobody said what it can do, and the user has not agreed to that. */
  | { kind: 'can-act'; scopes: Scopes }
  /** Protects nothing. */
  | { kind: 'passphrase-refused'; fault: PassphraseError }
  /** Does not open the key: wrong, or the key is not what was stored. */
  | { kind: 'passphrase-wrong' }
  /** The browser's key store does not give back what was put into it. The key can be held in memory instead. */
  | { kind: 'no-store' }
  | { kind: 'storage' }
  /** What is stored cannot be read, so nothing may be written over it. */
  | { kind: 'unreadable' }
  /** The same of the settings alone. */
  | { kind: 'settings-unreadable' }
  /** The account was locked or forgotten while the work was under way, which therefore ended without effect. */
  | { kind: 'interrupted' }
  /** Keys were tried too often in the last minute. `waitMs`: how long until the next may be. */
  | { kind: 'too-often'; waitMs: number }
  | { kind: 'internal' };

/** A value, or what went wrong. */
export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** Every command: what it takes and what it gives. */
export interface Commands {
  /** Tries a key, in memory only. */
  'key/check': { params: KeyDraft; result: CheckedKey };
  /** Tries a key and keeps it: as a new account, or in the place of another's key. */
  'key/save': {
    params: KeyDraft & SaveChoices;
    result: { accountId: string };
  };
  /** Makes a key pair here, in the place of one that was still waiting. Its public half is then in the stored state. */
  'pair/create': {
    params: { environment: Environment; keyType: KeyType; passphrase?: string | undefined };
    result: null;
  };
  /** Tries the pair with the key ID that Kalshi gave for it, and keeps it as an account. */
  'pair/connect': { params: { keyId: string; acceptPower: boolean }; result: { accountId: string } };
  /** Removes a pair that was never connected. */
  'pair/discard': { params: Record<never, never>; result: null };
  /** Removes an account with its key and everything stored under it. */
  'account/forget': { params: { accountId: string }; result: null };
  /** Calls an account something. */
  'account/rename': { params: { accountId: string; label: string }; result: null };
  /** Polls an account now, as far as the rate bound allows. Gives the latest outcome. */
  'account/refresh': { params: { accountId: string }; result: Outcome | null };
  /** Somebody looks at an account: polls it if the figure is not of this moment. Neither overrides a refusal nor a wait. */
  'account/look': { params: { accountId: string }; result: null };
  /** Removes what was recorded of an account's past. */
  'history/delete': { params: { accountId: string }; result: null };
  /** Locks a protected account. */
  'account/lock': { params: { accountId: string }; result: null };
  /** Unlocks it, and polls. */
  'account/unlock': { params: { accountId: string; passphrase: string }; result: null };
  /** Gives a protected key another passphrase; or none, and it lies on disk in the clear from then on. */
  'account/protect': {
    params: { accountId: string; passphrase: string; next: string | null };
    result: null;
  };
  /** The user knows that the key may do more than when it was connected. */
  'account/accept-scopes': { params: { accountId: string }; result: null };
  /** Removes everything, keys included. Only where what is stored cannot be read. */
  'storage/reset': { params: Record<never, never>; result: null };
  'settings/change': { params: Partial<Settings>; result: null };
  /** Puts the default settings in the place of settings that cannot be read. */
  'settings/reset': { params: Record<never, never>; result: null };
}

export type CommandName = keyof Commands;

/** Sends a command to the background. Never throws: a background that cannot be reached is a problem like another. */
export async function sendCommand<Name extends CommandName>(
  name: Name,
  params: Commands[Name]['params'],
): Promise<Result<Commands[Name]['result']>> {
  try {
    const result: unknown = await browser.runtime.sendMessage({ command: name, params });
    return (result as Result<Commands[Name]['result']> | undefined) ?? INTERNAL;
  } catch {
    return INTERNAL;
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
 * Answers commands. Messages of any other sender or shape get no answer at all.
 * @param run carries a command out; what it throws is answered as `internal`
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
