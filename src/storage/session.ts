// Items in `storage.session`, which is memory only and ends with the browser: the secrets of unlocked accounts, when requests
// were started, whether the browser refuses to write, and the popup preview. For the background only, `readSession` and
// `readSidePanelIsNew` excepted.

import * as v from 'valibot';
import { browser } from '../browser/browser.ts';
import { type Scopes, scopesSchema } from '../domain/accounts/key-scopes.ts';
import type { StorageFailing } from '../domain/accounts/state.ts';
import { attemptSchema, NO_ATTEMPT, type PollAttempt } from '../domain/polling/backoff.ts';
import type { PopupPreview } from '../view/popup-preview.ts';
import { withTimeout } from './timeout.ts';

// Typed by the file that the popup's first script reads; importing the value would add a file to the popup's first frame.
const POPUP_PREVIEW: typeof import('./popup-preview.ts').POPUP_PREVIEW = 'popup-preview';
const UNLOCKED = 'unlocked';
const ICON = 'icon';
const FAILING = 'failing';
const CHECKED_SCOPES = 'checked-scopes';
const SIDE_PANEL_IS_NEW = 'side-panel-is-new';
const attemptKey = (accountId: string) => `attempt/${accountId}`;

/** A read that takes longer counts as failed. */
const READ_LIMIT_MS = 5_000;

function read(keys: string | string[] | null): Promise<Record<string, unknown>> {
  return withTimeout(READ_LIMIT_MS, browser.storage.session.get(keys));
}

/** The part that pages show. */
export interface Session {
  /** What decrypts the records of the unlocked accounts, by account id. */
  unlocked: Record<string, RecordsAccess>;
  failing: StorageFailing;
}

/** The secret of an account's records, and their generation that it is for. */
export interface RecordsAccess {
  records: string;
  generation: number;
}

const secretsSchema = v.fallback(
  v.record(v.string(), v.object({ key: v.string(), records: v.string(), generation: v.number() })),
  {},
);
/** By account id. */
export type Secrets = v.InferOutput<typeof secretsSchema>;
const failingSchema = v.fallback(v.object({ local: v.boolean(), history: v.boolean() }), {
  local: false,
  history: false,
});

/** If it cannot be read, every account with a passphrase counts as locked. */
export async function readSession(): Promise<Session> {
  const stored = await read([UNLOCKED, FAILING]).catch(() => ({}) as Record<string, unknown>);
  return {
    unlocked: recordsAccess(v.parse(secretsSchema, stored[UNLOCKED] ?? {})),
    failing: v.parse(failingSchema, stored[FAILING] ?? {}),
  };
}

/** What pages need of the secrets: not what decrypts the keys. */
function recordsAccess(secrets: Secrets): Session['unlocked'] {
  return Object.fromEntries(
    Object.entries(secrets).map(([id, { records, generation }]) => [id, { records, generation }]),
  );
}

/** Whether pages show something of these changes. */
export function isRelevantToPages(changes: Readonly<Record<string, unknown>>): boolean {
  return UNLOCKED in changes || FAILING in changes;
}

/** Never rejects: it is written when the browser refuses to write. */
export async function writeFailing(failing: StorageFailing): Promise<void> {
  await browser.storage.session.set({ [FAILING]: failing }).catch(() => undefined);
}

/**
 * The secrets of the unlocked accounts, by account id. An account with a passphrase is unlocked exactly while its secret
 * is in here.
 * @throws what `storage.session` throws
 */
export async function readSecrets(): Promise<Secrets> {
  const { [UNLOCKED]: secrets } = await read(UNLOCKED);
  return v.parse(secretsSchema, secrets ?? {});
}

/**
 * Writes the secrets of all unlocked accounts in one piece. Used only by lock-state.ts.
 * @param clearPreview deletes the popup preview in the same write: it may hold an amount of an account that is locked now
 */
export async function writeSecrets(secrets: Secrets, clearPreview: boolean): Promise<void> {
  await browser.storage.session.set({ [UNLOCKED]: secrets, ...(clearPreview && { [POPUP_PREVIEW]: null }) });
}

/** Locks every account with one removal, without a read. Used only by lock-state.ts. */
export async function deleteSecrets(): Promise<void> {
  await browser.storage.session.remove([UNLOCKED, POPUP_PREVIEW]);
}

export async function clearSession(): Promise<void> {
  await browser.storage.session.clear();
}

/** When requests for an account were last started. @throws what `storage.session` throws */
export async function readAttempt(accountId: string): Promise<PollAttempt> {
  const { [attemptKey(accountId)]: attempt } = await read(attemptKey(accountId));
  const parsed = v.safeParse(attemptSchema, attempt);
  return parsed.success ? parsed.output : NO_ATTEMPT;
}

/** Records that a request is about to be started. @throws what `storage.session` throws */
export async function writeAttempt(accountId: string, attempt: PollAttempt): Promise<void> {
  await browser.storage.session.set({ [attemptKey(accountId)]: attempt });
}

export async function deleteAttempt(accountId: string): Promise<void> {
  await browser.storage.session.remove(attemptKey(accountId));
}

const checkedScopesSchema = v.fallback(v.record(v.string(), scopesSchema), {});

/** The scopes found when a key was last checked, by environment and key ID; undefined if none were. */
export async function readCheckedScopes(environment: string, keyId: string): Promise<Scopes | undefined> {
  const { [CHECKED_SCOPES]: checked } = await read(CHECKED_SCOPES);
  return v.parse(checkedScopesSchema, checked ?? {})[`${environment} ${keyId}`];
}

/** Records the scopes of the key that was checked last, and drops those of every other. */
export async function writeCheckedScopes(environment: string, keyId: string, scopes: Scopes): Promise<void> {
  await browser.storage.session.set({ [CHECKED_SCOPES]: { [`${environment} ${keyId}`]: scopes } });
}

/** Whether the permission for the side panel was granted since the browser, or the extension, was started. */
export async function readSidePanelIsNew(): Promise<boolean> {
  const { [SIDE_PANEL_IS_NEW]: isNew } = await read(SIDE_PANEL_IS_NEW).catch(() => ({
    [SIDE_PANEL_IS_NEW]: true,
  }));
  return isNew === true;
}

export async function writeSidePanelIsNew(): Promise<void> {
  await browser.storage.session.set({ [SIDE_PANEL_IS_NEW]: true });
}

/** Writes or deletes the popup preview. If it cannot be written, it is deleted: an outdated one would be wrong. */
export async function writePopupPreview(preview: PopupPreview | null): Promise<void> {
  const { session } = browser.storage;
  const remove = () => session.remove(POPUP_PREVIEW);
  await (preview ? session.set({ [POPUP_PREVIEW]: preview }).catch(remove) : remove()).catch(() => undefined);
}

/** The icon and colours that are on the toolbar; undefined if unknown. */
export async function readShownIcon(): Promise<unknown> {
  const { [ICON]: icon } = await read(ICON).catch(() => ({}) as Record<string, unknown>);
  return icon;
}

/**
 * Records which icon and colours are on the toolbar; null for unknown. The browser drops both at the same time: when it
 * closes, and when the extension is reloaded.
 */
export async function writeShownIcon(icon: string | null): Promise<void> {
  const { session } = browser.storage;
  await (icon === null ? session.remove(ICON) : session.set({ [ICON]: icon })).catch(() => undefined);
}
