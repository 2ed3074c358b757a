// Puts the badge on the toolbar, and the popup's first frame where the popup finds it: always from what is stored,
// never from what was just heard.

import { hasRoomFor } from '../platform/badge-room.ts';
import { browser } from '../platform/browser.ts';
import { momentOf } from '../platform/clock.ts';
import { noteIcon, shownIcon, writeFirstFrame } from '../platform/session.ts';
import { readState, type State } from '../platform/state.ts';
import { words } from '../platform/words.ts';
import { fitted } from '../portfolio/badge-text.ts';
import {
  type BadgeLook,
  type BadgeView,
  badgeView,
  brokenBadge,
  emptyBadge,
} from '../portfolio/badge-view.ts';
import { firstFrameOf } from '../portfolio/first-frame.ts';
import { type Shown, shownFor } from '../portfolio/shown.ts';

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

let painting: Promise<void> = Promise.resolve();

/** Repaints from storage. One after the other, so that the last to paint has read last. */
export function paint(): Promise<void> {
  painting = painting.then(paintNow, paintNow);
  return painting;
}

async function paintNow(): Promise<void> {
  const state = await readState();
  const shown = state.lost ? null : shownFor(state, state.settings.shownAccount, words);
  const now = Date.now();
  await Promise.all([
    show(viewOf(state, shown, now)),
    writeFirstFrame(shown && firstFrameOf(shown, state.settings, words, now)),
  ]);
}

function viewOf({ lost, settings }: State, shown: Shown | null, now: number): BadgeView {
  if (lost) return brokenBadge(words);
  return shown ? badgeView(shown, settings, words, momentOf(now)) : emptyBadge(words);
}

async function show(view: BadgeView): Promise<void> {
  const { action } = browser;
  await Promise.all([
    action.setBadgeText({ text: fitted(view.text, hasRoomFor) }),
    action.setBadgeBackgroundColor({ color: view.demo && view.look === 'live' ? DEMO : COLOURS[view.look] }),
    action.setBadgeTextColor({ color: '#ffffff' }),
    showIcon(ICONS[view.look]),
    action.setTitle({ title: view.title }),
  ]);
}

/**
 * The icon, if it is another than the browser shows: three pictures are read and decoded for it, which at every start
 * of the background took longer than signing. What the browser shows is noted in memory that ends when it forgets it.
 */
async function showIcon(name: string): Promise<void> {
  if ((await shownIcon()) === name) return;
  await noteIcon(null); // ended in between, the next life shows it again
  await browser.action.setIcon({ path: iconPaths(name) });
  await noteIcon(name);
}

function iconPaths(name: string): Record<string, string> {
  return Object.fromEntries([16, 32, 48].map((size) => [size, `/icons/${name}-${size}.png`]));
}
