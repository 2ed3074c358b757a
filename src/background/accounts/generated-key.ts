// Key pairs that are generated here: generated and stored first, because the private key exists nowhere else; connected
// when Kalshi has issued a key ID for the public key.

import type { Commands } from '../../commands/commands.ts';
import type { Problem, Result } from '../../commands/problem.ts';
import { type Account, moneyIdOf, type PendingKey } from '../../domain/accounts/account.ts';
import { NO_DATA } from '../../domain/accounts/account-data.ts';
import { parseKeyId } from '../../domain/accounts/key-id.ts';
import { isConsented } from '../../domain/accounts/key-scopes.ts';
import { passphraseError } from '../../domain/accounts/passphrase.ts';
import { isLocked, type ReadyState } from '../../domain/accounts/state.ts';
import { NO_ATTEMPT } from '../../domain/polling/backoff.ts';
import { writeAttempt } from '../../storage/session.ts';
import { generateKey } from '../../vault/generate-key.ts';
import { putKey } from '../../vault/key-store.ts';
import { lockCount, lockedSince, lockSecret, unlockSecret } from '../keys/lock-state.ts';
import { openAccountKey } from '../keys/open-key.ts';
import { appendToHistory } from '../polling/save-result.ts';
import { CommandRefused, refuseIfLockedSince, runChange } from '../run-change.ts';
import { getReadyState, type Write } from '../store.ts';
import type { WorkerMemory } from '../worker-memory.ts';
import { checkAtExchange } from './check-key.ts';
import { checkedRecord } from './checked-record.ts';
import { keyHashOf } from './key-hash.ts';
import { deleteOrphanKeys } from './remove-account.ts';

/** Generates a key pair and stores it, in place of a pending one. */
export async function createKeyPair(
  memory: WorkerMemory,
  { passphrase, ...kind }: Commands['pair/create']['params'],
): Promise<Result<null>> {
  const locksBefore = lockCount(memory);
  const fault = passphrase === undefined ? null : passphraseError(passphrase);
  if (fault) return failed({ kind: 'passphrase-refused', fault });
  const id = crypto.randomUUID();
  const generated = await generateKey(kind.keyType, passphrase, { ...kind, id });
  const pending: PendingKey = {
    id,
    ...kind,
    keyRef: crypto.randomUUID(),
    protection: passphrase === undefined ? 'none' : 'passphrase',
    publicPem: generated.publicPem,
  };
  return updateKeys(memory, async (state, write) => {
    await putKey(pending.keyRef, generated.stored);
    if (generated.secret && lockedSince(memory, locksBefore, id)) {
      await deleteOrphanKeys(memory).catch(() => undefined);
      throw new CommandRefused({ kind: 'interrupted' });
    }
    if (state.pending) await lockSecret(memory, state.pending.id);
    await write({ pending });
    if (generated.secret) await unlockSecret(memory, pending, generated.secret, locksBefore);
    return null;
  });
}

/** Deletes the pending key pair. */
export function discardKeyPair(memory: WorkerMemory): Promise<Result<null>> {
  return updateKeys(memory, async (state, write) => {
    if (state.pending) await lockSecret(memory, state.pending.id);
    await write({ pending: null });
    await deleteOrphanKeys(memory).catch(() => {
      throw new CommandRefused({ kind: 'not-deleted' });
    });
    return null;
  });
}

/** Checks the pending key pair with its key ID, and makes an account of it if Kalshi accepts it. Otherwise it stays. */
export async function connectKeyPair(
  memory: WorkerMemory,
  { keyId: entered, acceptScopes }: Commands['pair/connect']['params'],
): Promise<Result<{ accountId: string }>> {
  const locksBefore = lockCount(memory);
  const { pending, accounts } = await getReadyState(memory);
  const keyId = parseKeyId({ keyId: entered, privateKey: '' });
  if ('fault' in keyId) return failed({ kind: 'key-id', fault: keyId.fault });
  if (!pending) return failed({ kind: 'internal' });
  const key = await openAccountKey(pending).catch(() => null);
  if (key === null) return failed({ kind: 'storage' });
  if (!key) return failed({ kind: 'exchange', failure: { kind: 'key-missing' } });
  const response = await checkAtExchange(memory, pending.environment, { keyId: keyId.id, key });
  if ('kind' in response) return failed(response);
  const { reply } = response;
  if (!reply.ok) return failed({ kind: 'exchange', failure: reply.failure });
  const scopes = response.scopes ?? null;
  if (!isConsented(scopes, acceptScopes)) return failed({ kind: 'can-act', scopes });

  const now = Date.now();
  const { publicPem: _, ...kept } = pending;
  const account: Account = {
    ...kept,
    label: '',
    keyId: keyId.id,
    keyHash: await keyHashOf(pending.environment, keyId.id),
    moneyId: moneyIdOf(kept, response.sameMoney, accounts),
    scopes,
    acceptedScopes: scopes,
    scopesAt: response.scopes ? now : 0,
    connectedAt: now,
  };
  const connected = await updateKeys(memory, async (current, write) => {
    const locked =
      lockedSince(memory, locksBefore, account.id) || (current.pending && isLocked(current, current.pending));
    if (current.pending?.keyRef !== pending.keyRef || locked)
      throw new CommandRefused({ kind: 'interrupted' });
    const data = checkedRecord(NO_DATA, response, current.settings.periodSeconds * 1000, now);
    await writeAttempt(account.id, { ...NO_ATTEMPT, attemptedAt: now }).catch(() => undefined);
    refuseIfLockedSince(memory, locksBefore, account.id);
    await write({ accounts: [...current.accounts, account], pending: null, data: { [account.id]: data } });
    return { accountId: account.id };
  });
  if (connected.ok) await appendToHistory(memory, account, null, reply);
  return connected;
}

/** The same as every change, and keys that nothing refers to any more are deleted. */
function updateKeys<T>(
  memory: WorkerMemory,
  work: (state: ReadyState, write: Write) => Promise<T>,
): Promise<Result<T>> {
  return runChange(memory, async (state, write) => {
    const done = await work(state, write);
    await deleteOrphanKeys(memory).catch(() => undefined); // the next browser start deletes them
    return done;
  });
}

function failed(problem: Problem): { ok: false; problem: Problem } {
  return { ok: false, problem };
}
