// A sports trader: sixty positions, half of them combos of three to twelve legs, debit-card deposits, and hundreds of
// settlements a week for six weeks.
import { Member } from '../member.ts';
import { Builder, DAY, HOUR, MINUTE } from './builder.ts';
import { addCombo } from './combos.ts';
import { addGame, type Game } from './games.ts';

const DAYS = 42;
const GAMES_A_DAY = 14;
const BUYS_A_DAY = 44;
const OPEN = 60;

export function sportsTrader(now: number, random: () => number): Member {
  const builder = new Builder(now, random);
  const { ledger } = builder;
  ledger.returnsCollateral = false; // Kalshi's default
  deposits(builder);
  for (let day = DAYS; day >= 1; day--) {
    const start = now - day * DAY;
    const games = Array.from({ length: GAMES_A_DAY }, () =>
      addGame(builder, start + builder.int(4 * 60, 18 * 60) * MINUTE),
    );
    for (let buy = 0; buy < BUYS_A_DAY; buy++) trade(builder, games, start + builder.int(0, 230) * MINUTE);
  }
  const coming = Array.from({ length: 36 }, () => addGame(builder, now + builder.int(60, 40 * 60) * MINUTE));
  const singles = coming.flatMap(({ markets }) => markets.map(({ leg }) => leg.ticker));
  for (let each = 0; each < OPEN / 2; each++) {
    const at = now - builder.int(30, 12 * 60) * MINUTE;
    const ticker = singles.splice(builder.int(0, singles.length - 1), 1)[0] as string;
    builder.at(at, () =>
      buyOnce(builder, ticker, builder.random() < 0.8 ? 'yes' : 'no', builder.int(400, 3_000), at),
    );
    const combo = addCombo(builder, coming, 3 + (each % 10));
    builder.at(at, () => buyOnce(builder, combo, 'yes', builder.int(200, 1_000), at));
  }
  builder.run();
  for (const ticker of ledger.markets.keys()) builder.move(ticker, 4);
  const member = new Member({ ledger });
  restingOrders(builder, member);
  member.archive(now);
  return member;
}

function trade(builder: Builder, games: readonly Game[], at: number): void {
  if (builder.random() < 0.5) {
    const combo = addCombo(builder, games, builder.int(3, 12));
    builder.at(at, () => buyOnce(builder, combo, 'yes', builder.int(200, 1_000), at));
    return;
  }
  const { leg } = builder.pick(builder.pick(games).markets);
  builder.at(at, () =>
    buyOnce(builder, leg.ticker, builder.random() < 0.7 ? 'yes' : 'no', builder.int(300, 2_500), at),
  );
  const later = at + builder.int(5, 60) * MINUTE;
  if (builder.random() < 0.1) {
    builder.at(later, () => {
      builder.move(leg.ticker, 8);
      builder.sell(leg.ticker, builder.pick([50, 100]), later);
    });
  }
}

/** Buys; the app moves the cash to the shard of the order first, and what is left back. */
function buyOnce(builder: Builder, ticker: string, side: 'yes' | 'no', stake: number, at: number): void {
  const amount = BigInt(stake) * 10_000n;
  builder.ledger.moveBetweenShards(amount, 0, 1, at);
  builder.buy(ticker, side, stake, at);
  builder.ledger.moveBetweenShards(amount, 1, 0, at);
}

function deposits(builder: Builder): void {
  const { ledger, now } = builder;
  const deposit = (at: number, cents: number) =>
    builder.at(at, () => {
      const id = `debit-${ledger.transfers.length}`;
      const feeCents = Math.round(cents / 50);
      const transfer = { id, kind: 'deposit', status: 'applied', type: 'debit' } as const;
      ledger.transfer({ ...transfer, cents, feeCents, requestedAt: at, finishedAt: at });
    });
  deposit(now - DAYS * DAY - HOUR, 250_000);
  for (let day = DAYS - 3; day > 3; day -= 3) deposit(now - day * DAY, builder.int(8, 40) * 2_500);
  deposit(now - 20 * HOUR, 150_000);
  deposit(now - 2 * HOUR, 37_800);
  const at = now - 12 * DAY;
  builder.at(at, () => {
    const withdrawal = { id: 'withdrawal-0', kind: 'withdrawal', status: 'applied', type: 'debit' } as const;
    ledger.transfer({ ...withdrawal, cents: 20_000, feeCents: 200, requestedAt: at, finishedAt: at + HOUR });
  });
  const interest = Date.UTC(new Date(now).getUTCFullYear(), new Date(now).getUTCMonth(), 1, 6);
  builder.at(interest, () => ledger.credit(3_217_400n, interest));
}

function restingOrders(builder: Builder, member: Member): void {
  for (const ticker of member.tickers.filter((each) => !each.startsWith('KXMVE')).slice(0, 6)) {
    const price = Number((member.ledger.markets.get(ticker)?.last ?? 0n) / 10_000n);
    const contracts = builder.int(5, 40);
    member.orders.push({ ticker, side: 'yes', contracts, price: Math.max(1, price - 5) });
  }
}
