// What an account holds and what that amounts to: the figures that tests compare with.
import { type Books, booksOf } from './books.ts';
import { groupBy } from './group-by.ts';
import {
  DOLLAR,
  type Entry,
  type LedgerEvent,
  type LedgerFill,
  type LedgerMarket,
  type LedgerTransfer,
  type Listing,
  type PerpsTransfer,
  type SettledRow,
  worth,
} from './ledger-types.ts';

export abstract class LedgerFigures {
  cash = 0n;
  /** The equity of perps; undefined for an account that is not enabled for them. */
  perps: bigint | undefined;
  /** Whether the member switched collateral return on; Kalshi's default is off. */
  returnsCollateral = true;
  /** Whether a withdrawal's fee is taken on top of its amount; which is true is unknown. */
  withdrawalFeeOnTop = false;
  readonly markets = new Map<string, LedgerMarket>();
  readonly events = new Map<string, LedgerEvent>();
  /** All markets, also those that are settled. */
  readonly listings = new Map<string, Listing>();
  readonly settled: SettledRow[] = [];
  readonly fills: LedgerFill[] = [];
  readonly transfers: LedgerTransfer[] = [];
  readonly perpsTransfers: PerpsTransfer[] = [];
  readonly entries: Entry[] = [];

  /** Trades and settlements by market, and of how many they are. */
  #byMarket = { fills: new Map<string, LedgerFill[]>(), settled: new Map<string, SettledRow>(), of: '' };

  /** The markets of an event that are not settled. */
  marketsOf(event: string): LedgerMarket[] {
    return [...this.markets.values()].filter((each) => each.event === event);
  }

  /** What Kalshi reports about a market, from its trades alone. */
  booksOf(ticker: string): Books {
    const of = `${this.fills.length} ${this.settled.length}`;
    if (this.#byMarket.of !== of) {
      const fills = groupBy(this.fills, (fill) => fill.ticker);
      const settled = new Map(this.settled.map((row) => [row.ticker, row]));
      this.#byMarket = { fills, settled, of };
    }
    const fills = (this.#byMarket.fills.get(ticker) ?? []).toSorted((a, b) => a.at - b.at);
    return booksOf(fills, this.#byMarket.settled.get(ticker));
  }

  /** The value of a position at the last price, micro-dollars. */
  valueOf({ held, last }: LedgerMarket): bigint {
    return held >= 0n ? worth(held, last) : worth(-held, DOLLAR - last);
  }

  /** What an event holds after returned collateral, micro-dollars. */
  exposureOf(event: string): bigint {
    const costs = [...this.markets.values()]
      .filter((each) => each.event === event)
      .reduce((sum, { cost }) => sum + cost, 0n);
    return costs - (this.events.get(event)?.returned ?? 0n);
  }

  /** The value of everything held, minus collateral that was returned, micro-dollars. */
  get positionsValue(): bigint {
    const values = [...this.markets.values()].reduce((sum, market) => sum + this.valueOf(market), 0n);
    return [...this.events.values()].reduce((sum, { returned }) => sum - returned, values);
  }

  /** Everything that the account is worth, micro-dollars. */
  get total(): bigint {
    return this.cash + this.positionsValue + (this.perps ?? 0n);
  }

  /** What a market brought in all: the sum of its movements of cash. The independent truth about its result. */
  resultOf(ticker: string): bigint {
    return this.entries
      .filter((entry) => entry.ticker === ticker)
      .reduce((sum, { amount }) => sum + amount, 0n);
  }

  /** What was paid in since a time, minus what was paid out, micro-dollars. */
  paidSince(at: number): bigint {
    return this.entries
      .filter((entry) => entry.cause === 'transfer' && entry.at > at)
      .reduce((sum, { amount }) => sum + amount, 0n);
  }
}
