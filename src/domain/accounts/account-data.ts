// What is known about one account besides its identity: the one record that each poll updates.

import * as v from 'valibot';
import { type Alerts, alertsSchema, NO_ALERTS } from '../alerts/alert.ts';
import { daySchema } from '../balance/daily-change.ts';
import { otherSubaccountsSchema } from '../balance/other-subaccounts.ts';
import { perpsSchema, UNKNOWN_PERPS } from '../balance/perps.ts';
import { NO_SNAPSHOT, snapshotSchema } from '../balance/snapshot.ts';
import { transferListSchema } from '../balance/transfer-list.ts';
import { holdingsSummarySchema } from '../holdings/summary.ts';
import { resultsStatusSchema } from '../pnl/results-status.ts';
import { backoffSchema, INITIAL_BACKOFF } from '../polling/backoff.ts';
import { EMPTY_POLL_LOG, pollLogSchema } from '../polling/poll-log.ts';

/** A part that cannot be read is replaced by its empty value; the other parts stay. */
const partsSchema = v.object({
  snapshot: v.fallback(snapshotSchema, NO_SNAPSHOT),
  backoff: v.fallback(backoffSchema, INITIAL_BACKOFF),
  pollLog: v.fallback(pollLogSchema, EMPTY_POLL_LOG),
  /** The last day, for the small chart and today's change; null before the first good poll. */
  day: v.fallback(v.nullable(daySchema), null),
  /** What the holdings add up to; null while that is unknown. */
  holdings: v.fallback(v.nullable(holdingsSummarySchema), null),
  /** Deposits, withdrawals and other transfers; null if the key may read the balance alone. */
  transfers: v.fallback(v.nullable(transferListSchema), null),
  perps: v.fallback(perpsSchema, UNKNOWN_PERPS),
  /** Cash that the balance does not contain; null before it was first requested. */
  otherSubaccounts: v.fallback(v.nullable(otherSubaccountsSchema), null),
  /** When the results are read again; null before they were first requested. */
  results: v.fallback(v.nullable(resultsStatusSchema), null),
  /** Absent until a rule is switched on, so that it is not written with every poll; `alertsOf` reads it. */
  alerts: v.fallback(v.optional(alertsSchema), undefined),
});
export type AccountData = v.InferOutput<typeof partsSchema>;

export const accountDataSchema: v.GenericSchema<unknown, AccountData> = v.pipe(
  v.unknown(),
  v.check((value) => !Array.isArray(value), 'not a record'),
  partsSchema,
);

/** Of an account that was never polled. */
export const NO_DATA: AccountData = {
  snapshot: NO_SNAPSHOT,
  backoff: INITIAL_BACKOFF,
  pollLog: EMPTY_POLL_LOG,
  day: null,
  holdings: null,
  transfers: null,
  perps: UNKNOWN_PERPS,
  otherSubaccounts: null,
  results: null,
};

/** The alerts of an account. */
export function alertsOf({ alerts }: Pick<AccountData, 'alerts'>): Alerts {
  return alerts ?? NO_ALERTS;
}
