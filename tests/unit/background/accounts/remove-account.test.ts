// Deleting an account, its history, or everything.
import { expect, test } from 'vitest';
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
  expect(harness.browser.local).toEqual({ accounts: { v: 4, data: [] } });
  expect(harness.browser.alarmsSet.size).toBe(0);
  expect(harness.browser.toolbar).toMatchObject({
    text: '',
    title: expect.stringContaining('Not connected'),
  });
});

test('discards the result of a poll under way', async () => {
  const accountId = await connected();
  harness.now += 60_000;
  harness.answer = async () => {
    await harness.command('account/forget', { accountId });
    return balance('1')();
  };
  await harness.command('account/refresh', { accountId });
  expect(harness.browser.local).toEqual({ accounts: { v: 4, data: [] } });
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
