// What a key may do, in plain words: from Kalshi's scopes (https://docs.kalshi.com/getting_started/api_keys).

import * as v from 'valibot';
import type { MessageKey } from './words.ts';

/** The scopes of a key as Kalshi names them; null where Kalshi does not tell this key. */
export const scopesSchema = v.nullable(v.array(v.string()));
export type Scopes = v.InferOutput<typeof scopesSchema>;

/**
 * `balance`: the balance and nothing else · `read`: read everything, change nothing · `trade`: act on markets ·
 * `money`: move money out of the account, and whatever else · `unknown`: nobody said, so it may be anything.
 */
export type Power = 'balance' | 'read' | 'trade' | 'money' | 'unknown';

/** The most that a key may do. A scope never heard of counts as the worst its first word allows. */
export function powerOf(scopes: Scopes): Power {
  if (!scopes || scopes.length === 0) return 'unknown';
  const writes = scopes.filter((scope) => scope.startsWith('write'));
  if (writes.some((scope) => !ACTS_ON_MARKETS.includes(scope))) return 'money';
  if (writes.length > 0) return 'trade';
  if (scopes.some((scope) => scope !== 'read' && !scope.startsWith('read::'))) return 'unknown';
  return scopes.every((scope) => scope === BALANCE_ONLY) ? 'balance' : 'read';
}

const BALANCE_ONLY = 'read::portfolio_balance';
const ACTS_ON_MARKETS = ['write::trade', 'write::block_trade_accept', 'write::fcm_risk'];

/** Whether a key can do more than look: such a key is kept only if the user says so in so many words. */
export function canAct(scopes: Scopes): boolean {
  return ['trade', 'money'].includes(powerOf(scopes));
}

/** Whether a key may read more than the balance, as far as anybody knows. */
export function mayRead(scopes: Scopes): boolean {
  return scopes === null || scopes.includes('read');
}

/** How each power is said. */
export const POWER_NAMES: Record<Power, MessageKey> = {
  balance: 'powerBalance',
  read: 'powerRead',
  trade: 'powerTrade',
  money: 'powerMoney',
  unknown: 'powerUnknown',
};
