// Recorded positions and events.
import type { Source } from './sources.ts';

interface Recorded {
  source: Source;
  row: { ticker: string; position_fp: string; market_exposure_dollars: string; last_updated_ts?: string };
  /** The fills that the source gives: [contracts, price of the side held], in order; negative for a sale. Dollars. */
  fills?: [count: string, price: string][];
}

export const POSITIONS: readonly Recorded[] = [
  {
    source: 'demo',
    row: {
      ticker: 'KXWTACHALLENGERMATCH-26JUN11JIMLEP-LEP',
      position_fp: '3.00',
      market_exposure_dollars: '2.500000',
      last_updated_ts: '2026-06-11T06:29:30.165032Z',
    },
    fills: [
      ['1', '0.99'],
      ['1', '0.99'],
      ['1', '0.52'],
    ],
  },
  {
    source: 'tennis',
    row: { ticker: 'KXATPMATCH-26AUG30DARWEN-DAR', position_fp: '32.00', market_exposure_dollars: '23.6800' },
    fills: [
      ['52', '0.74'],
      ['-20', '0.84'],
    ],
  },
  {
    source: 'tennis',
    row: { ticker: 'KXWTAMATCH-26AUG30PODWAL-POD', position_fp: '0.00', market_exposure_dollars: '0.0000' },
    fills: [
      ['132', '0.36'],
      ['-132', '0.92'],
    ],
  },
  {
    source: 'executor',
    row: { ticker: 'KXBTC15M-26MAY101345-45', position_fp: '84.00', market_exposure_dollars: '41.160000' },
  },
  {
    source: 'fields',
    row: {
      ticker: 'KXMLBGAME-26JUN041335BALBOS-BOS',
      position_fp: '48.00',
      market_exposure_dollars: '24.960000',
      last_updated_ts: '2026-06-04T02:35:22Z',
    },
  },
  {
    source: 'parser',
    row: { ticker: 'KXPRES-26-BIDEN', position_fp: '4.00', market_exposure_dollars: '1.850000' },
  },
  {
    source: 'micro',
    row: { ticker: 'FRACTION', position_fp: '25.69', market_exposure_dollars: '4.726960' },
  },
  { source: 'held', row: { ticker: 'NO', position_fp: '-6.12', market_exposure_dollars: '3.060000' } },
];

/** Events: what is held after returned collateral. */
export const EVENTS: readonly {
  source: Source;
  row: { event_ticker: string; event_exposure_dollars: string };
}[] = [
  {
    source: 'demo',
    row: { event_ticker: 'KXWTACHALLENGERMATCH-26JUN11JIMLEP', event_exposure_dollars: '2.500000' },
  },
  { source: 'executor', row: { event_ticker: 'KXBTC15M-26MAY101345', event_exposure_dollars: '41.160000' } },
  {
    source: 'fields',
    row: { event_ticker: 'KXMLBGAME-26JUN032010PITHOU', event_exposure_dollars: '15.930000' },
  },
  { source: 'parser', row: { event_ticker: 'KXMLB-26', event_exposure_dollars: '0.000000' } },
];
