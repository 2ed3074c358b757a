// The balance history as CSV.

import type { Sample } from '../../domain/balance/history.ts';
import { exactTotal } from '../../domain/balance/snapshot.ts';
import { csv, csvNumber, csvTime } from './csv.ts';

const HEADER = 'time,cash,positions,perps,total';

/** The samples of all tiers, each once, oldest first. */
export function historyCsv(tiers: readonly (readonly Sample[])[]): string {
  const samples = new Map(tiers.flat().map((sample) => [sample.at, sample]));
  return csv(
    HEADER,
    [...samples.values()]
      .sort((a, b) => a.at - b.at)
      .map((sample) => {
        const { at, cash, positions, perps } = sample;
        return [csvTime(at), ...[cash, positions, perps, exactTotal(sample)].map(csvNumber)];
      }),
  );
}
