// The holdings of an account: one record.

import * as v from 'valibot';
import { type Holdings, holdingsSchema } from '../../domain/holdings/holdings.ts';
import { type RecordId, type Records, readRecord, writeRecords } from './database.ts';

const HOLDINGS: RecordId = { kind: 'holdings', name: '', block: 0 };

/** The holdings of an account as last fetched; null if unknown or unreadable. */
export async function readHoldings(records: Records): Promise<Holdings | null> {
  try {
    const parsed = v.safeParse(holdingsSchema, await readRecord(records, HOLDINGS));
    return parsed.success ? parsed.output : null;
  } catch {
    return null; // they are fetched again
  }
}

/** @throws what IndexedDB throws */
export async function writeHoldings(records: Records, holdings: Holdings): Promise<void> {
  await writeRecords(records, { put: [{ ...HOLDINGS, value: holdings }] });
}
