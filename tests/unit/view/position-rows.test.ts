// The rows of positions: links, legs, order, search; and what is decided next.
import { describe, expect, test } from 'vitest';
import { EMPTY_HOLDINGS, type Holdings } from '../../../src/domain/holdings/holdings.ts';
import type { Market } from '../../../src/domain/holdings/market.ts';
import type { Position } from '../../../src/domain/holdings/position.ts';
import { eventUrl, portfolioUrl } from '../../../src/view/market-link.ts';
import { eventViews, inOrder, matches, sortedKeys } from '../../../src/view/position-rows.ts';
import { settlingOf } from '../../../src/view/settling.ts';
import { formatWhen } from '../../../src/view/texts/format-when.ts';
import { english } from '../../fakes/english.ts';

const NOW = new Date(2026, 10, 28, 12, 0).getTime();
const HOUR = 3_600_000;
const market = (more: object = {}) =>
  ({
    event: 'KXA-1',
    title: '',
    yes: '',
    no: '',
    last: null,
    previous: null,
    settles: null,
    legs: [],
    ...more,
  }) as unknown as Market;
const position = (ticker: string, more: object = {}) =>
  ({
    ticker,
    event: ticker,
    title: ticker,
    answer: '',
    side: 'yes',
    count: 10_000_000,
    cost: 4_000_000,
    value: 5_000_000,
    dayMove: null,
    closesAt: null,
    payout: null,
    ...more,
  }) as unknown as Position;
const views = (more: Partial<Holdings>) => eventViews([{ ...EMPTY_HOLDINGS, ...more }], 'production');

describe('links to public pages', () => {
  test('series and event in lower case, at the site of the environment, without anything of the account', () => {
    expect(eventUrl('production', 'KXNFLGAME-26NOV29KCBUF')).toBe(
      'https://kalshi.com/markets/kxnflgame/kxnflgame-26nov29kcbuf',
    );
    expect(eventUrl('demo', 'A-1')).toBe('https://demo.kalshi.co/markets/a/a-1');
    expect(portfolioUrl('production')).toBe('https://kalshi.com/portfolio');
  });

  test.each([
    '',
    'NOSERIES',
    '../X-1',
    'A-1/../../x',
    'A-1?ref=x',
    'A-1#x',
    'A -1',
    'A-1\n',
    '-1',
    `A-${'1'.repeat(100)}`,
    'javascript:A-1',
  ])('none for %j', (ticker) => {
    expect(eventUrl('production', ticker)).toBeUndefined();
  });
});

test('a combo has its legs with state, price of its side, text and link; the combo itself has no page', () => {
  const leg = (ticker: string, side: string, yesValue: number | null) => ({
    ticker,
    event: `KX${ticker}-1`,
    side,
    yesValue,
  });
  const legs = [
    leg('A', 'yes', 1_000_000),
    leg('B', 'no', 1_000_000),
    leg('C', 'no', null),
    leg('D', 'yes', 500_000),
    leg('E', 'no', null),
  ];
  const [view] = views({
    positions: [position('KXMVE-1')],
    markets: {
      'KXMVE-1': market({ title: 'yes Buffalo,no Over 45.5,no Rain, and snow', legs }),
      C: market({ title: 'Weather', no: 'No rain', last: 300_000 }),
      E: market({ settles: 1_000_000 }),
    },
  });
  expect(view?.url).toBeUndefined();
  expect(view?.positions[0]?.url).toBeUndefined();
  expect(
    view?.positions[0]?.legs.map(({ answer, state, price, url }) => [answer, state, price, url]),
  ).toEqual([
    ['Buffalo', 'won', null, 'https://kalshi.com/markets/kxa/kxa-1'],
    ['Over 45.5', 'lost', null, 'https://kalshi.com/markets/kxb/kxb-1'],
    ['No rain', 'open', 700_000, 'https://kalshi.com/markets/kxc/kxc-1'],
    ['D', 'partial', null, 'https://kalshi.com/markets/kxd/kxd-1'],
    ['E', 'lost', null, 'https://kalshi.com/markets/kxe/kxe-1'], // determined, not paid yet
  ]);
});

test('the price of NO falls when that of YES rises', () => {
  const markets = { T: market({ last: 600_000, previous: 550_000 }) };
  const moveOf = (side: string) =>
    views({ positions: [position('T', { side })], markets })[0]?.positions[0]?.priceMove;
  expect(moveOf('yes')).toBe(50_000);
  expect(moveOf('no')).toBe(-50_000);
});

describe('order', () => {
  const all = views({
    positions: [
      position('A', { closesAt: NOW + 3 * HOUR, value: 1_000_000, dayMove: -9 }),
      position('B', { closesAt: NOW + HOUR, value: 3_000_000, dayMove: 1 }),
      position('C', { value: null, dayMove: null, title: 'Snow', answer: 'In Boston' }),
      position('D', { closesAt: NOW + 2 * HOUR, value: 2_000_000, cost: 500_000 }),
    ],
  });
  test.each([
    ['settles', 'BDAC'],
    ['value', 'BDAC'],
    ['result', 'DBAC'],
    ['moved', 'ABDC'],
  ] as const)('by %s: %s, what is unknown last', (sort, order) => {
    expect(
      sortedKeys(all, sort)
        .map((key) => key.slice(-1))
        .join(''),
    ).toBe(order);
  });

  test('stays when values change; a new row is last', () => {
    const keys = sortedKeys(all, 'value').filter((key) => !key.endsWith('A'));
    expect(inOrder(all, keys).map(({ group }) => group.event)).toEqual(['B', 'D', 'C', 'A']);
  });

  test('search finds titles and answers', () => {
    const found = (text: string) => all.filter((each) => matches(each, text)).map(({ group }) => group.event);
    expect(found(' boston')).toEqual(['C']);
    expect(found('SNOW')).toEqual(['C']);
    expect(found('sun')).toEqual([]);
  });
});

test('what is decided next: spans, sums, the count of today and the next time', () => {
  const at = (ticker: string, closesAt: number) => position(ticker, { closesAt });
  const settling = settlingOf(
    views({
      positions: [
        at('PAST', NOW - HOUR),
        at('SOON', NOW + HOUR),
        at('LATE', NOW + 8 * HOUR),
        at('TOMORROW', NOW + 24 * HOUR),
        at('WEEK', NOW + 72 * HOUR),
        at('FAR', NOW + 480 * HOUR),
        position('NEVER'),
      ],
    }),
    NOW,
  );
  expect(settling).toMatchObject({ count: 3, maxPayout: 30_000_000, next: NOW + HOUR });
  expect(settling.spans.map(({ span, events, cost }) => [span, events[0]?.group.event, cost])).toEqual([
    ['now', 'PAST', 4_000_000],
    ['today', 'SOON', 4_000_000],
    ['tonight', 'LATE', 4_000_000],
    ['tomorrow', 'TOMORROW', 4_000_000],
    ['week', 'WEEK', 4_000_000],
  ]);
});

test.each([
  [4, false, null, '4:00 PM'],
  [4, true, null, '~4:00 PM'],
  [28, false, null, 'tomorrow 4:00 PM'],
  [76, false, null, 'Tue 4:00 PM'],
  [244, false, null, 'Dec 8'],
  [-2, false, null, 'began 10:00 AM'],
  [-2, true, null, 'closed, awaiting result'],
  [-2, false, -1, 'closed, awaiting result'],
])('%d h from now, approximate %s: %s', (hours, approximate, closed, text) => {
  const closesAt = closed === null ? null : NOW + closed * HOUR;
  expect(
    formatWhen({ at: NOW + hours * HOUR, approximate }, closesAt, NOW, english)?.replace(/\u202f/g, ' '),
  ).toBe(text);
});
