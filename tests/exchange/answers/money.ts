// Balances, and the lists of what moved cash in, out, or between parts of the account.
import type {
  Deposit,
  GetBalanceResponse,
  GetIntraExchangeInstanceTransfersResponse,
  GetSubaccountBalancesResponse,
  GetSubaccountTransfersResponse,
} from 'kalshi-typescript';
import type { Ledger } from '../ledger.ts';
import { decimal, seconds } from './format.ts';
import { type ApiAnswer, listAnswer, NO_PERPS, ok, timeKey } from './paging.ts';

/** @param options which fields are there: `exactDollars` since 28 May 2026, no `breakdown` for a key of one subaccount */
export function balanceBody(
  ledger: Ledger,
  { now, exactDollars, breakdown }: { now: number; exactDollars: boolean; breakdown: boolean },
): GetBalanceResponse {
  const dollars = decimal(ledger.cash);
  const body = {
    balance: Number(ledger.cash / 10_000n),
    ...(breakdown && { balance_breakdown: shardsOf(ledger) }),
    ...(exactDollars && { balance_dollars: dollars }),
    portfolio_value: Number(ledger.positionsValue / 10_000n),
    updated_ts: seconds(now),
  };
  return body as GetBalanceResponse;
}

/** The cash of each shard: 0 has what was not moved to another one. */
function shardsOf({ cash, perpsTransfers }: Ledger) {
  const others = new Map<number, bigint>();
  for (const { amount, shards } of perpsTransfers) {
    if (!shards) continue;
    const [from, to] = shards;
    if (from !== 0) others.set(from, (others.get(from) ?? 0n) - amount);
    if (to !== 0) others.set(to, (others.get(to) ?? 0n) + amount);
  }
  const elsewhere = [...others.values()].reduce((sum, amount) => sum + amount, 0n);
  return [[0, cash - elsewhere] as const, ...others].map(([exchange_index, amount]) => ({
    balance: decimal(amount),
    exchange_index,
  }));
}

export function transfersAnswer(
  { transfers }: Ledger,
  kind: 'deposit' | 'withdrawal',
  query: URLSearchParams,
): ApiAnswer {
  const list = kind === 'deposit' ? 'deposits' : 'withdrawals';
  const rows = transfers
    .filter((row) => row.kind === kind)
    .map((row) => ({
      key: timeKey(row.requestedAt, row.id),
      row: {
        id: row.id,
        status: row.status as Deposit['status'],
        type: row.type ?? 'ach',
        amount_cents: row.cents,
        fee_cents: row.feeCents ?? 0,
        created_ts: seconds(row.requestedAt),
        ...(row.finishedAt !== null && { finalized_ts: seconds(row.finishedAt) }),
      } satisfies Deposit,
    }));
  return listAnswer(rows, query, { list, most: 500 }, (page, cursor) => ({
    [list]: page.map(({ row }) => row),
    cursor,
  }));
}

/** Transfers to and from perps, and between shards. */
export function perpsTransfersAnswer({ perpsTransfers }: Ledger, query: URLSearchParams): ApiAnswer {
  const rows = perpsTransfers.map((row) => ({ ...row, key: timeKey(row.at, row.id) }));
  return listAnswer(rows, query, { list: 'perps transfers', most: 500 }, (page, cursor) => {
    const transfers = page.map(({ id, amount, at, shards }) => ({
      transfer_id: id,
      source: shards || amount > 0n ? ('event_contract' as const) : ('margined' as const),
      destination: shards || amount <= 0n ? ('event_contract' as const) : ('margined' as const),
      source_exchange_shard: shards?.[0] ?? 0,
      destination_exchange_shard: shards?.[1] ?? 0,
      amount: decimal(amount > 0n ? amount : -amount),
      status: 'complete' as const,
      created_ts: seconds(at),
    }));
    return { transfers, cursor } satisfies GetIntraExchangeInstanceTransfersResponse;
  });
}

/** Not in the official SDK: typed by the recorded response (tests/exchange/recorded/perps.ts). */
export function marginAnswer({ perps }: Ledger): ApiAnswer {
  if (perps === undefined) return NO_PERPS;
  const row = (subaccount: number, equity: bigint) => ({
    account_equity: decimal(equity),
    available_balance: '0.0000',
    initial_margin: '0.0000',
    maintenance_margin: '0.0000',
    position_value: '0.0000',
    resting_orders_margin: '0.0000',
    subaccount,
  });
  return ok({ settled_funds: decimal(perps), subaccount_balances: [row(1, 0n), row(0, perps)] });
}

export interface SubaccountTransfer {
  id: string;
  from: number;
  to: number;
  cents: number;
  /** Unix milliseconds. */
  at: number;
}

export function subaccountTransfersAnswer(
  transfers: readonly SubaccountTransfer[],
  query: URLSearchParams,
): ApiAnswer {
  const rows = transfers.map((row) => ({ ...row, key: timeKey(row.at, row.id) }));
  return listAnswer(rows, query, { list: 'subaccount transfers', most: 1000 }, (page, cursor) => {
    const transfers = page.map(({ id, from, to, cents, at }) => ({
      transfer_id: id,
      from_subaccount: from,
      to_subaccount: to,
      amount_cents: cents,
      created_ts: seconds(at),
      exchange_index: 0,
    }));
    return { transfers, cursor } satisfies GetSubaccountTransfersResponse;
  });
}

/** One row for each subaccount and shard. */
export function subaccountBalancesAnswer(ledgers: ReadonlyMap<number, Ledger>, now: number): ApiAnswer {
  const subaccount_balances = [...ledgers].flatMap(([subaccount_number, ledger]) =>
    shardsOf(ledger).map((shard) => ({ subaccount_number, ...shard, updated_ts: seconds(now) })),
  );
  return ok({ subaccount_balances } satisfies GetSubaccountBalancesResponse);
}
