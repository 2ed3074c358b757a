// Positions, grouped by event where an event has several. Titles are untrusted and rendered as text.

import { useState } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import { type Unrealized, unrealizedOf } from '../../../domain/holdings/position.ts';
import { ZERO } from '../../../domain/money.ts';
import { add } from '../../../domain/quantity.ts';
import {
  type EventView,
  inOrder,
  matches,
  SORTS,
  type Sort,
  sortedKeys,
} from '../../../view/position-rows.ts';
import type { MessageKey } from '../../../view/texts/translate.ts';
import { useMoney } from '../../shared/hooks/use-money.ts';
import { useProgressiveList } from '../../shared/hooks/use-progressive-list.ts';
import { SignedResult } from '../../shared/SignedResult.tsx';
import { PageLink } from './PageLink.tsx';
import { PositionRow } from './PositionRow.tsx';

/** Events that are shown at first. */
const FIRST = 8;
/** Positions from which on they can be searched. */
const SEARCHABLE = 10;
/** Events rendered per frame. */
const PART = 12;

const SORT_NAMES: Record<Sort, MessageKey> = {
  settles: 'sortSettles',
  value: 'sortValue',
  result: 'sortResult',
  moved: 'sortMoved',
};

interface Props {
  events: readonly EventView[];
  /** Unix milliseconds. */
  now: number;
  /** When the positions or their prices were read, if that is earlier than the balance. */
  age: string | undefined;
}

export function Positions({ events, now, age }: Props) {
  const [sort, setSort] = useState<Sort>('settles');
  // The order stays while the popup is open: a row must not move away from the pointer when a price changes.
  const [order, setOrder] = useState(() => sortedKeys(events, sort));
  const [isWhole, setWhole] = useState(false);
  const [text, setText] = useState('');
  const ordered = inOrder(events, order);
  const found = text.trim() ? ordered.filter((event) => matches(event, text)) : ordered;
  const wanted = isWhole || text.trim() ? found.length : Math.min(FIRST, found.length);
  const drawn = Math.min(wanted, useProgressiveList(Math.ceil(wanted / PART)) * PART);
  if (events.length === 0) return null;
  const count = events.reduce((sum, { positions }) => sum + positions.length, 0);
  const total = totalOf(events);
  const choose = (next: Sort) => {
    setSort(next);
    setOrder(sortedKeys(events, next));
  };
  return (
    <section class="positions">
      <div class="list-head">
        <h2>
          {i18n.message('positionsCount', String(count))}
          {age && ` · ${age}`}
        </h2>
        {total && (
          <span class="unrealized">
            <span class="sr">{i18n.message('unrealized')}</span> <SignedResult result={total} />
          </span>
        )}
        {events.length > 1 && (
          <select
            class="sort"
            aria-label={i18n.message('sortBy')}
            value={sort}
            onChange={({ currentTarget }) => choose(currentTarget.value as Sort)}
          >
            {SORTS.map((each) => (
              <option key={each} value={each}>
                {i18n.message(SORT_NAMES[each])}
              </option>
            ))}
          </select>
        )}
      </div>
      {count >= SEARCHABLE && (
        <input
          type="search"
          class="search"
          autocomplete="off"
          placeholder={i18n.message('searchPositions')}
          aria-label={i18n.message('searchPositions')}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      )}
      {found.length === 0 && <p class="hint">{i18n.message('nothingFound')}</p>}
      <ul>
        {found.slice(0, drawn).map((event) => (
          <Event key={event.key} event={event} now={now} />
        ))}
      </ul>
      {wanted < found.length && (
        <button type="button" class="more" onClick={() => setWhole(true)}>
          {i18n.message('showAllPositions', String(count))}
        </button>
      )}
    </section>
  );
}

/** The unrealized result of all positions; null if one of them has no value or no cost. */
function totalOf(events: readonly EventView[]): Unrealized | null {
  let sum: Unrealized | null = { amount: ZERO, cost: ZERO };
  for (const { group } of events) {
    const next = unrealizedOf(group);
    const amount: Unrealized['amount'] | undefined = sum && next ? add(sum.amount, next.amount) : undefined;
    const cost: Unrealized['cost'] | undefined = sum && next ? add(sum.cost, next.cost) : undefined;
    sum = amount === undefined || cost === undefined ? null : { amount, cost };
  }
  return sum;
}

function Event({ event, now }: { event: EventView; now: number }) {
  const [first, ...others] = event.positions;
  if (!first) return null;
  return others.length === 0 && event.group.returned === 0 ? (
    <PositionRow view={first} eventTitle={event.group.title} now={now} />
  ) : (
    <Group event={event} now={now} />
  );
}

/** Where collateral was returned, the rows have no values of their own: only together are they worth what the event is. */
function Group({ event, now }: { event: EventView; now: number }) {
  const { title, returned, cost, value, maxPayout } = event.group;
  const money = useMoney();
  const result = unrealizedOf({ value, cost });
  const facts = [
    cost !== null && i18n.message('eventCost', money(cost)),
    returned > 0 && i18n.message('collateralReturned', money(returned)),
    maxPayout !== null && i18n.message('maxPayout', money(maxPayout)),
  ].filter(Boolean);
  return (
    <li class="event">
      <b>
        <PageLink url={event.url}>{title}</PageLink>
      </b>
      <span class="value">{value === null ? '—' : money(value)}</span>
      <small>{facts.join(' · ')}</small>
      {result && (
        <small class="moved">
          <SignedResult result={result} />
        </small>
      )}
      <ul>
        {event.positions.map((view) => (
          <PositionRow key={view.position.ticker} view={view} now={now} withValue={returned === 0} />
        ))}
      </ul>
    </li>
  );
}
