// Deleting an account, its history, or everything.
import { describe, expect, test, vi } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import { type BackgroundHarness, balance, KEY_ID, saving, withBackground } from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);

let harness: BackgroundHarness;
withBackground((entered) => {
  harness = entered;
});

const connected = () => harness.connect(save);

const second = { ...save, keyId: KEY_ID.replace('0', '1'), privateKey: makeKey('RSA PKCS#8').pem };

test('deleting the history keeps the current balance', async () => {
  const accountId = await connected();
  await harness.passMinutes(1);
  expect(await harness.samples()).toHaveLength(2);
  expect(await harness.command('history/delete', { accountId })).toEqual({ ok: true, value: null });
  expect(await harness.samples()).toEqual([]);
  expect(harness.browser.toolbar.text).toBe('98');
});

test('keeps the other accounts', async () => {
  const first = await connected();
  await harness.command('key/save', second);
  await harness.command('account/forget', { accountId: first });
  expect(await harness.keys()).toHaveLength(1);
  expect(harness.stored().sort()).toEqual(['account', 'accounts']);
  expect(harness.browser.alarmsSet.size).toBe(1);
  harness.answer = balance('5');
  await harness.passMinutes(1);
  expect(harness.browser.toolbar.text).toBe('5');
});

test('deletes the key, the alarm and all stored data of the account', async () => {
  const accountId = await connected();
  expect(await harness.command('account/forget', { accountId })).toEqual({ ok: true, value: null });
  expect(await harness.keys()).toEqual([]);
  expect(harness.browser.local).toEqual({ accounts: { v: 1, data: [] } });
  expect(harness.browser.alarmsSet.size).toBe(0);
  expect(harness.browser.toolbar).toMatchObject({
    text: '',
    title: expect.stringContaining('Not connected'),
  });
});

test('deletes the records and the attempt of this account, and keeps those of the other', async () => {
  const first = await connected();
  harness.now += 20_000;
  const other = await harness.connect(second);
  await harness.passMinutes(1);
  const kept = structuredClone(harness.data(other));
  await harness.command('account/forget', { accountId: first });
  expect(await harness.samples(first)).toEqual([]);
  expect((await harness.samples(other)).length).toBeGreaterThan(1);
  expect(harness.data(other)).toEqual(kept);
  expect(harness.browser.session[`attempt/${first}`]).toBeUndefined();
  expect(harness.browser.session[`attempt/${other}`]).toBeDefined();
  // The next start of the browser deletes nothing of the account that is left.
  await harness.wake();
  await harness.browser.events.startup.emit();
  await vi.waitFor(async () => expect((await harness.samples(other)).length).toBeGreaterThan(1));
  expect(await harness.keys()).toHaveLength(1);
});

test('an account that is not there is forgotten without any effect', async () => {
  await connected();
  const before = structuredClone(harness.browser.local);
  expect(await harness.command('account/forget', { accountId: 'none' })).toEqual({ ok: true, value: null });
  expect(harness.browser.local).toEqual(before);
  expect(await harness.keys()).toHaveLength(1);
});

/** While a database does not open, or none, if `broken` is empty. */
const openExcept = (...broken: string[]) => {
  const open = indexedDB.open.bind(indexedDB);
  const spy = vi.spyOn(indexedDB, 'open').mockImplementation((name, version) => {
    if (broken.includes(name)) throw new DOMException('Internal error opening backing store', 'UnknownError');
    return open(name, version);
  });
  return () => spy.mockRestore();
};

describe('while the database of the records does not open', () => {
  test('forgetting deletes the key and all else, says that something is left, and a later start deletes it', async () => {
    const accountId = await connected();
    const repair = openExcept('records');
    expect(await harness.command('account/forget', { accountId })).toEqual({
      ok: false,
      problem: { kind: 'not-deleted' },
    });
    expect(await harness.keys()).toEqual([]);
    expect(harness.browser.local).toEqual({ accounts: { v: 1, data: [] } });
    repair();
    expect(await harness.samples(accountId)).toHaveLength(1);
    await harness.browser.events.startup.emit();
    expect(await harness.samples(accountId)).toEqual([]);
  });

  test('the start of the browser deletes every other orphan', async () => {
    const accountId = await connected();
    const repair = openExcept('vault', 'records');
    await harness.command('account/forget', { accountId });
    repair();
    const repairOne = openExcept('records');
    await harness.browser.events.startup.emit();
    repairOne();
    expect(await harness.keys()).toEqual([]);
    expect(await harness.samples(accountId)).toHaveLength(1);
  });
});

test('a key store that does not open: everything else is deleted, and the key by a later start', async () => {
  const accountId = await connected();
  const repair = openExcept('vault');
  expect(await harness.command('account/forget', { accountId })).toMatchObject({
    problem: { kind: 'not-deleted' },
  });
  expect(await harness.samples(accountId)).toEqual([]);
  repair();
  expect(await harness.keys()).toHaveLength(1);
  await harness.browser.events.startup.emit();
  expect(await harness.keys()).toEqual([]);
});

test.each([
  ['UnknownError', { ok: false, problem: { kind: 'not-deleted' } }],
  // A Firefox that never remembers history has none, so there is nothing to delete.
  ['InvalidStateError', { ok: true, value: null }],
])('forgetting an account where IndexedDB fails with %s', async (name, result) => {
  const accountId = await connected();
  vi.stubGlobal('indexedDB', {
    open: () => {
      throw new DOMException('A mutation operation was attempted', name);
    },
  });
  expect(await harness.command('account/forget', { accountId })).toEqual(result);
});

test('deleting the history deletes the day of this account alone', async () => {
  const accountId = await connected();
  harness.now += 20_000;
  const other = await harness.connect(second);
  const before = structuredClone(harness.data(accountId));
  const ofOther = structuredClone(harness.data(other));
  expect(before.day).not.toBeNull();
  await harness.command('history/delete', { accountId });
  expect(harness.data(accountId)).toEqual({ ...before, day: null });
  expect(harness.data(other)).toEqual(ofOther);
  expect((await harness.samples(other)).length).toBeGreaterThan(0);
});

test('discards the result of a poll under way', async () => {
  const accountId = await connected();
  harness.now += 60_000;
  harness.answer = async () => {
    await harness.command('account/forget', { accountId });
    return balance('1')();
  };
  await harness.command('account/refresh', { accountId });
  expect(harness.browser.local).toEqual({ accounts: { v: 1, data: [] } });
  expect(harness.browser.toolbar.text).toBe('');
});

test('starting over deletes everything, and is refused while the accounts can be read', async () => {
  await connected();
  expect(await harness.command('storage/reset')).toEqual({ ok: false, problem: { kind: 'internal' } });
  expect(await harness.keys()).toHaveLength(1);
  harness.browser.local.accounts = null;
  await harness.wake();
  expect(await harness.command('storage/reset')).toEqual({ ok: true, value: null });
  expect(harness.browser.local).toEqual({});
  expect(await harness.keys()).toEqual([]);
  expect(await harness.samples()).toEqual([]);
  expect(harness.browser.toolbar.title).toContain('Not connected');
  expect(await harness.command('key/save', save)).toMatchObject({ ok: true });
});

test('starting over is refused while the read fails: what is stored may be intact', async () => {
  await connected();
  harness.browser.readError = new Error('IO error');
  await harness.wake();
  expect(await harness.command('storage/reset')).toEqual({ ok: false, problem: { kind: 'storage' } });
  harness.browser.readError = undefined;
  expect(await harness.keys()).toHaveLength(1);
  expect(harness.stored()).toContain('accounts');
});
