// Changes of the total in words: the percentage, since when, and what is done about deposits. The same in popup and tooltip.

import type { Change, Since } from '../../domain/balance/daily-change.ts';
import { micros, ZERO } from '../../domain/money.ts';
import { formatDollars, formatShareOf } from './format-money.ts';
import { formatMoment, type I18n } from './translate.ts';

/** What is done about deposits and withdrawals; empty if there were none. It contains an amount. */
export function transfersNote({ transfers, paid }: Change, i18n: I18n): string {
  if (transfers === 'included') return i18n.message('changeGross');
  if (transfers === 'doubtful') return i18n.message('changeDoubtful');
  if (paid === 0) return '';
  const amount = formatDollars(micros(Math.abs(paid)) ?? ZERO, i18n.locale);
  return i18n.message(paid > 0 ? 'changeNetOfDeposits' : 'changeNetOfWithdrawals', amount);
}

/**
 * Since when, unless it is midnight, and what is done about deposits and withdrawals.
 * @param now unix milliseconds
 */
export function changeQualifiers(change: Change, i18n: I18n, now: number): string {
  const { since } = change;
  const times = since.map((each) => formatSince(each, i18n, now)).join(' / ');
  const isMidnight = since.length === 1 && since[0] === 'midnight';
  return [isMidnight ? '' : i18n.message('changeSince', times), transfersNote(change, i18n)]
    .filter(Boolean)
    .join(', ');
}

function formatSince(since: Since, i18n: I18n, now: number): string {
  return since === 'midnight' ? i18n.message('midnight') : formatMoment(since, now, i18n.locale, 'short');
}

/** The percentage of the total that the change started from, in parentheses; undefined if that was nothing, or the change is. */
export function changeShare(change: Change, i18n: I18n): string | undefined {
  return formatShareOf(change, i18n.locale);
}
