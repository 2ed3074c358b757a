// Members as real ones are, for tests, demo, pictures and measurements: they follow from a name, a time and a seed.
import { seeded } from '../../fakes/random.ts';
import type { Ledger } from '../ledger.ts';
import type { Member } from '../member.ts';
import { BOT_SUBACCOUNT, bot } from './bot.ts';
import { Builder, quote } from './builder.ts';
import { priceOf } from './combos.ts';
import { type Figures, figuresOf } from './figures.ts';
import { ladderTrader } from './ladder-trader.ts';
import { newcomer } from './newcomer.ts';
import { sportsTrader } from './sports-trader.ts';
import { veteran } from './veteran.ts';

const MAKERS = {
  'sports-trader': sportsTrader,
  bot,
  veteran,
  newcomer,
  'ladder-trader': ladderTrader,
};
export type ProfileName = keyof typeof MAKERS;
export const PROFILES = Object.keys(MAKERS) as ProfileName[];

export interface Profile {
  member: Member;
  /** The only subaccount that its key may read: give it to `addKey`. */
  subaccount: number | undefined;
  /** The ledger of what its key reads. */
  ledger: Ledger;
  /** What has to be shown. `since`: of results and transfers, unix milliseconds */
  figures: (since?: number) => Figures;
  /** Moves the prices of what is open by some cents; combos follow their legs. */
  movePrices: () => void;
}

/** @param now unix milliseconds; the history ends there */
export function profile(name: ProfileName, now: number, seed = 1): Profile {
  const random = seeded(seed);
  const member = MAKERS[name](now, random);
  const subaccount = name === 'bot' ? BOT_SUBACCOUNT : undefined;
  member.defaultKey = { subaccount };
  const ledger = member.subaccount(subaccount ?? 0);
  return {
    member,
    subaccount,
    ledger,
    figures: (since) => figuresOf(ledger, since),
    movePrices: () => movePrices(ledger, random),
  };
}

function movePrices(ledger: Ledger, random: () => number): void {
  const builder = new Builder(0, random, ledger);
  for (const market of ledger.markets.values()) {
    if (!market.legs) builder.move(market.ticker, 3);
  }
  for (const market of ledger.markets.values()) {
    if (market.legs && !market.result) quote(market, priceOf(ledger, market.legs));
  }
}

/** Whether a text names a profile. */
export function isProfile(name: string): name is ProfileName {
  return name in MAKERS;
}
