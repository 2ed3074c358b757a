// Connecting an account: check → save → forget. A key is written only after the exchange has answered for it, or
// when the user insists because nobody could be asked.

import { PATHS } from '../../kalshi/endpoints.ts';
import { signedHeaders } from '../../kalshi/sign.ts';
import type { CheckedKey, KeyDraft, Problem, Result, SaveChoices } from '../../platform/messages.ts';
import type { Account, KeyIdError } from '../../portfolio/account.ts';
import { INITIAL_BACKOFF } from '../../portfolio/backoff.ts';
import { needsConsent, strictest } from '../../portfolio/key-scopes.ts';
import { OUTCOMES } from '../../portfolio/outcome.ts';
import { passphraseError } from '../../portfolio/passphrase.ts';
import { NO_SNAPSHOT, snapshotWithBalance, snapshotWithFailure } from '../../portfolio/snapshot.ts';
import { deleteHistoryOf } from '../../storage/history-store.ts';
import { deleteHoldingsOf } from '../../storage/holdings-store.ts';
import {
  readCheckedScopes,
  removeSessionKey,
  writeCheckedScopes,
  writeSessionKey,
} from '../../storage/session.ts';
import type { ReadyState } from '../../storage/state.ts';
import { deleteAccountItems, writeState } from '../../storage/write-state.ts';
import { type ImportedKey, importPrivateKey, withPrivateKey } from '../../vault/import-key.ts';
import { openKey, putKey, type StoredKey } from '../../vault/key-store.ts';
import {
  type Owner,
  type Secret,
  toText,
  type Wrapping,
  wrapKey,
} from '../../vault/passphrase-encryption.ts';
import { findKeyIds } from '../../vault/pem.ts';
import { abortPoll } from '../polling/poll.ts';
import { nextDay, remember } from '../polling/save-result.ts';
import { type Answer, checkAtExchange } from './check-key.ts';
import { deleteOrphanKeys } from './delete-orphans.ts';
import { type LockCount, lockCount, lockedSince, lockSecret, unlockSecret } from './lock-state.ts';
import { changing, Refused } from './update-accounts.ts';

/** A key in memory and what the exchange said to it. */
interface CheckedDraft extends ImportedKey, Answer {
  keyId: string;
}

/** Tries a key in memory: nothing is written. */
export async function checkKey(draft: KeyDraft): Promise<Result<CheckedKey>> {
  const trial = await checkDraft(draft);
  if ('kind' in trial) return { ok: false, problem: trial };
  const { keyId, keyType, told, reply } = trial;
  if (!reply.ok) return { ok: false, problem: { kind: 'exchange', failure: reply.failure } };
  const { environment } = draft;
  // Saving asks again, and may get no answer then.
  if (told) await writeCheckedScopes(environment, keyId, told).catch(() => undefined);
  return { ok: true, value: { environment, keyId, keyType, scopes: told ?? null, figures: reply.figures } };
}

/**
 * Tries a key and keeps it, unless the exchange refused it, or it can do more than the user has agreed to: by the most
 * that the check, this question and the account that has this key say.
 */
export async function saveKey(draft: KeyDraft & SaveChoices): Promise<Result<{ accountId: string }>> {
  const before = lockCount();
  const fault = draft.passphrase === undefined ? null : passphraseError(draft.passphrase);
  if (fault) return { ok: false, problem: { kind: 'passphrase-refused', fault } };
  const trial = await checkDraft(draft);
  if ('kind' in trial) return { ok: false, problem: trial };
  const { reply, told, keyId } = trial;
  if (!reply.ok && !(draft.allowUnchecked && OUTCOMES[reply.failure.kind].savable)) {
    return { ok: false, problem: { kind: 'exchange', failure: reply.failure } };
  }
  const checked = await readCheckedScopes(draft.environment, keyId).catch(() => undefined);
  const kept = await changing((state) => {
    const stored = sameKey(state.accounts, draft, trial)?.scopes;
    const scopes = strictest(told, checked, stored);
    if (needsConsent(scopes) && !draft.acceptPower) throw new Refused({ kind: 'can-act', scopes });
    const now = Date.now();
    const known = { scopes, acceptedScopes: scopes, scopesAt: told ? now : 0 };
    return keep(state, draft, trial, known, before);
  });
  if (!kept.ok) return kept;
  await remember(kept.value, reply);
  return { ok: true, value: { accountId: kept.value.id } };
}

/**
 * Removes an account: a poll under way ends and what opens its key goes at once; then it leaves the list, so that
 * nothing polls it; then its key goes, and all that is stored under it.
 */
export function forgetAccount(accountId: string): Promise<Result<null>> {
  return changing(async (state) => {
    const { accounts } = state;
    const forgotten = accounts.find(({ id }) => id === accountId);
    abortPoll(accountId);
    await lockSecret(accountId);
    await writeState(state, { accounts: accounts.filter((account) => account !== forgotten) });
    if (forgotten) await removeSessionKey(forgotten.keyRef);
    await deleteAccountItems(accountId);
    await deleteAccountRecords(accountId).catch(ifNoStore(forgotten));
    await deleteOrphanKeys().catch(ifNoStore(forgotten));
    return null;
  });
}

/** Removes what lies in databases under an account: its history, and what it held. */
async function deleteAccountRecords(accountId: string): Promise<void> {
  await deleteHistoryOf(accountId);
  await deleteHoldingsOf(accountId);
}

async function checkDraft(draft: KeyDraft): Promise<CheckedDraft | Problem> {
  const keyId = parseKeyId(draft);
  if ('fault' in keyId) return { kind: 'key-id', fault: keyId.fault };
  const imported = await importPrivateKey(draft.privateKey);
  if (typeof imported === 'string') return { kind: 'key-file', fault: imported };
  const answer = await checkAtExchange(draft.environment, { keyId: keyId.id, key: imported.key });
  return 'kind' in answer ? answer : { ...imported, ...answer, keyId: keyId.id };
}

/** An API key ID as Kalshi makes them. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The key ID as it was typed; the one beside the key where the box was left empty. */
export function parseKeyId({
  keyId,
  privateKey,
}: Pick<KeyDraft, 'keyId' | 'privateKey'>): { id: string } | { fault: KeyIdError } {
  const typed = keyId
    .trim()
    .replace(/^["']|["']$/g, '')
    .toLowerCase();
  if (typed.includes('-----begin')) return { fault: 'is-a-private-key' };
  if (typed) return UUID.test(typed) ? { id: typed } : { fault: 'malformed' };
  const [found, another] = findKeyIds(privateKey);
  if (!found) return { fault: 'missing' };
  return another ? { fault: 'several' } : { id: found };
}

/**
 * The key goes first, under a new reference, and the account that names it second: whatever is killed in between
 * leaves the old account whole, or a key that nobody refers to and the next start removes.
 */
async function keep(
  state: ReadyState,
  draft: KeyDraft & SaveChoices,
  trial: CheckedDraft,
  known: Pick<Account, 'scopes' | 'acceptedScopes' | 'scopesAt'>,
  before: LockCount,
): Promise<Account> {
  const { accounts } = state;
  const replaced = accounts.find(({ id }) => id === draft.replaces);
  if (draft.replaces !== undefined && !replaced) throw new Refused({ kind: 'interrupted' }); // forgotten meanwhile
  const old = replaced ?? sameKey(accounts, draft, trial);
  const now = Date.now();
  const account: Account = {
    id: old?.id ?? crypto.randomUUID(),
    label: old?.label ?? '',
    environment: draft.environment,
    keyId: trial.keyId,
    keyType: trial.keyType,
    ...known,
    keyRef: crypto.randomUUID(),
    protection: draft.sessionOnly ? 'session' : draft.passphrase === undefined ? 'none' : 'passphrase',
    connectedAt: now,
  };
  const secret = await place(draft, trial, account);
  try {
    await adopt(state, account, old, trial, secret, before);
  } catch (error) {
    // The key was written first, and nobody refers to it now.
    await removeSessionKey(account.keyRef).catch(() => undefined);
    await deleteOrphanKeys().catch(() => undefined);
    throw error;
  }
  if (old) await removeSessionKey(old.keyRef);
  await deleteOrphanKeys().catch(ifNoStore(account));
  return account;
}

/**
 * Writes the account that names the new key, and unlocks it where a passphrase protects it.
 * @throws Refused with `interrupted` if it was locked or forgotten since `before`
 */
async function adopt(
  state: ReadyState,
  account: Account,
  old: Account | undefined,
  { reply }: CheckedDraft,
  secret: Secret | undefined,
  before: LockCount,
): Promise<void> {
  const { accounts, snapshotOf, dayOf, settings } = state;
  // Whoever locked since this began is away: nothing with a passphrase opens behind their back.
  const refuseIfLockedSince = (count: LockCount) => {
    if (secret !== undefined && lockedSince(count, account.id)) throw new Refused({ kind: 'interrupted' });
  };
  // Figures of the other environment are of other money.
  const same = old?.environment === account.environment ? old : undefined;
  const snapshotBefore = same ? snapshotOf(same.id) : NO_SNAPSHOT;
  if (old && !same) await deleteAccountRecords(old.id).catch(ifNoStore(account));
  const next = old ? accounts.map((each) => (each.id === old.id ? account : each)) : [...accounts, account];
  const now = account.connectedAt;
  const snapshot = reply.ok
    ? snapshotWithBalance(reply.figures)
    : snapshotWithFailure(snapshotBefore, reply.failure, now);
  const pace = { ...INITIAL_BACKOFF, attemptedAt: now, clockOffset: reply.clockOffset };
  const dayBefore = same ? dayOf(same.id) : null;
  const day = reply.ok ? nextDay(dayBefore, reply, settings.periodSeconds * 1000) : dayBefore;
  refuseIfLockedSince(before);
  if (old) abortPoll(old.id);
  // What opened the old key does not open the new one. Killed from here on, the account is locked, not broken.
  const locks = old ? await lockSecret(old.id) : before;
  refuseIfLockedSince(locks);
  await writeState(state, { accounts: next, of: { id: account.id, snapshot, pace, day } });
  if (secret !== undefined) await unlockSecret(account.id, secret, locks);
}

/** The account of a key that is connected a second time: it is the same account, not another one. */
function sameKey(
  accounts: Account[],
  { environment }: KeyDraft,
  { keyId }: CheckedDraft,
): Account | undefined {
  return accounts.find((each) => each.keyId === keyId && each.environment === environment);
}

/** What a store that does not open holds of an account without a place on disk: nothing. For any other, it is a failure. */
function ifNoStore(account: Account | undefined): (error: unknown) => void {
  return (error) => {
    if (account?.protection !== 'session') throw error;
  };
}

/**
 * Puts the key where it is to be, in the form in which it is to be there: with a passphrase, no other is ever written.
 * @returns the secret that opens it, where a passphrase protects it
 * @throws Refused with `no-store` if the store does not take it, or does not give it back for signing
 */
async function place(
  draft: KeyDraft & SaveChoices,
  trial: CheckedDraft,
  account: Account,
): Promise<Secret | undefined> {
  const { passphrase, sessionOnly } = draft;
  if (sessionOnly) {
    const { wrapped, secret } = await wrap(draft, crypto.randomUUID() + crypto.randomUUID(), account);
    await writeSessionKey(account.keyRef, { wrapped: toText(wrapped), secret });
    return undefined;
  }
  const wrapping = passphrase === undefined ? undefined : await wrap(draft, passphrase, account);
  const stored: StoredKey = wrapping
    ? { kind: 'wrapped', wrapped: wrapping.wrapped }
    : { kind: 'open', key: trial.key };
  try {
    await putKey(account.keyRef, stored);
    const key = await openKey(account.keyRef, account, wrapping?.secret);
    if (!key) throw new Error('the store does not give back what was put into it');
    await signedHeaders({ keyId: account.keyId, key }, PATHS.balance, account.connectedAt);
  } catch {
    throw new Refused({ kind: 'no-store' });
  }
  return wrapping?.secret;
}

async function wrap(draft: KeyDraft, passphrase: string, owner: Owner): Promise<Wrapping> {
  const wrapping = await withPrivateKey(draft.privateKey, (found) => wrapKey(found, passphrase, owner));
  if (typeof wrapping === 'string') throw new Error('the key was read a moment ago'); // it cannot have changed
  return wrapping;
}
