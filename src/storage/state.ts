// What is stored, as everyone reads it: one read for everything, each item checked and versioned.

import { browser } from '../platform/browser.ts';
import { withTimeout } from '../platform/timeout.ts';
import type { Account, PendingKey } from '../portfolio/account.ts';
import { INITIAL_BACKOFF, type PollBackoff } from '../portfolio/backoff.ts';
import type { Day } from '../portfolio/daily-change.ts';
import type { HoldingsSummary } from '../portfolio/holdings.ts';
import { EMPTY_POLL_LOG, type PollLog } from '../portfolio/poll-log.ts';
import { DEFAULT_SETTINGS, type Settings } from '../portfolio/settings.ts';
import { NO_SNAPSHOT, type Snapshot } from '../portfolio/snapshot.ts';
import { decodeItem, type Envelope, ITEM_SCHEMAS, type Stored } from './schemas.ts';
import { isRelevantToPages, readSession, type Session } from './session.ts';

/** The name of an item in `storage.local`; `of`: the account it belongs to. */
export function keyFor(item: keyof Stored, of?: string): string {
  return of === undefined ? item : `${item}/${of}`;
}

/**
 * Everything that is stored, but for the keys and the history; or `unreadable`, where the list of accounts cannot be
 * read. An unreadable state has no accounts and no settings, so nothing can be written over them by mistake: every
 * write takes a `ReadyState` (write-state.ts).
 */
export type State = ReadyState | UnreadableState;

interface AnyState {
  /** The names of items that are there but cannot be read: damaged, or of a newer version than this one. */
  unreadable(): string[];
  /** Whether the browser last refused to write. What is stored is true then, but of an earlier time. */
  failing: { local: boolean; history: boolean };
}

/** The read failed, or the list of accounts or the pending pair is damaged or of a newer version. */
export interface UnreadableState extends AnyState {
  kind: 'unreadable';
  /** Whether the read itself failed: it may succeed the next time, so nothing may be removed for it. */
  readFailed: boolean;
}

export interface ReadyState extends AnyState {
  kind: 'ready';
  accounts: Account[];
  /** A key pair that waits for its key ID. */
  pending: PendingKey | null;
  /** The defaults, with amounts hidden, where the settings cannot be read: they may have been hidden. */
  settings: Settings;
  /** Whether the settings were read, or there are none yet. Otherwise they must not be written over. */
  settingsReadable: boolean;
  /** The snapshot of an account; the empty one if there is none. */
  snapshotOf(accountId: string): Snapshot;
  /** Whether an account waits for its passphrase: nothing is asked for it and no amount of it is shown. */
  isLocked(account: Pick<Account, 'id' | 'protection'>): boolean;
  /** The pace of an account; the fresh one if there is none. */
  backoffOf(accountId: string): PollBackoff;
  /** The last day of an account; null if there is none. */
  dayOf(accountId: string): Day | null;
  /** The sums of what an account holds; null if they are not known. */
  holdingsSummaryOf(accountId: string): HoldingsSummary | null;
  /** What became of an account's polls of late. */
  pollLogOf(accountId: string): PollLog;
  /** The state after these items were written over it, as a reading would give it. */
  after(written: Readonly<Record<string, Envelope>>): ReadyState;
}

/** How long a read may take before it counts as failed. Milliseconds. */
const READ_LIMIT_MS = 5_000;

/**
 * Reads everything in one go: small, as history is kept elsewhere. Never throws: where `storage.local` cannot be read
 * in time, the state is `unreadable`.
 */
export async function readState(): Promise<State> {
  const [read, session] = await Promise.all([
    withTimeout(READ_LIMIT_MS, browser.storage.local.get(null)).catch(() => undefined),
    readSession(),
  ]);
  if (!read)
    return { kind: 'unreadable', readFailed: true, unreadable: () => ['accounts'], failing: session.failing };
  return stateOf(read, session);
}

/** @param checked what was already checked of it, by its name */
function stateOf(
  stored: Record<string, unknown>,
  session: Session,
  checked = new Map<string, unknown>(),
): State {
  // Each item is checked when it is asked for, and once: a first frame needs few of them.
  const known = <Item extends keyof Stored>(name: Item, of?: string): Stored[Item] | undefined => {
    const key = keyFor(name, of);
    if (!checked.has(key)) checked.set(key, decodeItem(name, stored[key]));
    return checked.get(key) as Stored[Item] | undefined;
  };
  const item = <Item extends keyof Stored>(name: Item, fallback: Stored[Item], of?: string): Stored[Item] =>
    known(name, of) ?? fallback;
  const isDamaged = (name: 'accounts' | 'pending' | 'settings') =>
    stored[name] !== undefined && known(name) === undefined;
  const { failing } = session;
  const unreadable = () => Object.keys(stored).filter((key) => isUnreadable(key, stored[key]));
  if (isDamaged('accounts') || isDamaged('pending')) {
    return { kind: 'unreadable', readFailed: false, unreadable, failing };
  }
  const settingsReadable = !isDamaged('settings');
  return {
    kind: 'ready',
    accounts: item('accounts', []),
    pending: item('pending', null),
    settings: settingsReadable
      ? item('settings', DEFAULT_SETTINGS)
      : { ...DEFAULT_SETTINGS, hideAmounts: true },
    settingsReadable,
    unreadable,
    failing,
    snapshotOf: (id) => {
      const snapshot = item('snapshot', NO_SNAPSHOT, id);
      return failing.local ? { ...snapshot, outcome: { kind: 'storage-failed' } } : snapshot;
    },
    isLocked: ({ id, protection }) => protection === 'passphrase' && !session.unlocked.includes(id),
    backoffOf: (id) => item('pace', INITIAL_BACKOFF, id),
    dayOf: (id) => item('day', null, id),
    holdingsSummaryOf: (id) => item('sums', null, id),
    pollLogOf: (id) => item('log', EMPTY_POLL_LOG, id),
    after: (written) => {
      const known = Object.entries(written).map(([key, { data }]): [string, unknown] => [key, data]);
      // What was just written was not refused.
      const failing = { ...session.failing, local: false };
      const after = stateOf(
        { ...stored, ...written },
        { ...session, failing },
        new Map([...checked, ...known]),
      );
      if (after.kind !== 'ready') throw new Error('what was just written can be read');
      return after;
    },
  };
}

function isUnreadable(key: string, stored: unknown): boolean {
  const [name = ''] = key.split('/');
  return (
    stored !== undefined && name in ITEM_SCHEMAS && decodeItem(name as keyof Stored, stored) === undefined
  );
}

/**
 * Calls back whenever something stored has changed.
 * @returns how to stop
 */
export function watchState(changed: () => void): () => void {
  const listener = (changes: Record<string, unknown>, area: string) => {
    if (area === 'local' || (area === 'session' && isRelevantToPages(changes))) changed();
  };
  browser.storage.onChanged.addListener(listener);
  return () => browser.storage.onChanged.removeListener(listener);
}
