// Where each environment lives. Nothing else in the extension names a host; manifest.json lists the same two.

import type { Environment } from '../portfolio/account.ts';

/** The REST origins Kalshi recommends (https://docs.kalshi.com/getting_started/api_environments). */
export const ORIGINS: Record<Environment, `https://${string}`> = {
  production: 'https://external-api.kalshi.com',
  demo: 'https://external-api.demo.kalshi.co',
};

/** The match pattern under which the browser grants access to an environment's host. */
export function hostPattern(environment: Environment): string {
  return `${ORIGINS[environment]}/*`;
}
