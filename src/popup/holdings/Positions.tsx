// Positions, grouped by event where an event has several. Titles are untrusted and rendered as text.

import { useContext, useMemo } from 'preact/hooks';
import { i18n } from '../../platform/i18n.ts';
import { type EventGroup, groupsOf, type Position } from '../../portfolio/holdings/holdings.ts';
import { Hidden, useChange, useMoney } from '../../ui/hooks/use-money.ts';
import { useProgressiveList } from '../../ui/hooks/use-progressive-list.ts';
import { formatUntil } from '../../view/format-duration.ts';
import { formatCents, formatCount, HIDDEN } from '../../view/format-money.ts';

/** Groups rendered per frame. */
const PART = 25;

export function Positions({ positions, now }: { positions: readonly Position[]; now: number }) {
  const parts = useMemo(() => partsOf(groupsOf(positions)), [positions]);
  const drawn = useProgressiveList(parts.length);
  if (parts.length === 0) return null;
  return (
    <section>
      <h2>
        <span>{i18n.message('positions')}</span>
        <span>{i18n.message('atLastPrice')}</span>
      </h2>
      <ul>
        {parts.slice(0, drawn).map((part, index) => (
          <Part key={index} groups={part} now={now} />
        ))}
      </ul>
    </section>
  );
}

function partsOf(groups: readonly EventGroup[]): EventGroup[][] {
  const parts: EventGroup[][] = [];
  for (let from = 0; from < groups.length; from += PART) parts.push(groups.slice(from, from + PART));
  return parts;
}

/** Memoized: rows that have not changed are not rendered again when more are added. */
function Part({ groups, now }: { groups: readonly EventGroup[]; now: number }) {
  const rows = useMemo(
    () =>
      groups.map((group) =>
        group.positions.length === 1 ? (
          group.positions.map((position) => <Row key={position.ticker} position={position} now={now} />)
        ) : (
          <Group key={group.event} group={group} now={now} />
        ),
      ),
    [groups, now],
  );
  return <>{rows}</>;
}

function Group({ group, now }: { group: EventGroup; now: number }) {
  return (
    <li class="event">
      <b>{group.title}</b>
      <ul>
        {group.positions.map((position) => (
          <Row key={position.ticker} position={position} now={now} inEvent />
        ))}
      </ul>
    </li>
  );
}

function Row({ position, now, inEvent = false }: { position: Position; now: number; inEvent?: boolean }) {
  const { title, answer, side, count, average, price, value, change, closesAt } = position;
  const hidden = useContext(Hidden);
  const money = useMoney();
  const name = inEvent ? answer || title : answer ? `${title} — ${answer}` : title;
  return (
    <li>
      <b title={name}>{name}</b>
      <span class="value">{value === null ? '—' : money(value)}</span>
      <small>
        <span class="side">{i18n.message(side)}</span>{' '}
        {hidden
          ? HIDDEN
          : i18n.message(
              'positionDetail',
              formatCount(count, i18n.locale),
              formatCents(average, i18n.locale),
              price === null ? '—' : formatCents(price, i18n.locale),
            )}
        {closesAt !== null &&
          closesAt > now &&
          ` · ${i18n.message('closes', formatUntil(closesAt, now, i18n.locale))}`}
      </small>
      {change !== null && change !== 0 && <Moved amount={change} />}
    </li>
  );
}

function Moved({ amount }: { amount: NonNullable<Position['change']> }) {
  const write = useChange();
  const way = amount > 0 ? 'up' : 'down';
  return (
    <small class={`moved ${way}`}>
      <span aria-hidden="true">{way === 'up' ? '▲' : '▼'} </span>
      <span class="sr">{i18n.message(way)} </span>
      {write(amount)}
    </small>
  );
}
