// Saving a key: as a new account, or in place of the key of an existing one. A key is written only after the exchange has
// accepted it, or if the exchange could not be reached and the user agrees.

import type { KeyDraft, SaveChoices } from '../../commands/commands.ts';
import type { Result } from '../../commands/problem.ts';
import { type Account, moneyIdOf } from '../../domain/accounts/account.ts';
import { type AccountData, NO_DATA } from '../../domain/accounts/account-data.ts';
import { isConsented, strictest } from '../../domain/accounts/key-scopes.ts';
import { passphraseError } from '../../domain/accounts/passphrase.ts';
import { accountData, isLocked, type ReadyState } from '../../domain/accounts/state.ts';
import { UNKNOWN_PERPS } from '../../domain/balance/perps.ts';
import { NO_ATTEMPT } from '../../domain/polling/backoff.ts';
import { OUTCOMES } from '../../domain/polling/outcome.ts';
import { PATHS } from '../../kalshi/endpoints.ts';
import { signedHeaders } from '../../kalshi/sign.ts';
import { accessOf, nextGeneration } from '../../storage/records/open-records.ts';
import { readCheckedScopes, readSecrets, writeAttempt } from '../../storage/session.ts';
import { withPrivateKey } from '../../vault/import-key.ts';
import { openKey, putKey, type StoredKey } from '../../vault/key-store.ts';
import { type Owner, type Secret, type Wrapping, wrapKey } from '../../vault/passphrase-encryption.ts';
import { lockCount, lockedSince, lockSecret, unlockSecret } from '../keys/lock-state.ts';
import { finishReencryption, reencryptRecords } from '../keys/reencrypt-records.ts';
import { abortPoll } from '../polling/poll.ts';
import { appendToHistory } from '../polling/save-result.ts';
import { CommandRefused, refuseIfLockedSince, runChange } from '../run-change.ts';
import type { Write } from '../store.ts';
import type { LockCount, WorkerMemory } from '../worker-memory.ts';
import { type CheckedDraft, checkDraft } from './check-key.ts';
import { checkedRecord } from './checked-record.ts';
import { accountWithKey, keyHashOf } from './key-hash.ts';
import { deleteAccountRecords, deleteOrphanKeys } from './remove-account.ts';

/**
 * Checks a key and saves it, unless the exchange rejected it, or it can do more than the user has agreed to: by the most
 * that the check, this request and the account that has this key know.
 */
export async function saveKey(
  memory: WorkerMemory,
  draft: KeyDraft & SaveChoices,
): Promise<Result<{ accountId: string }>> {
  const locksBefore = lockCount(memory);
  const fault = draft.passphrase === undefined ? null : passphraseError(draft.passphrase);
  if (fault) return { ok: false, problem: { kind: 'passphrase-refused', fault } };
  const checked = await checkDraft(memory, draft);
  if ('kind' in checked) return { ok: false, problem: checked };
  const { reply, keyId } = checked;
  if (!reply.ok && !(draft.allowUnchecked && OUTCOMES[reply.failure.kind].savable)) {
    return { ok: false, problem: { kind: 'exchange', failure: reply.failure } };
  }
  const foundByCheck = await readCheckedScopes(draft.environment, keyId).catch(() => undefined);
  const saved = await runChange(memory, async (state, write) => {
    const stored = (await accountWithKey(state.accounts, draft.environment, keyId))?.scopes;
    const scopes = strictest(checked.scopes, foundByCheck, stored);
    if (!isConsented(scopes, draft.acceptScopes)) throw new CommandRefused({ kind: 'can-act', scopes });
    const known = { scopes, acceptedScopes: scopes, scopesAt: checked.scopes ? Date.now() : 0 };
    return saveAccount(memory, state, write, draft, checked, known, locksBefore);
  });
  if (!saved.ok) return saved;
  await appendToHistory(memory, saved.value, null, reply);
  void reencryptRecords(memory);
  return { ok: true, value: { accountId: saved.value.id } };
}

/**
 * Writes the key under a new reference, then the account that names it: a kill in between leaves the old account intact,
 * or a key that nothing refers to, which the next browser start deletes.
 */
async function saveAccount(
  memory: WorkerMemory,
  state: ReadyState,
  write: Write,
  draft: KeyDraft & SaveChoices,
  checked: CheckedDraft,
  known: Pick<Account, 'scopes' | 'acceptedScopes' | 'scopesAt'>,
  locksBefore: LockCount,
): Promise<Account> {
  const replaced = state.accounts.find(({ id }) => id === draft.replaces);
  if (draft.replaces !== undefined && !replaced) throw new CommandRefused({ kind: 'interrupted' }); // forgotten meanwhile
  const old = replaced ?? (await accountWithKey(state.accounts, draft.environment, checked.keyId));
  // Its records cannot be read without its passphrase, and stay with it.
  if (old && isLocked(state, old)) throw new CommandRefused({ kind: 'locked' });
  const keepsHistory = isSameMoney(state, old, draft, checked);
  // A new history begins under a new id: until the account is written, the old history stays.
  const id = old && keepsHistory ? old.id : crypto.randomUUID();
  const { environment } = draft;
  const before = keepsHistory && old ? { moneyId: old.moneyId } : {};
  const next: Account = {
    id,
    label: old?.label ?? '',
    environment,
    moneyId: moneyIdOf({ id, environment, ...before }, checked.sameMoney, state.accounts),
    keyId: checked.keyId,
    keyHash: await keyHashOf(environment, checked.keyId),
    keyType: checked.keyType,
    ...known,
    keyRef: crypto.randomUUID(),
    protection: draft.passphrase === undefined ? 'none' : 'passphrase',
    connectedAt: Date.now(),
  };
  let account = next;
  try {
    const secret = await writeKey(draft, checked, next);
    account = { ...next, ...(old && keepsHistory && { records: await recordsAfter(old, next, secret) }) };
    await writeAccount(memory, state, write, account, old, keepsHistory, checked, secret, locksBefore);
  } catch (error) {
    await deleteOrphanKeys(memory).catch(() => undefined);
    if (id !== old?.id) await deleteAccountRecords(id).catch(() => undefined);
    throw error;
  }
  await deleteOrphanKeys(memory).catch(() => undefined); // the next browser start deletes it
  if (old && !keepsHistory) await deleteAccountRecords(old.id).catch(() => undefined); // the next browser start does
  return account;
}

/** How the records of an account whose key is replaced are stored after that. */
async function recordsAfter(
  old: Account,
  next: Account,
  secret: Secret | undefined,
): Promise<Account['records']> {
  if (old.protection === 'none' && next.protection === 'none') return old.records;
  await finishReencryption(old);
  const before = old.protection === 'none' ? null : (await readSecrets())[old.id]?.records;
  if (before === undefined) throw new CommandRefused({ kind: 'locked' });
  return nextGeneration(old, before, secret?.records ?? null);
}

/**
 * Whether the balance and history of the replaced key are of the same money as the new key's: Kalshi accepted the new one
 * under the same ID, or lists the old one beside it, or the user says so.
 * @throws CommandRefused with `other-member` if that is unknown and the user has not said it
 */
function isSameMoney(
  state: ReadyState,
  old: Account | undefined,
  { environment, history }: KeyDraft & SaveChoices,
  { keyId, sameMoney, reply }: CheckedDraft,
): boolean {
  if (old?.environment !== environment) return false;
  if ((reply.ok && old.keyId === keyId) || sameMoney?.includes(old.keyId)) return true;
  if (accountData(state, old.id).snapshot.figures === null) return old.keyId === keyId; // there is no history to keep
  if (history === undefined) throw new CommandRefused({ kind: 'other-member' });
  return history === 'keep';
}

/**
 * Writes the account that names the new key, and unlocks it if a passphrase protects it.
 * @throws CommandRefused with `interrupted` if it was locked or forgotten since `locksBefore`
 */
async function writeAccount(
  memory: WorkerMemory,
  state: ReadyState,
  write: Write,
  account: Account,
  old: Account | undefined,
  keepsHistory: boolean,
  checked: CheckedDraft,
  secret: Secret | undefined,
  locksBefore: LockCount,
): Promise<void> {
  const ids = [account.id, ...(old ? [old.id] : [])];
  const canLock = secret !== undefined || old !== undefined;
  const refuseIfLocked = (count: LockCount) => {
    if (canLock) refuseIfLockedSince(memory, count, ...ids);
  };
  const before = keepsHistory ? unconfirmed(accountData(state, account.id)) : NO_DATA;
  const now = account.connectedAt;
  const data = checkedRecord(before, checked, state.settings.periodSeconds * 1000, now);
  const accounts = old
    ? state.accounts.map((each) => (each.id === old.id ? account : each))
    : [...state.accounts, account];

  const oldSecret = old && (await readSecrets())[old.id];
  refuseIfLocked(locksBefore);
  if (old) abortPoll(memory, old.id);
  // The old secret does not decrypt the new key. Killed from here on, the account is locked, not broken.
  const locks = old ? await lockSecret(memory, old.id) : locksBefore;
  await writeAttempt(account.id, { ...NO_ATTEMPT, attemptedAt: now }).catch(() => undefined);
  refuseIfLocked(locks);
  const { settings, settingsReadable } = state;
  const isShown = settingsReadable && old !== undefined && settings.shownAccount === old.id;
  await write({
    accounts,
    data: { [account.id]: data },
    ...(secret && { secrets: { [account.id]: accessOf(account, secret) } }),
    ...(isShown && { settings: { ...settings, shownAccount: account.id } }),
  });
  if (canLock && ids.some((id) => lockedSince(memory, locks, id))) {
    // Locked or forgotten during the write: everything is as it was before.
    await write({
      accounts: [...state.accounts],
      ...(old && {
        data: { [old.id]: accountData(state, old.id) },
        ...(oldSecret && { secrets: { [old.id]: accessOf(old, oldSecret) } }),
      }),
      ...(isShown && { settings }),
    });
    refuseIfLocked(locks);
  }
  if (secret !== undefined) await unlockSecret(memory, account, secret, locks);
}

/** What is kept for another key of the same money: what depends on what the old one could read is requested again. */
function unconfirmed(data: AccountData): AccountData {
  const { perps, transfers } = data;
  return {
    ...data,
    perps: perps.status === 'readable' ? perps : UNKNOWN_PERPS,
    otherSubaccounts: null,
    transfers:
      transfers && transfers.status !== 'unreadable' ? { ...transfers, status: 'unconfirmed' } : null,
  };
}

/**
 * Stores the key in the form in which it is to stay: with a passphrase, no other form is ever written.
 * @returns the secret that decrypts it, if a passphrase protects it
 * @throws CommandRefused with `no-store` if the key store does not take the key, or does not return it for signing
 */
async function writeKey(
  draft: KeyDraft & SaveChoices,
  checked: CheckedDraft,
  account: Account,
): Promise<Secret | undefined> {
  const { passphrase } = draft;
  const wrapping = passphrase === undefined ? undefined : await wrap(draft, passphrase, account);
  const stored: StoredKey = wrapping
    ? { kind: 'wrapped', wrapped: wrapping.wrapped }
    : { kind: 'open', key: checked.key };
  try {
    await putKey(account.keyRef, stored);
    const key = await openKey(account.keyRef, account, wrapping?.secret);
    if (!key) throw new Error('the key store did not return the key');
    await signedHeaders({ keyId: account.keyId, key }, PATHS.balance, account.connectedAt);
  } catch {
    throw new CommandRefused({ kind: 'no-store' });
  }
  return wrapping?.secret;
}

async function wrap(draft: KeyDraft, passphrase: string, owner: Owner): Promise<Wrapping> {
  const wrapping = await withPrivateKey(draft.privateKey, (found) => wrapKey(found, passphrase, owner));
  if (typeof wrapping === 'string') throw new Error('the key could be read before'); // it cannot have changed
  return wrapping;
}
