// What is held in memory only and ends with the browser (storage.session): the secrets that open wrapped keys, keys
// without a place on disk, what the browser refuses, and the popup's first frame.

import * as v from 'valibot';
import { browser } from '../platform/browser.ts';
import { withTimeout } from '../platform/timeout.ts';
import { type Scopes, scopesSchema } from '../portfolio/key-scopes.ts';
import type { PopupPreview } from '../view/popup-preview.ts';

// By its type alone: an import would make the popup fetch one file more before its first frame.
const POPUP_PREVIEW: typeof import('./popup-preview.ts').POPUP_PREVIEW = 'first-frame';
const UNLOCKED = 'unlocked';
const LOOK = 'look';
const FAILING = 'failing';
const TRIES = 'tries';
const CHECKED = 'checked';
const sessionKey = (keyRef: string) => `session-key/${keyRef}`;

/** How long a read may take before it counts as failed. Milliseconds. */
const READ_LIMIT_MS = 5_000;

/** What pages may know of this place: which accounts are unlocked, and whether the browser refuses to write. */
export interface Session {
  unlocked: string[];
  failing: { local: boolean; history: boolean };
}

async function read(names: string | string[] | null): Promise<Record<string, unknown>> {
  return withTimeout(READ_LIMIT_MS, browser.storage.session.get(names));
}

const secretsSchema = v.fallback(v.record(v.string(), v.string()), {});
type Secrets = v.InferOutput<typeof secretsSchema>;

/** Reads it in one go. Where it cannot be read, everything with a passphrase counts as locked. */
export async function readSession(): Promise<Session> {
  const stored = await read([UNLOCKED, FAILING]).catch(() => ({}) as Record<string, unknown>);
  const failing = (stored[FAILING] ?? {}) as Record<string, unknown>;
  return {
    unlocked: Object.keys(v.parse(secretsSchema, stored[UNLOCKED] ?? {})),
    failing: { local: failing.local === true, history: failing.history === true },
  };
}

/** Whether a change in this place is one that pages show. Most are the background's own. */
export function isRelevantToPages(changes: Readonly<Record<string, unknown>>): boolean {
  return UNLOCKED in changes || FAILING in changes;
}

/** Remembers whether the browser takes what is written: where it does not, that cannot be written down there. */
export async function setStorageFailing(what: keyof Session['failing'], is: boolean): Promise<void> {
  const { failing } = await readSession();
  if (failing[what] === is) return;
  await browser.storage.session.set({ [FAILING]: { ...failing, [what]: is } }).catch(() => undefined);
}

/**
 * The secrets of the unlocked accounts, by account id. An account with a passphrase is unlocked exactly while it is
 * in here. For the background alone.
 * @throws what `storage.session` throws
 */
export async function readSecrets(): Promise<Secrets> {
  const { [UNLOCKED]: secrets } = await read(UNLOCKED);
  return v.parse(secretsSchema, secrets ?? {});
}

/**
 * Writes the secrets of all unlocked accounts, in one piece. For the background alone, and there for `locking.ts`.
 * @param clearPreview removes the popup's first frame in the same write: it may hold an amount of an account that is
 * locked now
 */
export async function writeSecrets(secrets: Secrets, clearPreview: boolean): Promise<void> {
  await browser.storage.session.set({ [UNLOCKED]: secrets, ...(clearPreview && { [POPUP_PREVIEW]: null }) });
}

/** Locks every account with one removal that reads nothing first. For the background alone, and there for `locking.ts`. */
export async function removeSecrets(): Promise<void> {
  await browser.storage.session.remove([UNLOCKED, POPUP_PREVIEW]);
}

/** A key without a place on disk: wrapped, with what opens it. */
const sessionKeySchema = v.object({ wrapped: v.string(), secret: v.string() });
export type SessionKey = v.InferOutput<typeof sessionKeySchema>;

/** Holds a whole key for an account that has no place on disk. For the background alone. */
export async function writeSessionKey(keyRef: string, key: SessionKey): Promise<void> {
  await browser.storage.session.set({ [sessionKey(keyRef)]: key });
}

/** The key of an account that has no place on disk; undefined after the browser ended. For the background alone. */
export async function readSessionKey(keyRef: string): Promise<SessionKey | undefined> {
  const { [sessionKey(keyRef)]: key } = await read(sessionKey(keyRef));
  const parsed = v.safeParse(sessionKeySchema, key);
  return parsed.success ? parsed.output : undefined;
}

/** Removes it. For the background alone. */
export async function removeSessionKey(keyRef: string): Promise<void> {
  await browser.storage.session.remove([sessionKey(keyRef), POPUP_PREVIEW]);
}

/** Removes everything. For the background alone. */
export async function clearSession(): Promise<void> {
  await browser.storage.session.clear();
}

/** When keys were last tried at the exchange, unix milliseconds, oldest first. */
export async function readKeyChecks(): Promise<number[]> {
  const { [TRIES]: tries } = await read(TRIES);
  return Array.isArray(tries) ? tries.filter((at) => typeof at === 'number') : [];
}

/** Remembers it. For the background alone. */
export async function writeKeyChecks(tries: number[]): Promise<void> {
  await browser.storage.session.set({ [TRIES]: tries });
}

const checkedSchema = v.fallback(v.record(v.string(), scopesSchema), {});

/** The scopes that Kalshi told when a key was last checked, by environment and key ID; undefined where it told none. */
export async function readCheckedScopes(environment: string, keyId: string): Promise<Scopes | undefined> {
  const { [CHECKED]: checked } = await read(CHECKED);
  return v.parse(checkedSchema, checked ?? {})[`${environment} ${keyId}`];
}

/** Remembers the scopes of the key that was checked last, and forgets those of every other. For the background alone. */
export async function writeCheckedScopes(environment: string, keyId: string, scopes: Scopes): Promise<void> {
  await browser.storage.session.set({ [CHECKED]: { [`${environment} ${keyId}`]: scopes } });
}

/**
 * Leaves the popup its first frame, or none. A browser that does not take it has none: an old one would be wrong.
 * For the background alone.
 */
export async function writePopupPreview(frame: PopupPreview | null): Promise<void> {
  const { session } = browser.storage;
  const remove = () => session.remove(POPUP_PREVIEW);
  await (frame ? session.set({ [POPUP_PREVIEW]: frame }).catch(remove) : remove()).catch(() => undefined);
}

/** The look that was put on the toolbar; undefined where nobody knows. For the background alone. */
export async function readShownLook(): Promise<unknown> {
  const { [LOOK]: look } = await read(LOOK).catch(() => ({}) as Record<string, unknown>);
  return look;
}

/**
 * Remembers which look was put on the toolbar; null for none for certain. The browser forgets both together: when it
 * ends, and when the extension is loaded anew. For the background alone.
 */
export async function writeShownLook(look: string | null): Promise<void> {
  const { session } = browser.storage;
  await (look === null ? session.remove(LOOK) : session.set({ [LOOK]: look })).catch(() => undefined);
}
