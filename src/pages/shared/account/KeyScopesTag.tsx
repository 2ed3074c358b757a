// A tag that marks a key that can do more than read.

import { i18n } from '../../../browser/i18n.ts';
import { powerOf, type Scopes } from '../../../domain/accounts/key-scopes.ts';

export function KeyScopesTag({ scopes }: { scopes: Scopes }) {
  const power = powerOf(scopes);
  if (power !== 'trade' && power !== 'money') return null;
  return <span class="tag">{i18n.message(power === 'trade' ? 'powerTagTrade' : 'powerTagMoney')}</span>;
}
