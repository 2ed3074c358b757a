// The host names of the simulated exchange: the recommended ones and the older ones that still work.

export type Environment = 'production' | 'demo';

export const HOSTS: Record<string, Environment> = {
  'external-api.kalshi.com': 'production',
  'api.elections.kalshi.com': 'production',
  'external-api.demo.kalshi.co': 'demo',
  'demo-api.kalshi.co': 'demo',
};
