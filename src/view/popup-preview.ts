// What the popup shows before its own code is loaded. Computed when the toolbar is rendered, so that nothing has to be
// decoded or formatted between the click and the first frame.

import type { Settings } from '../domain/accounts/settings.ts';
import { total } from '../domain/balance/snapshot.ts';
import { type Freshness, freshness } from '../domain/polling/freshness.ts';
import type { DisplayedAccount } from './displayed-account.ts';
import { formatDollars, HIDDEN, inParts } from './texts/format-money.ts';
import type { I18n } from './texts/translate.ts';

/** The top of the popup, formatted for the user's language. */
export interface PopupPreview {
  name: string;
  label: string;
  /** The total to the cent, or dots if amounts are hidden; the cents separate. */
  amount: readonly [dollars: string, cents: string];
  /** How current the total was when this was written. */
  fresh: Freshness;
}

/**
 * The preview of an account, or of several combined.
 * @param now unix milliseconds
 * @returns null if there is no amount to show: none is known, or the account is locked
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
    label: i18n.message('total'),
    amount: inParts(settings.hideAmounts ? HIDDEN : formatDollars(total(figures), i18n.locale)),
    fresh: freshness(shown.snapshot, settings.periodSeconds * 1000, now),
  };
}
