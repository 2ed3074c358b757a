// The alerts of each account.

import { i18n } from '../../../browser/i18n.ts';
import { hasNotificationPermission, requestNotificationPermission } from '../../../browser/notifications.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import type { Account } from '../../../domain/accounts/account.ts';
import { alertsOf } from '../../../domain/accounts/account-data.ts';
import { canReadPortfolio } from '../../../domain/accounts/key-scopes.ts';
import { accountData, isLocked, type ReadyState } from '../../../domain/accounts/state.ts';
import { type AlertRules, hasRules } from '../../../domain/alerts/rules.ts';
import { accountName } from '../../../view/displayed-account.ts';
import type { RuleUnit } from '../../../view/texts/rule-text.ts';
import type { MessageKey } from '../../../view/texts/translate.ts';
import { Alert } from '../../shared/Alert.tsx';
import { Button } from '../../shared/Button.tsx';
import { Checkbox } from '../../shared/Checkbox.tsx';
import { usePermission } from '../../shared/hooks/use-permission.ts';
import { Section } from '../Section.tsx';
import { RuleField } from './RuleField.tsx';

type Switch = 'payout' | 'fill' | 'key';

const FIELDS: [rule: Exclude<keyof AlertRules, Switch | 'watched'>, name: MessageKey, unit: RuleUnit][] = [
  ['totalAbove', 'ruleTotalAbove', 'dollars'],
  ['totalBelow', 'ruleTotalBelow', 'dollars'],
  ['cashAbove', 'ruleCashAbove', 'dollars'],
  ['cashBelow', 'ruleCashBelow', 'dollars'],
  ['changeAmount', 'ruleChangeAmount', 'dollars'],
  ['changeShare', 'ruleChangeShare', 'percent'],
  ['marketMove', 'ruleMarketMove', 'cents'],
  ['closesWithin', 'ruleClosesWithin', 'minutes'],
  ['silentFor', 'ruleSilentFor', 'minutes'],
  ['summaryAt', 'ruleSummaryAt', 'time'],
  ['quietFrom', 'ruleQuietFrom', 'time'],
  ['quietTo', 'ruleQuietTo', 'time'],
];
const SWITCHES: [rule: Switch, name: MessageKey][] = [
  ['payout', 'rulePayout'],
  ['fill', 'ruleFill'],
  ['key', 'ruleKey'],
];

/** They look at positions and trades, which a key that reads the balance alone cannot read. */
const NEED_READ: readonly (keyof AlertRules)[] = ['payout', 'fill', 'marketMove', 'closesWithin'];

export function AlertsSection({ state }: { state: ReadyState }) {
  return (
    <Section icon="alerts" title={i18n.message('alertsHeading')} hint={i18n.message('alertsHint')}>
      {state.accounts.map((account) => (
        <Rules
          key={account.id}
          account={account}
          locked={isLocked(state, account)}
          name={state.accounts.length > 1 ? accountName(account, state.accounts, i18n) : undefined}
          rules={alertsOf(accountData(state, account.id)).rules}
        />
      ))}
    </Section>
  );
}

interface Props {
  account: Account;
  locked: boolean;
  /** Shown if there are several accounts. */
  name: string | undefined;
  rules: AlertRules;
}

function Rules({ account: { id, scopes }, locked, name, rules }: Props) {
  const granted = usePermission(hasNotificationPermission);
  const store = (rules: Partial<AlertRules>) => sendCommand('alerts/change', { accountId: id, rules });
  const change = async (rules: Partial<AlertRules>) => {
    // Requested directly in the handler of the click that switches an alert on.
    const isOn = Object.values(rules).some((value) => value !== null && value !== false);
    if (isOn && granted === false) await requestNotificationPermission();
    await store(rules);
  };
  const cannotFire = (rule: keyof AlertRules) => !canReadPortfolio(scopes) && NEED_READ.includes(rule);
  const field = (rule: string) => `${rule}-${id}`;
  if (locked) {
    return (
      <>
        {name && <h3>{name}</h3>}
        <p class="hint">{i18n.message('problemLocked')}</p>
      </>
    );
  }
  return (
    <>
      {name && <h3>{name}</h3>}
      {hasRules(rules) && granted === false && (
        <Alert>
          <p>{i18n.message('alertsRefused')}</p>
          <Button onClick={() => void requestNotificationPermission()}>
            {i18n.message('allowNotifications')}
          </Button>
        </Alert>
      )}
      {!canReadPortfolio(scopes) && <p class="hint">{i18n.message('ruleNeedsRead')}</p>}
      {SWITCHES.map(([rule, message]) => (
        <Checkbox
          key={rule}
          id={field(rule)}
          label={i18n.message(message)}
          checked={rules[rule]}
          disabled={cannotFire(rule)}
          onChange={(wanted) => void change({ [rule]: wanted })}
        />
      ))}
      <div class="rules">
        {FIELDS.map(([rule, message, unit]) => (
          <RuleField
            key={rule}
            id={field(rule)}
            name={i18n.message(message)}
            unit={unit}
            value={rules[rule]}
            disabled={cannotFire(rule)}
            onType={(value) => void store({ [rule]: value })}
            onChange={(value) => void change({ [rule]: value })}
          />
        ))}
      </div>
    </>
  );
}
