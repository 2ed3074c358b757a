// Reading what says how markets ended whose settlements are archived: Kalshi's own books, and the markets themselves.

import { type MarketResult, openBasisOf } from '../../domain/pnl/market-result.ts';
import { areBooksDue, needsHistorical, type ResultsProgress } from '../../domain/pnl/results-progress.ts';
import { fetchBooks, fetchEndings } from '../../kalshi/trades/fetch-archive.ts';
import { readMarketResults } from '../../storage/records/results.ts';
import { type Advanced, type Reading, store, storePage } from './results-reading.ts';

/** Markets that are requested at once: their tickers fit into one request. */
const MARKETS_AT_ONCE = 80;

/** The step after the settlements. */
export function afterSettlements({ requests }: Reading, progress: ResultsProgress): 'books' | 'transfers' {
  return areBooksDue(progress, requests.transport.now()) ? 'books' : 'transfers';
}

/** Whether it is to be read how markets ended. */
export function areEndingsDue({ requests }: Reading, progress: ResultsProgress): boolean {
  return progress.endingsDue || needsHistorical(progress, requests.transport.now());
}

/** Reads a page of the books. They check what is known: without them the reading goes on, and they follow another time. */
export async function readBooks(
  reading: Reading,
  progress: ResultsProgress,
  list: 'live' | 'archived',
): Promise<Advanced> {
  const { requests } = reading;
  const now = requests.transport.now();
  const needsArchive = progress.booksAt === 0 || needsHistorical(progress, now);
  const after = list === 'live' && needsArchive ? 'archived-books' : 'transfers';
  const page = await fetchBooks(requests, list, progress.cursor);
  if (page.ok) {
    const { rows: books, unreadable, cursor } = page;
    const before = cursor ? progress : { ...progress, booksAt: now };
    // Their times are not those of new rows.
    return storePage(reading, before, { rows: [], unreadable, cursor }, { books }, after);
  }
  if (requests.transport.ended?.aborted) return undefined;
  const booksAt = page.reason === 'failed' ? 0 : now;
  return store(reading, { ...progress, cursor: '', step: after, booksAt });
}

/** Looks up how markets ended in which something is open without a settlement. The cursor is the ticker after which it goes on. */
export async function readEndings(reading: Reading, progress: ResultsProgress): Promise<Advanced> {
  const markets = await readMarketResults(reading.records).catch(() => undefined);
  if (!markets) return undefined;
  const open = markets.filter((market) => market.ticker > progress.cursor && isOpen(market));
  const some = open.slice(0, MARKETS_AT_ONCE);
  const isLast = open.length === some.length;
  const endings = await fetchEndings(
    reading.requests,
    some.map(({ ticker }) => ticker),
  );
  // Figures of what was traded since cannot wait for them.
  if (!endings) {
    if (reading.requests.transport.ended?.aborted) return undefined;
    return store(reading, { ...progress, step: 'archived-markets', cursor: '', endingsDue: true });
  }
  const unknown = some.filter(({ ticker, booked }) => !endings.has(ticker) && booked === null);
  const times = unknown.map(({ parts }) => parts.at(-1)?.at ?? 0);
  const next: ResultsProgress = {
    ...progress,
    endingsDue: !isLast,
    unendedBefore: Math.max(progress.unendedBefore ?? 0, ...times) || null,
  };
  return storePage(
    reading,
    next,
    { rows: [], unreadable: 0, cursor: isLast ? '' : (some.at(-1)?.ticker ?? '') },
    { endings: [...endings.values()].filter((ending) => ending !== null) },
    'archived-markets',
  );
}

/** Whether nothing but the books says how it ended, or something of it is held as far as the fills tell. */
function isOpen(market: MarketResult): boolean {
  return market.outcome === '' || (market.outcome === null && openBasisOf(market) !== 0);
}
