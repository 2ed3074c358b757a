// The markets of the period: sorted by any column, filtered by text and event, and saved as CSV exactly as shown.

import { useContext, useMemo, useState } from 'preact/hooks';
import { downloadText } from '../../browser/download.ts';
import { i18n } from '../../browser/i18n.ts';
import { openRecordsOf } from '../../storage/records/open-records.ts';
import { readFills } from '../../storage/records/results.ts';
import { fillsCsv, marketsCsv } from '../../view/export/results-csv.ts';
import { COLUMNS, type Column, type ResultRow, type Sorting, shownRows } from '../../view/results-rows.ts';
import type { MessageKey } from '../../view/texts/translate.ts';
import { Button } from '../shared/Button.tsx';
import { Hidden } from '../shared/hooks/use-money.ts';
import { useVisibleRows } from '../shared/hooks/use-visible-rows.ts';
import { MarketRow } from './MarketRow.tsx';

const HEADINGS: Record<Column, MessageKey> = {
  name: 'market',
  at: 'closedOn',
  cost: 'boughtFor',
  proceeds: 'soldFor',
  fees: 'fees',
  result: 'result',
};
/** As in results.css. Pixels. */
const ROW_HEIGHT = 52;

const LATEST_FIRST: Sorting = { column: 'at', descending: true };

function isAmount(column: Column): boolean {
  return column !== 'name' && column !== 'at';
}

interface Props {
  rows: readonly ResultRow[];
  /** The name of a file with `results` or `fills`. */
  fileName: (what: string) => string;
}

export function MarketTable({ rows, fileName }: Props) {
  const hidden = useContext(Hidden);
  const [text, setText] = useState('');
  const [event, setEvent] = useState<string | null>(null);
  const [chosen, setSorting] = useState(LATEST_FIRST);
  // The order of hidden amounts would tell which is larger.
  const sorting = hidden && isAmount(chosen.column) ? LATEST_FIRST : chosen;
  const [statusText, setStatusText] = useState('');
  const shown = useMemo(
    () => shownRows(rows, { text, event }, sorting, i18n.locale),
    [rows, text, event, sorting],
  );
  const { scroller, from, to } = useVisibleRows(shown.length, ROW_HEIGHT);

  const saveFills = async () => {
    try {
      const accounts = [...new Set(shown.map(({ accountId }) => accountId))];
      const fills = await Promise.all(
        accounts.map(async (id) => {
          const tickers = shown.filter(({ accountId }) => accountId === id).map(({ ticker }) => ticker);
          return readFills(await openRecordsOf(id), tickers);
        }),
      );
      downloadText(fillsCsv(fills.flat()), fileName('fills'));
      setStatusText('');
    } catch {
      setStatusText(i18n.message('historyUnreadable'));
    }
  };

  return (
    <section class="section">
      <h2>{i18n.message('markets')}</h2>
      <div class="filters">
        <label>
          {i18n.message('filterText')}{' '}
          <input
            type="search"
            autocomplete="off"
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </label>
        {event !== null && (
          <Button onClick={() => setEvent(null)}>{i18n.message('filterEventOff', event)}</Button>
        )}
        {!hidden && (
          <>
            <Button onClick={() => downloadText(marketsCsv(shown), fileName('results'))}>
              {i18n.message('csvMarkets')}
            </Button>
            <Button onClick={() => void saveFills()}>{i18n.message('csvFills')}</Button>
          </>
        )}
        <p role="status" class="grow">
          {statusText || i18n.message('marketsShown', shown.length.toLocaleString(i18n.locale))}
        </p>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled with the keyboard */}
      <section class="scroller" ref={scroller} tabIndex={0} aria-label={i18n.message('markets')}>
        <table class="markets" aria-rowcount={shown.length + 1}>
          <thead>
            <tr aria-rowindex={1}>
              {COLUMNS.map((column) => (
                <Heading key={column} column={column} sorting={sorting} onSort={setSorting} />
              ))}
            </tr>
          </thead>
          <tbody>
            {from > 0 && <Gap rows={from} />}
            {shown.slice(from, to).map((row, index) => (
              <MarketRow
                key={`${row.accountId} ${row.ticker}`}
                row={row}
                index={from + index}
                onEvent={setEvent}
              />
            ))}
            {to < shown.length && <Gap rows={shown.length - to} />}
          </tbody>
        </table>
      </section>
    </section>
  );
}

/** Stands for rows out of view. The policy forbids style attributes, not what a script sets. */
function Gap({ rows }: { rows: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <tr aria-hidden="true">
      <td colSpan={COLUMNS.length} style={{ height: `${rows * ROW_HEIGHT}px` }} />
    </tr>
  );
}

interface HeadingProps {
  column: Column;
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
}

function Heading({ column, sorting, onSort }: HeadingProps) {
  const isUnavailable = useContext(Hidden) && isAmount(column);
  const isSorted = sorting.column === column;
  const descending = isSorted ? !sorting.descending : column !== 'name';
  return (
    <th
      scope="col"
      class={column}
      aria-sort={isSorted ? (sorting.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button type="button" disabled={isUnavailable} onClick={() => onSort({ column, descending })}>
        {i18n.message(HEADINGS[column])}
        <span aria-hidden="true">{isSorted ? (sorting.descending ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </th>
  );
}
