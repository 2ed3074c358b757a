// What *Copy diagnostics* says: everything that helps to find a fault, nothing that says whose money or how much.

import type { Account } from '../portfolio/account.ts';
import type { PollBackoff } from '../portfolio/backoff.ts';
import { type Freshness, freshness } from '../portfolio/freshness.ts';
import { powerOf } from '../portfolio/key-scopes.ts';
import type { PollLog } from '../portfolio/poll-log.ts';
import type { Settings } from '../portfolio/settings.ts';
import type { Snapshot } from '../portfolio/snapshot.ts';

/** What only the browser knows. */
export interface BrowserInfo {
  /** The extension's version. */
  version: string;
  /** As the browser calls itself. */
  userAgent: string;
  /** The languages of its pages and messages. */
  locale: string;
  /** Hosts that may be reached. */
  access: Record<string, boolean>;
  /** Bytes that the extension's databases take, if the browser tells. */
  bytes: number | null;
}

/** What is stored, as far as it goes in. */
interface Ready {
  kind: 'ready';
  accounts: readonly Account[];
  settings: Settings;
  isLocked(account: Account): boolean;
  snapshotOf(accountId: string): Snapshot;
  backoffOf(accountId: string): PollBackoff;
  pollLogOf(accountId: string): PollLog;
}

/** The same where the accounts cannot be read: only what cannot be read is known, by its name. */
export type Known = (Ready | { kind: 'unreadable' }) & {
  unreadable(): readonly string[];
  failing: object;
};

/** @param now unix milliseconds */
export function diagnostics(known: Known, surroundings: BrowserInfo, now: number): string {
  const stored = {
    unreadable: known.unreadable().map((name) => name.replace(/\/.*/, '')),
    failing: known.failing,
  };
  const report = {
    ...surroundings,
    time: iso(now),
    ...stored,
    ...(known.kind === 'ready' && told(known, now)),
  };
  return JSON.stringify(report, null, 1);
}

function told(known: Ready, now: number): object {
  const { shownAccount: _, ...settings } = known.settings; // an id of ours, but nobody's business
  return { settings, accounts: known.accounts.map((account) => describe(account, known, now)) };
}

function describe(account: Account, known: Ready, now: number): object {
  const { environment, keyType, protection, scopes } = account;
  const snapshot = known.snapshotOf(account.id);
  const pace = known.backoffOf(account.id);
  const { lives, entries } = known.pollLogOf(account.id);
  const fresh: Freshness = freshness(snapshot, known.settings.periodSeconds * 1000, now);
  return {
    environment,
    keyType,
    protection,
    power: powerOf(scopes),
    locked: known.isLocked(account),
    figure: fresh,
    figureAt: snapshot.figures && iso(snapshot.figures.at),
    clockOffsetMs: pace.clockOffset,
    failures: pace.failures,
    lastAsked: iso(pace.attemptedAt),
    retryAt: iso(pace.retryAt),
    lives,
    outcomes: entries.map(({ kind, detail, first, last, times, slowest }) =>
      [iso(first), iso(last), `${times}×`, `${kind} ${detail}`.trim(), `≤ ${slowest} ms`].join('  '),
    ),
  };
}

function iso(at: number): string | null {
  // biome-ignore lint/style/noRestrictedGlobals: writes a time down, does not read the clock
  return at > 0 ? new Date(at).toISOString() : null;
}
