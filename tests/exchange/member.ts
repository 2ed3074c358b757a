// A member of the exchange: its keys, its account (ledger.ts), and what the API answers about it (answers/). The types of the
// official SDK say which fields an answer has.
import { createPublicKey, type KeyObject, randomUUID } from 'node:crypto';
import type { ApiKey, ApiKeyScope, GetApiKeysResponse, GetBalanceResponse } from 'kalshi-typescript';
import { micros } from './answers/format.ts';
import {
  balanceBody,
  marginAnswer,
  perpsTransfersAnswer,
  type SubaccountTransfer,
  subaccountBalancesAnswer,
  subaccountTransfersAnswer,
  transfersAnswer,
} from './answers/money.ts';
import { type ApiAnswer, BAD_REQUEST, NOT_FOUND, ok, RESTRICTED } from './answers/paging.ts';
import { historicalPositionsAnswer, positionsAnswer } from './answers/positions.ts';
import { publicAnswer } from './answers/public.ts';
import { fillsAnswer, type Of, type Order, ordersAnswer, settlementsAnswer } from './answers/trades.ts';
import { type Cutoffs, usualCutoffs } from './cutoffs.ts';
import type { Environment } from './hosts.ts';
import { DOLLAR, Ledger } from './ledger.ts';
import { ledgerOf, type MemberInit, type Transfer, transferOf } from './member-init.ts';

export type { ApiAnswer } from './answers/paging.ts';
export type { Order } from './answers/trades.ts';
export type { MemberInit, Position, Settlement, Transfer } from './member-init.ts';

export interface Key {
  id: string;
  publicKey: KeyObject;
  scopes: readonly string[];
  /** The only subaccount that it may read. */
  subaccount?: number | undefined;
}

export class Member {
  readonly environment: Environment;
  readonly keys: Key[] = [];
  /** The primary subaccount. */
  ledger: Ledger;
  /** The other subaccounts, by number. */
  readonly subaccounts = new Map<number, Ledger>();
  readonly subaccountTransfers: SubaccountTransfer[] = [];
  /** Of the primary subaccount. */
  readonly orders: Order[];
  /** Whether the answer carries `balance_dollars`, as it does since 28 May 2026. */
  exactDollars = true;
  /** Whether the list of withdrawals answers 404 while it is empty, as was seen. */
  missingWithdrawals = false;
  /** The key of requests that do not come through `Exchange`. */
  defaultKey: Pick<Key, 'subaccount'> = {};
  /** Fills before this time are listed without `fee_cost`, unix milliseconds. */
  feesListedSince = 0;
  readonly cutoffs: Cutoffs = { fills: 0, markets: 0, settlements: 0, orders: 0, positions: 0 };

  constructor({
    environment = 'production',
    ...init
  }: MemberInit | { environment?: Environment; ledger: Ledger } = {}) {
    this.environment = environment;
    this.orders = 'ledger' in init ? [] : (init.orders ?? []);
    this.ledger = 'ledger' in init ? init.ledger : ledgerOf(init);
  }

  /** Fills before this time are in the historical list alone, as are markets that settled before it. Unix milliseconds. */
  get cutoff(): number {
    return this.cutoffs.fills;
  }

  set cutoff(at: number) {
    Object.assign(this.cutoffs, { fills: at, markets: at });
  }

  /** The archive as it is usually (cutoffs.ts). `now`: unix milliseconds */
  archive(now: number): void {
    Object.assign(this.cutoffs, usualCutoffs(now));
  }

  /** Registers a public key given as PEM, as a member does who generated the pair elsewhere. */
  addPublicPem(pem: string, scopes?: readonly string[]): string {
    return this.addKey(createPublicKey(pem), scopes);
  }

  /** Registers a public key, as the exchange's web page does, and returns its API key ID. `subaccount`: the only one it may read */
  addKey(publicKey: KeyObject, scopes: readonly string[] = ['read'], subaccount?: number): string {
    const id = randomUUID();
    this.keys.push({ id, publicKey, scopes, subaccount });
    return id;
  }

  setCash(dollars: string): void {
    this.ledger.cash = micros(dollars);
  }

  /** Pays in, or out where the amount is negative: the cash and the list change. */
  pay({ cents, at, status = 'applied' }: Transfer): void {
    this.ledger.transfer(transferOf(cents, at, status, this.ledger.transfers.length));
  }

  /** Moves cash between two subaccounts: the sum stays. */
  moveBetweenSubaccounts(from: number, to: number, cents: number, at: number): void {
    const amount = BigInt(cents) * 10_000n;
    this.subaccount(from).moveFromSubaccount(-amount, at);
    this.subaccount(to).moveFromSubaccount(amount, at);
    const id = `subaccount-${this.subaccountTransfers.length}`;
    this.subaccountTransfers.push({ id, from, to, cents, at });
  }

  /** The ledger of a subaccount; a new one, if there is none yet. */
  subaccount(number: number): Ledger {
    const known = this.ledgers.get(number);
    if (known) return known;
    const made = new Ledger();
    this.subaccounts.set(number, made);
    return made;
  }

  /** All subaccounts, by number. */
  get ledgers(): Map<number, Ledger> {
    return new Map([[0, this.ledger], ...this.subaccounts]);
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

  /** The answer to any GET that a member may make. `now`: unix milliseconds; `key`: the one that signed it. */
  answer(
    path: string,
    query: URLSearchParams,
    now: number,
    key: Pick<Key, 'subaccount'> = this.defaultKey,
  ): ApiAnswer {
    const name = path.replace('/trade-api/v2/', '');
    const everyone = publicAnswer([...this.ledgers.values()], this.cutoffs, name, query, now);
    if (everyone) return everyone;
    const named = query.get('subaccount');
    if (named !== null && !/^([0-9]|[1-5][0-9]|6[0-3])$/.test(named)) return BAD_REQUEST;
    const own = key.subaccount;
    if (own !== undefined && (!RESTRICTED_MAY_READ.has(name) || (named ?? `${own}`) !== `${own}`)) {
      return RESTRICTED;
    }
    const numbers = own !== undefined ? [own] : named === null ? [...this.ledgers.keys()] : [Number(named)];
    const one = this.ledgers.get(own ?? Number(named ?? 0)) ?? new Ledger();
    return this.#answer(name, query, { now, one, numbers, isRestricted: own !== undefined });
  }

  /** @param scope `one`: the subaccount of lists that default to the primary one; `numbers`: those of the other lists */
  #answer(
    name: string,
    query: URLSearchParams,
    scope: { now: number; one: Ledger; numbers: readonly number[]; isRestricted: boolean },
  ): ApiAnswer {
    const { now, one, numbers } = scope;
    const historical = name.startsWith('historical/');
    const part = (cutoff: number) => ({ historical, cutoff });
    const rows = <Row extends object>(of: (ledger: Ledger, number: number) => readonly Row[]): Of<Row>[] =>
      numbers.flatMap((subaccount) =>
        of(this.ledgers.get(subaccount) ?? new Ledger(), subaccount).map((row) => ({ ...row, subaccount })),
      );
    const fills = () => rows((ledger) => ledger.fills);
    switch (name) {
      case 'api_keys':
        return ok(this.apiKeys());
      case 'portfolio/balance': {
        const { exactDollars } = this;
        return ok(balanceBody(one, { now, exactDollars, breakdown: !scope.isRestricted }));
      }
      case 'portfolio/positions':
        return positionsAnswer(one, query, this.cutoffs.positions);
      case 'historical/positions':
        return historicalPositionsAnswer(one, query, this.cutoffs.positions);
      case 'portfolio/orders':
      case 'historical/orders': {
        const resting = rows((_, number) => (number === 0 ? this.orders : []));
        return ordersAnswer(resting, fills(), query, part(this.cutoffs.orders));
      }
      case 'portfolio/settlements': {
        const settled = rows((ledger) => ledger.settled);
        return settlementsAnswer(settled, query, part(this.cutoffs.settlements));
      }
      case 'portfolio/fills':
      case 'historical/fills':
        return fillsAnswer(fills(), query, part(this.cutoffs.fills), this.feesListedSince);
      case 'portfolio/deposits':
        return transfersAnswer(this.ledger, 'deposit', query);
      case 'portfolio/withdrawals': {
        const isEmpty = !this.ledger.transfers.some(({ kind }) => kind === 'withdrawal');
        if (this.missingWithdrawals && isEmpty) return NOT_FOUND;
        return transfersAnswer(this.ledger, 'withdrawal', query);
      }
      case 'portfolio/intra_exchange_instance_transfers':
        return perpsTransfersAnswer(this.ledger, query);
      case 'portfolio/subaccounts/transfers':
        return subaccountTransfersAnswer(this.subaccountTransfers, query);
      case 'portfolio/subaccounts/balances':
        return subaccountBalancesAnswer(this.ledgers, now);
      case 'margin/balance':
        return marginAnswer(this.ledger);
      default:
        return NOT_FOUND;
    }
  }

  /** The body of GET /api_keys: every key of the account. */
  apiKeys(): GetApiKeysResponse {
    const api_keys = this.keys.map(({ id, scopes, subaccount }): ApiKey => {
      const key = { api_key_id: id, name: `key ${id.slice(0, 4)}`, scopes: [...scopes] as ApiKeyScope[] };
      return subaccount === undefined ? key : { ...key, subaccount };
    });
    return { api_keys };
  }

  /** The body of GET /portfolio/balance. `now`: unix milliseconds. */
  balance(now: number): GetBalanceResponse {
    return balanceBody(this.ledger, { now, exactDollars: this.exactDollars, breakdown: true });
  }
}

/** What a key of one subaccount may read: https://docs.kalshi.com/getting_started/subaccounts */
const RESTRICTED_MAY_READ = new Set([
  'portfolio/balance',
  'portfolio/positions',
  'portfolio/orders',
  'portfolio/fills',
  'portfolio/settlements',
  'historical/positions',
  'historical/orders',
  'historical/fills',
]);
