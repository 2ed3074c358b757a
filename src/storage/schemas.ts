// The shape of every stored item, its version, and how each past version becomes the present one. A shape that changes
// gets a migration here and a past one in tests/unit/platform/shapes.test.ts.

import * as v from 'valibot';
import { type Account, accountSchema, type PendingKey, pendingKeySchema } from '../portfolio/account.ts';
import { backoffSchema, type PollBackoff } from '../portfolio/backoff.ts';
import { type Day, daySchema } from '../portfolio/daily-change.ts';
import { type HoldingsSummary, holdingsSummarySchema } from '../portfolio/holdings.ts';
import { type PollLog, pollLogSchema } from '../portfolio/poll-log.ts';
import { DEFAULT_SETTINGS, type Settings, settingsSchema } from '../portfolio/settings.ts';
import { type Snapshot, snapshotSchema } from '../portfolio/snapshot.ts';

/** Every item lies in an envelope with the version of its shape. */
export interface Envelope {
  v: number;
  data: unknown;
}

/** What is stored in `storage.local`, by the first part of its name. */
export interface Stored {
  accounts: Account[];
  pending: PendingKey | null;
  settings: Settings;
  snapshot: Snapshot;
  pace: PollBackoff;
  log: PollLog;
  day: Day | null;
  sums: HoldingsSummary | null;
}

interface Shape<T> {
  schema: v.GenericSchema<unknown, T>;
  /** From version 1 to 2, from 2 to 3, … The present version is one more than there are of these. */
  migrations: readonly ((old: unknown) => unknown)[];
}

/** Fills in what an older shape did not have. */
const filling = (defaults: object) => (old: unknown) => {
  if (typeof old !== 'object' || old === null || Array.isArray(old)) throw new TypeError('not a record');
  return { ...defaults, ...old };
};

/** Gives a field another name. */
const renaming = (from: string, to: string) => (old: unknown) => {
  const { [from]: value, ...rest } = filling({})(old) as Record<string, unknown>;
  return { ...rest, [to]: value };
};

/** The one list of what lies in `storage.local`. */
export const ITEM_SCHEMAS: { [Item in keyof Stored]: Shape<Stored[Item]> } = {
  // 1 → 2: what a key may do was not kept at first. 2 → 3: nor what the user has agreed to, which is what it was then.
  accounts: {
    schema: v.array(accountSchema),
    migrations: [
      (old) => (old as unknown[]).map(filling({ scopes: null, scopesAt: 0 })),
      (old) =>
        (old as Record<string, unknown>[]).map((account) => ({ ...account, acceptedScopes: account.scopes })),
    ],
  },
  pending: { schema: v.nullable(pendingKeySchema), migrations: [] },
  // 1 → 2: which account, locking and resting came one after the other.
  settings: { schema: settingsSchema, migrations: [filling(DEFAULT_SETTINGS)] },
  snapshot: { schema: snapshotSchema, migrations: [] },
  // 1 → 2: when the exchange was asked how it is. 2 → 3: `notBefore` is called `retryAt`.
  pace: {
    schema: backoffSchema,
    migrations: [filling({ statusAskedAt: 0 }), renaming('notBefore', 'retryAt')],
  },
  log: { schema: pollLogSchema, migrations: [] },
  day: { schema: v.nullable(daySchema), migrations: [] },
  sums: { schema: v.nullable(holdingsSummarySchema), migrations: [] },
};

/** The version in which an item is written. */
export function versionOf(item: keyof Stored): number {
  return ITEM_SCHEMAS[item].migrations.length + 1;
}

const envelopeSchema = v.object({ v: v.pipe(v.number(), v.integer(), v.minValue(1)), data: v.unknown() });

/**
 * Reads an item of any version up to the present one.
 * @returns undefined if it is absent, damaged, or of a version that this code does not know yet
 */
export function decodeItem<Item extends keyof Stored>(item: Item, stored: unknown): Stored[Item] | undefined {
  const { schema, migrations } = ITEM_SCHEMAS[item];
  const envelope = v.safeParse(envelopeSchema, stored);
  if (!envelope.success || envelope.output.v > migrations.length + 1) return undefined;
  try {
    const data = migrations
      .slice(envelope.output.v - 1)
      .reduce((old, migrate) => migrate(old), envelope.output.data);
    const parsed = v.safeParse(schema, data);
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined; // not even the shape it says it has
  }
}
