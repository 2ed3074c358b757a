// Decoding the balance response: exact, and rejecting what is not documented.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBalance } from '../../../src/kalshi/decode-balance.ts';

/** As recorded from the demo environment, June 2026. */
const RECORDED =
  '{"balance":9801,"balance_breakdown":[{"balance":"98.0186","exchange_index":0}],"balance_dollars":"98.0186","portfolio_value":198,"updated_ts":1781159348}';

test('the recorded response', () => {
  expect(decodeBalance(RECORDED)).toEqual({ cash: 98_018_600, positions: 1_980_000 });
});

test('uses cents if there are no dollars', () => {
  expect(decodeBalance('{"balance":9801,"portfolio_value":198}')).toEqual({
    cash: 98_010_000,
    positions: 1_980_000,
  });
});

describe('any other response is rejected as a whole', () => {
  test.each([
    ['empty', '', 'not-json'],
    ['HTML', '<!doctype html><title>Wi-Fi</title>', 'not-json'],
    ['cut off', RECORDED.slice(0, 60), 'not-json'],
    ['null', 'null', 'unexpected'],
    ['a list', '[]', 'unexpected'],
    ['a string', '"98.01"', 'unexpected'],
    ['nothing in it', '{}', 'unexpected'],
    ['no positions', '{"balance_dollars":"1.00"}', 'unexpected'],
    ['no cash', '{"portfolio_value":1}', 'unexpected'],
    ['null for dollars, and no cents', '{"balance_dollars":null,"portfolio_value":1}', 'unexpected'],
    ['a number for dollars', '{"balance_dollars":98.0186,"portfolio_value":1}', 'unexpected'],
    ['dollars with an exponent', '{"balance_dollars":"1e3","portfolio_value":1}', 'unexpected'],
    ['dollars with seven decimals', '{"balance_dollars":"1.2345678","portfolio_value":1}', 'unexpected'],
    ['dollars beyond exactness', '{"balance_dollars":"99999999999","portfolio_value":1}', 'unexpected'],
    ['a string for cents', '{"balance_dollars":"1.00","portfolio_value":"198"}', 'unexpected'],
    ['half a cent', '{"balance_dollars":"1.00","portfolio_value":0.5}', 'unexpected'],
    ['cents beyond exactness', '{"balance_dollars":"1.00","portfolio_value":1e15}', 'unexpected'],
    [
      'a sum beyond exactness',
      '{"balance_dollars":"8999999999","portfolio_value":899999999900}',
      'unexpected',
    ],
    ['a prototype', '{"__proto__":{"balance_dollars":"1.00","portfolio_value":1}}', 'unexpected'],
  ])('%s', (_, body, why) => expect(decodeBalance(body)).toBe(why));
});

test('invalid dollars are not replaced by the cents', () => {
  expect(decodeBalance('{"balance":9801,"balance_dollars":"?","portfolio_value":198}')).toBe('unexpected');
});

test('null for dollars falls back to the cents', () => {
  expect(decodeBalance('{"balance":9801,"balance_dollars":null,"portfolio_value":198}')).toEqual({
    cash: 98_010_000,
    positions: 1_980_000,
  });
});

describe('without dollars, the sum of the shards is exact', () => {
  const cashOf = (balance: number, ...shards: string[]) => {
    const balance_breakdown = shards.map((balance, exchange_index) => ({ balance, exchange_index }));
    const decoded = decodeBalance(JSON.stringify({ balance, balance_breakdown, portfolio_value: 1 }));
    return typeof decoded === 'string' ? decoded : decoded.cash;
  };
  test.each<[cents: number, shards: string[], cash: number]>([
    [1_061, ['0.0000', '10.6182'], 10_618_200],
    [2_141, ['21.4020', '0.0100', '0.0000', '0.0000'], 21_412_000],
    [-50, ['-0.505'], -505_000], // truncated toward zero
    [1_061, ['10.62'], 10_610_000], // another amount: the cents count
    [1_061, [], 10_610_000],
    [1_061, ['?'], 10_610_000],
  ])('%i cents, %j: %i', (cents, shards, cash) => expect(cashOf(cents, ...shards)).toBe(cash));

  test('with dollars, the shards do not count', () => {
    const body = { balance_dollars: '5.00', balance: 500, balance_breakdown: [{ balance: '7.00' }] };
    expect(decodeBalance(JSON.stringify({ ...body, portfolio_value: 0 }))).toMatchObject({ cash: 5_000_000 });
  });
});

test('negative cash is accepted', () => {
  expect(decodeBalance('{"balance":-1,"balance_dollars":"-0.005","portfolio_value":0}')).toEqual({
    cash: -5_000,
    positions: 0,
  });
});

test('no text causes an exception', () => {
  const jsonish = fc.oneof(
    fc.string(),
    fc.json(),
    fc.json().map((json) => `{"portfolio_value":1,"balance_dollars":${json}}`),
  );
  fc.assert(
    fc.property(jsonish, (body) => {
      const result = decodeBalance(body);
      if (typeof result !== 'string') expect(Number.isSafeInteger(result.cash)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
