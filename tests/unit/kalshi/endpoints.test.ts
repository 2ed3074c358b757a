// Every path and host that can be signed and sent, against a list.
import { expect, test } from 'vitest';
import { hostPattern, METHOD, ORIGINS, PATHS } from '../../../src/kalshi/endpoints.ts';

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
    deposits: '/trade-api/v2/portfolio/deposits',
    withdrawals: '/trade-api/v2/portfolio/withdrawals',
  });
  expect(ORIGINS).toEqual({
    production: 'https://external-api.kalshi.com',
    demo: 'https://external-api.demo.kalshi.co',
  });
  expect(hostPattern('demo')).toBe('https://external-api.demo.kalshi.co/*');
});
