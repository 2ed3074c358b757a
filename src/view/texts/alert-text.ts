// Alerts in words. With hidden amounts, neither an amount nor a direction is in them.

import type { AlertEvent, MoveEvent, SummaryEvent } from '../../domain/alerts/alert.ts';
import { type Micros, ZERO } from '../../domain/money.ts';
import { subtract } from '../../domain/quantity.ts';
import { formatCents, formatChange, formatDollars, formatShare, HIDDEN } from './format-money.ts';
import { formatMoment, type I18n } from './translate.ts';

/** @param at when it was decided, unix milliseconds */
export function alertText(event: AlertEvent, i18n: I18n, at: number, hidden: boolean): string {
  const { locale } = i18n;
  const money = (amount: Micros) => (hidden ? HIDDEN : formatDollars(amount, locale));
  const change = (amount: Micros) => (hidden ? HIDDEN : formatChange(amount, locale));
  const moment = (time: number) => formatMoment(time, at, locale, 'short');
  switch (event.kind) {
    case 'threshold':
      // Neither its amounts nor on which side of the threshold it is.
      if (hidden) return i18n.message('alertCrossed', i18n.message(event.figure));
      return i18n.message(
        event.above ? 'alertAbove' : 'alertBelow',
        i18n.message(event.figure),
        money(event.threshold),
        money(event.value),
      );
    case 'change': {
      const share = event.share === null || hidden ? '' : ` (${formatShare(event.share, locale)})`;
      return i18n.message('alertChange', change(event.amount) + share);
    }
    case 'payout':
      return i18n.message('alertPayout', money(event.amount), event.titles.join(', '), String(event.count));
    case 'fill':
      return i18n.message(
        event.partly ? 'alertFilledPartly' : 'alertFilled',
        event.titles.join(', '),
        String(event.count),
      );
    case 'move':
      return moveLines(event, i18n, hidden).join('\n');
    case 'closing':
      return i18n.message('alertClosing', event.titles.join(', '), moment(event.at));
    case 'key-scopes':
      return i18n.message('alertKeyScopes');
    case 'key-refused':
      return i18n.message('alertKeyRefused');
    case 'key-expires':
      return i18n.message('alertKeyExpires', moment(event.at));
    case 'silent':
      return i18n.message('alertSilent', moment(event.since));
    case 'summary':
      return summaryText(event, i18n, money, change);
  }
}

/** Each move, with the side that is held and its answer, e.g. `Rain: NO · Over 5: 82¢ → 71¢ (−11¢)`. */
function moveLines({ moves, count }: MoveEvent, i18n: I18n, hidden: boolean): string[] {
  const { locale } = i18n;
  const cents = (price: Micros) => formatCents(price, locale);
  const rest = count - moves.length;
  return [
    ...moves.map(({ title, side, answer, from, to }) => {
      const name = [`${title}: ${i18n.message(side)}`, answer].filter(Boolean).join(' · ');
      if (hidden) return `${name}: ${HIDDEN}`;
      const move = subtract(to, from) ?? ZERO;
      return `${name}: ${cents(from)} → ${cents(to)} (${move > 0 ? '+' : ''}${cents(move)})`;
    }),
    ...(rest > 0 ? [i18n.message('alertMoreMarkets', String(rest))] : []),
  ];
}

function summaryText(
  { day, total, change: moved, result, settling }: SummaryEvent,
  i18n: I18n,
  money: (amount: Micros) => string,
  change: (amount: Micros) => string,
): string {
  const date = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'medium' }).format(day);
  return [
    i18n.message('alertSummary', date, money(total)),
    moved !== null && i18n.message('alertSummaryChange', change(moved)),
    result !== null && i18n.message('alertSummaryResult', change(result)),
    i18n.message('alertSummarySettling', String(settling)),
  ]
    .filter(Boolean)
    .join(' · ');
}
