// A connected account: what it is, and changing or forgetting its key.

import { useState } from 'preact/hooks';
import { words } from '../../platform/i18n.ts';
import { type Problem, send } from '../../platform/messages.ts';
import type { Account, Protection as ProtectionKind } from '../../portfolio/account.ts';
import { needsUser } from '../../portfolio/outcome.ts';
import type { Settings } from '../../portfolio/settings.ts';
import type { Snapshot } from '../../portfolio/snapshot.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { PowerTag } from '../../ui/KeyPowerTag.tsx';
import { GainedPower } from '../../ui/KeyPowerWarning.tsx';
import { sayProblem } from '../../ui/problem-message.ts';
import { Unlock } from '../../ui/UnlockForm.tsx';
import { explain } from '../../view/outcome-message.ts';
import type { MessageKey } from '../../view/translate.ts';
import { Label } from './AccountLabel.tsx';
import { ChangeProtection } from './ChangeProtection.tsx';

const PROTECTION_NAMES: Record<ProtectionKind, MessageKey> = {
  none: 'protectionTagNone',
  passphrase: 'protectionTagPassphrase',
  session: 'protectionTagSession',
};

interface Props {
  account: Account;
  name: string;
  snapshot: Snapshot;
  locked: boolean;
  settings: Settings;
  onReplace: () => void;
  onForgotten: () => void;
}

export function AccountCard({ account, name, snapshot, locked, settings, onReplace, onForgotten }: Props) {
  const [problem, setProblem] = useState<Problem>();
  const [changing, setChanging] = useState(false);
  const [news, setNews] = useState('');
  const guarded = account.protection === 'passphrase';
  const { outcome } = snapshot;

  const lock = async () => {
    const result = await send('account/lock', { accountId: account.id });
    setProblem(result.ok ? undefined : result.problem);
  };

  const forget = async () => {
    if (!confirm(words.say('forgetConfirm'))) return;
    const result = await send('account/forget', { accountId: account.id });
    if (result.ok) onForgotten();
    else setProblem(result.problem);
  };

  return (
    <section class="section card">
      <h2>
        {name}
        {account.environment === 'demo' && <span class="tag">{words.say('demoTag')}</span>}
        <PowerTag scopes={account.scopes} />
      </h2>
      <p>
        {words.say('accountKey', account.keyType, '')} <code>{account.keyId}</code>
        <br />
        <span class="hint">
          {words.say(account.environment)} · {words.say(PROTECTION_NAMES[account.protection])} ·{' '}
          {words.say('accountSince', new Intl.DateTimeFormat(words.locale).format(account.connectedAt))}
        </span>
      </p>
      {outcome && outcome.kind !== 'ok' && (
        <Alert heals={!needsUser(outcome)}>{explain(outcome, words, Date.now())}</Alert>
      )}
      <GainedPower account={account} />
      {problem && <Alert>{sayProblem(problem, words)}</Alert>}
      <Label account={account} />
      {locked && <Unlock accountId={account.id} />}
      <div class="row">
        {guarded && !locked && <Button onClick={() => void lock()}>{words.say('lock')}</Button>}
        {guarded && <Button onClick={() => setChanging(true)}>{words.say('changeProtection')}</Button>}
        <Button onClick={onReplace}>{words.say('replaceKey')}</Button>
        <Button onClick={() => void forget()}>{words.say('forgetKey')}</Button>
      </div>
      {!guarded && <p class="hint">{words.say('protectionFixed')}</p>}
      <p role="status">{news}</p>
      {changing && (
        <ChangeProtection
          accountId={account.id}
          settings={settings}
          onChanged={() => {
            setChanging(false);
            setNews(words.say('protectionChanged'));
          }}
          onCancel={() => setChanging(false)}
        />
      )}
    </section>
  );
}
