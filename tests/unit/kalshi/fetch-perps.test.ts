// The equity of perps: of the primary account only, and what each refusal means.
import { expect, test } from 'vitest';
import { fetchPerps } from '../../../src/kalshi/fetch-perps.ts';
import { Member } from '../../exchange/member.ts';
import { contextOf, json } from '../../fakes/request-context.ts';

const balances = (...of: [subaccount: number, equity: string][]) => ({
  subaccount_balances: of.map(([subaccount, account_equity]) => ({ subaccount, account_equity })),
});
const notEnabled = { error: { message: 'user is not enabled for margin trading' } };

test.each<[what: string, answer: () => Response, reply: object]>([
  [
    'the primary account',
    () => json(balances([2, '7'], [0, '500.25'])),
    { kind: 'read', equity: 500_250_000 },
  ],
  ['nothing', () => json(balances([0, '0.00'])), { kind: 'read', equity: 0 }],
  ['another subaccount only', () => json(balances([2, '7'])), { kind: 'failed' }],
  ['an empty list', () => json(balances()), { kind: 'failed' }],
  ['another shape', () => json({}), { kind: 'failed' }],
  ['an error', () => json(balances([0, '1']), 500), { kind: 'failed' }],
  ['not found', () => json({}, 404), { kind: 'none' }],
  ['without perps, 403', () => json(notEnabled, 403), { kind: 'none' }],
  ['without perps, 401', () => json(notEnabled, 401), { kind: 'none' }],
  ['403', () => json({ error: {} }, 403), { kind: 'unreadable' }],
  ['401', () => json({ error: {} }, 401), { kind: 'unreadable' }],
  [
    'no network',
    () => {
      throw new TypeError('network');
    },
    { kind: 'failed' },
  ],
])('%s', async (_, answer, reply) => {
  const { context } = await contextOf(
    new Member(),
    () => 0,
    () => answer(),
  );
  expect(await fetchPerps(context)).toEqual(reply);
});
