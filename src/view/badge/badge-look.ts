// The colours and icons of the toolbar, for each look.

import type { BadgeLook, BadgeView } from './badge-view.ts';

/** White on each of these has a contrast of at least 4.5:1. The icon's shape shows the state as well, not colour alone. */
const COLOURS: Record<BadgeLook, string> = {
  live: '#0b7a5f',
  stale: '#5c6673',
  attention: '#b3341f',
  idle: '#5c6673',
  locked: '#5c6673',
};
const DEMO_COLOUR = '#8a5a00';

/** The icons of public/icons: a full disc, an empty ring, a triangle, a padlock. */
const ICONS: Record<BadgeLook, string> = {
  live: 'live',
  stale: 'stale',
  attention: 'attention',
  idle: 'live',
  locked: 'locked',
};

/** The background colour of the badge. Its text is white. */
export function badgeColour({ look, demo }: Pick<BadgeView, 'look' | 'demo'>): string {
  return demo && look === 'live' ? DEMO_COLOUR : COLOURS[look];
}

/** The path of the icon, in one of the sizes 16, 32, 48 pixels. */
export function iconPath({ look }: Pick<BadgeView, 'look'>, size: 16 | 32 | 48): string {
  return `/icons/${ICONS[look]}-${size}.png`;
}
