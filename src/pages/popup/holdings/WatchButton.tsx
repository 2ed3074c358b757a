// The bell of a row: alerts when the market moves by a tenth within a day, and when it closes within an hour.

import { useContext } from 'preact/hooks';
import { i18n } from '../../../browser/i18n.ts';
import { Icon } from '../../shared/Icon.tsx';
import { WatchedMarkets } from '../alerts/watched-markets.ts';

export function WatchButton({ ticker, name }: { ticker: string; name: string }) {
  const { tickers, toggle } = useContext(WatchedMarkets);
  return (
    <button
      type="button"
      class="bell"
      aria-pressed={tickers.includes(ticker)}
      aria-label={i18n.message('watchMarket', name)}
      title={i18n.message('watchHint')}
      onClick={() => toggle(ticker)}
    >
      <Icon name="alerts" />
    </button>
  );
}
