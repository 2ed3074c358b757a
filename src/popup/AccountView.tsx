// One account in the popup, or several as one.

import { useState } from 'preact/hooks';
import { midnightBefore } from '../platform/clock.ts';
import { words } from '../platform/i18n.ts';
import { send } from '../platform/messages.ts';
import { type Freshness, freshness } from '../portfolio/freshness.ts';
import type { Snapshot } from '../portfolio/snapshot.ts';
import { IconButton } from '../ui/Button.tsx';
import { Split } from '../ui/CashPositions.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useNow } from '../ui/use-now.ts';
import { pointsOfDays } from '../view/chart-series.ts';
import type { Shown } from '../view/displayed-account.ts';
import { formatMoment } from '../view/translate.ts';
import { Curve } from './chart/SmallChart.tsx';
import { Today } from './DailyChange.tsx';
import { HoldingsView } from './holdings/Holdings.tsx';
import { Legend } from './Legend.tsx';
import { Trouble } from './OutcomeAlert.tsx';
import { Hero } from './TotalAmount.tsx';
import { useLook } from './use-refresh-while-visible.ts';

interface Props {
  shown: Shown;
  periodMs: number;
  /** Sentences about what does not touch the figure. */
  notices: readonly string[];
  onReplaceKey: () => void;
}

export function AccountView({ shown, periodMs, notices, onReplaceKey }: Props) {
  const { snapshot, members } = shown;
  const now = useNow(1000);
  const [busy, setBusy] = useState(false);
  const fresh = freshness(snapshot, periodMs, now);
  const { figures, outcome } = snapshot;

  useLook(members);

  const refresh = () => {
    setBusy(true);
    const asked = members.map(({ id }) => send('account/refresh', { accountId: id }));
    void Promise.all(asked).then(() => setBusy(false));
  };

  return (
    <div class={`account ${fresh}`}>
      <Hero figures={figures} />
      {figures && <Today change={shown.changeSince(midnightBefore(now))} now={now} />}
      {figures && <Curve points={pointsOfDays(shown.days)} accountIds={members.map(({ id }) => id)} />}
      {outcome && outcome.kind !== 'ok' && (
        <Trouble
          failure={outcome}
          environment={shown.environment}
          onRefresh={refresh}
          onReplaceKey={onReplaceKey}
        />
      )}
      {figures && (
        <div class="rule">
          <Split figures={figures} />
        </div>
      )}
      {figures && <HoldingsView shown={shown} now={now} />}
      <Legend />
      {notices.map((notice) => (
        <p key={notice} class="notice">
          {notice}
        </p>
      ))}
      <footer>
        {/* Read out when someone asked for it; not every few seconds on its own. */}
        <p class="age" role="status" aria-live={busy ? 'polite' : 'off'}>
          {busy ? words.say('popupChecking') : age(snapshot, fresh, now)}
        </p>
        <IconButton
          icon={<Icon name="refresh" />}
          name={words.say('refresh')}
          onClick={refresh}
          busy={busy}
        />
      </footer>
    </div>
  );
}

function age({ figures }: Snapshot, fresh: Freshness, now: number): string {
  if (!figures) return words.say(fresh === 'waiting' ? 'popupWaiting' : 'popupNoFigure');
  const moment = formatMoment(figures.at, now, words.locale);
  return words.say(fresh === 'live' ? 'popupAsOf' : 'popupNotSince', moment);
}
