// The first step of connecting: creating a key at Kalshi, in one of its environments.

import { i18n } from '../../../../browser/i18n.ts';
import type { Environment } from '../../../../domain/accounts/account.ts';
import { WhereToClick } from './WhereToClick.tsx';

/** Where members create API keys (https://docs.kalshi.com/getting_started/api_keys). */
const KEYS_PAGE: Record<Environment, string> = {
  production: 'https://kalshi.com/account/profile',
  demo: 'https://demo.kalshi.co/account/profile',
};

/** @param first whether this is the next thing to do */
export function CreateAtKalshi({ environment, first }: { environment: Environment; first: boolean }) {
  return (
    <div class="how">
      <div class="stack">
        <a
          class={first ? 'button main' : 'button'}
          href={KEYS_PAGE[environment]}
          target="_blank"
          rel="noopener noreferrer"
        >
          {i18n.message('openKeysPage')}
        </a>
        <p>{i18n.message('connectSteps')}</p>
      </div>
      <WhereToClick />
    </div>
  );
}
