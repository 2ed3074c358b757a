// What Kalshi returns early: the least that an event's positions pay together, whatever the results.
// - In a mutually exclusive event (MECNET) at most one market resolves to YES.
// - In a directional event (DIRECNET) the markets are nested thresholds: if one resolves to YES, all wider ones do.
// https://help.kalshi.com/en/articles/13823816-collateral-return
import { DOLLAR, type LedgerEvent, type LedgerMarket } from './ledger-types.ts';

/** Micro-dollars. `markets`: those of the event. */
export function guaranteed(event: LedgerEvent, markets: readonly LedgerMarket[]): bigint {
  const held = markets.filter((market) => market.held !== 0n);
  const outcomes = outcomesOf(event, held);
  if (!outcomes) return 0n;
  const payouts = outcomes.map((winners) =>
    held.reduce((sum, market) => sum + payoutOf(market, winners.has(market.ticker)), 0n),
  );
  return payouts.reduce((lowest, payout) => (payout < lowest ? payout : lowest));
}

/** Each possible set of markets that resolve to YES; undefined for an event whose markets do not depend on each other. */
export function outcomesOf(
  event: LedgerEvent,
  markets: readonly LedgerMarket[],
): ReadonlySet<string>[] | undefined {
  if (event.exclusive) return [new Set<string>(), ...markets.map(({ ticker }) => new Set([ticker]))];
  if (!event.ladder) return undefined;
  const rising = [...markets].sort((a, b) => (a.strike ?? 0) - (b.strike ?? 0));
  const widestFirst = event.ladder === 'above' ? rising : rising.reverse();
  return [
    new Set<string>(),
    ...widestFirst.map((_, last) => new Set(widestFirst.slice(0, last + 1).map(({ ticker }) => ticker))),
  ];
}

function payoutOf({ held }: LedgerMarket, yes: boolean): bigint {
  const winning = yes ? held : -held;
  return winning > 0n ? winning * (DOLLAR / 100n) : 0n;
}
