// The colours and icons of the toolbar, for each look.

import type { BadgeView, Direction } from './badge-view.ts';

/** What decides on icon and colour. `text`: the icon without a badge is drawn in the middle. */
export type BadgeAppearance = Pick<BadgeView, 'text' | 'look' | 'demo' | 'direction'>;

/**
 * White on each of these has a contrast of at least 4.5:1. Green and red are directions and nothing else. The icon's shape
 * shows state and direction as well, not colour alone.
 */
const INK = '#263445';
const GREY = '#66707d';
const AMBER = '#8a5a00';
const DEMO = '#6d3fc4';
const DIRECTIONS: Record<Direction, string> = { up: '#0a7a4b', down: '#b3341f', flat: INK };

/** The background colour of the badge. Its text is white. */
export function badgeColour({ look, demo, direction }: BadgeAppearance): string {
  switch (look) {
    case 'live':
      return demo ? DEMO : direction ? DIRECTIONS[direction] : INK;
    case 'attention':
      return AMBER;
    default:
      return GREY;
  }
}

/**
 * The name of an icon in public/icons. A change has no sign on the badge, so its direction is in every icon, outdated and
 * attention included.
 */
function iconName({ text, look, demo, direction }: BadgeAppearance): string {
  switch (look) {
    case 'live':
      if (text === '') return 'brand';
      return direction ?? (demo ? 'demo' : 'live');
    case 'stale':
    case 'attention':
      if (text === '') return `${look}-alone`;
      return direction ? `${look}-${direction}` : look;
    case 'idle':
      return text === '' ? 'brand' : 'live';
    default:
      return look;
  }
}

/** The path of the icon, in one of the sizes 16, 32 pixels: for screens with one and with two pixels per point. */
export function iconPath(view: BadgeAppearance, size: 16 | 32): string {
  return `/icons/${iconName(view)}-${size}.png`;
}
