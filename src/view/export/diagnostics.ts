// The text of *Copy diagnostics*: what helps to find an error, without amounts, key IDs and names.

import type { Account } from '../../domain/accounts/account.ts';
import { powerOf } from '../../domain/accounts/key-scopes.ts';
import { accountData, isLocked, type ReadyState, type State } from '../../domain/accounts/state.ts';
import { type Freshness, freshness } from '../../domain/polling/freshness.ts';
import { preferredHost } from '../../domain/polling/host-choice.ts';

/** Information about the browser. */
export interface BrowserInfo {
  /** The extension's version. */
  version: string;
  /** The user agent string. */
  userAgent: string;
  /** The languages of its pages and messages. */
  locale: string;
  /** The host permissions that are granted. */
  access: Record<string, boolean>;
  /** The size of the extension's databases in bytes, if known. */
  bytes: number | null;
}

/** The report as JSON. @param now unix milliseconds */
export function diagnostics(state: State, browserInfo: BrowserInfo, now: number): string {
  const report = {
    ...browserInfo,
    time: iso(now),
    unreadable: state.unreadableItems.map((name) => name.replace(/\/.*/, '')),
    failing: state.storageFailing,
    ...(state.kind === 'ready' && describeState(state, now)),
  };
  return JSON.stringify(report, null, 1);
}

function describeState(state: ReadyState, now: number): object {
  const { shownAccount: _, ...settings } = state.settings; // an internal id
  return { settings, accounts: state.accounts.map((account) => describeAccount(account, state, now)) };
}

function describeAccount(account: Account, state: ReadyState, now: number): object {
  const { id, environment, keyType, protection, scopes } = account;
  const { snapshot, backoff, pollLog, results } = accountData(state, id);
  const fresh: Freshness = freshness(snapshot, state.settings.periodSeconds * 1000, now);
  return {
    environment,
    host: preferredHost(state.hosts, environment, now),
    keyType,
    protection,
    power: powerOf(scopes),
    locked: isLocked(state, account),
    figure: fresh,
    figureAt: snapshot.figures && iso(snapshot.figures.at),
    clockOffsetMs: backoff.clockOffset,
    failures: backoff.failures,
    lastResult: snapshot.outcomeAt && iso(snapshot.outcomeAt),
    retryAt: iso(backoff.retryAt),
    resultsComparedWithBooks: results?.books ?? null,
    lifetimes: pollLog.lifetimes,
    outcomes: pollLog.entries.map(({ kind, detail, first, last, times, slowest }) =>
      [iso(first), iso(last), `${times}×`, `${kind} ${detail}`.trim(), `≤ ${slowest} ms`].join('  '),
    ),
  };
}

function iso(at: number): string | null {
  // biome-ignore lint/style/noRestrictedGlobals: formats a time, does not read the clock
  return at > 0 ? new Date(at).toISOString() : null;
}
