// Checking a key at the exchange before it is saved: can it read the balance, and what else is it allowed to do? Nothing
// is written but, in the session, the scopes that were found.

import type { CheckedKey, KeyDraft } from '../../commands/commands.ts';
import type { Problem, Result } from '../../commands/problem.ts';
import type { Environment } from '../../domain/accounts/account.ts';
import { parseKeyId } from '../../domain/accounts/key-id.ts';
import { canReadPortfolio, SEEMS_BALANCE_ONLY } from '../../domain/accounts/key-scopes.ts';
import { connectedKeyIds } from '../../domain/accounts/state.ts';
import { perpsAfter, UNKNOWN_PERPS, withPerps } from '../../domain/balance/perps.ts';
import { type HostName, hostsToTry, preferredHost } from '../../domain/polling/host-choice.ts';
import { fetchMaintenance } from '../../kalshi/exchange-status.ts';
import { fetchBalanceFrom } from '../../kalshi/failover.ts';
import type { BalanceReply } from '../../kalshi/fetch-balance.ts';
import { fetchPerps, type PerpsReply } from '../../kalshi/fetch-perps.ts';
import { fetchKeyScopes } from '../../kalshi/key-scopes.ts';
import { isRefusedReadList } from '../../kalshi/reads-balance-only.ts';
import type { Signer } from '../../kalshi/sign.ts';
import { writeCheckedScopes } from '../../storage/session.ts';
import { type ImportedKey, importPrivateKey } from '../../vault/import-key.ts';
import { withKeyLock } from '../keys/key-lock.ts';
import { grantedHosts, rememberHost } from '../polling/hosts.ts';
import { transport } from '../polling/request-context.ts';
import { getReadyState } from '../store.ts';
import type { WorkerMemory } from '../worker-memory.ts';

/** What the exchange returned for a key. */
interface KeyResponse {
  /** The figures contain the equity of perps if it could be read. */
  reply: BalanceReply;
  /** `failed` if it was not requested. */
  perps: PerpsReply;
  /** undefined if the exchange did not return them, or the balance could not be read. */
  scopes: string[] | undefined;
  /** The key IDs of connected accounts of the same money; undefined if that is unknown. */
  sameMoney: string[] | undefined;
}

/** A key in memory, with what the exchange returned for it. */
export interface CheckedDraft extends ImportedKey, KeyResponse {
  keyId: string;
}

/** Checks a key in memory. */
export async function checkKey(memory: WorkerMemory, draft: KeyDraft): Promise<Result<CheckedKey>> {
  const checked = await checkDraft(memory, draft);
  if ('kind' in checked) return { ok: false, problem: checked };
  const { keyId, keyType, scopes, reply } = checked;
  if (!reply.ok) return { ok: false, problem: { kind: 'exchange', failure: reply.failure } };
  const { environment } = draft;
  // Saving fetches them again, and may get no response then.
  if (scopes) await writeCheckedScopes(environment, keyId, scopes).catch(() => undefined);
  return { ok: true, value: { environment, keyId, keyType, scopes: scopes ?? null, figures: reply.figures } };
}

/** Decodes a key and its ID, and checks them at the exchange. @returns the problem, if no request was sent */
export async function checkDraft(memory: WorkerMemory, draft: KeyDraft): Promise<CheckedDraft | Problem> {
  const keyId = parseKeyId(draft);
  if ('fault' in keyId) return { kind: 'key-id', fault: keyId.fault };
  const imported = await importPrivateKey(draft.privateKey);
  if (typeof imported === 'string') return { kind: 'key-file', fault: imported };
  const response = await checkAtExchange(memory, draft.environment, { keyId: keyId.id, key: imported.key });
  return 'kind' in response ? response : { ...imported, ...response, keyId: keyId.id };
}

/** Checks a key. @returns the problem, if no request was sent */
export async function checkAtExchange(
  memory: WorkerMemory,
  environment: Environment,
  signer: Signer,
): Promise<KeyResponse | Problem> {
  const granted = await grantedHosts(environment);
  if (granted.length === 0) return { kind: 'exchange', failure: { kind: 'permission-missing' } };
  return withKeyLock(memory, signer.keyId, () => requestKeyCheck(memory, environment, signer, granted));
}

async function requestKeyCheck(
  memory: WorkerMemory,
  environment: Environment,
  signer: Signer,
  granted: readonly HostName[],
): Promise<KeyResponse> {
  const state = await getReadyState(memory);
  const hosts = hostsToTry(granted, preferredHost(state.hosts, environment, Date.now()), 0);
  const requests = { transport, environment, signer, clockOffset: 0 };
  const reply = await fetchBalanceFrom(requests, hosts);
  const context = { ...requests, host: reply.host };
  if (reply.ok) {
    await rememberHost(memory, environment, hosts, reply);
    const signed = { ...context, clockOffset: reply.clockOffset };
    const others = connectedKeyIds(state, environment);
    const found = await fetchKeyScopes(signed, others);
    const sameMoney = found.kind === 'known' ? found.sameMoney : undefined;
    const isBalanceOnly = found.kind === 'refused' && (await isRefusedReadList(signed));
    const scopes =
      found.kind === 'known' ? found.scopes : isBalanceOnly ? [...SEEMS_BALANCE_ONLY] : undefined;
    // Part of the total: without it, the first balance that is shown would be too low.
    const perps: PerpsReply = canReadPortfolio(scopes ?? null)
      ? await fetchPerps(signed)
      : { kind: 'failed' };
    const figures = withPerps(reply.figures, perpsAfter(UNKNOWN_PERPS, perps, Date.now()));
    return { reply: { ...reply, figures }, perps, scopes, sameMoney };
  }
  const { kind } = reply.failure;
  const isExchangeError = kind === 'exchange-error' || kind === 'maintenance';
  const maintenance = isExchangeError ? await fetchMaintenance(context) : 'open';
  const failure = maintenance && maintenance !== 'open' ? maintenance : reply.failure;
  return { reply: { ...reply, failure }, perps: { kind: 'failed' }, scopes: undefined, sameMoney: undefined };
}
