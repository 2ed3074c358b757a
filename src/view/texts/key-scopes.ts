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
