// Schemas for the fields of responses: money, counts, times, text.

import * as v from 'valibot';
import { fromCents, type Micros, parseDollars } from '../domain/money.ts';

const exact = v.check<Micros | undefined, string>((amount) => amount !== undefined, 'not exact money');
const asMicros = v.transform((amount: Micros | undefined) => amount as Micros);

/** `*_dollars`: a decimal string. Also `*_fp`, a count of contracts, which then is in millionths. */
export const dollars = v.pipe(v.string(), v.transform(parseDollars), exact, asMicros);

/** Cents arrive as JSON numbers: whole, and small enough to be exact in micro-dollars. */
export const cents = v.pipe(v.number(), v.transform(fromCents), exact, asMicros);

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
