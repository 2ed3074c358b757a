// The schema of every item in `storage.local`, its version, and the migrations from each released version. A schema that
// changes after a release gets a migration here and a test with an item of the old version.

import * as v from 'valibot';
import {
  type Account,
  accountSchema,
  type PendingKey,
  pendingKeySchema,
} from '../domain/accounts/account.ts';
import { type AccountData, accountDataSchema } from '../domain/accounts/account-data.ts';
import { type Installation, installationSchema } from '../domain/accounts/installation.ts';
import { type Settings, settingsSchema } from '../domain/accounts/settings.ts';
import { type HostChoice, hostChoiceSchema } from '../domain/polling/host-choice.ts';

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
  hosts: HostChoice;
}

/** How one item is decoded. */
export interface ItemSchema<T> {
  schema: v.GenericSchema<unknown, T>;
  /** From version 1 to 2, from 2 to 3, … The current version is one more than there are migrations. */
  migrations: readonly ((old: unknown) => unknown)[];
}

export const ITEM_SCHEMAS: { [Item in keyof StoredItems]: ItemSchema<StoredItems[Item]> } = {
  accounts: { schema: v.array(accountSchema), migrations: [] },
  pending: { schema: v.nullable(pendingKeySchema), migrations: [] },
  settings: { schema: settingsSchema, migrations: [] },
  account: { schema: accountDataSchema, migrations: [] },
  installation: { schema: installationSchema, migrations: [] },
  hosts: { schema: hostChoiceSchema, migrations: [] },
};

/** The version in which an item is written. */
export function versionOf(item: keyof StoredItems): number {
  return ITEM_SCHEMAS[item].migrations.length + 1;
}

const envelopeSchema = v.object({ v: v.pipe(v.number(), v.integer(), v.minValue(1)), data: v.unknown() });

/** Decodes an item of `storage.local`. See `decodeVersioned`. */
export function decodeItem<Item extends keyof StoredItems>(
  item: Item,
  stored: unknown,
): StoredItems[Item] | undefined {
  return decodeVersioned(ITEM_SCHEMAS[item], stored);
}

/**
 * Decodes an item of any version up to the current one.
 * @returns undefined if it is absent, damaged, or of a newer version
 */
export function decodeVersioned<T>({ schema, migrations }: ItemSchema<T>, stored: unknown): T | undefined {
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
