// Puts the badge on the toolbar: always from what is stored, never from what was just heard.

import { browser } from '../platform/browser.ts';
import { momentOf } from '../platform/clock.ts';
import { readState } from '../platform/state.ts';
import { words } from '../platform/words.ts';
import {
  type BadgeLook,
  type BadgeView,
  badgeView,
  brokenBadge,
  emptyBadge,
} from '../portfolio/badge-view.ts';
import { shownFor } from '../portfolio/shown.ts';

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
  await show(await currentView());
}

async function currentView(): Promise<BadgeView> {
  const state = await readState();
  if (state.lost) return brokenBadge(words);
  const shown = shownFor(state, state.settings.shownAccount, words);
  return shown ? badgeView(shown, state.settings, words, momentOf(Date.now())) : emptyBadge(words);
}

async function show(view: BadgeView): Promise<void> {
  const { action } = browser;
  await Promise.all([
    action.setBadgeText({ text: view.text }),
    action.setBadgeBackgroundColor({ color: view.demo && view.look === 'live' ? DEMO : COLOURS[view.look] }),
    action.setBadgeTextColor({ color: '#ffffff' }),
    action.setIcon({ path: iconPaths(ICONS[view.look]) }),
    action.setTitle({ title: view.title }),
  ]);
}

function iconPaths(name: string): Record<string, string> {
  return Object.fromEntries([16, 32, 48].map((size) => [size, `/icons/${name}-${size}.png`]));
}
