// A drawing of Kalshi's page: where to click for a new API key, and which scope to choose, in four numbered places.

import { i18n } from '../../../../browser/i18n.ts';

/** The labels on Kalshi's page (https://docs.kalshi.com/getting_started/quick_start_authenticated_requests). */
const [SITE, SECURITY, KEYS, CREATE] = ['kalshi.com', 'Account & security', 'API Keys', 'Create key'];
/** Scopes of a key, the recommended one first (https://docs.kalshi.com/getting_started/api_keys). */
const SCOPES = ['read::portfolio_balance', 'read', 'write'];

/** The steps are also in the text beside it. */
export function WhereToClick() {
  return (
    <svg class="where" viewBox="0 0 300 150" role="img" aria-label={i18n.message('whereToClick')}>
      <rect class="sheet" x="1" y="1" width="298" height="148" rx="8" />
      <path class="edge" d="M1 24h298" />
      <text class="title" x="14" y="17">
        {SITE}
      </text>
      <circle class="face" cx="280" cy="13" r="7" />
      <rect class="spot" x="8" y="34" width="98" height="20" rx="5" />
      <text x="14" y="48">
        {SECURITY}
      </text>
      <text class="title" x="14" y="74">
        {KEYS}
      </text>
      <path class="edge" d="M14 84h84M14 98h84M14 112h84" />
      <rect class="dialog" x="124" y="34" width="166" height="106" rx="6" />
      <text class="title" x="136" y="50">
        {CREATE}
      </text>
      {SCOPES.map((scope, index) => (
        <g key={scope} class={index === 0 ? 'scope chosen' : 'scope'}>
          {index === 0 && <rect class="spot" x="132" y="58" width="152" height="18" rx="4" />}
          <rect class="box" x="138" y={62 + index * 18} width="10" height="10" rx="2" />
          {index === 0 && <path class="tick" d="m140 67 2.5 2.5 4-5" />}
          <text x="154" y={71 + index * 18}>
            {scope}
          </text>
        </g>
      ))}
      <rect class="spot" x="214" y="114" width="66" height="19" rx="5" />
      <text x="224" y="127">
        {CREATE}
      </text>
      <Place number={1} x={266} y={13} />
      <Place number={2} x={106} y={34} />
      <Place number={3} x={284} y={58} />
      <Place number={4} x={280} y={114} />
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
