// Whether keys may read more than the balance. In a file of its own: the popup loads it after the figures.

import { canReadPortfolio } from '../domain/accounts/key-scopes.ts';
import type { DisplayedAccount } from './displayed-account.ts';

/** Whether every key may read holdings and results, as far as its scopes and Kalshi's refusals say. */
export function isPortfolioReadable({ sums, members }: DisplayedAccount): boolean {
  return sums?.readable !== false && members.every(({ scopes }) => canReadPortfolio(scopes));
}
