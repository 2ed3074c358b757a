// Which account is looked at: one of them, or the production ones together.

import type { Account, Environment } from './account.ts';
import { add, type Micros } from './money.ts';
import { needsUser, type Outcome } from './outcome.ts';
import type { Snapshot } from './snapshot.ts';
import type { Words } from './words.ts';

/** The choice that stands for the sum of all production accounts. */
export const ALL = 'all';

/** What is known of the accounts; the stored state is one. */
export interface Holdings {
  accounts: Account[];
  snapshotOf(accountId: string): Snapshot;
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
  /** Whether it waits for a passphrase. A sum with a part missing would be wrong, so one locked part locks it. */
  locked: boolean;
}

/** What can be chosen: every account, and their sum where there is one to make. Play money is never in it. */
export function choicesOf({ accounts }: Holdings): string[] {
  const real = accounts.filter(({ environment }) => environment === 'production');
  return [...accounts.map(({ id }) => id), ...(real.length > 1 ? [ALL] : [])];
}

/**
 * What a choice shows. A choice that is no longer there falls back to the first account.
 * @returns null if there is no account
 */
export function shownFor(holdings: Holdings, choice: string | null, words: Words): Shown | null {
  const { accounts } = holdings;
  if (choice === ALL && choicesOf(holdings).includes(ALL)) return together(holdings, words);
  const account = accounts.find(({ id }) => id === choice) ?? accounts[0];
  return (
    (account && {
      id: account.id,
      name: nameOf(account, accounts, words),
      environment: account.environment,
      members: [account],
      snapshot: holdings.snapshotOf(account.id),
      locked: holdings.isLocked(account),
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

function together(holdings: Holdings, words: Words): Shown {
  const members = holdings.accounts.filter(({ environment }) => environment === 'production');
  return {
    id: ALL,
    name: words.say('allAccounts'),
    environment: 'production',
    members,
    snapshot: sumOf(members.map(({ id }) => holdings.snapshotOf(id))),
    locked: members.some((account) => holdings.isLocked(account)),
  };
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
