// Every host and path that this extension sends requests to. Nothing outside this file is signed or sent, and only with
// GET. manifest.json lists the same hosts.

import type { Environment } from '../domain/accounts/account.ts';
import { HOST_NAMES, type HostName } from '../domain/polling/host-choice.ts';

/**
 * The REST origins: those that Kalshi recommends, and the older ones that it supports too
 * (https://docs.kalshi.com/getting_started/api_environments). Both serve the same accounts. A signature does not contain
 * the host, so it is valid on both.
 */
export const ORIGINS: Record<Environment, Record<HostName, `https://${string}`>> = {
  production: {
    recommended: 'https://external-api.kalshi.com',
    alternative: 'https://api.elections.kalshi.com',
  },
  demo: {
    recommended: 'https://external-api.demo.kalshi.co',
    alternative: 'https://demo-api.kalshi.co',
  },
};

/** The match pattern of the permission for a host. */
export function hostPattern(environment: Environment, host: HostName): string {
  return `${ORIGINS[environment][host]}/*`;
}

/** The match patterns of the permissions for both hosts of an environment. */
export function hostPatterns(environment: Environment): string[] {
  return HOST_NAMES.map((host) => hostPattern(environment, host));
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
  fills: '/trade-api/v2/portfolio/fills',
  /** Fills, and markets, that are older than the cutoff (https://docs.kalshi.com/getting_started/historical_data). */
  historicalFills: '/trade-api/v2/historical/fills',
  historicalMarkets: '/trade-api/v2/historical/markets',
  historicalPositions: '/trade-api/v2/historical/positions',
  historicalCutoff: '/trade-api/v2/historical/cutoff',
  deposits: '/trade-api/v2/portfolio/deposits',
  withdrawals: '/trade-api/v2/portfolio/withdrawals',
  /** Between event contracts and perps, or between shards. */
  perpsTransfers: '/trade-api/v2/portfolio/intra_exchange_instance_transfers',
  /** When events begin. Public, and signed like every other request. */
  milestones: '/trade-api/v2/milestones',
  subaccountTransfers: '/trade-api/v2/portfolio/subaccounts/transfers',
  subaccountBalances: '/trade-api/v2/portfolio/subaccounts/balances',
  marginBalance: '/trade-api/v2/margin/balance',
} as const;

const EVENTS = '/trade-api/v2/events/';

export type Path = (typeof PATHS)[keyof typeof PATHS] | `${typeof EVENTS}${string}`;

/** The path of an event; undefined if the ticker, which comes from outside, has characters that tickers do not have. */
export function eventPath(ticker: string): Path | undefined {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(ticker) && !ticker.includes('..')
    ? `${EVENTS}${ticker}`
    : undefined;
}

/** The only method of a read-only client. */
export const METHOD = 'GET';
