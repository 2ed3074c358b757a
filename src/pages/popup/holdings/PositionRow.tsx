// One position: its side and answer, its value, what it is about and when that is decided, and its price.

import { useContext } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import { isThin, type Position, unrealizedOf } from '../../../domain/holdings/position.ts';
import type { Micros } from '../../../domain/money.ts';
import type { PositionView } from '../../../view/position-rows.ts';
import { formatCents, formatCount, HIDDEN } from '../../../view/texts/format-money.ts';
import { formatWhen } from '../../../view/texts/format-when.ts';
import { Hidden, useMoney } from '../../shared/hooks/use-money.ts';
import { SignedResult } from '../../shared/SignedResult.tsx';
import { ComboLegs, comboText } from './ComboLegs.tsx';
import { PageLink } from './PageLink.tsx';
import { PriceMove } from './PriceMove.tsx';
import { WatchButton } from './WatchButton.tsx';

interface Props {
  view: PositionView;
  /** The title of its event; undefined if the row stands under it. */
  eventTitle?: string;
  /** Unix milliseconds. */
  now: number;
  /** Whether its value counts by itself. */
  withValue?: boolean;
}

export function PositionRow({ view, eventTitle, now, withValue = true }: Props) {
  const { position, when, legs, url } = view;
  const { title, answer, side, value } = position;
  const money = useMoney();
  const hidden = useContext(Hidden);
  const isCombo = legs.length > 0;
  const name = isCombo ? comboText(legs, hidden) : answer || title;
  const about = isCombo ? legs.map((leg) => leg.answer).join(' + ') : answer ? eventTitle || title : '';
  const result = withValue ? unrealizedOf(position) : null;
  const time = formatWhen(when, position.closesAt, now, i18n);
  return (
    <li class="position">
      <div class="line">
        <span class={`pill ${isCombo ? 'combo' : side}`}>
          {isCombo ? i18n.message('combo', String(legs.length)) : i18n.message(side)}
        </span>
        <b>
          <PageLink url={url}>{name}</PageLink>
        </b>
        {withValue && <span class="value">{value === null ? '—' : money(value)}</span>}
      </div>
      <div class="line">
        <small class="about">
          {eventTitle !== undefined && about && <span class="event-title">{about}</span>}
          {time && <span class="when">{time}</span>}
        </small>
        <WatchButton ticker={position.ticker} name={isCombo ? about : name} />
      </div>
      {isCombo && <ComboLegs legs={legs} now={now} />}
      <div class="line">
        <small class="price">
          <Quantity position={position} /> <PriceMove price={position.price} move={view.priceMove} />
        </small>
        {result && (
          <small class="moved">
            <SignedResult result={result} />
          </small>
        )}
      </div>
    </li>
  );
}

/** Contracts, what they cost, the price now, and the bid where the price says little about what they could be sold for. */
function Quantity({ position }: { position: Position }) {
  const hidden = useContext(Hidden);
  const { count, average, price, bid } = position;
  const cents = (amount: Micros | null) => (amount === null ? '—' : formatCents(amount, i18n.locale));
  if (hidden) return <>{HIDDEN}</>;
  const parts = [
    i18n.message('positionDetail', formatCount(count, i18n.locale), cents(average)),
    isThin(position) && (bid === null ? i18n.message('noBid') : i18n.message('bestBid', cents(bid))),
    i18n.message('priceNow', cents(price)),
  ];
  return <>{parts.filter(Boolean).join(' · ')}</>;
}
