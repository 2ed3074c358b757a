// Alerts on fills, payouts, and markets that are held.

import { MINUTE_MS } from '../durations.ts';
import { ZERO } from '../money.ts';
import { limitedSum } from '../quantity.ts';
import type { AlertEvent } from './alert.ts';
import { type Memory, onlyNew } from './memory.ts';
import type { Observed } from './observed.ts';
import { type AlertRules, WATCHED_CLOSES, WATCHED_MOVE } from './rules.ts';

/** Fills and payouts of one observation are one alert each. */
export function trades(rules: AlertRules, memory: Memory, { trades }: Observed): AlertEvent[] {
  if (!rules.fill && !rules.payout) delete memory.trades;
  if (!trades || !(rules.fill || rules.payout)) return [];
  const known = new Set(memory.trades?.split('|'));
  const fresh = trades.filter(({ id }) => !known.has(id));
  memory.trades = trades.map(({ id }) => id).join('|');
  return (['fill', 'payout'] as const).flatMap((kind): AlertEvent[] => {
    const all = fresh.filter((each) => each.kind === kind);
    if (!rules[kind] || all.length === 0) return [];
    const amount = limitedSum(ZERO, ...all.map(({ amount }) => amount));
    const titles = [...new Set(all.map(({ title }) => title))].slice(0, 3);
    const common = { count: all.length, amount, titles };
    return [
      kind === 'fill' ? { kind, ...common, partly: all.some(({ partly }) => partly) } : { kind, ...common },
    ];
  });
}

/** Each market once a day for its move, and once for each closing time. Several at once are one alert. */
export function markets(rules: AlertRules, memory: Memory, { held, now, midnight }: Observed): AlertEvent[] {
  if (!held) return [];
  const isWatched = ({ ticker }: { ticker: string }) => rules.watched.includes(ticker);
  const moved = held.flatMap(({ move, ...each }) => {
    const limit = least(rules.marketMove, isWatched(each) ? WATCHED_MOVE : null);
    return limit !== null && move !== null && Math.abs(move) >= limit ? [{ ...each, move }] : [];
  });
  const closing = held.flatMap(({ closesAt, ...each }) => {
    const limit = least(rules.closesWithin, isWatched(each) ? WATCHED_CLOSES : null);
    const isClosing =
      limit !== null && closesAt !== null && closesAt > now && closesAt - now <= limit * MINUTE_MS;
    return isClosing ? [{ ...each, closesAt }] : [];
  });
  const rule = (limit: number | null) =>
    limit === null && rules.watched.length === 0 ? null : `${limit} ${rules.watched.join(' ')}`;
  const newMoves = onlyNew(
    memory,
    'moved',
    rule(rules.marketMove),
    moved,
    ({ ticker }) => `${ticker} ${midnight}`,
  );
  const newClosings = onlyNew(
    memory,
    'closing',
    rule(rules.closesWithin),
    closing,
    ({ ticker, closesAt }) => `${ticker} ${closesAt}`,
  );
  const largest = newMoves.toSorted((a, b) => Math.abs(b.move) - Math.abs(a.move));
  const next = newClosings.toSorted((a, b) => a.closesAt - b.closesAt);
  return [
    ...(largest[0] ? [{ kind: 'move' as const, titles: titlesOf(largest), share: largest[0].move }] : []),
    ...(next[0] ? [{ kind: 'closing' as const, titles: titlesOf(next), at: next[0].closesAt }] : []),
  ];
}

/** The smaller of two limits, of which some are off. */
function least(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}

function titlesOf(rows: readonly { title: string }[]): string[] {
  return rows.map(({ title }) => title).slice(0, 3);
}
