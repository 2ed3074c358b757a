// How pages write money: in the user's language, or not at all where amounts are hidden.

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { i18n } from '../platform/i18n.ts';
import { formatChange, formatDollars, HIDDEN, type Micros } from '../portfolio/money.ts';

/** Whether amounts are hidden. */
export const Hidden = createContext(false);

/** Gives a function that writes an amount to the cent, or dots. */
export function useMoney(): (amount: Micros) => string {
  const hidden = useContext(Hidden);
  return (amount) => (hidden ? HIDDEN : formatDollars(amount, i18n.locale));
}

/** The same for a change, with its sign. */
export function useChange(): (amount: Micros) => string {
  const hidden = useContext(Hidden);
  return (amount) => (hidden ? HIDDEN : formatChange(amount, i18n.locale));
}
