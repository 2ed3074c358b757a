// The history of an account in a backup.

import { type Sample, TIERS } from '../../domain/balance/history.ts';
import { slots, withHistory } from '../history-store.ts';
import type { BackupSample } from './backup-schema.ts';
import { pagesOf, readPages } from './read-pages.ts';

function tierRange(accountId: string, tier: number): IDBKeyRange {
  return slots(accountId, tier, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
}

type Key = [string, number, number];

function readTier(accountId: string, tier: number): Promise<[Key, Sample][]> {
  return readPages<Key, Sample>(tierRange(accountId, tier), (read) =>
    withHistory((db) => read(db.transaction('samples', 'readonly').store)),
  );
}

/** Every sample of an account, by tier. @throws what IndexedDB throws */
export async function readHistoryRecords(accountId: string): Promise<BackupSample[][]> {
  const tiers: BackupSample[][] = [];
  for (const tier of TIERS.keys()) {
    const records = await readTier(accountId, tier);
    tiers.push(
      records.map(([[, , slot], { at, cash, positions, perps, gap }]) => [
        slot,
        at,
        cash,
        positions,
        perps ?? null,
        gap ? 1 : 0,
      ]),
    );
  }
  return tiers;
}

/**
 * Adds the samples of a backup to those of an account. Where both have one for the same step, the later one stays. What a
 * tier no longer keeps is left out.
 * @param now unix milliseconds
 * @returns how many were added, each counted once although it may be in several tiers
 * @throws what IndexedDB throws
 */
export async function mergeHistoryRecords(
  accountId: string,
  tiers: readonly (readonly BackupSample[])[],
  now: number,
): Promise<number> {
  let most = 0;
  for (const [tier, { keep }] of TIERS.entries()) {
    const known = new Map((await readTier(accountId, tier)).map(([[, , slot], { at }]) => [slot, at]));
    const added = (tiers[tier] ?? []).filter(
      ([slot, at]) => at > now - keep && at > (known.get(slot) ?? Number.NEGATIVE_INFINITY),
    );
    for (const page of pagesOf(added)) {
      await withHistory(async (db) => {
        const transaction = db.transaction('samples', 'readwrite');
        for (const [slot, ...sample] of page) {
          void transaction.store.put(sampleOf(sample), [accountId, tier, slot]);
        }
        await transaction.done;
      });
    }
    most = Math.max(most, added.length);
  }
  return most;
}

function sampleOf([at, cash, positions, perps, gap]: BackupSample extends [unknown, ...infer Rest]
  ? Rest
  : never): Sample {
  return {
    at,
    cash,
    positions,
    ...(perps !== null && { perps }),
    gap: gap === 1,
  };
}
