// Key pairs born here: made and kept first, because the private half has no other place; connected when Kalshi has
// given the public half a key ID.

import type { Commands, Problem, Result } from '../../platform/messages.ts';
import type { Account, PendingKey } from '../../portfolio/account.ts';
import { INITIAL_BACKOFF } from '../../portfolio/backoff.ts';
import { needsConsent } from '../../portfolio/key-scopes.ts';
import { passphraseError } from '../../portfolio/passphrase.ts';
import { snapshotWithBalance } from '../../portfolio/snapshot.ts';
import { type ReadyState, readState } from '../../storage/state.ts';
import { writeState } from '../../storage/write-state.ts';
import { generateKey } from '../../vault/generate-key.ts';
import { putKey } from '../../vault/key-store.ts';
import { nextDay, remember } from '../polling/save-result.ts';
import { checkAtExchange } from './check-key.ts';
import { deleteOrphanKeys } from './delete-orphans.ts';
import { lockCount, lockedSince, lockSecret, unlockSecret } from './lock-state.ts';
import { openAccountKey } from './open-key.ts';
import { parseKeyId } from './save-key.ts';
import { changing, Refused } from './update-accounts.ts';

/** Makes a pair and keeps it, in the place of one that was still waiting. */
export async function createKeyPair(wish: Commands['pair/create']['takes']): Promise<Result<null>> {
  const before = lockCount();
  const { passphrase, ...kind } = wish;
  const fault = passphrase === undefined ? null : passphraseError(passphrase);
  if (fault) return failed({ kind: 'passphrase-refused', fault });
  const id = crypto.randomUUID();
  const born = await generateKey(kind.keyType, passphrase, { ...kind, id });
  const protection = passphrase === undefined ? 'none' : 'passphrase';
  const pending: PendingKey = {
    id,
    ...kind,
    keyRef: crypto.randomUUID(),
    protection,
    publicPem: born.publicPem,
  };
  return changingKeys(async (state) => {
    await putKey(pending.keyRef, born.stored);
    if (born.secret && lockedSince(before, id)) {
      await deleteOrphanKeys().catch(() => undefined);
      throw new Refused({ kind: 'interrupted' });
    }
    if (state.pending) await lockSecret(state.pending.id);
    await writeState(state, { pending });
    if (born.secret) await unlockSecret(id, born.secret, before);
    return null;
  });
}

/** Removes a pair that was never connected. */
export function discardKeyPair(): Promise<Result<null>> {
  return changingKeys(async (state) => {
    if (state.pending) await lockSecret(state.pending.id);
    await writeState(state, { pending: null });
    return null;
  });
}

/** Tries the waiting pair with its key ID; an account, if Kalshi accepts it. The pair stays whatever is answered. */
export async function connectKeyPair(
  takes: Commands['pair/connect']['takes'],
): Promise<Result<{ accountId: string }>> {
  const before = lockCount();
  const read = await readState();
  if (read.kind === 'unreadable') return failed({ kind: 'unreadable' });
  const { pending } = read;
  const keyId = parseKeyId({ keyId: takes.keyId, privateKey: '' });
  if ('fault' in keyId) return failed({ kind: 'key-id', fault: keyId.fault });
  if (!pending) return failed({ kind: 'internal' });
  const { environment } = pending;
  const key = await openAccountKey(pending).catch(() => null);
  if (key === null) return failed({ kind: 'storage' });
  if (!key) return failed({ kind: 'exchange', failure: { kind: 'key-missing' } });
  const answer = await checkAtExchange(environment, { keyId: keyId.id, key });
  if ('kind' in answer) return failed(answer);
  const { reply, told } = answer;
  if (!reply.ok) return failed({ kind: 'exchange', failure: reply.failure });
  const scopes = told ?? null;
  if (needsConsent(scopes) && !takes.acceptPower) return failed({ kind: 'can-act', scopes });

  const now = Date.now();
  const { publicPem: _, ...kept } = pending;
  const account: Account = {
    ...kept,
    label: '',
    keyId: keyId.id,
    scopes,
    acceptedScopes: scopes,
    scopesAt: told ? now : 0,
    connectedAt: now,
  };
  const connected = await changingKeys(async (state) => {
    const { accounts, settings } = state;
    const locked = lockedSince(before, account.id) || (state.pending && state.isLocked(state.pending));
    if (state.pending?.keyRef !== pending.keyRef || locked) throw new Refused({ kind: 'interrupted' });
    const day = nextDay(null, reply, settings.periodSeconds * 1000);
    const snapshot = snapshotWithBalance(reply.figures);
    const pace = { ...INITIAL_BACKOFF, attemptedAt: now, clockOffset: reply.clockOffset };
    await writeState(state, {
      accounts: [...accounts, account],
      pending: null,
      of: { id: account.id, snapshot, pace, day },
    });
    return { accountId: account.id };
  });
  if (connected.ok) await remember(account, reply);
  return connected;
}

/** The same as every change, and keys that nothing refers to any more go. */
function changingKeys<T>(work: (state: ReadyState) => Promise<T>): Promise<Result<T>> {
  return changing(async (state) => {
    const done = await work(state);
    await deleteOrphanKeys();
    return done;
  });
}

function failed(problem: Problem): { ok: false; problem: Problem } {
  return { ok: false, problem };
}
