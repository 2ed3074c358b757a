// Follows what is stored while a page is open.

import { useEffect, useState } from 'preact/hooks';
import { readState, type State, watchState } from '../platform/state.ts';

/** What is stored now: `initial` at first, then whatever the background writes. */
export function useStored(initial: State): State {
  const [state, setState] = useState(initial);
  useEffect(() => watchState(() => void readState().then(setState)), []);
  return state;
}
