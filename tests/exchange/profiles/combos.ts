// Combos: one market that pays if every leg does, with three to twelve legs.
import { DOLLAR, type Ledger, type Leg } from '../ledger.ts';
import { type Builder, MINUTE, quote } from './builder.ts';
import type { Game } from './games.ts';

/** The longest title of a market (observed). Characters */
const MAX_TITLE = 300;

/** Lists a combo of some of these games, one leg a game, and gives its ticker. It is paid after the last of them. */
export function addCombo(builder: Builder, games: readonly Game[], legCount: number): string {
  const chosen = shuffled(builder, games).slice(0, legCount);
  const parts = chosen.map((game) => ({ game, market: builder.pick(game.markets) }));
  const legs = parts.map(
    ({ market }): Leg => ({ ...market.leg, side: builder.random() < 0.8 ? 'yes' : 'no' }),
  );
  const titles = parts.map(({ market }, index) => `${legs[index]?.side} ${market.answer}`);
  const title = titles.join(',').slice(0, MAX_TITLE);
  const event = `KXMVESPORTSMULTIGAMEEXTENDED-S2026${builder.hex(11)}`;
  const ticker = `${event}-${builder.hex(11)}`;
  const last = priceOf(builder.ledger, legs);
  const closes = Math.max(...chosen.map(({ ends }) => ends)) + 14 * 24 * 60 * MINUTE;
  builder.ledger.addEvent(event, 'Combo', false, { series: { title: 'Combo', category: 'Sports' } });
  const market = builder.ledger.addMarket({ ticker, event, last, title, answer: title, closes, legs });
  quote(market, last);
  const paid = Math.max(...chosen.map((game) => game.paid)) + 10 * MINUTE;
  builder.at(paid, () => {
    const value = parts.reduce((product, { market }, index) => {
      const outcome = builder.ledger.listings.get(market.leg.ticker)?.outcome;
      if (!outcome) return product;
      return (product * (legs[index]?.side === 'yes' ? outcome.value : DOLLAR - outcome.value)) / DOLLAR;
    }, DOLLAR);
    if (value === DOLLAR || value === 0n) builder.ledger.resolve(ticker, value === DOLLAR ? 'yes' : 'no');
    else builder.ledger.resolve(ticker, 'scalar', (value / 100n) * 100n);
    builder.ledger.pay(paid, new Set([ticker]));
  });
  return ticker;
}

/** The product of the legs' prices, at least a cent. Micro-dollars */
export function priceOf({ listings }: Ledger, legs: readonly Leg[]): bigint {
  const product = legs.reduce((all, { ticker, side }) => {
    const last = listings.get(ticker)?.last ?? DOLLAR / 2n;
    return (all * (side === 'yes' ? last : DOLLAR - last)) / DOLLAR;
  }, DOLLAR);
  return product < 10_000n ? 10_000n : (product / 1_000n) * 1_000n;
}

function shuffled<T>(builder: Builder, from: readonly T[]): T[] {
  return from
    .map((each) => ({ each, order: builder.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ each }) => each);
}
