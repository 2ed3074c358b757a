// Positions, grouped by event where an event has several. Titles are untrusted and rendered as text.

import { useMemo } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import type { EventGroup } from '../../../domain/holdings/event-group.ts';
import { type Unrealized, unrealizedOf } from '../../../domain/holdings/position.ts';
import { ZERO } from '../../../domain/money.ts';
import { add } from '../../../domain/quantity.ts';
import { useMoney } from '../../shared/hooks/use-money.ts';
import { useProgressiveList } from '../../shared/hooks/use-progressive-list.ts';
import { SignedResult } from '../../shared/SignedResult.tsx';
import { PositionRow } from './PositionRow.tsx';

/** Groups rendered per frame. */
const PART = 25;

interface Props {
  groups: readonly EventGroup[];
  now: number;
  /** When the positions or their prices were read, if that is earlier than the balance. */
  age: string | undefined;
}

export function Positions({ groups, now, age }: Props) {
  const parts = useMemo(() => partsOf(groups), [groups]);
  const drawn = useProgressiveList(parts.length);
  if (parts.length === 0) return null;
  const total = totalOf(groups);
  return (
    <section>
      <h2>
        <span>
          {i18n.message('positions')}
          {age && ` · ${age}`}
        </span>
        <span>{i18n.message('atLastPrice')}</span>
      </h2>
      {total && (
        <p class="unrealized">
          <span>{i18n.message('unrealized')}</span> <SignedResult result={total} />
        </p>
      )}
      <ul>
        {parts.slice(0, drawn).map((part, index) => (
          <Part key={index} groups={part} now={now} />
        ))}
      </ul>
    </section>
  );
}

/** The unrealized result of all positions; null if one of them has no value or no cost. */
function totalOf(groups: readonly EventGroup[]): Unrealized | null {
  let sum: Unrealized | null = { amount: ZERO, cost: ZERO };
  for (const group of groups) {
    const next = unrealizedOf(group);
    const amount: Unrealized['amount'] | undefined = sum && next ? add(sum.amount, next.amount) : undefined;
    const cost: Unrealized['cost'] | undefined = sum && next ? add(sum.cost, next.cost) : undefined;
    sum = amount === undefined || cost === undefined ? null : { amount, cost };
  }
  return sum;
}

function partsOf(groups: readonly EventGroup[]): EventGroup[][] {
  const parts: EventGroup[][] = [];
  for (let from = 0; from < groups.length; from += PART) parts.push(groups.slice(from, from + PART));
  return parts;
}

/** Memoized: rows that have not changed are not rendered again when more are added. */
function Part({ groups, now }: { groups: readonly EventGroup[]; now: number }) {
  const rows = useMemo(
    () => groups.map((group, index) => <Event key={`${group.event} ${index}`} group={group} now={now} />),
    [groups, now],
  );
  return <>{rows}</>;
}

function Event({ group, now }: { group: EventGroup; now: number }) {
  const [first, ...others] = group.positions;
  if (!first) return null;
  return others.length === 0 && group.returned === 0 ? (
    <PositionRow position={first} now={now} maxPayout={group.maxPayout} />
  ) : (
    <Group group={group} now={now} />
  );
}

/** Where collateral was returned, the rows have no values of their own: only together are they worth what the event is. */
function Group({ group, now }: { group: EventGroup; now: number }) {
  const { title, positions, returned, cost, value, maxPayout } = group;
  const money = useMoney();
  const result = unrealizedOf({ value, cost });
  const facts = [
    cost !== null && i18n.message('eventCost', money(cost)),
    returned > 0 && i18n.message('collateralReturned', money(returned)),
    maxPayout !== null && i18n.message('maxPayout', money(maxPayout)),
  ].filter(Boolean);
  return (
    <li class="event">
      <b title={title}>{title}</b>
      <span class="value">{value === null ? '—' : money(value)}</span>
      <small>{facts.join(' · ')}</small>
      {result && (
        <small class="moved">
          <SignedResult result={result} />
        </small>
      )}
      <ul>
        {positions.map((position) => (
          <PositionRow
            key={position.ticker}
            position={position}
            now={now}
            inEvent
            withValue={returned === 0}
          />
        ))}
      </ul>
    </li>
  );
}
