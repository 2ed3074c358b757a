// Reading the popup preview that the background has written. No imports but types: the popup's first frame waits for this
// file.

import type { PopupPreview } from '../view/popup-preview.ts';

/** Its key in `storage.session`. */
export const POPUP_PREVIEW = 'popup-preview';

/** Reads it. Never fails: without it the popup starts empty. */
export async function readPopupPreview(): Promise<PopupPreview | null> {
  // The polyfill costs more than all of this file; with promises, `chrome` is the same in both browsers here
  // (https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Chrome_incompatibilities).
  // biome-ignore lint/style/noRestrictedGlobals: see above
  const stored = await chrome.storage.session.get(POPUP_PREVIEW).catch(() => ({}));
  return (stored as { [POPUP_PREVIEW]?: PopupPreview })[POPUP_PREVIEW] ?? null;
}
