// What a test says about an account, and the ledger that follows from it.
import { centsOf, micros } from './answers/format.ts';
import type { Order } from './answers/trades.ts';
import { guaranteed } from './collateral.ts';
import type { Environment } from './hosts.ts';
import { DOLLAR, Ledger, type LedgerTransfer, type Side } from './ledger.ts';

/** A position that the account starts with. */
export interface Position {
  ticker: string;
  /** Negative for NO. */
  contracts: number;
  /** What a contract of the side held is worth now, in cents. */
  price: number;
  /** The average cost and yesterday's price, in cents; by default the current price. */
  average?: number;
  previous?: number;
  /** The best bid of the side held, in cents; by default the current price. */
  bid?: number;
  event?: string;
  /** The event's title; by default the market's. */
  eventTitle?: string;
  /** Whether at most one market of the event can resolve to YES, which makes Kalshi return collateral. */
  exclusive?: boolean;
  title?: string;
  /** Which of the market's answers YES is. */
  answer?: string;
  /** When it closes and when the position last changed, unix milliseconds. */
  closes?: number;
  changedAt?: number;
  /** The result, once it is known and not paid yet. */
  result?: Side;
}

export interface Settlement {
  ticker: string;
  /** In cents. */
  revenue: number;
  /** Dollars as decimal text. */
  cost: string;
  fee: string;
  /** Unix milliseconds. */
  at: number;
}

/** Paid in, or out where the amount is negative. It does not change the cash: tests set that themselves. */
export interface Transfer {
  cents: number;
  /** Unix milliseconds. */
  at: number;
  status?: LedgerTransfer['status'];
}

export interface MemberInit {
  environment?: Environment;
  /** Dollars as decimal text with up to six decimals. */
  cash?: string;
  /** The equity of perps, dollars as decimal text; without it the account is not enabled for them. */
  perps?: string;
  positions?: Position[];
  orders?: Order[];
  settlements?: Settlement[];
  transfers?: Transfer[];
}

/** A ledger that already holds these things; their purchases are long ago. */
export function ledgerOf(init: MemberInit): Ledger {
  const ledger = new Ledger();
  ledger.cash = micros(init.cash ?? '98.0186');
  if (init.perps !== undefined) ledger.perps = micros(init.perps);
  for (const position of init.positions ?? []) addPosition(ledger, position);
  for (const { ticker } of init.orders ?? []) list(ledger, ticker);
  for (const { ticker, revenue, cost, fee, at } of init.settlements ?? []) {
    list(ledger, ticker);
    const count = BigInt(revenue);
    if (count > 0n) {
      const price = (micros(cost) * 100n) / count;
      ledger.addFill({ ticker, side: 'yes', count, price, fee: micros(fee), at: at - 3_600_000 });
    }
    ledger.settled.push({
      ticker,
      event: eventOf(ticker),
      result: 'yes',
      revenue: BigInt(revenue) * 10_000n,
      bought: { yes: { count: BigInt(revenue), cost: micros(cost) }, no: { count: 0n, cost: 0n } },
      fees: micros(fee),
      at,
    });
  }
  for (const { cents, at, status = 'applied' } of init.transfers ?? []) {
    ledger.transfers.push(transferOf(cents, at, status, ledger.transfers.length));
  }
  return ledger;
}

/** Lists a market that the account holds nothing of. */
function list(ledger: Ledger, ticker: string): void {
  if (ledger.listings.has(ticker)) return;
  const unquoted = { last: DOLLAR / 2n, yesBid: 0n, noBid: 0n };
  ledger.addMarket({ ticker, event: eventOf(ticker), closes: Date.UTC(2026, 11, 31), ...unquoted });
}

function addPosition(ledger: Ledger, position: Position): void {
  const { ticker, contracts, price: now, event = eventOf(ticker), title = `Market ${ticker}` } = position;
  const ofYes = (cents: number) => centsOf(contracts < 0 ? 100 - cents : cents);
  if (!ledger.events.has(event)) {
    ledger.addEvent(event, position.eventTitle ?? title, position.exclusive ?? false);
  }
  const held = BigInt(Math.round(contracts * 100));
  const count = held < 0n ? -held : held;
  const bid = centsOf(position.bid ?? now);
  const cost = (count * centsOf(position.average ?? now)) / 100n;
  ledger.addFill({
    ticker,
    side: held < 0n ? 'no' : 'yes',
    count,
    price: centsOf(position.average ?? now),
    fee: 0n,
    at: position.changedAt ?? Date.UTC(2026, 0, 1),
  });
  ledger.addMarket({
    ticker,
    event,
    title,
    answer: position.answer ?? '',
    closes: position.closes ?? Date.UTC(2026, 11, 31),
    last: ofYes(now),
    previous: ofYes(position.previous ?? now),
    yesBid: contracts < 0 ? ofYes(now) : bid,
    noBid: contracts < 0 ? bid : DOLLAR - ofYes(now),
    held,
    cost,
    bought: {
      yes: held > 0n ? { count, cost } : { count: 0n, cost: 0n },
      no: held < 0n ? { count, cost } : { count: 0n, cost: 0n },
    },
    changedAt: position.changedAt ?? Date.UTC(2026, 0, 1),
    ...(position.result && { result: position.result }),
  });
  const group = ledger.events.get(event);
  if (group) group.returned = guaranteed(group, ledger.marketsOf(event));
}

function eventOf(ticker: string): string {
  return ticker.replace(/-[^-]*$/, '');
}

export function transferOf(
  cents: number,
  at: number,
  status: LedgerTransfer['status'],
  index: number,
): LedgerTransfer {
  return {
    id: `transfer-${index}`,
    kind: cents > 0 ? 'deposit' : 'withdrawal',
    status,
    cents: Math.abs(cents),
    requestedAt: at,
    finishedAt: status === 'pending' ? null : at,
  };
}
