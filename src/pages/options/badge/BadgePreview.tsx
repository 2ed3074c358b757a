// The icon with its badge as the toolbar shows it, on a light and on a dark toolbar.

import { fitsBadge } from '../../../browser/badge-width.ts';
import { type BadgeAppearance, badgeColour, iconPath } from '../../../view/badge/badge-look.ts';
import { fitBadgeText } from '../../../view/badge/badge-text.ts';

/** A size in pixels of the icon and the badge, like those of both browsers. */
const [ICON, BADGE_HEIGHT, LETTER] = [18, 13, 6.2];

/** Decorative: the radio button beside it has the name, and the figures are in the popup. */
export function BadgePreview({ view }: { view: BadgeAppearance }) {
  const text = fitBadgeText(view.text, view.direction === 'down', fitsBadge);
  const width = Math.max(BADGE_HEIGHT, text.length * LETTER + 6);
  return (
    <span class="previews" aria-hidden="true">
      {(['light', 'dark'] as const).map((theme) => (
        <svg
          key={theme}
          aria-hidden="true"
          class={`preview ${theme}`}
          viewBox="0 0 44 30"
          width="44"
          height="30"
        >
          <image href={iconPath(view, 32)} x="10" y="5" width={ICON} height={ICON} />
          {text && (
            <>
              <rect
                x={38 - width}
                y={15}
                width={width}
                height={BADGE_HEIGHT}
                rx={3}
                fill={badgeColour(view)}
              />
              <text x={38 - width / 2} y={25} text-anchor="middle">
                {text}
              </text>
            </>
          )}
        </svg>
      ))}
    </span>
  );
}
