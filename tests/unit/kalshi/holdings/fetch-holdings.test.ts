// Holdings from the exchange's responses to rows: exact, truncated, sorted by value.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fetchHoldings } from '../../../../src/kalshi/holdings/fetch-holdings.ts';
import { areHoldingsDue } from '../../../../src/portfolio/backoff.ts';
import {
  combineHoldingsSummaries,
  groupsOf,
  type HoldingsSummary,
  pendingOf,
  positionOf,
  positionsValue,
} from '../../../../src/portfolio/holdings/holdings.ts';
import { decimal, divide, type Micros, multiply } from '../../../../src/portfolio/money.ts';
import { importPrivateKey } from '../../../../src/vault/import-key.ts';
import { csvOf } from '../../../../src/view/csv.ts';
import { formatCents, formatCount } from '../../../../src/view/format-money.ts';
import { makeKey } from '../../../exchange/keys.ts';
import { Member, type MemberInit } from '../../../exchange/member.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const DAY = 86_400_000;
const money = (dollars: number) => Math.round(dollars * 1_000_000) as Micros;

async function fetchFrom(
  init: MemberInit,
  spoil: (path: string, url: URL) => Response | undefined = () => undefined,
) {
  const imported = await importPrivateKey(makeKey('Ed25519').pem);
  if (typeof imported === 'string') throw new Error(imported);
  const member = new Member(init);
  const requests: URL[] = [];
  const transport = {
    fetch: async (address: string) => {
      const url = new URL(address);
      requests.push(url);
      const answer = () => new Response(JSON.stringify(member.answer(url.pathname, url.searchParams, NOW)));
      return spoil(url.pathname, url) ?? answer();
    },
    now: () => NOW,
    timeout: () => new AbortController().signal,
  };
  const signer = { keyId: 'id', key: imported.key };
  return {
    requests,
    reply: await fetchHoldings({ transport, environment: 'production', signer, clockOffset: 0 }),
  };
}

const POSITIONS = [
  {
    ticker: 'TEMP-52',
    event: 'TEMP',
    title: 'Temp',
    answer: '52°',
    contracts: -120,
    price: 81.8,
    average: 74,
    previous: 74,
    closes: NOW + DAY,
  },
  {
    ticker: 'TEMP-55',
    event: 'TEMP',
    title: 'Temp',
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

describe('responses of the exchange', () => {
  test('positions, orders, settlements and transfers, joined with their markets', async () => {
    const { reply, requests } = await fetchFrom({
      positions: POSITIONS,
      orders: [{ ticker: 'FED-1', side: 'no', contracts: 46, price: 70 }],
      settlements: [{ ticker: 'OLD', revenue: 10_000, cost: '41.0000', fee: '0.7000', at: NOW - DAY }],
      transfers: [
        { cents: 5_000, at: NOW - 1000 },
        { cents: -2_000, at: NOW - 2000 },
        { cents: 9_900, at: NOW - 3000, status: 'pending' },
        { cents: 8_800, at: NOW - 30 * DAY },
      ],
    });
    if (reply.kind !== 'read') throw new Error(reply.kind);
    const { positions, orders, settlements } = reply.holdings;
    expect(positions[0]).toEqual({
      ticker: 'TEMP-52',
      event: 'TEMP',
      title: 'Temp',
      answer: '52°',
      side: 'no',
      count: money(120),
      average: money(0.74),
      price: money(0.818),
      value: money(98.16),
      change: money(9.36),
      closesAt: NOW + DAY,
      payout: null,
    });
    expect(positions[1]).toMatchObject({
      side: 'yes',
      count: money(20.5),
      value: money(2.46),
      change: money(-0.615),
    });
    expect(pendingOf(positions)).toMatchObject([{ payout: money(100) }, { payout: 0 }]);
    expect(groupsOf(positions).map(({ event, positions }) => [event, positions.length])).toEqual([
      ['FED', 1],
      ['TEMP', 2],
    ]);
    expect(orders).toMatchObject([{ side: 'no', price: money(0.7), committed: money(32.2), title: 'Fed' }]);
    expect(settlements).toMatchObject([{ net: money(58.3), at: NOW - DAY }]);
    expect(reply.summary).toEqual({
      at: NOW,
      readable: true,
      positions: 5,
      pending: { count: 2, amount: money(100) },
      orders: { count: 1, amount: money(32.2) },
      transfers: [
        { at: NOW - 1000, amount: money(50) },
        { at: NOW - 2000, amount: money(-20) },
      ],
    });
    expect(requests.map(({ pathname }) => pathname.split('/').at(-1))).toEqual([
      'positions',
      'orders',
      'settlements',
      'deposits',
      'withdrawals',
      'markets',
    ]);
  });

  test('403 is denied, every other error is a failure', async () => {
    const status = (code: number) => () => new Response('{}', { status: code });
    expect((await fetchFrom({}, status(403))).reply).toEqual({ kind: 'denied' });
    expect((await fetchFrom({}, status(500))).reply).toEqual({ kind: 'failed' });
    expect((await fetchFrom({}, () => new Response('<html>'))).reply).toEqual({ kind: 'failed' });
    expect((await fetchFrom({}, () => new Response('{"market_positions":7}'))).reply).toEqual({
      kind: 'failed',
    });
  });

  test('readable lists are kept; unreadable transfers are unknown, not empty', async () => {
    const { reply } = await fetchFrom({ positions: POSITIONS }, (path) =>
      /orders|settlements|deposits|markets/.test(path) ? new Response('', { status: 500 }) : undefined,
    );
    if (reply.kind !== 'read') throw new Error(reply.kind);
    expect(reply.holdings.positions[0]).toMatchObject({
      title: 'TEMP-52',
      price: null,
      value: null,
      change: null,
    });
    expect(reply.holdings.orders).toEqual([]);
    expect(reply.summary.transfers).toBeNull();
  });

  test('only a determined market has a pending payout', async () => {
    const market = {
      ticker: 'DONE-1',
      title: 'Rain',
      status: 'settled',
      result: 'yes',
      last_price_dollars: '0.99',
    };
    const { reply } = await fetchFrom({ positions: POSITIONS.slice(3, 4) }, (path) =>
      path.endsWith('markets') ? new Response(JSON.stringify({ markets: [market], cursor: '' })) : undefined,
    );
    expect(reply).toMatchObject({
      kind: 'read',
      summary: { pending: { count: 0 } },
      holdings: { positions: [{ payout: null }] },
    });
  });

  test('an unreadable row is left out, the others are kept', async () => {
    const rows = [
      { ticker: 'A', position_fp: '1.00', market_exposure_dollars: '0.50' },
      { ticker: 'B', position_fp: 7, market_exposure_dollars: '0.50' },
      { ticker: 'C', position_fp: '1e9', market_exposure_dollars: '0.50' },
      { ticker: 'D', position_fp: '0.00', market_exposure_dollars: '0.00' },
      null,
    ];
    const { reply } = await fetchFrom({}, (path) =>
      path.endsWith('positions')
        ? new Response(JSON.stringify({ market_positions: rows, cursor: '' }))
        : undefined,
    );
    expect(reply).toMatchObject({ kind: 'read', holdings: { positions: [{ ticker: 'A' }] } });
  });

  test('pages are followed up to a limit', async () => {
    const page = (cursor: string) =>
      new Response(
        JSON.stringify({
          market_positions: [{ ticker: `T${cursor}`, position_fp: '1', market_exposure_dollars: '0.5' }],
          cursor,
        }),
      );
    const { reply, requests } = await fetchFrom({}, (path) =>
      path.endsWith('positions') ? page('more') : undefined,
    );
    expect(reply).toMatchObject({ kind: 'read', summary: { positions: 10 } });
    expect(requests.filter(({ pathname }) => pathname.endsWith('positions'))).toHaveLength(10);
  });

  test('hundreds of markets are requested in URLs below the length limit', async () => {
    const positions = Array.from({ length: 500 }, (_, index) => ({
      ticker: `LONGEVENT-26NOV22-STRIKE${index}`,
      contracts: 1,
      price: 50,
    }));
    const { reply, requests } = await fetchFrom({ positions });
    expect(reply).toMatchObject({ kind: 'read', summary: { positions: 500 } });
    if (reply.kind === 'read')
      expect(reply.holdings.positions.every(({ value }) => value === money(0.5))).toBe(true);
    for (const { href } of requests) expect(href.length).toBeLessThan(4_000);
  });
});

describe('arithmetic', () => {
  const micros = fc.integer({ min: -1e12, max: 1e12 }).map((value) => value as Micros);
  test('multiply and divide truncate toward zero and never overstate', () => {
    fc.assert(
      fc.property(micros, micros, (a, b) => {
        const exact = BigInt(a) * BigInt(b);
        const safe = (value: bigint) => (Number.isSafeInteger(Number(value)) ? Number(value) : undefined);
        expect(multiply(a, b)).toBe(safe(exact / 1_000_000n));
        if (b !== 0) expect(divide(a, b)).toBe(safe((BigInt(a) * 1_000_000n) / BigInt(b)));
      }),
    );
    expect(divide(money(1), 0 as Micros)).toBeUndefined();
    expect(multiply(Number.MAX_SAFE_INTEGER as Micros, Number.MAX_SAFE_INTEGER as Micros)).toBeUndefined();
  });

  test.each([
    [money(0.48), '48¢'],
    [money(0.818), '81.8¢'],
    [money(0.819999), '81.99¢'],
    [money(1), '100¢'],
    [0 as Micros, '0¢'],
  ])('%i as a price: %s', (price, text) => expect(formatCents(price, 'en-US')).toBe(text));

  test.each([
    [money(300), '300'],
    [money(1234.5), '1,234.5'],
    [money(0.019), '0.01'],
  ])('%i as a count: %s', (count, text) => expect(formatCount(count, 'en-US')).toBe(text));
});

test('a count of zero is no position', () => {
  expect(positionOf('A', 0 as Micros, 0 as Micros, undefined)).toBeNull();
});

describe('portfolio_value', () => {
  const none = {
    at: 0,
    readable: true,
    positions: 0,
    pending: { count: 0, amount: 0 },
    orders: { count: 0, amount: 0 },
    transfers: null,
  } as HoldingsSummary;
  test.each([
    ['nothing is held and it is the cash', money(98.0186), money(98.01), none, 0],
    ['something is held', money(98), money(98), { ...none, positions: 1 }, money(98)],
    ['holdings unknown', money(98), money(98), null, money(98)],
    ['holdings not readable', money(98), money(98), { ...none, readable: false }, money(98)],
    ['it is another amount', money(98), money(50), none, money(50)],
    ['there is no cash', 0 as Micros, 0 as Micros, none, 0],
  ])('%s', (_, cash, positions, sums, value) =>
    expect(positionsValue({ cash, positions }, sums)).toBe(value),
  );

  test('sums of several accounts', () => {
    const some = { ...none, positions: 2, orders: { count: 1, amount: money(5) } };
    expect(combineHoldingsSummaries([some, null, some])).toMatchObject({
      positions: 4,
      orders: { count: 2, amount: money(10) },
    });
    expect(combineHoldingsSummaries([null])).toBeNull();
  });
});

describe('areHoldingsDue', () => {
  const minutes = (ago: number, readable = true) => ({ at: NOW - ago * 60_000, readable });
  test.each([
    ['never requests', null, 'alarm', 0.99, true],
    ['a minute ago, popup visible', minutes(1), 'popup', 0.99, true],
    ['half a minute ago, popup visible', minutes(0.5), 'manual', 0, false],
    ['ten minutes ago, alarm', minutes(10), 'alarm', 0, false],
    ['twenty minutes ago, alarm: random number below the share', minutes(20), 'alarm', 0.05, true],
    ['twenty minutes ago, alarm: random number above the share', minutes(20), 'alarm', 0.1, false],
    ['refused an hour ago', minutes(60, false), 'popup', 0, false],
    ['refused yesterday', minutes(25 * 60, false), 'alarm', 0.99, true],
  ] as const)('%s', (_, last, why, random, may) => {
    expect(areHoldingsDue(last, why, 60_000, NOW, random)).toBe(may);
  });
});

describe('CSV', () => {
  const sample = (at: number, cash: number, positions: number) => ({
    at,
    cash: money(cash),
    positions: money(positions),
    gap: false,
  });
  test('UTC times, exact decimals, each sample once, oldest first', () => {
    const [a, b] = [sample(NOW, 98.0186, 1.98), sample(NOW - DAY, -5, 0)];
    expect(csvOf([[a], [b, a], []])).toBe(
      'time,cash,positions,total\r\n' +
        '2026-11-21T12:00:00.000Z,-5.00,0.00,-5.00\r\n' +
        '2026-11-22T12:00:00.000Z,98.0186,1.98,99.9986\r\n',
    );
  });

  test('no field can start a formula, and every amount is the stored one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(4e12), fc.integer({ min: -1e12, max: 1e12 }), fc.nat(1e12))),
        (rows) => {
          const samples = rows.map(([at, cash, positions]) => ({
            at,
            cash: cash as Micros,
            positions: positions as Micros,
            gap: false,
          }));
          const lines = csvOf([samples]).split('\r\n').slice(1, -1);
          expect(lines).toHaveLength(new Set(rows.map(([at]) => at)).size);
          for (const line of lines) {
            const [time = '', ...amounts] = line.split(',');
            expect(time).toMatch(/^\+?\d{4,6}-\d\d-\d\dT[\d:.]+Z$/);
            for (const amount of amounts) expect(amount).toMatch(/^-?\d+\.\d{2,6}$/);
            const stored = samples.findLast(({ at }) => new Date(at).toISOString() === time);
            expect(amounts.slice(0, 2)).toEqual([
              decimal(stored?.cash as Micros),
              decimal(stored?.positions as Micros),
            ]);
          }
        },
      ),
    );
  });
});
