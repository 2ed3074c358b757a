// A hook: the stored results and balances of the displayed accounts.

import { type Sample, TIERS } from '../../domain/balance/history.ts';
import { readSamples } from '../../storage/records/history.ts';
import { openRecordsOf } from '../../storage/records/open-records.ts';
import { readMarketResults, type StoredResult } from '../../storage/records/results.ts';
import { useUnlockedRecords } from '../shared/hooks/use-unlocked-records.ts';

export interface AccountRecords {
  accountId: string;
  markets: StoredResult[];
  /** One balance for each day, oldest first. */
  samples: Sample[];
}

async function readRecords(accountId: string): Promise<AccountRecords> {
  const records = await openRecordsOf(accountId);
  const markets = await readMarketResults(records);
  return { accountId, markets, samples: await readSamples(records, TIERS.length - 1) };
}

/** As `useUnlockedRecords`. */
export function useAccountResults(
  accountIds: readonly string[],
  version: string,
): AccountRecords[] | 'unreadable' | undefined {
  return useUnlockedRecords(accountIds, version, readRecords);
}
