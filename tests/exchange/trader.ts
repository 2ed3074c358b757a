// An account with a long history of trades, which only depends on a seed.
import { Ledger } from './ledger.ts';

const DAY = 86_400_000;
const FILLS_PER_MARKET = 20;

export interface TraderInit {
  /** How many fills, at least; each market has twenty, or as many as `perMarket`. */
  fills: number;
  perMarket?: number;
  random: () => number;
  /** The last day of the history, unix milliseconds, and how many days it has. */
  end: number;
  days: number;
  /** Micro-dollars at the beginning. */
  cash?: bigint;
  /** Titles with answers, one after the other; by default the ticker is the title. */
  titles?: readonly (readonly [title: string, answer: string])[];
}

/** Fills of each market within a day, and its settlement at the end of that day; the last four markets are still open. */
export function traderLedger({
  fills,
  perMarket = FILLS_PER_MARKET,
  random,
  end,
  days,
  cash = 0n,
  titles = [],
}: TraderInit): Ledger {
  const ledger = new Ledger();
  ledger.cash = cash;
  const markets = Math.ceil(fills / perMarket);
  for (let market = 0; market < markets; market++) {
    const event = `M${market}`;
    const ticker = `${event}-A`;
    const opened = end - days * DAY + Math.floor((market / markets) * (days - 2) * DAY);
    const [title = `Market ${ticker}`, answer = ''] = titles[market % titles.length] ?? [];
    ledger.addMarket({ ticker, event, last: 500_000n, title, answer });
    for (let fill = 0; fill < perMarket; fill++) {
      const count = BigInt(1 + Math.floor(random() * 5_000));
      const price = BigInt(1 + Math.floor(random() * 9_998)) * 100n;
      const fee = BigInt(Math.floor(random() * 20_000)) * 100n;
      const at = opened + Math.floor(random() * DAY);
      ledger.buy(ticker, random() < 0.5 ? 'yes' : 'no', count, price, fee, at);
    }
    if (market >= markets - 4) continue;
    ledger.determine(event, random() < 0.5 ? ticker : null);
    ledger.pay(opened + DAY);
  }
  return ledger;
}
