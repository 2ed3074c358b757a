// What the badge shows and how often it is renewed. Each choice takes effect at once.

import { words } from '../../platform/i18n.ts';
import { send } from '../../platform/messages.ts';
import { BADGE_FIGURES, type BadgeFigure, PERIODS, type Settings } from '../../portfolio/settings.ts';
import { formatSeconds } from '../../ui/format-duration.ts';
import { Choices } from '../../ui/RadioGroup.tsx';
import { ALL, choicesOf, type Known, shownFor } from '../../view/displayed-account.ts';
import type { MessageKey } from '../../view/translate.ts';
import { Away } from './PollLessWhenAway.tsx';

const NAMES: Record<BadgeFigure, MessageKey> = {
  cash: 'cash',
  positions: 'positions',
  total: 'total',
  change: 'changeToday',
  nothing: 'nothing',
};

export function Display({ settings, known }: { settings: Settings; known: Known }) {
  const change = (to: Partial<Settings>) => void send('settings/change', to);
  const accounts = choicesOf(known);
  return (
    <section class="section">
      <h2>{words.say('displayHeading')}</h2>
      {accounts.length > 1 && (
        <Choices
          legend={words.say('badgeAccount')}
          name="shown"
          chosen={shownFor(known, settings.shownAccount, words)?.id ?? ''}
          options={accounts.map((value) => ({
            value,
            label: shownFor(known, value, words)?.name ?? '',
            ...(value === ALL && { hint: words.say('allAccountsHint') }),
          }))}
          onChoose={(shownAccount) => change({ shownAccount })}
        />
      )}
      <Choices
        legend={words.say('badgeShows')}
        name="badge"
        chosen={settings.badgeFigure}
        options={BADGE_FIGURES.map((value) => ({
          value,
          label: words.say(NAMES[value]),
          ...(value === 'nothing' && { hint: words.say('badgeNothingHint') }),
          ...(value === 'change' && { hint: words.say('changeHint') }),
        }))}
        onChoose={(badgeFigure) => change({ badgeFigure })}
      />
      <div class="field">
        <label for="period">{words.say('checkEvery')}</label>
        <select
          id="period"
          value={settings.periodSeconds}
          onChange={({ currentTarget }) => {
            const periodSeconds = PERIODS.find((period) => String(period) === currentTarget.value);
            if (periodSeconds) change({ periodSeconds });
          }}
        >
          {PERIODS.map((seconds) => (
            <option key={seconds} value={seconds}>
              {formatSeconds(seconds)}
            </option>
          ))}
        </select>
      </div>
      <Away settings={settings} />
    </section>
  );
}
