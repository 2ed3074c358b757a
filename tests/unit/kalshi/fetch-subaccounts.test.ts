// The cash of other subaccounts, and what each refusal means.
import { expect, test } from 'vitest';
import { fetchOtherSubaccounts } from '../../../src/kalshi/fetch-subaccounts.ts';
import { Member } from '../../exchange/member.ts';
import { contextOf, json } from '../../fakes/request-context.ts';

test('the simulated exchange: every shard of every subaccount but the primary one', async () => {
  const member = new Member({ cash: '1000' });
  member.moveBetweenSubaccounts(0, 1, 60_000, 1);
  member.moveBetweenSubaccounts(0, 2, 550, 2);
  const { context } = await contextOf(member, () => 0);
  expect(await fetchOtherSubaccounts(context)).toEqual({ kind: 'read', cash: 605_500_000 });
});

test.each<[what: string, answer: () => Response, reply: object]>([
  ['404: there are none', () => json({ error: { code: 'not_found' } }, 404), { kind: 'read', cash: 0 }],
  ['403', () => json({ error: { code: 'forbidden' } }, 403), { kind: 'denied' }],
  ["a firewall's 403", () => new Response('<html>', { status: 403 }), { kind: 'failed' }],
  ["a firewall's 404", () => new Response('<html>', { status: 404 }), { kind: 'failed' }],
  ['another shape', () => json({}), { kind: 'failed' }],
])('%s', async (_, answer, reply) => {
  const { context } = await contextOf(
    new Member(),
    () => 0,
    () => answer(),
  );
  expect(await fetchOtherSubaccounts(context)).toEqual(reply);
});
