// The key store: what is written, what opens it, and what is deleted.
import 'fake-indexeddb/auto';
import { IDBDatabase, IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import { importPrivateKey, withPrivateKey } from '../../../src/vault/import-key.ts';
import { deleteKeysExcept, openKey, openWrapped, putKey } from '../../../src/vault/key-store.ts';
import { type Owner, secretFor, type Wrapping, wrapKey } from '../../../src/vault/passphrase-encryption.ts';
import { makeKey } from '../../exchange/keys.ts';
import { FakeBrowser } from '../../fakes/browser.ts';

const browser = vi.hoisted(() => ({ current: undefined as unknown as FakeBrowser }));
vi.mock('webextension-polyfill', () => ({
  default: new Proxy({}, { get: (_, name) => Reflect.get(browser.current.api, name) }),
}));

const OWNER: Owner = { id: 'one', environment: 'production' };
const { pem } = makeKey('Ed25519');

async function openOne(): Promise<CryptoKey> {
  const imported = await importPrivateKey(pem);
  if (typeof imported === 'string') throw new Error(imported);
  return imported.key;
}
async function wrappedOne(): Promise<Wrapping> {
  const made = await withPrivateKey(pem, (found) => wrapKey(found, 'four words or more', OWNER));
  if (typeof made === 'string') throw new Error(made);
  return made;
}
const signature = (key: CryptoKey | undefined) =>
  key &&
  crypto.subtle.sign('Ed25519', key, new Uint8Array(8)).then((bytes) => Buffer.from(bytes).toString('hex'));

beforeEach(() => {
  browser.current = new FakeBrowser();
  vi.stubGlobal('indexedDB', new IDBFactory());
  return () => vi.unstubAllGlobals();
});

test('an unencrypted key opens without a secret; an unknown reference does not', async () => {
  const key = await openOne();
  await putKey('a', { kind: 'open', key });
  expect(await signature(await openKey('a', OWNER))).toBe(await signature(key));
  expect(await openKey('b', OWNER)).toBeUndefined();
});

test('a wrapped key opens with its secret only', async () => {
  const { wrapped, secret } = await wrappedOne();
  await putKey('a', { kind: 'wrapped', wrapped });
  const expected = await signature(await openOne());
  expect(await signature(await openKey('a', OWNER, secret))).toBe(expected);
  expect(await signature(await openKey('a', OWNER, Promise.resolve(secret)))).toBe(expected);
  expect(await openKey('a', OWNER)).toBeUndefined();
  expect(await openKey('a', OWNER, await secretFor(wrapped, 'another'))).toBeUndefined();
  expect(await openKey('a', { ...OWNER, id: 'two' }, secret)).toBeUndefined();
});

test('a passphrase opens a wrapped key, and gives its secret', async () => {
  const { wrapped, secret } = await wrappedOne();
  await putKey('a', { kind: 'wrapped', wrapped });
  await putKey('open', { kind: 'open', key: await openOne() });
  expect(await openWrapped('a', OWNER, 'four words or more')).toEqual({ wrapped, secret });
  expect(await openWrapped('a', OWNER, 'another')).toBeUndefined();
  expect(await openWrapped('open', OWNER, 'four words or more')).toBeUndefined();
  expect(await openWrapped('b', OWNER, 'four words or more')).toBeUndefined();
});

test('a key is written to the disk before anything that relies on it', async () => {
  const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
  await putKey('a', { kind: 'open', key: await openOne() });
  expect(transaction).toHaveBeenCalledWith('keys', 'readwrite', { durability: 'strict' });
  transaction.mockRestore();
});

test('all keys but those that are named are deleted', async () => {
  const key = await openOne();
  for (const ref of ['a', 'b', 'c']) await putKey(ref, { kind: 'open', key });
  await deleteKeysExcept(['b', 'unknown']);
  expect(await openKey('a', OWNER)).toBeUndefined();
  expect(await openKey('b', OWNER)).toBeDefined();
  expect(await openKey('c', OWNER)).toBeUndefined();
  await deleteKeysExcept([]);
  expect(await openKey('b', OWNER)).toBeUndefined();
});
