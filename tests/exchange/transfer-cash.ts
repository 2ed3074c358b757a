// What a deposit or a withdrawal does to the cash.
import type { LedgerTransfer } from './ledger-types.ts';

/** Micro-dollars: negative for money that went out. A failed or returned transfer moves nothing in the end. */
export function cashOf(row: LedgerTransfer, withdrawalFeeOnTop: boolean): bigint {
  const { kind, status, cents, feeCents = 0, instant = false } = row;
  const moved = status === 'applied' || (status === 'pending' && kind === 'deposit' && instant);
  if (!moved) return 0n;
  const amount = kind === 'deposit' ? cents - feeCents : -cents - (withdrawalFeeOnTop ? feeCents : 0);
  return BigInt(amount) * 10_000n;
}
