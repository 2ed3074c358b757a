// A member's account as Kalshi books it: every movement of cash, in whole micro-dollars (BigInt) and hundredths of contracts.
// From it two things follow independently: what the API answers (member.ts), and the truth that tests compare with.
//
// The rules and where they come from:
// - Buying a side costs count × price + fee. Selling a side is buying the other one.
// - A pair of YES and NO of one market is paid one dollar at once and leaves the position; the cost of what remains is
//   proportional (recorded: 52 bought at 74¢, 20 sold: 32 left at $23.68; tests/exchange/recorded/positions.ts).
// - With collateral return, positions of one event that secure each other are paid early what they pay in any case
//   (collateral.ts), and that is missing from later payouts.
// - A settled market pays one dollar per winning contract that is still held; a scalar one its value.
// - A deposit adds its amount minus its fee (recorded: $378.00, fee $7.56, cash + $370.44).
import { guaranteed } from './collateral.ts';
import { LedgerFigures } from './ledger-figures.ts';
import {
  abs,
  DOLLAR,
  type Entry,
  type LedgerEvent,
  type LedgerFill,
  type LedgerMarket,
  type LedgerTransfer,
  least,
  type MarketResult,
  type Side,
  worth,
  yesValue,
} from './ledger-types.ts';
import { cashOf } from './transfer-cash.ts';

export * from './ledger-types.ts';

export class Ledger extends LedgerFigures {
  #book(entry: Entry): void {
    this.cash += entry.amount;
    this.entries.push(entry);
  }

  addEvent(event: string, title: string, exclusive: boolean, more: Partial<LedgerEvent> = {}): void {
    this.events.set(event, { title, exclusive, returned: 0n, ...more });
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
    this.listings.set(ticker, made);
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

  #returnCollateral(name: string, at: number): void {
    const event = this.events.get(name);
    if (!event || !this.returnsCollateral) return;
    const returned = guaranteed(event, this.marketsOf(name));
    if (returned === event.returned) return;
    this.#book({ cause: 'collateral', amount: returned - event.returned, at });
    event.returned = returned;
  }

  /** The results of all markets of an event become known; nothing is paid yet. `winner`: the market that resolves to YES. */
  determine(event: string, winner: string | null): void {
    for (const market of this.marketsOf(event)) {
      this.resolve(market.ticker, market.ticker === winner ? 'yes' : 'no');
    }
  }

  /** The result of a market becomes known, or is corrected; nothing is paid yet. `value`: of a scalar result. */
  resolve(ticker: string, result: MarketResult, value?: bigint): void {
    const market = this.#market(ticker);
    if (market.result) market.amended = true;
    market.result = result;
    if (value !== undefined) market.value = value;
  }

  /** Pays the markets whose results are known, or some of them. What was returned before is kept back. */
  pay(at: number, only?: ReadonlySet<string>): void {
    const due = only ? [...only].flatMap((each) => this.markets.get(each) ?? []) : [...this.markets.values()];
    for (const market of due) {
      const { ticker, event: name, result, value, held, bought, fees } = market;
      if (!result) continue;
      const yes = yesValue(result, value);
      const revenue = (held > 0n ? held * yes : -held * (DOLLAR - yes)) / 100n;
      const event = this.events.get(name);
      const kept = least(event?.returned ?? 0n, revenue);
      if (event) event.returned -= kept;
      if (revenue > 0n) this.#book({ cause: 'payout', ticker, amount: revenue, at });
      if (kept > 0n) this.#book({ cause: 'collateral', amount: -kept, at });
      this.markets.delete(ticker);
      market.changedAt = at;
      const outcome = { result, value: yes, amended: market.amended ?? false, at };
      this.listings.set(ticker, { ...market, outcome });
      if (bought.yes.count + bought.no.count > 0n) {
        const row = { ticker, event: name, result, revenue, bought, fees, at };
        this.settled.push(value === undefined ? row : { ...row, value });
      }
    }
  }

  /** Moves money in or out: an applied transfer changes the cash, and a deposit that can be used at once. */
  transfer(row: LedgerTransfer): void {
    this.transfers.push(row);
    const amount = cashOf(row, this.withdrawalFeeOnTop);
    const at = row.finishedAt ?? row.requestedAt;
    if (amount !== 0n) this.#book({ cause: 'transfer', amount, at });
  }

  /** Ends a pending transfer, or sends an applied one back: the cash follows. */
  finish(id: string, status: LedgerTransfer['status'], at: number): void {
    const row = this.transfers.find((each) => each.id === id);
    if (!row) throw new Error(`no transfer ${id}`);
    const before = cashOf(row, this.withdrawalFeeOnTop);
    Object.assign(row, { status, finishedAt: at });
    const amount = cashOf(row, this.withdrawalFeeOnTop) - before;
    if (amount !== 0n) this.#book({ cause: 'transfer', amount, at });
  }

  /** Interest or a reward: the cash rises, and no list of the API says why. */
  credit(amount: bigint, at: number): void {
    this.#book({ cause: 'credit', amount, at });
  }

  /** Cash that comes from another subaccount, or goes there if it is negative. */
  moveFromSubaccount(amount: bigint, at: number): void {
    this.#book({ cause: 'subaccount', amount, at });
  }

  /** Moves money to perps, or back if the amount is negative. */
  moveToPerps(amount: bigint, at: number): void {
    this.perps = (this.perps ?? 0n) + amount;
    this.perpsTransfers.push({ id: `perps-${this.perpsTransfers.length}`, amount, at });
    this.#book({ cause: 'perps', amount: -amount, at });
  }

  /** Moves cash between two shards, as the app does for each order: the total stays. */
  moveBetweenShards(amount: bigint, from: number, to: number, at: number): void {
    this.perpsTransfers.push({ id: `shard-${this.perpsTransfers.length}`, amount, at, shards: [from, to] });
  }

  /** A copy on which something can be tried. */
  clone(): Ledger {
    const copy = new Ledger();
    copy.cash = this.cash;
    copy.perps = this.perps;
    copy.returnsCollateral = this.returnsCollateral;
    copy.withdrawalFeeOnTop = this.withdrawalFeeOnTop;
    for (const [name, event] of this.events) copy.events.set(name, { ...event });
    for (const [ticker, listing] of this.listings) copy.listings.set(ticker, { ...listing });
    for (const [ticker, market] of this.markets) {
      const cloned = structuredClone(market);
      copy.markets.set(ticker, cloned);
      copy.listings.set(ticker, cloned);
    }
    copy.settled.push(...this.settled);
    copy.fills.push(...this.fills);
    copy.transfers.push(...this.transfers);
    copy.perpsTransfers.push(...this.perpsTransfers);
    copy.entries.push(...this.entries);
    return copy;
  }
}
