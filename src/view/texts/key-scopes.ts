// What a key may do, as text.

import { type Power, powerOf, type Scopes } from '../../domain/accounts/key-scopes.ts';
import type { I18n, MessageKey } from './translate.ts';

const POWERS: Record<Power, MessageKey> = {
  balance: 'powerBalance',
  'seems-balance': 'powerSeemsBalance',
  read: 'powerRead',
  trade: 'powerTrade',
  money: 'powerMoney',
  unknown: 'powerUnknown',
};

/** The sentence that says what a key with these scopes may do. */
export function describeScopes(scopes: Scopes, i18n: I18n): string {
  return i18n.message(POWERS[powerOf(scopes)]);
}

/** The same for the owner of the key, with what is to be checked at Kalshi where Kalshi does not list the scopes. */
export function explainScopes(scopes: Scopes, i18n: I18n): string {
  const power = powerOf(scopes);
  if (power === 'unknown') return i18n.message('powerUnknownHint');
  if (power === 'seems-balance') return i18n.message('seemsBalanceOnly');
  return i18n.message('checkedPower', describeScopes(scopes, i18n));
}
