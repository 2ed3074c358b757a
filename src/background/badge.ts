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
/** How often somebody has asked for a repaint in this life of the background. */
let asked = 0;

/** Repaints from storage. One after the other, so that the last to paint has read last. */
export function paint(): Promise<void> {
  return paintFrom(readState);
}

/**
 * To be called before something is read: gives what repaints from what was read, or written over it. If somebody asks
 * for a repaint in between, what they have changed may not be in it, and it is read again.
 */
export function painter(): (state: State) => Promise<void> {
  const before = asked;
  return (state) => paintFrom(asked === before ? async () => state : readState);
}

function paintFrom(read: () => Promise<State>): Promise<void> {
  asked++;
  const work = async () => paintNow(await read());
  painting = painting.then(work, work);
  return painting;
}

async function paintNow(state: State): Promise<void> {
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
  const colour = view.demo && view.look === 'live' ? DEMO : COLOURS[view.look];
  await Promise.all([
    put('text', fitted(view.text, hasRoomFor), (text) => action.setBadgeText({ text })),
    put('colour', colour, (color) => action.setBadgeBackgroundColor({ color })),
    put('ink', '#ffffff', (color) => action.setBadgeTextColor({ color })),
    put('icon', ICONS[view.look], showIcon),
    put('title', view.title, (title) => action.setTitle({ title })),
  ]);
}

/** What this life of the background has put on the toolbar. */
const there = new Map<string, string>();

/** Puts a part on the toolbar, unless this life has done so: most polls change nothing but the tooltip. */
async function put(part: string, value: string, set: (value: string) => Promise<void>): Promise<void> {
  if (there.get(part) === value) return;
  there.delete(part);
  await set(value);
  there.set(part, value);
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
