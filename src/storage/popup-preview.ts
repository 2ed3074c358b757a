// The popup's first frame as the background left it, in memory that ends with the browser. No import but a type: this
// is what stands between the click and the figure.

import type { PopupPreview } from '../view/popup-preview.ts';

/** Its name in `storage.session`. */
export const POPUP_PREVIEW = 'popup-preview';

/** Reads it. Never fails: without it the popup begins empty. */
export async function readPopupPreview(): Promise<PopupPreview | null> {
  // The polyfill costs more than all of this file; with promises, `chrome` is the same in both browsers here
  // (https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Chrome_incompatibilities).
  // biome-ignore lint/style/noRestrictedGlobals: see above
  const stored = await chrome.storage.session.get(POPUP_PREVIEW).catch(() => ({}));
  return (stored as { [POPUP_PREVIEW]?: PopupPreview })[POPUP_PREVIEW] ?? null;
}
