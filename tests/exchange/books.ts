// Realized profit and fees of a market as Kalshi reports them with positions (`realized_pnl_dollars`, `fees_paid_dollars`):
// average cost, without fees (recorded: 14 contracts bought for 7.026000, all netted, fees 0.050600, realized -0.026000).
// Computed from the trades alone; the ledger's movements of cash say the same another way.
import { DOLLAR, type LedgerFill, type SettledRow, worth, yesValue } from './ledger-types.ts';

export interface Books {
  /** Micro-dollars. */
  realized: bigint;
  fees: bigint;
  /** What all contracts cost when they were bought. */
  traded: bigint;
  /** When a trade or the settlement last changed it, unix milliseconds. */
  changedAt: number;
}

/** @param fills the trades of one market, earliest first */
export function booksOf(fills: readonly LedgerFill[], settled?: SettledRow): Books {
  const open = { yes: 0n, no: 0n };
  let [cost, realized, fees, traded, changedAt] = [0n, 0n, 0n, 0n, 0];
  for (const { side, count, price, fee, at } of fills) {
    const other = side === 'yes' ? 'no' : 'yes';
    const closing = count < open[other] ? count : open[other];
    if (closing > 0n) {
      const share = (cost * closing) / open[other];
      realized += (closing * DOLLAR) / 100n - share - (worth(count, price) - worth(count - closing, price));
      cost -= share;
      open[other] -= closing;
    }
    open[side] += count - closing;
    cost += worth(count - closing, price);
    fees += fee;
    traded += worth(count, price);
    changedAt = at;
  }
  if (settled) {
    const yes = yesValue(settled.result, settled.value);
    realized += (open.yes * yes) / 100n + (open.no * (DOLLAR - yes)) / 100n - cost;
    changedAt = settled.at;
  }
  return { realized, fees, traded, changedAt };
}
