// What the badge shows, and how often it is updated. Each choice takes effect at once.

import { i18n } from '../../../browser/i18n.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import { PERIODS, type Settings } from '../../../domain/accounts/settings.ts';
import type { ReadyState } from '../../../domain/accounts/state.ts';
import { ALL, accountChoices, displayedAccount } from '../../../view/displayed-account.ts';
import { formatSeconds } from '../../../view/texts/format-duration.ts';
import { useChoice } from '../../shared/hooks/use-choice.ts';
import { RadioGroup } from '../../shared/RadioGroup.tsx';
import { Section } from '../Section.tsx';
import { BadgeFigureChoice } from './BadgeFigureChoice.tsx';
import { PollLessWhenAway } from './PollLessWhenAway.tsx';

export function BadgeSettings({ state }: { state: ReadyState }) {
  const { settings } = state;
  const change = (to: Partial<Settings>) => sendCommand('settings/change', to);
  const [periodSeconds, choosePeriod] = useChoice(settings.periodSeconds, (periodSeconds) =>
    change({ periodSeconds }),
  );
  const [shownAccount, chooseAccount] = useChoice(settings.shownAccount, (shownAccount) =>
    change({ shownAccount }),
  );
  const accounts = accountChoices(state);
  const shown = displayedAccount(state, shownAccount, i18n);
  return (
    <Section icon="badge" title={i18n.message('badgeHeading')}>
      {accounts.length > 1 && (
        <RadioGroup
          legend={i18n.message('badgeAccount')}
          name="shown"
          chosen={shown?.id ?? ''}
          options={accounts.map((value) => ({
            value,
            label: displayedAccount(state, value, i18n)?.name ?? '',
            ...(value === ALL && { hint: i18n.message('allAccountsHint') }),
          }))}
          onChoose={chooseAccount}
        />
      )}
      <BadgeFigureChoice settings={settings} shown={shown} />
      <div class="field">
        <label for="period">{i18n.message('checkEvery')}</label>
        <select
          id="period"
          value={periodSeconds}
          onChange={({ currentTarget }) => {
            const chosen = PERIODS.find((period) => String(period) === currentTarget.value);
            if (chosen) choosePeriod(chosen);
          }}
        >
          {PERIODS.map((seconds) => (
            <option key={seconds} value={seconds}>
              {formatSeconds(seconds, i18n.locale)}
            </option>
          ))}
        </select>
      </div>
      <PollLessWhenAway settings={settings} />
    </Section>
  );
}
