// Reading what is stored while the browser is still bringing what woke the background: whatever that is, it asks for it
// first, and finds it there.

import { readState, type State } from '../../storage/state.ts';

let ahead: Promise<State> | undefined;

/** Reads it, and keeps it for the first who asks. To be called in the very first turn. */
export function readAhead(): Promise<State> {
  ahead = readState();
  return ahead;
}

/** From now on, who asks reads anew. */
export function endReadingAhead(): void {
  ahead = undefined;
}

/** What is stored, for what comes from outside. */
export function readFirst(): Promise<State> {
  const state = ahead ?? readState();
  endReadingAhead();
  return state;
}
