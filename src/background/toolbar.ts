// Puts the badge on the toolbar, and the popup's first frame where the popup finds it: always from what is stored,
// never from what was just heard.

import { fitsBadge } from '../platform/badge-width.ts';
import { browser } from '../platform/browser.ts';
import { momentOf } from '../platform/clock.ts';
import { i18n } from '../platform/i18n.ts';
import { readShownLook, writePopupPreview, writeShownLook } from '../storage/session.ts';
import { readState, type State } from '../storage/state.ts';
import { fitBadgeText } from '../view/badge-text.ts';
import { type BadgeLook, type BadgeView, badgeView, brokenBadge, emptyBadge } from '../view/badge-view.ts';
import { displayedAccount, type Shown } from '../view/displayed-account.ts';
import { popupPreviewOf } from '../view/popup-preview.ts';
import { lockCount } from './accounts/lock-state.ts';

/** White on each of these is at least 4.5 : 1. Staleness is told by the icon's shape as well, never by colour alone. */
const COLOURS: Record<BadgeLook, string> = {
  live: '#0b7a5f',
  stale: '#5c6673',
  attention: '#b3341f',
  idle: '#5c6673',
  locked: '#5c6673',
};
const DEMO = '#8a5a00';

/** The icons of public/icons: a full disc, an empty ring, a triangle, a padlock. */
const ICONS: Record<BadgeLook, string> = {
  live: 'live',
  stale: 'stale',
  attention: 'attention',
  idle: 'live',
  locked: 'locked',
};

let painting: Promise<unknown> = Promise.resolve();
/** How often somebody has asked for a repaint in this life of the background. */
let asked = 0;

/** Repaints from storage. One after the other, so that the last to paint has read last. */
export function paint(): Promise<void> {
  return paintFrom(readState, lockCount);
}

/**
 * To be called before something is read: gives what repaints from what was read, or written over it. If somebody asks
 * for a repaint in between, what they have changed may not be in it, and it is read again.
 */
export function painter(): (state: State) => Promise<void> {
  const [before, locks] = [asked, lockCount()];
  return (state) =>
    asked === before
      ? paintFrom(
          async () => state,
          () => locks,
        )
      : paint();
}

/** @param locksBefore the count of locks before the state was read */
function paintFrom(read: () => Promise<State>, locksBefore: () => number): Promise<void> {
  asked++;
  const work = async () => {
    const locks = locksBefore();
    await paintNow(await read(), () => lockCount() === locks);
  };
  const done = painting.then(work, work);
  painting = done;
  return done;
}

/**
 * @param isTrue whether nothing was locked since the state was read. Asked before every write, in the same turn: a lock
 * that comes then has its own repaint, which writes later
 */
async function paintNow(state: State, isTrue: () => boolean): Promise<void> {
  const { action } = browser;
  const shown =
    state.kind === 'unreadable' ? null : displayedAccount(state, state.settings.shownAccount, i18n);
  const now = Date.now();
  const view = viewOf(state, shown, now);
  const frame = shown && state.kind === 'ready' ? popupPreviewOf(shown, state.settings, i18n, now) : null;
  // The text first and alone: what the browser does for the rest would come before it is drawn.
  if (!isTrue()) return;
  const text = action.setBadgeText({ text: fitBadgeText(view.text, fitsBadge) });
  await text.catch(() => undefined);
  if (!isTrue()) return text;
  await Promise.all([text, showLook(view), action.setTitle({ title: view.title }), writePopupPreview(frame)]);
}

function viewOf(state: State, shown: Shown | null, now: number): BadgeView {
  if (state.kind === 'unreadable') return brokenBadge(i18n);
  return shown ? badgeView(shown, state.settings, i18n, momentOf(now)) : emptyBadge(i18n);
}

/** What this life of the background knows to be on the toolbar. */
let there: unknown;

/**
 * Icon and colours, if they are others than the browser shows: three pictures are read and decoded for the icon, which
 * at every start of the background took longer than signing. What the browser shows is noted in memory that ends when
 * it forgets it.
 */
async function showLook({ look: of, demo }: BadgeView): Promise<void> {
  const icon = ICONS[of];
  const color = demo && of === 'live' ? DEMO : COLOURS[of];
  const look = `${icon} ${color}`;
  there ??= await readShownLook();
  if (there === look) return;
  there = undefined;
  await writeShownLook(null); // ended in between, the next life shows it again
  await Promise.all([
    browser.action.setBadgeBackgroundColor({ color }),
    browser.action.setBadgeTextColor({ color: '#ffffff' }),
    browser.action.setIcon({
      path: Object.fromEntries([16, 32, 48].map((size) => [size, `/icons/${icon}-${size}.png`])),
    }),
  ]);
  await writeShownLook(look);
  there = look;
}

/** Whether the toolbar shows what an earlier life of the background, or this one, has painted. */
export async function isPainted(): Promise<boolean> {
  there ??= await readShownLook();
  return there !== undefined;
}

/** Whether somebody has asked this life for a repaint. */
export function wasAsked(): boolean {
  return asked > 0;
}
