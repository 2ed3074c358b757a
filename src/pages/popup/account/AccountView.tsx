// The popup's view of one account, or of the sum of several.

import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import { type Snapshot, total } from '../../../domain/balance/snapshot.ts';
import { type Freshness, freshness, isFromFuture } from '../../../domain/polling/freshness.ts';
import type { Range } from '../../../domain/ranges.ts';
import type { DisplayedAccount } from '../../../view/displayed-account.ts';
import { ageIfOlder, formatMoment } from '../../../view/texts/translate.ts';
import { TotalParts } from '../../shared/account/TotalParts.tsx';
import { IconButton } from '../../shared/Button.tsx';
import { useNow } from '../../shared/hooks/use-now.ts';
import { Icon } from '../../shared/Icon.tsx';
import { BalanceOverTime } from './BalanceOverTime.tsx';
import type { BelowFiguresProps } from './BelowFigures.tsx';
import { Headline } from './Headline.tsx';
import { Legend } from './Legend.tsx';
import { OutcomeAlert } from './OutcomeAlert.tsx';
import { useRefreshWhileVisible } from './use-refresh-while-visible.ts';

interface Props {
  shown: DisplayedAccount;
  periodMs: number;
  /** Messages that do not concern the figures. */
  notices: readonly string[];
  onReplaceKey: () => void;
}

export function AccountView({ shown, periodMs, notices, onReplaceKey }: Props) {
  const { snapshot, members } = shown;
  const now = useNow(1000);
  const [busy, setBusy] = useState(false);
  const [range, setRange] = useState<Range>('1D');
  const fresh = freshness(snapshot, periodMs, now);
  const { figures, outcome } = snapshot;

  useRefreshWhileVisible(members);

  // The figures do not wait for the code of what is below them.
  const [Below, setBelow] = useState<ComponentType<BelowFiguresProps>>();
  useEffect(() => {
    void import('./BelowFigures.tsx').then(({ BelowFigures }) => setBelow(() => BelowFigures));
  }, []);

  const refresh = () => {
    setBusy(true);
    const refreshes = members.map(({ id }) => sendCommand('account/refresh', { accountId: id }));
    void Promise.all(refreshes).then(() => setBusy(false));
  };

  return (
    <div class={`account ${fresh}`}>
      {figures ? (
        <BalanceOverTime shown={shown} total={total(figures)} now={now} range={range} onRange={setRange} />
      ) : (
        <Headline />
      )}
      {outcome && outcome.kind !== 'ok' && (
        <OutcomeAlert
          failure={outcome}
          environment={shown.environment}
          onRefresh={refresh}
          onReplaceKey={onReplaceKey}
        />
      )}
      {figures && (
        <div class="rule">
          <TotalParts figures={figures} perpsAge={ageIfOlder(shown.perpsAt, figures.at, now, i18n)} />
        </div>
      )}
      {figures && Below && <Below shown={shown} now={now} range={range} />}
      <Legend perpsUnreadable={shown.perpsUnreadable} />
      {[...shown.notIncluded.map((key) => i18n.message(key)), ...notices].map((notice) => (
        <p key={notice} class="notice">
          {notice}
        </p>
      ))}
      <footer>
        {/* Announced by screen readers after a click on Refresh, not after every poll. */}
        <p class="age" role="status" aria-live={busy ? 'polite' : 'off'}>
          {busy ? i18n.message('popupChecking') : age(snapshot, fresh, periodMs, now)}
        </p>
        <IconButton
          icon={<Icon name="refresh" />}
          name={i18n.message('refresh')}
          onClick={refresh}
          busy={busy}
        />
      </footer>
    </div>
  );
}

function age({ figures }: Snapshot, fresh: Freshness, periodMs: number, now: number): string {
  if (!figures) return i18n.message(fresh === 'waiting' ? 'popupWaiting' : 'popupNoFigure');
  if (isFromFuture(figures, periodMs, now)) return i18n.message('clockSetBack');
  const moment = formatMoment(figures.at, now, i18n.locale);
  return i18n.message(fresh === 'live' ? 'popupAsOf' : 'popupNotSince', moment);
}
