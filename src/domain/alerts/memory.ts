// What rules remember, so that each says a thing once. A rule without a memory, because it is new or was changed, only notes
// what is there now: nothing old is announced.

/** By the name of a rule: what it stands for, and what it has said. */
export type Memory = Record<string, string>;

/**
 * Whether a condition became true.
 * @param name of the rule; null for one that is off, which forgets what it knew
 * @param meaning changes when the rule is changed: it then only notes what is there
 * @param rearmed whether it may speak again
 */
export function becameTrue(
  memory: Memory,
  name: string,
  meaning: string | null,
  isTrue: boolean,
  rearmed: boolean,
): boolean {
  if (meaning === null) {
    delete memory[name];
    return false;
  }
  const [known, state] = memory[name]?.split('|') ?? [];
  if (known !== meaning) {
    memory[name] = `${meaning}|${isTrue ? 'said' : 'armed'}`;
    return false;
  }
  if (state === 'armed' && isTrue) {
    memory[name] = `${meaning}|said`;
    return true;
  }
  if (state === 'said' && rearmed) memory[name] = `${meaning}|armed`;
  return false;
}

/** The rows whose key was not there the last time. Keys that are gone are forgotten only if they cannot come back today. */
export function onlyNew<Row>(
  memory: Memory,
  name: string,
  rule: string | null,
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Row[] {
  if (rule === null) {
    delete memory[name];
    return [];
  }
  const [known, ...before] = memory[name]?.split('|') ?? [];
  const keys = rows.map(keyOf);
  memory[name] = [rule, ...new Set([...keys, ...before])].slice(0, 100).join('|');
  if (known !== rule) return [];
  return rows.filter((_, index) => !before.includes(keys[index] ?? ''));
}
