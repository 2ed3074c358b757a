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
  ['another subaccount only', () => json(balances([2, '7'])), { kind: 'elsewhere' }],
  ['another subaccount with nothing', () => json(balances([2, '0'])), { kind: 'failed' }],
  [
    'a member who clears for themselves: the equity is 0 by documentation, the funds are not',
    () => json({ ...balances([0, '0']), settled_funds: '50' }),
    { kind: 'unstated' },
  ],
  [
    'the same, by the positions',
    () => json({ subaccount_balances: [{ subaccount: 0, account_equity: '0', position_value: '6.3' }] }),
    { kind: 'unstated' },
  ],
  ['an empty list', () => json(balances()), { kind: 'failed' }],
  ['another shape', () => json({}), { kind: 'failed' }],
  ['an error', () => json(balances([0, '1']), 500), { kind: 'failed' }],
  ['not found', () => json({ error: { code: 'not_found' } }, 404), { kind: 'unreadable' }],
  ['without perps, 403', () => json(notEnabled, 403), { kind: 'none' }],
  ['without perps, 401', () => json(notEnabled, 401), { kind: 'none' }],
  ['403', () => json({ error: {} }, 403), { kind: 'unreadable' }],
  ['401', () => json({ error: {} }, 401), { kind: 'unreadable' }],
  ...[401, 403, 404].map((status): [string, () => Response, object] => [
    `a firewall's ${status}, whatever its text`,
    () => new Response('<html>user is not enabled for margin trading</html>', { status }),
    { kind: 'failed' },
  ]),
  ['a refused clock', () => json({ error: { code: 'header_timestamp_expired' } }, 401), { kind: 'failed' }],
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
