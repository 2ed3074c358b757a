// Deleting an account, its history, or everything.
import { expect, test } from 'vitest';
import { makeKey } from '../../../exchange/keys.ts';
import { type BackgroundHarness, balance, KEY_ID, saving, withBackground } from '../background-harness.ts';

const { pem } = makeKey('Ed25519');
const save = saving(pem);

let world: BackgroundHarness;
withBackground((entered) => {
  world = entered;
});

const connected = () => world.connect(save);

const second = { ...save, keyId: KEY_ID.replace('0', '1'), privateKey: makeKey('RSA PKCS#8').pem };

test('deleting the history keeps the current balance', async () => {
  const accountId = await connected();
  await world.passMinutes(1);
  expect(await world.samples()).toHaveLength(2);
  expect(await world.command('history/delete', { accountId })).toEqual({ ok: true, value: null });
  expect(await world.samples()).toEqual([]);
  expect(world.browser.toolbar.text).toBe('98');
});

test('keeps the other accounts', async () => {
  const first = await connected();
  await world.command('key/save', second);
  await world.command('account/forget', { accountId: first });
  expect(await world.keys()).toHaveLength(1);
  expect(world.stored().sort()).toEqual(['account', 'accounts']);
  expect(world.browser.alarmsSet.size).toBe(1);
  world.answer = balance('5');
  await world.passMinutes(1);
  expect(world.browser.toolbar.text).toBe('5');
});

test('deletes the key, the alarm and all stored data of the account', async () => {
  const accountId = await connected();
  expect(await world.command('account/forget', { accountId })).toEqual({ ok: true, value: null });
  expect(await world.keys()).toEqual([]);
  expect(world.browser.local).toEqual({ accounts: { v: 3, data: [] } });
  expect(world.browser.alarmsSet.size).toBe(0);
  expect(world.browser.toolbar).toMatchObject({
    text: '',
    title: expect.stringContaining('Not connected'),
  });
});

test('discards the result of a poll under way', async () => {
  const accountId = await connected();
  world.now += 60_000;
  world.answer = async () => {
    await world.command('account/forget', { accountId });
    return balance('1')();
  };
  await world.command('account/refresh', { accountId });
  expect(world.browser.local).toEqual({ accounts: { v: 3, data: [] } });
  expect(world.browser.toolbar.text).toBe('');
});

test('starting over deletes everything, and is refused while the accounts can be read', async () => {
  await connected();
  expect(await world.command('storage/reset')).toEqual({ ok: false, problem: { kind: 'internal' } });
  expect(await world.keys()).toHaveLength(1);
  world.browser.local.accounts = null;
  await world.wake();
  expect(await world.command('storage/reset')).toEqual({ ok: true, value: null });
  expect(world.browser.local).toEqual({});
  expect(await world.keys()).toEqual([]);
  expect(await world.samples()).toEqual([]);
  expect(world.browser.toolbar.title).toContain('Not connected');
  expect(await world.command('key/save', save)).toMatchObject({ ok: true });
});
