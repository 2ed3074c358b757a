// What lives in memory only and ends with the browser (storage.session): the secrets that open wrapped keys, what the
// browser refuses, and the popup's first frame.

import type { FirstFrame } from '../portfolio/first-frame.ts';
import { browser } from './browser.ts';

// By its type alone: an import would make the popup fetch one file more before its first frame.
const FIRST_FRAME: typeof import('./first-frame.ts').FIRST_FRAME = 'first-frame';
const OPEN = 'open';
const LOOK = 'look';
const FAILING = 'failing';
const TRIES = 'tries';
const wrappedKey = (accountId: string) => `wrapped/${accountId}`;
const secretKey = (accountId: string) => `secret/${accountId}`;

/** What pages may know of this place: which accounts are unlocked, and whether the browser refuses to write. */
export interface Session {
  open: string[];
  failing: { local: boolean; history: boolean };
}

/** Reads it in one go. Without this place, everything with a passphrase is locked. */
export async function readSession(): Promise<Session> {
  const stored = await browser.storage.session
    .get([OPEN, FAILING])
    .catch(() => ({}) as Record<string, unknown>);
  const open = stored[OPEN];
  const failing = (stored[FAILING] ?? {}) as Record<string, unknown>;
  return {
    open: Array.isArray(open) ? open.filter((id) => typeof id === 'string') : [],
    failing: { local: failing.local === true, history: failing.history === true },
  };
}

/** Whether a change in this place is one that pages show. Most are the background's own. */
export function concernsPages(changes: Readonly<Record<string, unknown>>): boolean {
  return OPEN in changes || FAILING in changes;
}

async function openAccounts(): Promise<string[]> {
  return (await readSession()).open;
}

/** Remembers whether the browser takes what is written: where it does not, that cannot be written down there. */
export async function noteFailing(what: keyof Session['failing'], is: boolean): Promise<void> {
  const { failing } = await readSession();
  if (failing[what] === is) return;
  await browser.storage.session.set({ [FAILING]: { ...failing, [what]: is } }).catch(() => undefined);
}

/** The secret of an unlocked account; undefined while it is locked. For the background alone. */
export async function secretOf(accountId: string): Promise<string | undefined> {
  const { [secretKey(accountId)]: secret } = await browser.storage.session.get(secretKey(accountId));
  return typeof secret === 'string' ? secret : undefined;
}

/** Unlocks an account until it is locked or the browser ends. For the background alone. */
export async function keepSecret(accountId: string, secret: string): Promise<void> {
  const open = new Set([...(await openAccounts()), accountId]);
  await browser.storage.session.set({ [secretKey(accountId)]: secret, [OPEN]: [...open] });
}

/** Holds a whole wrapped key, as text, for an account that has no place on disk. For the background alone. */
export async function keepWrapped(accountId: string, text: string): Promise<void> {
  await browser.storage.session.set({ [wrappedKey(accountId)]: text });
}

/** The wrapped key of an account that has no place on disk; undefined after the browser ended. */
export async function wrappedOf(accountId: string): Promise<string | undefined> {
  const { [wrappedKey(accountId)]: text } = await browser.storage.session.get(wrappedKey(accountId));
  return typeof text === 'string' ? text : undefined;
}

/** Locks accounts: their secrets are gone from memory, and with them the amount that may be of one of them. For the background alone. */
export async function dropSecrets(accountIds: readonly string[]): Promise<void> {
  await browser.storage.session.remove([
    FIRST_FRAME,
    ...accountIds.flatMap((id) => [secretKey(id), wrappedKey(id)]),
  ]);
  const open = (await openAccounts()).filter((id) => !accountIds.includes(id));
  await browser.storage.session.set({ [OPEN]: open });
}

/** Locks everything and forgets what was noted. For the background alone. */
export async function dropAll(): Promise<void> {
  await browser.storage.session.clear();
}

/** When keys were last tried at the exchange, unix milliseconds, oldest first. */
export async function readTries(): Promise<number[]> {
  const { [TRIES]: tries } = await browser.storage.session.get(TRIES);
  return Array.isArray(tries) ? tries.filter((at) => typeof at === 'number') : [];
}

/** Remembers it. For the background alone. */
export async function writeTries(tries: number[]): Promise<void> {
  await browser.storage.session.set({ [TRIES]: tries });
}

/**
 * Leaves the popup its first frame, or none. A browser that does not take it has none: an old one would be wrong.
 * For the background alone.
 */
export async function writeFirstFrame(frame: FirstFrame | null): Promise<void> {
  const { session } = browser.storage;
  const remove = () => session.remove(FIRST_FRAME);
  await (frame ? session.set({ [FIRST_FRAME]: frame }).catch(remove) : remove()).catch(() => undefined);
}

/** The look that was put on the toolbar; undefined where nobody knows. For the background alone. */
export async function shownLook(): Promise<unknown> {
  const { [LOOK]: look } = await browser.storage.session
    .get(LOOK)
    .catch(() => ({}) as Record<string, unknown>);
  return look;
}

/**
 * Remembers which look was put on the toolbar; null for none for certain. The browser forgets both together: when it
 * ends, and when the extension is loaded anew. For the background alone.
 */
export async function noteLook(look: string | null): Promise<void> {
  const { session } = browser.storage;
  await (look === null ? session.remove(LOOK) : session.set({ [LOOK]: look })).catch(() => undefined);
}
