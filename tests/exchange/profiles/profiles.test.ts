// The profiles: each follows from its seed, its cash from the movements of the ledger, and Kalshi's own books agree with both.
import { expect, test } from 'vitest';
import { abs } from '../ledger.ts';
import { PROFILES, type ProfileName, profile } from './index.ts';

const NOW = Date.UTC(2026, 10, 28, 20, 0);
const DAY = 86_400_000;
const made = new Map(PROFILES.map((name) => [name, profile(name, NOW)]));
const of = (name: ProfileName) => made.get(name) ?? profile(name, NOW);

test.each(PROFILES)('%s: the cash is the sum of its movements, and nothing lies in the future', (name) => {
  const { ledger } = of(name);
  expect(ledger.cash).toBe(ledger.entries.reduce((sum, { amount }) => sum + amount, 0n));
  expect(ledger.cash).toBeGreaterThan(0n);
  expect(ledger.entries.every(({ at }) => at <= NOW + 2 * DAY)).toBe(true);
  expect(of(name).figures().total).toBe(ledger.cash + (ledger.positionsValue / 10_000n) * 10_000n);
});

test.each(PROFILES)(
  '%s: realized profit minus fees is what a market brought, plus what is held at its cost',
  (name) => {
    const { ledger, figures } = of(name);
    const { results } = figures();
    expect(results.size).toBe(ledger.settled.length);
    for (const [ticker, result] of results) {
      const { realized, fees } = ledger.booksOf(ticker);
      expect(realized - fees, ticker).toBe(result);
    }
    for (const { ticker, held, cost } of ledger.markets.values()) {
      const { realized, fees } = ledger.booksOf(ticker);
      if (held !== 0n) expect(abs(realized - fees - ledger.resultOf(ticker) - cost), ticker).toBeLessThan(1n);
    }
  },
);

test.each(PROFILES)('%s: the same seed gives the same member, another one another', (name) => {
  const text = (seed: number) => {
    const { ledger } = profile(name, NOW, seed);
    return `${ledger.cash} ${ledger.fills.length} ${[...ledger.markets.keys()].join()}`;
  };
  expect(text(1)).toBe(text(1));
  expect(text(2)).not.toBe(text(1));
});

test('the sports trader: sixty positions, half of them combos of three to twelve legs, hundreds of settlements a week', () => {
  const { ledger, figures } = of('sports-trader');
  const held = [...ledger.markets.values()].filter((market) => market.held !== 0n);
  expect(held).toHaveLength(60);
  const combos = held.filter(({ legs }) => legs);
  expect(combos).toHaveLength(30);
  expect(new Set(combos.map(({ legs }) => legs?.length))).toEqual(new Set([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]));
  expect(figures(NOW - 7 * DAY).results.size).toBeGreaterThan(200);
  expect(ledger.transfers.filter(({ type }) => type === 'debit').length).toBeGreaterThan(10);
  expect(ledger.perpsTransfers.length).toBeGreaterThan(2_000);
  expect(ledger.settled.some(({ result }) => result === 'scalar')).toBe(true);
});

test('the other members', () => {
  expect(of('bot').ledger.settled.length).toBeGreaterThan(1_500);
  expect(of('bot').subaccount).toBe(3);
  const { ledger, member } = of('veteran');
  const old = ledger.settled.filter(({ at }) => at < member.cutoffs.settlements);
  expect(old.length / ledger.settled.length).toBeGreaterThan(0.9);
  expect(of('newcomer').figures().held).toBe(1);
  const ladders = of('ladder-trader').ledger;
  expect(ladders.entries.some(({ cause }) => cause === 'collateral')).toBe(true);
  expect([...ladders.markets.values()].some(({ amended }) => amended)).toBe(true);
});

test('prices move; a combo follows its legs', () => {
  const { ledger, movePrices } = profile('sports-trader', NOW);
  const before = [...ledger.markets.values()].map(({ last }) => last);
  movePrices();
  expect([...ledger.markets.values()].map(({ last }) => last)).not.toEqual(before);
});
