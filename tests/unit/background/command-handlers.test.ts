// Which commands and parameters are accepted, and what the commands of an account, of the settings and of an update do.
import { describe, expect, test, vi } from 'vitest';
import { makeKey } from '../../exchange/keys.ts';
import {
  type BackgroundHarness,
  balance,
  KEY_ID,
  keysResponse,
  saving,
  withBackground,
} from './background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);
const second = { ...save, keyId: KEY_ID.replace('0', '1'), privateKey: makeKey('Ed25519').pem };
const INTERNAL = { ok: false, problem: { kind: 'internal' } };
const DONE = { ok: true, value: null };

let harness: BackgroundHarness;
let accountId: string;
withBackground(async (entered) => {
  harness = entered;
  accountId = await harness.connect(save);
});

const keysResponseOf = (api_key_id: string, scopes: string[]) =>
  new Response(JSON.stringify({ api_keys: [{ api_key_id, scopes }] }));
const accounts = () => (harness.browser.local.accounts as { data: Record<string, unknown>[] }).data;
const long = 'x'.repeat(65_537);
const draft = { environment: 'production', keyId: KEY_ID, privateKey: pem };

describe('refused', () => {
  test.each<[string, string, unknown]>([
    ['an unknown name', 'account/trade', {}],
    ['the name of something every object has', 'constructor', {}],
    ['no parameters', 'account/forget', undefined],
    ['parameters of another type', 'account/forget', 'a'],
    ['a missing parameter', 'account/forget', {}],
    ['one too many', 'account/lock', { accountId: 'a', more: 1 }],
    ['an id that is no text', 'account/refresh', { accountId: 7 }],
    ['an unknown environment', 'key/check', { ...draft, environment: 'staging' }],
    ['a key that is too long', 'key/check', { ...draft, privateKey: long }],
    ['a key ID that is too long', 'key/check', { ...draft, keyId: long }],
    ['a key to save without an answer to consent', 'key/save', draft],
    ['a history that is neither kept nor new', 'key/save', { ...save, history: 'both' }],
    ['a passphrase that is too long', 'key/save', { ...save, passphrase: 'ab'.repeat(513) }],
    ['a key pair of an unknown type', 'pair/create', { environment: 'demo', keyType: 'DSA' }],
    ['a key pair with a key ID', 'pair/create', { environment: 'demo', keyType: 'RSA', keyId: KEY_ID }],
    ['a connection without an answer to consent', 'pair/connect', { keyId: KEY_ID }],
    ['parameters where there are none', 'pair/discard', { accountId: 'a' }],
    ['a name that is too long', 'account/rename', { accountId: 'a', label: 'x'.repeat(41) }],
    ['a passphrase that is null', 'account/unlock', { accountId: 'a', passphrase: null }],
    ['no next passphrase', 'account/protect', { accountId: 'a', passphrase: 'b' }],
    ['rules of another shape', 'alerts/change', { accountId: 'a', rules: { cashAbove: '5' } }],
    ['an unknown rule', 'alerts/change', { accountId: 'a', rules: { moon: true } }],
    ['a backup that is no text', 'backup/restore', { text: 7 }],
    ['a period that cannot be chosen', 'settings/change', { periodSeconds: 1 }],
    ['a figure that cannot be chosen', 'settings/change', { badgeFigure: 'debt' }],
    ['parameters of the reset', 'storage/reset', { really: true }],
  ])('%s', async (_, command, params) => {
    const before = structuredClone(harness.browser.local);
    const requests = harness.requests.length;
    expect(await harness.browser.send({ command, params })).toEqual(INTERNAL);
    expect(harness.browser.local).toEqual(before);
    expect(harness.requests).toHaveLength(requests);
  });

  test('a name that is no text', async () => {
    for (const command of [7, null, ['account/lock'], {}]) {
      expect((await harness.browser.send({ command, params: { accountId } })) ?? INTERNAL).toEqual(INTERNAL);
    }
  });
});

test('an error that nobody expects is no problem of the stored accounts', async () => {
  vi.spyOn(crypto.subtle, 'generateKey').mockRejectedValue(new Error('no entropy'));
  const params = { environment: 'production', keyType: 'Ed25519' };
  expect(await harness.command('pair/create', params)).toEqual(INTERNAL);
});

test('a passphrase of 1024 characters, and a name of 40, are accepted', async () => {
  const passphrase = 'four words or more '.repeat(60).slice(0, 1024);
  expect(await harness.command('account/unlock', { accountId, passphrase })).toMatchObject({
    problem: { kind: 'passphrase-wrong' },
  });
  expect(await harness.command('account/rename', { accountId, label: 'x'.repeat(40) })).toEqual(DONE);
});

describe('of two accounts', () => {
  let other: string;
  const both = async () => {
    harness.now += 20_000;
    other = await harness.connect(second);
  };

  test('renaming one trims its name, and leaves the other', async () => {
    await both();
    expect(await harness.command('account/rename', { accountId: other, label: '  Bot ' })).toEqual(DONE);
    expect(accounts()).toMatchObject([
      { id: accountId, label: '' },
      { id: other, label: 'Bot' },
    ]);
  });

  test('each has the scopes of its own key', async () => {
    await both();
    const power = (keyId: string) => (keyId === KEY_ID ? ['read'] : ['read', 'write']);
    harness.scopes = (keyId) => keysResponseOf(keyId, power(keyId));
    await harness.passMinutes(25 * 60);
    expect(accounts()).toMatchObject([{ scopes: ['read'] }, { scopes: ['read', 'write'] }]);
    harness.scopes = (keyId) => keysResponseOf(keyId, power(keyId).toReversed().slice(0, 1));
    await harness.passMinutes(25 * 60);
    expect(accounts()).toMatchObject([{ scopes: ['read'] }, { scopes: ['write'] }]);
  });

  test('accepting the scopes of one leaves the other', async () => {
    await both();
    harness.scopes = keysResponse(['read', 'write']);
    await harness.passMinutes(25 * 60);
    const [first] = accounts();
    expect(first).toMatchObject({ scopes: ['read', 'write'], acceptedScopes: ['read'] });
    expect(await harness.command('account/accept-scopes', { accountId: other, scopes: null })).toEqual(DONE);
    expect(accounts()[0]).toMatchObject({ acceptedScopes: ['read'] });
    expect(await harness.command('account/accept-scopes', { accountId, scopes: null })).toEqual(DONE);
    expect(accounts()[0]).toMatchObject({ acceptedScopes: ['read', 'write'] });
  });
});

test('a refresh returns the outcome that is shown', async () => {
  harness.now += 60_000;
  expect(await harness.command('account/refresh', { accountId })).toEqual({
    ok: true,
    value: { kind: 'ok' },
  });
  harness.answer = () => new Response('', { status: 429 });
  harness.now += 60_000;
  expect(await harness.command('account/refresh', { accountId })).toMatchObject({
    ok: true,
    value: { kind: 'rate-limited' },
  });
});

test('the popup polls only if that is due', async () => {
  const before = harness.requests.length;
  expect(await harness.command('account/poll-if-due', { accountId })).toEqual(DONE);
  expect(harness.requests).toHaveLength(before);
  harness.now += 60_000;
  harness.answer = balance('77');
  expect(await harness.command('account/poll-if-due', { accountId })).toEqual(DONE);
  expect(harness.requests).toHaveLength(before + 1);
  expect(harness.browser.toolbar.text).toBe('77');
});

describe('accounts that cannot be read', () => {
  const unreadable = async () => {
    harness.browser.local.accounts = { v: 99, data: [] };
    await harness.wake();
  };

  test.each<[string, unknown]>([
    ['key/check', draft],
    ['key/save', save],
    ['account/forget', { accountId: 'a' }],
    ['account/refresh', { accountId: 'a' }],
    ['account/unlock', { accountId: 'a', passphrase: 'b' }],
    ['account/protect', { accountId: 'a', passphrase: 'b', next: null }],
    ['pair/connect', { keyId: KEY_ID, acceptScopes: null }],
    ['settings/change', { hideAmounts: true }],
    ['backup/create', {}],
  ])('%s is refused, and writes nothing', async (command, params) => {
    await unreadable();
    const before = structuredClone(harness.browser.local);
    expect(await harness.command(command, params)).toEqual({ ok: false, problem: { kind: 'unreadable' } });
    expect(harness.browser.local).toEqual(before);
  });

  test('a lock works, and starting over', async () => {
    await unreadable();
    expect(await harness.command('account/lock', { accountId })).toEqual(DONE);
    expect(await harness.command('storage/reset', {})).toEqual(DONE);
    expect(harness.browser.local).toEqual({});
  });

  test('the shortcut and an update change nothing', async () => {
    await unreadable();
    const before = structuredClone(harness.browser.local);
    await harness.browser.events.shortcut.emit('hide-amounts');
    await harness.browser.events.installed.emit({ reason: 'update', previousVersion: '1.0.0' });
    expect(harness.browser.local).toEqual(before);
    expect(harness.browser.optionsOpened).toBe(0);
  });
});

describe('settings that cannot be read', () => {
  const unreadable = { v: 99, data: {} };
  const enter = async () => {
    harness.browser.local.settings = unreadable;
    await harness.wake();
  };

  test('are not changed, and amounts are hidden', async () => {
    await enter();
    const refused = { ok: false, problem: { kind: 'settings-unreadable' } };
    expect(await harness.command('settings/change', { hideAmounts: false })).toEqual(refused);
    expect(harness.browser.local.settings).toEqual(unreadable);
    expect(harness.browser.toolbar.text).toBe('•••');
  });

  test('are replaced on request, and can be changed then', async () => {
    await enter();
    expect(await harness.command('settings/reset', {})).toEqual(DONE);
    expect(harness.browser.toolbar.text).toBe('98');
    expect(await harness.command('settings/change', { hideAmounts: true })).toEqual(DONE);
    expect(harness.browser.toolbar.text).toBe('•••');
  });
});

describe('events', () => {
  test('another alarm and another shortcut do nothing', async () => {
    const before = structuredClone(harness.browser.local);
    const requests = harness.requests.length;
    harness.now += 60_000;
    await harness.browser.events.alarm.emit({ name: 'other' });
    await harness.browser.events.shortcut.emit('other');
    expect(harness.requests).toHaveLength(requests);
    expect(harness.browser.local).toEqual(before);
  });

  test.each(['added', 'removed'] as const)(
    'a permission that is %s: the account is polled at once',
    async (event) => {
      const requests = harness.requests.length;
      harness.now += 20_000;
      await harness.browser.events[event].emit({ permissions: [], origins: [] });
      expect(harness.requests).toHaveLength(requests + 1);
    },
  );

  test('the start of the browser polls once', async () => {
    harness.browser.restart();
    await harness.wake();
    const requests = harness.requests.length;
    harness.now += 60_000;
    await harness.browser.events.startup.emit();
    expect(harness.requests).toHaveLength(requests + 1);
  });
});
