// A hook: the stored results and balances of the displayed accounts.

import { type Sample, TIERS } from '../../domain/balance/history.ts';
import type { Records } from '../../storage/records/database.ts';
import { readSamples } from '../../storage/records/history.ts';
import { readMarketResults, type StoredResult } from '../../storage/records/results.ts';
import { useUnlockedRecords } from '../shared/hooks/use-unlocked-records.ts';

export interface AccountRecords {
  accountId: string;
  markets: StoredResult[];
  /** One balance for each day, oldest first. */
  samples: Sample[];
}

async function readRecords(records: Records): Promise<AccountRecords> {
  const markets = await readMarketResults(records);
  const { accountId } = records;
  return { accountId, markets, samples: await readSamples(records, TIERS.length - 1) };
}

/** As `useUnlockedRecords`. */
export function useAccountResults(
  accountIds: readonly string[],
  version: string,
): AccountRecords[] | 'unreadable' | undefined {
  return useUnlockedRecords(accountIds, version, readRecords);
}
