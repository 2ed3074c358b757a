// Refreshing the scopes of an account's key.
import { expect, test, vi } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import { type BackgroundHarness, keysResponse, saving, withBackground } from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);

let world: BackgroundHarness;
withBackground((entered) => {
  world = entered;
});

const connected = () => world.connect(save);

const storedAccount = () => (world.browser.local.accounts as { data: object[] }).data[0];

test('repeats a failed request for scopes with the next good poll', async () => {
  world.scopes = () => new Response('', { status: 503 });
  await world.command('key/save', { ...save, acceptPower: true });
  expect(storedAccount()).toMatchObject({ scopes: null });
  await world.passMinutes(1);
  expect(world.scopeRequests).toBe(2);
  expect(storedAccount()).toMatchObject({ scopes: null });
  world.scopes = keysResponse(['read']);
  await world.passMinutes(1);
  expect(storedAccount()).toMatchObject({ scopes: ['read'] });
  await world.passMinutes(1);
  expect(world.scopeRequests).toBe(3);
});

test('repeats a refused request for scopes once, then daily', async () => {
  world.scopes = () => new Response('{}', { status: 403 });
  await world.command('key/save', { ...save, acceptPower: true });
  for (let minute = 0; minute < 60; minute++) await world.passMinutes(1);
  expect(world.scopeRequests).toBe(2);
  await world.passMinutes(24 * 60);
  expect(world.scopeRequests).toBe(3);
});

test('keeps the accepted scopes beside the current ones until the user accepts those', async () => {
  world.scopes = keysResponse(['read']);
  const accountId = await connected();
  world.scopes = keysResponse(['read', 'write::trade']);
  await world.passMinutes(24 * 60);
  expect(storedAccount()).toMatchObject({ scopes: ['read', 'write::trade'], acceptedScopes: ['read'] });
  expect(await world.command('account/accept-scopes', { accountId })).toEqual({ ok: true, value: null });
  expect(storedAccount()).toMatchObject({ acceptedScopes: ['read', 'write::trade'] });
});

test('stores nothing about the other keys of the list', async () => {
  world.scopes = keysResponse(['read']);
  await connected();
  expect(JSON.stringify(world.browser.local)).not.toMatch(/the bot|cafe|write/);
});

test('requests the scopes once a day, and keeps them when the request is refused', async () => {
  world.scopes = keysResponse(['read']);
  await connected();
  await world.passMinutes(60);
  expect(world.scopeRequests).toBe(1);
  world.scopes = keysResponse(['read', 'write::trade']);
  await world.passMinutes(24 * 60);
  await vi.waitFor(() => expect(storedAccount()).toMatchObject({ scopes: ['read', 'write::trade'] }));
  expect(world.scopeRequests).toBe(2);
  world.scopes = () => new Response('', { status: 403 });
  await world.passMinutes(24 * 60);
  expect(world.scopeRequests).toBe(3);
  expect(storedAccount()).toMatchObject({ scopes: ['read', 'write::trade'] });
});
