// Today's change in words: its percentage, since when, and whether deposits are left out. The same in popup and tooltip.

import type { Change, Since, TransferHandling } from '../../domain/balance/daily-change.ts';
import { formatShareOf } from './format-money.ts';
import { formatMoment, type I18n, type MessageKey } from './translate.ts';

const HANDLING: Record<TransferHandling, MessageKey> = {
  excluded: 'todayNet',
  included: 'todayGross',
  doubtful: 'todayDoubtful',
};

/**
 * Since when, unless it is midnight, and what is done about deposits and withdrawals.
 * @param now unix milliseconds
 */
export function changeQualifiers({ since, transfers }: Change, i18n: I18n, now: number): string {
  const times = since.map((each) => formatSince(each, i18n, now)).join(' / ');
  const isMidnight = since.length === 1 && since[0] === 'midnight';
  return [isMidnight ? '' : i18n.message('todaySince', times), i18n.message(HANDLING[transfers])]
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
