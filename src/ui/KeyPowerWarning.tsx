// A key that may do more than when it was connected: somebody changed that at Kalshi, and it may not have been its owner.

import { words } from '../platform/i18n.ts';
import { send } from '../platform/messages.ts';
import type { Account } from '../portfolio/account.ts';
import { isWider, POWER_NAMES, powerOf } from '../portfolio/key-scopes.ts';
import { Alert } from './Alert.tsx';
import { Button } from './Button.tsx';

export function GainedPower({ account: { id, scopes, acceptedScopes } }: { account: Account }) {
  if (!isWider(scopes, acceptedScopes)) return null;
  return (
    <div class="trouble">
      <Alert>
        {words.say('keyGainedPower', words.say(POWER_NAMES[powerOf(scopes)]))}
        <Button onClick={() => void send('account/accept-scopes', { accountId: id })}>
          {words.say('acceptScopes')}
        </Button>
      </Alert>
    </div>
  );
}
