// Results in words: what is still being read, and what is missing.

import type { ResultsProgress } from '../../domain/pnl/results-progress.ts';
import type { I18n } from './translate.ts';

function dateOf(at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(at);
}

/** How far the first reading has come; undefined once it is complete. */
export function readingText(all: readonly ResultsProgress[], i18n: I18n): string | undefined {
  if (all.every(({ complete }) => complete)) return undefined;
  const read = all.reduce((sum, each) => sum + each.read, 0);
  const oldest = all.map(({ oldest }) => oldest).filter((at) => at > 0);
  if (oldest.length === 0) return i18n.message('resultsStarting');
  const count = new Intl.NumberFormat(i18n.locale).format(read);
  return i18n.message('resultsReading', count, dateOf(Math.min(...oldest), i18n.locale));
}

/** What the results lack. */
export function resultGaps(all: readonly ResultsProgress[], i18n: I18n): string[] {
  const missing = all.map(({ missingBefore }) => missingBefore).filter((at) => at !== null);
  const unended = all.map(({ unendedBefore }) => unendedBefore).filter((at) => at !== null);
  const unreadable = all.reduce((sum, each) => sum + each.unreadable, 0);
  return [
    ...(missing.length > 0
      ? [i18n.message('resultsMissingBefore', dateOf(Math.max(...missing), i18n.locale))]
      : []),
    ...(unended.length > 0
      ? [i18n.message('resultsUnended', dateOf(Math.max(...unended), i18n.locale))]
      : []),
    ...(unreadable > 0 ? [i18n.message('rowsUnreadable', String(unreadable))] : []),
  ];
}
