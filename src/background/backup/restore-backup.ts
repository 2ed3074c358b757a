// Restoring a backup: what it has and this browser does not is added. Nothing that is here is replaced, so restoring twice
// changes nothing, and a restore that a killed browser ends is completed by another one.

import { hasIdlePermission } from '../../browser/idle.ts';
import type { Result } from '../../commands/problem.ts';
import type { Account } from '../../domain/accounts/account.ts';
import { type AccountData, alertsOf } from '../../domain/accounts/account-data.ts';
import {
  accountHere,
  type BackupError,
  type Restored,
  restoredSettings,
} from '../../domain/accounts/backup.ts';
import type { Settings } from '../../domain/accounts/settings.ts';
import { accountData, isLocked, type ReadyState } from '../../domain/accounts/state.ts';
import type { Alerts } from '../../domain/alerts/alert.ts';
import { hasRules } from '../../domain/alerts/rules.ts';
import { snapshotWithFailure } from '../../domain/balance/snapshot.ts';
import { ZERO } from '../../domain/money.ts';
import { resultsStatusAfter } from '../../domain/pnl/results-status.ts';
import type { Backup, BackupItem } from '../../storage/backup/backup-schema.ts';
import { mergeHistoryRows } from '../../storage/records/history.ts';
import { openRecords } from '../../storage/records/open-records.ts';
import { restoreResultsRecords } from '../../storage/records/results-backup.ts';
import { decodeItem, type Envelope, type StoredItems, versionOf } from '../../storage/schemas.ts';
import { lockCount, lockedSince } from '../keys/lock-state.ts';
import { CommandRefused, runChange } from '../run-change.ts';
import type { WorkerMemory } from '../worker-memory.ts';
import { readBackupFile } from './backup-file.ts';

/** A backup whose items were migrated to the current versions. */
interface Decoded {
  accounts: Account[];
  settings: Settings | null;
  /** By account id. */
  data: Record<string, AccountData>;
  records: Backup['records'];
}

/**
 * Restores the text of a backup file. A file that cannot be used changes nothing. The list of accounts is written last and
 * together with everything else in `storage.local`: killed before, an account that is new does not exist.
 */
export async function restoreBackup(
  memory: WorkerMemory,
  text: string,
  passphrase: string | undefined,
): Promise<Result<Restored>> {
  const backup = await readBackupFile(text, passphrase);
  const decoded = typeof backup === 'string' ? backup : decode(backup);
  if (typeof decoded === 'string') return { ok: false, problem: { kind: 'backup', fault: decoded } };
  const mayDetectIdle = await hasIdlePermission().catch(() => false);
  return runChange(memory, async (state, write) => {
    const here = decoded.accounts.map((restored) => accountHere(restored, state.accounts));
    const idHere = (id: string) => here[decoded.accounts.findIndex((each) => each.id === id)]?.id ?? id;
    const locks = lockCount(memory);
    const refuseIfLocked = () => {
      const isClosed = (each: Account) => isLocked(state, each) || lockedSince(memory, locks, each.id);
      if (here.some((each) => each && isClosed(each))) throw new CommandRefused({ kind: 'locked' });
    };
    let balances = 0;
    const data: Record<string, AccountData> = {};
    for (const [index, { id }] of decoded.accounts.entries()) {
      const [known, records] = [here[index], decoded.records[id]];
      if (!records) continue;
      refuseIfLocked();
      const opened = await openRecords(known ?? { id, protection: 'none' });
      balances += await mergeHistoryRows(opened, records.history, Date.now());
      const hasResults = await restoreResultsRecords(opened, records.results);
      data[idHere(id)] = mergeData(known && accountData(state, known.id), decoded.data[id], hasResults);
    }
    refuseIfLocked();
    const added = decoded.accounts.filter((_, index) => !here[index]);
    const accounts = [...state.accounts, ...added.map((account) => withoutKey(account, idHere, state))];
    await write({
      accounts,
      data,
      ...(decoded.settings &&
        state.settingsReadable && {
          settings: restoredSettings(state.settings, decoded.settings, idHere, mayDetectIdle),
        }),
    });
    return { accounts: added.length, balances };
  });
}

function decode({ accounts, settings, records }: Backup): Decoded | BackupError {
  const data = Object.entries(records).map(
    ([id, { account }]) => [id, migrated('account', account)] as const,
  );
  const list = migrated('accounts', accounts);
  const chosen = settings && migrated('settings', settings);
  const wrong = [list, chosen, ...data.map(([, each]) => each)].find((each) => typeof each === 'string');
  if (wrong) return wrong as BackupError;
  return {
    accounts: list as Account[],
    settings: chosen as Settings | null,
    data: Object.fromEntries(data) as Decoded['data'],
    records,
  };
}

function migrated<Item extends BackupItem>(item: Item, stored: Envelope): StoredItems[Item] | BackupError {
  if (stored.v > versionOf(item)) return 'newer';
  return decodeItem(item, stored) ?? 'damaged';
}

/** An account of a backup, which has no key here: nothing is encrypted, so nothing is locked, and it asks for its key. */
function withoutKey(account: Account, idHere: (id: string) => string, { accounts }: ReadyState): Account {
  const money = accounts.find(({ id }) => id === idHere(account.moneyId));
  return {
    ...account,
    moneyId: money?.moneyId ?? account.moneyId,
    keyRef: crypto.randomUUID(),
    protection: 'none',
    records: undefined,
  };
}

/** What is known about an account after a restore. @param here undefined for an account that is new */
function mergeData(
  here: AccountData | undefined,
  restored: AccountData | undefined,
  hasResults: boolean,
): AccountData {
  if (!restored) throw new CommandRefused({ kind: 'backup', fault: 'damaged' });
  const results = hasResults
    ? resultsStatusAfter(restored.results, { kind: 'reading' }, ZERO, Date.now())
    : null;
  if (!here) {
    const snapshot = snapshotWithFailure(restored.snapshot, { kind: 'key-missing' }, Date.now());
    return { ...restored, snapshot, ...withAlerts(restored), results };
  }
  const takesAlerts = !hasRules(alertsOf(here).rules) && hasRules(alertsOf(restored).rules);
  return { ...here, ...(takesAlerts && withAlerts(restored)), ...(hasResults && { results }) };
}

/** The alerts without what their rules remember: each first looks at what is there now. None is announced again. */
function withAlerts({ alerts }: AccountData): { alerts?: Alerts } {
  return alerts ? { alerts: { ...alerts, notified: alerts.nextId - 1, memory: {} } } : {};
}
