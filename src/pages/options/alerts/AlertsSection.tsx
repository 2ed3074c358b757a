// The alerts of each account.

import { useState } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import { requestNotificationPermission } from '../../../browser/notifications.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import type { Account } from '../../../domain/accounts/account.ts';
import { alertsOf } from '../../../domain/accounts/account-data.ts';
import { canReadPortfolio } from '../../../domain/accounts/key-scopes.ts';
import { accountData, isLocked, type ReadyState } from '../../../domain/accounts/state.ts';
import { type AlertRules, hasRules } from '../../../domain/alerts/rules.ts';
import { exactTotal, type Figures } from '../../../domain/balance/snapshot.ts';
import type { Micros } from '../../../domain/money.ts';
import { accountName } from '../../../view/displayed-account.ts';
import type { RuleUnit } from '../../../view/texts/rule-text.ts';
import type { MessageKey } from '../../../view/texts/translate.ts';
import { Checkbox } from '../../shared/Checkbox.tsx';
import { Section } from '../Section.tsx';
import { Permission } from './Permission.tsx';
import { RuleField } from './RuleField.tsx';

type Switch = 'payout' | 'fill' | 'key';

type Field = [rule: Exclude<keyof AlertRules, Switch | 'watched'>, name: MessageKey, unit: RuleUnit];

const AMOUNTS: Field[] = [
  ['totalAbove', 'ruleTotalAbove', 'dollars'],
  ['totalBelow', 'ruleTotalBelow', 'dollars'],
  ['cashAbove', 'ruleCashAbove', 'dollars'],
  ['cashBelow', 'ruleCashBelow', 'dollars'],
  ['changeAmount', 'ruleChangeAmount', 'dollars'],
  ['changeShare', 'ruleChangeShare', 'percent'],
];
const OTHERS: Field[] = [
  ['marketMove', 'ruleMarketMove', 'cents'],
  ['closesWithin', 'ruleClosesWithin', 'minutes'],
  ['silentFor', 'ruleSilentFor', 'minutes'],
];
const TIMES: Field[] = [
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
  const [refused, setRefused] = useState(false);
  const allow = async () => {
    const isAllowed = await requestNotificationPermission();
    setRefused(!isAllowed);
    return isAllowed;
  };
  return (
    <Section icon="alerts" title={i18n.message('alertsHeading')} hint={i18n.message('alertsHint')}>
      {state.accounts.map((account) => (
        <Rules
          key={account.id}
          account={account}
          locked={isLocked(state, account)}
          name={state.accounts.length > 1 ? accountName(account, state.accounts, i18n) : undefined}
          rules={alertsOf(accountData(state, account.id)).rules}
          allow={allow}
          figures={accountData(state, account.id).snapshot.figures}
        />
      ))}
      <Permission
        refused={refused}
        allow={allow}
        isUsed={state.accounts.some(({ id }) => hasRules(alertsOf(accountData(state, id)).rules))}
      />
    </Section>
  );
}

interface Props {
  account: Account;
  locked: boolean;
  /** Shown if there are several accounts. */
  name: string | undefined;
  rules: AlertRules;
  /** Requests the permission for notifications, if it is not granted. */
  allow: () => Promise<boolean>;
  /** The last good figures. */
  figures: Figures | null;
}

function Rules({ account: { id, scopes }, locked, name, rules, allow, figures }: Props) {
  const store = (rules: Partial<AlertRules>) => sendCommand('alerts/change', { accountId: id, rules });
  const change = async (rules: Partial<AlertRules>) => {
    // Requested directly in the handler of the click that switches an alert on.
    const isOn = Object.values(rules).some((value) => value !== null && value !== false);
    if (isOn) void allow();
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
      {[AMOUNTS, OTHERS, TIMES].map((fields) => (
        <div class="rules" key={fields[0]?.[0]}>
          {fields.map(([rule, message, unit]) => (
            <RuleField
              key={rule}
              id={field(rule)}
              name={i18n.message(message)}
              unit={unit}
              value={rules[rule]}
              now={figures ? figureOf(rule, figures) : undefined}
              disabled={cannotFire(rule)}
              onType={(value) => void store({ [rule]: value })}
              onChange={(value) => void change({ [rule]: value })}
            />
          ))}
        </div>
      ))}
    </>
  );
}

/** The figure that a threshold is compared with, micro-dollars. */
function figureOf(rule: keyof AlertRules, figures: Figures): Micros | undefined {
  if (rule === 'cashAbove' || rule === 'cashBelow') return figures.cash;
  return rule === 'totalAbove' || rule === 'totalBelow' ? exactTotal(figures) : undefined;
}
