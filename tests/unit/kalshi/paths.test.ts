// Everything that can be signed and sent, held against a list.
import { expect, test } from 'vitest';
import { hostPattern, ORIGINS } from '../../../src/kalshi/hosts.ts';
import { METHOD, PATHS } from '../../../src/kalshi/paths.ts';

test('GET, these paths, these hosts, and nothing else', () => {
  expect(METHOD).toBe('GET');
  expect(PATHS).toEqual({
    balance: '/trade-api/v2/portfolio/balance',
    apiKeys: '/trade-api/v2/api_keys',
    exchangeStatus: '/trade-api/v2/exchange/status',
  });
  expect(ORIGINS).toEqual({
    production: 'https://external-api.kalshi.com',
    demo: 'https://external-api.demo.kalshi.co',
  });
  expect(hostPattern('demo')).toBe('https://external-api.demo.kalshi.co/*');
});
