// What an account consists of: markets, trades and movements of cash. Amounts are micro-dollars, counts hundredths of contracts,
// times unix milliseconds.

export type Side = 'yes' | 'no';
/** How a market ended; `scalar`: each contract of YES is worth `value`, each of NO the rest of a dollar. */
export type MarketResult = Side | 'scalar';

export const DOLLAR = 1_000_000n;

/** What happened to the cash, with its cause. `credit`: interest or a reward, which no list of the API contains. */
export interface Entry {
  cause: 'trade' | 'fee' | 'pair' | 'payout' | 'collateral' | 'transfer' | 'perps' | 'subaccount' | 'credit';
  /** The market; undefined for what belongs to none. */
  ticker?: string;
  amount: bigint;
  at: number;
}

/** A leg of a combo: the market and the side that has to win. */
export interface Leg {
  event: string;
  ticker: string;
  side: Side;
}

/** What everybody can see of a market, also after it has settled. */
export interface Listing {
  ticker: string;
  event: string;
  title: string;
  answer: string;
  closes: number;
  /** The last price of YES now and a day ago, and the bids of both sides. */
  last: bigint;
  previous: bigint;
  yesBid: bigint;
  noBid: bigint;
  /** The threshold, for a market that is one of a ladder. */
  strike?: number;
  /** Only combos have them. */
  legs?: readonly Leg[];
  /** The result, once it is known. `at`: when it was paid, undefined before. */
  outcome?: { result: MarketResult; value: bigint; amended: boolean; at?: number };
}

/** A market that is not settled, with what the account holds of it. */
export interface LedgerMarket extends Omit<Listing, 'outcome'> {
  /** Negative for NO. */
  held: bigint;
  /** What was paid for the contracts held. */
  cost: bigint;
  /** Everything that was bought of each side, and the fees of all trades. */
  bought: Record<Side, { count: bigint; cost: bigint }>;
  fees: bigint;
  /** When the position last changed. */
  changedAt: number;
  /** The result, once it is known and not paid yet. */
  result?: MarketResult;
  /** What a contract of YES is paid, for a scalar result. */
  value?: bigint;
  /** Whether the result was corrected. */
  amended?: boolean;
}

export interface LedgerEvent {
  title: string;
  /** Whether at most one market resolves to YES (`MECNET`). */
  exclusive: boolean;
  /** Whether its markets are nested thresholds (`DIRECNET`): which way they point. */
  ladder?: 'above' | 'below';
  /** Collateral that was returned early and is missing from later payouts. */
  returned: bigint;
  /** When the game begins, and of what type its milestone is. */
  starts?: number;
  milestone?: string;
  series?: { title: string; category: string };
}

/** A settled market as `/portfolio/settlements` lists it. */
export interface SettledRow extends Pick<LedgerMarket, 'ticker' | 'event' | 'bought' | 'fees'> {
  result: MarketResult;
  /** What a contract of YES was paid, for a scalar result. */
  value?: bigint;
  /** What the contracts still held paid. */
  revenue: bigint;
  at: number;
}

/** A trade as `/portfolio/fills` lists it. */
export interface LedgerFill {
  id: string;
  ticker: string;
  side: Side;
  count: bigint;
  /** Of that side, and the fee of the whole fill. */
  price: bigint;
  fee: bigint;
  at: number;
}

export interface LedgerTransfer {
  id: string;
  kind: 'deposit' | 'withdrawal';
  /** `cancelled` is a status that the documentation does not have. */
  status: 'pending' | 'applied' | 'failed' | 'returned' | 'cancelled';
  cents: number;
  /** A deposit adds the amount minus this. */
  feeCents?: number;
  type?: 'ach' | 'wire' | 'crypto' | 'debit' | 'apm';
  /** Whether a deposit could be used at once, while it is pending. */
  instant?: boolean;
  requestedAt: number;
  finishedAt: number | null;
}

/** Between event contracts and perps, or between two shards of event contracts. */
export interface PerpsTransfer {
  id: string;
  /** To perps if positive; between shards, what moved. */
  amount: bigint;
  at: number;
  /** From and to which shard, for a transfer that leaves the cash as it is. */
  shards?: readonly [from: number, to: number];
}

/** Contracts at a price. */
export function worth(count: bigint, price: bigint): bigint {
  return (count * price) / 100n;
}

export const abs = (value: bigint) => (value < 0n ? -value : value);
export const least = (a: bigint, b: bigint) => (a < b ? a : b);

/** What a contract of YES is paid. */
export function yesValue(result: MarketResult, value: bigint | undefined): bigint {
  if (result === 'scalar') return value ?? 0n;
  return result === 'yes' ? DOLLAR : 0n;
}
