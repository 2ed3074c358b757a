// A generated key pair that waits for the key ID that Kalshi shows for its public key.

import { useState } from 'preact/hooks';
import { i18n } from '../../../../browser/i18n.ts';
import type { PendingKey } from '../../../../domain/accounts/account.ts';
import { isConsented, type Scopes } from '../../../../domain/accounts/key-scopes.ts';
import { UnlockForm } from '../../../shared/account/UnlockForm.tsx';
import { Button } from '../../../shared/Button.tsx';
import { useCommand } from '../../../shared/hooks/use-command.ts';
import { useHostPermission } from '../../../shared/hooks/use-permission.ts';
import { ProblemAlert } from '../../../shared/ProblemAlert.tsx';
import { Section } from '../../Section.tsx';
import { ConsentCheckbox } from '../ConsentCheckbox.tsx';
import { KeyIdField } from '../key-input/KeyIdField.tsx';

interface Props {
  pending: PendingKey;
  locked: boolean;
  onConnected: (accountId: string) => void;
  onDiscarded: () => void;
}

export function PendingKeyCard({ pending, locked, onConnected, onDiscarded }: Props) {
  const [keyId, setKeyId] = useState('');
  const [acceptScopes, setAcceptScopes] = useState<Scopes>();
  const [copied, setCopied] = useState(false);
  const { busy, problem, send } = useCommand();
  const { requestAccess } = useHostPermission(pending.environment);

  const connect = async () => {
    const result = await send('pair/connect', { keyId, acceptScopes }, requestAccess());
    if (result.ok) onConnected(result.value.accountId);
  };
  const discard = async () => {
    if (!confirm(i18n.message('discardConfirm'))) return;
    const result = await send('pair/discard', {});
    if (result.ok) onDiscarded();
  };
  const copy = () => navigator.clipboard.writeText(pending.publicPem).then(() => setCopied(true));

  return (
    <Section
      icon="key"
      title={
        <>
          {i18n.message('generateHeading')}
          {pending.environment === 'demo' && <span class="tag">{i18n.message('demoTag')}</span>}
        </>
      }
      hint={i18n.message('generateSteps')}
    >
      <div class="field">
        <label for="public-key">{i18n.message('generatePublicKey')}</label>
        <textarea
          id="public-key"
          class="pem"
          rows={pending.keyType === 'RSA' ? 9 : 3}
          readOnly
          value={pending.publicPem}
        />
      </div>
      <div class="row">
        <Button onClick={() => void copy()}>{i18n.message('copy')}</Button>
        <span role="status">{copied && i18n.message('copied')}</span>
      </div>
      {locked ? (
        <UnlockForm accountId={pending.id} />
      ) : (
        <>
          <KeyIdField value={keyId} onChange={setKeyId} />
          <ProblemAlert problem={problem} />
          {problem?.kind === 'can-act' && (
            <ConsentCheckbox scopes={problem.scopes} accepted={acceptScopes} onChange={setAcceptScopes} />
          )}
          <div class="row">
            <Button
              main
              busy={busy}
              unavailable={problem?.kind === 'can-act' && !isConsented(problem.scopes, acceptScopes)}
              onClick={() => void connect()}
            >
              {i18n.message('connectPair')}
            </Button>
            <Button danger onClick={() => void discard()}>
              {i18n.message('generateDiscard')}
            </Button>
          </div>
        </>
      )}
    </Section>
  );
}
