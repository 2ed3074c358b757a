// Connecting an account: check → save → forget. A key is written only after the exchange has answered for it, or
// when the user insists because nobody could be asked.

import { PATHS } from '../kalshi/paths.ts';
import { signedHeaders } from '../kalshi/sign.ts';
import type { CheckedKey, KeyDraft, Problem, Result, SaveChoices } from '../platform/commands.ts';
import { eraseHistory } from '../platform/history.ts';
import { eraseHoldings } from '../platform/holdings.ts';
import { dropSecrets, keepSecret, keepWrapped } from '../platform/session.ts';
import { readState } from '../platform/state.ts';
import { eraseAccount, writeState } from '../platform/write-state.ts';
import { type Account, type KeyIdFault, MIN_PASSPHRASE } from '../portfolio/account.ts';
import { OUTCOMES } from '../portfolio/outcome.ts';
import { FRESH_PACE } from '../portfolio/pace.ts';
import { canAct } from '../portfolio/scopes.ts';
import { NO_SNAPSHOT, withFailure, withFigures } from '../portfolio/snapshot.ts';
import { type ImportedKey, importPrivateKey, withPrivateKey } from '../vault/import.ts';
import { findKeyIds } from '../vault/pem.ts';
import { openKey, putKey, type StoredKey } from '../vault/store.ts';
import { type Owner, toText, type Wrapping, wrapKey } from '../vault/wrap.ts';
import { changing } from './changing.ts';
import { abandonPoll } from './poll.ts';
import { nextDay, remember } from './record.ts';
import { removeUnreferenced } from './tidy.ts';
import { type Answer, tryAtExchange } from './trial.ts';
import { STORE_LIMIT_MS, within } from './within.ts';

/** A key in memory and what the exchange said to it. */
interface Trial extends ImportedKey, Answer {
  keyId: string;
}

/** Tries a key in memory: nothing is written. */
export async function checkKey(draft: KeyDraft): Promise<Result<CheckedKey>> {
  const trial = await tryKey(draft);
  if ('kind' in trial) return { ok: false, problem: trial };
  const { keyId, keyType, scopes, reply } = trial;
  if (!reply.ok) return { ok: false, problem: { kind: 'exchange', failure: reply.failure } };
  const { environment } = draft;
  return { ok: true, value: { environment, keyId, keyType, scopes, figures: reply.figures } };
}

/** Tries a key and keeps it, unless the exchange refused it or it can do more than anyone insisted on. */
export async function saveKey(draft: KeyDraft & SaveChoices): Promise<Result<{ accountId: string }>> {
  if (draft.passphrase !== undefined && draft.passphrase.length < MIN_PASSPHRASE) {
    return { ok: false, problem: { kind: 'passphrase-short' } };
  }
  const trial = await tryKey(draft);
  if ('kind' in trial) return { ok: false, problem: trial };
  const { reply, scopes } = trial;
  if (!reply.ok && !(draft.evenUnchecked && OUTCOMES[reply.failure.kind].savable)) {
    return { ok: false, problem: { kind: 'exchange', failure: reply.failure } };
  }
  if (canAct(scopes) && !draft.evenIfItCanAct) return { ok: false, problem: { kind: 'can-act', scopes } };
  const kept = await changing(
    () => keep(draft, trial),
    (error) => ({ kind: error instanceof NoStore ? 'no-store' : 'storage' }),
  );
  if (!kept.ok) return kept;
  await remember(kept.value, reply);
  return { ok: true, value: { accountId: kept.value.id } };
}

/** Removes an account: first from the list, so that nothing polls it, then its key and all that is stored under it. */
export function forgetAccount(accountId: string): Promise<Result<null>> {
  return changing(async () => {
    const { accounts } = await readState();
    const forgotten = accounts.find(({ id }) => id === accountId);
    await writeState({ accounts: accounts.filter((account) => account !== forgotten) });
    await dropSecrets([accountId]);
    abandonPoll(accountId);
    await eraseAccount(accountId);
    await eraseRecords(accountId).catch(ifNoStore(forgotten));
    await removeUnreferenced().catch(ifNoStore(forgotten));
    return null;
  });
}

/** Removes what lies in databases under an account: its history, and what it held. */
async function eraseRecords(accountId: string): Promise<void> {
  await within(STORE_LIMIT_MS, eraseHistory(accountId));
  await within(STORE_LIMIT_MS, eraseHoldings(accountId));
}

async function tryKey(draft: KeyDraft): Promise<Trial | Problem> {
  const keyId = readKeyId(draft);
  if ('fault' in keyId) return { kind: 'key-id', fault: keyId.fault };
  const imported = await importPrivateKey(draft.privateKey);
  if (typeof imported === 'string') return { kind: 'key-file', fault: imported };
  const answer = await tryAtExchange(draft.environment, { keyId: keyId.id, key: imported.key });
  return 'kind' in answer ? answer : { ...imported, ...answer, keyId: keyId.id };
}

/** An API key ID as Kalshi makes them. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The key ID as it was typed; the one beside the key where the box was left empty. */
export function readKeyId({
  keyId,
  privateKey,
}: Pick<KeyDraft, 'keyId' | 'privateKey'>): { id: string } | { fault: KeyIdFault } {
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
async function keep(draft: KeyDraft & SaveChoices, trial: Trial): Promise<Account> {
  const { accounts, snapshotOf, dayOf, settings } = await readState();
  const old = accounts.find(({ id }) => id === draft.replaces) ?? sameKey(accounts, draft, trial);
  const now = Date.now();
  const account: Account = {
    id: old?.id ?? crypto.randomUUID(),
    label: old?.label ?? '',
    environment: draft.environment,
    keyId: trial.keyId,
    keyType: trial.keyType,
    scopes: trial.scopes,
    scopesAt: now,
    keyRef: crypto.randomUUID(),
    protection: draft.sessionOnly ? 'session' : draft.passphrase === undefined ? 'none' : 'passphrase',
    connectedAt: now,
  };
  await place(draft, trial, account);
  // Figures of the other environment are of other money.
  const same = old?.environment === draft.environment ? old : undefined;
  const before = same ? snapshotOf(same.id) : NO_SNAPSHOT;
  if (old && !same) await eraseRecords(old.id).catch(ifNoStore(account));
  const next = old ? accounts.map((each) => (each.id === old.id ? account : each)) : [...accounts, account];
  const { reply } = trial;
  const snapshot = reply.ok ? withFigures(reply.figures) : withFailure(before, reply.failure, now);
  const pace = { ...FRESH_PACE, attemptedAt: now, clockOffset: reply.clockOffset };
  const dayBefore = same ? dayOf(same.id) : null;
  const day = reply.ok ? nextDay(dayBefore, reply, settings.periodSeconds * 1000) : dayBefore;
  try {
    await writeState({ accounts: next, of: { id: account.id, snapshot, pace, day } });
  } catch (error) {
    await dropSecrets([account.id]);
    throw error;
  }
  await removeUnreferenced().catch(ifNoStore(account));
  return account;
}

/** The account of a key that is connected a second time: it is the same account, not another one. */
function sameKey(accounts: Account[], { environment }: KeyDraft, { keyId }: Trial): Account | undefined {
  return accounts.find((each) => each.keyId === keyId && each.environment === environment);
}

/** The browser's key store does not give back what was put into it. */
class NoStore extends Error {}

/** What a store that does not open holds of an account without a place on disk: nothing. For any other, it is a failure. */
function ifNoStore(account: Account | undefined): (error: unknown) => void {
  return (error) => {
    if (account?.protection !== 'session') throw error;
  };
}

/**
 * Puts the key where it is to be, in the form in which it is to be there: with a passphrase, no other is ever written.
 * Unlocked before the account is saved, so that it never shows as locked in between.
 * @throws NoStore if the store does not take it, or does not give it back for signing
 */
async function place(draft: KeyDraft & SaveChoices, trial: Trial, account: Account): Promise<void> {
  const { passphrase, sessionOnly } = draft;
  if (sessionOnly) {
    const { wrapped, secret } = await wrap(draft, crypto.randomUUID() + crypto.randomUUID(), account);
    await keepWrapped(account.id, toText(wrapped));
    return keepSecret(account.id, secret);
  }
  const wrapping = passphrase === undefined ? undefined : await wrap(draft, passphrase, account);
  const stored: StoredKey = wrapping
    ? { kind: 'wrapped', wrapped: wrapping.wrapped }
    : { kind: 'open', key: trial.key };
  try {
    await within(STORE_LIMIT_MS, putKey(account.keyRef, stored));
    const key = await within(STORE_LIMIT_MS, openKey(account.keyRef, account, wrapping?.secret));
    if (!key) throw new NoStore();
    await signedHeaders({ keyId: account.keyId, key }, PATHS.balance, account.connectedAt);
  } catch {
    throw new NoStore();
  }
  await (wrapping ? keepSecret(account.id, wrapping.secret) : dropSecrets([account.id]));
}

async function wrap(draft: KeyDraft, passphrase: string, owner: Owner): Promise<Wrapping> {
  const wrapping = await withPrivateKey(draft.privateKey, (found) => wrapKey(found, passphrase, owner));
  if (typeof wrapping === 'string') throw new Error('the key was read a moment ago'); // it cannot have changed
  return wrapping;
}
