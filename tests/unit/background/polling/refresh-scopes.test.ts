// Refreshing the scopes of an account's key.
import { expect, test, vi } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import {
  type BackgroundHarness,
  keysResponse,
  OTHER_KEY_ID,
  saving,
  withBackground,
} from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

const connected = () => harness.connect(save);

const storedAccount = () => (harness.browser.local.accounts as { data: object[] }).data[0];

test('repeats a failed request for scopes with the next good poll', async () => {
  harness.scopes = () => new Response('', { status: 503 });
  await harness.command('key/save', { ...save, acceptScopes: null });
  expect(storedAccount()).toMatchObject({ scopes: null });
  await harness.passMinutes(1);
  expect(harness.scopeRequests).toBe(2);
  expect(storedAccount()).toMatchObject({ scopes: null });
  harness.scopes = keysResponse(['read']);
  await harness.passMinutes(1);
  expect(storedAccount()).toMatchObject({ scopes: ['read'] });
  await harness.passMinutes(1);
  expect(harness.scopeRequests).toBe(3);
});

test('repeats a refused request for scopes once, then daily', async () => {
  harness.scopes = () => new Response('{}', { status: 403 });
  harness.list = () => new Response('', { status: 503 });
  await harness.command('key/save', { ...save, acceptScopes: null });
  for (let minute = 0; minute < 60; minute++) await harness.passMinutes(1);
  expect(harness.scopeRequests).toBe(2);
  await harness.passMinutes(24 * 60);
  expect(harness.scopeRequests).toBe(3);
});

test('a refusal shows that the key reads the balance only where nothing was known, and changes nothing elsewhere', async () => {
  harness.scopes = () => new Response('', { status: 503 });
  await harness.command('key/save', { ...save, acceptScopes: null });
  harness.scopes = () => new Response('{}', { status: 403 });
  await harness.passMinutes(1);
  expect(storedAccount()).toMatchObject({ scopes: ['seems-balance-only'] });
  harness.scopes = keysResponse(['read']);
  await harness.passMinutes(24 * 60);
  harness.scopes = () => new Response('{}', { status: 403 });
  await harness.passMinutes(24 * 60);
  expect(storedAccount()).toMatchObject({ scopes: ['read'] });
});

test('keeps the accepted scopes beside the current ones until the user accepts those', async () => {
  harness.scopes = keysResponse(['read']);
  const accountId = await connected();
  harness.scopes = keysResponse(['read', 'write::trade']);
  await harness.passMinutes(24 * 60);
  expect(storedAccount()).toMatchObject({ scopes: ['read', 'write::trade'], acceptedScopes: ['read'] });
  expect(await harness.command('account/accept-scopes', { accountId, scopes: null })).toEqual({
    ok: true,
    value: null,
  });
  expect(storedAccount()).toMatchObject({ acceptedScopes: ['read', 'write::trade'] });
});

test('stores nothing about the other keys of the list', async () => {
  harness.scopes = keysResponse(['read']);
  await connected();
  expect(JSON.stringify(harness.browser.local)).not.toMatch(/the bot|cafe|write/);
});

test('requests the scopes once a day, and keeps them when the request is refused', async () => {
  harness.scopes = keysResponse(['read']);
  await connected();
  await harness.passMinutes(60);
  expect(harness.scopeRequests).toBe(1);
  harness.scopes = keysResponse(['read', 'write::trade']);
  await harness.passMinutes(24 * 60);
  await vi.waitFor(() => expect(storedAccount()).toMatchObject({ scopes: ['read', 'write::trade'] }));
  expect(harness.scopeRequests).toBe(2);
  harness.scopes = () => new Response('', { status: 403 });
  await harness.passMinutes(24 * 60);
  expect(harness.scopeRequests).toBe(3);
  expect(storedAccount()).toMatchObject({ scopes: ['read', 'write::trade'] });
});

test('two keys that the exchange comes to list together are known as the same money from then on', async () => {
  const listing = (...ids: string[]) => {
    const api_keys = ids.map((api_key_id) => ({ api_key_id, name: 'mine', scopes: ['read'] }));
    return () => new Response(JSON.stringify({ api_keys }));
  };
  const moneyIds = () =>
    (harness.browser.local.accounts as { data: { moneyId: string }[] }).data.map(({ moneyId }) => moneyId);
  harness.scopes = listing(save.keyId);
  const first = await connected();
  harness.scopes = listing(OTHER_KEY_ID);
  harness.now += 20_000;
  const second = await harness.connect({
    ...save,
    keyId: OTHER_KEY_ID,
    privateKey: makeKey('Ed25519').pem,
  });
  expect(moneyIds()).toEqual([first, second]);
  harness.scopes = listing(save.keyId, OTHER_KEY_ID);
  await harness.passMinutes(24 * 60);
  expect(new Set(moneyIds()).size).toBe(1);
});
