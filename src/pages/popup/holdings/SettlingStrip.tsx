// What is decided today, in one line; opened, a timeline of the next days.

import { useContext } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import { calendarDaysBetween } from '../../../domain/calendar.ts';
import type { Micros } from '../../../domain/money.ts';
import { subtract } from '../../../domain/quantity.ts';
import type { EventView } from '../../../view/position-rows.ts';
import { type Settling, type Span, settlingOf } from '../../../view/settling.ts';
import { formatUntil } from '../../../view/texts/format-duration.ts';
import { formatWhen } from '../../../view/texts/format-when.ts';
import type { MessageKey } from '../../../view/texts/translate.ts';
import { Hidden, useChange, useMoney } from '../../shared/hooks/use-money.ts';
import { comboText } from './ComboLegs.tsx';

const SPAN_NAMES: Record<Span, MessageKey> = {
  now: 'spanNow',
  today: 'today',
  tonight: 'spanTonight',
  tomorrow: 'spanTomorrow',
  week: 'spanWeek',
};

export function SettlingStrip({ events, now }: { events: readonly EventView[]; now: number }) {
  const money = useMoney();
  const settling = settlingOf(events, now);
  if (settling.spans.length === 0) return null;
  const { count, maxPayout } = settling;
  return (
    <details class="settling">
      <summary>
        <span>
          <b>{i18n.message('today')}</b> · {summaryOf(settling, now)}
        </span>
        {count > 0 && maxPayout !== null && <span>{i18n.message('upTo', money(maxPayout))}</span>}
      </summary>
      {settling.spans.map(({ span, events, cost, maxPayout }) => (
        <section key={span}>
          <h3>
            <span>{i18n.message(SPAN_NAMES[span])}</span>
            <Stake cost={cost} payout={maxPayout} />
          </h3>
          <ul>
            {events.map((event) => (
              <SettlingRow
                key={event.key}
                event={event}
                isDayKnown={span !== 'now' && span !== 'week'}
                now={now}
              />
            ))}
          </ul>
        </section>
      ))}
    </details>
  );
}

function summaryOf({ count, next }: Settling, now: number): string {
  const until = next !== null && formatUntil(next, now, calendarDaysBetween(now, next), i18n.locale);
  return [i18n.message('settlingCount', String(count)), until && i18n.message('settlingNext', until)]
    .filter(Boolean)
    .join(' · ');
}

function SettlingRow({ event, isDayKnown, now }: { event: EventView; isDayKnown: boolean; now: number }) {
  const hidden = useContext(Hidden);
  const change = useChange();
  const { group, positions, when } = event;
  const [first] = positions;
  if (!first) return null;
  const { position, legs } = first;
  const own = legs.length > 0 ? comboText(legs, hidden) : position.answer || position.title;
  const closesAt = positions.length === 1 ? position.closesAt : null;
  const ofCost = (payout: Micros | null) =>
    payout === null || group.cost === null ? null : (subtract(payout, group.cost) ?? null);
  const [best, worst] = [ofCost(group.maxPayout), ofCost(group.minPayout)];
  return (
    <li>
      <small class="when">{formatWhen(when, closesAt, now, i18n, isDayKnown)}</small>
      <span class="name">{positions.length > 1 ? group.title : own}</span>
      <Stake cost={group.cost} payout={group.maxPayout} />
      {positions.length > 1 && best !== null && worst !== null && (
        <small class="cases">{i18n.message('bestWorst', change(best), change(worst))}</small>
      )}
    </li>
  );
}

/** What was paid, and the most that it can bring. */
function Stake({ cost, payout }: { cost: Micros | null; payout: Micros | null }) {
  const money = useMoney();
  if (cost === null || payout === null) return <small>—</small>;
  return <small class="stake">{i18n.message('stake', money(cost), money(payout))}</small>;
}
