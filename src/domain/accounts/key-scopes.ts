// What a key may do, derived from Kalshi's scopes (https://docs.kalshi.com/getting_started/api_keys).

import * as v from 'valibot';

/** The scopes of a key as Kalshi names them; null if unknown. */
export const scopesSchema = v.nullable(v.array(v.string()));
export type Scopes = v.InferOutput<typeof scopesSchema>;

/**
 * `balance`: the balance and nothing else · `seems-balance`: the same, as far as the requests that Kalshi refused show ·
 * `read`: read everything, change nothing · `trade`: act on markets · `money`: move money, and everything else ·
 * `unknown`: possibly anything.
 */
export type Power = 'balance' | 'seems-balance' | 'read' | 'trade' | 'money' | 'unknown';

/**
 * Stands for the scopes of a key that reads the balance, and to which Kalshi refuses both the list of API keys and a list
 * that `read` opens (kalshi/reads-balance-only.ts). It is not a scope of Kalshi's.
 */
export const SEEMS_BALANCE_ONLY: readonly string[] = ['seems-balance-only'];

/** The most that a key may do. An unknown scope counts as the most that its first word allows. */
export function powerOf(scopes: Scopes): Power {
  if (!scopes || scopes.length === 0) return 'unknown';
  if (scopes.length === 1 && scopes[0] === SEEMS_BALANCE_ONLY[0]) return 'seems-balance';
  const writes = scopes.filter((scope) => scope.startsWith('write'));
  if (writes.some((scope) => !ACTS_ON_MARKETS.includes(scope))) return 'money';
  if (writes.length > 0) return 'trade';
  if (scopes.some((scope) => scope !== 'read' && !scope.startsWith('read::'))) return 'unknown';
  return scopes.every((scope) => scope === BALANCE_ONLY) ? 'balance' : 'read';
}

const BALANCE_ONLY = 'read::portfolio_balance';
const ACTS_ON_MARKETS = ['write::trade', 'write::block_trade_accept', 'write::fcm_risk'];

/** From the least to the most. Unknown is the most: such a key may be able to do anything. */
const RANKS: readonly Power[] = ['balance', 'seems-balance', 'read', 'trade', 'money', 'unknown'];

function rank(scopes: Scopes): number {
  return RANKS.indexOf(powerOf(scopes));
}

/** Whether a key is known to do more than read. */
export function canAct(scopes: Scopes): boolean {
  return ['trade', 'money'].includes(powerOf(scopes));
}

/** Whether a key is saved only with consent: it can do more than read, or its scopes are unknown. */
export function needsConsent(scopes: Scopes): boolean {
  return rank(scopes) > RANKS.indexOf('read');
}

/** Whether a key may do more than the user has agreed to. */
export function isWider(scopes: Scopes, accepted: Scopes): boolean {
  return rank(scopes) > rank(accepted);
}

/**
 * Whether a key may be saved with the user's consent: it needs none, or may do no more than the screen said.
 * @param accepted the scopes on the screen when the user consented; undefined without consent
 */
export function isConsented(scopes: Scopes, accepted: Scopes | undefined): boolean {
  return !needsConsent(scopes) || (accepted !== undefined && !isWider(scopes, accepted));
}

/** The scopes of a key from several sources, some of which may be unknown: those that allow the most. */
export function strictest(...known: (Scopes | undefined)[]): Scopes {
  const fetched = known.filter((scopes) => scopes !== undefined && scopes !== null);
  return fetched.reduce<Scopes>((most, next) => (most && rank(most) >= rank(next) ? most : next), null);
}

/** Whether a key may read more than the balance; true if its scopes are unknown. */
export function canReadPortfolio(scopes: Scopes): boolean {
  return scopes === null || scopes.includes('read');
}
