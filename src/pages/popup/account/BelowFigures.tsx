// What is below the figures, in a file of its own: the first frame does not wait for its code.

import { requestNotificationPermission } from '../../../browser/notifications.ts';
import { sendCommand } from '../../../commands/send-command.ts';
import type { Range } from '../../../domain/ranges.ts';
import type { DisplayedAccount } from '../../../view/displayed-account.ts';
import { AlertsList } from '../alerts/AlertsList.tsx';
import { WatchedMarkets } from '../alerts/watched-markets.ts';
import { HoldingsSection } from '../holdings/Holdings.tsx';
import { ResultsSection } from '../pnl/Results.tsx';
import './below-figures.css';

export interface BelowFiguresProps {
  shown: DisplayedAccount;
  /** Unix milliseconds. */
  now: number;
  /** The range of the chart. */
  range: Range;
}

export function BelowFigures({ shown, now, range }: BelowFiguresProps) {
  const tickers = [...new Set(shown.alerts.flatMap(({ rules }) => rules.watched))];
  const toggle = (ticker: string) => {
    const isOn = tickers.includes(ticker);
    // Requested directly in the handler of the click.
    if (!isOn) void requestNotificationPermission();
    for (const [index, { id: accountId }] of shown.members.entries()) {
      const others = (shown.alerts[index]?.rules.watched ?? []).filter((each) => each !== ticker);
      const watched = isOn ? others : [...others, ticker];
      void sendCommand('alerts/change', { accountId, rules: { watched } });
    }
  };
  return (
    <>
      <ResultsSection shown={shown} now={now} range={range} />
      <WatchedMarkets.Provider value={{ tickers, toggle }}>
        <HoldingsSection shown={shown} now={now} />
      </WatchedMarkets.Provider>
      <AlertsList shown={shown} now={now} />
    </>
  );
}
