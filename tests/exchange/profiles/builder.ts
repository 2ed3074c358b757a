// What the profiles have in common: a timeline of what a member did, prices, stakes and fees that follow from a seed.
import { DOLLAR, Ledger, type Side, worth } from '../ledger.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const CENT = 10_000n;

export class Builder {
  readonly ledger: Ledger;
  readonly #steps: { at: number; run: () => void }[] = [];

  /** @param now unix milliseconds; nothing happens after it */
  constructor(
    readonly now: number,
    readonly random: () => number,
    ledger = new Ledger(),
  ) {
    this.ledger = ledger;
  }

  /** A whole number within these bounds. */
  int(from: number, to: number): number {
    return from + Math.floor(this.random() * (to - from + 1));
  }

  pick<T>(from: readonly T[]): T {
    return from[this.int(0, from.length - 1)] as T;
  }

  /** Upper-case hexadecimal digits, as the tickers of combos have them. */
  hex(digits: number): string {
    return Array.from({ length: digits }, () => this.int(0, 15).toString(16).toUpperCase()).join('');
  }

  /** Does something at a time, if that is not after now. */
  at(at: number, run: () => void): void {
    if (at <= this.now) this.#steps.push({ at, run });
  }

  /** Does everything in the order of time. */
  run(): Ledger {
    this.#steps.sort((a, b) => a.at - b.at);
    for (const { run } of this.#steps) run();
    return this.ledger;
  }

  /** Buys for about so many cents, with the fee of a taker, if the cash allows it. */
  buy(ticker: string, side: Side, stake: number, at: number): void {
    const market = this.ledger.markets.get(ticker);
    if (!market || market.result) return;
    const price = side === 'yes' ? market.last : DOLLAR - market.last;
    const count = (BigInt(stake) * CENT * 100n) / price;
    const fee = feeOf(count, price);
    if (count === 0n || worth(count, price) + fee > this.ledger.cash) return;
    this.ledger.buy(ticker, side, count, price, fee, at);
  }

  /** Sells a part of what is held. `part`: of a hundred */
  sell(ticker: string, part: number, at: number): void {
    const market = this.ledger.markets.get(ticker);
    if (!market || market.result || market.held === 0n) return;
    const [side, price] =
      market.held > 0n ? (['no', DOLLAR - market.last] as const) : (['yes', market.last] as const);
    const held = market.held > 0n ? market.held : -market.held;
    const count = (held * BigInt(part)) / 100n;
    if (count > 0n) this.ledger.buy(ticker, side, count, price, feeOf(count, price), at);
  }

  /** Moves the price of YES by up to so many cents; the bids follow, a cent away. */
  move(ticker: string, most: number): void {
    const market = this.ledger.markets.get(ticker);
    if (!market || market.result) return;
    quote(market, market.last + BigInt(this.int(-most, most)) * CENT);
  }
}

/** Sets the price of YES within 1 … 99 cents, and the bids of both sides a cent below. */
export function quote(market: { last: bigint; yesBid: bigint; noBid: bigint }, last: bigint): void {
  market.last = last < CENT ? CENT : last > 99n * CENT ? 99n * CENT : last;
  market.yesBid = market.last - CENT;
  market.noBid = DOLLAR - market.last - CENT;
}

/** 7 % of count × price × (1 - price), rounded up to a hundredth of a cent (recorded: 1 at 9¢ costs 0.0058). */
export function feeOf(count: bigint, price: bigint): bigint {
  const exact = 7n * count * price * (DOLLAR - price);
  const unit = 100n * 100n * DOLLAR * 100n;
  return ((exact + unit - 1n) / unit) * 100n;
}

/** The date of a ticker in Kalshi's form: `26NOV28`. In New York, as the exchange's */
export function dateCode(at: number): string {
  const { year, month, day } = newYork(at);
  return `${year}${month?.toUpperCase()}${day}`;
}

/** The date and the time of a ticker in Kalshi's form: `26NOV281905` */
export function timeCode(at: number): string {
  const { hour, minute } = newYork(at);
  return `${dateCode(at)}${hour}${minute}`;
}

function newYork(at: number): Partial<Record<Intl.DateTimeFormatPartTypes, string>> {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: 'America/New_York',
    hourCycle: 'h23',
    year: '2-digit',
    month: 'short',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at);
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}
