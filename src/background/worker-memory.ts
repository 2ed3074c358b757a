// What the background remembers while it runs: one object, made once when the worker starts (index.ts), and the first
// parameter of every function that needs it. Nothing else in background/ keeps state in a module.

import type { UserActivity } from '../browser/idle.ts';
import type { ReadyState, State } from '../domain/accounts/state.ts';
import type { PollTrigger } from '../domain/polling/backoff.ts';
import { Mutex } from './mutex.ts';

/** Counts locks. Work that takes time notes the count when it begins, and later checks whether a lock has come since. */
export type LockCount = number;

export interface ActivePoll {
  done: Promise<void>;
  abort: AbortController;
  trigger: PollTrigger;
}

export interface WorkerMemory {
  /** The stored state. For store.ts. */
  store: {
    /** Undefined until a read has succeeded. */
    ready: ReadyState | undefined;
    loading: Promise<State> | undefined;
    /** The Web Lock of the background, once it was requested. */
    lock: Promise<void> | undefined;
    changes: Mutex;
    /** How often the unlocked accounts have changed. */
    unlockedChanges: number;
  };
  /** Which accounts were locked, and when. For keys/lock-state.ts. */
  locks: {
    count: LockCount;
    allLockedAt: LockCount;
    /** By account id. */
    lockedAt: Map<string, LockCount>;
    /** Each change of the secrets reads them and writes them whole. */
    secretChanges: Mutex;
  };
  /** For keys/reencrypt-records.ts. */
  reencryptions: Mutex;
  /** Requests under way, by Kalshi's key ID. For keys/key-lock.ts. */
  keyRequests: Map<string, Mutex>;
  /** Polls under way, by account id. For polling/poll.ts. */
  activePolls: Map<string, ActivePoll>;
  /** The ids of the accounts that this worker has polled, for the poll log. */
  polledAccounts: Set<string>;
  /** When prices were last requested between two readings of the lists, by account id. For polling/refresh-holdings.ts. */
  pricesRequestedAt: Map<string, number>;
  /** For toolbar.ts. */
  toolbar: {
    renders: Mutex;
    /** The icon and colours on the toolbar, if this worker has set them. */
    shownIcon: unknown;
  };
  /** Listens to the user's activity: the browser recognises a listener that it has already. For accounts/auto-lock.ts. */
  onUserActivity: ((activity: UserActivity) => Promise<void>) | undefined;
  /** The same for clicks on notifications. For alerts/deliver-alerts.ts. */
  onNotificationClick: ((name: string) => Promise<void>) | undefined;
}

/** The memory of a worker that has just started. */
export function createWorkerMemory(): WorkerMemory {
  return {
    store: {
      ready: undefined,
      loading: undefined,
      lock: undefined,
      changes: new Mutex(),
      unlockedChanges: 0,
    },
    locks: { count: 0, allLockedAt: 0, lockedAt: new Map(), secretChanges: new Mutex() },
    reencryptions: new Mutex(),
    keyRequests: new Map(),
    activePolls: new Map(),
    polledAccounts: new Set(),
    pricesRequestedAt: new Map(),
    toolbar: { renders: new Mutex(), shownIcon: undefined },
    onUserActivity: undefined,
    onNotificationClick: undefined,
  };
}
