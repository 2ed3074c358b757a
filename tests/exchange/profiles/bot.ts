// A bot on one subaccount: the 15-minute markets of two coins, bought and often sold again, for two weeks. Its key reads that
// subaccount alone.
import { Member } from '../member.ts';
import { Builder, DAY, MINUTE, quote, timeCode } from './builder.ts';

const DAYS = 14;
const QUARTER = 15 * MINUTE;
const COINS = [
  ['KXBTC15M', 'BTC', 91_000],
  ['KXETH15M', 'ETH', 3_050],
] as const;
export const BOT_SUBACCOUNT = 3;

export function bot(now: number, random: () => number): Member {
  const member = new Member({ cash: '1840.2200' });
  const builder = new Builder(now, random, member.subaccount(BOT_SUBACCOUNT));
  const { ledger } = builder;
  ledger.returnsCollateral = false;
  const first = Math.floor(now / QUARTER) * QUARTER - DAYS * DAY;
  member.moveBetweenSubaccounts(0, BOT_SUBACCOUNT, 60_000, first - 60 * MINUTE);
  for (let at = first; at <= now; at += QUARTER) {
    for (const coin of COINS) if (builder.random() < 0.7 || at + QUARTER > now) addQuarter(builder, coin, at);
  }
  builder.run();
  member.archive(now);
  return member;
}

function addQuarter(builder: Builder, [series, coin, level]: (typeof COINS)[number], opens: number): void {
  const { ledger } = builder;
  const closes = opens + QUARTER;
  const event = `${series}-${timeCode(closes)}`;
  const ticker = `${event}-${event.slice(-2)}`;
  const title = `${coin} price up in next 15 mins?`;
  const target = (level * (0.97 + builder.random() * 0.06)).toLocaleString('en-US', {
    maximumFractionDigits: 2,
  });
  ledger.addEvent(event, title, false, {
    series: { title: `${coin} 15 minutes`, category: 'Crypto' },
  });
  const market = ledger.addMarket({
    ticker,
    event,
    last: 0n,
    title,
    answer: `Target Price: $${target}`,
    closes,
  });
  quote(market, BigInt(builder.int(30, 70)) * 10_000n);
  const wins = builder.random() < Number(market.last) / 1_000_000;
  const bought = opens + builder.int(1, 6) * MINUTE;
  const side = builder.random() < 0.5 ? 'yes' : 'no';
  builder.at(bought, () => builder.buy(ticker, side, builder.int(100, 900), bought));
  const sold = bought + builder.int(2, 7) * MINUTE;
  const part = builder.pick([0, 0, 40, 100]);
  builder.at(sold, () => {
    builder.move(ticker, 25);
    builder.sell(ticker, part, sold);
  });
  const paid = closes + 5_000;
  builder.at(paid, () => {
    ledger.resolve(ticker, wins ? 'yes' : 'no');
    ledger.pay(paid, new Set([ticker]));
  });
}
