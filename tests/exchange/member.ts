// A member of the exchange: its keys, its account (ledger.ts), and what the API answers about it. The types of the official
// SDK say which fields an answer has.
import { createPublicKey, type KeyObject, randomUUID } from 'node:crypto';
import type {
  ApiKeyScope,
  GetApiKeysResponse,
  GetBalanceResponse,
  GetDepositsResponse,
  GetEventResponse,
  GetFillsResponse,
  GetHistoricalCutoffResponse,
  GetIntraExchangeInstanceTransfersResponse,
  GetMarketsResponse,
  GetOrdersResponse,
  GetPositionsResponse,
  GetSettlementsResponse,
  GetWithdrawalsResponse,
} from 'kalshi-typescript';
import type { Environment } from './hosts.ts';
import {
  Ledger,
  type LedgerFill,
  type LedgerMarket,
  type LedgerTransfer,
  type SettledRow,
  type Side,
} from './ledger.ts';

export interface Key {
  id: string;
  publicKey: KeyObject;
  scopes: readonly string[];
}

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

export interface Order {
  ticker: string;
  side: Side;
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

/** What an endpoint answers. */
export interface ApiAnswer {
  status: number;
  body: object;
}

const DOLLAR = 1_000_000n;

export class Member {
  readonly environment: Environment;
  readonly keys: Key[] = [];
  readonly ledger: Ledger;
  readonly orders: Order[];
  /** Whether the answer carries `balance_dollars`, as it does since 28 May 2026. */
  exactDollars = true;
  /** Fills before this time are in the historical list alone, as are markets that settled before it. Unix milliseconds. */
  cutoff = 0;

  constructor({
    environment = 'production',
    ...init
  }: MemberInit | { environment?: Environment; ledger: Ledger } = {}) {
    this.environment = environment;
    this.orders = 'ledger' in init ? [] : (init.orders ?? []);
    this.ledger = 'ledger' in init ? init.ledger : ledgerOf(init);
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
    this.ledger.cash = micros(dollars);
  }

  /** Pays in, or out where the amount is negative: the cash and the list change. */
  pay({ cents, at, status = 'applied' }: Transfer): void {
    this.ledger.transfer(transferOf(cents, at, status, this.ledger.transfers.length));
  }

  /** The tickers of what is held. */
  get tickers(): string[] {
    return [...this.ledger.markets.values()].filter(({ held }) => held !== 0n).map(({ ticker }) => ticker);
  }

  /** Moves the price of the side held, in cents, within 1 … 99. */
  movePrice(ticker: string, by: number): void {
    const market = this.ledger.markets.get(ticker);
    if (!market) throw new Error(`no position in ${ticker}`);
    const moved = Number(market.last) + by * 10_000 * (market.held < 0n ? -1 : 1);
    market.last = BigInt(Math.min(990_000, Math.max(10_000, moved)));
    market.yesBid = market.last;
    market.noBid = DOLLAR - market.last;
  }

  /** The answer to any GET that a member may make. `now`: unix milliseconds. */
  answer(path: string, query: URLSearchParams, now: number): ApiAnswer {
    const ok = (body: object) => ({ status: 200, body });
    const [name = '', parent] = path.split('/').reverse();
    if (parent === 'events') return this.#event(name);
    if (path.endsWith('/margin/balance')) return this.#margin();
    switch (name) {
      case 'api_keys':
        return ok(this.apiKeys());
      case 'positions':
        return ok(this.#positions());
      case 'markets':
        return ok(
          this.#markets(
            query.get('tickers')?.split(',') ?? [],
            parent === 'historical',
            this.#settledBefore(),
          ),
        );
      case 'orders':
        return ok({ orders: this.orders.map(orderRow), cursor: '' } satisfies GetOrdersResponse);
      case 'settlements':
        return ok(this.#settlements(query));
      case 'fills':
        return ok(this.#fills(query, parent === 'historical'));
      case 'cutoff':
        return ok(this.#cutoffs());
      case 'deposits':
        return ok({ deposits: this.#transfers('deposit'), cursor: '' } satisfies GetDepositsResponse);
      case 'withdrawals':
        return ok({
          withdrawals: this.#transfers('withdrawal'),
          cursor: '',
        } satisfies GetWithdrawalsResponse);
      case 'intra_exchange_instance_transfers':
        return ok(this.#perpsTransfers());
      default:
        return ok(this.balance(now));
    }
  }

  #positions(): GetPositionsResponse {
    const held = [...this.ledger.markets.values()].filter((market) => market.held !== 0n);
    const events = [...new Set(held.map(({ event }) => event))];
    const rest = { realized_pnl_dollars: '0.000000', fees_paid_dollars: '0.000000' };
    return {
      cursor: '',
      market_positions: held.map(({ ticker, held, cost, changedAt }) => ({
        ...rest,
        ticker,
        exchange_index: 0,
        position_fp: hundredths(held),
        market_exposure_dollars: decimal(cost),
        total_traded_dollars: decimal(cost),
        last_updated_ts: new Date(changedAt).toISOString(),
      })),
      event_positions: events.map((event) => ({
        ...rest,
        event_ticker: event,
        total_cost_dollars: decimal(this.ledger.exposureOf(event)),
        total_cost_shares_fp: '0.00',
        event_exposure_dollars: decimal(this.ledger.exposureOf(event)),
      })),
    };
  }

  #settledBefore(): Set<string> {
    return new Set(this.ledger.settled.filter(({ at }) => at < this.cutoff).map(({ ticker }) => ticker));
  }

  #markets(tickers: string[], historical: boolean, old: ReadonlySet<string>): GetMarketsResponse {
    return {
      cursor: '',
      markets: tickers
        .filter((ticker) => old.has(ticker) === historical)
        .map((ticker) => marketRow(ticker, this.ledger.markets.get(ticker), this.ledger.names.get(ticker))),
    };
  }

  #fills(query: URLSearchParams, historical: boolean): GetFillsResponse {
    const rows = this.ledger.fills.filter(({ at }) => at < this.cutoff === historical);
    const { page, cursor } = pageOf(rows, query, historical ? 200 : 1000);
    return { fills: page.map(fillRow), cursor };
  }

  #cutoffs(): GetHistoricalCutoffResponse {
    const at = new Date(this.cutoff).toISOString();
    return { market_settled_ts: at, trades_created_ts: at, orders_updated_ts: at };
  }

  #event(ticker: string): ApiAnswer {
    const event = this.ledger.events.get(ticker);
    if (!event) return { status: 404, body: { error: { code: 'not_found', message: 'not found' } } };
    const body: GetEventResponse = {
      event: {
        event_ticker: ticker,
        series_ticker: ticker,
        sub_title: '',
        title: event.title,
        collateral_return_type: event.exclusive ? 'MECNET' : '',
        mutually_exclusive: event.exclusive,
        settlement_sources: [],
      },
      markets: [],
    };
    return { status: 200, body };
  }

  /** Not in the official SDK: typed by the recorded response (tests/exchange/recorded/perps.ts). */
  #margin(): ApiAnswer {
    const { perps } = this.ledger;
    if (perps === undefined) {
      const message = 'user is not enabled for margin trading';
      return { status: 403, body: { error: { code: 'forbidden', message } } };
    }
    const row = (subaccount: number, equity: bigint) => ({
      account_equity: decimal(equity),
      available_balance: '0.0000',
      initial_margin: '0.0000',
      maintenance_margin: '0.0000',
      position_value: '0.0000',
      resting_orders_margin: '0.0000',
      subaccount,
    });
    const body = { settled_funds: decimal(perps), subaccount_balances: [row(1, 0n), row(0, perps)] };
    return { status: 200, body };
  }

  #settlements(query: URLSearchParams): GetSettlementsResponse {
    const rows = this.ledger.settled.map((row) => ({ ...row, id: row.ticker }));
    const { page, cursor } = pageOf(rows, query, 1000);
    return { settlements: page.map(settlementRow), cursor };
  }

  #transfers(kind: 'deposit' | 'withdrawal') {
    return this.ledger.transfers
      .filter((row) => row.kind === kind)
      .map(({ id, status, cents, requestedAt, finishedAt }) => ({
        id,
        status,
        type: 'ach' as const,
        amount_cents: cents,
        fee_cents: 0,
        created_ts: Math.trunc(requestedAt / 1000),
        ...(finishedAt !== null && { finalized_ts: Math.trunc(finishedAt / 1000) }),
      }));
  }

  #perpsTransfers(): GetIntraExchangeInstanceTransfersResponse {
    return {
      transfers: this.ledger.perpsTransfers.map(({ id, amount, at }) => ({
        transfer_id: id,
        source: amount > 0n ? 'event_contract' : 'margined',
        destination: amount > 0n ? 'margined' : 'event_contract',
        source_exchange_shard: 0,
        destination_exchange_shard: 0,
        amount: decimal(amount > 0n ? amount : -amount),
        status: 'complete',
        created_ts: Math.trunc(at / 1000),
      })),
    };
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
    const dollars = decimal(this.ledger.cash);
    const body: Partial<GetBalanceResponse> & Omit<GetBalanceResponse, 'balance_dollars'> = {
      balance: Number(this.ledger.cash / 10_000n),
      balance_breakdown: [{ balance: dollars, exchange_index: 0 }],
      balance_dollars: dollars,
      portfolio_value: Number(this.ledger.positionsValue / 10_000n),
      updated_ts: Math.trunc(now / 1000),
    };
    if (!this.exactDollars) delete body.balance_dollars;
    return body as GetBalanceResponse;
  }
}

/** A page of rows, latest first, and the cursor of the next one: the last row of this one. */
function pageOf<Row extends { id: string; at: number }>(
  rows: readonly Row[],
  query: URLSearchParams,
  most: number,
): { page: Row[]; cursor: string } {
  const from = Number(query.get('min_ts') ?? 0) * 1000;
  const limit = Math.min(most, Number(query.get('limit') ?? 100));
  const key = ({ at, id }: Row) => `${String(at).padStart(14, '0')} ${id}`;
  const after = query.get('cursor') ?? '';
  const listed = rows
    .filter((row) => row.at >= from && (after === '' || key(row) < after))
    .sort((a, b) => (key(a) < key(b) ? 1 : -1));
  const page = listed.slice(0, limit);
  const last = page.at(-1);
  return { page, cursor: last && listed.length > limit ? key(last) : '' };
}

/** A ledger that already holds these things; their purchases are long ago. */
function ledgerOf(init: MemberInit): Ledger {
  const ledger = new Ledger();
  ledger.cash = micros(init.cash ?? '98.0186');
  if (init.perps !== undefined) ledger.perps = micros(init.perps);
  for (const position of init.positions ?? []) addPosition(ledger, position);
  for (const { ticker, revenue, cost, fee, at } of init.settlements ?? []) {
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
  if (group?.exclusive) group.returned = guaranteed(ledger, event);
}

/** What NO of an exclusive event's markets pay whatever the result. */
function guaranteed(ledger: Ledger, event: string): bigint {
  const counts = [...ledger.markets.values()]
    .filter((each) => each.event === event && each.held < 0n)
    .map(({ held }) => Number(-held));
  return BigInt(counts.reduce((sum, count) => sum + count, 0) - Math.max(0, ...counts)) * (DOLLAR / 100n);
}

function eventOf(ticker: string): string {
  return ticker.replace(/-[^-]*$/, '');
}

function transferOf(
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

/** Cents, with decimals, as micro-dollars. */
function centsOf(cents: number): bigint {
  return BigInt(Math.round(cents * 10_000));
}

/** What of a market row is the same for all markets here. */
const MARKET = {
  market_type: 'binary',
  created_time: '2026-01-01T00:00:00Z',
  updated_time: '2026-01-01T00:00:00Z',
  open_time: '2026-01-01T00:00:00Z',
  latest_expiration_time: '2027-12-31T00:00:00Z',
  settlement_timer_seconds: 3600,
  yes_bid_size_fp: '100.00',
  yes_ask_size_fp: '100.00',
  volume_fp: '0.00',
  volume_24h_fp: '0.00',
  open_interest_fp: '0.00',
  notional_value_dollars: '1.0000',
  can_close_early: true,
  expiration_value: '',
  rules_primary: '',
  rules_secondary: '',
  price_level_structure: 'linear_cent',
  price_ranges: [],
} as const;

function marketRow(
  ticker: string,
  market: LedgerMarket | undefined,
  names: Pick<LedgerMarket, 'event' | 'title' | 'answer'> | undefined,
): GetMarketsResponse['markets'][number] {
  const last = market?.last ?? 500_000n;
  const previous = market?.previous ?? last;
  const [yesBid, noBid] = [market?.yesBid ?? 0n, market?.noBid ?? 0n];
  return {
    ...MARKET,
    price_ranges: [],
    ticker,
    event_ticker: names?.event ?? eventOf(ticker),
    title: names?.title ?? `Market ${ticker}`,
    yes_sub_title: names?.answer ?? '',
    no_sub_title: names?.answer ?? '',
    status: market?.result ? 'determined' : 'active',
    close_time: new Date(market?.closes ?? Date.UTC(2026, 11, 31)).toISOString(),
    yes_bid_dollars: decimal(yesBid),
    yes_ask_dollars: decimal(DOLLAR - noBid),
    no_bid_dollars: decimal(noBid),
    no_ask_dollars: decimal(DOLLAR - yesBid),
    last_price_dollars: decimal(last),
    previous_price_dollars: decimal(previous),
    previous_yes_bid_dollars: decimal(previous),
    previous_yes_ask_dollars: decimal(previous),
    result: market?.result ?? '',
  };
}

function orderRow(
  { ticker, side, contracts, price: cents }: Order,
  index: number,
): GetOrdersResponse['orders'][number] {
  const yes = centsOf(side === 'yes' ? cents : 100 - cents);
  return {
    order_id: `order-${index}`,
    user_id: 'member',
    client_order_id: `client-${index}`,
    ticker,
    outcome_side: side,
    book_side: side === 'yes' ? 'bid' : 'ask',
    type: 'limit',
    status: 'resting',
    yes_price_dollars: decimal(yes),
    no_price_dollars: decimal(DOLLAR - yes),
    remaining_count_fp: contracts.toFixed(2),
    initial_count_fp: contracts.toFixed(2),
    fill_count_fp: '0.00',
    taker_fill_cost_dollars: '0.000000',
    maker_fill_cost_dollars: '0.000000',
    taker_fees_dollars: '0.000000',
    maker_fees_dollars: '0.000000',
    created_time: '2026-11-22T12:00:00Z',
    subaccount_number: 0,
  };
}

function fillRow({ id, ticker, side, count, price, fee, at }: LedgerFill): GetFillsResponse['fills'][number] {
  const yes = side === 'yes' ? price : DOLLAR - price;
  return {
    fill_id: id,
    trade_id: id,
    order_id: `order-of-${id}`,
    exchange_index: 0,
    ticker,
    market_ticker: ticker,
    outcome_side: side,
    book_side: side === 'yes' ? 'bid' : 'ask',
    count_fp: hundredths(count),
    yes_price_dollars: decimal(yes),
    no_price_dollars: decimal(DOLLAR - yes),
    is_taker: true,
    fee_cost: decimal(fee),
    created_time: new Date(at).toISOString(),
    subaccount_number: 0,
  };
}

function settlementRow(row: SettledRow): GetSettlementsResponse['settlements'][number] {
  const { yes, no } = row.bought;
  return {
    ticker: row.ticker,
    exchange_index: 0,
    event_ticker: row.event,
    market_result: row.result,
    yes_count_fp: hundredths(yes.count),
    yes_total_cost_dollars: decimal(yes.cost),
    no_count_fp: hundredths(no.count),
    no_total_cost_dollars: decimal(no.cost),
    revenue: Number(row.revenue / 10_000n),
    fee_cost: decimal(row.fees),
    settled_time: new Date(row.at).toISOString(),
    value: row.result === 'yes' ? 100 : 0,
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
    .replace(/0{1,2}$/, '');
  return `${amount < 0n ? '-' : ''}${magnitude / 1_000_000n}.${part}`;
}

/** A count of contracts in hundredths, as `*_fp` fields have it. */
function hundredths(count: bigint): string {
  const magnitude = count < 0n ? -count : count;
  return `${count < 0n ? '-' : ''}${magnitude / 100n}.${String(magnitude % 100n).padStart(2, '0')}`;
}
