// The records of accounts in IndexedDB, written by the background and read by the pages. This file alone opens their database:
// what it writes for an account with a passphrase is encrypted.
//
// A value cannot be encrypted within a transaction, which ends while that is awaited. So changes are read, computed and written
// one after the other: the background runs one change at a time, and each write is one transaction.

import type { DBSchema, IDBPObjectStore } from 'idb';
import { type Database, unlessUnavailable, withDatabase } from '../indexed-db.ts';
import { type RecordsCipher, seal, storedName, unseal } from './cipher.ts';
import { groupBy } from './group-by.ts';

/** Kinds of the results. `changed`: markets with new rows, whose result is computed next · `unnamed`: without names. */
export const RESULT_KINDS = [
  'progress',
  'fills',
  'settlements',
  'books',
  'endings',
  'markets',
  'changed',
  'unnamed',
] as const;

/** The kinds of records, each described in the file that reads and writes it. */
export const KINDS = [
  'history-0',
  'history-1',
  'history-2',
  'history-3',
  'holdings',
  ...RESULT_KINDS,
] as const;
export type Kind = (typeof KINDS)[number];

/** The place of a record within its account: a name (a ticker, or empty) and a number (the start of a block of time, or 0). */
export interface RecordId {
  kind: Kind;
  name: string;
  block: number;
}

export interface StoredRecord<T> extends RecordId {
  value: T;
}

/** The records of one account, which is not locked. */
export interface Records {
  accountId: string;
  /** That of new records; and after it, while records are being encrypted anew, that of the others. */
  ciphers: readonly [RecordsCipher, ...RecordsCipher[]];
}

/** Account, generation, kind, stored name, block. */
export type Key = [accountId: string, generation: number, kind: string, name: string, block: number];

interface RecordsDb extends DBSchema {
  records: { key: Key; value: unknown };
}

const RECORDS: Database<RecordsDb> = {
  name: 'records',
  upgrades: [(db) => void db.createObjectStore('records')],
};

/** Records of one read, or one deletion, so that none exceeds the time limit of a database. */
const PAGE = 1_000;

/** All that begins with these: an array sorts after every text and number. */
function under(...start: (string | number)[]): IDBKeyRange {
  return IDBKeyRange.bound(start, [...start, []]);
}

type Store = IDBPObjectStore<RecordsDb, ['records'], 'records', 'readonly'>;

function reading<T>(use: (store: Store) => Promise<T>): Promise<T> {
  return withDatabase(RECORDS, (db) => use(db.transaction('records', 'readonly').store));
}

async function keyOf(
  accountId: string,
  cipher: RecordsCipher,
  { kind, name, block }: RecordId,
): Promise<Key> {
  return [accountId, cipher.generation, kind, await storedName(cipher, kind, name), block];
}

/** A record without the name that its key does not show. */
type Content = [name: string, value: unknown];

async function decode<T>(
  cipher: RecordsCipher,
  key: Key,
  stored: unknown,
): Promise<StoredRecord<T> | undefined> {
  const content = (await unseal(cipher, key, stored)) as Content | undefined;
  if (!Array.isArray(content)) return undefined; // damaged
  const [name, value] = content;
  return { kind: key[2] as Kind, name, block: key[4], value: value as T };
}

/** Every record of these ranges; where one is in two generations, that of the current one. Damaged ones are left out. */
async function readRanges<T>(
  { ciphers }: Records,
  rangesOf: (cipher: RecordsCipher) => Promise<IDBKeyRange[]> | IDBKeyRange[],
  most = Number.POSITIVE_INFINITY,
): Promise<StoredRecord<T>[]> {
  const found = new Map<string, StoredRecord<T>>();
  for (const cipher of ciphers) {
    for await (const page of pages(await rangesOf(cipher), most)) {
      const records = await Promise.all(page.map(([key, stored]) => decode<T>(cipher, key, stored)));
      for (const record of records) {
        if (!record || found.size >= most) continue;
        const id = `${record.kind} ${record.block} ${record.name}`;
        if (!found.has(id)) found.set(id, record);
      }
      if (found.size >= most) break;
    }
  }
  return [...found.values()];
}

async function* pages(ranges: readonly IDBKeyRange[], most: number): AsyncGenerator<[Key, unknown][]> {
  const size = Math.min(PAGE, most);
  let at = 0;
  let from: IDBKeyRange | undefined = ranges[0];
  while (from) {
    const page: [Key, unknown][] = [];
    await reading(async (store) => {
      while (from && page.length < size) {
        const range: IDBKeyRange = from;
        const left = size - page.length;
        const [keys, values] = await Promise.all([store.getAllKeys(range, left), store.getAll(range, left)]);
        keys.forEach((key, index) => {
          page.push([key, values[index]]);
        });
        const last = keys.at(-1);
        from = keys.length === left && last ? IDBKeyRange.bound(last, range.upper, true) : ranges[++at];
      }
    });
    yield page;
  }
}

/**
 * The records of a kind in the order of their blocks.
 * @param from and `to`: blocks, both included
 * @param most the largest number of records
 * @throws what IndexedDB throws
 */
export async function readKind<T>(
  records: Records,
  kind: Kind,
  {
    from = Number.NEGATIVE_INFINITY,
    to = Number.POSITIVE_INFINITY,
    most = Number.POSITIVE_INFINITY,
  }: { from?: number; to?: number; most?: number } = {},
): Promise<StoredRecord<T>[]> {
  const isLimited = from !== Number.NEGATIVE_INFINITY || to !== Number.POSITIVE_INFINITY;
  const found = await readRanges<T>(
    records,
    ({ generation }) => {
      const start = [records.accountId, generation, kind];
      return [isLimited ? IDBKeyRange.bound([...start, '', from], [...start, '', to]) : under(...start)];
    },
    most,
  );
  return found.sort((a, b) => a.block - b.block);
}

/** Every record of a kind with one of these names, in the order of their blocks. @throws what IndexedDB throws */
export async function readNamed<T>(
  records: Records,
  kind: Kind,
  names: readonly string[],
): Promise<Map<string, StoredRecord<T>[]>> {
  const all = await readRanges<T>(records, async (cipher) => {
    const stored = await Promise.all(names.map((name) => storedName(cipher, kind, name)));
    return stored.map((name) => under(records.accountId, cipher.generation, kind, name));
  });
  const byName = groupBy(all, ({ name }) => name);
  for (const each of byName.values()) each.sort((a, b) => a.block - b.block);
  return byName;
}

/** One record for each of these, undefined where there is none. @throws what IndexedDB throws */
export async function readRecords<T>(records: Records, ids: readonly RecordId[]): Promise<(T | undefined)[]> {
  const found: (T | undefined)[] = ids.map(() => undefined);
  for (const cipher of records.ciphers) {
    const keys = await Promise.all(ids.map((id) => keyOf(records.accountId, cipher, id)));
    const stored = await reading((store) => Promise.all(keys.map((key) => store.get(key))));
    const decoded = await Promise.all(
      keys.map((key, index) =>
        stored[index] === undefined ? undefined : decode<T>(cipher, key, stored[index]),
      ),
    );
    decoded.forEach((record, index) => {
      found[index] ??= record?.value;
    });
  }
  return found;
}

export async function readRecord<T>(records: Records, id: RecordId): Promise<T | undefined> {
  return (await readRecords<T>(records, [id]))[0];
}

/** The block of the latest, or of the oldest, record of a kind within blocks, both included; undefined if there is none. */
export async function endBlock(
  { accountId, ciphers }: Records,
  kind: Kind,
  end: 'oldest' | 'latest',
  to = Number.POSITIVE_INFINITY,
): Promise<number | undefined> {
  const found = await reading((store) =>
    Promise.all(
      ciphers.map(async ({ generation }) => {
        const start = [accountId, generation, kind, ''];
        const range = IDBKeyRange.bound([...start, Number.NEGATIVE_INFINITY], [...start, to]);
        return (await store.openKeyCursor(range, end === 'latest' ? 'prev' : 'next'))?.key[4];
      }),
    ),
  );
  const blocks = found.filter((block) => block !== undefined);
  if (blocks.length === 0) return undefined;
  return end === 'latest' ? Math.max(...blocks) : Math.min(...blocks);
}

/** What one transaction writes. */
export interface RecordChanges {
  put?: readonly StoredRecord<unknown>[];
  remove?: readonly RecordId[];
}

/** Writes all of these changes, or none. What was written before a change of the passphrase is replaced. @throws what IndexedDB throws */
export async function writeRecords(
  { accountId, ciphers }: Records,
  { put = [], remove = [] }: RecordChanges,
): Promise<void> {
  const [current, ...previous] = ciphers;
  const puts = await Promise.all(
    put.map(async (record) => {
      const key = await keyOf(accountId, current, record);
      return { key, value: await seal(current, key, [record.name, record.value] satisfies Content) };
    }),
  );
  const keysOf = (cipher: RecordsCipher, ids: readonly RecordId[]) =>
    Promise.all(ids.map((id) => keyOf(accountId, cipher, id)));
  const removals = [
    await keysOf(current, remove),
    ...(await Promise.all(previous.map((cipher) => keysOf(cipher, [...put, ...remove])))),
  ].flat();
  await withDatabase(RECORDS, async (db) => {
    const transaction = db.transaction('records', 'readwrite');
    for (const { key, value } of puts) void transaction.store.put(value, key);
    for (const key of removals) void transaction.store.delete(key);
    await transaction.done;
  });
}

/** Records that are encrypted anew in one transaction. */
const PART = 200;

/**
 * Stores some records of the previous generation as the current one does, in one transaction. What its secret does not decrypt
 * stays where it is: the secret may be the wrong one.
 * @param after what the part before has returned
 * @returns the last key of this part; undefined at the end
 * @throws what IndexedDB throws
 */
export async function reencryptPart(records: Records, after?: Key): Promise<Key | undefined> {
  const [, previous] = records.ciphers;
  if (!previous) return undefined;
  const all = under(records.accountId, previous.generation);
  const range = after ? IDBKeyRange.bound(after, all.upper, true) : all;
  const [keys, values] = await reading((store) =>
    Promise.all([store.getAllKeys(range, PART), store.getAll(range, PART)]),
  );
  const decoded = await Promise.all(keys.map((key, index) => decode<unknown>(previous, key, values[index])));
  await writeRecords(records, { put: decoded.filter((record) => record !== undefined) });
  return keys.length === PART ? keys.at(-1) : undefined;
}

/** Whether an account has records of a generation. @throws what IndexedDB throws */
export async function hasRecords(accountId: string, generation: number): Promise<boolean> {
  return (await reading((store) => store.getKey(under(accountId, generation)))) !== undefined;
}

/** Deletes all records of these kinds. @throws what IndexedDB throws */
export async function deleteKinds({ accountId, ciphers }: Records, kinds: readonly Kind[]): Promise<void> {
  for (const { generation } of ciphers) {
    for (const kind of kinds) await deleteRange(under(accountId, generation, kind));
  }
}

/** Deletes every record of an account, locked or not. @throws what IndexedDB throws */
export function deleteRecordsOf(accountId: string): Promise<void> {
  return deleteRange(under(accountId)).catch(unlessUnavailable);
}

/** Deletes every record but those of these accounts. @throws what IndexedDB throws */
export function deleteRecordsExcept(accountIds: readonly string[]): Promise<void> {
  return deleteOthers(accountIds).catch(unlessUnavailable);
}

async function deleteOthers(accountIds: readonly string[]): Promise<void> {
  const orphans = await reading(async (store) => {
    const found: string[] = [];
    let cursor = await store.openKeyCursor();
    while (cursor) {
      const [id] = cursor.key;
      if (!accountIds.includes(id)) found.push(id);
      cursor = await cursor.continue([id, []] as never);
    }
    return found;
  });
  for (const id of orphans) await deleteRange(under(id));
}

/** In parts: a deletion of any size is not cut off by the time limit of a database. */
async function deleteRange(range: IDBKeyRange): Promise<void> {
  let isLast = false;
  while (!isLast) {
    isLast = await withDatabase(RECORDS, async (db) => {
      const transaction = db.transaction('records', 'readwrite');
      const keys = await transaction.store.getAllKeys(range, PAGE);
      const last = keys.at(-1);
      if (last) await transaction.store.delete(IDBKeyRange.bound(range.lower, last));
      await transaction.done;
      return keys.length < PAGE;
    });
  }
}
