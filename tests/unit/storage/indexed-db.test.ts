// Databases are upgraded from every older version, and never damaged by an upgrade that fails.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { DBSchema } from 'idb';
import { beforeEach, expect, test, vi } from 'vitest';
import { type Database, withDatabase } from '../../../src/storage/indexed-db.ts';

interface Invented extends DBSchema {
  rows: { key: string; value: { label?: string; name?: string } };
  names: { key: string; value: 1 };
}

const created: Database<Invented>['upgrades'][0] = (db) => void db.createObjectStore('rows');
const renamed: Database<Invented>['upgrades'][0] = async (_, transaction) => {
  const rows = transaction.objectStore('rows');
  for (const key of await rows.getAllKeys())
    await rows.put({ name: (await rows.get(key))?.label ?? '' }, key);
};
const indexed: Database<Invented>['upgrades'][0] = async (db, transaction) => {
  const names = db.createObjectStore('names');
  for (const { name = '' } of await transaction.objectStore('rows').getAll()) await names.put(1, name);
};
const version = (...upgrades: Database<Invented>['upgrades']) => ({ name: 'invented', upgrades });
const LATEST = version(created, renamed, indexed);
const read = (database: Database<Invented>) => withDatabase(database, (db) => db.get('rows', 'a'));

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  return () => vi.unstubAllGlobals();
});

test.each([
  ['1', version(created), { label: 'x' }],
  ['2', version(created, renamed), { name: 'x' }],
  ['3', LATEST, { name: 'x' }],
])('version %s is upgraded by the steps that it lacks', async (_, old, row) => {
  await withDatabase(old, (db) => db.put('rows', row, 'a'));
  if (old === LATEST) await withDatabase(old, (db) => db.put('names', 1, 'x'));
  expect(await read(LATEST)).toEqual({ name: 'x' });
  expect(await withDatabase(LATEST, (db) => db.getAllKeys('names'))).toEqual(['x']);
});

test('without a database, all steps run', async () => {
  expect(await withDatabase(LATEST, (db) => db.getAll('rows'))).toEqual([]);
  expect(await withDatabase(LATEST, (db) => db.getAllKeys('names'))).toEqual([]);
});

test('an upgrade that fails changes nothing', async () => {
  await withDatabase(version(created), (db) => db.put('rows', { label: 'x' }, 'a'));
  const failing = () => Promise.reject(new Error('cannot be upgraded'));
  await expect(read(version(created, renamed, failing))).rejects.toThrow();
  expect(await read(version(created))).toEqual({ label: 'x' });
});

test('a database of a newer version is refused and stays', async () => {
  await withDatabase(LATEST, (db) => db.put('rows', { name: 'x' }, 'a'));
  await expect(read(version(created))).rejects.toThrow('version');
  expect(await read(LATEST)).toEqual({ name: 'x' });
});
