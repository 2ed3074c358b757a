// Follows what is stored while a page is open.

import { useEffect, useState } from 'preact/hooks';
import { readState, type State, watchState } from '../platform/state.ts';

/** What is stored now: `initial` at first, then whatever the background writes. */
export function useStored(initial: State): State {
  const [state, setState] = useState(initial);
  useEffect(() => {
    let latest = 0;
    const read = () => {
      const mine = ++latest;
      void readState().then((next) => {
        if (mine === latest) setState(next); // a reading that comes late says nothing new
      });
    };
    const stop = watchState(read);
    read(); // what was written between the first reading and now
    return stop;
  }, []);
  return state;
}
