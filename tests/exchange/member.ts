// A member of the exchange: cash, positions whose prices move, and its keys.
import { createPublicKey, type KeyObject, randomUUID } from 'node:crypto';
import type { ApiKeyScope, GetApiKeysResponse, GetBalanceResponse } from 'kalshi-typescript';
import type { Environment } from './hosts.ts';

export interface Key {
  id: string;
  publicKey: KeyObject;
  scopes: readonly string[];
}

export interface Position {
  ticker: string;
  /** Negative for NO. */
  contracts: number;
  /** What a contract of the side held is worth now, in cents. */
  price: number;
  /** The average cost and yesterday's price, in cents; by default the current price. */
  average?: number;
  previous?: number;
  event?: string;
  title?: string;
  /** Which of the market's answers YES is. */
  answer?: string;
  /** Unix milliseconds. */
  closes?: number;
  /** The result, once it is known and not paid yet. */
  result?: 'yes' | 'no';
}

export interface Order {
  ticker: string;
  side: 'yes' | 'no';
  contracts: number;
  /** In cents, of that side. */
  price: number;
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

/** Paid in, or out where the amount is negative. */
export interface Transfer {
  cents: number;
  /** Unix milliseconds. */
  at: number;
  status?: 'pending' | 'applied' | 'failed' | 'returned';
}

export interface MemberInit {
  environment?: Environment;
  /** Dollars as decimal text with up to six decimals. */
  cash?: string;
  positions?: Position[];
  orders?: Order[];
  settlements?: Settlement[];
  transfers?: Transfer[];
}

export class Member {
  readonly environment: Environment;
  readonly keys: Key[] = [];
  readonly positions: Position[];
  readonly orders: Order[];
  readonly settlements: Settlement[];
  readonly transfers: Transfer[];
  /** Whether the answer carries `balance_dollars`, as it does since 28 May 2026. */
  exactDollars = true;
  #cash: bigint;

  constructor({ environment = 'production', cash = '98.0186', ...init }: MemberInit = {}) {
    this.environment = environment;
    this.positions = init.positions ?? [];
    this.orders = init.orders ?? [];
    this.settlements = init.settlements ?? [];
    this.transfers = init.transfers ?? [];
    this.#cash = micros(cash);
  }

  /** Registers a public key given as PEM, as a member does who generated the pair elsewhere. */
  addPublicPem(pem: string, scopes?: readonly string[]): string {
    return this.addKey(createPublicKey(pem), scopes);
  }

  /** Registers a public key, as the exchange's web page does, and returns its API key ID. */
  addKey(publicKey: KeyObject, scopes: readonly string[] = ['read']): string {
    const id = randomUUID();
    this.keys.push({ id, publicKey, scopes });
    return id;
  }

  setCash(dollars: string): void {
    this.#cash = micros(dollars);
  }

  /** Moves the price of a position, in cents, within 1 … 99. */
  movePrice(ticker: string, by: number): void {
    const position = this.positions.find((each) => each.ticker === ticker);
    if (!position) throw new Error(`no position in ${ticker}`);
    position.price = Math.min(99, Math.max(1, position.price + by));
  }

  /** The body of any GET that a member may make. */
  answer(path: string, query: URLSearchParams, now: number): object {
    const name = path.split('/').at(-1);
    switch (name) {
      case 'api_keys':
        return this.apiKeys();
      case 'positions':
        return { market_positions: this.positions.map(marketPosition), event_positions: [], cursor: '' };
      case 'markets':
        return { markets: this.#markets(query.get('tickers')?.split(',') ?? []), cursor: '' };
      case 'orders':
        return { orders: this.orders.map(order), cursor: '' };
      case 'settlements':
        return { settlements: this.settlements.map(settlement), cursor: '' };
      case 'deposits':
        return { deposits: this.#transfers((cents) => cents > 0), cursor: '' };
      case 'withdrawals':
        return { withdrawals: this.#transfers((cents) => cents < 0), cursor: '' };
      default:
        return this.balance(now);
    }
  }

  #markets(tickers: string[]): object[] {
    return tickers.map((ticker) => {
      const position = this.positions.find((each) => each.ticker === ticker);
      return market(ticker, position);
    });
  }

  #transfers(fits: (cents: number) => boolean): object[] {
    return this.transfers
      .filter(({ cents }) => fits(cents))
      .map(({ cents, at, status = 'applied' }, index) => ({
        id: `transfer-${index}`,
        status,
        type: 'ach',
        amount_cents: Math.abs(cents),
        fee_cents: 0,
        created_ts: Math.trunc(at / 1000),
        ...(status === 'applied' && { finalized_ts: Math.trunc(at / 1000) }),
      }));
  }

  /** The body of GET /api_keys: every key of the account. */
  apiKeys(): GetApiKeysResponse {
    const api_keys = this.keys.map(({ id, scopes }) => ({
      api_key_id: id,
      name: `key ${id.slice(0, 4)}`,
      scopes: [...scopes] as ApiKeyScope[],
    }));
    return { api_keys };
  }

  /** The body of GET /portfolio/balance. `now`: unix milliseconds. */
  balance(now: number): GetBalanceResponse {
    const dollars = decimal(this.#cash);
    const positions = this.positions.reduce(
      (sum, { contracts, price }) => sum + Math.abs(contracts) * price,
      0,
    );
    const body: Partial<GetBalanceResponse> & Omit<GetBalanceResponse, 'balance_dollars'> = {
      balance: Number(this.#cash / 10_000n),
      balance_breakdown: [{ balance: dollars, exchange_index: 0 }],
      balance_dollars: dollars,
      portfolio_value: Math.trunc(positions),
      updated_ts: Math.trunc(now / 1000),
    };
    if (!this.exactDollars) delete body.balance_dollars;
    return body as GetBalanceResponse;
  }
}

/** Cents as dollars, as the exchange writes prices. */
const price = (cents: number) => (cents / 100).toFixed(4);

function marketPosition({ ticker, contracts, price: now, average = now }: Position): object {
  return {
    ticker,
    position_fp: contracts.toFixed(2),
    market_exposure_dollars: ((Math.abs(contracts) * average) / 100).toFixed(4),
    realized_pnl_dollars: '0.0000',
    fees_paid_dollars: '0.0000',
    total_traded_dollars: '0.0000',
    last_updated_ts: '2026-11-22T12:00:00Z',
    exchange_index: 0,
  };
}

function market(ticker: string, position: Position | undefined): object {
  const ofYes = (cents: number) => price((position?.contracts ?? 1) < 0 ? 100 - cents : cents);
  const now = position?.price ?? 50;
  const result = position?.result;
  return {
    ticker,
    event_ticker: position?.event ?? ticker.replace(/-[^-]*$/, ''),
    title: position?.title ?? `Market ${ticker}`,
    yes_sub_title: position?.answer ?? '',
    no_sub_title: position?.answer ?? '',
    status: result ? 'determined' : 'active',
    close_time: new Date(position?.closes ?? Date.UTC(2026, 11, 31)).toISOString(),
    last_price_dollars: ofYes(now),
    previous_price_dollars: ofYes(position?.previous ?? now),
    result: result ?? '',
  };
}

function order({ ticker, side, contracts, price: cents }: Order, index: number): object {
  return {
    order_id: `order-${index}`,
    ticker,
    outcome_side: side,
    yes_price_dollars: price(side === 'yes' ? cents : 100 - cents),
    no_price_dollars: price(side === 'no' ? cents : 100 - cents),
    remaining_count_fp: contracts.toFixed(2),
    initial_count_fp: contracts.toFixed(2),
    fill_count_fp: '0.00',
    created_time: '2026-11-22T12:00:00Z',
  };
}

function settlement({ ticker, revenue, cost, fee, at }: Settlement): object {
  return {
    ticker,
    market_result: 'yes',
    revenue,
    yes_total_cost_dollars: cost,
    no_total_cost_dollars: '0.0000',
    fee_cost: fee,
    settled_time: new Date(at).toISOString(),
    value: null,
  };
}

// Its own arithmetic on purpose: an exchange that shared the extension's could not reveal its mistakes.
function micros(dollars: string): bigint {
  const negative = dollars.startsWith('-');
  const [whole = '0', part = ''] = dollars.replace('-', '').split('.');
  const magnitude = BigInt(whole) * 1_000_000n + BigInt(part.padEnd(6, '0'));
  return negative ? -magnitude : magnitude;
}

function decimal(amount: bigint): string {
  const magnitude = amount < 0n ? -amount : amount;
  const part = String(magnitude % 1_000_000n)
    .padStart(6, '0')
    .replace(/0{1,4}$/, '');
  return `${amount < 0n ? '-' : ''}${magnitude / 1_000_000n}.${part}`;
}
