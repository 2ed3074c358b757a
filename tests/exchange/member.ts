// A member of the exchange: cash, positions whose prices move, and the keys that may look at them.
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
  contracts: number;
  /** What a contract is worth now, in cents. */
  price: number;
}

export interface MemberInit {
  environment?: Environment;
  /** Dollars as decimal text with up to six decimals. */
  cash?: string;
  positions?: Position[];
}

export class Member {
  readonly environment: Environment;
  readonly keys: Key[] = [];
  readonly positions: Position[];
  /** Whether the answer carries `balance_dollars`, as it does since 28 May 2026. */
  exactDollars = true;
  #cash: bigint;

  constructor({ environment = 'production', cash = '98.0186', positions = [] }: MemberInit = {}) {
    this.environment = environment;
    this.positions = positions;
    this.#cash = micros(cash);
  }

  /** Registers a public key given as PEM, as a member does who made the pair elsewhere. */
  addPublicPem(pem: string, scopes?: readonly string[]): string {
    return this.addKey(createPublicKey(pem), scopes);
  }

  /** Registers a public key, as the exchange's web page does, and gives its API key ID. */
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

  /** The body of GET /api_keys: every key of the account, whoever asks. */
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
    const positions = this.positions.reduce((sum, { contracts, price }) => sum + contracts * price, 0);
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

// Its own arithmetic, on purpose: an exchange that shared the extension's could not find its mistakes.
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
