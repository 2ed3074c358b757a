// Making a backup: everything but keys, as the text of a file.

import type { Problem, Result } from '../../commands/problem.ts';
import { NO_DATA } from '../../domain/accounts/account-data.ts';
import { passphraseError } from '../../domain/accounts/passphrase.ts';
import { accountData, isLocked, type ReadyState } from '../../domain/accounts/state.ts';
import type { Backup } from '../../storage/backup/backup-schema.ts';
import { readHistoryRows } from '../../storage/records/history.ts';
import { openRecords } from '../../storage/records/open-records.ts';
import { readResultsRecords } from '../../storage/records/results-backup.ts';
import { versionOf } from '../../storage/schemas.ts';
import { lockCount, lockedSince } from '../keys/lock-state.ts';
import { CommandRefused, runChange } from '../run-change.ts';
import type { WorkerMemory } from '../worker-memory.ts';
import { writeBackupFile } from './backup-file.ts';

/**
 * The text of a backup, and its time is noted. Refused while an account is locked, or if one is locked meanwhile: a backup
 * contains balances.
 */
export async function createBackup(
  memory: WorkerMemory,
  passphrase: string | undefined,
): Promise<Result<{ text: string }>> {
  const fault = passphrase === undefined ? null : passphraseError(passphrase);
  if (fault) return { ok: false, problem: { kind: 'passphrase-refused', fault } };
  const locksBefore = lockCount(memory);
  let ids: string[] = [];
  const isLockedMeanwhile = () => ids.some((id) => lockedSince(memory, locksBefore, id));
  const made = await runChange(memory, async (state, write) => {
    ids = state.accounts.map(({ id }) => id);
    if (state.accounts.some((account) => isLocked(state, account))) throw new CommandRefused(LOCKED);
    const backupAt = Date.now();
    const text = await writeBackupFile(await contentOf(state), passphrase, backupAt);
    if (isLockedMeanwhile()) throw new CommandRefused(LOCKED);
    await write({ installation: { ...state.installation, backupAt } });
    return { text };
  });
  return isLockedMeanwhile() ? { ok: false, problem: LOCKED } : made;
}

const LOCKED: Problem = { kind: 'backup', fault: 'locked' };

async function contentOf(state: ReadyState): Promise<Backup> {
  const { accounts, settings, settingsReadable } = state;
  const records: Backup['records'] = {};
  for (const account of accounts) {
    const { id } = account;
    const opened = await openRecords(account);
    const { snapshot, day, perps, alerts } = accountData(state, id);
    // What the next poll finds out again is left out. The equity of perps is part of the figures.
    const data = {
      ...NO_DATA,
      snapshot: { ...NO_DATA.snapshot, figures: snapshot.figures },
      day,
      perps,
      alerts,
    };
    records[id] = {
      account: { v: versionOf('account'), data },
      history: await readHistoryRows(opened),
      results: await readResultsRecords(opened),
    };
  }
  return {
    accounts: {
      v: versionOf('accounts'),
      data: accounts.map((account) => ({ ...account, keyRef: '', records: undefined })),
    },
    settings: settingsReadable ? { v: versionOf('settings'), data: settings } : null,
    records,
  };
}
