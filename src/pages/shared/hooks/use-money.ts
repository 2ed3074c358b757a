// Hooks that format money in the user's language, or as dots while amounts are hidden.

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import type { Micros } from '../../../domain/money.ts';
import { formatChange, formatDollars, HIDDEN } from '../../../view/texts/format-money.ts';

/** Whether amounts are hidden. */
export const Hidden = createContext(false);

/** Returns a function that formats an amount to the cent, or as dots. */
export function useMoney(): (amount: Micros) => string {
  const hidden = useContext(Hidden);
  return (amount) => (hidden ? HIDDEN : formatDollars(amount, i18n.locale));
}

/** The same for a change, with its sign. */
export function useChange(): (amount: Micros) => string {
  const hidden = useContext(Hidden);
  return (amount) => (hidden ? HIDDEN : formatChange(amount, i18n.locale));
}
