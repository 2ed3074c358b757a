// The alerts of each account.

import { i18n } from '../../platform/i18n.ts';
import { sendCommand } from '../../platform/messages.ts';
import { requestNotificationPermission } from '../../platform/notifications.ts';
import type { Account } from '../../portfolio/account.ts';
import { alertsOf } from '../../portfolio/account-data.ts';
import { type AlertRules, hasRules } from '../../portfolio/alerts/rules.ts';
import { accountData, type ReadyState } from '../../storage/state.ts';
import { Alert } from '../../ui/Alert.tsx';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { useNotificationPermission } from '../../ui/hooks/use-notification-permission.ts';
import { accountName } from '../../view/displayed-account.ts';
import type { RuleUnit } from '../../view/rule-text.ts';
import type { MessageKey } from '../../view/translate.ts';
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
  ['marketMove', 'ruleMarketMove', 'percent'],
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

export function AlertsSection({ state }: { state: ReadyState }) {
  return (
    <Section icon="alerts" title={i18n.message('alertsHeading')} hint={i18n.message('alertsHint')}>
      {state.accounts.map((account) => (
        <Rules
          key={account.id}
          account={account}
          name={state.accounts.length > 1 ? accountName(account, state.accounts, i18n) : undefined}
          rules={alertsOf(accountData(state, account.id)).rules}
        />
      ))}
    </Section>
  );
}

interface Props {
  account: Account;
  /** Shown if there are several accounts. */
  name: string | undefined;
  rules: AlertRules;
}

function Rules({ account: { id }, name, rules }: Props) {
  const granted = useNotificationPermission();
  const change = async (rules: Partial<AlertRules>) => {
    // Requested directly in the handler of the click that switches an alert on.
    const isOn = Object.values(rules).some((value) => value !== null && value !== false);
    if (isOn && granted === false) await requestNotificationPermission();
    await sendCommand('alerts/change', { accountId: id, rules });
  };
  const field = (rule: string) => `${rule}-${id}`;
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
      {SWITCHES.map(([rule, message]) => (
        <Checkbox
          key={rule}
          id={field(rule)}
          label={i18n.message(message)}
          checked={rules[rule]}
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
            onChange={(value) => void change({ [rule]: value })}
          />
        ))}
      </div>
    </>
  );
}
