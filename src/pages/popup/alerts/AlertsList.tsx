// The last alerts of the displayed accounts, and one that is switched on with one click.

import { useContext } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import { hasNotificationPermission, requestNotificationPermission } from '../../../browser/notifications.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import { unseen } from '../../../domain/alerts/alert.ts';
import { type AlertRules, hasRules } from '../../../domain/alerts/rules.ts';
import type { Share } from '../../../domain/share.ts';
import type { DisplayedAccount } from '../../../view/displayed-account.ts';
import { isPortfolioReadable } from '../../../view/portfolio-readable.ts';
import { alertLine } from '../../../view/texts/alert-text.ts';
import { formatMoment } from '../../../view/texts/translate.ts';
import { Button } from '../../shared/Button.tsx';
import { Hidden } from '../../shared/hooks/use-money.ts';
import { usePermission } from '../../shared/hooks/use-permission.ts';

/** A change of 5 %, in millionths. */
const CHANGE = 50_000 as Share;

export function AlertsList({ shown, now }: { shown: DisplayedAccount; now: number }) {
  const hidden = useContext(Hidden);
  const granted = usePermission(hasNotificationPermission);
  const recent = shown.alerts
    .flatMap(({ recent }) => recent)
    .sort((a, b) => b.at - a.at || b.id - a.id)
    .slice(0, 10);
  const fresh = shown.alerts.reduce((sum, alerts) => sum + unseen(alerts), 0);
  const seen = () => {
    for (const { id } of shown.members) void sendCommand('alerts/seen', { accountId: id });
  };
  const change = async (rules: Partial<AlertRules>) => {
    if (granted === false) await requestNotificationPermission();
    for (const { id } of shown.members) await sendCommand('alerts/change', { accountId: id, rules });
  };
  const isOn = shown.alerts.every(({ rules }) => rules.changeShare !== null);
  const isUsed = recent.length > 0 || shown.alerts.some(({ rules }) => hasRules(rules));
  // Of a key that reads the balance alone, the popup stays short.
  if (!isUsed && !isPortfolioReadable(shown)) return null;
  return (
    <div class="lists alerts">
      <details onToggle={({ currentTarget }) => currentTarget.open && fresh > 0 && seen()}>
        <summary>
          <span>{fresh > 0 ? i18n.message('alertsNew', String(fresh)) : i18n.message('alertsHeading')}</span>
        </summary>
        {recent.length === 0 && <p class="notice">{i18n.message('alertsNone')}</p>}
        <ul>
          {recent.map(({ id, at, event }) => (
            <li key={`${at} ${id}`}>
              <span>{alertLine(event, i18n, at, hidden)}</span>
              <small>{formatMoment(at, now, i18n.locale, 'short')}</small>
            </li>
          ))}
        </ul>
        {granted === false && shown.alerts.some(({ rules }) => hasRules(rules)) && (
          <p class="notice">{i18n.message('alertsNotAllowed')}</p>
        )}
        <p class="rule">
          <Button onClick={() => void change({ changeShare: isOn ? null : CHANGE })}>
            {i18n.message(isOn ? 'alertMeOn' : 'alertMe')}
          </Button>
        </p>
      </details>
    </div>
  );
}
