// The history in IndexedDB: one record per sample and tier. Written by the background, read by the pages.

import type { DBSchema, IDBPDatabase } from 'idb';
import { isGap, type Sample, slotOf, TIERS } from '../domain/balance/history.ts';
import { zoneOffset } from '../domain/calendar.ts';
import { micros } from '../domain/money.ts';
import { type Database, withDatabase } from './indexed-db.ts';

/** Account, tier, slot. */
type Key = [string, number, number];

interface HistoryDb extends DBSchema {
  samples: { key: Key; value: Sample };
}

const HISTORY: Database<HistoryDb> = {
  name: 'history',
  upgrades: [(db) => void db.createObjectStore('samples')],
};

/** Opens the database for one use. For the stores of the history alone. */
export function withHistory<T>(use: (db: IDBPDatabase<HistoryDb>) => Promise<T>): Promise<T> {
  return withDatabase(HISTORY, use);
}

export function slots(accountId: string, tier: number, from: number, to: number): IDBKeyRange {
  return IDBKeyRange.bound([accountId, tier, from], [accountId, tier, to]);
}

/** The range of one account: an array sorts after every number. */
function everything(accountId: string): IDBKeyRange {
  return IDBKeyRange.bound([accountId], [accountId, []]);
}

/** Expired records of a tier that one append deletes: more than it writes, so that a backlog shrinks. */
const MAX_DELETED = 2;

/**
 * Appends a sample to every tier and deletes what a tier no longer keeps, in one transaction. The work does not grow with
 * the history. No single sample deletes more than a few records, whatever its time: a wrong one must not cost the history.
 * A sample at the time of another one is left out.
 * @param periodMs the polling period
 * @returns whether it was appended
 * @throws what IndexedDB throws: no space, or no storage in this kind of window
 */
export async function appendSample(
  accountId: string,
  { at, ...amounts }: Omit<Sample, 'gap'>,
  periodMs: number,
): Promise<boolean> {
  return withHistory(async (db) => {
    const transaction = db.transaction('samples', 'readwrite');
    const { store } = transaction;
    const last = await store.openCursor(slots(accountId, 0, Number.NEGATIVE_INFINITY, at), 'prev');
    const before = last?.value.at;
    if (before === at) return false;
    const gap = isGap(before, at, periodMs);
    for (const [tier, { step, keep }] of TIERS.entries()) {
      const slot = slotOf(at, step, zoneOffset(at));
      const same = step === 0 ? undefined : await store.get([accountId, tier, slot]);
      if (same && same.at > at) continue; // the step has a later sample
      await store.put({ at, ...amounts, gap: gap || same?.gap === true }, [accountId, tier, slot]);
      if (keep === Number.POSITIVE_INFINITY) continue;
      const expired = slots(accountId, tier, Number.NEGATIVE_INFINITY, at - keep);
      for (const key of await store.getAllKeys(expired, MAX_DELETED)) await store.delete(key);
    }
    await transaction.done;
    return true;
  });
}

/**
 * The samples of one tier (its index in `TIERS`), oldest first. Samples later than now were recorded while the clock was
 * wrong: pass the present as `to` to leave them out.
 * @param from unix milliseconds
 * @param to unix milliseconds
 */
export async function readSamples(
  accountId: string,
  tier: number,
  from = Number.NEGATIVE_INFINITY,
  to = Number.POSITIVE_INFINITY,
): Promise<Sample[]> {
  const stored = await withHistory((db) => db.getAll('samples', slots(accountId, tier, from, to)));
  return stored.filter((sample) => AMOUNTS.every((name) => micros(sample[name] ?? 0) !== undefined));
}

/** The time of the oldest daily sample of an account, unix milliseconds; undefined if there is none. */
export async function readOldestSample(accountId: string): Promise<number | undefined> {
  const daily = slots(accountId, TIERS.length - 1, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  const [oldest] = await withHistory((db) => db.getAll('samples', daily, 1));
  return oldest?.at;
}

const AMOUNTS = ['cash', 'positions', 'perps'] as const;

export async function deleteHistoryOf(accountId: string): Promise<void> {
  await withHistory((db) => db.delete('samples', everything(accountId)));
}

/** Deletes the history of every account but these. Skips from account to account. */
export async function deleteHistoryExcept(accountIds: readonly string[]): Promise<void> {
  await withHistory(async (db) => {
    const transaction = db.transaction('samples', 'readwrite');
    let cursor = await transaction.store.openKeyCursor();
    while (cursor) {
      const [accountId] = cursor.key;
      if (!accountIds.includes(accountId)) await transaction.store.delete(everything(accountId));
      cursor = await cursor.continue([accountId, Number.POSITIVE_INFINITY, 0]);
    }
    await transaction.done;
  });
}
