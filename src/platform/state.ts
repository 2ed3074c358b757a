// What is stored, as everyone reads it: one read for everything, each item checked and versioned.

import * as v from 'valibot';
import { type Account, accountSchema, type Pending, pendingSchema } from '../portfolio/account.ts';
import { FRESH_PACE, type Pace, paceSchema } from '../portfolio/pace.ts';
import { DEFAULT_SETTINGS, type Settings, settingsSchema } from '../portfolio/settings.ts';
import { NO_SNAPSHOT, type Snapshot, snapshotSchema } from '../portfolio/snapshot.ts';
import { browser } from './browser.ts';
import { openAccounts } from './session.ts';

/** The names in `storage.local`. */
export const KEYS = {
  accounts: 'accounts',
  pending: 'pending',
  settings: 'settings',
  snapshot: (accountId: string) => `snapshot/${accountId}`,
  pace: (accountId: string) => `pace/${accountId}`,
} as const;

/** Every item lies in an envelope with the version of its shape. */
export interface Envelope {
  v: 1;
  data: unknown;
}

/** Everything that is stored, but for the keys. */
export interface State {
  accounts: Account[];
  /** A key pair that waits for its key ID. */
  pending: Pending | null;
  settings: Settings;
  /** The snapshot of an account; the empty one if there is none. */
  snapshotOf(accountId: string): Snapshot;
  /** Whether an account waits for its passphrase: nothing is asked for it and no amount of it is shown. */
  isLocked(account: Pick<Account, 'id' | 'protection'>): boolean;
  /** The pace of an account; the fresh one if there is none. */
  paceOf(accountId: string): Pace;
}

const accountsSchema = v.array(accountSchema);

/** Reads everything in one go: small, as history is kept elsewhere. A record that cannot be read counts as absent. */
export async function readState(): Promise<State> {
  const [stored, open] = await Promise.all([browser.storage.local.get(null), openAccounts()]);
  const item = <T>(key: string, schema: v.GenericSchema<unknown, T>, fallback: T): T =>
    unpack(stored[key], schema) ?? fallback;
  return {
    accounts: item(KEYS.accounts, accountsSchema, []),
    pending: item(KEYS.pending, v.nullable(pendingSchema), null),
    settings: item(KEYS.settings, settingsSchema, DEFAULT_SETTINGS),
    snapshotOf: (id) => item(KEYS.snapshot(id), snapshotSchema, NO_SNAPSHOT),
    isLocked: ({ id, protection }) => protection === 'passphrase' && !open.includes(id),
    paceOf: (id) => item(KEYS.pace(id), paceSchema, FRESH_PACE),
  };
}

function unpack<T>(stored: unknown, schema: v.GenericSchema<unknown, T>): T | undefined {
  const envelope = v.safeParse(v.object({ v: v.literal(1), data: schema }), stored);
  return envelope.success ? envelope.output.data : undefined;
}

/**
 * Calls back whenever something stored has changed.
 * @returns how to stop
 */
export function watchState(changed: () => void): () => void {
  const listener = (_: unknown, area: string) => {
    if (area === 'local' || area === 'session') changed();
  };
  browser.storage.onChanged.addListener(listener);
  return () => browser.storage.onChanged.removeListener(listener);
}
