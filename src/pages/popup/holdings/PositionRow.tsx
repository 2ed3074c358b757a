// One position: what it is, what it is worth, and its unrealized result since it was bought.

import { useContext } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import { calendarDaysBetween } from '../../../domain/calendar.ts';
import { isThin, type Position, unrealizedOf } from '../../../domain/holdings/position.ts';
import type { Micros } from '../../../domain/money.ts';
import { formatUntil } from '../../../view/texts/format-duration.ts';
import { formatCents, formatCount, HIDDEN, isFlat } from '../../../view/texts/format-money.ts';
import { Hidden, useChange, useMoney } from '../../shared/hooks/use-money.ts';
import { SignedResult } from '../../shared/SignedResult.tsx';
import { WatchedMarkets } from '../alerts/watched-markets.ts';

interface Props {
  position: Position;
  now: number;
  /** The most that its event can pay, if the row stands for the event. */
  maxPayout?: Micros | null;
  /** Whether it stands under the title of its event. */
  inEvent?: boolean;
  /** Whether its value counts by itself. */
  withValue?: boolean;
}

export function PositionRow({ position, now, maxPayout = null, inEvent = false, withValue = true }: Props) {
  const { title, answer, side, value } = position;
  const money = useMoney();
  const name = inEvent ? answer || title : answer ? `${title} — ${answer}` : title;
  const result = withValue ? unrealizedOf(position) : null;
  const facts = useFacts(position, now, maxPayout);
  return (
    <li>
      <b title={name}>{name}</b>
      {withValue && <span class="value">{value === null ? '—' : money(value)}</span>}
      <small>
        <span class="side">{i18n.message(side)}</span> {useDetail(position)}
      </small>
      {result && (
        <small class="moved">
          <SignedResult result={result} />
        </small>
      )}
      <small class="facts">
        {facts} <WatchButton ticker={position.ticker} name={name} />
      </small>
    </li>
  );
}

/** Alerts when the market moves by a tenth within a day, and when it closes within an hour. */
function WatchButton({ ticker, name }: { ticker: string; name: string }) {
  const { tickers, toggle } = useContext(WatchedMarkets);
  const isOn = tickers.includes(ticker);
  return (
    <button
      type="button"
      class="watch"
      aria-pressed={isOn}
      aria-label={i18n.message('watchMarket', name)}
      title={i18n.message('watchHint')}
      onClick={() => toggle(ticker)}
    >
      {i18n.message(isOn ? 'watchOn' : 'watch')}
    </button>
  );
}

/** Contracts and prices. */
function useDetail(position: Position): string {
  const hidden = useContext(Hidden);
  const { count, average, price } = position;
  const cents = (amount: Micros | null) => (amount === null ? '—' : formatCents(amount, i18n.locale));
  if (hidden) return HIDDEN;
  return i18n.message('positionDetail', formatCount(count, i18n.locale), cents(average), cents(price));
}

function closing(at: number, now: number): string {
  if (at <= now) return i18n.message('awaitingResult');
  return i18n.message('closes', formatUntil(at, now, calendarDaysBetween(now, at), i18n.locale));
}

/** When the market closes, the move of one day, the bid where the last price says little, and the highest payout. */
function useFacts(position: Position, now: number, maxPayout: Micros | null): string {
  const hidden = useContext(Hidden);
  const money = useMoney();
  const change = useChange();
  const { dayMove, bid, closesAt } = position;
  const closes = closesAt !== null && closing(closesAt, now);
  if (hidden) return closes || '';
  return [
    closes,
    dayMove !== null && !isFlat(dayMove) && i18n.message('dayMove', change(dayMove)),
    isThin(position) &&
      (bid === null ? i18n.message('noBid') : i18n.message('bestBid', formatCents(bid, i18n.locale))),
    maxPayout !== null && i18n.message('maxPayout', money(maxPayout)),
  ]
    .filter(Boolean)
    .join(' · ');
}
