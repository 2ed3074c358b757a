// What the popup shows of holdings: early exits, orders that close, exclusive events, ages, unreadable rows.

import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Settings } from '../../src/domain/accounts/settings.ts';
import { snapshotWithBalance } from '../../src/domain/balance/snapshot.ts';
import { NO_CONTRACTS } from '../../src/domain/contracts.ts';
import { EMPTY_HOLDINGS, type Holdings } from '../../src/domain/holdings/holdings.ts';
import type { Order } from '../../src/domain/holdings/order.ts';
import type { Position } from '../../src/domain/holdings/position.ts';
import { type HoldingsSummary, NO_HOLDINGS } from '../../src/domain/holdings/summary.ts';
import { type Micros, ZERO } from '../../src/domain/money.ts';
import type { Quantity } from '../../src/domain/quantity.ts';
import { writeHoldings } from '../../src/storage/records/holdings.ts';
import { english } from '../fakes/english.ts';
import { as } from '../fakes/plain.ts';
import { clearRecords } from '../fakes/records.ts';
import { NOW, show } from './page-harness.tsx';
import 'fake-indexeddb/auto';

const HOUR = 3_600_000;
const money = <Q extends Quantity = Micros>(units: number) => as<Q>(Math.round(units * 1e6));
const GOOD = snapshotWithBalance({ cash: money(765.4025), positions: money(469.16), at: NOW - 5_000 });
const read = (at: number) => ({ positions: at, markets: at, orders: at, settlements: at });

const position = (more: Partial<Position> = {}): Position => ({
  ticker: 'FED',
  event: 'FED',
  title: 'Fed cuts',
  answer: '',
  side: 'yes',
  count: money(100),
  cost: money(60),
  average: money(0.6),
  price: money(0.6),
  bid: money(0.59),
  value: money(60),
  dayMove: null,
  closesAt: NOW + 17.5 * 24 * HOUR,
  changedAt: null,
  payout: null,
  ...more,
});
const order = (more: Partial<Order> = {}): Order => ({
  id: 'o',
  ticker: 'FED',
  title: 'Fed cuts',
  answer: 'Above 52°',
  side: 'no',
  count: money(100),
  price: money(0.4),
  closes: NO_CONTRACTS,
  committed: money(40),
  brings: ZERO,
  ...more,
});

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});

async function shown(
  holdings: Partial<Holdings>,
  sums: Partial<HoldingsSummary> = {},
  settings: Partial<Settings> = {},
): Promise<string> {
  await writeHoldings(clearRecords('a'), { ...EMPTY_HOLDINGS, readAt: read(NOW), ...holdings });
  await show('popup', {
    account: {},
    snapshot: GOOD,
    settings,
    sums: { ...NO_HOLDINGS, at: NOW, readAt: NOW, ...sums },
  });
  await vi.waitFor(() => expect(document.querySelector('.holdings')).not.toBeNull());
  await vi.waitFor(() => expect(document.querySelector('.holdings')?.textContent).not.toBe(''));
  return document.querySelector('.holdings')?.textContent ?? '';
}

describe('a position', () => {
  test('bought today at its last price has no gain, whatever the price was a day ago', async () => {
    const text = await shown({ positions: [position()] });
    expect(text).toContain('$60.00');
    expect(text).not.toContain('▲');
    expect(text).toContain('Unrealized $0.00');
  });

  test('held for a day: result since purchase with its percentage', async () => {
    const held = position({ cost: money(48), average: money(0.48), dayMove: money(30) });
    const text = await shown({ positions: [held] });
    expect(text).toContain('+$12.00 (+25%)');
  });

  test('a thin book: the bid stands beside the last price', async () => {
    expect(await shown({ positions: [position({ bid: money(0.4) })] })).toContain('bid 40¢');
  });

  test('an unknown cost is a dash', async () => {
    const text = await shown({ positions: [position({ cost: null, average: null })] });
    expect(text).toContain('—');
    expect(text).not.toContain('NaN');
  });

  test('past its closing time it awaits its result', async () => {
    expect(await shown({ positions: [position({ closesAt: NOW - HOUR })] })).toContain(
      'closed, awaiting result',
    );
  });
});

describe('an order', () => {
  test('that sells what is held takes nothing and brings money', async () => {
    const closing = order({ closes: money(100), committed: ZERO, brings: money(60) });
    const text = await shown({ orders: [closing] }, { orders: { count: 1, amount: ZERO } });
    expect(text).toContain('In orders · 1$0.00');
    expect(text).toContain('Fed cuts — Above 52°');
    expect(text).toContain('brings $60.00');
    expect(text).toContain('SELL YES 100 at 60¢');
  });

  test('that opens a position costs its price', async () => {
    const text = await shown({ orders: [order()] }, { orders: { count: 1, amount: money(40) } });
    expect(text).toContain('In orders · 1$40.00');
    // 765.40 of cash, minus 40.
    expect(text).toContain(`${english.message('freeAfterOrders')}$725.40`);
    expect(text).toContain('NO 100 at 40¢');
  });
});

test('a settlement of a position closed early shows its result and outcome', async () => {
  const settlement = {
    ticker: 'BTC',
    title: 'Bitcoin up?',
    answer: 'Down',
    result: 'no' as const,
    value: null,
    net: money(0.3647),
    at: NOW - HOUR,
  };
  const text = await shown({ settlements: [settlement] });
  expect(text).toContain('Bitcoin up? — Down+$0.36NO');
});

test('a scalar settlement shows what YES was paid', async () => {
  const tie = { ticker: 'LEAD', title: 'Who leads?', answer: 'XRP', result: null, value: money(0.5) };
  const text = await shown({ settlements: [{ ...tie, net: money(-0.4721), at: NOW - HOUR }] });
  expect(text).toContain('Who leads? — XRP−$0.48YES paid 50¢');
});

test('an exclusive event shows what it is worth after returned collateral', async () => {
  const no = (ticker: string, cost: number) =>
    position({ ticker, event: 'HIGH', side: 'no', answer: ticker, cost: money(cost), value: money(cost) });
  const text = await shown({
    positions: [no('A', 60), no('B', 70)],
    events: { HIGH: { title: 'Highest temperature?', exclusive: true, exposure: money(30), starts: null } },
  });
  expect(text).toContain('Highest temperature?$30.00');
  expect(text).toContain('cost $30.00 · $100.00 collateral returned · pays up to $100.00');
  expect(text).not.toMatch(/\$[67]0\.00/);
});

describe('lists', () => {
  test('older than the balance show their time', async () => {
    const at = new Intl.DateTimeFormat('en-US', { timeStyle: 'short' }).format(NOW - 2 * HOUR);
    const text = await shown(
      { positions: [position()], orders: [order()], readAt: { ...read(NOW), orders: NOW - 2 * HOUR } },
      { orders: { count: 1, amount: money(40) } },
    );
    expect(text).toContain(`In orders · 1 · as of ${at}`);
    expect(text).toMatch(/^Positions: 1(?! ·)/);
  });

  test('prices older than the balance are said at the positions', async () => {
    const text = await shown({ positions: [position()], readAt: { ...read(NOW), markets: NOW - 2 * HOUR } });
    expect(text).toMatch(/^Positions: 1 · as of /);
  });

  test('rows that could not be read are counted and said', async () => {
    const text = await shown({ unreadable: { positions: 1, markets: 0, orders: 1, settlements: 0 } });
    expect(text).toContain(english.message('rowsUnreadable', '2'));
    expect(text).not.toContain(english.message('holdingsNone'));
  });
});

const many = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    position({
      ticker: `KXA-${index}`,
      event: `KXA-${index}`,
      answer: `Answer ${index}`,
      value: money(index),
    }),
  );
const rows = () => [...document.querySelectorAll('.positions li.position b')].map((each) => each.textContent);

describe('many positions', () => {
  test('the first eight, then all; the order stays until another is chosen', async () => {
    await shown({ positions: many(60) });
    expect(rows()).toHaveLength(8);
    fireEvent.click(screen.getByRole('button', { name: 'Show all 60' }));
    await vi.waitFor(() => expect(rows()).toHaveLength(60), { timeout: 10_000 });
    fireEvent.change(screen.getByRole('combobox', { name: 'Sort positions by' }), {
      target: { value: 'value' },
    });
    await vi.waitFor(() => expect(rows().slice(0, 2)).toEqual(['Answer 59', 'Answer 58']));
  });

  test('search from ten on', async () => {
    await shown({ positions: many(10) });
    fireEvent.input(screen.getByRole('searchbox', { name: 'Search positions' }), {
      target: { value: 'answer 7' },
    });
    await vi.waitFor(() => expect(rows()).toEqual(['Answer 7']));
  });

  test('none to search below ten', async () => {
    await shown({ positions: many(9) });
    expect(screen.queryByRole('searchbox')).toBeNull();
  });
});

test('the answer links to the page of its event, in a new tab and without a referrer', async () => {
  await shown({ positions: many(1) });
  const link = screen.getByRole('link', { name: 'Answer 0' });
  expect(link.getAttribute('href')).toBe('https://kalshi.com/markets/kxa/kxa-0');
  expect([link.getAttribute('target'), link.getAttribute('rel')]).toEqual(['_blank', 'noopener noreferrer']);
});

describe('a combo', () => {
  const leg = (ticker: string, yesValue: number | null) => ({
    ticker,
    event: `${ticker}-1`,
    side: 'yes' as const,
    yesValue: yesValue === null ? null : money(yesValue),
  });
  const holdings = (values: (number | null)[]) => ({
    positions: [position({ ticker: 'KXMVE-1', event: 'KXMVE-1' })],
    markets: {
      'KXMVE-1': {
        event: 'KXMVE-1',
        title: 'yes Buffalo,yes Kansas City',
        yes: '',
        no: '',
        last: money(0.6),
        previous: money(0.5),
        yesBid: null,
        noBid: null,
        closesAt: null,
        settles: null,
        legs: values.map((value, index) => leg(`L${index}`, value)),
      },
    },
  });

  test('says how many legs won, and one that lost at once', async () => {
    expect(await shown(holdings([1, null]))).toContain('COMBO 21 of 2 legs won');
    cleanup();
    expect(await shown(holdings([1, 0]))).toContain('Lost: 1 of 2 legs lost');
  });

  test('hidden amounts hide prices, directions and the state of legs, in attributes too', async () => {
    const text = await shown(holdings([1, 0]), {}, { hideAmounts: true });
    expect(text).toContain('2 legs');
    const html = document.querySelector('.holdings')?.outerHTML ?? '';
    const ownFigures = html.replaceAll(english.message('watchHint'), ''); // the alert's limit is the same for everybody
    expect(ownFigures).not.toMatch(/[$¢▲▼]|\bwon\b|\blost\b/i);
  });
});
