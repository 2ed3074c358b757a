// What a key may do, out of the list of all keys of its member.
import { expect, test } from 'vitest';
import { PATHS } from '../../../src/kalshi/endpoints.ts';
import { fetchKeyScopes, type ScopesReply } from '../../../src/kalshi/key-scopes.ts';
import { Member } from '../../exchange/member.ts';
import { contextOf, json } from '../../fakes/request-context.ts';

async function scopesFrom(answer: () => Response, others: string[] = []): Promise<ScopesReply> {
  const { context, requests } = await contextOf(
    new Member(),
    () => 0,
    () => answer(),
  );
  const reply = await fetchKeyScopes(context, others);
  expect(requests.map(({ pathname, search }) => pathname + search)).toEqual([PATHS.apiKeys]);
  return reply;
}
const own = { api_key_id: 'id', scopes: ['read', 'write::trade'] };
const known = {
  kind: 'known',
  scopes: own.scopes,
  sameMoney: [],
  expiresAt: undefined,
  isRestrictedToSubaccount: false,
};

test('the scopes of the own key only', async () => {
  const others = [
    { api_key_id: 'a', scopes: ['write'] },
    { api_key_id: 'b', name: 'no scopes' },
  ];
  expect(await scopesFrom(() => json({ api_keys: [...others, own] }))).toEqual(known);
  expect(await scopesFrom(() => json({ api_keys: [{ ...own, scopes: [] }] }))).toEqual({
    ...known,
    scopes: [],
  });
});

test('other accounts of the same member and subaccount have the same money', async () => {
  const keys = [
    { api_key_id: 'primary' },
    { api_key_id: 'zero', subaccount: 0 },
    { api_key_id: 'null', subaccount: null },
    { api_key_id: 'third', subaccount: 3 },
    { api_key_id: 'not ours' },
  ];
  const ours = ['primary', 'zero', 'null', 'third', 'of another member'];
  const sameMoney = async (subaccount: number | undefined) => {
    const reply = await scopesFrom(() => json({ api_keys: [...keys, { ...own, subaccount }] }), ours);
    return reply.kind === 'known' && reply.sameMoney;
  };
  expect(await sameMoney(undefined)).toEqual(['primary', 'zero', 'null']);
  expect(await sameMoney(0)).toEqual(['primary', 'zero', 'null']);
  expect(await sameMoney(3)).toEqual(['third']);
});

test.each([
  [1_800_000_000, 1_800_000_000_000],
  [1, 1_000],
  [0, undefined],
  [-1, undefined],
  [null, undefined],
  [undefined, undefined],
])('keys of the region expire at %s: %s', async (seconds, expiresAt) => {
  const answer = () => json({ api_keys: [own], api_key_region_expiration_ts: seconds });
  expect(await scopesFrom(answer)).toEqual({ ...known, expiresAt });
});

test.each([401, 403])('%i: this key may not read it', async (status) => {
  expect(await scopesFrom(() => json({ api_keys: [own] }, status))).toEqual({
    kind: 'refused',
    isRestrictedToSubaccount: false,
  });
});

test('a key of one subaccount: by its row, or by the refusal', async () => {
  expect(await scopesFrom(() => json({ api_keys: [{ ...own, subaccount: 3 }] }))).toMatchObject({
    isRestrictedToSubaccount: true,
  });
  const message = 'this API key is restricted to a single sub-account and cannot access this endpoint';
  expect(await scopesFrom(() => json({ error: { code: 'forbidden', message } }, 403))).toEqual({
    kind: 'refused',
    isRestrictedToSubaccount: true,
  });
});

test.each<[what: string, answer: () => Response]>([
  ['an error', () => json({ api_keys: [own] }, 500)],
  ["a firewall's refusal", () => new Response('<html>', { status: 403 })],
  ['a refused clock', () => json({ error: { code: 'header_timestamp_expired' } }, 401)],
  ['a missing list', () => json({}, 200)],
  ['no JSON', () => new Response('<html>')],
  ['a list without the key', () => json({ api_keys: [{ ...own, api_key_id: 'other' }] })],
  ['no scopes of the key', () => json({ api_keys: [{ api_key_id: 'id' }] })],
  ['scopes of another type', () => json({ api_keys: [{ ...own, scopes: 'read' }] })],
  [
    'no network',
    () => {
      throw new TypeError('network');
    },
  ],
])('%s: repeated later', async (_, answer) => {
  expect(await scopesFrom(answer)).toEqual({ kind: 'failed' });
});
