// A member's account as Kalshi books it: every movement of cash, in whole micro-dollars (BigInt) and hundredths of contracts.
// From it two things follow independently: what the API answers (member.ts), and the truth that tests compare with.
//
// The rules and where they come from:
// - Buying a side costs count × price + fee. Selling a side is buying the other one.
// - A pair of YES and NO of one market is paid one dollar at once and leaves the position; the cost of what remains is
//   proportional (recorded: 52 bought at 74¢, 20 sold: 32 left at $23.68; tests/exchange/recorded/positions.ts).
// - In a mutually exclusive event, NO of several markets secure each other: all but the largest count is returned at once and
//   is missing from later payouts (https://help.kalshi.com/en/articles/13823816-collateral-return).
// - A settled market pays one dollar per winning contract that is still held.

export type Side = 'yes' | 'no';

const DOLLAR = 1_000_000n;

/** What happened to the cash, with its cause. */
export interface Entry {
  cause: 'trade' | 'fee' | 'pair' | 'payout' | 'collateral' | 'transfer' | 'perps';
  /** The market; undefined for what belongs to none. */
  ticker?: string;
  amount: bigint;
  at: number;
}

export interface LedgerMarket {
  ticker: string;
  event: string;
  title: string;
  answer: string;
  /** Unix milliseconds. */
  closes: number;
  /** The last price of YES now and a day ago, and the bids of both sides; micro-dollars. */
  last: bigint;
  previous: bigint;
  yesBid: bigint;
  noBid: bigint;
  /** Hundredths of contracts; negative for NO. */
  held: bigint;
  /** What was paid for the contracts held, micro-dollars. */
  cost: bigint;
  /** Everything that was bought of each side, hundredths and micro-dollars, and the fees of all trades. */
  bought: Record<Side, { count: bigint; cost: bigint }>;
  fees: bigint;
  /** When the position last changed, unix milliseconds. */
  changedAt: number;
  /** The result, once it is known and not paid yet. */
  result?: Side;
}

export interface LedgerEvent {
  title: string;
  exclusive: boolean;
  /** Collateral that was returned early and is missing from later payouts, micro-dollars. */
  returned: bigint;
}

/** A settled market as `/portfolio/settlements` lists it. */
export interface SettledRow extends Pick<LedgerMarket, 'ticker' | 'event' | 'bought' | 'fees'> {
  result: Side;
  /** What the contracts still held paid, micro-dollars. */
  revenue: bigint;
  at: number;
}

/** A trade as `/portfolio/fills` lists it. */
export interface LedgerFill {
  id: string;
  ticker: string;
  side: Side;
  /** Hundredths of contracts. */
  count: bigint;
  /** Of that side, and the fee of the whole fill; micro-dollars. */
  price: bigint;
  fee: bigint;
  at: number;
}

export interface LedgerTransfer {
  id: string;
  kind: 'deposit' | 'withdrawal';
  status: 'pending' | 'applied' | 'failed' | 'returned';
  cents: number;
  requestedAt: number;
  finishedAt: number | null;
}

export interface PerpsTransfer {
  id: string;
  /** To perps if positive. Micro-dollars. */
  amount: bigint;
  at: number;
}

/** Contracts, in hundredths, at a price. */
export function worth(count: bigint, price: bigint): bigint {
  return (count * price) / 100n;
}

const abs = (value: bigint) => (value < 0n ? -value : value);
const least = (a: bigint, b: bigint) => (a < b ? a : b);

export class Ledger {
  cash = 0n;
  /** The equity of perps; undefined for an account that is not enabled for them. */
  perps: bigint | undefined;
  readonly markets = new Map<string, LedgerMarket>();
  readonly events = new Map<string, LedgerEvent>();
  /** The names of all markets, also of those that are settled. */
  readonly names = new Map<string, Pick<LedgerMarket, 'event' | 'title' | 'answer'>>();
  readonly settled: SettledRow[] = [];
  readonly fills: LedgerFill[] = [];
  readonly transfers: LedgerTransfer[] = [];
  readonly perpsTransfers: PerpsTransfer[] = [];
  readonly entries: Entry[] = [];

  #book(entry: Entry): void {
    this.cash += entry.amount;
    this.entries.push(entry);
  }

  addEvent(event: string, title: string, exclusive: boolean): void {
    this.events.set(event, { title, exclusive, returned: 0n });
  }

  addMarket(market: Pick<LedgerMarket, 'ticker' | 'event' | 'last'> & Partial<LedgerMarket>): LedgerMarket {
    const { ticker, event, last } = market;
    if (!this.events.has(event)) this.addEvent(event, market.title ?? `Event ${event}`, false);
    const made: LedgerMarket = {
      title: `Market ${ticker}`,
      answer: '',
      closes: 0,
      previous: last,
      yesBid: last,
      noBid: DOLLAR - last,
      held: 0n,
      cost: 0n,
      bought: { yes: { count: 0n, cost: 0n }, no: { count: 0n, cost: 0n } },
      fees: 0n,
      changedAt: 0,
      ...market,
    };
    this.markets.set(ticker, made);
    this.names.set(ticker, { event, title: made.title, answer: made.answer });
    return made;
  }

  #market(ticker: string): LedgerMarket {
    const market = this.markets.get(ticker);
    if (!market) throw new Error(`no market ${ticker}`);
    return market;
  }

  /** Buys contracts of a side. `price` and `fee`: micro-dollars; `count`: hundredths of contracts. */
  buy(ticker: string, side: Side, count: bigint, price: bigint, fee: bigint, at: number): void {
    const market = this.#market(ticker);
    const cost = worth(count, price);
    this.addFill({ ticker, side, count, price, fee, at });
    this.#book({ cause: 'trade', ticker, amount: -cost, at });
    if (fee > 0n) this.#book({ cause: 'fee', ticker, amount: -fee, at });
    market.bought[side].count += count;
    market.bought[side].cost += cost;
    market.fees += fee;
    market.changedAt = at;
    const other = side === 'yes' ? -market.held : market.held;
    const pairs = least(count, other > 0n ? other : 0n);
    if (pairs > 0n) {
      this.#book({ cause: 'pair', ticker, amount: pairs * (DOLLAR / 100n), at });
      market.cost -= (market.cost * pairs) / abs(market.held);
    }
    const opened = count - pairs;
    market.cost += worth(opened, price);
    market.held += side === 'yes' ? count : -count;
    this.#returnCollateral(market.event, at);
  }

  /** Lists a trade. */
  addFill(fill: Omit<LedgerFill, 'id'>): void {
    this.fills.push({ ...fill, id: `fill-${String(this.fills.length).padStart(7, '0')}` });
  }

  /** What NO of the markets of an event pay whatever the result: all but the largest count. */
  #guaranteed(event: string): bigint {
    const counts = [...this.markets.values()]
      .filter((each) => each.event === event && each.held < 0n)
      .map(({ held }) => -held);
    const largest = counts.reduce((most, count) => (count > most ? count : most), 0n);
    return (counts.reduce((sum, count) => sum + count, 0n) - largest) * (DOLLAR / 100n);
  }

  #returnCollateral(name: string, at: number): void {
    const event = this.events.get(name);
    if (!event?.exclusive) return;
    const returned = this.#guaranteed(name);
    if (returned === event.returned) return;
    this.#book({ cause: 'collateral', amount: returned - event.returned, at });
    event.returned = returned;
  }

  /** The results of all markets of an event become known; nothing is paid yet. `winner`: the market that resolves to YES. */
  determine(event: string, winner: string | null): void {
    for (const market of this.markets.values()) {
      if (market.event === event) market.result = market.ticker === winner ? 'yes' : 'no';
    }
  }

  /** Pays the markets whose results are known. What was returned before is kept back. */
  pay(at: number): void {
    for (const market of [...this.markets.values()]) {
      const { ticker, event: name, result, held, bought, fees } = market;
      if (!result) continue;
      const won = result === 'yes' ? held : -held;
      const revenue = won > 0n ? won * (DOLLAR / 100n) : 0n;
      const event = this.events.get(name);
      const kept = least(event?.returned ?? 0n, revenue);
      if (event) event.returned -= kept;
      if (revenue > 0n) this.#book({ cause: 'payout', ticker, amount: revenue, at });
      if (kept > 0n) this.#book({ cause: 'collateral', amount: -kept, at });
      this.markets.delete(ticker);
      if (bought.yes.count + bought.no.count > 0n) {
        this.settled.push({ ticker, event: name, result, revenue, bought, fees, at });
      }
    }
  }

  /** Moves money in or out. Only an applied transfer changes the cash. */
  transfer(row: LedgerTransfer): void {
    this.transfers.push(row);
    if (row.status !== 'applied') return;
    const amount = BigInt(row.cents) * 10_000n * (row.kind === 'deposit' ? 1n : -1n);
    this.#book({ cause: 'transfer', amount, at: row.finishedAt ?? row.requestedAt });
  }

  /** Moves money to perps, or back if the amount is negative. */
  moveToPerps(amount: bigint, at: number): void {
    this.perps = (this.perps ?? 0n) + amount;
    this.perpsTransfers.push({ id: `perps-${this.perpsTransfers.length}`, amount, at });
    this.#book({ cause: 'perps', amount: -amount, at });
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

  /** A copy on which something can be tried. */
  clone(): Ledger {
    const copy = new Ledger();
    copy.cash = this.cash;
    copy.perps = this.perps;
    for (const [name, event] of this.events) copy.events.set(name, { ...event });
    for (const [ticker, market] of this.markets) copy.markets.set(ticker, structuredClone(market));
    for (const [ticker, names] of this.names) copy.names.set(ticker, names);
    copy.settled.push(...this.settled);
    copy.fills.push(...this.fills);
    copy.transfers.push(...this.transfers);
    copy.perpsTransfers.push(...this.perpsTransfers);
    copy.entries.push(...this.entries);
    return copy;
  }
}
