// Which markets the user is alerted of, and choosing them, for the rows of positions.

import { createContext } from 'preact';

export const WatchedMarkets = createContext<{
  tickers: readonly string[];
  toggle: (ticker: string) => void;
}>({ tickers: [], toggle: () => undefined });
