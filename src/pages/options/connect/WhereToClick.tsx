// A drawing of Kalshi's page: where to click for a new API key, in three numbered places.

import { i18n } from '../../../browser/i18n.ts';

/** The labels on Kalshi's page (https://docs.kalshi.com/getting_started/quick_start_authenticated_requests). */
const [SITE, SECURITY, KEYS, CREATE] = ['kalshi.com', 'Account & security', 'API Keys', 'Create key'];

/** The steps are also in the text beside it. */
export function WhereToClick() {
  return (
    <svg class="where" viewBox="0 0 300 118" role="img" aria-label={i18n.message('whereToClick')}>
      <rect class="sheet" x="1" y="1" width="298" height="116" rx="8" />
      <path class="edge" d="M1 26h298M112 26v91" />
      <text class="title" x="14" y="18">
        {SITE}
      </text>
      <circle class="face" cx="280" cy="14" r="7" />
      <rect class="spot" x="6" y="36" width="98" height="22" rx="5" />
      <text x="12" y="51">
        {SECURITY}
      </text>
      <path class="edge" d="M12 74h60M12 90h46" />
      <text class="title" x="124" y="51">
        {KEYS}
      </text>
      <path class="edge" d="M124 64h164M124 80h164M124 96h164" />
      <rect class="spot" x="206" y="36" width="82" height="22" rx="5" />
      <text x="218" y="51">
        {CREATE}
      </text>
      <Place number={1} x={266} y={14} />
      <Place number={2} x={104} y={36} />
      <Place number={3} x={288} y={36} />
    </svg>
  );
}

function Place({ number, x, y }: { number: number; x: number; y: number }) {
  return (
    <g class="place">
      <circle cx={x} cy={y} r="7" />
      <text x={x} y={y + 3.5} text-anchor="middle">
        {number}
      </text>
    </g>
  );
}
