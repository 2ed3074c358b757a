// What rules remember, so that each says a thing once. A rule without a memory, because it is new or was changed, only notes
// what is there now: nothing old is announced.

import * as v from 'valibot';

/** Unix milliseconds. */
const time = v.number();

const ruleMemorySchema = v.variant('kind', [
  /** `meaning` changes when the rule is changed. `said`: whether it spoke, and was not rearmed since. */
  v.object({ kind: v.literal('condition'), meaning: v.string(), said: v.boolean() }),
  /** In which directions the change of a day passed the limit. `midnight`: of that day. */
  v.object({
    kind: v.literal('change'),
    limit: v.number(),
    midnight: time,
    ways: v.array(v.picklist(['up', 'down'])),
  }),
  /** The ids of the trades that were new the last time. */
  v.object({ kind: v.literal('trades'), ids: v.array(v.string()) }),
  /** By ticker: the occasion, as a day or a closing time, for which the market was announced or noted. */
  v.object({ kind: v.literal('markets'), limit: v.number(), occasions: v.record(v.string(), time) }),
  /** `at`: minutes after midnight. `day`: the last one with a summary; the first is made after it. */
  v.object({ kind: v.literal('summary'), at: v.number(), day: time }),
]);
type RuleMemory = v.InferOutput<typeof ruleMemorySchema>;

/** By the id of a rule. */
export const memorySchema = v.record(v.string(), ruleMemorySchema);
export type Memory = v.InferOutput<typeof memorySchema>;

/** What a rule remembers; undefined if it is new. */
export function recall<Kind extends RuleMemory['kind']>(
  memory: Readonly<Memory>,
  id: string,
  kind: Kind,
): Extract<RuleMemory, { kind: Kind }> | undefined {
  const known = memory[id];
  return known?.kind === kind ? (known as Extract<RuleMemory, { kind: Kind }>) : undefined;
}

/**
 * Whether a condition became true.
 * @param id of the rule
 * @param meaning changes when the rule is changed: it then only notes what is there; null if it is off, and forgets
 * @param rearmed whether it may speak again
 */
export function becameTrue(
  memory: Memory,
  id: string,
  meaning: string | null,
  isTrue: boolean,
  rearmed: boolean,
): boolean {
  if (meaning === null) {
    delete memory[id];
    return false;
  }
  const known = recall(memory, id, 'condition');
  const isKnown = known?.meaning === meaning;
  const said = isTrue || (isKnown && known.said && !rearmed);
  memory[id] = { kind: 'condition', meaning, said };
  return isKnown && !known.said && isTrue;
}

/** A market that fulfils a rule. `occasion`: the day or the closing time, unix milliseconds, for which it is announced once. */
interface Occasion {
  ticker: string;
  occasion: number;
}

/**
 * The rows that a rule has not announced for their occasion. A new rule only notes them.
 * @param limit of the rule; null if it is off, and forgets
 * @param forgetBefore occasions before this time, unix milliseconds, cannot return
 */
export function newOccasions<Row extends Occasion>(
  memory: Memory,
  id: string,
  limit: number | null,
  rows: readonly Row[],
  forgetBefore: number,
): Row[] {
  if (limit === null) {
    delete memory[id];
    return [];
  }
  const known = recall(memory, id, 'markets');
  const before = known?.limit === limit ? known.occasions : undefined;
  const kept = Object.entries(before ?? {}).filter(([, occasion]) => occasion >= forgetBefore);
  const occasions = Object.fromEntries([
    ...kept,
    ...rows.map(({ ticker, occasion }): [string, number] => [ticker, occasion]),
  ]);
  memory[id] = { kind: 'markets', limit, occasions };
  return before ? rows.filter(({ ticker, occasion }) => before[ticker] !== occasion) : [];
}
