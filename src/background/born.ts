// Key pairs born here: made and kept first, because the private half has no other place; connected when Kalshi has
// given the public half a key ID.

import type { Commands, Problem, Result } from '../platform/commands.ts';
import { dropSecrets, keepSecret } from '../platform/session.ts';
import { readState } from '../platform/state.ts';
import { writeState } from '../platform/write-state.ts';
import { type Account, MIN_PASSPHRASE, type Pending } from '../portfolio/account.ts';
import { FRESH_PACE } from '../portfolio/pace.ts';
import { canAct } from '../portfolio/scopes.ts';
import { withFigures } from '../portfolio/snapshot.ts';
import { generateKey } from '../vault/generate.ts';
import { putKey } from '../vault/store.ts';
import { changing } from './changing.ts';
import { readKeyId } from './connect.ts';
import { keyOf } from './keys.ts';
import { nextDay, remember } from './record.ts';
import { removeUnreferenced } from './tidy.ts';
import { tryAtExchange } from './trial.ts';
import { STORE_LIMIT_MS, within } from './within.ts';

/** Makes a pair and keeps it, in the place of one that was still waiting. */
export async function createPair(wish: Commands['pair/create']['takes']): Promise<Result<null>> {
  const { passphrase, ...kind } = wish;
  if (passphrase !== undefined && passphrase.length < MIN_PASSPHRASE)
    return failed({ kind: 'passphrase-short' });
  const id = crypto.randomUUID();
  const born = await generateKey(kind.keyType, passphrase, { ...kind, id });
  const protection = passphrase === undefined ? 'none' : 'passphrase';
  const pending: Pending = {
    id,
    ...kind,
    keyRef: crypto.randomUUID(),
    protection,
    publicPem: born.publicPem,
  };
  return changingKeys(async () => {
    await within(STORE_LIMIT_MS, putKey(pending.keyRef, born.stored));
    if (born.secret) await keepSecret(id, born.secret);
    await writeState({ pending });
    return null;
  });
}

/** Removes a pair that was never connected. */
export function discardPair(): Promise<Result<null>> {
  return changingKeys(async () => {
    const { pending } = await readState();
    await writeState({ pending: null });
    if (pending) await dropSecrets([pending.id]);
    return null;
  });
}

/** Tries the waiting pair with its key ID; an account, if Kalshi accepts it. The pair stays whatever is answered. */
export async function connectPair(
  takes: Commands['pair/connect']['takes'],
): Promise<Result<{ accountId: string }>> {
  const { pending } = await readState();
  const keyId = readKeyId({ keyId: takes.keyId, privateKey: '' });
  if ('fault' in keyId) return failed({ kind: 'key-id', fault: keyId.fault });
  if (!pending) return failed({ kind: 'internal' });
  const { environment } = pending;
  const key = await keyOf(pending);
  if (!key) return failed({ kind: 'exchange', failure: { kind: 'key-missing' } });
  const answer = await tryAtExchange(environment, { keyId: keyId.id, key });
  if ('kind' in answer) return failed(answer);
  const { reply, scopes } = answer;
  if (!reply.ok) return failed({ kind: 'exchange', failure: reply.failure });
  if (canAct(scopes) && !takes.evenIfItCanAct) return failed({ kind: 'can-act', scopes });

  const now = Date.now();
  const { publicPem: _, ...kept } = pending;
  const account: Account = { ...kept, label: '', keyId: keyId.id, scopes, scopesAt: now, connectedAt: now };
  const connected = await changingKeys(async () => {
    const { accounts, settings } = await readState();
    const day = nextDay(null, reply, settings.periodSeconds * 1000);
    const snapshot = withFigures(reply.figures);
    const pace = { ...FRESH_PACE, attemptedAt: now, clockOffset: reply.clockOffset };
    await writeState({
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
function changingKeys<T>(work: () => Promise<T>): Promise<Result<T>> {
  return changing(async () => {
    const done = await work();
    await removeUnreferenced();
    return done;
  });
}

function failed(problem: Problem): { ok: false; problem: Problem } {
  return { ok: false, problem };
}
