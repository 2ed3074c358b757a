// A choice that is shown at once, while it is being stored.

import { useEffect, useState } from 'preact/hooks';
import type { Result } from '../../../commands/problem.ts';

/**
 * Between the click and the stored change, the page may render for another reason, e.g. a poll. It must not show the old
 * choice then.
 * @param stored the stored choice
 * @param save stores another one; if that fails, the stored choice is shown again
 * @returns the choice to show, and a function that changes it
 */
export function useChoice<Value>(
  stored: Value,
  save: (value: Value) => Promise<Result<unknown>>,
): [Value, (value: Value) => void] {
  const [chosen, setChosen] = useState<{ value: Value } | null>(null);
  useEffect(() => setChosen(null), [stored]);
  const choose = (value: Value) => {
    setChosen({ value });
    void save(value).then(({ ok }) => {
      if (!ok) setChosen(null);
    });
  };
  return [chosen ? chosen.value : stored, choose];
}
