// Generated key pairs: generated and stored first, connected when Kalshi has registered the public key.
import { createPublicKey } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import {
  type BackgroundHarness,
  balance,
  clockRefused,
  KEY_ID,
  perpsEquity,
  START,
  withBackground,
} from '../background-harness.ts';

const PASSPHRASE = 'four words or more';
let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

const create = (more = {}) =>
  harness.command('pair/create', { environment: 'production', keyType: 'Ed25519', ...more });
const connect = (more = {}) =>
  harness.command<{ accountId: string }>('pair/connect', { keyId: KEY_ID, ...more });
const pending = () =>
  (harness.browser.local.pending as { data: { id: string; publicPem: string } | null }).data;

describe.each(['RSA', 'Ed25519'])('%s', (keyType) => {
  test.each([
    ['without a passphrase', {}],
    ['with one', { passphrase: PASSPHRASE }],
  ])('%s: made, shown, connected; the private half is nowhere to be read', async (_, protection) => {
    expect(await create({ keyType, ...protection })).toEqual({ ok: true, value: null });
    const publicKey = createPublicKey(pending()?.publicPem ?? '');
    expect(publicKey.asymmetricKeyType).toBe(keyType === 'RSA' ? 'rsa' : 'ed25519');
    if (keyType === 'RSA') expect(publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect(harness.requests).toEqual([]);
    expect(await harness.keys()).toHaveLength(1);
    expect(JSON.stringify([harness.browser.local, harness.browser.session])).not.toContain('PRIVATE');

    await harness.wake(); // the pair does not depend on the background that made it
    expect(await connect()).toMatchObject({ ok: true });
    expect(pending()).toBeNull();
    expect(harness.browser.toolbar.text).toBe('98');
    await harness.passMinutes(1);
    expect(harness.requests).toHaveLength(2);
    expect(await harness.keys()).toHaveLength(1);
  });
});

test('a refusal keeps the pair for another key ID', async () => {
  await create();
  harness.answer = () => new Response(JSON.stringify({ error: { details: 'NOT_FOUND' } }), { status: 401 });
  expect(await connect()).toMatchObject({ ok: false, problem: { failure: { kind: 'key-unknown' } } });
  expect(await connect({ keyId: 'no id' })).toMatchObject({
    problem: { kind: 'key-id', fault: 'malformed' },
  });
  expect(pending()).not.toBeNull();
  expect(await harness.keys()).toHaveLength(1);
});

test('a pair with more than the read scope needs consent', async () => {
  await create();
  harness.scopes = () =>
    new Response(JSON.stringify({ api_keys: [{ api_key_id: KEY_ID, scopes: ['write'] }] }));
  expect(await connect()).toMatchObject({ ok: false, problem: { kind: 'can-act' } });
  expect(await connect({ acceptScopes: null })).toMatchObject({ ok: true });
});

test('discarding a protected pair deletes its secret', async () => {
  await create({ passphrase: PASSPHRASE });
  const secrets = () => Object.keys(harness.browser.session.unlocked as object);
  expect(secrets()).toEqual([pending()?.id]);
  await harness.command('pair/discard');
  expect(secrets()).toEqual([]);
});

test('a second pair replaces the first; discarding leaves nothing', async () => {
  await create();
  const [first] = await harness.keys();
  await create();
  expect(await harness.keys()).toHaveLength(1);
  expect(await harness.keys()).not.toContain(first);
  await harness.command('pair/discard');
  expect(await harness.keys()).toEqual([]);
  expect(pending()).toBeNull();
  expect(await connect()).toMatchObject({ ok: false });
});

test('a protected pair is locked by a restart, and unlocked like an account', async () => {
  await create({ passphrase: PASSPHRASE });
  harness.browser.restart();
  await harness.wake();
  await harness.browser.events.startup.emit();
  expect(await harness.keys()).toHaveLength(1);
  expect(await connect()).toMatchObject({ ok: false, problem: { failure: { kind: 'key-missing' } } });
  const accountId = pending()?.id;
  expect(await harness.command('account/unlock', { accountId, passphrase: 'not this one' })).toMatchObject({
    ok: false,
  });
  expect(await harness.command('account/unlock', { accountId, passphrase: PASSPHRASE })).toMatchObject({
    ok: true,
  });
  expect(await connect()).toMatchObject({ ok: true });
});

test('a failing storage leaves nothing behind', async () => {
  harness.browser.writeError = new Error('QuotaExceededError');
  expect(await create()).toEqual({ ok: false, problem: { kind: 'storage' } });
  harness.browser.writeError = undefined;
  await harness.browser.events.startup.emit();
  expect(await harness.keys()).toEqual([]);
});

test('the account of a pair: its name, scopes, balance, history and first poll', async () => {
  await create();
  const id = pending()?.id ?? '';
  const answers = [clockRefused(START + 42_000)];
  harness.answer = () => (answers.shift() ?? balance('98.0186'))();
  expect(await connect({ keyId: ` ${KEY_ID.toUpperCase()} ` })).toEqual({
    ok: true,
    value: { accountId: id },
  });
  const { publicPem: _, ...account } = (harness.browser.local.accounts as { data: [{ publicPem?: string }] })
    .data[0];
  expect(account).toMatchObject({
    id,
    label: '',
    keyId: KEY_ID,
    environment: 'production',
    keyType: 'Ed25519',
    protection: 'none',
    scopes: ['read'],
    acceptedScopes: ['read'],
    scopesAt: START,
    connectedAt: START,
  });
  expect(_).toBeUndefined();
  expect(harness.data(id)).toMatchObject({
    snapshot: { figures: { cash: 98_018_600 }, outcome: { kind: 'ok' } },
    backoff: { failures: 0, retryAt: 0, clockOffset: 42_500 },
    day: { base: { cash: 98_018_600 } },
  });
  expect(await harness.samples(id)).toHaveLength(1);
  expect(harness.browser.session[`attempt/${id}`]).toMatchObject({ attemptedAt: START });
});

test('the equity of perps is part of its first balance', async () => {
  harness.perps = perpsEquity('50.0100');
  await create();
  await connect();
  expect(harness.data()).toMatchObject({
    snapshot: { figures: { cash: 98_018_600, perps: 50_010_000 } },
    day: { base: { perps: 50_010_000 } },
    perps: { status: 'readable', equity: 50_010_000 },
  });
});

test('connected within a period of midnight, the day is whole', async () => {
  harness.now = new Date(START).setHours(0, 0, 30, 0);
  await create();
  await connect();
  expect(harness.data().day?.whole).toBe(true);
});

test('scopes that the exchange does not return are unknown, and need consent', async () => {
  await create();
  harness.scopes = () => new Response('', { status: 500 });
  expect(await connect()).toEqual({ ok: false, problem: { kind: 'can-act', scopes: null } });
  expect(await connect({ acceptScopes: null })).toMatchObject({ ok: true });
  expect((harness.browser.local.accounts as { data: object[] }).data).toMatchObject([
    { scopes: null, acceptedScopes: null, scopesAt: 0 },
  ]);
});

test('without a pair there is nothing to connect', async () => {
  expect(await connect()).toEqual({ ok: false, problem: { kind: 'internal' } });
  expect(harness.requests).toEqual([]);
});

test('a pair whose key is gone, and one that cannot be read', async () => {
  await create();
  const { indexedDB } = globalThis;
  indexedDB.deleteDatabase('vault');
  expect(await connect()).toEqual({
    ok: false,
    problem: { kind: 'exchange', failure: { kind: 'key-missing' } },
  });
  vi.stubGlobal('indexedDB', {
    open: () => {
      throw new DOMException('A mutation operation was attempted', 'InvalidStateError');
    },
  });
  expect(await connect()).toEqual({ ok: false, problem: { kind: 'storage' } });
  expect(harness.requests).toEqual([]);
});

test('accounts that cannot be read: says so', async () => {
  harness.browser.local.accounts = { v: 99, data: [] };
  await harness.wake();
  expect(await connect()).toEqual({ ok: false, problem: { kind: 'unreadable' } });
});

test('a second pair locks the first', async () => {
  await create({ passphrase: PASSPHRASE });
  await create({ passphrase: PASSPHRASE });
  expect(Object.keys(harness.browser.session.unlocked as object)).toEqual([pending()?.id]);
});

test('a pair that is replaced while it is checked is not connected', async () => {
  await create();
  harness.answer = async () => {
    await create();
    return balance('98.0186')();
  };
  expect(await connect()).toEqual({ ok: false, problem: { kind: 'interrupted' } });
  expect(JSON.stringify(harness.browser.local.accounts ?? [])).not.toContain(KEY_ID);
  expect(pending()).not.toBeNull();
});

test.each([
  ['discarded', () => harness.command('pair/discard')],
  ['locked alone', () => harness.command('account/lock', { accountId: pending()?.id })],
])('a protected pair that is %s while it is checked is not connected', async (_, meanwhile) => {
  await create({ passphrase: PASSPHRASE });
  harness.answer = async () => {
    await meanwhile();
    return balance('98.0186')();
  };
  expect(await connect()).toEqual({ ok: false, problem: { kind: 'interrupted' } });
  expect(JSON.stringify(harness.browser.local.accounts ?? [])).not.toContain(KEY_ID);
});

test('discarding without a pair changes nothing', async () => {
  expect(await harness.command('pair/discard')).toEqual({ ok: true, value: null });
});
