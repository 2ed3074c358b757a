// A hook: the stored state, updated while a page is open.

import { useEffect, useState } from 'preact/hooks';
import type { State } from '../../../domain/accounts/state.ts';
import { readState, watchState } from '../../../storage/state.ts';

/** The delay before a failed read is repeated. */
const RETRY_MS = 1_000;

/** The stored state: `initial` at first, then what the background writes. */
export function useStoredState(initial: State): State {
  const [state, setState] = useState(initial);
  useEffect(() => {
    let latest = 0;
    let again: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      clearTimeout(again);
      const mine = ++latest;
      void readState().then((next) => {
        if (mine !== latest) return; // a later read has finished already
        setState(next);
        if (next.kind === 'unreadable' && next.readFailed) again = setTimeout(read, RETRY_MS);
      });
    };
    const stop = watchState(read);
    read(); // a write between the first read and now
    return () => {
      latest++;
      clearTimeout(again);
      stop();
    };
  }, []);
  return state;
}
