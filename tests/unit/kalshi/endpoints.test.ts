// Every path and host that can be signed and sent, against a list.
import { expect, test } from 'vitest';
import {
  eventPath,
  hostPattern,
  hostPatterns,
  METHOD,
  ORIGINS,
  PATHS,
} from '../../../src/kalshi/endpoints.ts';

test('GET, these paths, these hosts, and nothing else', () => {
  expect(METHOD).toBe('GET');
  expect(PATHS).toEqual({
    balance: '/trade-api/v2/portfolio/balance',
    apiKeys: '/trade-api/v2/api_keys',
    exchangeStatus: '/trade-api/v2/exchange/status',
    positions: '/trade-api/v2/portfolio/positions',
    markets: '/trade-api/v2/markets',
    orders: '/trade-api/v2/portfolio/orders',
    settlements: '/trade-api/v2/portfolio/settlements',
    fills: '/trade-api/v2/portfolio/fills',
    historicalFills: '/trade-api/v2/historical/fills',
    historicalPositions: '/trade-api/v2/historical/positions',
    historicalMarkets: '/trade-api/v2/historical/markets',
    milestones: '/trade-api/v2/milestones',
    historicalCutoff: '/trade-api/v2/historical/cutoff',
    deposits: '/trade-api/v2/portfolio/deposits',
    withdrawals: '/trade-api/v2/portfolio/withdrawals',
    perpsTransfers: '/trade-api/v2/portfolio/intra_exchange_instance_transfers',
    subaccountTransfers: '/trade-api/v2/portfolio/subaccounts/transfers',
    subaccountBalances: '/trade-api/v2/portfolio/subaccounts/balances',
    marginBalance: '/trade-api/v2/margin/balance',
  });
  expect(ORIGINS).toEqual({
    production: {
      recommended: 'https://external-api.kalshi.com',
      alternative: 'https://api.elections.kalshi.com',
    },
    demo: {
      recommended: 'https://external-api.demo.kalshi.co',
      alternative: 'https://demo-api.kalshi.co',
    },
  });
  expect(hostPattern('demo', 'recommended')).toBe('https://external-api.demo.kalshi.co/*');
  expect(hostPatterns('demo')).toEqual([
    'https://external-api.demo.kalshi.co/*',
    'https://demo-api.kalshi.co/*',
  ]);
});

test('of an event, only what looks like a ticker becomes a path', () => {
  expect(eventPath('KXHIGHNY-26JUN15')).toBe('/trade-api/v2/events/KXHIGHNY-26JUN15');
  expect(eventPath('KXHIGHNY-B84.5')).toBe('/trade-api/v2/events/KXHIGHNY-B84.5');
  for (const ticker of [
    '',
    '..',
    '.',
    'A/../B',
    'A..B',
    'A?x=1',
    'A#b',
    'A%2fB',
    'A B',
    '/A',
    'É',
    'A'.repeat(101),
  ]) {
    expect(eventPath(ticker)).toBeUndefined();
  }
});
