// Reading the results of an account: after a good poll, as many pages as a poll may, until everything is read; afterwards
// only when something moved. Each page is stored with the progress after it, so a background that is killed goes on there.

import { canReadPortfolio } from '../../domain/accounts/key-scopes.ts';
import { accountData } from '../../domain/accounts/state.ts';
import { decideAlerts } from '../../domain/alerts/decide.ts';
import { mergeTransfers } from '../../domain/balance/transfer-list.ts';
import { midnightBefore } from '../../domain/calendar.ts';
import type { Market } from '../../domain/holdings/market.ts';
import { marketResult } from '../../domain/pnl/compute-result.ts';
import { agreesWithBooks, RESULTS_COMPUTATION } from '../../domain/pnl/market-result.ts';
import { resultPeriods, storedPeriodStart } from '../../domain/pnl/result-periods.ts';
import { needsHistorical, type ResultsProgress, startReading } from '../../domain/pnl/results-progress.ts';
import { areResultsDue, type ResultsStatus, resultsStatusAfter } from '../../domain/pnl/results-status.ts';
import { PATHS } from '../../kalshi/endpoints.ts';
import { fetchTransfers } from '../../kalshi/fetch-transfers.ts';
import { fetchEvents, MAX_EVENTS_AT_ONCE } from '../../kalshi/holdings/fetch-events.ts';
import { fetchMarkets } from '../../kalshi/holdings/fetch-markets.ts';
import {
  fetchFills,
  fetchFillsCutoff,
  fetchHistoricalFills,
  fetchSettlementsPage,
} from '../../kalshi/trades/fetch-fills.ts';
import { openRecords } from '../../storage/records/open-records.ts';
import { readUnnamedMarkets, writeMarketNames } from '../../storage/records/result-names.ts';
import {
  computeChangedMarkets,
  markMarketsChanged,
  readMarketResults,
  readResultsProgress,
} from '../../storage/records/results.ts';
import { observeNewTrades } from '../alerts/observe-trades.ts';
import { getReadyState, updateAccountData, whileAccountIsCurrent } from '../store.ts';
import { afterSettlements, areEndingsDue, readBooks, readEndings } from './read-archive.ts';
import { openRequestContext, type PollContext } from './request-context.ts';
import { type Advanced, type Reading, refused, store, storePage } from './results-reading.ts';

/** Steps of one poll. Nearly all are one request; the rate limit allows twenty a second, and the user's bots share it. */
const MAX_STEPS = 10;
/** Markets computed in one transaction, and in one step. */
const [MARKETS_AT_ONCE, MARKETS_A_STEP] = [100, 1000];
/** Markets whose names are requested at once: their tickers fit into one request. */
const NAMES_AT_ONCE = 80;

/** Reads what is new, if anything is. A request that fails leaves the rest for the next poll. */
export async function refreshResults(context: PollContext, clockOffset: number): Promise<void> {
  const { memory, account, aborted } = context;
  if (!canReadPortfolio(account.scopes)) return;
  const { snapshot, results } = accountData(await getReadyState(memory), account.id);
  const cash = snapshot.figures?.cash;
  if (cash === undefined || !areResultsDue(results, cash, Date.now())) return;
  const requests = await openRequestContext(context, clockOffset);
  if (!requests) return;

  const reading: Reading = {
    memory,
    account,
    records: await openRecords(account),
    requests,
    write: (store) => whileAccountIsCurrent(memory, account, aborted, store).catch(() => undefined),
  };
  const read = await readSteps(reading);
  const { kind, progress } = read;
  const trades =
    kind === 'done' && progress
      ? await observeNewTrades(reading.records, progress).catch(() => [])
      : undefined;
  const saved = await updateAccountData(memory, account, aborted, ({ alerts }) => {
    const now = Date.now();
    return {
      results: resultsStatusAfter(results, read, cash, now),
      ...(trades &&
        alerts && { alerts: decideAlerts(alerts, { now, midnight: midnightBefore(now), trades }) }),
    };
  }).catch(() => undefined); // not stored, it goes on where it was
  // Alerts were decided on what is new, and know it by its ids if this write is lost.
  if (saved && progress && trades?.length) await store(reading, { ...progress, newTrades: [] });
}

/** Reads as much as a poll may. `progress`: after it, unless it cannot be read. */
async function readSteps(
  reading: Reading,
): Promise<{ kind: ResultsStatus['kind']; progress?: ResultsProgress }> {
  const stored = await readResultsProgress(reading.records).catch(() => undefined);
  if (!stored) return { kind: 'reading' };
  let progress = stored.step === 'done' ? startReading(stored) : stored;
  for (let step = 0; step < MAX_STEPS && progress.step !== 'done'; step++) {
    if (reading.requests.transport.ended?.aborted) return { kind: 'reading' };
    const next = await advance(reading, progress);
    if (next === 'denied') return { kind: 'denied' };
    if (!next) return { kind: 'reading' };
    progress = next;
  }
  return { kind: progress.step === 'done' ? 'done' : 'reading', progress };
}

async function advance(reading: Reading, progress: ResultsProgress): Promise<Advanced> {
  const { requests } = reading;
  switch (progress.step) {
    case 'fills': {
      const page = await fetchFills(requests, progress);
      const after = needsHistorical(progress, requests.transport.now()) ? 'historical' : 'settlements';
      return page.ok
        ? storePage(reading, progress, page, { fills: page.rows }, after)
        : refused(progress, page);
    }
    case 'historical': {
      const page = await fetchHistoricalFills(requests, progress);
      if (page.ok) return storePage(reading, progress, page, { fills: page.rows }, 'settlements');
      if (page.reason === 'failed' || progress.cursor) return refused(progress, page);
      const missingBefore = await fetchFillsCutoff(requests);
      return store(reading, { ...progress, step: 'settlements', missingBefore });
    }
    case 'settlements': {
      const page = await fetchSettlementsPage(requests, progress);
      return page.ok
        ? storePage(reading, progress, page, { settlements: page.rows }, afterSettlements(reading, progress))
        : refused(progress, page);
    }
    case 'books':
      return readBooks(reading, progress, 'live');
    case 'archived-books':
      return readBooks(reading, progress, 'archived');
    case 'transfers':
      return readTransfers(reading, progress);
    case 'markets':
      return computeMarkets(reading, progress, areEndingsDue(reading, progress) ? 'endings' : 'names');
    case 'endings':
      return readEndings(reading, progress);
    case 'archived-markets':
      return computeMarkets(reading, progress, 'names');
    case 'names':
      return readNames(reading, progress);
    case 'done':
      return progress;
  }
}

/** Fetches all transfers until that succeeded once; later adds those that polls of the balance have fetched. */
async function readTransfers(reading: Reading, progress: ResultsProgress): Promise<Advanced> {
  const next = { ...progress, step: 'markets', cursor: '' } as const;
  const known = progress.transfers;
  const state = await getReadyState(reading.memory);
  const { transfers: list, perps } = accountData(state, reading.account.id);
  if (progress.complete && known) {
    const recent = list && list.status !== 'unreadable' ? list.rows : [];
    return store(reading, { ...next, transfers: withRecent(known, recent) });
  }
  const reply = await fetchTransfers(reading.requests, { withPerps: perps.status !== 'none' });
  if (reply.kind === 'failed') return undefined;
  // Rows that are missing stay so: without them the results are complete, and the rest is not explained.
  const transfers = reply.kind === 'read' ? mergeTransfers(known ?? [], reply.rows, 0) : null;
  return store(reading, { ...next, transfers });
}

function withRecent<Row extends { id: string }>(known: readonly Row[], recent: readonly Row[]): Row[] {
  const ids = new Set(recent.map(({ id }) => id));
  return [...known.filter(({ id }) => !ids.has(id)), ...recent];
}

async function computeMarkets(
  reading: Reading,
  progress: ResultsProgress,
  after: ResultsProgress['step'],
): Promise<Advanced> {
  const { records } = reading;
  if (progress.computation !== RESULTS_COMPUTATION) {
    const current = { ...progress, computation: RESULTS_COMPUTATION };
    return reading.write(() => markMarketsChanged(records, current));
  }
  for (let done = 0; done < MARKETS_A_STEP; done += MARKETS_AT_ONCE) {
    const count = await reading.write(() => computeChangedMarkets(records, marketResult, MARKETS_AT_ONCE));
    if (count === undefined) return undefined;
    if (count === MARKETS_AT_ONCE) continue;
    const markets = await readMarketResults(records).catch(() => undefined);
    if (!markets) return undefined;
    const compared = markets.map(agreesWithBooks);
    const countOf = (agrees: boolean) => compared.filter((each) => each === agrees).length;
    const complete = progress.complete || after === 'names';
    return store(reading, {
      ...progress,
      step: after,
      complete,
      periods: resultPeriods(markets, storedPeriodStart(Date.now())),
      books: { same: countOf(true), different: countOf(false) },
    });
  }
  return progress;
}

/** The deprecated title of a market may be missing: then that of its event, a few of which are requested at once. */
async function readNames(reading: Reading, progress: ResultsProgress): Promise<Advanced> {
  const tickers = await readUnnamedMarkets(reading.records, NAMES_AT_ONCE).catch(() => undefined);
  if (!tickers) return undefined;
  if (tickers.length === 0) return store(reading, { ...progress, step: 'done' });
  const current = await fetchMarkets(reading.requests, tickers);
  // Names can wait for the next reading; new fills cannot wait for names.
  if (!current.ok) return store(reading, { ...progress, step: 'done' });
  const others = tickers.filter((ticker) => !current.markets[ticker]);
  const old =
    others.length > 0 ? await fetchMarkets(reading.requests, others, PATHS.historicalMarkets) : current;
  const found: Record<string, Market> = { ...old.markets, ...current.markets };
  const untitled = new Set(Object.values(found).flatMap(({ title, event }) => (title ? [] : [event])));
  const [asked, later] = [
    [...untitled].slice(0, MAX_EVENTS_AT_ONCE),
    [...untitled].slice(MAX_EVENTS_AT_ONCE),
  ];
  const events = await fetchEvents(reading.requests, asked);
  const named = tickers.filter((ticker) => !later.includes(found[ticker]?.event ?? ''));
  const names = new Map(
    named.map((ticker) => {
      const { event = ticker, title = '', yes = '', no = '' } = found[ticker] ?? {};
      return [ticker, { event, title: title || events.get(event)?.title || '', yes, no }] as const;
    }),
  );
  return reading.write(async () => {
    await writeMarketNames(reading.records, names);
    return progress;
  });
}
