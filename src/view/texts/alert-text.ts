// Alerts in words. With hidden amounts, neither an amount nor a direction is in them.

import type { AlertEvent, MoveEvent, SummaryEvent } from '../../domain/alerts/alert.ts';
import { type Micros, ZERO } from '../../domain/money.ts';
import { subtract } from '../../domain/quantity.ts';
import { formatCents, formatChange, formatDollars, formatShare, HIDDEN } from './format-money.ts';
import { formatMoment, type I18n } from './translate.ts';

/** What happened, and the figure now. */
export interface AlertText {
  title: string;
  text: string;
}

/** An alert in one line. @param at when it was decided, unix milliseconds */
export function alertLine(event: AlertEvent, i18n: I18n, at: number, hidden: boolean): string {
  const { title, text } = alertText(event, i18n, at, hidden);
  return `${title} · ${text}`;
}

/** @param at when it was decided, unix milliseconds */
export function alertText(event: AlertEvent, i18n: I18n, at: number, hidden: boolean): AlertText {
  const { locale } = i18n;
  const money = (amount: Micros) => (hidden ? HIDDEN : formatDollars(amount, locale));
  const moment = (time: number) => formatMoment(time, at, locale, 'short');
  switch (event.kind) {
    case 'threshold': {
      const figure = i18n.message(event.figure);
      // Neither its amounts nor on which side of the threshold it is.
      if (hidden)
        return { title: i18n.message('alertCrossed', figure), text: i18n.message('alertOpenPopup') };
      return {
        title: i18n.message(event.above ? 'alertAbove' : 'alertBelow', figure, money(event.threshold)),
        text: i18n.message('alertNow', money(event.value)),
      };
    }
    case 'change': {
      const share = event.share === null ? '' : ` (${formatShare(event.share, locale)})`;
      const change = formatChange(event.amount, locale);
      return { title: i18n.message('alertChange'), text: hidden ? HIDDEN : change + share };
    }
    case 'payout':
      return {
        title: i18n.message('alertPayout', money(event.amount)),
        text: i18n.message('alertMarkets', event.titles.join(', '), String(event.count)),
      };
    case 'fill':
      return {
        title: i18n.message(event.partly ? 'alertFilledPartly' : 'alertFilled'),
        text: i18n.message('alertFills', event.titles.join(', '), String(event.count)),
      };
    case 'move':
      return moveText(event, i18n, hidden);
    case 'closing':
      return { title: i18n.message('alertClosing', moment(event.at)), text: event.titles.join(', ') };
    case 'key-scopes':
      return { title: i18n.message('alertKey'), text: i18n.message('alertKeyScopes') };
    case 'key-refused':
      return { title: i18n.message('alertKey'), text: i18n.message('alertKeyRefused') };
    case 'key-expires':
      return { title: i18n.message('alertKey'), text: i18n.message('alertKeyExpires', moment(event.at)) };
    case 'silent':
      return {
        title: i18n.message('alertSilent', moment(event.since)),
        text: i18n.message('alertOpenPopup'),
      };
    case 'summary':
      return summaryText(event, i18n, hidden);
  }
}

/**
 * The largest moves, each with the side that is held and its answer, e.g. `NO · Over 5: 82¢ → 71¢ (−11¢)`; its market where
 * there are several.
 */
function moveText({ moves, count }: MoveEvent, i18n: I18n, hidden: boolean): AlertText {
  const { locale } = i18n;
  const cents = (price: Micros) => formatCents(price, locale);
  const titles = [...new Set(moves.map(({ title }) => title))];
  const rest = count - moves.length;
  const lines = moves.map(({ title, side, answer, from, to }) => {
    const names = [titles.length > 1 && title, i18n.message(side), answer];
    const name = names.filter(Boolean).join(' · ');
    if (hidden) return `${name}: ${HIDDEN}`;
    const move = subtract(to, from) ?? ZERO;
    return `${name}: ${cents(from)} → ${cents(to)} (${move > 0 ? '+' : ''}${cents(move)})`;
  });
  if (rest > 0) lines.push(i18n.message('alertMoreMarkets', String(rest)));
  return { title: titles.join(', '), text: lines.join('\n') };
}

function summaryText(
  { day, total, change, result, settling }: SummaryEvent,
  i18n: I18n,
  hidden: boolean,
): AlertText {
  const { locale } = i18n;
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(day);
  const signed = (amount: Micros) => (hidden ? HIDDEN : formatChange(amount, locale));
  const parts = [
    i18n.message('alertSummaryTotal', hidden ? HIDDEN : formatDollars(total, locale)),
    change !== null && i18n.message('alertSummaryChange', signed(change)),
    result !== null && i18n.message('alertSummaryResult', signed(result)),
    i18n.message('alertSummarySettling', String(settling)),
  ];
  return { title: i18n.message('alertSummary', date), text: parts.filter(Boolean).join(' · ') };
}
