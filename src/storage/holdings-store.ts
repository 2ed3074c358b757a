// The holdings in IndexedDB: one record per account. Written by the background, read by the pages after their first frame.

import type { DBSchema, IDBPDatabase } from 'idb';
import * as v from 'valibot';
import { type Holdings, holdingsSchema } from '../domain/holdings/holdings.ts';
import { type Database, withDatabase } from './indexed-db.ts';

interface HoldingsDb extends DBSchema {
  holdings: { key: string; value: unknown };
}

const HOLDINGS: Database<HoldingsDb> = {
  name: 'holdings',
  upgrades: [(db) => void db.createObjectStore('holdings')],
};

function withHoldings<T>(use: (db: IDBPDatabase<HoldingsDb>) => Promise<T>): Promise<T> {
  return withDatabase(HOLDINGS, use);
}

/** The holdings of an account as last fetched; null if unknown or unreadable. */
export async function readHoldings(accountId: string): Promise<Holdings | null> {
  try {
    const parsed = v.safeParse(holdingsSchema, await withHoldings((db) => db.get('holdings', accountId)));
    return parsed.success ? parsed.output : null;
  } catch {
    return null; // they are fetched again
  }
}

/** @throws what IndexedDB throws */
export async function writeHoldings(accountId: string, holdings: Holdings): Promise<void> {
  await withHoldings((db) => db.put('holdings', holdings, accountId));
}

export async function deleteHoldingsOf(accountId: string): Promise<void> {
  await withHoldings((db) => db.delete('holdings', accountId));
}

export async function deleteHoldingsExcept(accountIds: readonly string[]): Promise<void> {
  await withHoldings(async (db) => {
    const all = await db.getAllKeys('holdings');
    for (const id of all.filter((id) => !accountIds.includes(id))) await db.delete('holdings', id);
  });
}
