// The lasting mark of a key that can do more than look.

import { words } from '../platform/i18n.ts';
import { powerOf, type Scopes } from '../portfolio/key-scopes.ts';

export function PowerTag({ scopes }: { scopes: Scopes }) {
  const power = powerOf(scopes);
  if (power !== 'trade' && power !== 'money') return null;
  return <span class="tag">{words.say(power === 'trade' ? 'powerTagTrade' : 'powerTagMoney')}</span>;
}
