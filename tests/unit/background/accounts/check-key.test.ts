// Checking a key at the exchange before it is saved.
import { describe, expect, test } from 'vitest';
import { PATHS } from '../../../../src/kalshi/endpoints.ts';
import { makeKey } from '../../../exchange/keys.ts';
import {
  type BackgroundHarness,
  KEY_ID,
  keysResponse,
  perpsEquity,
  saving,
  withBackground,
} from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const draft = { environment: 'production', keyId: KEY_ID, privateKey: pem };
const save = saving(pem);
const noNetwork = () => {
  throw new TypeError('Failed to fetch');
};

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

test('a check sends one balance request and stores nothing', async () => {
  const result = await harness.command('key/check', draft);
  expect(result).toMatchObject({
    ok: true,
    value: { environment: 'production', keyId: KEY_ID, keyType: 'Ed25519', figures: { cash: 98_018_600 } },
  });
  expect(harness.requests).toHaveLength(1);
  expect(harness.browser.local).toEqual({});
  expect(await harness.keys()).toEqual([]);
});

test('the figures contain the equity of perps', async () => {
  harness.perps = perpsEquity('50.0100');
  expect(await harness.command('key/check', draft)).toMatchObject({
    ok: true,
    value: { figures: { cash: 98_018_600, perps: 50_010_000 } },
  });
});

test('takes the key ID from the key text if its field is empty', async () => {
  const text = `Key ID: ${KEY_ID.toUpperCase()}\n${pem}`;
  const result = await harness.command('key/check', { ...draft, keyId: '', privateKey: text });
  expect(result).toMatchObject({ ok: true, value: { keyId: KEY_ID } });
});

test.each([` ${KEY_ID}\n`, `"${KEY_ID}"`, `'${KEY_ID}'`, KEY_ID.toUpperCase()])(
  'accepts a pasted key ID with its quotes or spaces: %j',
  async (keyId) => {
    expect(await harness.command('key/check', { ...draft, keyId })).toMatchObject({
      ok: true,
      value: { keyId: KEY_ID },
    });
  },
);

test.each([`${KEY_ID.slice(0, 8)}"${KEY_ID.slice(8)}`, `x"${KEY_ID}`, `${KEY_ID}"x`, '""'])(
  'a quote elsewhere is no key ID: %j',
  async (keyId) => {
    const fault = keyId === '""' ? 'missing' : 'malformed';
    expect(await harness.command('key/check', { ...draft, keyId })).toEqual({
      ok: false,
      problem: { kind: 'key-id', fault },
    });
  },
);

describe('a key that the exchange does not accept', () => {
  const pause = { exchange_active: false, trading_active: false };
  const checkOnly = async (answer: () => Response) => {
    harness.answer = answer;
    harness.status = () => new Response(JSON.stringify(pause), { status: 503 });
    const checked = await harness.command('key/check', draft);
    expect(harness.requests).toHaveLength(1);
    expect(harness.scopeRequests).toBe(0);
    expect(harness.browser.local).toEqual({});
    return checked;
  };

  test('an exchange in maintenance: the status is requested, and says so', async () => {
    expect(await checkOnly(() => new Response('', { status: 503 }))).toMatchObject({
      ok: false,
      problem: { kind: 'exchange', failure: { kind: 'maintenance' } },
    });
    expect(harness.statusRequests).toBe(1);
  });

  test('any other error of the exchange, with an exchange that is open: the error itself', async () => {
    harness.answer = () => new Response('', { status: 500 });
    harness.status = () => new Response(JSON.stringify({ exchange_active: true, trading_active: true }));
    expect(await harness.command('key/check', draft)).toEqual({
      ok: false,
      problem: { kind: 'exchange', failure: { kind: 'exchange-error', status: 500 } },
    });
    expect(harness.statusRequests).toBe(1);
  });

  test.each([
    ['refused', 401, { error: { details: 'NOT_FOUND' } }, 'key-unknown'],
    ['busy', 429, {}, 'rate-limited'],
  ])('%s: the status is not requested', async (_, status, body, kind) => {
    const answer = () => new Response(JSON.stringify(body), { status });
    expect(await checkOnly(answer)).toMatchObject({
      ok: false,
      problem: { kind: 'exchange', failure: { kind } },
    });
    expect(harness.statusRequests).toBe(0);
  });
});

test.each([
  ['no key ID', { keyId: '' }, { kind: 'key-id', fault: 'missing' }],
  ['half a key ID', { keyId: KEY_ID.slice(1) }, { kind: 'key-id', fault: 'malformed' }],
  ['the key in the box of the ID', { keyId: pem }, { kind: 'key-id', fault: 'is-a-private-key' }],
  [
    'two IDs',
    { keyId: '', privateKey: `${KEY_ID} ${KEY_ID.replace('0', '1')} ${pem}` },
    { kind: 'key-id', fault: 'several' },
  ],
  ['no key', { privateKey: '' }, { kind: 'key-file', fault: 'empty' }],
  ['a letter', { privateKey: 'Dear Kalshi' }, { kind: 'key-file', fault: 'not-a-key' }],
  ['no access', { environment: 'demo' }, { kind: 'exchange', failure: { kind: 'permission-missing' } }],
])('%s: returns the problem without a request', async (_, wrong, problem) => {
  expect(await harness.command('key/check', { ...draft, ...wrong })).toEqual({ ok: false, problem });
  expect(await harness.command('key/save', { ...save, ...wrong, allowUnchecked: true })).toEqual({
    ok: false,
    problem,
  });
  expect(harness.requests).toEqual([]);
  expect(harness.browser.local).toEqual({});
  expect(await harness.keys()).toEqual([]);
});

test('returns the scopes of the key', async () => {
  harness.scopes = keysResponse(['read::portfolio_balance']);
  expect(await harness.command('key/check', draft)).toMatchObject({
    value: { scopes: ['read::portfolio_balance'] },
  });
});

const refusedInJson = () => new Response('{"error":{"code":"permission_denied"}}', { status: 403 });

test('a key that Kalshi refuses the list of keys and the positions reads the balance only, as far as it shows', async () => {
  harness.scopes = refusedInJson;
  harness.list = refusedInJson;
  const scopes = ['seems-balance-only'];
  expect(await harness.command('key/check', draft)).toMatchObject({ ok: true, value: { scopes } });
  expect(harness.listRequests.map((url) => new URL(url).pathname)).toEqual([PATHS.positions]);
  expect(await harness.command('key/save', save)).toMatchObject({ ok: true });
  expect(harness.browser.local.accounts).toMatchObject({ data: [{ scopes, acceptedScopes: scopes }] });
});

test.each([
  ['the positions are readable', refusedInJson, () => new Response('{"market_positions":[]}')],
  ['the positions are refused without JSON', refusedInJson, () => new Response('<html>', { status: 403 })],
  ['the positions fail', refusedInJson, () => new Response('{}', { status: 503 })],
  ['the list of keys is broken', () => new Response('', { status: 500 }), refusedInJson],
  ['the list of keys is gibberish', () => new Response('<html>'), refusedInJson],
  ['it has another shape', () => new Response('{"api_keys":[{"api_key_id":7}]}'), refusedInJson],
  ['it does not have the key', () => new Response('{"api_keys":[]}'), refusedInJson],
  ['there is no network', noNetwork, refusedInJson],
])('accepts the key with unknown scopes if %s, and saves it with consent only', async (_, answer, list) => {
  harness.list = list;
  harness.scopes = answer;
  expect(await harness.command('key/check', draft)).toMatchObject({ ok: true, value: { scopes: null } });
  expect(await harness.command('key/save', save)).toEqual({
    ok: false,
    problem: { kind: 'can-act', scopes: null },
  });
});
