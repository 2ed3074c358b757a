// Follows what is stored while a page is open.

import { useEffect, useState } from 'preact/hooks';
import { readState, type State, watchState } from '../storage/state.ts';

/** How long after a read that failed to read again. Milliseconds. */
const RETRY_MS = 1_000;

/** What is stored now: `initial` at first, then whatever the background writes. */
export function useStoredState(initial: State): State {
  const [state, setState] = useState(initial);
  useEffect(() => {
    let latest = 0;
    let again: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      clearTimeout(again);
      const mine = ++latest;
      void readState().then((next) => {
        if (mine !== latest) return; // a reading that comes late says nothing new
        setState(next);
        if (next.kind === 'unreadable' && next.readFailed) again = setTimeout(read, RETRY_MS);
      });
    };
    const stop = watchState(read);
    read(); // what was written between the first reading and now
    return () => {
      latest++;
      clearTimeout(again);
      stop();
    };
  }, []);
  return state;
}
