// What the popup paints before its own code is there: made when the badge is painted, so that nothing has to be
// worked out, checked or formatted between the click and the figure.

import { type Freshness, freshness } from '../portfolio/freshness.ts';
import { formatDollars, HIDDEN, inParts } from '../portfolio/money.ts';
import type { Settings } from '../portfolio/settings.ts';
import { total } from '../portfolio/snapshot.ts';
import type { DisplayedAccount } from './displayed-account.ts';
import type { I18n } from './translate.ts';

/** The head of the popup, written out in the user's language. */
export interface PopupPreview {
  name: string;
  label: string;
  /** The total to the cent, or dots where amounts are hidden; the cents apart. */
  amount: readonly [dollars: string, cents: string];
  /** How the figure is drawn, by the time it was written. */
  fresh: Freshness;
}

/**
 * The first frame of an account, or of several as one.
 * @param now unix milliseconds
 * @returns null where there is no amount to show: none is known, or it waits for its passphrase
 */
export function popupPreviewOf(
  shown: DisplayedAccount,
  settings: Settings,
  i18n: I18n,
  now: number,
): PopupPreview | null {
  const { figures } = shown.snapshot;
  if (shown.locked || !figures) return null;
  return {
    name: shown.name,
    label: i18n.say('total'),
    amount: inParts(settings.hideAmounts ? HIDDEN : formatDollars(total(figures), i18n.locale)),
    fresh: freshness(shown.snapshot, settings.periodSeconds * 1000, now),
  };
}
