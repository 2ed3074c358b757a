// The toolbar: badge, icon, tooltip, and the popup preview. Always rendered from the state in the store, which is written
// before it is visible.

import { fitsBadge } from '../browser/badge-width.ts';
import { browser } from '../browser/browser.ts';
import { i18n } from '../browser/i18n.ts';
import type { State } from '../domain/accounts/state.ts';
import { momentOf } from '../domain/calendar.ts';
import { readShownIcon, writePopupPreview, writeShownIcon } from '../storage/session.ts';
import { badgeColour, iconPath } from '../view/badge/badge-look.ts';
import { fitBadgeText } from '../view/badge/badge-text.ts';
import { type BadgeView, badgeView, brokenBadge, emptyBadge } from '../view/badge/badge-view.ts';
import { type DisplayedAccount, displayedAccount } from '../view/displayed-account.ts';
import { popupPreviewOf } from '../view/popup-preview.ts';
import { lockCount } from './keys/lock-state.ts';
import { getState } from './store.ts';
import type { WorkerMemory } from './worker-memory.ts';

/** Renders the state as it is when every render before this one has ended. */
export function renderToolbar(memory: WorkerMemory): Promise<void> {
  return memory.toolbar.renders.run(async () => {
    const locks = lockCount(memory);
    await render(memory, await getState(memory), () => lockCount(memory) === locks);
  });
}

/**
 * @param isCurrent whether no account was locked since the state was read. Checked right before every write: the lock
 * renders the toolbar again
 */
async function render(memory: WorkerMemory, state: State, isCurrent: () => boolean): Promise<void> {
  const { action } = browser;
  const now = Date.now();
  const shown = state.kind === 'ready' ? displayedAccount(state, state.settings.shownAccount, i18n) : null;
  const view = viewOf(state, shown, now);
  const preview = shown && state.kind === 'ready' ? popupPreviewOf(shown, state.settings, i18n, now) : null;
  if (!isCurrent()) return;
  // The text first and alone: the browser draws the badge before it does anything else.
  const text = action.setBadgeText({ text: fitBadgeText(view.text, view.direction === 'down', fitsBadge) });
  await text.catch(() => undefined);
  if (!isCurrent()) return text;
  await Promise.all([
    text,
    showIcon(memory, view),
    action.setTitle({ title: view.title }),
    writePopupPreview(preview),
  ]);
}

function viewOf(state: State, shown: DisplayedAccount | null, now: number): BadgeView {
  if (state.kind === 'unreadable') return brokenBadge(i18n);
  return shown ? badgeView(shown, state.settings, i18n, momentOf(now)) : emptyBadge(i18n);
}

/**
 * Sets icon and colours if they differ from what the browser shows: decoding the images of an icon takes longer
 * than signing a request. What the browser shows is recorded in the session, which it drops together with the icon.
 */
async function showIcon(memory: WorkerMemory, view: BadgeView): Promise<void> {
  const color = badgeColour(view);
  const next = `${iconPath(view, 16)} ${color}`;
  const { toolbar } = memory;
  toolbar.shownIcon ??= await readShownIcon();
  if (toolbar.shownIcon === next) return;
  toolbar.shownIcon = undefined;
  await writeShownIcon(null); // killed in between, the next background sets it again
  await Promise.all([
    browser.action.setBadgeBackgroundColor({ color }),
    browser.action.setBadgeTextColor({ color: '#ffffff' }),
    browser.action.setIcon({
      path: Object.fromEntries(([16, 32] as const).map((size) => [size, iconPath(view, size)])),
    }),
  ]);
  await writeShownIcon(next);
  toolbar.shownIcon = next;
}
