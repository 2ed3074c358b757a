// The schema of a backup. Every field is checked: the file may have been changed, or written by somebody else.

import * as v from 'valibot';
import { contractsSchema } from '../../domain/contracts.ts';
import type { SettledMarket } from '../../domain/holdings/settlement.ts';
import { microsSchema } from '../../domain/money.ts';
import type { Books, Ending } from '../../domain/pnl/market-facts.ts';
import type { ResultPart } from '../../domain/pnl/market-result.ts';
import { rowSchema } from '../records/history.ts';
import type { StoredResult } from '../records/results.ts';
import type { ITEM_SCHEMAS } from '../schemas.ts';

const number = v.pipe(v.number(), v.finite());

/** An item of `storage.local` with the version of its schema (storage/schemas.ts migrates it). */
const itemSchema = v.object({ v: v.pipe(v.number(), v.integer(), v.minValue(1)), data: v.unknown() });

/** Ticker, time, id, side (1 for YES), contracts in millionths, price, fee. Micro-dollars, unix milliseconds. */
const fillSchema = v.tuple([
  v.string(),
  number,
  v.string(),
  v.picklist([0, 1]),
  contractsSchema,
  microsSchema,
  microsSchema,
]);
export type BackupFill = v.InferOutput<typeof fillSchema>;

const settlementSchema: v.GenericSchema<unknown, SettledMarket> = v.object({
  ticker: v.string(),
  result: v.string(),
  yesCount: contractsSchema,
  yesCost: microsSchema,
  noCount: contractsSchema,
  noCost: microsSchema,
  revenue: microsSchema,
  value: v.nullable(microsSchema),
  fees: microsSchema,
  at: number,
});

const booksSchema: v.GenericSchema<unknown, Books> = v.object({
  ticker: v.string(),
  realized: microsSchema,
  fees: microsSchema,
  traded: microsSchema,
  at: number,
});

const endingSchema: v.GenericSchema<unknown, Ending> = v.object({
  ticker: v.string(),
  result: v.string(),
  value: microsSchema,
  at: number,
});

const partSchema: v.GenericSchema<unknown, ResultPart> = v.object({
  at: number,
  sold: contractsSchema,
  settled: contractsSchema,
  cost: microsSchema,
  proceeds: microsSchema,
  fees: microsSchema,
  basis: microsSchema,
});

const marketSchema: v.GenericSchema<unknown, StoredResult> = v.object({
  ticker: v.string(),
  side: v.picklist(['yes', 'no']),
  outcome: v.nullable(v.string()),
  partial: v.boolean(),
  booked: v.nullable(microsSchema),
  parts: v.array(partSchema),
  names: v.nullable(v.object({ event: v.string(), title: v.string(), yes: v.string(), no: v.string() })),
});

const resultsSchema = v.object({
  fills: v.array(fillSchema),
  settlements: v.array(settlementSchema),
  books: v.array(booksSchema),
  endings: v.array(endingSchema),
  markets: v.array(marketSchema),
  /** Tickers of markets whose result is to be computed again. */
  changed: v.array(v.string()),
  /** How far they were read: `resultsProgressSchema` decides whether it can be used. */
  progress: v.unknown(),
});
export type BackupResults = v.InferOutput<typeof resultsSchema>;

/** The records of one account. */
const recordsSchema = v.object({
  /** Its record: the last good figures, the day, its alerts. */
  account: itemSchema,
  /** By tier, as in domain/balance/history.ts. */
  history: v.array(v.array(rowSchema)),
  results: resultsSchema,
});
export type BackupRecords = v.InferOutput<typeof recordsSchema>;

export const backupSchema = v.object({
  accounts: itemSchema,
  settings: v.nullable(itemSchema),
  /** By account id. */
  records: v.record(v.string(), recordsSchema),
});
export type Backup = v.InferOutput<typeof backupSchema>;

export type BackupItem = Extract<keyof typeof ITEM_SCHEMAS, 'accounts' | 'settings' | 'account'>;
