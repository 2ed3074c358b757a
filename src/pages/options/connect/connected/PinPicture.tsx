// A drawing of the browser's toolbar: where to click to pin the icon.

import { i18n } from '../../../../browser/i18n.ts';

/** The steps are also in the text beside it. */
export function PinPicture() {
  return (
    <svg class="where" viewBox="0 0 300 96" role="img" aria-label={i18n.message('whereToPin')}>
      <rect class="sheet" x="1" y="1" width="298" height="94" rx="8" />
      <rect class="box" x="12" y="9" width="196" height="18" rx="9" />
      <rect class="spot" x="222" y="7" width="24" height="22" rx="5" />
      <path class="puzzle" d="M228 13h4a2 2 0 1 1 4 0h4v4a2 2 0 1 1 0 4v4h-12z" />
      <circle class="face" cx="276" cy="18" r="7" />
      <rect class="dialog" x="120" y="38" width="168" height="46" rx="6" />
      <image href="/icons/brand-48.png" x="132" y="52" width="18" height="18" />
      <text x="158" y="65">
        {i18n.message('extensionShortName')}
      </text>
      <rect class="spot" x="254" y="50" width="24" height="22" rx="5" />
      <path class="puzzle" d="M263 55h6l-1 5 3 3h-10l3-3zM266 63v6" />
      <g class="place">
        <circle cx="246" cy="7" r="7" />
        <text x="246" y="10.5" text-anchor="middle">
          1
        </text>
        <circle cx="278" cy="50" r="7" />
        <text x="278" y="53.5" text-anchor="middle">
          2
        </text>
      </g>
    </svg>
  );
}
