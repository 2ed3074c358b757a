// Reading what is stored while the browser is still bringing what woke the background: whatever that is, it asks first
// what is stored, and finds it there.

import { readState, type State } from '../platform/state.ts';

let ahead: Promise<State> | undefined;

/** Reads it for the first who asks. To be called in the very first turn. @returns how to end that */
export function readAhead(): () => void {
  ahead = readState();
  return () => {
    ahead = undefined;
  };
}

/** What is stored, for what comes from outside. */
export function readFirst(): Promise<State> {
  const state = ahead ?? readState();
  ahead = undefined;
  return state;
}
