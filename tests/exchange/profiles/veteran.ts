// Someone with three years behind them: most of it is in the archive, and the first fills have no fees in the list.
import { Member } from '../member.ts';
import { Builder, DAY, dateCode, HOUR, quote } from './builder.ts';

const DAYS = 3 * 365;
const QUESTIONS = [
  ['KXFED', 'Fed decision', ['Hike', 'Hold', 'Cut'], 'Economics'],
  ['KXCPI', 'CPI in the month', ['Above 2.8%', '2.5% to 2.8%', 'Below 2.5%'], 'Economics'],
  [
    'KXHIGHNY',
    'Highest temperature in NYC',
    ['47° or below', '48° to 49°', '50° or above'],
    'Climate and Weather',
  ],
  ['KXGAS', 'US gas price this week', ['Above $3.20', '$3.00 to $3.20', 'Below $3.00'], 'Economics'],
  ['KXBOX', 'Top movie of the weekend', ['The Long Harbor', 'Paper Moons', 'Night Ferry'], 'Entertainment'],
] as const;

export function veteran(now: number, random: () => number): Member {
  const builder = new Builder(now, random);
  const { ledger } = builder;
  ledger.returnsCollateral = false;
  const first = now - DAYS * DAY;
  for (let month = 0; month < 36; month++) {
    const at = first + month * 30 * DAY;
    builder.at(at, () => {
      const out = month % 9 === 8;
      const row = {
        id: `t${month}`,
        kind: out ? 'withdrawal' : 'deposit',
        status: 'applied',
        type: 'ach',
      } as const;
      const cents = out ? 30_000 : month === 0 ? 200_000 : 25_000;
      ledger.transfer({ ...row, cents, requestedAt: at, finishedAt: at + 2 * DAY });
      ledger.credit(BigInt(builder.int(100, 900)) * 10_000n, at + 5 * HOUR);
    });
  }
  for (let opens = first + DAY; opens < now; opens += builder.int(2, 5) * DAY) addQuestion(builder, opens);
  builder.run();
  const member = new Member({ ledger });
  member.archive(now);
  member.feesListedSince = Date.UTC(2026, 0, 28);
  return member;
}

function addQuestion(builder: Builder, opens: number): void {
  const { ledger } = builder;
  const [series, title, answers, category] = builder.pick(QUESTIONS);
  const closes = opens + builder.int(3, 30) * DAY;
  const event = `${series}-${dateCode(closes)}`;
  if (ledger.events.has(event)) return;
  ledger.addEvent(event, title, true, { series: { title, category } });
  const [first, second] = [builder.int(15, 40), builder.int(20, 40)];
  const prices = [first, second, 100 - first - second];
  const tickers = answers.map((answer, index) => {
    const ticker = `${event}-${'ABC'[index]}`;
    const market = ledger.addMarket({ ticker, event, last: 0n, title, answer, closes });
    quote(market, BigInt(prices[index] ?? 33) * 10_000n);
    return ticker;
  });
  for (let trade = builder.int(1, 4); trade > 0; trade--) {
    const at = opens + builder.int(0, 48) * HOUR;
    const [ticker, side] = [builder.pick(tickers), builder.random() < 0.6 ? 'yes' : 'no'] as const;
    builder.at(at, () => {
      builder.move(ticker, 10);
      builder.buy(ticker, side, builder.int(500, 6_000), at);
      if (builder.random() < 0.2) builder.sell(ticker, 50, at);
    });
  }
  const paid = closes + 12 * HOUR;
  builder.at(paid, () => {
    ledger.determine(event, builder.random() < 0.95 ? builder.pick(tickers) : null);
    ledger.pay(paid, new Set(tickers));
  });
}
