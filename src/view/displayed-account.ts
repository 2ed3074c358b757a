// The account that is displayed: one of them, or the production accounts combined.

import type { Account, Environment } from '../domain/accounts/account.ts';
import { alertsOf } from '../domain/accounts/account-data.ts';
import { accountData, isLocked, type ReadyState } from '../domain/accounts/state.ts';
import type { Alerts } from '../domain/alerts/alert.ts';
import { combineChanges, type DailyChange, type Day, dailyChangeOf } from '../domain/balance/daily-change.ts';
import { equityReadAt } from '../domain/balance/perps.ts';
import { exactTotal, type Figures, type Snapshot } from '../domain/balance/snapshot.ts';
import type { Transfer } from '../domain/balance/transfers.ts';
import { combineHoldingsSummaries, type HoldingsSummary } from '../domain/holdings/summary.ts';
import { ZERO } from '../domain/money.ts';
import { oldest } from '../domain/polling/freshness.ts';
import { type Outcome, requiresAction } from '../domain/polling/outcome.ts';
import { add } from '../domain/quantity.ts';
import type { I18n, MessageKey } from './texts/translate.ts';

/** The choice that stands for all production accounts combined. */
export const ALL = 'all';

/** The snapshot as it is displayed: while the browser refuses to write, the stored outcome is not the latest one. */
export function displayedSnapshot(stored: ReadyState, accountId: string): Snapshot {
  const { snapshot } = accountData(stored, accountId);
  return stored.storageFailing.local ? { ...snapshot, outcome: { kind: 'storage-failed' } } : snapshot;
}

/** One account, or several combined. */
export interface DisplayedAccount {
  /** The account's id, or `ALL`. */
  id: string;
  name: string;
  environment: Environment;
  /** The accounts it is made of, at least one. */
  members: Account[];
  snapshot: Snapshot;
  /** The last day of each member. */
  days: (Day | null)[];
  /** The sums of the holdings; null if unknown. */
  sums: HoldingsSummary | null;
  /** When the equity of perps was read, unix milliseconds; null if it is not part of the total. */
  perpsAt: number | null;
  /** Whether a key may not read the equity of perps, so that it is missing from the total. */
  perpsUnreadable: boolean;
  /** What else belongs to the member and is in none of the figures. */
  notIncluded: readonly MessageKey[];
  /** The change of the total since midnight; null if unknown. `midnight`: the local one before now. */
  changeSince(midnight: number): DailyChange;
  /** The deposits and withdrawals of each member in the last days; null if its key may not read them. */
  recentTransfers: (readonly Transfer[] | null)[];
  /** When the results of each member were last read, unix milliseconds; null for never. */
  resultsAt: (number | null)[];
  /** The alerts of each member. */
  alerts: Alerts[];
  /** Whether Kalshi lists what the results need. */
  resultsReadable: boolean;
  /** Whether it needs a passphrase. A sum without one part would be wrong, so one locked account locks the sum. */
  locked: boolean;
}

/** The choices: every account, and all production accounts combined if there are several. */
export function accountChoices({ accounts }: ReadyState): string[] {
  return [...accounts.map(({ id }) => id), ...(production({ accounts }).length > 1 ? [ALL] : [])];
}

/** The production accounts, one of each money: two keys of one member of Kalshi are not added twice. */
function production({ accounts }: Pick<ReadyState, 'accounts'>): Account[] {
  const seen = new Set<string>();
  return accounts.filter(({ environment, moneyId }) => {
    if (environment !== 'production' || seen.has(moneyId)) return false;
    seen.add(moneyId);
    return true;
  });
}

/**
 * The account for a choice. A choice that no longer exists falls back to the first account.
 * @returns null if there is no account
 */
export function displayedAccount(
  stored: ReadyState,
  choice: string | null,
  i18n: I18n,
): DisplayedAccount | null {
  const { accounts } = stored;
  if (choice === ALL && accountChoices(stored).includes(ALL)) return together(stored, i18n);
  const account = accounts.find(({ id }) => id === choice) ?? accounts[0];
  return (
    (account && {
      id: account.id,
      name: accountName(account, accounts, i18n),
      environment: account.environment,
      members: [account],
      snapshot: displayedSnapshot(stored, account.id),
      days: [accountData(stored, account.id).day],
      sums: accountData(stored, account.id).holdings,
      perpsAt: equityReadAt(accountData(stored, account.id).perps),
      perpsUnreadable: accountData(stored, account.id).perps.status === 'unreadable',
      notIncluded: notIncludedIn(stored, [account]),
      changeSince: (midnight) => changeOfAccount(stored, account.id, midnight),
      recentTransfers: [recentTransfersOf(stored, account.id)],
      resultsAt: [accountData(stored, account.id).results?.at ?? null],
      alerts: [alertsOf(accountData(stored, account.id))],
      resultsReadable: accountData(stored, account.id).results?.kind !== 'denied',
      locked: isLocked(stored, account),
    }) ??
    null
  );
}

/** The name of an account: the user's, or one from its position. Never the key ID: the name is in the tooltip. */
export function accountName(account: Account, accounts: readonly Account[], i18n: I18n): string {
  if (account.label) return account.label;
  if (accounts.length < 2) return i18n.message('extensionShortName');
  return `${i18n.message(account.environment)} ${accounts.findIndex(({ id }) => id === account.id) + 1}`;
}

function together(stored: ReadyState, i18n: I18n): DisplayedAccount {
  const members = production(stored);
  return {
    id: ALL,
    name: i18n.message('allAccounts'),
    environment: 'production',
    members,
    snapshot: sumOf(members.map(({ id }) => displayedSnapshot(stored, id))),
    days: members.map(({ id }) => accountData(stored, id).day),
    sums: combineHoldingsSummaries(members.map(({ id }) => accountData(stored, id).holdings)),
    perpsAt: oldest(members.map(({ id }) => equityReadAt(accountData(stored, id).perps))),
    notIncluded: notIncludedIn(stored, members),
    perpsUnreadable: members.some(({ id }) => accountData(stored, id).perps.status === 'unreadable'),
    changeSince: (midnight) => combineChanges(members.map(({ id }) => changeOfAccount(stored, id, midnight))),
    recentTransfers: members.map(({ id }) => recentTransfersOf(stored, id)),
    resultsAt: members.map(({ id }) => accountData(stored, id).results?.at ?? null),
    alerts: members.map(({ id }) => alertsOf(accountData(stored, id))),
    resultsReadable: members.every(({ id }) => accountData(stored, id).results?.kind !== 'denied'),
    locked: members.some((account) => isLocked(stored, account)),
  };
}

function notIncludedIn(stored: ReadyState, members: readonly Account[]): MessageKey[] {
  const all = members.map(({ id }) => accountData(stored, id));
  const found: [MessageKey, boolean][] = [
    ['perpsElsewhere', all.some(({ perps }) => perps.status === 'elsewhere')],
    ['perpsUnstated', all.some(({ perps }) => perps.status === 'unstated')],
    ['otherSubaccounts', all.some(({ otherSubaccounts }) => (otherSubaccounts?.cash ?? 0) > 0)],
  ];
  return found.flatMap(([message, isTrue]) => (isTrue ? [message] : []));
}

function changeOfAccount(stored: ReadyState, id: string, midnight: number): DailyChange {
  const { figures } = displayedSnapshot(stored, id);
  const { day, transfers } = accountData(stored, id);
  return figures && dailyChangeOf(day, figures, transfers, midnight);
}

function recentTransfersOf(stored: ReadyState, id: string): readonly Transfer[] | null {
  const { transfers } = accountData(stored, id);
  return transfers && transfers.status !== 'unreadable' ? transfers.rows : null;
}

/**
 * Several snapshots combined: as old as the oldest, with the worst outcome, and without figures if one has none.
 */
export function sumOf(snapshots: readonly Snapshot[]): Snapshot {
  const outcomes = snapshots.map(({ outcome }) => outcome);
  const bad = outcomes.filter((outcome): outcome is Outcome => outcome !== null && outcome.kind !== 'ok');
  const outcome =
    bad.find(requiresAction) ?? bad[0] ?? (outcomes.includes(null) ? null : (outcomes[0] ?? null));
  const times = snapshots.map(({ outcomeAt }) => outcomeAt).filter((at) => at !== null);
  let figures = snapshots[0]?.figures ?? null;
  for (const { figures: next } of snapshots.slice(1)) {
    figures = figures && next && sumOfFigures(figures, next);
    if (!figures) break;
  }
  return { figures, outcome, outcomeAt: times.length > 0 ? Math.max(...times) : null };
}

function sumOfFigures(a: Figures, b: Figures): Figures | null {
  const perps =
    a.perps === undefined && b.perps === undefined ? undefined : add(a.perps ?? ZERO, b.perps ?? ZERO);
  const [cash, positions] = [add(a.cash, b.cash), add(a.positions, b.positions)];
  if (cash === undefined || positions === undefined) return null;
  const sum = { cash, positions, ...(perps !== undefined && { perps }) };
  return exactTotal(sum) === undefined ? null : { ...sum, at: Math.min(a.at, b.at) };
}
