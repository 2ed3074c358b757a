// Recorded orders. A list without a filter has all of them; one of these is resting.
import type { Source } from './sources.ts';

const LEP = 'KXWTACHALLENGERMATCH-26JUN11JIMLEP-LEP';

const order = (
  order_id: string,
  ticker: string,
  outcome_side: 'yes' | 'no',
  yes_price_dollars: string,
  no_price_dollars: string,
  status: string,
  remaining_count_fp = '0.00',
) => ({
  order_id,
  ticker,
  outcome_side,
  yes_price_dollars,
  no_price_dollars,
  status,
  remaining_count_fp,
});

/** Resting at 1¢, recorded before it was canceled. */
export const RESTING: { source: Source; row: ReturnType<typeof order> } = {
  source: 'demo',
  row: order('7', LEP, 'yes', '0.0100', '0.9900', 'resting', '1.00'),
};

export const ORDERS: readonly { source: Source; row: ReturnType<typeof order> }[] = [
  { source: 'demo', row: order('1', LEP, 'yes', '0.9900', '0.0100', 'executed') },
  { source: 'demo', row: order('2', LEP, 'yes', '0.0100', '0.9900', 'canceled') },
  // `action` is "sell" and `side` is "yes": selling YES at 2¢ is buying NO at 98¢.
  { source: 'demo', row: order('3', LEP, 'no', '0.0200', '0.9800', 'canceled') },
  { source: 'demo', row: order('4', LEP, 'yes', '0.0200', '0.9800', 'canceled') },
  { source: 'demo', row: order('5', LEP, 'yes', '0.9900', '0.0100', 'executed') },
  {
    source: 'fields',
    row: order('6', 'KXMLBGAME-26JUN041335BALBOS-BOS', 'yes', '0.5800', '0.4200', 'executed'),
  },
];
