// Assumptions about the balance, and what it has to agree with.

import * as v from 'valibot';
import { type Micros, parseDollars } from '../../src/domain/money.ts';
import { decodeBalance } from '../../src/kalshi/decode-balance.ts';
import { PATHS } from '../../src/kalshi/endpoints.ts';
import { marginBalanceSchema } from '../../src/kalshi/fetch-perps.ts';
import { type Assumption, differs, expectThat, field, HOLDS, rowsOf, untestable } from './assumption.ts';
import { heldMarkets } from './markets.ts';

const dollarsOf = (value: unknown): Micros | undefined =>
  typeof value === 'string' ? parseDollars(value) : undefined;

export const BALANCE: Assumption[] = [
  {
    id: 'balance fields',
    text: 'The balance has every field that the extension needs, as it expects them.',
    check: async (probe) => {
      const { body, status } = await probe.request(PATHS.balance, { host: 'recommended' });
      const decoded = status === 200 ? decodeBalance(body) : `status ${status}`;
      return expectThat(typeof decoded === 'object', String(decoded));
    },
  },
  {
    id: 'balance in cents',
    text: 'balance is balance_dollars in cents, truncated.',
    check: async (probe) => {
      const { json } = await probe.request(PATHS.balance, { host: 'recommended' });
      const exact = dollarsOf(field(json, 'balance_dollars'));
      if (exact === undefined) return differs('balance_dollars is missing, or no decimal');
      return expectThat(Math.trunc(exact / 10_000) === field(json, 'balance'), 'another number of cents');
    },
  },
  {
    id: 'balance breakdown',
    text: 'The amounts of balance_breakdown, dollars as text, add up to balance_dollars.',
    check: async (probe) => {
      const { json } = await probe.request(PATHS.balance, { host: 'recommended' });
      const parts = rowsOf(json, 'balance_breakdown').map(({ balance }) => dollarsOf(balance));
      if (parts.length === 0) return untestable('no breakdown: the key is of one subaccount');
      if (parts.includes(undefined)) return differs('an amount that is no decimal text');
      const sum = parts.reduce<number>((total, part) => total + Number(part), 0);
      return expectThat(sum === dollarsOf(field(json, 'balance_dollars')), 'another sum');
    },
  },
  {
    id: 'balance time',
    text: 'updated_ts is the time of the request, in seconds.',
    check: async (probe) => {
      const { json, date } = await probe.request(PATHS.balance, { host: 'recommended' });
      const seconds = Number(field(json, 'updated_ts'));
      const now = (date ?? probe.context.transport.now()) / 1000;
      return expectThat(Math.abs(seconds - now) < 60, 'a time that is more than a minute off');
    },
  },
  {
    id: 'portfolio value',
    text: 'portfolio_value is nearer to the positions at their last prices than to those at their bids.',
    check: async (probe) => {
      const { json } = await probe.request(PATHS.balance, { host: 'recommended' });
      const markets = await heldMarkets(probe);
      if (markets.length === 0) return untestable('no positions');
      const sum = (last: boolean) =>
        markets.reduce((total, each) => total + each.contracts * (last ? each.last : each.bid), 0) / 10_000;
      const off = (cents: number) => Math.abs(cents - Number(field(json, 'portfolio_value')));
      if (sum(true) === sum(false)) return expectThat(off(sum(true)) <= 1, 'neither');
      return expectThat(off(sum(true)) < off(sum(false)), 'it is nearer to the bids');
    },
  },
  {
    id: 'perps',
    text: 'Perps are answered with their equity, or with 403 "not enabled for margin trading".',
    check: async (probe) => {
      const { status, json, body } = await probe.request(PATHS.marginBalance);
      if (status === 200) return expectThat(v.is(marginBalanceSchema, json), '200 with other fields');
      if (status === 403 && /not enabled for margin/i.test(body)) return HOLDS;
      if (status === 403 && /restricted to a single sub-account/i.test(body))
        return untestable('the key is restricted');
      return differs(`${status}, ${json === undefined ? 'no JSON' : 'JSON'} with another text`);
    },
  },
];
