// Figures, not verdicts: medians of interleaved runs, each as a ratio to a floor of the same run.

/** One thing to measure: gives one value, milliseconds or whatever it is. */
export type Run = () => Promise<number>;

export interface Row {
  name: string;
  floor: string;
  /** The median, and the span in which the middle half lies. */
  median: number;
  from: number;
  to: number;
  /** To the floor's median. */
  ratio: number;
  runs: number;
  unit: string;
}

/** Runs all of them in turns, so that a machine that gets slower gets slower for all. */
export async function interleave(
  runs: Record<string, Run>,
  times: number,
): Promise<Record<string, number[]>> {
  const values: Record<string, number[]> = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
  for (let turn = 0; turn < times; turn++) {
    for (const [name, run] of Object.entries(runs)) values[name]?.push(await run());
  }
  return values;
}

/** The rows of one table: everything against `floor`, one of the names. */
export function rowsAgainst(floor: string, values: Record<string, number[]>, unit: string): Row[] {
  const base = quantile(values[floor] ?? [], 0.5);
  return Object.entries(values).map(([name, all]) => {
    const median = quantile(all, 0.5);
    const [from, to] = [quantile(all, 0.25), quantile(all, 0.75)];
    return { name, floor, median, from, to, ratio: median / base, runs: all.length, unit };
  });
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** A table in Markdown. */
export function table(rows: readonly Row[]): string {
  const number = (value: number) => value.toPrecision(3);
  return [
    '| | median | middle half | to the floor | runs |',
    '|---|---|---|---|---|',
    ...rows.map(
      ({ name, floor, median, from, to, ratio, runs, unit }) =>
        `| ${name}${name === floor ? ' (floor)' : ''} | ${number(median)} ${unit} | ${number(from)}–${number(to)} | ${ratio.toFixed(2)} | ${runs} |`,
    ),
  ].join('\n');
}
