// The history as CSV: UTC times, exact decimals, nothing that a spreadsheet could read as a formula.

import type { Sample } from '../portfolio/history.ts';
import { add, decimal } from '../portfolio/money.ts';

const HEADER = 'time,cash,positions,total';

/**
 * All samples of all tiers, each once, oldest first.
 * Every field is a time or a number: no text from outside, so no field can start a formula.
 */
export function csvOf(tiers: readonly (readonly Sample[])[]): string {
  const samples = new Map(tiers.flat().map((sample) => [sample.at, sample]));
  const rows = [...samples.values()]
    .sort((a, b) => a.at - b.at)
    .map(({ at, cash, positions }) => {
      const total = add(cash, positions);
      // biome-ignore lint/style/noRestrictedGlobals: formats a time, does not read the clock
      const time = new Date(at).toISOString();
      return [time, decimal(cash), decimal(positions), total === undefined ? '' : decimal(total)].join(',');
    });
  return [HEADER, ...rows, ''].join('\r\n');
}
