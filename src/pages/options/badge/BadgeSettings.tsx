// What the badge shows, and how often it is updated. Each choice takes effect at once.

import { i18n } from '../../../browser/i18n.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import {
  BADGE_FIGURES,
  type BadgeFigure,
  PERIODS,
  type Settings,
} from '../../../domain/accounts/settings.ts';
import type { ReadyState } from '../../../domain/accounts/state.ts';
import { momentOf } from '../../../domain/calendar.ts';
import { badgeView } from '../../../view/badge/badge-view.ts';
import { ALL, accountChoices, displayedAccount } from '../../../view/displayed-account.ts';
import { formatSeconds } from '../../../view/texts/format-duration.ts';
import type { MessageKey } from '../../../view/texts/translate.ts';
import { useChoice } from '../../shared/hooks/use-choice.ts';
import { useNow } from '../../shared/hooks/use-now.ts';
import { RadioGroup } from '../../shared/RadioGroup.tsx';
import { Section } from '../Section.tsx';
import { BadgePreview } from './BadgePreview.tsx';
import { PollLessWhenAway } from './PollLessWhenAway.tsx';

const NAMES: Record<BadgeFigure, MessageKey> = {
  cash: 'cash',
  positions: 'positions',
  total: 'total',
  change: 'changeToday',
  'change-percent': 'changeTodayPercent',
  settling: 'settlingToday',
  nothing: 'nothing',
};

/** A badge becomes outdated after two periods, so it is looked at twice a minute. */
const REFRESH_MS = 30_000;

export function BadgeSettings({ state }: { state: ReadyState }) {
  const { settings } = state;
  const now = useNow(REFRESH_MS);
  const change = (to: Partial<Settings>) => sendCommand('settings/change', to);
  const [badgeFigure, chooseFigure] = useChoice(settings.badgeFigure, (badgeFigure) =>
    change({ badgeFigure }),
  );
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
      <RadioGroup
        legend={i18n.message('badgeShows')}
        name="badge"
        chosen={badgeFigure}
        options={BADGE_FIGURES.map((value) => ({
          value,
          label: i18n.message(NAMES[value]),
          ...(value === 'nothing' && { hint: i18n.message('badgeNothingHint') }),
          ...(value === 'change' && { hint: i18n.message('changeHint') }),
          ...(value === 'change-percent' && { hint: i18n.message('changePercentHint') }),
          ...(value === 'settling' && { hint: i18n.message('settlingTodayHint') }),
          preview: shown && (
            <BadgePreview view={badgeView(shown, { ...settings, badgeFigure: value }, i18n, momentOf(now))} />
          ),
        }))}
        onChoose={chooseFigure}
      />
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
