// Positions grouped by event: cost and value after returned collateral, the highest payout, and pending payouts.
//
// Kalshi returns collateral early where positions of a mutually exclusive event secure each other: with 100 NO of two of its
// markets, at least one pays $100, so $100 is returned at once (https://help.kalshi.com/en/articles/13823816). The returned
// amount is missing from later payouts. It is the sum of the markets' exposures minus the event's own.

import { multiply } from '../contracts.ts';
import { DOLLAR, type Micros, micros, ZERO } from '../money.ts';
import { add, subtract } from '../quantity.ts';
import { ladderPayouts } from './ladder.ts';
import type { MarketEvent } from './market.ts';
import type { Position } from './position.ts';

/** The positions of one event. */
export interface EventGroup {
  event: string;
  /** The event's title, or the title of its first market. */
  title: string;
  /** The positions without a known result; the most valuable first. */
  positions: Position[];
  /** Collateral that was already returned and is missing from the payouts of these positions, micro-dollars. */
  returned: Micros;
  /** Cost and value of the positions minus the returned collateral, micro-dollars; null if unknown. */
  cost: Micros | null;
  value: Micros | null;
  /** The most that the event can still pay, micro-dollars; null if unknown. */
  maxPayout: Micros | null;
  /** The least that it can pay, micro-dollars; null if unknown. */
  minPayout: Micros | null;
}

type Events = Readonly<Record<string, Pick<MarketEvent, 'title' | 'exclusive' | 'isLadder' | 'exposure'>>>;

/** The sum; null if one part is unknown or the sum is too large to be exact. */
function sumOf(amounts: readonly (Micros | null)[]): Micros | null {
  return amounts.reduce<Micros | null>(
    (sum, each) => (sum === null || each === null ? null : (add(sum, each) ?? null)),
    ZERO,
  );
}

function byEvent(positions: readonly Position[]): Map<string, Position[]> {
  const groups = new Map<string, Position[]>();
  for (const position of positions) {
    const group = groups.get(position.event) ?? [];
    group.push(position);
    groups.set(position.event, group);
  }
  return groups;
}

/** How much more `a` is than `b`; zero if it is not more. */
function excess(a: Micros, b: Micros): Micros {
  const difference = subtract(a, b);
  return difference !== undefined && difference > 0 ? difference : ZERO;
}

/** The collateral that was returned in an event, micro-dollars. @param all every position of the event */
function returnedCollateral(all: readonly Position[], exposure: Micros | null): Micros {
  const costs = sumOf(all.map(({ cost }) => cost));
  return costs === null || exposure === null ? ZERO : excess(costs, exposure);
}

/** The positions without a known result, grouped by event; the most valuable first. */
export function groupsOf(positions: readonly Position[], events: Events): EventGroup[] {
  const groups = [...byEvent(positions)].flatMap(([event, all]): EventGroup[] => {
    const open = all
      .filter(({ payout }) => payout === null)
      .toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1));
    const [first] = open;
    if (!first) return [];
    const { title, exclusive, isLadder = false, exposure } = events[event] ?? {};
    // What was returned is missing from the payouts that are known first.
    const pending = sumOf(all.map(({ payout }) => payout ?? ZERO));
    const returned = excess(returnedCollateral(all, exposure ?? null), pending ?? ZERO);
    const after = (amount: Micros | null) => (amount === null ? null : (subtract(amount, returned) ?? null));
    return [
      {
        event,
        title: title || first.title,
        positions: open,
        returned,
        cost: after(sumOf(open.map(({ cost }) => cost))),
        value: after(sumOf(open.map(({ value }) => value))),
        maxPayout: after(highestPayout(open, exclusive ?? null, isLadder)),
        minPayout: lowestPayout(open, exclusive ?? null, returned),
      },
    ];
  });
  return groups.sort((a, b) => (b.value ?? -1) - (a.value ?? -1));
}

/**
 * The highest payout before returned collateral.
 * @param exclusive whether at most one market resolves to YES
 * @param isLadder whether the markets are thresholds of one value
 */
function highestPayout(
  positions: readonly Position[],
  exclusive: boolean | null,
  isLadder: boolean,
): Micros | null {
  const payout = ({ count }: Position) => multiply(DOLLAR, count) ?? null;
  if (isLadder && positions.length > 1) return highestOf(ladderPayouts(positions));
  if (!exclusive) return exclusive === null && positions.length > 1 ? null : sumOf(positions.map(payout));
  return highestOf(exclusivePayouts(positions));
}

/** Null without amounts, or if one of them is unknown. */
function highestOf(amounts: readonly (Micros | null)[]): Micros | null {
  if (amounts.length === 0 || amounts.includes(null)) return null;
  return micros(Math.max(...amounts.map(Number))) ?? null;
}

/** The lowest payout after returned collateral. Of markets that do not exclude each other, all may lose. */
function lowestPayout(
  positions: readonly Position[],
  exclusive: boolean | null,
  returned: Micros,
): Micros | null {
  if (!exclusive) return ZERO;
  const amounts = exclusivePayouts(positions);
  return amounts.includes(null) ? null : excess(micros(Math.min(...amounts.map(Number))) ?? ZERO, returned);
}

/** What an exclusive event can pay, micro-dollars, for each result: null where that is too large to be exact. */
function exclusivePayouts(positions: readonly Position[]): (Micros | null)[] {
  const payout = ({ count }: Position) => multiply(DOLLAR, count) ?? null;
  // One market resolves to YES: its YES contracts pay, and the NO contracts of every other; or none does.
  const no = positions.filter(({ side }) => side === 'no');
  const outcomes = positions.map((winner) =>
    sumOf(
      (winner.side === 'yes' ? [winner] : [])
        .concat(no.filter(({ ticker }) => ticker !== winner.ticker))
        .map(payout),
    ),
  );
  return [sumOf(no.map(payout)), ...outcomes];
}

/** A payout with a known result that is not paid yet. */
export interface PendingPayout {
  /** The ticker of the market, or of the event where its positions secure each other. */
  key: string;
  title: string;
  answer: string;
  /** Micro-dollars. */
  amount: Micros;
}

/**
 * The pending payouts. Where collateral was returned, an event is one row: what its markets pay minus what was returned,
 * and never less than nothing.
 */
export function pendingPayouts(positions: readonly Position[], events: Events): PendingPayout[] {
  return [...byEvent(positions)].flatMap(([event, all]) => {
    const known = all.flatMap(({ ticker, title, answer, payout }) =>
      payout === null ? [] : [{ key: ticker, title, answer, amount: payout }],
    );
    const [first] = known;
    const { title, exposure } = events[event] ?? {};
    const returned = returnedCollateral(all, exposure ?? null);
    if (!first || returned === 0) return known;
    const amount = excess(sumOf(known.map(({ amount }) => amount)) ?? ZERO, returned);
    return [{ key: event, title: title || first.title, answer: '', amount }];
  });
}
