// Saving a key, and the consent that a powerful key needs.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import {
  type BackgroundHarness,
  balance,
  clockRefused,
  KEY_ID,
  keysResponse,
  OTHER_KEY_ID,
  perpsEquity,
  START,
  saving,
  withBackground,
} from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const draft = { environment: 'production', keyId: KEY_ID, privateKey: pem };
const save = saving(pem);
const refusal = (details: string) => () =>
  new Response(JSON.stringify({ error: { code: 'authentication_error', details } }), { status: 401 });
const noNetwork = () => {
  throw new TypeError('Failed to fetch');
};

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

const connected = () => harness.connect(save);

const storedAccount = () => (harness.browser.local.accounts as { data: object[] }).data[0];

const breakStore = () =>
  vi.stubGlobal('indexedDB', {
    open: () => {
      throw new DOMException('A mutation operation was attempted', 'InvalidStateError');
    },
  });

test('shows the balance of the check on the badge at once', async () => {
  await connected();
  expect(harness.requests).toHaveLength(1);
  expect(harness.browser.toolbar.text).toBe('98');
  expect(harness.browser.alarmsSet.get('poll')).toMatchObject({ periodInMinutes: 1 });
  expect(harness.stored()).toEqual(['accounts', 'account']);
  expect(await harness.keys()).toHaveLength(1);
  expect(JSON.stringify(harness.browser.local)).not.toContain(pem.split('\n')[1]);
});

test.each([
  ['wrong key', refusal('INCORRECT_API_KEY_SIGNATURE'), 'signature-refused'],
  ['unknown id', refusal('NOT_FOUND'), 'key-unknown'],
  ['no scope', () => new Response('{}', { status: 403 }), 'scope-missing'],
  ['blocked', () => new Response('<html>', { status: 403 }), 'blocked'],
])('does not save a rejected key, whatever the user confirms: %s', async (_, answer, kind) => {
  harness.answer = answer;
  for (const allowUnchecked of [false, true]) {
    expect(await harness.command('key/save', { ...save, allowUnchecked })).toMatchObject({
      ok: false,
      problem: { kind: 'exchange', failure: { kind } },
    });
  }
  expect(harness.browser.local).toEqual({});
  expect(await harness.keys()).toEqual([]);
});

test.each([
  ['no network', noNetwork, 'offline'],
  ['busy', () => new Response('', { status: 429 }), 'rate-limited'],
  ['broken', () => new Response('', { status: 500 }), 'exchange-error'],
  ['captive portal', () => new Response('<html>'), 'bad-reply'],
])('saves an unchecked key only if the user confirms it: %s', async (_, answer, kind) => {
  harness.answer = answer;
  expect(await harness.command('key/save', save)).toMatchObject({
    ok: false,
    problem: { failure: { kind } },
  });
  expect(await harness.keys()).toEqual([]);
  // The scopes could not be fetched either, so consent is needed.
  expect(await harness.command('key/save', { ...save, allowUnchecked: true })).toMatchObject({
    ok: false,
    problem: { kind: 'can-act', scopes: null },
  });
  expect(await harness.keys()).toEqual([]);
  expect(
    await harness.command('key/save', { ...save, allowUnchecked: true, acceptScopes: null }),
  ).toMatchObject({ ok: true });
  expect(harness.browser.toolbar).toMatchObject({ text: '!', icon: expect.stringContaining('attention') });
  harness.answer = balance('12.00');
  await harness.passMinutes(30);
  expect(harness.browser.toolbar.text).toBe('12');
});

test('returns a problem and leaves nothing behind when storage refuses the write', async () => {
  harness.browser.writeError = new Error('QuotaExceededError');
  expect(await harness.command('key/save', save)).toEqual({ ok: false, problem: { kind: 'storage' } });
  harness.browser.writeError = undefined;
  expect(harness.browser.local).toEqual({});
  await harness.browser.events.startup.emit();
  expect(await harness.keys()).toEqual([]);
});

/** The list of a member who has both keys. */
const bothKeys = () =>
  new Response(
    JSON.stringify({
      api_keys: [KEY_ID, OTHER_KEY_ID].map((api_key_id) => ({ api_key_id, scopes: ['read'] })),
    }),
  );

test('replacing a key keeps the account and deletes the old key', async () => {
  const accountId = await connected();
  const [old] = await harness.keys();
  harness.now += 20_000;
  harness.scopes = bothKeys;
  const other = { ...save, keyId: OTHER_KEY_ID, privateKey: makeKey('RSA PKCS#1').pem };
  expect(await harness.command('key/save', { ...other, replaces: accountId })).toEqual({
    ok: true,
    value: { accountId },
  });
  const keys = await harness.keys();
  expect(keys).toHaveLength(1);
  expect(keys).not.toContain(old);
  expect(harness.browser.local.accounts).toMatchObject({ data: [{ id: accountId, keyType: 'RSA' }] });
});

describe('a key that replaces another', () => {
  const replacing = async (more: object = {}) => {
    harness.answer = balance('200');
    harness.now += 20_000;
    const [{ id }] = (harness.browser.local.accounts as { data: [{ id: string }] }).data;
    return harness.command('key/save', {
      ...save,
      keyId: OTHER_KEY_ID,
      privateKey: makeKey('Ed25519').pem,
      replaces: id,
      ...more,
    });
  };
  const history = async () => (await harness.samples()).map(({ cash }) => cash / 1e6);

  beforeEach(async () => {
    harness.answer = balance('1000');
    await connected();
  });

  test('of the same member: history and day stay', async () => {
    harness.scopes = bothKeys;
    expect(await replacing()).toMatchObject({ ok: true });
    expect(await history()).toEqual([1000, 200]);
    expect(harness.data().day?.base.cash).toBe(1_000_000_000);
  });

  test('of another member: it is asked first, and nothing is changed', async () => {
    const before = structuredClone(harness.browser.local);
    expect(await replacing()).toEqual({ ok: false, problem: { kind: 'other-member' } });
    expect(harness.browser.local).toEqual(before);
    expect(await harness.keys()).toHaveLength(1);
  });

  test('of another member, as the user says: history and day start anew', async () => {
    expect(await replacing({ history: 'new' })).toMatchObject({ ok: true });
    expect(await history()).toEqual([200]);
    expect(harness.data().day?.base.cash).toBe(200_000_000); // no loss of $800 today
    expect(await harness.keys()).toHaveLength(1);
  });

  test('of the same member, as the user says, where the list cannot be read', async () => {
    harness.scopes = () => new Response('{}', { status: 403 });
    expect(await replacing({ acceptScopes: null })).toEqual({ ok: false, problem: { kind: 'other-member' } });
    expect(await replacing({ acceptScopes: null, history: 'keep' })).toMatchObject({ ok: true });
    expect(await history()).toEqual([1000, 200]);
  });
});

test('a new account: its record, and the clock that the check found', async () => {
  const answers = [clockRefused(START + 42_000)];
  harness.answer = () => (answers.shift() ?? balance('98.0186'))();
  const accountId = await connected();
  expect(storedAccount()).toMatchObject({
    id: accountId,
    label: '',
    protection: 'none',
    scopes: ['read'],
    acceptedScopes: ['read'],
    scopesAt: START,
    connectedAt: START,
  });
  expect(harness.data()).toMatchObject({
    snapshot: { figures: { cash: 98_018_600 } },
    backoff: { failures: 0, retryAt: 0, clockOffset: 42_500 },
    day: { base: { cash: 98_018_600 } },
    perps: { status: 'none', checkedAt: START },
  });
  expect(harness.browser.session[`attempt/${accountId}`]).toMatchObject({ attemptedAt: START });
  expect(await harness.samples()).toHaveLength(1);
});

describe('with perps', () => {
  test('their equity is part of the first balance, of the day and of the history', async () => {
    harness.perps = perpsEquity('50.0100');
    await connected();
    expect(harness.data()).toMatchObject({
      snapshot: { figures: { cash: 98_018_600, perps: 50_010_000 } },
      day: { base: { cash: 98_018_600, perps: 50_010_000 } },
      perps: { status: 'readable', equity: 50_010_000, equityAt: START },
    });
    expect(await harness.samples()).toMatchObject([{ perps: 50_010_000 }]);
  });

  test('that cannot be read when a key is replaced: the equity that is known stays, and is requested with the next poll', async () => {
    harness.perps = perpsEquity('50.0100');
    const accountId = await connected();
    harness.now += 60_000;
    harness.perps = () => new Response('', { status: 500 });
    await harness.connect({ ...save, replaces: accountId });
    expect(harness.data()).toMatchObject({
      snapshot: { figures: { cash: 98_018_600, perps: 50_010_000 } },
      perps: { status: 'readable', equityAt: START },
    });
    harness.perps = perpsEquity('60');
    await harness.passMinutes(1);
    expect(harness.data().snapshot.figures).toMatchObject({ perps: 60_000_000 });
  });

  test('a key that may not read them sends no request for them', async () => {
    harness.scopes = keysResponse(['write']);
    await harness.connect({ ...save, acceptScopes: null });
    expect(harness.perpsRequests).toBe(0);
    expect(harness.data().perps.status).toBe('unknown');
  });
});

describe('beside another account', () => {
  const second = { ...save, keyId: OTHER_KEY_ID, privateKey: makeKey('Ed25519').pem };
  const accounts = () => (harness.browser.local.accounts as { data: { id: string; moneyId: string }[] }).data;

  test('replacing one key leaves the other account as it is', async () => {
    const first = await connected();
    harness.now += 20_000;
    const other = await harness.connect(second);
    const before = structuredClone([accounts()[0], harness.data(first)]);
    const { moneyId } = accounts()[1] ?? {};
    harness.now += 20_000;
    expect(
      await harness.command('key/save', { ...second, replaces: other, passphrase: 'four words or more' }),
    ).toEqual({ ok: true, value: { accountId: other } });
    expect([accounts()[0], harness.data(first)]).toEqual(before);
    expect(accounts()[1]).toMatchObject({ id: other, moneyId, protection: 'passphrase' });
    expect(Object.keys(harness.browser.session.unlocked as object)).toEqual([other]);
    expect(await harness.keys()).toHaveLength(2);
  });

  test('the same key ID of the other environment is another account', async () => {
    const first = await connected();
    harness.browser.granted.add('https://external-api.demo.kalshi.co/*');
    harness.now += 20_000;
    const demo = await harness.connect({ ...save, environment: 'demo' });
    expect(demo).not.toBe(first);
    expect(accounts()).toMatchObject([
      { id: first, environment: 'production' },
      { id: demo, environment: 'demo' },
    ]);
    expect(accounts()[0]?.moneyId).not.toBe(accounts()[1]?.moneyId);
  });
});

test('a second key of the same member stays known as the same money when it is saved again without a list', async () => {
  const first = await connected();
  harness.scopes = bothKeys;
  harness.now += 20_000;
  const second = { ...save, keyId: OTHER_KEY_ID, privateKey: makeKey('Ed25519').pem };
  await harness.connect(second);
  const moneyIds = () =>
    (harness.browser.local.accounts as { data: { moneyId: string }[] }).data.map(({ moneyId }) => moneyId);
  expect(moneyIds()).toEqual([first, first]);
  harness.scopes = () => new Response('', { status: 429 });
  harness.now += 20_000;
  await harness.connect({ ...second, acceptScopes: null });
  expect(moneyIds()).toEqual([first, first]);
});

test('replaced by a key of the other environment: its history starts anew', async () => {
  harness.browser.granted.add('https://external-api.demo.kalshi.co/*');
  const accountId = await connected();
  await harness.passMinutes(1);
  expect(await harness.samples()).toHaveLength(2);
  harness.now += 20_000;
  harness.answer = balance('7');
  await harness.connect({ ...save, environment: 'demo', replaces: accountId });
  expect(storedAccount()).toMatchObject({ environment: 'demo' });
  expect(await harness.samples(accountId)).toEqual([]);
  expect((await harness.samples()).map(({ cash }) => cash)).toEqual([7_000_000]);
});

test.each([
  [30_000, true],
  [90_000, false],
])('connected %i ms after midnight: the day is whole (%s) with a period of a minute', async (ms, whole) => {
  harness.now = new Date(START).setHours(0, 0, 0, 0) + ms;
  await connected();
  expect(harness.data().day?.whole).toBe(whole);
});

test('the same key saved again keeps history, day and name, without a question', async () => {
  const accountId = await connected();
  await harness.command('account/rename', { accountId, label: 'Mine' });
  await harness.passMinutes(1);
  const before = harness.data().day?.base;
  harness.now += 20_000;
  harness.scopes = () => new Response('', { status: 429 });
  expect(await harness.command('key/save', { ...save, acceptScopes: null })).toMatchObject({ ok: true });
  expect(storedAccount()).toMatchObject({ id: accountId, label: 'Mine', scopesAt: 0 });
  expect(harness.data().day?.base).toEqual(before);
  expect(await harness.samples()).toHaveLength(3);
  expect(await harness.keys()).toHaveLength(1);
});

test('an account without any balance yet is replaced without a question', async () => {
  harness.answer = noNetwork;
  const unchecked = { ...save, allowUnchecked: true, acceptScopes: null };
  const accountId = await harness.connect(unchecked);
  harness.answer = balance('5');
  harness.now += 20_000;
  const other = { ...save, keyId: OTHER_KEY_ID, replaces: accountId };
  expect(await harness.command('key/save', other)).toMatchObject({ ok: true });
});

test('a replacement that is not written leaves the history of the account that stays', async () => {
  const accountId = await connected();
  await harness.passMinutes(1);
  harness.now += 20_000;
  const { local } = harness.browser.api.storage;
  const { set } = local;
  local.set = async (items) => {
    if ('accounts' in items) throw new Error('QUOTA_BYTES quota exceeded');
    return set(items);
  };
  const other = { ...save, keyId: OTHER_KEY_ID, replaces: accountId, history: 'new' };
  expect(await harness.command('key/save', other)).toEqual({ ok: false, problem: { kind: 'storage' } });
  expect(storedAccount()).toMatchObject({ id: accountId, keyId: KEY_ID });
  expect(await harness.samples(accountId)).toHaveLength(2);
});

test('a replacement with a new history stays on the badge, under the same name', async () => {
  const accountId = await connected();
  await harness.command('account/rename', { accountId, label: 'Mine' });
  await harness.command('settings/change', { shownAccount: accountId });
  harness.now += 20_000;
  const id = await harness.connect({ ...save, keyId: OTHER_KEY_ID, replaces: accountId, history: 'new' });
  expect(storedAccount()).toMatchObject({ id, label: 'Mine' });
  expect(harness.browser.local.settings).toMatchObject({ data: { shownAccount: id } });
  expect(harness.stored().filter((item) => item === 'account')).toHaveLength(1);
  expect(await harness.samples(accountId)).toEqual([]);
});

test('two keys of one member are known to be the same money', async () => {
  await connected();
  harness.scopes = bothKeys;
  harness.now += 20_000;
  const second = { ...save, keyId: OTHER_KEY_ID, privateKey: makeKey('Ed25519').pem };
  expect(await harness.command('key/save', second)).toMatchObject({ ok: true });
  const [a, b] = (harness.browser.local.accounts as { data: { moneyId: string }[] }).data;
  expect(a?.moneyId).toBe(b?.moneyId);
});

test.each([
  ['busy', () => new Response('', { status: 429 })],
  ['broken', () => new Response('', { status: 503 })],
  ['no network', noNetwork],
  ['refused', () => new Response('{}', { status: 403 })],
])('needs consent for the scopes that the check found when saving gets no scopes: %s', async (_, answer) => {
  harness.scopes = keysResponse(['read', 'write']);
  await harness.command('key/check', draft);
  await harness.wake(); // the background ends between check and save
  harness.scopes = answer;
  expect(await harness.command('key/save', save)).toEqual({
    ok: false,
    problem: { kind: 'can-act', scopes: ['read', 'write'] },
  });
  expect(await harness.keys()).toEqual([]);
  expect(await harness.command('key/save', { ...save, acceptScopes: null })).toMatchObject({ ok: true });
  expect(storedAccount()).toMatchObject({ scopes: ['read', 'write'] });
});

test('keeps the stored scopes when the same key is saved again without a response about scopes', async () => {
  harness.scopes = keysResponse(['read', 'write']);
  await harness.command('key/save', { ...save, acceptScopes: null });
  harness.browser.restart(); // the scopes found by the check are lost
  await harness.wake();
  harness.now += 20_000;
  harness.scopes = () => new Response('', { status: 429 });
  expect(await harness.command('key/save', save)).toMatchObject({ ok: false, problem: { kind: 'can-act' } });
  await harness.command('key/save', { ...save, acceptScopes: null });
  expect(storedAccount()).toMatchObject({ scopes: ['read', 'write'] });
});

test.each([
  ['unknown scopes', null, () => new Response('', { status: 503 })],
  ['scopes to trade or move money', ['read', 'write'], keysResponse(['read', 'write'])],
])('needs consent for a key with %s', async (_, scopes, answer) => {
  harness.scopes = answer;
  expect(await harness.command('key/save', save)).toEqual({
    ok: false,
    problem: { kind: 'can-act', scopes },
  });
  expect(harness.browser.local).toEqual({});
  expect(await harness.keys()).toEqual([]);
  expect(await harness.command('key/save', { ...save, acceptScopes: null })).toMatchObject({ ok: true });
  expect(storedAccount()).toMatchObject({ scopes });
});

test('without a key store, saves nothing', async () => {
  breakStore();
  expect(await harness.command('key/save', save)).toEqual({ ok: false, problem: { kind: 'no-store' } });
  expect(harness.browser.local).toEqual({});
});

test('saves no account when the key store does not return the key it stored', async () => {
  const { IDBObjectStore } = await import('fake-indexeddb');
  vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (
    this: typeof IDBObjectStore.prototype,
  ) {
    return this.count() as never;
  });
  expect(await harness.command('key/save', save)).toMatchObject({ ok: false, problem: { kind: 'no-store' } });
  expect(harness.browser.local).toEqual({});
});

describe('consent', () => {
  const TRADE = ['read', 'write::trade'];
  const MONEY = ['read', 'write'];

  test.each([
    [TRADE, undefined, false],
    [TRADE, ['read'], false],
    [TRADE, TRADE, true],
    [MONEY, TRADE, false],
    [MONEY, MONEY, true],
    [TRADE, MONEY, true],
    [MONEY, null, true],
  ])('a key with %j, where the user agreed to %j: saved %s', async (scopes, acceptScopes, saved) => {
    harness.scopes = keysResponse(scopes);
    const result = await harness.command('key/save', { ...save, acceptScopes });
    if (saved) expect(result).toMatchObject({ ok: true });
    else expect(result).toEqual({ ok: false, problem: { kind: 'can-act', scopes } });
  });

  test('to new permissions is for those on the screen: refused if more were found meanwhile', async () => {
    const accountId = await connected();
    const grant = async (scopes: string[]) => {
      harness.scopes = keysResponse(scopes);
      await harness.passMinutes(25 * 60);
    };
    const accept = (scopes: string[]) => harness.command('account/accept-scopes', { accountId, scopes });
    await grant(TRADE);
    await grant(MONEY);
    expect(await accept(TRADE)).toEqual({ ok: false, problem: { kind: 'can-act', scopes: MONEY } });
    expect(storedAccount()).toMatchObject({ acceptedScopes: ['read'] });
    expect(await accept(MONEY)).toMatchObject({ ok: true });
    expect(storedAccount()).toMatchObject({ acceptedScopes: MONEY });
  });
});
