// Alerts on fills, payouts, and markets that are held.

import { DAY_MS, MINUTE_MS } from '../durations.ts';
import { ZERO } from '../money.ts';
import { limitedSum, subtract } from '../quantity.ts';
import type { AlertEvent } from './alert.ts';
import { type Memory, newOccasions, recall } from './memory.ts';
import type { HeldMarket, Observed } from './observed.ts';
import { type AlertRules, WATCHED_CLOSES, WATCHED_MOVE } from './rules.ts';

/** Fills and payouts of one observation are one alert each. */
export function trades(rules: AlertRules, memory: Memory, { trades }: Observed): AlertEvent[] {
  if (!rules.fill && !rules.payout) delete memory.trades;
  if (!trades || !(rules.fill || rules.payout)) return [];
  const known = new Set(recall(memory, 'trades', 'trades')?.ids);
  const fresh = trades.filter(({ id }) => !known.has(id));
  memory.trades = { kind: 'trades', ids: trades.map(({ id }) => id) };
  return (['fill', 'payout'] as const).flatMap((kind): AlertEvent[] => {
    const all = fresh.filter((each) => each.kind === kind);
    if (!rules[kind] || all.length === 0) return [];
    const amount = limitedSum(ZERO, ...all.map(({ amount }) => amount));
    const titles = [...new Set(all.map(({ title }) => title))].slice(0, MOST_NAMED);
    const common = { count: all.length, amount, titles };
    return [
      kind === 'fill' ? { kind, ...common, partly: all.some(({ partly }) => partly) } : { kind, ...common },
    ];
  });
}

/** Markets that are named in one alert. */
const MOST_NAMED = 3;

/**
 * By each rule, each market once a day for its move, and once for each closing time. Several at once are one alert. The rule
 * for all markets and those of single ones are independent of each other.
 */
export function markets(rules: AlertRules, memory: Memory, { held, now, midnight }: Observed): AlertEvent[] {
  forgetUnwatched(rules, memory);
  if (!held) return [];
  const moved = held.flatMap((market) => {
    const move = moveOf(market);
    return move ? [{ ...market, ...move, occasion: midnight }] : [];
  });
  const closing = held.flatMap(({ closesAt, ...market }) =>
    closesAt !== null && closesAt > now ? [{ ...market, occasion: closesAt }] : [],
  );
  const newMoves = byEachRule(rules, rules.marketMove, WATCHED_MOVE, (id, limit, isOf) => {
    const rows = moved.filter((row) => isOf(row) && limit !== null && Math.abs(row.move) >= limit);
    return newOccasions(memory, `move${id}`, limit, rows, midnight);
  });
  const newClosings = byEachRule(rules, rules.closesWithin, WATCHED_CLOSES, (id, limit, isOf) => {
    const rows = closing.filter(
      (row) => isOf(row) && limit !== null && row.occasion - now <= limit * MINUTE_MS,
    );
    return newOccasions(memory, `closing${id}`, limit, rows, now - DAY_MS);
  });
  const largest = newMoves.toSorted((a, b) => Math.abs(b.move) - Math.abs(a.move));
  const moves = largest
    .slice(0, MOST_NAMED)
    .map(({ event, title, answer, side, from, to }) => ({ event, title, answer, side, from, to }));
  const [next, ...later] = newClosings.toSorted((a, b) => a.occasion - b.occasion);
  return [
    ...(moves.length > 0 ? [{ kind: 'move' as const, count: newMoves.length, moves }] : []),
    ...(next
      ? [
          {
            kind: 'closing' as const,
            titles: [...new Set([next, ...later].map(({ title }) => title))].slice(0, MOST_NAMED),
            at: next.occasion,
            event: next.event,
          },
        ]
      : []),
  ];
}

/** How much the price of the side that is held moved; undefined if that is unknown. Micro-dollars. */
function moveOf({ from, to }: HeldMarket) {
  const move = from === null || to === null ? undefined : subtract(to, from);
  return from === null || to === null || move === undefined ? undefined : { from, to, move };
}

/**
 * What the rule for all markets and those of watched ones find, each market once.
 * @param find gets the end of the rule's id, its limit, and whether a market is one of its own
 */
function byEachRule<Row extends { ticker: string }>(
  { watched }: AlertRules,
  limitOfAll: number | null,
  limitOfWatched: number,
  find: (id: string, limit: number | null, isOf: (market: { ticker: string }) => boolean) => Row[],
): Row[] {
  const found = [
    ...find('', limitOfAll, () => true),
    ...watched.flatMap((each) => find(` ${each}`, limitOfWatched, ({ ticker }) => ticker === each)),
  ];
  return [...new Map(found.map((row) => [row.ticker, row])).values()];
}

/** A market that is not watched any more is noted anew when it is watched again. */
function forgetUnwatched({ watched }: AlertRules, memory: Memory): void {
  for (const id of Object.keys(memory)) {
    const [, ticker] = /^(?:move|closing) (.*)$/.exec(id) ?? [];
    if (ticker !== undefined && !watched.includes(ticker)) delete memory[id];
  }
}
