// The warning that a key is now allowed to do more than when it was connected. Its owner may not have changed that.

import { i18n } from '../../../browser/i18n.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import type { Account } from '../../../domain/accounts/account.ts';
import { isWider } from '../../../domain/accounts/key-scopes.ts';
import { describeScopes } from '../../../view/texts/key-scopes.ts';
import { Alert } from '../Alert.tsx';
import { Button } from '../Button.tsx';

export function KeyScopesWarning({ account: { id, scopes, acceptedScopes } }: { account: Account }) {
  if (!isWider(scopes, acceptedScopes)) return null;
  return (
    <div class="trouble">
      <Alert>
        {i18n.message('keyNewPermissions', describeScopes(scopes, i18n))}
        <Button onClick={() => void sendCommand('account/accept-scopes', { accountId: id, scopes })}>
          {i18n.message('acceptScopes')}
        </Button>
      </Alert>
    </div>
  );
}
