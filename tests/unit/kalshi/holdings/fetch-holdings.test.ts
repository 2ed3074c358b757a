// Holdings from the exchange's responses to rows; each list that fails keeps its last rows.
import { describe, expect, test } from 'vitest';
import { midnightDaysBefore } from '../../../../src/domain/calendar.ts';
import { groupsOf } from '../../../../src/domain/holdings/event-group.ts';
import { EMPTY_HOLDINGS, type Holdings } from '../../../../src/domain/holdings/holdings.ts';
import type { Micros } from '../../../../src/domain/money.ts';
import { fetchHoldings, fetchPrices } from '../../../../src/kalshi/holdings/fetch-holdings.ts';
import { Member, type MemberInit } from '../../../exchange/member.ts';
import { contextOf, json, type Spoil } from '../../../fakes/request-context.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const money = (dollars: number) => Math.round(dollars * 1_000_000) as Micros;

async function fetchFrom(init: MemberInit, spoil?: Spoil, before: Holdings = EMPTY_HOLDINGS, now = NOW) {
  const { context, requests } = await contextOf(new Member(init), () => now, spoil);
  return { requests, reply: await fetchHoldings(context, before) };
}

async function read(...args: Parameters<typeof fetchFrom>) {
  const { reply } = await fetchFrom(...args);
  if (reply.kind !== 'read') throw new Error(reply.kind);
  return reply;
}

const POSITIONS = [
  {
    ticker: 'TEMP-52',
    event: 'TEMP',
    eventTitle: 'Highest temperature in NYC',
    title: 'Will it be above 52°?',
    answer: '52°',
    contracts: -120,
    price: 81.8,
    average: 74,
    previous: 74,
    bid: 80,
    closes: NOW + DAY,
  },
  {
    ticker: 'TEMP-55',
    event: 'TEMP',
    title: 'Will it be above 55°?',
    answer: '55°',
    contracts: 20.5,
    price: 12,
    average: 20,
    previous: 15,
  },
  { ticker: 'FED-1', event: 'FED', title: 'Fed', contracts: 300, price: 62, average: 48, previous: 62 },
  { ticker: 'DONE-1', event: 'DONE', title: 'Rain', contracts: 100, price: 99, result: 'yes' as const },
  { ticker: 'LOST-1', event: 'LOST', title: 'Snow', contracts: 10, price: 1, result: 'no' as const },
];
const INIT: MemberInit = {
  positions: POSITIONS,
  orders: [{ ticker: 'FED-1', side: 'yes', contracts: 46, price: 70 }],
  settlements: [{ ticker: 'OLD', revenue: 10_000, cost: '41.0000', fee: '0.7000', at: NOW - DAY }],
};

describe('responses of the exchange', () => {
  test('positions, orders and settlements, joined with their markets and events', async () => {
    const { holdings, summary } = await read(INIT);
    const { positions, orders, settlements, events, readAt, unreadable } = holdings;
    expect(positions[0]).toEqual({
      ticker: 'TEMP-52',
      event: 'TEMP',
      title: 'Will it be above 52°?',
      answer: '52°',
      side: 'no',
      count: money(120),
      cost: money(88.8),
      average: money(0.74),
      price: money(0.818),
      bid: money(0.8),
      value: money(98.16),
      dayMove: money(9.36),
      closesAt: NOW + DAY,
      changedAt: expect.any(Number),
      payout: null,
    });
    expect(positions[1]).toMatchObject({
      side: 'yes',
      count: money(20.5),
      value: money(2.46),
      dayMove: money(-0.615),
    });
    expect(groupsOf(positions, events).map(({ title, positions }) => [title, positions.length])).toEqual([
      ['Fed', 1],
      ['Highest temperature in NYC', 2],
    ]);
    expect(orders).toMatchObject([{ side: 'yes', price: money(0.7), committed: money(32.2), title: 'Fed' }]);
    expect(settlements).toMatchObject([{ net: money(58.3), at: NOW - DAY, result: 'yes' }]);
    expect(readAt).toEqual({ positions: NOW, markets: NOW, orders: NOW, settlements: NOW });
    expect(unreadable).toEqual({ positions: 0, markets: 0, orders: 0, settlements: 0 });
    expect(summary).toEqual({
      at: NOW,
      readAt: NOW,
      pricesAt: NOW,
      readable: true,
      pending: { count: 2, amount: money(100) },
      orders: { count: 1, amount: money(32.2) },
      settling: [
        { day: midnightDaysBefore(0, NOW), count: 0 },
        { day: midnightDaysBefore(-1, NOW), count: 1 },
      ],
    });
  });

  test('all lists are of the subaccount of the balance, and an event is asked for its title once', async () => {
    const first = await fetchFrom(INIT);
    expect(first.requests.map(({ pathname }) => pathname.replace('/trade-api/v2/', ''))).toEqual([
      'portfolio/positions',
      'portfolio/orders',
      'portfolio/settlements',
      'markets',
      'events/TEMP',
      ...Array(4).fill('milestones'),
    ]);
    const [positions, orders, settlements] = first.requests.map(({ searchParams }) => searchParams);
    expect(positions?.get('subaccount')).toBeNull(); // the primary one by default, unlike the other lists
    expect([orders, settlements].map((query) => query?.get('subaccount'))).toEqual(['0', '0']);
    expect(orders?.get('status')).toBe('resting');
    expect(settlements?.get('min_ts')).toBe(String((NOW - 7 * DAY) / 1000));
    if (first.reply.kind !== 'read') throw new Error(first.reply.kind);
    const second = await fetchFrom(INIT, undefined, first.reply.holdings);
    expect(second.requests.filter(({ pathname }) => pathname.includes('events'))).toEqual([]);
    expect(second.reply).toMatchObject({
      holdings: { events: { TEMP: { title: 'Highest temperature in NYC' } } },
    });
  });

  test('an order that sells what is held closes it; an event has its exposure', async () => {
    const orders = [{ ticker: 'FED-1', side: 'no' as const, contracts: 46, price: 30 }];
    const { holdings } = await read({ ...INIT, orders });
    expect(holdings.orders).toMatchObject([{ closes: money(46), committed: 0 }]);
    expect(holdings.events.FED?.exposure).toBe(money(144));
    expect(holdings.events.TEMP?.exposure).toBe(money(92.9));
  });

  test('rows that cannot be decoded and positions that are not exact are both counted', async () => {
    const { holdings } = await read(INIT, (path) => {
      if (!path.endsWith('/positions')) return undefined;
      const row = {
        ticker: 'FED-1',
        position_fp: '1.00',
        market_exposure_dollars: '0.50',
        last_updated_ts: new Date(NOW).toISOString(),
      };
      const most = { ...row, ticker: 'TEMP-52', position_fp: String(Number.MAX_SAFE_INTEGER / 1e6) };
      return json({ market_positions: [row, most, { ...row, position_fp: 'many' }], event_positions: [] });
    });
    expect(holdings.positions.map(({ ticker }) => ticker)).toEqual(['FED-1']);
    expect(holdings.unreadable.positions).toBe(2);
  });

  test('of more than five events, those with the most positions are asked for first, others the next time', async () => {
    const events = ['A', 'B', 'C', 'D', 'E', 'F'];
    const positions = [...events, ...events, 'F', 'E', 'F'].map((event, index) => ({
      ticker: `${event}-${index}`,
      event,
      title: event,
      contracts: 1,
      price: 50,
    }));
    const asked = ({ requests }: Awaited<ReturnType<typeof fetchFrom>>) =>
      requests
        .filter(({ pathname }) => pathname.includes('/events/'))
        .map(({ pathname }) => pathname.slice(-1));
    const first = await fetchFrom({ positions });
    expect(asked(first)).toEqual(['F', 'E', 'A', 'B', 'C']);
    if (first.reply.kind !== 'read') throw new Error(first.reply.kind);
    expect(asked(await fetchFrom({ positions }, undefined, first.reply.holdings))).toEqual(['D']);
  });

  test('403 is denied, every other error is a failure', async () => {
    const status = (code: number) => () => new Response('{}', { status: code });
    expect((await fetchFrom({}, status(403))).reply).toEqual({ kind: 'denied' });
    expect((await fetchFrom({}, status(500))).reply).toEqual({ kind: 'failed' });
    expect((await fetchFrom({}, () => new Response('<html>'))).reply).toEqual({ kind: 'failed' });
    expect((await fetchFrom({}, () => json({ market_positions: 7 }))).reply).toEqual({ kind: 'failed' });
  });

  test.each(['orders', 'settlements', 'markets'] as const)(
    'the %s list fails: its last rows stay, with their time',
    async (list) => {
      const before = (await read(INIT)).holdings;
      const { holdings, summary } = await read(
        INIT,
        (path) => (path.endsWith(list) ? new Response('', { status: 500 }) : undefined),
        before,
        NOW + HOUR,
      );
      expect(holdings[list]).toEqual(before[list]);
      expect(holdings.positions).toEqual(before.positions); // with the last known titles and prices
      expect(holdings.readAt).toEqual({
        ...{ positions: NOW + HOUR, markets: NOW + HOUR, orders: NOW + HOUR, settlements: NOW + HOUR },
        [list]: NOW,
      });
      expect(summary.orders).toEqual({ count: 1, amount: money(32.2) });
    },
  );

  test('without any earlier response, what failed is unknown, not empty', async () => {
    const { holdings } = await read(INIT, (path) =>
      /orders|settlements|markets/.test(path) ? new Response('', { status: 500 }) : undefined,
    );
    expect(holdings.readAt).toEqual({ positions: NOW, markets: null, orders: null, settlements: null });
    expect(holdings.positions[0]).toMatchObject({ title: 'TEMP-52', price: null, value: null });
  });

  test.each(['determined', 'amended'])('a market that is %s has a pending payout', async (status) => {
    const market = { ticker: 'DONE-1', title: 'Rain', status, result: 'yes', last_price_dollars: '0.99' };
    const { summary } = await read({ positions: POSITIONS.slice(3, 4) }, (path) =>
      path.endsWith('markets') ? json({ markets: [market], cursor: '' }) : undefined,
    );
    expect(summary.pending).toEqual({ count: 1, amount: money(100) });
  });

  test.each(['active', 'closed', 'disputed', 'settled', 'finalized'])(
    'a market that is %s has none',
    async (status) => {
      const market = { ticker: 'DONE-1', title: 'Rain', status, result: 'yes', last_price_dollars: '0.99' };
      const { summary, holdings } = await read({ positions: POSITIONS.slice(3, 4) }, (path) =>
        path.endsWith('markets') ? json({ markets: [market], cursor: '' }) : undefined,
      );
      expect(summary.pending.count).toBe(0);
      expect(holdings.positions).toMatchObject([{ payout: null }]);
    },
  );

  test('the payout of a market that was settled at a value between 0 and 1', async () => {
    const market = { ticker: 'DONE-1', status: 'determined', result: '', settlement_value_dollars: '0.2500' };
    const { summary } = await read({ positions: POSITIONS.slice(3, 4) }, (path) =>
      path.endsWith('markets') ? json({ markets: [market], cursor: '' }) : undefined,
    );
    expect(summary.pending).toEqual({ count: 1, amount: money(25) });
  });

  test('it closes at close_time or when its result is expected, whichever is earlier', async () => {
    const closing = async (times: object) => {
      const market = { ticker: 'FED-1', title: 'Fed', status: 'active', ...times };
      const { holdings } = await read({ positions: POSITIONS.slice(2, 3) }, (path) =>
        path.endsWith('markets') ? json({ markets: [market], cursor: '' }) : undefined,
      );
      return holdings.positions[0]?.closesAt;
    };
    // Recorded: the market of 15 June closes on the 16th, its result is expected on the 16th at 14:00 UTC.
    const [close, expected] = ['2026-06-16T04:59:00Z', '2026-06-16T14:00:00Z'];
    expect(await closing({ close_time: close, expected_expiration_time: expected })).toBe(Date.parse(close));
    expect(await closing({ close_time: expected, expected_expiration_time: close })).toBe(Date.parse(close));
    expect(await closing({ close_time: close })).toBe(Date.parse(close));
    expect(await closing({ close_time: close, expected_expiration_time: null })).toBe(Date.parse(close));
    expect(await closing({})).toBeNull();
  });

  test('titles are shown without the asterisks of Markdown', async () => {
    const { holdings } = await read({
      positions: [
        {
          ticker: 'A',
          title: 'Will the **high temp in NYC** be >85°?',
          answer: '**86°** or above',
          contracts: 1,
          price: 5,
        },
      ],
    });
    expect(holdings.positions[0]).toMatchObject({
      title: 'Will the high temp in NYC be >85°?',
      answer: '86° or above',
    });
  });

  test('a row that cannot be decoded is counted, the others are kept', async () => {
    const rows = [
      { ticker: 'A', position_fp: '1.00', market_exposure_dollars: '0.50' },
      { ticker: 'B', position_fp: 7, market_exposure_dollars: '0.50' },
      { ticker: 'C', position_fp: '1e9', market_exposure_dollars: '0.50' },
      { ticker: 'D', position_fp: '0.00', market_exposure_dollars: '0.00' },
      null,
    ];
    const { holdings } = await read(INIT, (path) => {
      if (path.endsWith('positions')) return json({ market_positions: rows, cursor: '' });
      if (path.endsWith('orders')) return json({ orders: [{ ticker: 'A' }], cursor: '' });
      if (path.endsWith('settlements')) return json({ settlements: [{ ticker: 'A' }, 7], cursor: '' });
      return undefined;
    });
    expect(holdings.positions).toMatchObject([{ ticker: 'A' }]);
    expect(holdings.unreadable).toEqual({ positions: 3, markets: 0, orders: 1, settlements: 2 });
  });

  test('an exposure below zero makes the cost unknown, not the position', async () => {
    const { holdings } = await read({}, (path) =>
      path.endsWith('positions')
        ? json({ market_positions: [{ ticker: 'A', position_fp: '3.00', market_exposure_dollars: '-0.50' }] })
        : undefined,
    );
    expect(holdings.positions).toMatchObject([{ ticker: 'A', cost: null, average: null }]);
    expect(holdings.unreadable.positions).toBe(0);
  });

  test.each(['executed', 'canceled'])(
    'an order that is %s is left out, although the response has it',
    async (status) => {
      const row = {
        order_id: 'a',
        ticker: 'FED-1',
        status,
        outcome_side: 'yes',
        yes_price_dollars: '0.5000',
        no_price_dollars: '0.5000',
        remaining_count_fp: '3.00',
      };
      const { holdings } = await read(INIT, (path) =>
        path.endsWith('orders') ? json({ orders: [row], cursor: '' }) : undefined,
      );
      expect(holdings.orders).toEqual([]);
      expect(holdings.unreadable.orders).toBe(0);
    },
  );

  test('the last settlements are shown whatever their order in the response', async () => {
    const days = [3, 1, 6, 2, 5, 4, 9];
    const { holdings } = await read({
      settlements: days.map((ago) => ({
        ticker: `S${ago}`,
        revenue: 100,
        cost: '0.5',
        fee: '0',
        at: NOW - ago * DAY,
      })),
    });
    expect(holdings.settlements.map(({ ticker }) => ticker)).toEqual(['S1', 'S2', 'S3', 'S4', 'S5']);
  });

  test('of thousands of settlements, the names of those that are shown are requested, and of no others', async () => {
    const settlements = Array.from({ length: 2_500 }, (_, index) => ({
      ...{ ticker: `KXBTC15M-${index}-15`, revenue: 100, cost: '0.5', fee: '0' },
      at: NOW - index * 60_000,
    }));
    const { reply, requests } = await fetchFrom({ settlements });
    expect(reply.kind).toBe('read');
    const named = requests.filter(({ pathname }) => pathname.endsWith('/markets'));
    expect(named.map(({ searchParams }) => searchParams.get('tickers')?.split(',').sort())).toEqual([
      settlements.slice(0, 5).map(({ ticker }) => ticker),
    ]);
  });

  test('positions that do not end within ten pages are not read: what is known stays', async () => {
    const page = (cursor: string) =>
      json({
        market_positions: [{ ticker: `T${cursor}`, position_fp: '1', market_exposure_dollars: '0.5' }],
        cursor,
      });
    const { reply, requests } = await fetchFrom({}, (path) =>
      path.endsWith('positions') ? page('more') : undefined,
    );
    expect(reply).toEqual({ kind: 'failed' });
    expect(requests.filter(({ pathname }) => pathname.endsWith('positions'))).toHaveLength(10);
  });

  test('hundreds of markets are requested in URLs below the length limit', async () => {
    const positions = Array.from({ length: 500 }, (_, index) => ({
      ticker: `LONGEVENT${index}-26NOV22-STRIKE`,
      contracts: 1,
      price: 50,
    }));
    const { reply, requests } = await fetchFrom({ positions });
    if (reply.kind !== 'read') throw new Error(reply.kind);
    expect(reply.holdings.positions).toHaveLength(500);
    expect(reply.holdings.positions.every(({ value }) => value === money(0.5))).toBe(true);
    for (const { href } of requests) expect(href.length).toBeLessThan(4_000);
  });

  test('events are asked for a few at a time; the others follow', async () => {
    const positions = Array.from({ length: 16 }, (_, index) => ({
      ticker: `E${index >> 1}-${index}`,
      event: `E${index >> 1}`,
      eventTitle: `Event ${index >> 1}`,
      contracts: 1,
      price: 50,
    }));
    const named = (holdings: Holdings) => Object.values(holdings.events).filter(({ title }) => title).length;
    const first = await read({ positions });
    expect(named(first.holdings)).toBe(5);
    const second = await read({ positions }, undefined, first.holdings);
    expect(named(second.holdings)).toBe(8);
  });
});

test.each([
  ['es', 'es, en;q=0.5'],
  [undefined, null],
] as const)('titles are requested in the language %s, with English as fallback', async (language, header) => {
  const { context } = await contextOf(new Member({ cash: '1', positions: POSITIONS }), () => NOW);
  const languages: Record<string, string | null> = {};
  const { fetch } = context.transport;
  context.transport.fetch = (url, init) => {
    languages[new URL(url).pathname] = new Headers(init.headers).get('Accept-Language');
    return fetch(url, init);
  };
  await fetchHoldings({ ...context, ...(language && { language }) }, EMPTY_HOLDINGS);
  expect(languages['/trade-api/v2/markets']).toBe(header);
  expect(languages['/trade-api/v2/events/TEMP']).toBe(header);
});

describe('combos and beginnings', () => {
  const COMBO = { ticker: 'KXMVE-S1-A', contracts: 5, price: 10, title: 'yes Buffalo,no Over 45.5' };
  const leg = { event_ticker: 'KXG-1', market_ticker: 'KXG-1-BUF', side: 'YES' };
  const row = <T extends { ticker: string }>(more: T) => ({ status: 'active', ...more });
  const withLegs =
    (legs: unknown): Spoil =>
    (path, url) => {
      if (!path.endsWith('/markets')) return undefined;
      const tickers = url.searchParams.get('tickers')?.split(',') ?? [];
      const all = [
        row({ ticker: COMBO.ticker, event_ticker: 'KXMVE-S1', title: COMBO.title, mve_selected_legs: legs }),
        row({
          ticker: 'KXG-1-BUF',
          event_ticker: 'KXG-1',
          yes_sub_title: 'Buffalo',
          last_price_dollars: '0.6',
        }),
      ];
      return json({ markets: all.filter(({ ticker }) => tickers.includes(ticker)) });
    };
  const markets = ({ requests }: Awaited<ReturnType<typeof fetchFrom>>) =>
    requests
      .filter(({ pathname }) => pathname.endsWith('/markets'))
      .map((url) => url.searchParams.get('tickers'));

  test('the markets of new legs are fetched after the combo, and then with it', async () => {
    const init = { positions: [COMBO] };
    const first = await fetchFrom(init, withLegs([leg, { ...leg, yes_settlement_value_dollars: '1.0000' }]));
    if (first.reply.kind !== 'read') throw new Error(first.reply.kind);
    const { holdings } = first.reply;
    expect(markets(first)).toEqual(['KXMVE-S1-A', 'KXG-1-BUF']);
    expect(holdings.markets['KXMVE-S1-A']?.legs).toEqual([
      { ticker: 'KXG-1-BUF', event: 'KXG-1', side: 'yes', yesValue: null },
      { ticker: 'KXG-1-BUF', event: 'KXG-1', side: 'yes', yesValue: money(1) },
    ]);
    expect(holdings.markets['KXG-1-BUF']?.last).toBe(money(0.6));
    expect(markets(await fetchFrom(init, withLegs([leg]), holdings))).toEqual(['KXMVE-S1-A,KXG-1-BUF']);
  });

  test('legs of which one cannot be read are unknown together; the market stays', async () => {
    const { holdings } = await read({ positions: [COMBO] }, withLegs([leg, { ...leg, side: 'maybe' }]));
    expect(holdings.markets['KXMVE-S1-A']).toMatchObject({ title: COMBO.title, legs: [] });
  });

  test('a milestone is fetched once for all events of a game, and not again where there is none', async () => {
    const positions = ['KXGAME-1', 'KXTOTAL-1', 'KXRAIN-1'].map((event) => ({
      ticker: `${event}-A`,
      event,
      contracts: 1,
      price: 50,
    }));
    const spoil: Spoil = (path, url) => {
      if (!path.endsWith('/milestones')) return undefined;
      const isGame = url.searchParams.get('related_event_ticker') !== 'KXRAIN-1';
      const milestone = {
        start_date: '2026-11-22T18:00:00Z',
        related_event_tickers: ['KXGAME-1', 'KXTOTAL-1', 'KXOTHER-1'],
      };
      return json({ milestones: isGame ? [milestone] : [], cursor: '' });
    };
    const asked = ({ requests }: Awaited<ReturnType<typeof fetchFrom>>) =>
      requests.flatMap(({ searchParams }) => searchParams.get('related_event_ticker') ?? []);
    const first = await fetchFrom({ positions }, spoil);
    if (first.reply.kind !== 'read') throw new Error(first.reply.kind);
    expect(asked(first)).toEqual(['KXGAME-1', 'KXRAIN-1']);
    const { events } = first.reply.holdings;
    const start = Date.UTC(2026, 10, 22, 18);
    expect([events['KXGAME-1']?.starts, events['KXTOTAL-1']?.starts]).toEqual([start, start]);
    expect(events['KXRAIN-1']?.starts).toBe('none');
    expect(asked(await fetchFrom({ positions }, spoil, first.reply.holdings))).toEqual([]);
  });
});

describe('prices alone', () => {
  test('one request; values, results and the time of the prices follow, the lists stay', async () => {
    const before = (await read(INIT)).holdings;
    const moved = POSITIONS.map((each) => (each.ticker === 'FED-1' ? { ...each, price: 70 } : each));
    const later = NOW + 10_000;
    const { context, requests } = await contextOf(new Member({ ...INIT, positions: moved }), () => later);
    const after = await fetchPrices(context, before);
    expect(requests.map(({ pathname }) => pathname)).toEqual(['/trade-api/v2/markets']);
    const fed = (holdings: Holdings | null) => holdings?.positions.find(({ ticker }) => ticker === 'FED-1');
    expect(fed(after)).toEqual({
      ...fed(before),
      price: money(0.7),
      value: money(210),
      bid: fed(after)?.bid,
      dayMove: fed(after)?.dayMove,
    });
    expect(after?.readAt).toEqual({ ...before.readAt, markets: later });
    expect(after?.positions).toHaveLength(before.positions.length);
    expect(after?.orders).toBe(before.orders);
  });

  test('a failed request leaves what was known', async () => {
    const before = (await read(INIT)).holdings;
    const { context } = await contextOf(
      new Member(INIT),
      () => NOW,
      () => new Response('', { status: 429 }),
    );
    expect(await fetchPrices(context, before)).toBeNull();
  });
});
