// A connected account: its key, and replacing or forgetting it.

import { useState } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import type { Account, Protection as ProtectionKind } from '../../../domain/accounts/account.ts';
import type { Settings } from '../../../domain/accounts/settings.ts';
import type { Snapshot } from '../../../domain/balance/snapshot.ts';
import { requiresAction } from '../../../domain/polling/outcome.ts';
import { explainScopes } from '../../../view/texts/key-scopes.ts';
import { outcomeMessage } from '../../../view/texts/outcome-message.ts';
import type { MessageKey } from '../../../view/texts/translate.ts';
import { Alert } from '../../shared/Alert.tsx';
import { KeyScopesTag } from '../../shared/account/KeyScopesTag.tsx';
import { KeyScopesWarning } from '../../shared/account/KeyScopesWarning.tsx';
import { UnlockForm } from '../../shared/account/UnlockForm.tsx';
import { Button } from '../../shared/Button.tsx';
import { useCommand } from '../../shared/hooks/use-command.ts';
import { ProblemAlert } from '../../shared/ProblemAlert.tsx';
import { Section } from '../Section.tsx';
import { AccountLabel } from './AccountLabel.tsx';
import { ChangeProtection } from './ChangeProtection.tsx';

const PROTECTION_NAMES: Record<ProtectionKind, MessageKey> = {
  none: 'protectionTagNone',
  passphrase: 'protectionTagPassphrase',
};

interface Props {
  account: Account;
  name: string;
  snapshot: Snapshot;
  locked: boolean;
  settings: Settings;
  onReplace: () => void;
  /** @param complete whether everything stored about it is deleted */
  onForgotten: (complete: boolean) => void;
}

export function AccountCard({ account, name, snapshot, locked, settings, onReplace, onForgotten }: Props) {
  const { problem, send } = useCommand();
  const [changing, setChanging] = useState(false);
  const [statusText, setStatusText] = useState('');
  const guarded = account.protection === 'passphrase';
  const { outcome } = snapshot;

  const forget = async () => {
    if (!confirm(i18n.message('forgetConfirm'))) return;
    const result = await send('account/forget', { accountId: account.id });
    // The card disappears with the account: what is left is reported above.
    if (result.ok || result.problem.kind === 'not-deleted') onForgotten(result.ok);
  };

  return (
    <Section
      icon="key"
      class="card"
      title={
        <>
          {name}
          {account.environment === 'demo' && <span class="tag">{i18n.message('demoTag')}</span>}
          <KeyScopesTag scopes={account.scopes} />
        </>
      }
    >
      <p>
        {i18n.message('accountKey', account.keyType, '')} <code>{account.keyId}</code>
        <br />
        <span class="hint">
          {i18n.message(account.environment)} · {i18n.message(PROTECTION_NAMES[account.protection])} ·{' '}
          {i18n.message('accountSince', new Intl.DateTimeFormat(i18n.locale).format(account.connectedAt))}
        </span>
      </p>
      <p>{explainScopes(account.scopes, i18n)}</p>
      {outcome && outcome.kind !== 'ok' && (
        <Alert recovers={!requiresAction(outcome)}>{outcomeMessage(outcome, i18n, Date.now())}</Alert>
      )}
      <KeyScopesWarning account={account} />
      <ProblemAlert problem={problem} />
      <AccountLabel account={account} />
      {locked && <UnlockForm accountId={account.id} />}
      <div class="row">
        {guarded && !locked && (
          <Button onClick={() => void send('account/lock', { accountId: account.id })}>
            {i18n.message('lock')}
          </Button>
        )}
        {guarded && <Button onClick={() => setChanging(true)}>{i18n.message('changeProtection')}</Button>}
        <Button onClick={onReplace}>{i18n.message('replaceKey')}</Button>
        <span class="apart">
          <Button danger onClick={() => void forget()}>
            {i18n.message('forgetKey')}
          </Button>
        </span>
      </div>
      {!guarded && <p class="hint">{i18n.message('protectionFixed')}</p>}
      <p role="status">{statusText}</p>
      {changing && (
        <ChangeProtection
          accountId={account.id}
          settings={settings}
          onChanged={() => {
            setChanging(false);
            setStatusText(i18n.message('protectionChanged'));
          }}
          onCancel={() => setChanging(false)}
        />
      )}
    </Section>
  );
}
