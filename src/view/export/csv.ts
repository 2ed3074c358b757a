// The history as CSV: UTC times, exact decimals, nothing that a spreadsheet could read as a formula.

import type { Sample } from '../../domain/balance/history.ts';
import { exactTotal } from '../../domain/balance/snapshot.ts';
import { decimal } from '../../domain/money.ts';

const HEADER = 'time,cash,positions,perps,total';

/**
 * All samples of all tiers, each once, oldest first.
 * Every field is a time or a number: no text from outside, so no field can start a formula.
 */
export function csvOf(tiers: readonly (readonly Sample[])[]): string {
  const samples = new Map(tiers.flat().map((sample) => [sample.at, sample]));
  const rows = [...samples.values()]
    .sort((a, b) => a.at - b.at)
    .map(({ at, ...amounts }) => {
      const { cash, positions, perps } = amounts;
      const total = exactTotal(amounts);
      // biome-ignore lint/style/noRestrictedGlobals: formats a time, does not read the clock
      const time = new Date(at).toISOString();
      const figures = [cash, positions, perps, total].map((each) =>
        each === undefined ? '' : decimal(each),
      );
      return [time, ...figures].join(',');
    });
  return [HEADER, ...rows, ''].join('\r\n');
}

/**
 * A file name for each account, different for accounts of the same name: letters and digits of its name, and its position if
 * another account has the same.
 * @param names the names of all accounts, in order
 */
export function csvName(names: readonly string[], index: number): string {
  const slug = (name: string) =>
    name
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '');
  const own = slug(names[index] ?? '');
  const isUnique = names.filter((name) => slug(name) === own).length === 1;
  return ['kalshi', own, isUnique && own ? '' : String(index + 1)].filter(Boolean).join('-').concat('.csv');
}
