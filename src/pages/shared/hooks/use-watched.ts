// A hook: a value that the browser provides and reports changes of.

import { useEffect, useState } from 'preact/hooks';

/**
 * @param read reads the value; the same function in every render, or one from `useCallback`
 * @param watch calls back after each change, and returns how to stop
 * @returns undefined before the first read
 */
export function useWatched<T>(
  read: () => Promise<T>,
  watch: (changed: () => void) => () => void,
): T | undefined {
  const [value, setValue] = useState<T>();
  useEffect(() => {
    let current = true;
    const update = () =>
      void read().then((next) => {
        if (current) setValue(() => next);
      });
    update();
    const stop = watch(update);
    return () => {
      current = false;
      stop();
    };
  }, [read, watch]);
  return value;
}
