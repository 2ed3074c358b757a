// One market of the results table.

import { useContext } from 'preact/hooks';
import { i18n } from '../../browser/i18n.ts';
import type { Contracts } from '../../domain/contracts.ts';
import { costWithFees } from '../../domain/pnl/market-result.ts';
import type { ResultRow } from '../../view/results-rows.ts';
import { formatCount, HIDDEN } from '../../view/texts/format-money.ts';
import { formatter } from '../../view/texts/intl-cache.ts';
import { Hidden, useChange, useMoney } from '../shared/hooks/use-money.ts';
import { SignedResult } from '../shared/SignedResult.tsx';

interface Props {
  row: ResultRow;
  index: number;
  onEvent: (event: string) => void;
}

export function MarketRow({ row, index, onEvent }: Props) {
  const hidden = useContext(Hidden);
  const money = useMoney();
  const change = useChange();
  const { ticker, event, name, side, sold, settled, cost, proceeds, fees, result, at, partial, differs } =
    row;
  const count = (contracts: Contracts) => formatCount(contracts, i18n.locale);
  const how = [
    sold > 0 && i18n.message('contractsSold', count(sold)),
    settled > 0 && i18n.message('contractsSettled', count(settled)),
    partial && i18n.message('resultPartial'),
    differs && i18n.message('resultDiffers', change(differs.booked), change(differs.result)),
  ];
  return (
    <tr aria-rowindex={index + 2}>
      <th scope="row" class="name">
        <b title={`${name} (${ticker})`}>{name}</b>
        <small>
          <span class="side">{i18n.message(side)}</span> {hidden ? HIDDEN : how.filter(Boolean).join(' · ')}{' '}
          <button type="button" class="link" onClick={() => onEvent(event)}>
            {event}
          </button>
        </small>
      </th>
      <td class="at">{formatter(Intl.DateTimeFormat, i18n.locale, DATE).format(at)}</td>
      <td>{money(cost)}</td>
      <td>{money(proceeds)}</td>
      <td>{money(fees)}</td>
      <td>
        <SignedResult result={{ amount: result, cost: costWithFees(row) }} />
      </td>
    </tr>
  );
}

const DATE = { dateStyle: 'medium' } as const;
