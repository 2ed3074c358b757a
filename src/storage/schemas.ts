// The schema of every item in `storage.local`, its version, and the migrations from each past version. A schema that
// changes gets a migration here and a past example in tests/unit/storage/schemas.test.ts.

import * as v from 'valibot';
import {
  type Account,
  accountSchema,
  type PendingKey,
  pendingKeySchema,
} from '../domain/accounts/account.ts';
import { type AccountData, accountDataSchema, NO_DATA } from '../domain/accounts/account-data.ts';
import { type Installation, installationSchema } from '../domain/accounts/installation.ts';
import { DEFAULT_SETTINGS, type Settings, settingsSchema } from '../domain/accounts/settings.ts';

/** Every item is stored in an envelope with the version of its schema. */
export interface Envelope {
  v: number;
  data: unknown;
}

/** The items by name. There is one `account` item for each account, `account/<account id>`. */
export interface StoredItems {
  accounts: Account[];
  pending: PendingKey | null;
  settings: Settings;
  account: AccountData;
  installation: Installation;
}

interface ItemSchema<T> {
  schema: v.GenericSchema<unknown, T>;
  /** From version 1 to 2, from 2 to 3, … The current version is one more than there are migrations. */
  migrations: readonly ((old: unknown) => unknown)[];
}

/** Adds what an older version did not have. */
const withDefaults = (defaults: object) => (old: unknown) => {
  if (typeof old !== 'object' || old === null || Array.isArray(old)) throw new TypeError('not a record');
  return { ...defaults, ...old };
};

/** Parts that are new, or whose shape changed, are read again at the next poll: their schemas fall back to empty values. */
function renameLifetimes(old: unknown): unknown {
  if (typeof old !== 'object' || old === null || Array.isArray(old)) throw new TypeError('not a record');
  const record = old as Record<string, unknown>;
  return { ...record, pollLog: renamed(record.pollLog, 'lives', 'lifetimes') };
}

export const ITEM_SCHEMAS: { [Item in keyof StoredItems]: ItemSchema<StoredItems[Item]> } = {
  // 1 → 2: scopes were added. 2 → 3: the scopes that the user accepted were added. 3 → 4: which accounts share their money.
  accounts: {
    schema: v.array(accountSchema),
    migrations: [
      (old) => (old as unknown[]).map(withDefaults({ scopes: null, scopesAt: 0 })),
      (old) =>
        (old as Record<string, unknown>[]).map((account) => ({ ...account, acceptedScopes: account.scopes })),
      (old) => (old as Record<string, unknown>[]).map((account) => ({ ...account, moneyId: account.id })),
    ],
  },
  pending: { schema: v.nullable(pendingKeySchema), migrations: [] },
  // 1 → 2: the displayed account, locking and polling less while away were added one after the other.
  settings: { schema: settingsSchema, migrations: [withDefaults(DEFAULT_SETTINGS)] },
  // 1 → 2: the log counts `lifetimes` instead of `lives`; deposits left the holdings; perps were added.
  account: { schema: accountDataSchema, migrations: [renameLifetimes] },
  installation: { schema: installationSchema, migrations: [] },
};

/** The version in which an item is written. */
export function versionOf(item: keyof StoredItems): number {
  return ITEM_SCHEMAS[item].migrations.length + 1;
}

const envelopeSchema = v.object({ v: v.pipe(v.number(), v.integer(), v.minValue(1)), data: v.unknown() });

/**
 * Decodes an item of any version up to the current one.
 * @returns undefined if it is absent, damaged, or of a newer version
 */
export function decodeItem<Item extends keyof StoredItems>(
  item: Item,
  stored: unknown,
): StoredItems[Item] | undefined {
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
    return undefined; // not the shape that its version had
  }
}

/**
 * The items that each account had before there was one record for it, with the last version of each and the part of the
 * record that it became.
 */
export const LEGACY_ITEMS = {
  snapshot: { lastVersion: 1, part: 'snapshot' },
  pace: { lastVersion: 2, part: 'backoff' },
  log: { lastVersion: 1, part: 'pollLog' },
  day: { lastVersion: 1, part: 'day' },
  sums: { lastVersion: 1, part: 'holdings' },
} as const;

/**
 * The record of an account put together from its legacy items.
 * @param find gives the stored value of a legacy item by name
 * @returns the empty record where there are none
 */
export function decodeLegacyItems(find: (item: keyof typeof LEGACY_ITEMS) => unknown): AccountData {
  const parts: Record<string, unknown> = { ...NO_DATA };
  for (const [item, { lastVersion, part }] of Object.entries(LEGACY_ITEMS)) {
    const envelope = v.safeParse(envelopeSchema, find(item as keyof typeof LEGACY_ITEMS));
    if (!envelope.success || envelope.output.v > lastVersion) continue;
    const { data } = envelope.output;
    if (item === 'pace') parts[part] = renamed(data, 'notBefore', 'retryAt');
    else parts[part] = item === 'log' ? renamed(data, 'lives', 'lifetimes') : data;
  }
  return v.parse(accountDataSchema, parts);
}

function renamed(old: unknown, from: string, to: string): unknown {
  if (typeof old !== 'object' || old === null) return old;
  const { [from]: value, ...rest } = old as Record<string, unknown>;
  return { ...rest, [to]: value };
}
