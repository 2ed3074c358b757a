// Where the popup's page is shown: it is the same page in each place.

/**
 * `popup`: from the toolbar, closed by the next click elsewhere · `panel`: beside the page · `window`: instead of a panel
 * that the browser opens only after a restart · `tab`: as a tab.
 */
export type PopupView = 'popup' | 'panel' | 'window' | 'tab';

/** The place of this page, from its address. */
export function popupView(): PopupView {
  const view = new URLSearchParams(globalThis.location?.search).get('view');
  return view === 'panel' || view === 'window' || view === 'tab' ? view : 'popup';
}

/** Closes a popup after it has opened something else. Every other view stays open. */
export function closePopup(): void {
  if (popupView() === 'popup') window.close();
}
