// Every path this extension can ask for. Nothing outside this table is ever signed or sent, and only with GET.

/** Paths from the host root, as they are signed (https://docs.kalshi.com/getting_started/api_keys). */
export const PATHS = {
  balance: '/trade-api/v2/portfolio/balance',
  apiKeys: '/trade-api/v2/api_keys',
  /** Asked without a signature. */
  exchangeStatus: '/trade-api/v2/exchange/status',
  positions: '/trade-api/v2/portfolio/positions',
  markets: '/trade-api/v2/markets',
  orders: '/trade-api/v2/portfolio/orders',
  settlements: '/trade-api/v2/portfolio/settlements',
  deposits: '/trade-api/v2/portfolio/deposits',
  withdrawals: '/trade-api/v2/portfolio/withdrawals',
} as const;

export type Path = (typeof PATHS)[keyof typeof PATHS];

/** The one method of a product that can only look. */
export const METHOD = 'GET';
