// Which account is looked at: one of them, or the production ones together.

import type { Account, Environment } from '../portfolio/account.ts';
import { type Change, changeOf, type Day, sumOfChanges } from '../portfolio/daily-change.ts';
import { type Sums, sumOfSums } from '../portfolio/holdings.ts';
import { add, type Micros } from '../portfolio/money.ts';
import { needsUser, type Outcome } from '../portfolio/outcome.ts';
import type { Snapshot } from '../portfolio/snapshot.ts';
import type { Words } from './translate.ts';

/** The choice that stands for the sum of all production accounts. */
export const ALL = 'all';

/** What is known of the accounts; the stored state is one. */
export interface Known {
  accounts: Account[];
  snapshotOf(accountId: string): Snapshot;
  dayOf(accountId: string): Day | null;
  sumsOf(accountId: string): Sums | null;
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
  sums: Sums | null;
  /** How the total has moved since midnight; null where that is not known. `midnight`: the local one before now. */
  changeSince(midnight: number): Change | null;
  /** Whether it waits for a passphrase. A sum with a part missing would be wrong, so one locked part locks it. */
  locked: boolean;
}

/** What can be chosen: every account, and their sum where there is one to make. Play money is never in it. */
export function choicesOf({ accounts }: Known): string[] {
  const real = accounts.filter(({ environment }) => environment === 'production');
  return [...accounts.map(({ id }) => id), ...(real.length > 1 ? [ALL] : [])];
}

/**
 * What a choice shows. A choice that is no longer there falls back to the first account.
 * @returns null if there is no account
 */
export function shownFor(known: Known, choice: string | null, words: Words): Shown | null {
  const { accounts } = known;
  if (choice === ALL && choicesOf(known).includes(ALL)) return together(known, words);
  const account = accounts.find(({ id }) => id === choice) ?? accounts[0];
  return (
    (account && {
      id: account.id,
      name: nameOf(account, accounts, words),
      environment: account.environment,
      members: [account],
      snapshot: known.snapshotOf(account.id),
      days: [known.dayOf(account.id)],
      sums: known.sumsOf(account.id),
      changeSince: (midnight) => changeOfAccount(known, account.id, midnight),
      locked: known.isLocked(account),
    }) ??
    null
  );
}

/** What an account is called: as its owner called it, else by its place. Never by its key ID: this stands in the tooltip. */
export function nameOf(account: Account, accounts: readonly Account[], words: Words): string {
  if (account.label) return account.label;
  if (accounts.length < 2) return words.say('extensionShortName');
  return `${words.say(account.environment)} ${accounts.findIndex(({ id }) => id === account.id) + 1}`;
}

function together(known: Known, words: Words): Shown {
  const members = known.accounts.filter(({ environment }) => environment === 'production');
  return {
    id: ALL,
    name: words.say('allAccounts'),
    environment: 'production',
    members,
    snapshot: sumOf(members.map(({ id }) => known.snapshotOf(id))),
    days: members.map(({ id }) => known.dayOf(id)),
    sums: sumOfSums(members.map(({ id }) => known.sumsOf(id))),
    changeSince: (midnight) => sumOfChanges(members.map(({ id }) => changeOfAccount(known, id, midnight))),
    locked: members.some((account) => known.isLocked(account)),
  };
}

function changeOfAccount(known: Known, id: string, midnight: number): Change | null {
  const { figures } = known.snapshotOf(id);
  return figures && changeOf(known.dayOf(id), figures, known.sumsOf(id)?.transfers ?? null, midnight);
}

/**
 * Several snapshots as one: as old as the oldest, in as much trouble as the worst, and without a figure as long as one
 * of them has none.
 */
export function sumOf(snapshots: readonly Snapshot[]): Snapshot {
  const outcomes = snapshots.map(({ outcome }) => outcome);
  const bad = outcomes.filter((outcome): outcome is Outcome => outcome !== null && outcome.kind !== 'ok');
  const outcome = bad.find(needsUser) ?? bad[0] ?? (outcomes.includes(null) ? null : (outcomes[0] ?? null));
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
