// Every host and path that this extension sends requests to. Nothing outside these tables is signed or sent, and only
// with GET. manifest.json lists the same hosts.

import type { Environment } from '../portfolio/account.ts';

/** The REST origins that Kalshi recommends (https://docs.kalshi.com/getting_started/api_environments). */
export const ORIGINS: Record<Environment, `https://${string}`> = {
  production: 'https://external-api.kalshi.com',
  demo: 'https://external-api.demo.kalshi.co',
};

/** The match pattern of the host permission for an environment. */
export function hostPattern(environment: Environment): string {
  return `${ORIGINS[environment]}/*`;
}

/** Paths from the host root, as they are signed (https://docs.kalshi.com/getting_started/api_keys). */
export const PATHS = {
  balance: '/trade-api/v2/portfolio/balance',
  apiKeys: '/trade-api/v2/api_keys',
  /** Requested without a signature. */
  exchangeStatus: '/trade-api/v2/exchange/status',
  positions: '/trade-api/v2/portfolio/positions',
  markets: '/trade-api/v2/markets',
  orders: '/trade-api/v2/portfolio/orders',
  settlements: '/trade-api/v2/portfolio/settlements',
  deposits: '/trade-api/v2/portfolio/deposits',
  withdrawals: '/trade-api/v2/portfolio/withdrawals',
} as const;

export type Path = (typeof PATHS)[keyof typeof PATHS];

/** The only method of a read-only client. */
export const METHOD = 'GET';
