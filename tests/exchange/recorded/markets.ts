// Recorded markets: prices, titles with Markdown, times.
import type { Source } from './sources.ts';

const highTemp = (strike: string, yes_bid: string, no_bid: string) => ({
  ticker: `KXHIGHNY-26JUN15-${strike}`,
  event_ticker: 'KXHIGHNY-26JUN15',
  title: 'Will the **high temp in NYC** be >85° on Jun 15, 2026?',
  status: 'active',
  close_time: '2026-06-16T04:59:00Z',
  expected_expiration_time: '2026-06-16T14:00:00Z',
  last_price_dollars: '0.0000',
  previous_price_dollars: '0.0000',
  yes_bid_dollars: yes_bid,
  no_bid_dollars: no_bid,
  result: '',
});
const settled = (ticker: string, result: 'yes' | 'no', last_price_dollars: string) => ({
  ticker,
  event_ticker: ticker.replace(/-\d+$/, ''),
  title: '',
  status: 'finalized',
  close_time: '2026-06-11T05:40:00Z',
  last_price_dollars,
  result,
  settlement_value_dollars: result === 'yes' ? '1.0000' : '0.0000',
});

export const MARKETS: readonly {
  source: Source;
  row: ReturnType<typeof highTemp> | ReturnType<typeof settled>;
}[] = [
  { source: 'demo', row: highTemp('T85', '0.0000', '0.5000') },
  { source: 'demo', row: highTemp('T78', '0.0000', '0.0200') },
  { source: 'demo', row: highTemp('B84.5', '0.0000', '0.0300') },
  { source: 'demo', row: highTemp('B82.5', '0.0000', '0.3900') },
  { source: 'demo', row: highTemp('B80.5', '0.0000', '0.0400') },
  { source: 'demo', row: settled('KXQUICKSETTLE-11JUN26H0140-2', 'yes', '0.9900') },
  { source: 'demo', row: settled('KXQUICKSETTLE-11JUN26H0140-3', 'no', '0.0100') },
];
