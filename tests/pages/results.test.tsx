// The results page, from stored results to the text on the screen.
import { fireEvent, screen, within } from '@testing-library/preact';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import { addSampleToDay } from '../../src/domain/balance/daily-change.ts';
import { snapshotWithBalance } from '../../src/domain/balance/snapshot.ts';
import { midnightBefore } from '../../src/domain/calendar.ts';
import type { Contracts } from '../../src/domain/contracts.ts';
import { DAY_MS } from '../../src/domain/durations.ts';
import { type Micros, ZERO } from '../../src/domain/money.ts';
import { RESULTS_COMPUTATION } from '../../src/domain/pnl/market-result.ts';
import { EMPTY_RESULTS, type ResultsProgress } from '../../src/domain/pnl/results-progress.ts';
import type { ResultsStatus } from '../../src/domain/pnl/results-status.ts';
import { writeRecords } from '../../src/storage/records/database.ts';
import { appendSample } from '../../src/storage/records/history.ts';
import { recordOf, type StoredResult, writeResultsProgress } from '../../src/storage/records/results.ts';
import { HIDDEN } from '../../src/view/texts/format-money.ts';
import { english } from '../fakes/english.ts';
import { clearRecords } from '../fakes/records.ts';
import { NOW, type Stored, show, store } from './page-harness.tsx';

const CASH = 90_000_000 as Micros;
const SNAPSHOT = snapshotWithBalance({ cash: CASH, positions: 10_000_000 as Micros, at: NOW });
const STATUS: ResultsStatus = {
  kind: 'done',
  at: NOW,
  cash: CASH,
  recheckAt: null,
  books: { same: 0, different: 0 },
  computation: RESULTS_COMPUTATION,
};

/** A market that was sold on one day. Amounts in dollars. */
const market = (ticker: string, title: string, cost: number, proceeds: number, at = NOW): StoredResult => ({
  ticker,
  side: 'yes',
  outcome: null,
  partial: false,
  booked: null,
  parts: [
    {
      at,
      sold: 10e6 as Contracts,
      settled: 0 as Contracts,
      cost: (cost * 1e6) as Micros,
      proceeds: (proceeds * 1e6) as Micros,
      fees: 100_000 as Micros,
      basis: 0 as Micros,
    },
  ],
  names: { event: 'RAIN', title, yes: '', no: '' },
});
const MARKETS = [
  market('RAIN-1', 'Rain in Buffalo', 4, 6.25),
  market('SNOW-1', 'Snow in Denver', 5, 1, NOW - DAY_MS),
  market('OLD-1', 'Rain last year', 1, 100, NOW - 400 * DAY_MS),
];

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});

async function showResults(stored: Stored = {}, progress: Partial<ResultsProgress> = {}) {
  await writeResultsProgress(clearRecords('a'), {
    ...EMPTY_RESULTS,
    step: 'done',
    complete: true,
    ...progress,
  });
  await writeRecords(clearRecords('a'), {
    put: MARKETS.map((each) => recordOf('markets', each.ticker, each)),
  });
  const { more, ...rest } = stored;
  return show('results', { account: {}, snapshot: SNAPSHOT, more: { results: STATUS, ...more }, ...rest });
}

const headline = async () =>
  (
    await vi.waitFor(() => {
      const amount = document.querySelector('.hero dd');
      expect(amount).not.toBeNull();
      return amount;
    })
  )?.textContent;
const rows = () =>
  [...document.querySelectorAll('.markets tbody tr')].map((row) => row.querySelector('b')?.textContent);
const expectNoResults = () => {
  expect(document.body.textContent).not.toMatch(/\$/);
  expect(document.querySelector('.markets')).toBeNull();
};

test('the result of the month is the sum of its markets, net of fees, with the share of their cost and fees', async () => {
  await showResults();
  expect(await headline()).toBe(`▼ ${english.message('down')} −$1.95 (−21.2%)`);
  const [, markets, fees] = document.querySelectorAll('.sums dd');
  expect(markets?.textContent).toBe('2');
  expect(fees?.textContent).toBe('$0.20');
});

test('another range changes the result and the table', async () => {
  await showResults();
  await headline();
  const days = () => document.querySelectorAll('.bars rect').length;
  expect(days()).toBe(2);
  fireEvent.click(screen.getByRole('button', { name: 'All: All time' }));
  expect(await headline()).toContain('+$96.95');
  expect(days()).toBe(3);
  expect(rows()).toEqual(['Rain in Buffalo', 'Snow in Denver', 'Rain last year']);
  fireEvent.click(screen.getByRole('button', { name: '1D: Today' }));
  expect(await headline()).toContain('+$2.15');
  expect(rows()).toEqual(['Rain in Buffalo']);
  expect(days()).toBe(1);
});

test('the fills of an account that was locked meanwhile are not saved', async () => {
  const created = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:');
  const { browser } = await showResults();
  await headline();
  // Locked, and the page has not rendered that yet.
  const { accounts } = browser.local as { accounts: { data: object[] } };
  browser.local.accounts = {
    ...accounts,
    data: accounts.data.map((account) => ({ ...account, protection: 'passphrase' })),
  };
  fireEvent.click(screen.getByRole('button', { name: english.message('csvFills') }));
  await screen.findByText(english.message('historyUnreadable'));
  expect(created).not.toHaveBeenCalled();
});

test('a period that began before the first balance: since when the change is explained, and what was made before', async () => {
  const from = NOW - 2 * DAY_MS;
  const balance = { cash: CASH, positions: ZERO };
  await appendSample(clearRecords('a'), { at: from, ...balance }, DAY_MS);
  const day = addSampleToDay(null, { at: NOW, ...balance }, midnightBefore(NOW), DAY_MS);
  await showResults({ day });
  await headline();
  fireEvent.click(screen.getByRole('button', { name: 'All: All time' }));
  const began = new Intl.DateTimeFormat(english.locale, { dateStyle: 'medium' }).format(from);
  const heading = await screen.findByRole('heading', {
    name: english.message('changeHeadingRecorded', began),
  });
  // All of +$96.95, less the −$1.95 since.
  expect(heading.parentElement?.textContent).toContain(english.message('changeBefore', '+$98.90'));
  fireEvent.click(screen.getByRole('button', { name: '1D: Today' }));
  expect(await screen.findByRole('heading', { name: english.message('changeHeading') })).toBeTruthy();
});

test('the table: a row for each market, sorted by a click on a heading, filtered by text', async () => {
  await showResults();
  await headline();
  expect(rows()).toEqual(['Rain in Buffalo', 'Snow in Denver']);
  const cells = within(screen.getByRole('row', { name: /Snow in Denver/ })).getAllByRole('cell');
  expect(cells.slice(1).map((cell) => cell.textContent)).toEqual([
    '$5.00',
    '$1.00',
    '$0.10',
    `▼ ${english.message('down')} −$4.10 (−80.4%)`,
  ]);
  const table = within(screen.getByRole('region', { name: english.message('markets') }));
  const sort = () =>
    fireEvent.click(table.getByRole('button', { name: new RegExp(`^${english.message('result')}`) }));
  sort();
  expect(rows()).toEqual(['Rain in Buffalo', 'Snow in Denver']);
  sort();
  expect(rows()).toEqual(['Snow in Denver', 'Rain in Buffalo']);
  fireEvent.input(screen.getByRole('searchbox'), { target: { value: 'buffalo' } });
  expect(rows()).toEqual(['Rain in Buffalo']);
});

test('while the trades are read for the first time, no incomplete result is shown', async () => {
  await showResults({}, { complete: false, step: 'fills', read: 1200, oldest: NOW - DAY_MS });
  const status = await screen.findByRole('status');
  expect(status.textContent).toContain('1,200');
  expectNoResults();
});

test('locked: no amount, and a passphrase field', async () => {
  await showResults({ account: { protection: 'passphrase' } });
  expect(screen.getByRole('heading', { name: english.message('locked') })).toBeTruthy();
  expect(screen.getByLabelText('Passphrase')).toBeTruthy();
  expectNoResults();
});

test('a lock hides what is shown', async () => {
  const { browser } = await showResults();
  await headline();
  browser.local.accounts = {
    ...(browser.local.accounts as object),
    data: (browser.local.accounts as { data: object[] }).data.map((account) => ({
      ...account,
      protection: 'passphrase',
    })),
  };
  await browser.events.stored.emit({ accounts: {} }, 'local');
  await vi.waitFor(() => expectNoResults());
});

test('hidden amounts: neither amounts, directions, bars nor exports', async () => {
  await showResults({ settings: { hideAmounts: true } });
  expect(await headline()).toBe(HIDDEN);
  expect(rows()).toEqual(['Rain in Buffalo', 'Snow in Denver']);
  expect(document.body.textContent).not.toMatch(/[$▲▼%]/);
  expect(document.querySelector('.bars')).toBeNull();
  expect(screen.queryByRole('button', { name: english.message('csvMarkets') })).toBeNull();
  expect(screen.queryByRole('button', { name: english.message('csvFills') })).toBeNull();
});

test('hidden amounts: the table is not sorted by them', async () => {
  await showResults({ settings: { hideAmounts: true } });
  await headline();
  const table = within(screen.getByRole('region', { name: english.message('markets') }));
  for (const column of ['result', 'fees', 'boughtFor', 'soldFor'] as const) {
    const heading = table.getByRole<HTMLButtonElement>('button', { name: english.message(column) });
    expect(heading.disabled).toBe(true);
    fireEvent.click(heading);
    expect(rows()).toEqual(['Rain in Buffalo', 'Snow in Denver']);
  }
});

test('amounts that are hidden while the table is sorted by them: the latest first', async () => {
  const { browser } = await showResults();
  await headline();
  const table = within(screen.getByRole('region', { name: english.message('markets') }));
  const heading = new RegExp(`^${english.message('result')}`);
  fireEvent.click(table.getByRole('button', { name: heading }));
  fireEvent.click(table.getByRole('button', { name: heading }));
  expect(rows()).toEqual(['Snow in Denver', 'Rain in Buffalo']);
  store(browser, { settings: { hideAmounts: true } });
  await browser.events.stored.emit({ settings: {} }, 'local');
  await vi.waitFor(() => expect(rows()).toEqual(['Rain in Buffalo', 'Snow in Denver']));
});

test('a key that reads the balance only: which scope the results need', async () => {
  await showResults({ account: { scopes: ['read::balance'] } });
  expect(screen.getByText(english.message('resultsScope'))).toBeTruthy();
  expectNoResults();
});

test('a key whose trades Kalshi does not list: which scope the results need', async () => {
  await showResults({ more: { results: { ...STATUS, kind: 'denied' } } });
  expect(screen.getByText(english.message('resultsDenied'))).toBeTruthy();
  expectNoResults();
});

test('no account: what to do', async () => {
  await show('results', {});
  expect(screen.getByText(english.message('resultsNoAccount'))).toBeTruthy();
});
