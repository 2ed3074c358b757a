// A trader of exclusive events and ladders with collateral return: NO of several answers, YES and NO of neighbouring strikes,
// a market whose result was corrected, and one that pays a part.
import { Member } from '../member.ts';
import { Builder, DAY, dateCode, HOUR, quote } from './builder.ts';

const DAYS = 30;

export function ladderTrader(now: number, random: () => number): Member {
  const builder = new Builder(now, random);
  const { ledger } = builder;
  ledger.returnsCollateral = true;
  const first = now - DAYS * DAY;
  builder.at(first, () => {
    const row = { id: 'wire', kind: 'deposit', status: 'applied', type: 'wire' } as const;
    ledger.transfer({ ...row, cents: 1_500_000, requestedAt: first, finishedAt: first });
  });
  for (let day = DAYS; day >= -1; day--) {
    const closes = now - day * DAY + 6 * HOUR;
    addTemperatures(builder, closes);
    addLadder(builder, closes, day % 2 === 0 ? 'above' : 'below');
  }
  builder.run();
  const pending = [...ledger.markets.values()].filter(({ held }) => held !== 0n).slice(0, 2);
  if (pending[0]) {
    ledger.resolve(pending[0].ticker, 'no');
    ledger.resolve(pending[0].ticker, 'yes');
  }
  const member = new Member({ ledger });
  member.archive(now);
  return member;
}

/** Six ranges of which one wins; NO of three of them, and sometimes YES of one. */
function addTemperatures(builder: Builder, closes: number): void {
  const { ledger } = builder;
  const event = `KXHIGHCHI-${dateCode(closes)}`;
  const title = 'Highest temperature in Chicago';
  ledger.addEvent(event, title, true, { series: { title, category: 'Climate and Weather' } });
  const low = builder.int(28, 50);
  const tickers = [-1, 0, 1, 2, 3, 4].map((step) => {
    const degrees = low + step * 2;
    const answer =
      step < 0
        ? `${low - 1}° or below`
        : step > 3
          ? `${degrees}° or above`
          : `${degrees}° to ${degrees + 1}°`;
    const ticker = `${event}-${step < 0 || step > 3 ? 'T' : 'B'}${degrees + 0.5}`;
    const day = new Date(closes).toLocaleDateString('en-US', {
      month: 'short',
      day: 'numeric',
      timeZone: 'UTC',
    });
    const question = `Will the **high temp in Chicago** be ${answer} on ${day}?`;
    quote(
      ledger.addMarket({ ticker, event, last: 0n, title: question, answer, closes }),
      BigInt(builder.int(8, 30)) * 10_000n,
    );
    return ticker;
  });
  const at = closes - 14 * HOUR;
  builder.at(at, () => {
    for (const ticker of tickers.slice(1, 4)) builder.buy(ticker, 'no', builder.int(2_000, 9_000), at);
    builder.buy(tickers[4] as string, 'yes', 1_500, at);
  });
  const paid = closes + 10 * HOUR;
  builder.at(closes, () => ledger.determine(event, builder.pick(tickers)));
  builder.at(paid, () => ledger.pay(paid, new Set(tickers)));
}

/** Nested strikes: YES of the wider and NO of the narrower one, which pay a dollar in any case, and the other way round. */
function addLadder(builder: Builder, closes: number, ladder: 'above' | 'below'): void {
  const { ledger } = builder;
  const event = `KX${ladder === 'above' ? 'GASMAX' : 'ICEMIN'}-${dateCode(closes)}`;
  const title = ladder === 'above' ? 'US gas price today' : 'Arctic sea ice today';
  ledger.addEvent(event, title, false, { ladder, series: { title, category: 'Economics' } });
  const strikes = ladder === 'above' ? [3, 3.05, 3.1, 3.15] : [5, 4.9, 4.8, 4.7];
  const tickers = strikes.map((strike, index) => {
    const answer =
      ladder === 'above' ? `Above $${strike.toFixed(2)}` : `Below ${strike.toFixed(1)} million sq km`;
    const ticker = `${event}-T${strike}`;
    const market = ledger.addMarket({ ticker, event, last: 0n, title: `${title}?`, answer, strike, closes });
    quote(market, BigInt(80 - index * 20) * 10_000n);
    return ticker;
  });
  const at = closes - 20 * HOUR;
  const [widest = '', wide = '', narrow = '', narrowest = ''] = tickers;
  builder.at(at, () => {
    const secured = builder.random() < 0.5;
    builder.buy(secured ? widest : narrowest, 'yes', builder.int(2_000, 6_000), at);
    builder.buy(secured ? narrow : wide, 'no', builder.int(2_000, 6_000), at);
  });
  const reached = builder.int(0, 4);
  const paid = closes + 8 * HOUR;
  builder.at(paid, () => {
    for (const [index, ticker] of tickers.entries()) ledger.resolve(ticker, index < reached ? 'yes' : 'no');
    ledger.pay(paid, new Set(tickers));
  });
}
