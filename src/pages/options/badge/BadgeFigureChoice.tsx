// What the badge shows, each choice with a preview.

import { i18n } from '../../../browser/i18n.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import { BADGE_FIGURES, type BadgeFigure, type Settings } from '../../../domain/accounts/settings.ts';
import { momentOf } from '../../../domain/calendar.ts';
import { badgeView } from '../../../view/badge/badge-view.ts';
import type { DisplayedAccount } from '../../../view/displayed-account.ts';
import type { MessageKey } from '../../../view/texts/translate.ts';
import { useChoice } from '../../shared/hooks/use-choice.ts';
import { useNow } from '../../shared/hooks/use-now.ts';
import { RadioGroup } from '../../shared/RadioGroup.tsx';
import { BadgePreview } from './BadgePreview.tsx';

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

interface Props {
  settings: Settings;
  /** The account whose badge is previewed. */
  shown: DisplayedAccount | null;
  /** The `name` attribute of the radio buttons. */
  name?: string;
}

export function BadgeFigureChoice({ settings, shown, name = 'badge' }: Props) {
  const now = useNow(REFRESH_MS);
  const [badgeFigure, chooseFigure] = useChoice(settings.badgeFigure, (badgeFigure) =>
    sendCommand('settings/change', { badgeFigure }),
  );
  return (
    <RadioGroup
      legend={i18n.message('badgeShows')}
      name={name}
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
  );
}
