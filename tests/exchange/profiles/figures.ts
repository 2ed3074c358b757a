// What a profile's figures must be, from the ledger's movements of cash and trades: another way than the extension computes
// them. Micro-dollars, times unix milliseconds.
import type { Entry, Ledger } from '../ledger.ts';

export interface Figures {
  cash: bigint;
  /** As the exchange reports it: whole cents. */
  positionsValue: bigint;
  total: bigint;
  held: number;
  /** What each settled market brought in all, fees included. */
  results: Map<string, bigint>;
  /** Paid in and out since the time, fees of deposits considered; and what no list contains. */
  transfers: bigint;
  credits: bigint;
  toSubaccounts: bigint;
}

export function figuresOf(ledger: Ledger, since = 0): Figures {
  const byMarket = new Map<string, bigint>();
  for (const { ticker, amount } of ledger.entries) {
    if (ticker) byMarket.set(ticker, (byMarket.get(ticker) ?? 0n) + amount);
  }
  const moved = (cause: Entry['cause']) =>
    ledger.entries
      .filter((entry) => entry.cause === cause && entry.at >= since)
      .reduce((sum, { amount }) => sum + amount, 0n);
  const positionsValue = (ledger.positionsValue / 10_000n) * 10_000n;
  const settled = ledger.settled.filter(({ at }) => at >= since);
  return {
    cash: ledger.cash,
    positionsValue,
    total: ledger.cash + positionsValue + (ledger.perps ?? 0n),
    held: [...ledger.markets.values()].filter(({ held }) => held !== 0n).length,
    results: new Map(settled.map(({ ticker }) => [ticker, byMarket.get(ticker) ?? 0n])),
    transfers: moved('transfer'),
    credits: moved('credit'),
    toSubaccounts: -moved('subaccount'),
  };
}
