// Which account is looked at: one of them, or the production ones together.

import type { Account, Environment } from '../portfolio/account.ts';
import { type Change, combineChanges, type Day, dailyChangeOf } from '../portfolio/daily-change.ts';
import { combineHoldingsSummaries, type HoldingsSummary } from '../portfolio/holdings.ts';
import { add, type Micros } from '../portfolio/money.ts';
import { type Outcome, requiresAction } from '../portfolio/outcome.ts';
import type { Snapshot } from '../portfolio/snapshot.ts';
import type { I18n } from './translate.ts';

/** The choice that stands for the sum of all production accounts. */
export const ALL = 'all';

/** What is known of the accounts; the stored state is one. */
export interface Known {
  accounts: Account[];
  snapshotOf(accountId: string): Snapshot;
  dayOf(accountId: string): Day | null;
  holdingsSummaryOf(accountId: string): HoldingsSummary | null;
  isLocked(account: Account): boolean;
}

/** One account, or several as one. */
export interface Shown {
  /** The account's id, or `ALL`. */
  id: string;
  name: string;
  environment: Environment;
  /** The accounts it is made of, at least one. */
  members: Account[];
  snapshot: Snapshot;
  /** The last day of each member. */
  days: (Day | null)[];
  /** What holdings come to, where it is known. */
  sums: HoldingsSummary | null;
  /** How the total has moved since midnight; null where that is not known. `midnight`: the local one before now. */
  changeSince(midnight: number): Change | null;
  /** Whether it waits for a passphrase. A sum with a part missing would be wrong, so one locked part locks it. */
  locked: boolean;
}

/** What can be chosen: every account, and their sum where there is one to make. Play money is never in it. */
export function accountChoices({ accounts }: Known): string[] {
  const real = accounts.filter(({ environment }) => environment === 'production');
  return [...accounts.map(({ id }) => id), ...(real.length > 1 ? [ALL] : [])];
}

/**
 * What a choice shows. A choice that is no longer there falls back to the first account.
 * @returns null if there is no account
 */
export function displayedAccount(known: Known, choice: string | null, i18n: I18n): Shown | null {
  const { accounts } = known;
  if (choice === ALL && accountChoices(known).includes(ALL)) return together(known, i18n);
  const account = accounts.find(({ id }) => id === choice) ?? accounts[0];
  return (
    (account && {
      id: account.id,
      name: accountName(account, accounts, i18n),
      environment: account.environment,
      members: [account],
      snapshot: known.snapshotOf(account.id),
      days: [known.dayOf(account.id)],
      sums: known.holdingsSummaryOf(account.id),
      changeSince: (midnight) => changeOfAccount(known, account.id, midnight),
      locked: known.isLocked(account),
    }) ??
    null
  );
}

/** What an account is called: as its owner called it, else by its place. Never by its key ID: this stands in the tooltip. */
export function accountName(account: Account, accounts: readonly Account[], i18n: I18n): string {
  if (account.label) return account.label;
  if (accounts.length < 2) return i18n.say('extensionShortName');
  return `${i18n.say(account.environment)} ${accounts.findIndex(({ id }) => id === account.id) + 1}`;
}

function together(known: Known, i18n: I18n): Shown {
  const members = known.accounts.filter(({ environment }) => environment === 'production');
  return {
    id: ALL,
    name: i18n.say('allAccounts'),
    environment: 'production',
    members,
    snapshot: sumOf(members.map(({ id }) => known.snapshotOf(id))),
    days: members.map(({ id }) => known.dayOf(id)),
    sums: combineHoldingsSummaries(members.map(({ id }) => known.holdingsSummaryOf(id))),
    changeSince: (midnight) => combineChanges(members.map(({ id }) => changeOfAccount(known, id, midnight))),
    locked: members.some((account) => known.isLocked(account)),
  };
}

function changeOfAccount(known: Known, id: string, midnight: number): Change | null {
  const { figures } = known.snapshotOf(id);
  return (
    figures &&
    dailyChangeOf(known.dayOf(id), figures, known.holdingsSummaryOf(id)?.transfers ?? null, midnight)
  );
}

/**
 * Several snapshots as one: as old as the oldest, in as much trouble as the worst, and without a figure as long as one
 * of them has none.
 */
export function sumOf(snapshots: readonly Snapshot[]): Snapshot {
  const outcomes = snapshots.map(({ outcome }) => outcome);
  const bad = outcomes.filter((outcome): outcome is Outcome => outcome !== null && outcome.kind !== 'ok');
  const outcome =
    bad.find(requiresAction) ?? bad[0] ?? (outcomes.includes(null) ? null : (outcomes[0] ?? null));
  const times = snapshots.map(({ outcomeAt }) => outcomeAt).filter((at) => at !== null);
  let figures = snapshots[0]?.figures ?? null;
  for (const { figures: next } of snapshots.slice(1)) {
    const cash = figures && next && sum(figures.cash, next.cash);
    const positions = figures && next && sum(figures.positions, next.positions);
    const whole = cash !== null && positions !== null && sum(cash, positions) !== null;
    figures = figures && next && whole ? { cash, positions, at: Math.min(figures.at, next.at) } : null;
    if (!figures) break;
  }
  return { figures, outcome, outcomeAt: times.length > 0 ? Math.max(...times) : null };
}

function sum(a: Micros, b: Micros): Micros | null {
  return add(a, b) ?? null;
}
