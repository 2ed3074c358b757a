// Schemas for the fields of responses: money, counts, times, text.

import * as v from 'valibot';
import { parseContracts } from '../domain/contracts.ts';
import { fromCents, parseDollars } from '../domain/money.ts';

/** A decoder that gives undefined for what is not exact. */
function exactly<Input, Output>(decode: (input: Input) => Output | undefined) {
  return v.rawTransform<Input, Output>(({ dataset, addIssue, NEVER }) => {
    const decoded = decode(dataset.value);
    if (decoded !== undefined) return decoded;
    addIssue({ message: 'not exact' });
    return NEVER;
  });
}

/** `*_dollars`: a decimal string. */
export const dollars = v.pipe(v.string(), exactly(parseDollars));

/** `*_fp`: a count of contracts as a decimal string. */
export const contracts = v.pipe(v.string(), exactly(parseContracts));

/** Cents arrive as JSON numbers: whole, and small enough to be exact in micro-dollars. */
export const cents = v.pipe(v.number(), exactly(fromCents));

/** RFC 3339, as unix milliseconds; null if it cannot be parsed. */
export const time = v.pipe(
  v.string(),
  v.transform((text): number | null => {
    // biome-ignore lint/style/noRestrictedGlobals: parses a time, does not read the clock
    const at = Date.parse(text);
    return Number.isFinite(at) ? at : null;
  }),
);

/** Text from outside, cut to a readable length. */
export const text = v.pipe(
  v.string(),
  v.transform((long) => long.slice(0, 300)),
);

/** A title from outside: without the asterisks of Markdown, which Kalshi's titles contain (`**high temp**`). */
export const title = v.pipe(
  text,
  v.transform((marked) => marked.replaceAll('**', '')),
);
