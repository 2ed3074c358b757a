// Links to the public pages of Kalshi's site. Nothing of the account is in them, and no referral.

import type { Environment } from '../domain/accounts/account.ts';

const SITES: Record<Environment, `https://${string}`> = {
  production: 'https://kalshi.com',
  demo: 'https://demo.kalshi.co',
};

const TICKER = /^[A-Z0-9]+(?:[-.][A-Z0-9]+)*$/i;

/**
 * The page of an event: `/markets/{series}/{event}` in lower case, as the site itself links it.
 * @returns undefined if the ticker, which comes from outside, has characters that tickers do not have, or has no series
 */
export function eventUrl(environment: Environment, event: string): `https://${string}` | undefined {
  const [series = '', ...rest] = event.split('-');
  if (rest.length === 0 || event.length > 100 || !TICKER.test(event)) return undefined;
  return `${SITES[environment]}/markets/${series}/${event}`.replace(/[A-Z]/g, (letter) =>
    letter.toLowerCase(),
  ) as `https://${string}`;
}

export function portfolioUrl(environment: Environment): `https://${string}` {
  return `${SITES[environment]}/portfolio`;
}
